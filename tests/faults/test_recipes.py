"""The player of fault recipes: it does what a record says, and calls nothing held that is not."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from benchmarks.faults import damage, foreign, operations, power, recording, runner, surroundings
from benchmarks.faults.damage import NotRun
from benchmarks.faults.recording import Event

_PAGE = 4096


def _file(folder: Path) -> Path:
    file = folder / "file"
    header = bytearray(b"SQLite format 3\0".ljust(_PAGE, b"\1"))
    header[16:18] = _PAGE.to_bytes(2)
    file.write_bytes(bytes(header) + b"\2" * 9 * _PAGE)
    return file


@pytest.mark.parametrize("record", [
    {"id": "1", "kind": "of tomorrow"},
    {"id": "2", "kind": "wal", "case": "of tomorrow"},
    {"id": "3", "kind": "kill9", "operation": "of tomorrow", "seed": 1},
])  # fmt: skip
def test_what_nobody_knows_counts_as_not_run(record: dict[str, Any]) -> None:
    assert runner.trouble(record).startswith("not run: ")


@pytest.mark.parametrize("ask", [
    foreign.oddity, surroundings.state, lambda name: operations.operation(name, Path("/none")),
])  # fmt: skip
def test_unknown_names_are_refused(ask: Callable[[str], object]) -> None:
    with pytest.raises(NotRun, match="of_tomorrow"):
        ask("of_tomorrow")


@pytest.mark.parametrize("fill", ["zero", "random"])
@pytest.mark.parametrize("pages", [1, 4])
def test_as_many_pages_are_overwritten_as_a_record_says(
    tmp_path: Path, pages: int, fill: str
) -> None:
    file = _file(tmp_path)
    before = file.read_bytes()
    damage.corrupt(file, {"kind": "corrupt_random_page", "pages": pages, "fill": fill, "seed": 1})
    after = file.read_bytes()
    parts = range(0, len(before), _PAGE)
    assert sum(before[at : at + _PAGE] != after[at : at + _PAGE] for at in parts) == pages


@pytest.mark.parametrize(("at", "size"), [(0, 0), (100, 100), (0.5, 5 * _PAGE), (0.9, 9 * _PAGE)])
def test_a_file_is_cut_at_bytes_or_at_a_share(tmp_path: Path, at: float, size: int) -> None:
    file = _file(tmp_path)
    damage.truncate(file, {"at": at})
    assert file.stat().st_size == size


def test_as_many_bits_are_flipped_as_a_record_says(tmp_path: Path) -> None:
    file = _file(tmp_path)
    before = int.from_bytes(file.read_bytes())
    damage.flip_bits(file, {"seed": 1, "count": 8})
    assert (before ^ int.from_bytes(file.read_bytes())).bit_count() == 8


# ---- the disk that loses power

_STYLES = ("none", "all", "prefix", "random", "torn")


def _left(folder: Path, style: str, *happened: Event) -> dict[str, bytes]:
    """Return the files that are left after a loss of power."""
    before, after = folder / "before", folder / f"after {style}"
    before.mkdir(exist_ok=True)
    (before / "old").write_bytes(b"old")
    after.mkdir()
    disk = power._Disk(before, Path("/seen"))
    for event in happened:
        disk.happen(event)
    disk.fail(style, random.Random(1), after)
    return {each.name: each.read_bytes() for each in after.iterdir()}


_CREATE = Event("create", ("/seen/new",))
_WRITE = Event("write", ("/seen/new",), b"x" * 4096, 0)
_SYNC = Event("sync", ("/seen/new",))


@pytest.mark.parametrize("style", _STYLES)
def test_what_was_synced_is_there_whatever_is_lost(tmp_path: Path, style: str) -> None:
    left = _left(tmp_path, style, _CREATE, _WRITE, _SYNC)
    assert left == {"old": b"old", "new": b"x" * 4096}


def test_what_was_not_synced_may_be_lost_torn_or_there(tmp_path: Path) -> None:
    rename = Event("rename", ("/seen/new", "/seen/old"))
    assert _left(tmp_path, "none", _CREATE, _WRITE) == {"old": b"old"}
    assert _left(tmp_path, "all", _CREATE, _WRITE, rename) == {"old": b"x" * 4096}
    torn = _left(tmp_path, "torn", _CREATE, Event("sync", ("/seen",)), _WRITE)["new"]
    assert 0 < torn.count(b"x") < 4096


def test_a_name_that_is_on_the_disk_may_have_no_data_yet(tmp_path: Path) -> None:
    rename = Event("rename", ("/seen/new", "/seen/old"))
    left = _left(tmp_path, "none", _CREATE, _WRITE, rename, Event("sync", ("/seen",)))
    assert left == {"old": b""}


def test_the_calls_of_a_process_are_read_from_its_record(tmp_path: Path) -> None:
    def text(name: str) -> str:
        return "".join(f"\\x{byte:02x}" for byte in name.encode())

    trace = tmp_path / "trace"
    lines = [
        f'7 openat(AT_FDCWD, "{text("/seen/a")}", O_RDWR|O_CREAT, 0600) = 3<{text("/seen/a")}>',
        f'7 pwrite64(3<{text("/seen/a")}>, "{text("xy")}", 2, 5) = 2',
        f"7 fdatasync(3<{text('/seen/a')}> <unfinished ...>",
        f'8 unlink("{text("/other/a")}") = 0',
        "7 <... fdatasync resumed>) = 0",
        f'7 rename("{text("/seen/a")}", "{text("/seen/b")}") = 0',
        f'7 unlink("{text("/seen/none")}") = -1 ENOENT (No such file or directory)',
        f'7 write(1<{text("/dev/null")}>, "{text("done")}", 4) = 4',
    ]
    trace.write_text("\n".join(lines))
    assert recording.events(trace, Path("/seen")) == [
        Event("create", ("/seen/a",)),
        Event("write", ("/seen/a",), b"xy", 5),
        Event("sync", ("/seen/a",)),
        Event("rename", ("/seen/a", "/seen/b")),
        recording.ACKNOWLEDGED,
    ]
