"""The zip of Matter."""

from pathlib import Path

from tests.importing.handing import items, zipped

from reader.entries import Entry, Unread
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices
from reader.importing.formats.matter import MATTER
from reader.model import State

NEW = (
    "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,"
    "Last Interaction Date,File Id\r\n"
)
OLD = (
    "Title,Author,Publisher,URL,Word Count,Saved,Read,Highlight Count,"
    "Last Interaction Date,File Id\r\n"
)
MARKED = "Text,Highlighted Date,Title,Author,Publisher\r\n"


def test_articles_have_their_texts_and_highlights(tmp_path: Path) -> None:
    file = zipped(
        tmp_path / "Archive.zip",
        {
            "_matter_history.csv": NEW
            + "Salt,J. Poe,Mag,https://ex.org/salt,food;old times,9,False,True,True,1,"
            "2024-01-02 03:04:05,content_9.html\r\n"
            + "Day,,,https://ex.org/1,,9,True,False,False,1,,content_1.html\r\n"
            + "Day,,,https://ex.org/2,,9,True,False,False,1,,content_2.html\r\n",
            "_matter_highlights.csv": MARKED
            + "white gold,2024-01-01 00:00:00,Salt,J. Poe,Mag\r\n"
            + "second,2024-01-01 00:00:00,Day,,\r\n"
            + "lost,2024-01-01 00:00:00,Nothing,,\r\n",
            "content_9.html": "<p>white gold</p>",
            "content_1.html": "<p>first</p>",
            "content_2.html": "<p>sec<b>ond</b></p>",
            "__MACOSX/._content_2.html": "x",
        },
    )
    bundle = Bundle([file])
    salt, one, two, lost = MATTER.read(bundle, Choices())
    assert isinstance(salt, Entry) and isinstance(one, Entry) and isinstance(two, Entry)
    assert (salt.state, salt.favourite) == (State.ARCHIVE, True)
    assert salt.clipping.tags == ("food", "old times")
    assert salt.added_at == "2024-01-02T03:04:05Z"
    assert [x.quote for x in salt.highlights] == ["white gold"]
    assert salt.text is not None and salt.text.load() == b"<p>white gold</p>"
    assert (one.highlights, [x.quote for x in two.highlights]) == ((), ["second"])
    assert isinstance(lost, Unread) and lost.name == "lost"
    bundle.close()


def test_the_older_generation_knows_only_what_was_read(tmp_path: Path) -> None:
    file = zipped(
        tmp_path / "Archive.zip",
        {
            "_matter_history.csv": OLD
            + "A,,,https://ex.org/a,9,TRUE,TRUE,0,,\r\n"
            + "B,,,https://ex.org/b,9,TRUE,FALSE,0,,\r\n"
        },
    )
    states = [item.state for item in items(MATTER, file) if isinstance(item, Entry)]
    assert states == [State.ARCHIVE, State.QUEUE]
