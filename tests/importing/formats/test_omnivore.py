"""The zip of Omnivore: texts, highlights, labels, states."""

import json
import zipfile
from pathlib import Path

import pytest
from tests.importing.handing import entries, items, zipped

from reader.entries import Entry, Highlight, TextKind, Unread
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices
from reader.importing.formats.omnivore import OMNIVORE
from reader.model import State
from reader.outcomes import Outcome, Where

TIDES = {
    "id": "1",
    "slug": "tides-19a2b3c4d5e",
    "title": "Tides",
    "description": None,
    "author": "R. Moor",
    "url": "https://ex.org/tides",
    "state": "Archived",
    "readingProgress": 42.5,
    "thumbnail": None,
    "labels": ["science", "Favorites"],
    "savedAt": "2024-05-01T08:00:00.000Z",
    "updatedAt": "2024-05-02T09:00:00.000Z",
    "publishedAt": None,
}


def export(tmp_path: Path, *values: dict[str, object], **members: bytes | str) -> Path:
    files = {name.replace("__", "/").replace("_DOT_", "."): x for name, x in members.items()}
    metadata = json.dumps([TIDES | value for value in values])
    return zipped(tmp_path / "omnivore.zip", {"metadata_0_to_20.json": metadata, **files})


def highlights(tmp_path: Path, written: str, text: str = "") -> tuple[Highlight, ...]:
    file = zipped(
        tmp_path / "o.zip",
        {
            "metadata_0_to_20.json": json.dumps([TIDES]),
            f"content/{TIDES['slug']}.html": text,
            f"highlights/{TIDES['slug']}.md": written,
        },
    )
    return entries(OMNIVORE, file)[0].highlights


def test_an_article_comes_with_all_that_omnivore_knew(tmp_path: Path) -> None:
    file = zipped(
        tmp_path / "o.zip",
        {
            "metadata_0_to_20.json": json.dumps([TIDES]),
            "content/tides-19a2b3c4d5e.html": "<p>The sea comes and goes.</p><img src='"
            "https://proxy-prod.omnivore-image-cache.app/0x0,sAb_c=/https://ex.org/a.png'>",
        },
    )
    bundle = Bundle([file])
    [entry] = [x for x in OMNIVORE.read(bundle, Choices()) if isinstance(x, Entry)]
    assert entry.clipping.url == "https://ex.org/tides"
    assert (entry.clipping.title, entry.clipping.byline) == ("Tides", "R. Moor")
    assert entry.clipping.tags == ("science", "Favorites")
    assert (entry.state, entry.favourite, entry.progress) == (State.ARCHIVE, True, 0.425)
    assert entry.added_at == "2024-05-01T08:00:00Z"
    assert entry.where == Where("metadata_0_to_20.json", 1)
    assert entry.text is not None
    sea = b"<p>The sea comes and goes.</p><img src='https://ex.org/a.png'>"
    assert entry.text.load() == sea
    bundle.close()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_text_that_is_not_empty_counts_if_it_is_there_twice(tmp_path: Path) -> None:
    file = export(tmp_path, {})
    with zipfile.ZipFile(file, "a") as out:
        out.writestr("content/tides-19a2b3c4d5e.html", "<p>text</p>")
        out.writestr("content/tides-19a2b3c4d5e.html", "")
    [entry] = entries(OMNIVORE, file)
    assert entry.text is not None


def test_files_of_metadata_are_read_in_their_order(tmp_path: Path) -> None:
    names = ["metadata_100_to_120.json", "metadata_20_to_40.json", "metadata_0_to_20.json"]
    file = zipped(
        tmp_path / "o.zip", {name: json.dumps([TIDES | {"title": name}]) for name in names}
    )
    assert [entry.clipping.title for entry in entries(OMNIVORE, file)] == names[::-1]


def test_a_pdf_is_a_file(tmp_path: Path) -> None:
    file = zipped(
        tmp_path / "o.zip",
        {
            "metadata_0_to_20.json": json.dumps([TIDES | {"url": "https://omnivore.app/a/b.pdf"}]),
            "contents/tides-19a2b3c4d5e.pdf": b"%PDF-1.4",
        },
    )
    [entry] = entries(OMNIVORE, file)
    assert entry.text is not None and entry.text.kind is TextKind.FILE


def test_a_private_address_without_a_text_is_a_row_of_its_own(tmp_path: Path) -> None:
    file = export(tmp_path, {"url": "https://omnivore.app/no_url?q=1", "title": "A letter"})
    [item] = items(OMNIVORE, file)
    assert isinstance(item, Unread)
    assert (item.outcome, item.name) == (Outcome.FAILED, "A letter")


def test_a_text_whose_metadata_is_missing_is_an_article(tmp_path: Path) -> None:
    file = zipped(
        tmp_path / "o.zip",
        {
            "metadata_0_to_20.json": "[{]",
            "content/slow-bread-18f0a1b2c3d.html": "<p>Flour.</p>",
            "highlights/slow-bread-18f0a1b2c3d.md": "> Flour. ",
        },
    )
    damaged, entry = items(OMNIVORE, file)
    assert isinstance(damaged, Unread)
    assert isinstance(entry, Entry)
    assert entry.clipping.title == "Slow bread"
    assert entry.highlights == (Highlight("Flour."),)


def test_only_items_of_feeds_that_nobody_touched_are_from_a_feed(tmp_path: Path) -> None:
    untouched = {"labels": ["RSS"], "state": "Active", "readingProgress": 0}
    file = export(
        tmp_path,
        untouched,
        untouched | {"readingProgress": 5},
        untouched | {"labels": ["RSS", "mine"]},
        untouched | {"state": "Archived"},
        untouched | {"labels": ["Newsletter"]},
    )
    assert [x.from_feed for x in entries(OMNIVORE, file)] == [True, False, False, False, False]


def test_highlights_have_labels_and_notes(tmp_path: Path) -> None:
    written = (
        "> one \n\n#a #to do\n\nmy note\n\nmore\n\n> two \n\n> three \n\n#1 is better than #2."
    )
    assert highlights(tmp_path, written) == (
        Highlight("one", "my note\n\nmore", labels=("a", "to do")),
        Highlight("two"),
        Highlight("three", "#1 is better than #2."),
    )


def test_a_quotation_of_several_paragraphs_is_one(tmp_path: Path) -> None:
    assert highlights(tmp_path, "> one\n> two\nthree \n\na note") == (
        Highlight("one\ntwo\nthree", "a note"),
    )


def test_a_quotation_ends_at_its_true_end(tmp_path: Path) -> None:
    text = "<p>First &amp; <b>last</b>.</p><p>Then more.</p>"
    assert highlights(tmp_path, "> First & last.\n\nThen more.\n\nMine.", text) == (
        Highlight("First & last.\nThen more.", "Mine."),
    )


def test_a_note_on_the_article_is_not_that_of_the_quotation_above(tmp_path: Path) -> None:
    assert highlights(tmp_path, "> one \n\nabout all\n\n\n\n> two ") == (
        Highlight("one"),
        Highlight("", "about all"),
        Highlight("two"),
    )
