"""Words are found in the text as it is written, whatever case, accents and signs it has."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.body.folded import Folded, pattern, whole_words
from reader.folding import folded


def _found(text: str, words: str) -> list[str]:
    """Return what is found of words, cut out at the places that Qt counts."""
    wanted = pattern(words)
    data = text.encode("utf-16-le")
    places = Folded(text).hits(wanted) if wanted else ()
    return [data[2 * start : 2 * end].decode("utf-16-le") for start, end in places]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("I don’t, DON'T or donʼt", "don't", ["don’t", "DON'T", "donʼt"]),
        ("the café, Cafe\u0301 or CAFE", "cafe", ["café", "Cafe\u0301", "CAFE"]),
        ("the cafe", "café", ["cafe"]),
        ("10\xa0km, 10\u202fkm or 10 km", "10 km", ["10\xa0km", "10\u202fkm", "10 km"]),
        ("two  spaces", "two spaces", ["two  spaces"]),
        ("Wi\u2011Fi T\u2010shirt", "wi-fi", ["Wi\u2011Fi"]),
        ("1914–1918", "1914-1918", ["1914–1918"]),
        ("hy\xadphen and hyphen", "hyphen", ["hy\xadphen", "hyphen"]),
        ("hyphen", "hy\xadphen", ["hyphen"]),
        ("long\u200bword \u2060x", "longword", ["long\u200bword"]),
        ("Ｆｕｌｌ ｶﾅ", "full", ["Ｆｕｌｌ"]),
        ("ｶﾅ", "カナ", ["ｶﾅ"]),
        ("to ﬁnd the oﬃce", "find", ["ﬁnd"]),
        ("to ﬁnd the oﬃce", "office", ["oﬃce"]),
        ("oﬃce", "ic", ["ﬃc"]),
        ("Straße in Łódź, smørrebrød", "strasse", ["Straße"]),
        ("Straße in Łódź, smørrebrød", "lodz", ["Łódź"]),
        ("“Well” and «well»", '"well"', ["“Well”", "«well»"]),
        ("الْحَمْدُ لِلَّهِ", "الحمد", ["الْحَمْدُ"]),
        ("الحمد والشكر", "الْحَمْدُ", ["الحمد"]),
        ("بְּרֵאשִׁית בָּרָא", "ברא", ["בָּרָא"]),
        ("😀 a 😀 needle 😀 needle", "needle", ["needle", "needle"]),
        ("😀😀", "😀", ["😀", "😀"]),
        ("각시와 가시", "가", ["가"]),
        ("が か", "か", ["か"]),
        ("か\u3099く", "が", ["か\u3099"]),
        (unicodedata.normalize("NFD", "한글"), "글", [unicodedata.normalize("NFD", "글")]),
        ("end\u2029start", "end start", []),
        ("a\u2028b", "a b", ["a\u2028b"]),
        ("(x+y)* [a-z", "(x+y)*", ["(x+y)*"]),
        ("wait…", "wait...", ["wait…"]),
        ("anything", "\xad", []),
        ("anything", "", []),
    ],
)
def test_words_are_found_as_a_person_means_them(text: str, words: str, found: list[str]) -> None:
    assert _found(text, words) == found


_letters = st.text("aA ée\u0301ﬁß\xad😀漢か’'-\u2011\u0301ا\u064b", max_size=30)


@given(_letters, st.integers(0, 29), st.integers(1, 8))
def test_every_piece_of_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    piece = text[start : start + length]
    if folded(piece).strip():
        found = _found(text, piece)
        assert any(folded(piece) in folded(each) for each in found)


@given(_letters)
def test_places_are_those_of_whole_characters_in_order(text: str) -> None:
    wanted = pattern("a")
    assert wanted is not None
    places = [*Folded(text).hits(wanted)]
    assert places == sorted(places)
    assert [each[:1].casefold() for each in _found(text, "a")] == ["a"] * len(places)


def test_whole_words_are_not_found_within_others() -> None:
    wanted = whole_words(["Cafe", "漢字"])
    assert wanted is not None
    text = "cafés café 喜歡漢字和"
    assert [*Folded(text).hits(wanted)] == [(6, 10), (13, 15)]
    assert whole_words([]) is whole_words([" "]) is None


def test_capital_letters_differ_if_it_is_asked_for() -> None:
    text = Folded("État, état, ÉTAT \N{LATIN CAPITAL LETTER AE}on", cased=True)
    for typed, places in (("État", [(0, 4)]), ("etat", [(6, 10)]), ("AEon", [(17, 20)])):
        wanted = pattern(typed, cased=True)
        assert wanted is not None
        assert [*text.hits(wanted)] == places, typed


def test_whole_words_as_they_are_typed() -> None:
    for typed, places in (("a b", [(0, 3)]), ("b)", [(8, 10)]), ("c", [])):
        wanted = pattern(typed, whole=True)
        assert wanted is not None
        assert [*Folded("a b, xa b) cc").hits(wanted)] == places, typed


def test_a_text_folded_in_pieces_has_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Æon… du\u00adne \U0001f600 か\u3099 Å fi ﬁ\u2029" * 30 + "end"
    wanted = [each for typed in ("ae", "dune", "fi", "a", "end") if (each := pattern(typed))]
    places = [[*Folded(text).hits(each)] for each in wanted]
    monkeypatch.setattr("reader.body.folded._PIECE", 7)
    parts = Folded(text)
    while not parts.fold_for(0.0001):
        pass
    assert [[*parts.hits(each)] for each in wanted] == places
    assert len(places[0]) == 30 and len(places[2]) == 60
