"""The copies as commands name them."""

import argparse
from pathlib import Path

import pytest

from reader.commands import copies
from reader.errors import LibraryError
from reader.library.backup import naming
from reader.library.backup.copy import Copy, Reason


def _copy(id: str, made_at: float = 0.0, *, is_elsewhere: bool = False) -> Copy:
    told = {"verb": "archive", "count": 500}
    file = Path("/place") / f"{id}.copy"
    copy = Copy(id, file, made_at, Reason.BULK, told, 1, 2_000_000)
    return copy._replace(is_elsewhere=is_elsewhere)


def test_a_line_tells_reason_count_size_and_a_place_elsewhere() -> None:
    line = copies.line(3, _copy("a", 1e9))
    assert line.startswith("  3  2001-09-09 ")
    assert line.endswith("1 article    2.0 MB  before 500 articles were archived")
    assert copies.line(3, _copy("a", is_elsewhere=True)).endswith("archived, in /place")


def test_a_time_beyond_the_calendar_is_no_trouble() -> None:
    assert copies.when(_copy("a", 1e18)) == "at an unknown time"


def test_a_copy_is_data_for_scripts() -> None:
    told = copies.as_json(1, _copy("a"))
    assert (told["number"], told["id"], told["reason"]) == (1, "a", "bulk")
    assert told["told"] == {"verb": "archive", "count": 500}
    assert told["file"] == "/place/a.copy"


@pytest.mark.parametrize(("word", "id"), [("1", "2026-b"), ("2", "2026-a"), ("2026-a", "2026-a")])
def test_a_copy_is_named_by_its_place_in_the_list_or_its_id(word: str, id: str) -> None:
    assert naming.copy_of([_copy("2026-b"), _copy("2026-a")], word).id == id


@pytest.mark.parametrize("word", ["0", "3", "2026", "2026-", "x", "", "²"])
def test_a_word_that_names_no_single_copy_is_refused(word: str) -> None:
    with pytest.raises(LibraryError, match="reader backup --list"):
        naming.copy_of([_copy("2026-b"), _copy("2026-a")], word)


def test_without_copies_a_sentence_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library in"):
        copies.chosen(argparse.Namespace(library=tmp_path), "newest")
