"""Conflict copies of sync programs are known by their content, merged, and kept."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from tests.library.conftest import add_text, names

from reader.errors import LibraryError
from reader.library import conflicts
from reader.library.history import devices
from reader.library.library import Library
from reader.model import Query

NAMES = (
    "library (conflicted copy 2026-11-29).db",
    "library (Ada's conflicted copy 2026-11-29).db",
    "library.sync-conflict-20261129-151413-ABCDEFG.db",
    "library-DESKTOP-ABC123.db",
    "library (1).db",
    "library 2.db",
    "library_conflict-20261129-151413.db",
    "библиотека – копия.db",
)


class Machine:
    """A computer: a home of its own, and a local copy of the synced folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.library = folder / "home", folder / "Sync" / "library"
        self.home.mkdir(parents=True)
        (folder / "Sync" / ".stfolder").mkdir(parents=True)
        self._monkeypatch = monkeypatch

    def use(self) -> "Machine":
        """Let the program run on this computer from now on."""
        self._monkeypatch.setenv("READER_HOME", str(self.home))
        devices._home.cache_clear()
        return self

    def add(self, *titles: str) -> None:
        """Add articles, as someone who sits at this computer."""
        self.use()
        with Library.open(self.library) as library:
            for title in titles:
                add_text(library, f"{title} " * 50, title)

    def titles(self) -> list[str]:
        """Return the titles of all articles."""
        self.use()
        with Library.open(self.library) as library:
            return sorted(row.title for row in library.rows(Query(), limit=-1))

    def send_to(self, other: "Machine", name: str = "library.db") -> None:
        """Copy the library to the other computer, as a sync program does."""
        other.library.mkdir(parents=True, exist_ok=True)
        fresh = other.library / ".arriving.tmp"
        shutil.copy2(self.library / "library.db", fresh)
        fresh.replace(other.library / name)

    def merge_all(self) -> None:
        """Merge every conflict copy."""
        self.use()
        for conflict in conflicts.found(self.library):
            conflicts.merge(self.library, conflict.file)


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path / "one", monkeypatch)


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path / "two", monkeypatch)


@pytest.mark.parametrize("name", NAMES)
def test_a_conflict_copy_is_found_under_every_name_and_merged(
    one: Machine, two: Machine, name: str
) -> None:
    one.add("first")
    one.send_to(two)
    two.add("of two")
    one.add("of one")
    two.send_to(one, name)
    (found,) = conflicts.found(one.use().library)
    assert (found.file.name, found.is_damaged) == (name, False)
    assert found.changes > 0
    assert found.changed_at > 1_700_000_000
    before = found.file.read_bytes()
    merging = conflicts.merge(one.library, found.file)
    assert merging.merged.added == 1
    assert merging.kept == one.library / conflicts.KEPT / name
    assert merging.kept.read_bytes() == before
    assert one.titles() == ["first", "of one", "of two"]
    assert conflicts.found(one.library) == ()


def test_an_older_copy_is_no_conflict(one: Machine) -> None:
    one.add("first")
    shutil.copy(one.library / "library.db", one.library / "library (1).db")
    one.add("second")
    assert conflicts.found(one.library) == ()
    assert "library (1).db" in names(one.library)


def test_a_library_of_somebody_else_is_no_conflict(one: Machine, two: Machine) -> None:
    one.add("first")
    two.add("of two")
    two.send_to(one, "library-of-two.db")
    assert conflicts.found(one.use().library) == ()
    two.send_to(one, "library (conflicted copy).db")
    assert len(conflicts.found(one.library)) == 1


def test_files_that_are_none_are_left_alone(one: Machine) -> None:
    one.add("first")
    (one.library / "notes.txt").write_text("notes")
    (one.library / "other.db").write_bytes(b"SQLite format 3\0" + bytes(200))
    (one.library / "folder.db").mkdir()
    (one.library / "second name.db").hardlink_to(one.library / "library.db")
    before = names(one.library)
    assert conflicts.found(one.library) == ()
    assert names(one.library) == before


def test_a_conflict_copy_that_is_damaged_is_reported_and_kept(one: Machine, two: Machine) -> None:
    one.add("first")
    one.send_to(two)
    two.add(*map(str, range(40)))
    two.send_to(one, "library (1).db")
    file = one.library / "library (1).db"
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size * 2 // 3)
    before = file.read_bytes()
    (found,) = conflicts.found(one.use().library)
    assert found.is_damaged
    with pytest.raises(LibraryError, match=r"damaged"):
        conflicts.merge(one.library, file)
    assert file.read_bytes() == before
    assert one.titles() == ["first"]


def test_a_kept_file_never_replaces_another(one: Machine, tmp_path: Path) -> None:
    one.add("first")
    for number in range(3):
        (one.library / "library (1).db").write_text(str(number))
        conflicts.keep(one.library, one.library / "library (1).db")
    kept = one.library / conflicts.KEPT
    assert names(kept) == ["library (1)-1.db", "library (1)-2.db", "library (1).db"]


def test_two_computers_that_write_in_turns_lose_nothing(one: Machine, two: Machine) -> None:
    one.add("start")
    one.send_to(two)
    written = ["start"]
    for turn in range(4):
        both = [f"one {turn}", f"two {turn}"]
        written += both
        one.add(both[0])
        two.add(both[1])
        # Both have changed: the program keeps one, and puts the other beside it.
        winner, loser = (one, two) if turn % 2 else (two, one)
        (loser.library / "library.db").replace(loser.library / f"library (conflict {turn}).db")
        winner.send_to(loser)
        loser.add(f"late {turn}")  # it reuses row numbers that the other state has used
        written.append(f"late {turn}")
        loser.merge_all()
        loser.send_to(winner)
    assert one.titles() == two.titles() == sorted(written)


def test_an_overlap_on_both_sides_is_merged_on_both(one: Machine, two: Machine) -> None:
    one.add("start")
    one.send_to(two)
    one.add("of one")
    two.add("of two")
    one.send_to(two, "library (conflicted copy).db")
    two.send_to(one, "library (conflicted copy).db")
    one.merge_all()
    two.merge_all()
    assert one.titles() == two.titles() == ["of one", "of two", "start"]


def test_a_picture_gets_back_its_name(tmp_path: Path) -> None:
    images = tmp_path / "images"
    images.mkdir()
    right, wrong = b"a picture", b"half a pict"
    hashed = sha256(right).hexdigest()
    (images / f"{hashed}.png").write_bytes(wrong)
    (images / f"{hashed} (conflicted copy).png").write_bytes(right)
    other = sha256(b"other").hexdigest()
    (images / f"{other}.sync-conflict-1.png").write_bytes(b"not the other")
    assert conflicts.images_of(tmp_path) == 1
    assert (images / f"{hashed}.png").read_bytes() == right
    assert names(images) == sorted([f"{hashed}.png", f"{other}.sync-conflict-1.png"])
    assert conflicts.images_of(tmp_path) == 0
