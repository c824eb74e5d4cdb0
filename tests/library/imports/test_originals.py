"""The folder ``imports``: originals whole or not at all, each once, and the reports."""

import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from reader.errors import LibraryError
from reader.library.backup import complete
from reader.library.library import Library
from reader.library.moving import move
from reader.library.moving.folders import usage
from reader.library.store import moved
from reader.progress import Cancelled, Report, silent

_ONE, _TWO = "20260101T000000Z-0001", "20260102T000000Z-0002"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return a file to import."""
    file = tmp_path / "part_000000.csv"
    file.write_bytes(b"title,url\n" * 200_000)
    return file


def stored(library: Library) -> list[str]:
    """Return the files of all originals."""
    folder = library.folder / "imports" / "originals"
    return sorted(each.name for each in folder.glob("*/*"))


def test_an_original_is_kept_once_and_goes_with_its_last_import(
    library: Library, export: Path, tmp_path: Path
) -> None:
    same = export.with_name("again.csv")
    same.write_bytes(export.read_bytes())
    for key, file in ((_ONE, export), (_TWO, same)):
        library.imports.keep([file], key)
        library.imports.store_report(key, key.encode())
    assert stored(library) == ["part_000000.csv"]
    assert library.imports.reports() == [_TWO, _ONE]
    assert library.imports.report(_ONE) == _ONE.encode()
    assert library.imports.original_size(_TWO) == export.stat().st_size
    library.imports.delete_original(_ONE)
    assert library.imports.original_size(_ONE) == 0
    assert library.imports.original(_TWO)[0].read_bytes() == export.read_bytes()
    library.imports.delete(_TWO)
    assert stored(library) == []
    assert library.imports.reports() == [_ONE]
    with pytest.raises(LibraryError, match="no report"):
        library.imports.report(_TWO)


def test_a_folder_is_kept_as_an_archive_without_links_and_hidden_files(
    library: Library, tmp_path: Path
) -> None:
    vault = tmp_path / "vault"
    (vault / "notes" / ".hidden").mkdir(parents=True)
    (vault / "notes" / "a: note?.md").write_text("A")
    (vault / "notes" / ".hidden" / "b.md").write_text("B")
    (vault / "link.md").symlink_to("/etc/passwd")
    os.mkfifo(vault / "pipe")
    library.imports.keep([vault], _ONE)
    with ZipFile(library.imports.original(_ONE)[0]) as kept:
        assert kept.namelist() == ["notes/a: note?.md"]


@pytest.mark.parametrize(
    "name", ["CON.csv", "a:b?.csv", "x" * 250, "... ", "report.new", "ünï.csv"]
)
def test_any_name_is_kept_under_one_that_is_safe(
    library: Library, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_text("x")
    library.imports.keep([file, file], _ONE)
    for each in library.imports.original(_ONE):
        assert each.read_text() == "x"
        assert len(each.name) <= 130
        assert not each.name.endswith(".new")
        assert not set(each.name) & set(':?"<>|*\\')
        assert each.stem.upper() != "CON"


def test_what_cannot_be_kept_leaves_nothing(
    library: Library, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(done: int, _total: int, _text: str) -> None:
        if done > 3_000_000:  # while it is copied
            raise Cancelled

    with pytest.raises(Cancelled):
        library.imports.keep([export], _ONE, stop)
    assert stored(library) == []

    def grow(done: int, _total: int, _text: str) -> None:
        if done == 0:
            with export.open("ab") as more:
                more.write(b"more")

    with pytest.raises(LibraryError, match="changed while it was copied"):
        library.imports.keep([export], _ONE, _once(grow, at=2_000_000))
    assert stored(library) == []

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LibraryError, match="No space left"):
        library.imports.keep([export], _ONE)
    assert stored(library) == []
    assert library.imports.reports() == []


def _once(work: Report, at: int) -> Report:
    """Return a report that does work once, when so much is done."""
    done_before: list[int] = []

    def report(done: int, total: int, text: str) -> None:
        if done >= at and not done_before:
            done_before.append(done)
            work(0, total, text)

    return report


def test_it_moves_and_is_copied_with_the_library(
    library: Library, export: Path, tmp_path: Path
) -> None:
    library.imports.keep([export], _ONE)
    library.imports.store_report(_ONE, b"report")
    copied, there = tmp_path / "copied", tmp_path / "there"
    complete.write(library, copied, silent)
    assert usage(library.folder).imports > export.stat().st_size
    library.imports.delete(_ONE)
    library.imports.keep([export], _TWO)
    with Library.open(copied) as copy:
        assert copy.imports.report(_ONE) == b"report"
        assert copy.imports.original_size(_ONE) == export.stat().st_size
    complete.write(library, copied, silent)
    with Library.open(copied) as copy:
        assert copy.imports.original_size(_TWO) == export.stat().st_size
        assert copy.imports.original_size(_ONE) == 0
    old = library.folder
    library.close()
    move.move(old, there, keep=False)
    assert moved.target_of(old) == there
    assert not (old / "imports").exists()
    with Library.open(there) as library_there:
        assert library_there.imports.original(_TWO)[0].read_bytes() == export.read_bytes()


def test_a_folder_that_cannot_be_read_deletes_nothing_from_a_copy(
    library: Library, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.imports.keep([export], _ONE)
    copied, refused = tmp_path / "copied", library.folder / "imports" / "originals"
    complete.write(library, copied, silent)
    scan = os.scandir

    def scandir(place: Path) -> "os._ScandirIterator[str]":
        if Path(place) == refused:
            raise PermissionError(13, "Permission denied")
        return scan(place)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", scandir)
        with pytest.raises(LibraryError, match="Permission denied"):
            complete.write(library, copied, silent)
    with Library.open(copied) as copy:
        assert copy.imports.original_size(_ONE) == export.stat().st_size
