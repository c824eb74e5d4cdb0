"""Entries of one article within an export become one."""

from reader.entries import Entry, Highlight, Text, TextKind
from reader.importing.merging import merged
from reader.model import Clipping, State


def text(words: str) -> Text:
    return Text(TextKind.PLAIN, words.encode)


def test_everything_that_is_known_of_an_article_comes_together() -> None:
    one = Entry(
        Clipping("https://ex.org/", title="One", tags=("a", "b")),
        added_at="2020-05-01T00:00:00Z",
        progress=0.2,
        folders=(("x",),),
        highlights=(Highlight("words"), Highlight("words")),
        text=text("short"),
        from_feed=True,
    )
    two = Entry(
        Clipping("https://ex.org/", title="Two", byline="B", tags=("b", "c")),
        state=State.ARCHIVE,
        favourite=True,
        added_at="2019-05-01T00:00:00Z",
        read_at="2021-01-01T00:00:00Z",
        progress=0.7,
        folders=(("y", "z"),),
        highlights=(Highlight(" words "), Highlight("words", note="mine")),
        text=text("the longest"),
    )
    both = merged([one, two])
    assert both.clipping[:3] == ("https://ex.org/", "One", "B")
    assert both.clipping.tags == ("a", "b", "c")
    assert (both.state, both.favourite, both.from_feed) == (State.ARCHIVE, True, False)
    assert (both.added_at[:4], both.read_at[:4], both.progress) == ("2019", "2021", 0.7)
    assert both.folders == (("x",), ("y", "z"))
    assert [each.note for each in both.highlights] == ["", "", "mine"]
    assert both.text is not None
    assert both.text.load() == b"the longest"


def test_a_damaged_text_is_the_shortest() -> None:
    def damaged() -> bytes:
        raise OSError

    one, two = Text(TextKind.HTML, damaged), text("words")
    assert merged([Entry(Clipping(""), text=each) for each in (one, two)]).text is two
    assert merged([Entry(Clipping(""), text=each) for each in (one, None)]).text is one
