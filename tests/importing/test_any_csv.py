from pathlib import Path

from tests.importing.exports import items

from reader.entries import Highlight
from reader.importing.bundle import Bundle
from reader.importing.formats.columns import columns
from reader.model import State

_TABLE = (
    "Name;Link;Saved on;Labels;Rating;Remark\n"
    "First;https://a.org/;3.2.2024;a, b;5;good\nSecond;https://b.org/;04.02.2024;;4;\n"
)


def test_columns_are_guessed_by_their_names_and_cells(tmp_path: Path) -> None:
    found = items(tmp_path, _TABLE)
    first, second = found.entries
    assert found.key == "csv"
    assert (first.clipping.url, first.clipping.title) == ("https://a.org/", "First")
    assert (first.clipping.tags, first.added_at) == (("a", "b"), "2024-02-03T00:00:00Z")
    assert second.added_at == "2024-02-04T00:00:00Z"


def test_the_user_names_columns(tmp_path: Path) -> None:
    chosen = {"url": "Link", "title": "Remark", "note": "Name", "tags": "Rating"}
    found = items(tmp_path, _TABLE, columns=chosen)
    first = found.entries[0]
    assert (first.clipping.title, first.clipping.tags, first.added_at) == ("good", ("5",), "")
    assert first.highlights == (Highlight("", "First"),)


def test_the_guess_is_shown_with_cells(tmp_path: Path) -> None:
    (tmp_path / "t").write_text(_TABLE)
    found = columns(Bundle([tmp_path / "t"]))
    assert found is not None
    assert found.names[:2] == ("Name", "Link")
    assert found.samples[3:5] == (("a, b",), ("5", "4"))
    assert found.guess == {
        "url": "Link", "title": "Name", "tags": "Labels", "added_at": "Saved on",
    }  # fmt: skip


def test_a_table_without_a_header_loses_no_row(tmp_path: Path) -> None:
    rows = (
        "Good A,https://a.org/,1600000000,x|y,unread\nGood B,https://b.org/,1600000001,,archive\n"
    )
    found = items(tmp_path, rows)
    assert found.lines == [1, 2]
    assert [each.clipping.title for each in found.entries] == ["Good A", "Good B"]
    assert found.entries[0].clipping.tags == ("x", "y")
    assert found.entries[1].state is State.ARCHIVE


def test_of_two_columns_alike_the_first_counts(tmp_path: Path) -> None:
    found = items(tmp_path, "url,url\nhttps://a.org/,https://b.org/\n")
    assert [each.clipping.url for each in found.entries] == ["https://a.org/"]


def test_texts_are_no_tables(tmp_path: Path) -> None:
    text = "I went there, and saw it.\nIt was at https://a.org/, or not.\nSo, that was all.\n"
    assert items(tmp_path, text).key == ""
