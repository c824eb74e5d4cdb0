"""Words become lines that Anki reads: a word in bold within its sentence, nothing breaks a line."""

from reader.lookup.anki import table
from reader.own_export import LookedUp


def _fields(word: LookedUp) -> list[str]:
    *heads, line = table([word]).splitlines()
    assert heads[:2] == ["#separator:tab", "#html:true"]
    return line.split("\t")


def test_the_word_is_bold_as_it_stands_in_its_sentence() -> None:
    word = LookedUp(
        "", "ship", "Two ships & a Shipyard.", title="A <b>", url="https://a.example/?a&b"
    )
    name, sentence, title, address, definition = _fields(word)
    assert (name, sentence) == ("ship", "Two <b>ships</b> &amp; a Shipyard.")
    assert (title, address) == ("A &lt;b&gt;", "https://a.example/?a&amp;b") and not definition


def test_tabs_lines_and_quotes_do_not_break_the_table() -> None:
    word = LookedUp("", 'a\t"b"', "x\ty", definition="first\nsecond\tthird\r\n")
    assert _fields(word) == ["a &quot;b&quot;", "x y", "", "", "first<br>second third"]


def test_a_word_that_is_not_in_its_sentence_leaves_it_as_it_is() -> None:
    assert _fields(LookedUp("", "go", "They went."))[1] == "They went."
