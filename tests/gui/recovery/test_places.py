"""The place of the library is explained once; what other programs do to its files is noticed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering, press

from reader.errors import LibraryError
from reader.gui.recovery.places import Places
from reader.gui.window import Window
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.store import drives
from reader.library.store.drives import Kind, Place
from reader.model import Clipping
from reader.settings import Settings
from reader.settings_store import SettingsStore


def _add(library: Library, title: str) -> None:
    library.add(Clipping(f"https://example.org/{title}", title, html=f"<p>{title} words</p>"))


class Watched:
    """A window on a library, and what its place asks for."""

    def __init__(self, library: Library, qtbot: QtBot) -> None:
        self.window = Window(library, SettingsStore(value=Settings(theme="light")))
        qtbot.addWidget(self.window)
        self.window.show()
        self.asked: list[str] = []
        self.places = Places(
            self.window.context,
            lambda: self.asked.append("move"),
            lambda: self.asked.append("reopen"),
        )

    @property
    def message(self) -> str:
        """The message over the page."""
        return self.window.context.messages.text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "Sync" / "library") as library:
        _add(library, "One")
    return tmp_path / "Sync" / "library"


Watch = Callable[[], Watched]


@pytest.fixture
def watch(folder: Path, qtbot: QtBot) -> Watch:
    def watch() -> Watched:
        return Watched(Library.open(folder), qtbot)

    return watch


def _idle(qtbot: QtBot, watched: Watched) -> None:
    qtbot.waitUntil(lambda: not watched.window.context.jobs.running)


def test_a_library_on_this_disk_gets_no_message_and_no_file(
    folder: Path, watch: Watch, qtbot: QtBot
) -> None:
    watched = watch()
    before = sorted(each.name for each in folder.iterdir())
    watched.places.begin()
    _idle(qtbot, watched)
    assert watched.message == ""
    assert watched.window.settings.told_places == ()
    assert sorted(each.name for each in folder.iterdir()) == before


def test_a_synced_folder_is_explained_once(folder: Path, watch: Watch) -> None:
    (folder.parent / ".stfolder").mkdir()
    watched = watch()
    watched.places.begin()
    assert "Syncthing copies to other computers" in watched.message
    assert "Locks do not work" not in watched.message
    watched.window.context.messages._act.click()
    assert watched.asked == ["move"]
    watched.places.show_place(drives.of(folder))
    assert watched.message == ""


def test_every_kind_of_place_has_its_words(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = watch()
    monkeypatch.setattr(drives, "holds_locks", lambda _: False)
    for kind in Kind:
        if kind is not Kind.DISK:
            watched.places.show_place(Place(kind, "a name", Path(f"/{kind}")))
            assert "a name" in watched.message
            assert "Locks do not work there" in watched.message
            assert "{" not in watched.message


def test_a_log_that_was_set_aside_is_told_once(folder: Path, watch: Watch) -> None:
    (folder / "library-damaged-2026-11-29.db-wal").write_bytes(b"x")
    (folder / "library-damaged-2026-11-28.db-wal").write_bytes(b"x")
    (folder / "library-damaged-2026-11-28.db").write_bytes(b"x")
    watched = watch()
    watched.places.begin()
    assert "set aside as library-damaged-2026-11-29.db-wal" in watched.message
    watched.window.context.messages.close_message()
    watched.places.begin()
    assert watched.message == ""


def test_a_conflict_copy_is_offered_and_merged(folder: Path, watch: Watch, qtbot: QtBot) -> None:
    other = Path(shutil.copytree(folder, folder.parent / "other"))
    with Library.open(other) as library:
        _add(library, "Two")
    watched = watch()
    watched.places.begin()
    _idle(qtbot, watched)
    assert watched.message == ""
    shutil.copy(other / "library.db", folder / "library (conflicted copy).db")
    watched.places.look()
    qtbot.waitUntil(lambda: "conflicted copy" in watched.message)
    assert "are not here" in watched.message
    with answering(press("Cancel"), press("Merge")):
        watched.places._ask(next(iter(watched.places.found)))
        watched.places._ask(next(iter(watched.places.found)))
    qtbot.waitUntil(lambda: "1 article came in" in watched.message)
    assert {row.title for row in watched.window.library.rows_of([1, 2])} == {"One", "Two"}
    assert (folder / "backups" / "merged" / "library (conflicted copy).db").exists()


def test_a_library_that_is_overwritten_in_place_is_checked_and_not_written_to(
    folder: Path, watch: Watch, qtbot: QtBot
) -> None:
    other = Path(shutil.copytree(folder, folder.parent / "other"))
    with Library.open(other) as library:
        for number in range(40):
            _add(library, f"Other {number} " * 50)
    watched = watch()
    for number in range(20):
        _add(watched.window.library, f"Mine {number} " * 50)
    watched.places.begin()
    _idle(qtbot, watched)
    data = (other / "library.db").read_bytes()
    with (folder / "library.db").open("r+b") as opened:
        opened.write(data)
    watched.places.look()
    qtbot.waitUntil(lambda: "has written into the file" in watched.message, timeout=15_000)
    assert watched.window.library.is_damaged
    with pytest.raises(LibraryError):
        _add(watched.window.library, "Late")


def test_what_the_program_writes_itself_is_no_reason_for_a_check(
    folder: Path, watch: Watch, qtbot: QtBot
) -> None:
    watched = watch()
    watched.places.begin()
    for number in range(30):
        _add(watched.window.library, f"Mine {number} " * 50)
        if number % 7 == 0:
            watched.window.library.backups.take(Reason.ASKED)
        watched.places.look()
        assert not any("Checking" in job.title for job in watched.window.context.jobs.running)


def test_a_library_that_was_replaced_is_kept_and_can_be_opened_again(
    folder: Path, watch: Watch, qtbot: QtBot
) -> None:
    before = shutil.copytree(folder, folder.parent / "before")
    watched = watch()
    watched.places.begin()
    _idle(qtbot, watched)
    _add(watched.window.library, "Mine")
    fresh = folder / ".arriving.tmp"
    shutil.copy(Path(before) / "library.db", fresh)
    fresh.replace(folder / "library.db")
    watched.places.look()
    assert "another file in the place of the library" in watched.message
    (kept,) = folder.glob("library-replaced-*.db")
    assert kept.name in watched.message
    shutil.copy(kept, folder.parent / "before" / "library.db")
    with Library.open(folder.parent / "before") as library:
        assert library.counts().all == 2
    watched.window.context.messages._act.click()
    assert watched.asked == ["reopen"]
