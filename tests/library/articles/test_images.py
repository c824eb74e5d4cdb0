"""Pictures are files named by the hash of their bytes: whole, private, and never lost."""

import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.library.conftest import names

from reader.damage import Damage, Kind
from reader.errors import LibraryError
from reader.library.articles import images
from reader.library.library import Library
from reader.model import Clipping

_NAME = sha256(b"picture").hexdigest() + ".png"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "new" / "images"


def failing(number: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("damage", [b"", b"pictvre", b"longer than it was"])
def test_a_damaged_picture_is_found_and_adding_it_again_heals_it(
    library: Library, damage: bytes
) -> None:
    name = library.keep_picture(b"picture", "png")
    id = library.add(Clipping("https://example.org/", "A", html="<p>x</p>", pictures=(name,))).id
    file = library.folder / "images" / name
    file.write_bytes(damage)
    assert library.check() == (Damage(Kind.PICTURE_CHANGED, id, "A", name),)
    assert library.keep_picture(b"picture", "png") == name
    assert file.read_bytes() == b"picture"
    assert library.check() == ()


def test_a_whole_picture_is_not_written_again_but_made_young(folder: Path) -> None:
    file = folder / images.keep(folder, b"picture", "png")
    os.utime(file, (1, 1))
    before = file.stat().st_ino
    assert images.keep(folder, b"picture", "png") == _NAME
    assert file.stat().st_ino == before
    assert file.stat().st_mtime > 1


@pytest.mark.parametrize("ending", ["svg", "exe", "", "png.", "../png", "PNG"])
def test_only_kinds_of_pictures_are_kept(folder: Path, ending: str) -> None:
    with pytest.raises(ValueError, match="unsupported type of image"):
        images.keep(folder, b"picture", ending)
    assert not folder.exists()


@pytest.mark.usefixtures("open_umask")
def test_a_picture_and_its_folders_are_for_the_owner_alone(folder: Path) -> None:
    file = folder / images.keep(folder, b"picture", "png")
    modes = [path.stat().st_mode & 0o777 for path in (file, folder, folder.parent)]
    assert modes == [0o600, 0o700, 0o700]


# ---- to the disk


def test_a_picture_is_whole_on_the_disk_before_it_has_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, int, bool]] = []
    really = os.fsync

    def fsync(handle: int) -> None:
        is_folder = os.path.samestat(os.fstat(handle), folder.stat())
        size = 0 if is_folder else os.fstat(handle).st_size
        seen.append((is_folder, size, (folder / _NAME).exists()))
        really(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    images.keep(folder, b"picture", "png")
    assert seen == [(False, 7, False), (True, 0, True)]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_on_a_full_disk_nothing_is_left_and_a_sentence_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    images.keep(folder, b"another", "png")
    before = names(folder)
    owner = os if call == "fsync" else Path
    monkeypatch.setattr(owner, call, failing(errno.ENOSPC))
    with pytest.raises(LibraryError, match="No space left on device"):
        images.keep(folder, b"picture", "png")
    assert names(folder) == before


def test_a_file_where_the_folder_should_be_is_said_in_a_sentence(folder: Path) -> None:
    folder.parent.mkdir()
    folder.touch()
    with pytest.raises(LibraryError, match="could not be written"):
        images.keep(folder, b"picture", "png")
    assert images.state(folder, _NAME) is images.State.CHANGED
    assert images.path(folder, _NAME) is None
    assert images.delete(folder, _NAME, time.time()) is False


def test_threads_that_keep_the_same_picture_do_not_disturb_each_other(folder: Path) -> None:
    barrier, kept = threading.Barrier(4), list[str]()

    def keep() -> None:
        barrier.wait()
        kept.append(images.keep(folder, b"picture" * 10_000, "png"))

    threads = [threading.Thread(target=keep) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert names(folder) == [*set(kept)]
    assert len(kept) == 4


# ---- what is in the way


def test_a_picture_that_the_disk_cannot_read_is_written_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / images.keep(folder, b"picture", "png")
    before = file.stat().st_ino
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", failing(errno.EIO))
        images.keep(folder, b"picture", "png")
    assert file.stat().st_ino != before


def test_somebody_elses_picture_that_cannot_be_made_young_is_used(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / images.keep(folder, b"picture", "png")
    before = file.stat().st_ino
    monkeypatch.setattr(os, "utime", failing(errno.EPERM))
    assert images.keep(folder, b"picture", "png") == _NAME
    assert file.stat().st_ino == before


@pytest.mark.parametrize("error", [errno.ENOENT, errno.EPERM])
def test_a_picture_that_is_gone_at_the_last_moment_is_written_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    file = folder / images.keep(folder, b"picture", "png")

    def utime(path: Path) -> None:
        path.unlink()
        failing(error)()

    monkeypatch.setattr(os, "utime", utime)
    images.keep(folder, b"picture", "png")
    assert file.read_bytes() == b"picture"


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("a" * 64 + ".png", images.State.MISSING),
        ("../library.db", images.State.CHANGED),
        (_NAME + "\n", images.State.CHANGED),
        (_NAME, images.State.WHOLE),
        (_NAME.replace(".png", ".jpg"), images.State.CHANGED),
    ],
)
def test_a_picture_is_whole_missing_or_changed(
    folder: Path, name: str, state: images.State
) -> None:
    images.keep(folder, b"picture", "png")
    (folder / _NAME.replace(".png", ".jpg")).mkdir()
    (folder.parent / "library.db").touch()
    assert images.state(folder, name) is state
    assert images.path(folder, name) == (folder / _NAME if state is images.State.WHOLE else None)


def test_a_picture_in_a_folder_that_may_not_be_entered_has_no_path(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    images.keep(folder, b"picture", "png")
    monkeypatch.setattr(Path, "is_file", failing(errno.EACCES))
    assert images.path(folder, _NAME) is None


# ---- deleting


@pytest.mark.parametrize(("age", "is_gone"), [(1, True), (0, True), (-1, False)])
def test_only_what_nobody_asked_for_since_is_deleted(folder: Path, age: int, is_gone: bool) -> None:
    file = folder / images.keep(folder, b"picture", "png")
    os.utime(file, (1000 - age, 1000 - age))
    assert images.delete(folder, _NAME, 1000) is is_gone
    assert names(folder) == ([] if is_gone else [_NAME])
    assert images.delete(folder, _NAME, 1000) is is_gone


def test_what_cannot_be_deleted_is_no_reason_to_fail(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    images.keep(folder, b"picture", "png")
    monkeypatch.setattr(Path, "unlink", failing(errno.EROFS))
    assert images.delete(folder, _NAME, time.time() + 1) is False


# ---- after killed processes


@pytest.fixture(scope="module")
def ended() -> int:
    """Return the id of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def unfinished(folder: Path, process: int) -> Path:
    file = folder / f"{_NAME}.{process}.{threading.get_ident()}.new"
    file.write_bytes(b"pic")
    os.utime(file, (1000, 1000))
    return file


def test_the_first_picture_of_a_process_tidies_up_once(folder: Path, ended: int) -> None:
    folder.mkdir(parents=True)
    for is_there in (False, True):
        file = unfinished(folder, ended)
        images.keep(folder, b"picture" + bytes([is_there]), "png")
        assert file.exists() is is_there


def test_pictures_that_are_half_deleted_come_back_and_unfinished_ones_go(
    folder: Path, ended: int
) -> None:
    folder.mkdir(parents=True)
    other = sha256(b"two").hexdigest() + ".png"
    (folder / f"{_NAME}.gone").write_bytes(b"picture")
    (folder / other).write_bytes(b"two")
    (folder / f"{other}.gone").write_bytes(b"two")
    (folder / "notes.gone").touch()
    (folder / ("b" * 64 + ".png")).touch()
    (folder / ("b" * 64 + ".png.gone")).mkdir()
    dead, alive = unfinished(folder, ended), unfinished(folder, os.getpid())
    images.sweep(folder)
    assert (folder / _NAME).read_bytes() == b"picture"
    assert names(folder) == sorted(
        [_NAME, other, "notes.gone", "b" * 64 + ".png", "b" * 64 + ".png.gone", alive.name]
    )
    assert not dead.exists()
    images.sweep(folder / "none")
