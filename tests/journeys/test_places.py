"""A long article, read over several days."""

from typing import Any

from PySide6.QtCore import QPoint
from tests.journeys.drive import Person, Script
from tests.journeys.homes import Home
from tests.journeys.stock import fill

from reader.gui.reading_watch import VIEW_MS

_LONG = "A long article"


def _kept(at_home: Home, title: str) -> dict[str, Any]:
    """Return what the library keeps of reading an article, read without Reader."""
    sql = "SELECT id, views, position, progress, state FROM article WHERE title = ?"
    (found,) = at_home.sql(sql, title)
    return found


def _read_on(me: Person) -> Script:
    me.press("J")
    yield me.sees(_LONG)
    bar = me.window.viewer.verticalScrollBar()
    for _ in range(6):
        before = bar.value()
        me.press("Space")
        yield lambda before=before: bar.value() > before
    yield lambda: not me.window.viewer._turning.running
    me.facts["line"] = _line_at_top(me)
    me.press("Ctrl+Q")


def _look(me: Person) -> Script:
    yield me.sees(_LONG)
    yield lambda: me.window.viewer.verticalScrollBar().value() > 0
    yield lambda: not me.window.viewer._settling.isActive()
    me.facts["line"] = _line_at_top(me)
    me.press("Ctrl+Q")


def _line_at_top(me: Person) -> str:
    viewer = me.window.viewer
    return viewer.cursorForPosition(QPoint(20, 24)).block().text()[:40]


def test_the_place_in_a_long_article_stays_however_often_one_starts(at_home: Home) -> None:
    fill(at_home.library, {_LONG: 400})
    read = at_home.go(_read_on)
    kept = _kept(at_home, _LONG)
    assert kept["position"] not in ("0:0", "")
    assert kept["views"] == 1
    assert 0 < kept["progress"] < 0.9
    for _ in range(2):
        assert at_home.go(_look)["line"] == read["line"]
        assert _kept(at_home, _LONG) == kept


def _minimise_at_once(me: Person) -> Script:
    me.do(lambda: me.window.showMinimized())
    yield lambda: me.window.isMinimized()
    me.rest(VIEW_MS + 100)  # as long as a view takes
    yield lambda: not me.busy()
    me.do(lambda: me.window.close())


def test_what_nobody_sees_is_not_viewed(at_home: Home) -> None:
    fill(at_home.library, {"First": 3, _LONG: 400})
    at_home.go(_open_first)
    before = _kept(at_home, "First")
    at_home.go(_minimise_at_once)
    assert _kept(at_home, "First") == before


def _open_first(me: Person) -> Script:
    me.press("J")
    yield me.sees("First")
    me.press("Ctrl+Q")
