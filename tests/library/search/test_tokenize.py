"""Words as the index knows them, of every script."""

import pytest

from reader.library.library import Library
from reader.library.search.tokenize import asked, indexed, is_joined, placed, plain, split, whole


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
        ("Größe", "Größe", "Größe"),
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


def test_words_are_folded_and_placed_by_their_bytes(library: Library) -> None:
    with library._database.reading() as connection:
        assert split(connection, "The CAFÉ, co-op 3") == ["the", "cafe", "co", "op", "3"]
        found = placed(connection, "é Café".encode())
    assert found == [(0, 2, "e"), (3, 8, "cafe")]
