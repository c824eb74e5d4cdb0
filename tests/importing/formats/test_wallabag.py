"""The exports of wallabag."""

import json
from pathlib import Path

from tests.importing.handing import entries

from reader.entries import Highlight
from reader.importing.formats.wallabag import WALLABAG, WALLABAG_CSV, WALLABAG_V1
from reader.model import State

MOSS = {
    "is_archived": 1,
    "is_starred": 1,
    "tags": ["garden", {"id": 2, "label": "green", "slug": "green"}],
    "id": 12,
    "title": "Moss &amp; <b>stones</b>",
    "url": "https://ex.org/moss",
    "given_url": "https://t.co/x",
    "content": "<p>Soft. Soft.</p><div><p>Very <i>soft</i>.</p></div>",
    "created_at": "2023-03-01T10:00:00+01:00",
    "archived_at": "2023-03-03T10:00:00+01:00",
    "published_by": ["A. Fern", "B. Reed"],
    "language": "en_GB",
    "annotations": [
        {
            "text": "try this",
            "quote": "Soft.",
            "ranges": [{"start": "/p[1]", "startOffset": "6", "end": "/p[1]", "endOffset": "11"}],
        },
        {"ranges": [{"start": "/div[1]/p[1]", "startOffset": 5, "end": "/div/p", "endOffset": 9}]},
        {"quote": "gone", "ranges": [{"start": "/table[3]", "end": "//x", "startOffset": "z"}]},
    ],
}


def test_an_article_comes_with_its_text_and_annotations(tmp_path: Path) -> None:
    file = tmp_path / "All articles.json"
    file.write_text(json.dumps([MOSS]))
    [entry] = entries(WALLABAG, file)
    about = entry.clipping
    assert (about.title, about.byline, about.language) == (
        "Moss & stones",
        "A. Fern, B. Reed",
        "en-GB",
    )
    assert about.tags == ("garden", "green")
    assert about.aliases == ("https://ex.org/moss", "https://t.co/x")
    assert (entry.state, entry.favourite) == (State.ARCHIVE, True)
    assert (entry.added_at, entry.read_at) == ("2023-03-01T09:00:00Z", "2023-03-03T09:00:00Z")
    assert entry.text is not None and entry.text.load().decode() == MOSS["content"]
    assert entry.highlights == (
        Highlight("Soft.", "try this", prefix="Soft.", suffix="Very soft."),
        Highlight("soft", prefix="Soft. Soft.Very", suffix="."),
        Highlight("gone"),
    )


def test_the_text_of_an_error_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    error = "wallabag can't retrieve contents for this article. Please <a href='x'>help</a>."
    file.write_text(json.dumps([MOSS | {"content": error}, MOSS | {"content": None}]))
    assert [entry.text for entry in entries(WALLABAG, file)] == [None, None]


def test_version_1_has_each_field_twice(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    named = {"id": "1", "title": "Fog", "url": "https://ex.org/fog", "is_read": "1", "is_fav": "0"}
    named |= {"content": "<p>Grey.</p>", "tags": "a,b"}
    file.write_text(json.dumps([{**dict(enumerate(named.values())), **named}]))
    [entry] = entries(WALLABAG_V1, file)
    assert (entry.state, entry.clipping.tags) == (State.ARCHIVE, ("a", "b"))
    assert entry.text is not None and entry.text.load() == b"<p>Grey.</p>"


def test_a_table_has_texts_and_days_before_months(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(
        'Title;URL;Content;Tags;"MIME Type";Language;"Creation date"\n'
        'Fog;https://ex.org/fog;"<p>""Grey""; cold.</p>";"a, b";;en;"02/11/2023 09:30:00"\n'
    )
    [entry] = entries(WALLABAG_CSV, file)
    assert (entry.clipping.tags, entry.added_at) == (("a", "b"), "2023-11-02T09:30:00Z")
    assert entry.text is not None and entry.text.load() == b'<p>"Grey"; cold.</p>'
