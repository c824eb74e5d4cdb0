"""Words as the index knows them, of every script."""

import pytest

from reader.library.library import Library
from reader.library.search.tokenize import Placed, asked, indexed, is_joined, plain, split, whole


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<em>b</em>c</p>", "\nabc\n"),
        ("<p>a</p><p>b</p>", "\na\n\nb\n"),
        ("a<br>b", "a\nb"),
        ('a<a href="x">b</a><img src="y">c', "abc"),
        ("&lt;p&gt; &amp; &eacute;", "<p> & é"),
        ("a<abbr>b</abbr>", "a\nb\n"),
    ],
)
def test_blocks_are_apart_and_what_is_within_a_line_is_not(html: str, text: str) -> None:
    assert plain(html) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("ａ１", "a1"), ("e\u0301", "é"), ("a\0b", "a b"), ("é\0b", "é b"), ("a\ud800é", "a?é")],
)
def test_foreign_text_is_written_in_one_way(text: str, wanted: str) -> None:
    assert whole(text) == wanted


@pytest.mark.parametrize(
    ("text", "entered", "looked_for"),
    [
        ("日本語", " 日本 本語 語 ", " 日本 本語 "),
        ("日", " 日 ", " 日 "),
        ("a日本b", "a 日本 本 b", "a 日本 本 b"),
        ("日本 語", " 日本 本   語 ", " 日本 本   語 "),
        ("plain", "plain", "plain"),
        ("Größe", "grosse", "grosse"),
        ("Ёлка", "елка", "елка"),
        ("Ærø", "aero", "aero"),
        ("İstanbul ILGIN ılık", "istanbul ilgin ilik", "istanbul ilgin ilik"),
        ("ΛΌΓΟΣ λόγος", "λογοσ λογοσ", "λογοσ λογοσ"),
        ("بِسْمِ كتـــاب", "بسم كتاب", "بسم كتاب"),
        ("مدرسة أحمد ۱۲", "مدرسه احمد 12", "مدرسه احمد 12"),
        ("שָׁלוֹם", "שלום", "שלום"),
        ("हिन्दी", "हिन्दी", "हिन्दी"),
        ("hy\xadphen zero\u200bwidth", "hyphen zerowidth", "hyphen zerowidth"),
    ],
)
def test_a_script_without_spaces_is_entered_in_pairs(
    text: str, entered: str, looked_for: str
) -> None:
    assert indexed(text) == entered
    assert asked(text) == looked_for


@pytest.mark.parametrize("letter", "กຂကកᄀ가々ぁゝァヿㄅㇰ㐀一鿿豈𠀀")
def test_the_letters_of_such_scripts_are_known(letter: str) -> None:
    assert is_joined(f"a{letter}")
    assert not is_joined("aé。、")


def test_words_are_folded(library: Library) -> None:
    with library._database.reading() as connection:
        assert split(connection, "The CAFÉ, co-op 3") == ["the", "cafe", "co", "op", "3"]
        assert [word for _, _, word in Placed(connection, "é Café").words] == ["e", "cafe"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("C++ or C#", ["C++", "or", "C#"]),
        ("C++17, F♯", ["C++", "17", "F♯"]),
        ("…é", ["é"]),
        ("straße x", ["straße", "x"]),
        ("الْحَمْدُ لِلَّهِ", ["الْحَمْدُ", "لِلَّهِ"]),
        ("か\u3099 abc", ["か\u3099", "abc"]),
        ("I\xadm 10km", ["I\xadm", "10km"]),
        ("ß ß “a” ßb", ["ß", "ß", "a", "ßb"]),
        ("한글\u1112\u1161 é ß", ["한글\u1112\u1161", "é", "ß"]),
    ],
)
def test_words_are_placed_where_they_stand_in_the_text(
    library: Library, text: str, words: list[str]
) -> None:
    with library._database.reading() as connection:
        placed = Placed(connection, text)
    spans = [placed.span(start, end) for start, end, _ in placed.words]
    assert [text[start:end] for start, end in spans] == words


@pytest.mark.parametrize("name", ["C++", "c++", "C#", "F#", "J++", "C♯"])
def test_one_or_two_letters_keep_their_signs(library: Library, name: str) -> None:
    with library._database.reading() as connection:
        signed = split(connection, asked(name))
        assert signed == split(connection, indexed(f"in {name}, at {name}-like"))[1:2]
        assert signed != split(connection, asked(name[0]))


def test_longer_words_are_found_with_and_without_signs(library: Library) -> None:
    with library._database.reading() as connection:
        assert split(connection, indexed("Notepad++ #1 issue#5")) == ["notepad", "1", "issue", "5"]
