"""What must be on the disk before something else is: read from the calls themselves."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from tests.faults.disk import Call, Disk, counted
from tests.faults.journeys import JOURNEYS, Session

from reader.library.library import Library
from reader.library.store import backup, creation
from reader.settings_store import SettingsStore


def _went(name: str, folder: Path) -> list[Call]:
    journey, disk = JOURNEYS[name], Disk(folder)
    journey.prepare(folder)
    session = Session(folder)
    with counted(disk):
        for step in journey.steps:
            step(session)
        session.close()
    return disk.calls


def _in_order(calls: list[Call], *wanted: Call) -> bool:
    """Return whether calls came in this order, others between them; names are patterns."""
    rest: Iterator[Call] = iter(calls)
    return all(any(_is(call, each) for call in rest) for each in wanted)


def _is(call: Call, wanted: Call) -> bool:
    return call.what == wanted.what and fnmatchcase(call.name, wanted.name)


def test_a_picture_is_on_the_disk_with_its_name_before_a_row_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    calls = _went("add with a picture", folder)
    (picture,) = (folder / "images").iterdir()
    fresh = f"{picture.name}.*"
    assert _in_order(
        calls, Call("create", fresh), Call("write", fresh), Call("fsync", fresh),
        Call("replace", picture.name), Call("fsync", "images"), Call("write", "library.db-wal"),
        Call("fsync", "library.db-wal"),
    )  # fmt: skip
    first = next(number for number, each in enumerate(calls) if each.name == "library.db-wal")
    assert any(each == Call("fsync", "images") for each in calls[:first])


def test_a_new_library_is_whole_on_the_disk_before_it_has_its_name(tmp_path: Path) -> None:
    calls = _went("create", tmp_path / "library")
    assert _in_order(
        calls, Call("write", "library.db.*"), Call("fsync", "library.db.*"),
        Call("link", "library.db"), Call("fsync", "library"), Call("write", "library.db-wal"),
    )  # fmt: skip
    written = max(
        number for number, each in enumerate(calls)
        if each.what == "write" and each.name.endswith(".new")
    )  # fmt: skip
    named = calls.index(Call("link", "library.db"))
    assert any(each.what == "fsync" and each.name.endswith(".new") for each in calls[written:named])


@pytest.mark.parametrize(
    ("name", "copy", "folder"),
    [("backup", "library-copy.db", "library"), ("migrate", "*.copy", "backups")],
)
def test_a_copy_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, name: str, copy: str, folder: str
) -> None:
    calls, fresh = _went(name, tmp_path / "library"), f"{copy}*.new"
    assert _in_order(
        calls, Call("write", fresh), Call("fsync", fresh), Call("replace", copy),
        Call("fsync", folder),
    )  # fmt: skip


def test_the_pieces_of_a_copy_are_on_the_disk_before_the_file_that_names_them(
    tmp_path: Path,
) -> None:
    calls = _went("migrate", tmp_path / "library")
    piece = "?" * 64
    assert _in_order(
        calls, Call("write", f"{piece}.*"), Call("fsync", f"{piece}.*"), Call("replace", piece),
        Call("fsync", "pieces"), Call("write", "*.copy.*"), Call("replace", "*.copy"),
    )  # fmt: skip


def test_a_copy_is_on_the_disk_before_the_schema_changes(tmp_path: Path) -> None:
    calls = _went("migrate", tmp_path / "library")
    copied = next(number for number, each in enumerate(calls) if each.what == "replace")
    changed = [n for n, each in enumerate(calls) if each == Call("write", "library.db-wal")]
    assert changed and min(changed) > copied


def test_what_is_deleted_is_written_down_on_the_disk_before(tmp_path: Path) -> None:
    calls = _went("empty the trash", tmp_path / "library")
    log = calls.index(Call("fsync", "deleted.log"))
    assert calls.index(Call("write", "deleted.log")) < log
    row = [n for n, each in enumerate(calls) if each == Call("fsync", "library.db-wal")]
    assert [number for number in row if number > log]
    assert not [number for number in row if number < log]


@pytest.mark.parametrize("name", ["repair", "take the copy"])
def test_a_repaired_library_is_on_the_disk_before_it_takes_the_place(
    tmp_path: Path, name: str
) -> None:
    calls = _went(name, tmp_path / "library")
    assert _in_order(
        calls, Call("fsync", "library.db.*"), Call("link", "library-damaged-*"),
        Call("replace", "library.db"), Call("fsync", "library"),
    )  # fmt: skip


def test_settings_are_on_the_disk_before_they_take_the_place_of_the_old_ones(
    tmp_path: Path,
) -> None:
    disk, store = Disk(tmp_path), SettingsStore.open(tmp_path / "settings.json")
    with counted(disk):
        store.update(theme="dark")
        store.flush()
    assert _in_order(
        disk.calls, Call("write", "settings.json.*"), Call("fsync", "settings.json.*"),
        Call("replace", "settings.json"), Call("fsync", tmp_path.name),
    )  # fmt: skip


def test_every_acknowledged_change_is_synced(tmp_path: Path) -> None:
    for name in ("add with a picture", "archive and undo", "rename a tag", "merge"):
        journey, disk = JOURNEYS[name], Disk(tmp_path / name)
        journey.prepare(tmp_path / name)
        session = Session(tmp_path / name)
        with counted(disk), session.library:
            for step in journey.steps:
                begin = len(disk.calls)
                step(session)
                ends = [each for each in disk.calls[begin:] if each.name == "library.db-wal"]
                assert ends[-1].what == "fsync", name


_PRAGMAS = {
    "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "fullfsync": 1,
    "checkpoint_fullfsync": 1, "cell_size_check": 1, "trusted_schema": 0, "temp_store": 2,
}  # fmt: skip


def test_every_connection_has_the_pragmas_that_keep_a_library_whole(tmp_path: Path) -> None:
    for _ in ("new", "opened again"):
        with Library.open(tmp_path) as library:
            connection = library._database.connection
            assert {name: connection.pragma(name) for name in _PRAGMAS} == _PRAGMAS
            assert 0 < connection.pragma("journal_size_limit") <= 64 << 20


def test_every_thread_has_a_connection_that_keeps_a_library_whole(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library, ThreadPoolExecutor(1) as threads:
        connection = threads.submit(lambda: library._database.connection).result()
        assert connection is not library._database.connection
        assert {name: connection.pragma(name) for name in _PRAGMAS} == _PRAGMAS


def _has_log(file: Path) -> bool:
    """Return whether a file says of itself that a write-ahead log belongs to it."""
    return file.read_bytes()[18:20] == b"\2\2"


def test_a_new_file_has_a_write_ahead_log_from_the_beginning(tmp_path: Path) -> None:
    creation.new(tmp_path / "library.db")
    assert _has_log(tmp_path / "library.db")


def test_a_copy_in_the_place_of_the_library_gets_a_write_ahead_log(tmp_path: Path) -> None:
    file = tmp_path / "copied" / "library.db"
    file.parent.mkdir()
    with Library.open(tmp_path) as library:
        library.backup(file)
    assert not _has_log(file)
    with Library.open(file.parent) as library:
        assert _has_log(file)
        library.saved.add("Name", "question")
        assert file.with_name("library.db-wal").stat().st_size
        assert library._database.connection.pragma("journal_mode") == "wal"


def test_a_damaged_copy_takes_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.open(tmp_path) as library:
        library.backup(tmp_path / "copy.db")
        good = (tmp_path / "copy.db").read_bytes()
        real = backup.verify

        def verify(file: Path) -> None:
            data = bytearray(file.read_bytes())
            data[len(data) // 2 : len(data) // 2 + 8192] = bytes(8192)
            file.write_bytes(data)
            real(file)

        monkeypatch.setattr(backup, "verify", verify)
        with pytest.raises(Exception, match="damaged"):
            library.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == good


def test_a_closed_library_is_one_file(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.keep_picture(b"x", "png")
    assert {each.name for each in tmp_path.iterdir()} == {"images", "library.db"}
    with closing(sqlite3.connect(tmp_path / "library.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
