"""Commands open an existing library, and leave others alone."""

import argparse
from pathlib import Path

import pytest

from reader.commands import library as shared
from reader.errors import IngestError, LibraryError, NoSuchArticle
from reader.library.library import Library


def test_a_missing_library_is_not_made(tmp_path: Path) -> None:
    options = argparse.Namespace(library=tmp_path / "none")
    with pytest.raises(LibraryError, match="There is no library in"):
        shared.existing(options)
    assert not (tmp_path / "none").exists()


def test_a_damaged_library_is_not_called_missing(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"no database" * 100)
    with pytest.raises(LibraryError) as raised:
        shared.existing(argparse.Namespace(library=tmp_path))
    assert "There is no library" not in str(raised.value)


def test_ids_are_checked_before_anything_changes(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# One\n\nText.\n")
    id = shared.add_file(library, str(tmp_path / "a.md"))
    shared.check_ids(library, [id])
    with pytest.raises(NoSuchArticle):
        shared.check_ids(library, [id, id + 1])


def test_a_file_that_cannot_be_added_says_why(library: Library, tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="does not exist"):
        shared.add_file(library, str(tmp_path / "none.md"))


def test_a_change_is_named_and_none_is_said(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("# O\x1bne\n\nText.\n")
    id = shared.add_file(library, str(tmp_path / "a.md"))
    shared.print_change(library, library.set_favourite([id], True))
    shared.print_change(library, library.set_favourite([id], True))
    first, second = capsys.readouterr().out.splitlines()
    assert "One" in first and "\x1b" not in first
    assert second == "Nothing to change."
