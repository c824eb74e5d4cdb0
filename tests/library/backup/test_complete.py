"""A complete copy in a folder of its own: whole or not at all, and never over work of somebody."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.library.backup import complete
from reader.library.library import Library
from reader.model import Clipping
from reader.progress import Cancelled


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as made:
        name = made.keep_picture(b"picture", "png")
        made.add(Clipping("https://example.org/1", "One", pictures=(name,), lead=name))
        yield made


def _names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_a_complete_copy_opens_like_a_library_and_shares_no_file(
    library: Library, tmp_path: Path
) -> None:
    target = tmp_path / "deep" / "copy"
    complete.write(library, target)
    with Library.open(target, create=False) as copied:
        assert copied.article(1).title == "One"
        assert copied.check() == ()
        assert copied.picture_path(copied.article(1).lead) is not None
    (picture,) = (target / "images").iterdir()
    assert picture.stat().st_nlink == 1
    assert target.stat().st_mode & 0o077 == 0


def test_a_later_copy_replaces_an_earlier_one_that_was_only_read(
    library: Library, tmp_path: Path
) -> None:
    target = tmp_path / "copy"
    complete.write(library, target)
    with Library.open(target, create=False) as copied:
        copied.counts()
    library.add(Clipping("https://example.org/2", "Two"))
    complete.write(library, target)
    with Library.open(target, create=False) as copied:
        assert copied.counts().total == 2
    assert _names(target) == {"library.db", complete.NOTE, "images"}


def test_a_copy_that_was_worked_in_is_left_as_it_is(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    complete.write(library, target)
    with Library.open(target, create=False) as copied:
        copied.set_title(1, "Theirs")
    with pytest.raises(LibraryError, match="has changed since"):
        complete.write(library, target)
    with Library.open(target, create=False) as copied:
        assert copied.article(1).title == "Theirs"


def test_a_damaged_picture_of_an_earlier_copy_is_written_again(
    library: Library, tmp_path: Path
) -> None:
    complete.write(library, tmp_path / "copy")
    (picture,) = (tmp_path / "copy" / "images").iterdir()
    picture.write_bytes(b"damaged")
    complete.write(library, tmp_path / "copy")
    assert picture.read_bytes() == b"picture"


@pytest.mark.parametrize("at", ["", "inner", ".."])
def test_the_librarys_own_folders_are_refused(library: Library, at: str) -> None:
    before = _names(library.folder)
    with pytest.raises(LibraryError, match="one lies within the other"):
        complete.write(library, library.folder / at)
    assert _names(library.folder) == before


def test_a_folder_with_anything_else_is_refused_and_left_alone(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear")
    with pytest.raises(LibraryError, match=r"holds letter\.txt"):
        complete.write(library, tmp_path / "full")
    with pytest.raises(LibraryError, match="is a file"):
        complete.write(library, tmp_path / "full" / "letter.txt")
    assert _names(tmp_path / "full") == {"letter.txt"}


def test_a_copy_of_another_library_is_refused(library: Library, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other:
        complete.write(other, tmp_path / "copy")
    with pytest.raises(LibraryError, match="a copy of another library"):
        complete.write(library, tmp_path / "copy")


def _stopping(_done: int, _total: int, text: str) -> None:
    if text == complete._SAYS:
        raise Cancelled


def test_a_stopped_copy_leaves_nothing_or_the_earlier_one(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    with pytest.raises(Cancelled):
        complete.write(library, target, _stopping)
    assert not target.exists()
    target.mkdir()
    with pytest.raises(Cancelled):
        complete.write(library, target, _stopping)
    assert _names(target) == set()
    complete.write(library, target)
    before = (target / "library.db").read_bytes()
    library.set_title(1, "New")
    with pytest.raises(Cancelled):
        complete.write(library, target, _stopping)
    assert (target / "library.db").read_bytes() == before
    complete.write(library, target)
    assert (target / "library.db").read_bytes() != before


def test_what_a_killed_copy_left_is_no_obstacle(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy"
    with monkeypatch.context() as patch, pytest.raises(Cancelled):
        patch.setattr(complete, "_take_back", lambda *_, **__: None)
        complete.write(library, target, _stopping)
    (target / f"{complete._FRESH}.new").write_bytes(b"half")
    assert (target / "images").exists()
    complete.write(library, target)
    assert _names(target) == {"library.db", complete.NOTE, "images"}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="mounts a small disk")
@pytest.mark.parametrize("size", [40_000, 440_000])
def test_a_full_disk_leaves_nothing_half(library: Library, tmp_path: Path, size: int) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("may not mount")
    try:
        library.add(Clipping("https://example.org/2", "Two", html=f"<p>{os.urandom(99_000).hex()}"))
        with pytest.raises(LibraryError, match="has free space"):
            complete.write(library, disk / "copy")
        assert _names(disk) == set()
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
