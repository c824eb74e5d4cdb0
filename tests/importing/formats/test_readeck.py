"""The exports of Readeck."""

import json
from pathlib import Path

from tests.importing.handing import entries, items, zipped

from reader.entries import Entry, Highlight, Unread
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices
from reader.importing.formats.readeck import READECK, READECK_FULL, READECK_MARKDOWN
from reader.model import State

INFO = {
    "UID": "u1",
    "Created": "2025-06-01T12:00:00Z",
    "URL": "https://ex.org/peat",
    "InitialURL": "https://t.co/peat",
    "Title": "Peat",
    "SiteName": "Ex Mag",
    "Authors": ["A", "B"],
    "Labels": ["soil"],
    "ReadProgress": 50,
    "IsArchived": True,
    "IsMarked": True,
    "Annotations": [
        {"text": "brown", "note": "why", "color": "red", "created": "2025-06-02T00:00:00Z"}
    ],
}


def test_a_table_has_labels_and_states(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(
        "url,title,created,labels,is_archived,is_marked,type\r\n"
        'https://ex.org/peat,Peat,2025-06-01T12:00:00Z,"[""soil"",""a, b""]",true,true,article\r\n'
    )
    [entry] = entries(READECK, file)
    assert entry.clipping.tags == ("soil", "a, b")
    assert (entry.state, entry.favourite) == (State.ARCHIVE, True)
    assert entry.added_at == "2025-06-01T12:00:00Z"


def test_notes_come_with_pictures_and_marks(tmp_path: Path) -> None:
    top = "2025-06-03-readeck-bookmarks/2025-06-01-ex-org-u1"
    note = (
        '---\ntitle: Peat\nsaved: "2025-06-01"\nwebsite: ex.org\nsource: https://ex.org/peat\n'
        "authors:\n- A\nlabels:\n- soil\n- old peat\n---\n\n# Peat\n\n![](u1-a.png)\n\n"
        "It is ==quite **brown**==[^1] here.\n\n[^1]: my note\n"
    )
    file = zipped(tmp_path / "x.zip", {f"{top}/index.md": note, f"{top}/u1-a.png": b"png"})
    bundle = Bundle([file])
    assert READECK_MARKDOWN.fits(bundle) > 0.8
    [entry] = READECK_MARKDOWN.read(bundle, Choices())
    assert isinstance(entry, Entry) and entry.text is not None
    assert entry.clipping.url == "https://ex.org/peat"
    assert (entry.clipping.title, entry.clipping.byline) == ("Peat", "A")
    assert entry.clipping.tags == ("soil", "old peat")
    assert entry.added_at == "2025-06-01T00:00:00Z"
    assert [(x.quote, x.note) for x in entry.highlights] == [("quite brown", "my note")]
    assert entry.text.pictures["u1-a.png"]() == b"png"
    assert entry.text.pictures.get("../secret.png") is None
    assert b"quite **brown**" in entry.text.load()
    bundle.close()


def test_the_whole_content_comes_without_users_and_tokens(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "c.zip", {"index.html": "<p>packed</p>", "_resources/a.png": b"png"})
    file = zipped(
        tmp_path / "x.zip",
        {
            "data.json": json.dumps({"Users": [{"password": "x"}], "Tokens": ["secret"]}),
            "bookmarks/u1/info.json": json.dumps(INFO),
            "bookmarks/u1/container/index.html": '<p>brown <img src="./_resources/a.png"></p>',
            "bookmarks/u1/container/_resources/a.png": b"png",
            "bookmarks/u2/info.json": json.dumps(INFO | {"URL": "https://ex.org/2"}),
            "bookmarks/u2/container.zip": inner.read_bytes(),
            "bookmarks/u3/info.json": "{",
        },
    )
    bundle = Bundle([file])
    one, two, damaged = READECK_FULL.read(bundle, Choices())
    assert isinstance(one, Entry) and isinstance(two, Entry) and isinstance(damaged, Unread)
    assert (one.clipping.byline, one.clipping.site) == ("A, B", "Ex Mag")
    assert (one.state, one.favourite, one.progress) == (State.ARCHIVE, True, 0.5)
    assert one.clipping.aliases == ("https://t.co/peat",)
    assert one.highlights == (Highlight("brown", "why", "pink", made_at="2025-06-02T00:00:00Z"),)
    for entry in (one, two):
        assert entry.text is not None
        assert entry.text.load().startswith(b"<p>")
        assert entry.text.pictures["./_resources/a.png"]() == b"png"
    bundle.close()


def test_a_newer_format_says_so_once(tmp_path: Path) -> None:
    file = zipped(tmp_path / "x.zip", {"data.cbor": b"\xa1", "bookmarks/u1/info.cbor": b"\xa1"})
    [item] = items(READECK_FULL, file)
    assert isinstance(item, Unread) and "Markdown" in item.remark.text
