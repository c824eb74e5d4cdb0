"""A library opens if its disk is full, and is not made anew beside its copies."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import LibraryError, NotALibrary
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.store import access
from reader.model import Clipping


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Give a small disk."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if os.name != "posix" or os.geteuid() or subprocess.run(mount, check=False).returncode:
        pytest.skip("may not mount a disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as out:
        for size in (1 << 16, 1 << 12):
            try:
                while True:
                    out.write(bytes(size))
            except OSError:
                continue


def test_a_library_on_a_full_disk_can_be_read_and_says_why_it_cannot_be_changed(
    disk: Path,
) -> None:
    folder = disk / "library"
    with Library.open(folder) as library:
        library.add(Clipping("https://example.org/1", "One"))
    _fill(disk / "filling")
    assert not access.has_room(folder / "library.db")
    with Library.open(folder, create=False) as library:
        assert library.article(1).title == "One"
        with pytest.raises(LibraryError, match="is full"):
            library.set_title(1, "Two")
    (disk / "filling").unlink()
    with Library.open(folder, create=False) as library:
        assert library.set_title(1, "Two") == 1


@pytest.mark.parametrize("is_there", [True, False])
def test_no_new_library_is_made_where_one_with_copies_is_missing(
    tmp_path: Path, is_there: bool
) -> None:
    with Library.open(tmp_path) as library:
        library.backups.take(Reason.ASKED)
    file = tmp_path / "library.db"
    file.write_bytes(b"") if is_there else file.unlink()
    for create in (True, False):
        with pytest.raises(NotALibrary, match="reader restore newest"):
            Library.open(tmp_path, create=create)
    assert file.exists() == is_there
    (tmp_path / "backups").rename(tmp_path / "away")
    Library.open(tmp_path).close()
