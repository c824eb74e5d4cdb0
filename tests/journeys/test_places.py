"""A long article, read over several days."""

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollBar
from tests.journeys.drive import Person, Script
from tests.journeys.homes import Home
from tests.journeys.stock import fill

from reader.gui.viewer.scroll_anchor import anchor_at_top

_LONG = "A long article"
_VIEW_MS = "reader.gui.viewer.reading_watch.VIEW_MS"


def _kept(at_home: Home, title: str) -> dict[str, Any]:
    """Return what the library keeps of reading an article, read without Reader."""
    sql = "SELECT id, views, position, progress, state FROM article WHERE title = ?"
    (found,) = at_home.sql(sql, title)
    return found


def _is_below(bar: QScrollBar, value: int) -> bool:
    return bar.value() > value


def _read_on(me: Person) -> Script:
    me.press("J")
    yield me.sees(_LONG)
    bar = me.window.viewer.verticalScrollBar()
    for _ in range(6):
        before = bar.value()
        me.press("Space")
        yield partial(_is_below, bar, before)
    yield lambda: not me.window.viewer._turning.running
    me.facts["line"] = _line_at_top(me)
    me.press("Ctrl+Q")


def _cut_off(me: Person) -> float:
    """Return how many pixels of the line at the top are above the page."""
    return -anchor_at_top(me.window.viewer).offset


def _look(me: Person) -> Script:
    yield me.sees(_LONG)
    yield lambda: me.window.viewer.verticalScrollBar().value() > 0
    yield partial(_is_laid_out, me)
    me.facts["line"] = _line_at_top(me)
    me.facts["cut_off"] = _cut_off(me)
    me.press("Ctrl+Q")


def _is_laid_out(me: Person) -> bool:
    """Return whether Qt has laid out all of the article; before, every point hits its end."""
    page = me.window.viewer.page
    last = page.documentLayout().blockBoundingRect(page.lastBlock())
    settled = page.complete and not me.window.viewer._settling.isActive()
    return settled and last.bottom() > me.window.viewer.verticalScrollBar().maximum()


def _line_at_top(me: Person) -> str:
    viewer = me.window.viewer
    return viewer.cursorForPosition(QPoint(20, 1)).block().text()[:40]


def test_the_place_in_a_long_article_stays_however_often_one_starts(at_home: Home) -> None:
    fill(at_home.library, {_LONG: 400})
    read = at_home.go(_read_on)
    kept = _kept(at_home, _LONG)
    assert kept["position"] not in ("0:0", "")
    assert kept["views"] == 1
    assert 0 < kept["progress"] < 0.9
    for _ in range(2):
        seen = at_home.go(_look)
        assert seen["line"] == read["line"]
        assert seen["cut_off"] <= 1
        assert _kept(at_home, _LONG) == kept


def _stay(me: Person) -> Script:
    if me.given["minimised"]:
        me.do(lambda: me.window.showMinimized())
        yield lambda: me.window.isMinimized()
    me.rest(2 * me.given["patience"][_VIEW_MS])
    yield lambda: not me.busy()
    yield me.at_rest
    me.do(lambda: me.window.close())


@pytest.mark.parametrize(
    ("words", "minimised", "views"),
    [(["open", "1"], True, 0), (["open", "1"], False, 1), ([], False, 0)],
    ids=["minimised", "opened", "shown again"],
)
def test_a_view_is_what_was_opened_and_stayed_before_the_eyes(
    at_home: Home, words: list[str], minimised: bool, views: int
) -> None:
    ids = fill(at_home.library, {_LONG: 400})
    at_home.choose(article=ids[0])
    patience = {_VIEW_MS: 1000 if minimised else 200}  # a busy machine minimises late
    at_home.go(_stay, *words, minimised=minimised, patience=patience)
    kept = _kept(at_home, _LONG)
    assert (kept["views"], kept["position"]) == (views, "0:0")
