"""A whole library returns from a copy, in its place or beside it, with its pictures."""

import hashlib
import os
import shutil
from pathlib import Path

import apsw
import pytest
from tests.library.conftest import names

from reader.errors import LibraryError, LibraryTooNew
from reader.library.backup import copies, restoring
from reader.library.backup.copy import Copy, Reason
from reader.library.history import devices
from reader.library.library import Library
from reader.library.store import migrate
from reader.model import Clipping, State
from reader.progress import Cancelled

_PICTURE = b"a picture"
_NAME = f"{hashlib.sha256(_PICTURE).hexdigest()}.png"


@pytest.fixture
def folder(new_library: Path) -> Path:
    """Return the folder of a library with two articles and a picture, and one copy of it."""
    with Library.open(new_library) as library:
        name = library.keep_picture(_PICTURE, "png")
        library.add(Clipping("https://example.org/1", "One", html="<p>x</p>", pictures=(name,)))
        library.add(Clipping("https://example.org/2", "Two", html="<p>y</p>"))
        library.backups.take(Reason.ASKED)
    return new_library


def change(folder: Path) -> None:
    with Library.open(folder) as library:
        library.set_state([1], State.TRASH)
        library.trash.delete([1])
        library.add(Clipping("https://example.org/3", "Three", html="<p>z</p>"))


def titles(folder: Path) -> set[str]:
    with Library.open(folder, create=False) as library:
        assert library.check() == ()
        return {title for (title,) in library._all("SELECT title FROM article")}


def only(folder: Path, reason: Reason = Reason.ASKED) -> Copy:
    (found,) = [each for each in copies.all_of(folder) if each.reason is reason]
    return found


# ---- in place


def test_the_library_is_as_it_was_and_what_was_there_is_a_copy(folder: Path) -> None:
    change(folder)
    (folder / "images" / _NAME).unlink()
    copy = only(folder)
    assert restoring.restore_library(copy, folder) is None
    assert titles(folder) == {"One", "Two"}
    assert (folder / "images" / _NAME).read_bytes() == _PICTURE
    present = only(folder, Reason.RESTORE)
    restoring.restore_library(present, folder)
    assert titles(folder) == {"Two", "Three"}
    assert copy.file.exists(), "the older copy stays"


def test_later_copies_stay_when_an_old_one_is_restored(folder: Path) -> None:
    oldest = only(folder)
    for number in range(3):
        with Library.open(folder) as library:
            library.set_title(2, f"Title {number}")
            library.backups.take(Reason.BULK)
    before = {each.id for each in copies.all_of(folder)}
    restoring.restore_library(oldest, folder)
    assert before <= {each.id for each in copies.all_of(folder)}


def test_it_writes_as_another_device_afterwards(folder: Path) -> None:
    def device() -> str:
        with Library.open(folder) as library:
            return devices.id_of(library._database.connection)

    before = device()
    restoring.restore_library(only(folder), folder)
    assert device() != before


def test_a_damaged_library_is_set_aside_under_a_name_that_is_returned(folder: Path) -> None:
    copy = only(folder)
    data = b"damaged" + (folder / "library.db").read_bytes()[7:]
    (folder / "library.db").write_bytes(data)
    aside = restoring.restore_library(copy, folder)
    assert aside is not None and aside.read_bytes() == data
    assert titles(folder) == {"One", "Two"}


def test_a_library_that_is_gone_returns(folder: Path) -> None:
    copy = only(folder)
    (folder / "library.db").unlink()
    shutil.rmtree(folder / "images")
    assert restoring.restore_library(copy, folder) is None
    assert titles(folder) == {"One", "Two"}


def test_a_link_to_the_library_stays_a_link(folder: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.db"
    copy = only(folder)
    (folder / "library.db").rename(real)
    (folder / "library.db").symlink_to(real)
    restoring.restore_library(copy, folder)
    assert (folder / "library.db").is_symlink() and titles(folder) == {"One", "Two"}


def test_a_plain_file_beside_the_library_is_restored_too(folder: Path) -> None:
    with Library.open(folder) as library:
        library.backup(folder / "by hand.db")
    change(folder)
    restoring.restore_library(only(folder, Reason.FOUND), folder)
    assert titles(folder) == {"One", "Two"}


def test_a_copy_of_an_older_schema_is_brought_up_when_it_is_opened(folder: Path) -> None:
    file = folder / "library-before-0011.db"
    old = apsw.Connection(str(file))
    old.pragma("application_id", migrate.APPLICATION_ID)
    migrate.make(old, 6)
    old.close()
    restoring.restore_library(only(folder, Reason.FOUND), folder)
    assert titles(folder) == set()


def test_a_copy_of_a_newer_reader_is_refused(folder: Path) -> None:
    copy = only(folder)._replace(schema=migrate.newest() + 1)
    before = names(folder)
    with pytest.raises(LibraryTooNew, match="written by a newer Reader"):
        restoring.restore_library(copy, folder)
    with pytest.raises(LibraryTooNew, match="written by a newer Reader"):
        restoring.write_beside(copy, folder / "new")
    assert names(folder) == before


@pytest.mark.parametrize("kind", ["cut", "gone", "without pieces"])
def test_a_copy_that_cannot_be_used_changes_nothing(folder: Path, kind: str) -> None:
    copy = only(folder)
    change(folder)
    if kind == "cut":
        copy.file.write_bytes(copy.file.read_bytes()[:-5])
    elif kind == "gone":
        copy.file.unlink()
    else:
        shutil.rmtree(folder / "backups" / "pieces")
    before = names(folder)
    with pytest.raises(LibraryError, match="choose another copy"):
        restoring.restore_library(copy, folder)
    assert names(folder) == before
    assert titles(folder) == {"Two", "Three"}


def test_a_copy_with_another_number_of_articles_is_refused(folder: Path) -> None:
    copy = only(folder)._replace(articles=7)
    with pytest.raises(LibraryError, match="has 2 articles instead of 7"):
        restoring.restore_library(copy, folder)


def test_each_cancel_leaves_the_library_as_it_was(folder: Path) -> None:
    change(folder)
    copy, calls = only(folder), 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    restoring.restore_library(copy, folder, count)
    with Library.open(folder) as library:
        library.set_title(2, "Again")
    assert calls > 3
    for number in range(3):
        left = number

        def stop(*_: object) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Cancelled

        with pytest.raises(Cancelled):
            restoring.restore_library(copy, folder, stop)
        assert titles(folder) == {"One", "Again"}
        assert not [each for each in names(folder) if ".new" in each]


# ---- beside


def test_a_complete_library_is_written_into_another_folder(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "some" / "new"
    restoring.write_beside(only(folder), target)
    assert titles(target) == {"One", "Two"}
    assert (target / "images" / _NAME).read_bytes() == _PICTURE
    assert titles(folder) == {"One", "Two"}


@pytest.mark.parametrize("kind", ["file", "occupied", "library"])
def test_a_folder_that_is_not_empty_is_refused(folder: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "target"
    if kind == "file":
        target.write_bytes(b"x")
    elif kind == "occupied":
        target.mkdir()
        (target / "x").write_bytes(b"x")
    else:
        target = folder
    before = names(target) if target.is_dir() else []
    with pytest.raises(LibraryError, match="is not an empty folder"):
        restoring.write_beside(only(folder), target)
    assert (names(target) if target.is_dir() else []) == before


def test_what_was_begun_is_taken_back(folder: Path, tmp_path: Path) -> None:
    copy = only(folder)
    shutil.rmtree(folder / "backups" / "pieces")
    with pytest.raises(LibraryError):
        restoring.write_beside(copy, tmp_path / "some" / "new")
    assert not (tmp_path / "some").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_told_of(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(LibraryError, match="could not be written to"):
        restoring.write_beside(only(folder), tmp_path / "closed" / "new")
