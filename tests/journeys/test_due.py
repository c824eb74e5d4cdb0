"""What a start does later by itself: each thing that is due, once."""

import datetime
import gc
import os
import time
from pathlib import Path

from tests.journeys.drive import Person, Script
from tests.journeys.homes import Home
from tests.journeys.sites import Site
from tests.journeys.stock import clipping, fill

from reader.library.library import Library
from reader.model import SHELF_QUERIES, State

_SOONER = {
    "reader.gui.app._CHECK_MS": 120,
    "reader.gui.app._WAITING_MS": 60,
    "reader.gui.recovery.check_at_rest._LOOK_MS": 60,
    "reader.gui.recovery.check_at_rest._STILL_SECONDS": 0.0,
}


def _wait_for_all(me: Person) -> Script:
    yield gc.isenabled
    yield lambda: me.window.settings.checked_at
    yield lambda: me.window.library.counts().trash == 0
    yield lambda: len(me.window.library.rows(SHELF_QUERIES["all"])) == me.given["articles"]
    yield lambda: not me.window.library.downloads.waiting()
    yield lambda: not me.window.library.search.waiting()
    yield me.at_rest
    me.press("Ctrl+Q")


def _throw_away(at_home: Home, id: int) -> None:
    """Let an article have been in the trash for years."""
    with Library.open(at_home.library) as library:
        library.set_state([id], State.TRASH)
    at_home.sql("UPDATE article SET trashed_at = '2001-01-01T00:00:00Z' WHERE id = ?", id)


def _damage(at_home: Home, id: int) -> None:
    at_home.sql("UPDATE content SET html = '<p>Rotten.</p>' WHERE article = ?", id)


def _make_due(at_home: Home, site: Site, watched: Path) -> None:
    """Leave behind something for everything that a start looks for."""
    ids = fill(at_home.library, {"Kept": 3, "Thrown away": 2})
    with Library.open(at_home.library) as library:
        library.add(clipping("", 0)._replace(url=site.address + "/story", html=""))
        library.note_typed(site.address + "/story")
    _throw_away(at_home, ids[1])
    at_home.sql("INSERT INTO unsearched (article, later) VALUES (?, 1)", ids[0])
    watched.mkdir()
    file = watched / "saved.html"
    file.write_text("<title>Saved there</title><p>By a browser.</p>")
    an_hour_ago = time.time() - 3600
    os.utime(file, (an_hour_ago, an_hour_ago))


def test_everything_that_is_due_is_done_by_a_start(
    at_home: Home, site: Site, tmp_path: Path
) -> None:
    _make_due(at_home, site, tmp_path / "watched")
    at_home.choose(watched=str(tmp_path / "watched"))
    at_home.go(_wait_for_all, patience=_SOONER, articles=3)
    assert at_home.settings()["checked_at"] == datetime.datetime.now().date().isoformat()
    assert at_home.settings()["watched"] == str(tmp_path / "watched")
    with Library.open(at_home.library) as library:
        titles = {row.title for row in library.rows(SHELF_QUERIES["all"])}
        assert library.search.waiting() == 0
    assert titles == {"Kept", "The story", "Saved there"}
    assert at_home.sql("SELECT 1 FROM fingerprint JOIN article ON id = article AND title = 'Kept'")
    assert "Thrown away" in (at_home.library / "deleted.log").read_text()


def test_what_waits_is_left_alone_if_the_setting_says_so(
    at_home: Home, site: Site, tmp_path: Path
) -> None:
    _make_due(at_home, site, tmp_path / "watched")
    at_home.choose(watched=str(tmp_path / "watched"), download_waiting=False)
    at_home.go(_wait_for_the_rest, patience=_SOONER, articles=3)
    with Library.open(at_home.library) as library:
        assert len(library.downloads.waiting()) == 1


def _wait_for_the_rest(me: Person) -> Script:
    yield lambda: me.window.settings.checked_at
    yield lambda: me.window.library.counts().trash == 0
    yield lambda: len(me.window.library.rows(SHELF_QUERIES["all"])) == me.given["articles"]
    yield me.at_rest
    me.press("Ctrl+Q")


def _wait_for_trash(me: Person) -> Script:
    yield lambda: me.window.library.counts().trash == 0  # which is looked at after the library
    yield lambda: (at_rest := me.window.controllers.health._at_rest) and at_rest._next_at
    yield me.at_rest
    me.facts["message"] = me.window.context.messages.text()
    me.press("Ctrl+Q")


def test_a_library_is_checked_once_a_day(at_home: Home) -> None:
    first, second, damaged = fill(at_home.library, {"First": 1, "Second": 1, "Third": 1})
    _damage(at_home, damaged)
    for id, told in ((first, True), (second, False)):
        _throw_away(at_home, id)
        seen = at_home.go(_wait_for_trash, patience=_SOONER)
        assert ("damaged" in seen["message"]) is told


def _try_everything(me: Person) -> Script:
    me.facts["message"] = me.window.context.messages.text()
    me.press("J")
    yield me.sees("First")
    me.press("End", "E", "S", "J")
    yield lambda: not me.busy()
    yield me.at_rest
    me.press("Ctrl+Q")


def test_a_library_that_may_only_be_read_says_so_and_stays_as_it_is(at_home: Home) -> None:
    fill(at_home.library, {"First": 3, "Second": 3})
    file = at_home.library / "library.db"
    before = file.read_bytes()
    for each in (file, at_home.library):
        each.chmod(0o500)
    at_home.obeys_modes = True
    try:
        seen = at_home.go(_try_everything, patience=_SOONER)
    finally:
        at_home.library.chmod(0o700)
    assert "is read-only" in seen["message"]
    assert file.read_bytes() == before
