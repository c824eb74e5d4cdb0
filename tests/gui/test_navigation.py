"""The way back and forward: over links, leaps and articles, without dead ends."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from pytestqt.qtbot import QtBot

from reader.anchor import Anchor
from reader.gui.navigation import Stop, Visited
from reader.gui.window import Window
from reader.model import Article

Add = Callable[..., Article]
PARTS = "\n\n".join(f"## Part {n}\n\n" + f"Sentence {n} of it. " * 60 for n in range(20))
LONG = f"A note[^1].\n\n{PARTS}\n\n[^1]: The note.\n"


def _visited(*ids: int) -> Visited:
    visited = Visited()
    for id in ids:
        visited.visit(Stop(id))
    return visited


def _go(visited: Visited, by: int) -> int | None:
    stop = visited.go(by)
    return None if stop is None else stop.article


def test_one_goes_back_and_forward_through_the_articles() -> None:
    visited = _visited(1, 2, 3)
    assert [_go(visited, -1) for _ in range(3)] == [2, 1, None]
    assert [_go(visited, 1) for _ in range(3)] == [2, 3, None]


def test_another_article_ends_the_way_forward() -> None:
    visited = _visited(1, 2, 3)
    visited.go(-1)
    visited.visit(Stop(7))
    assert visited.peek(1) is None
    assert [_go(visited, -1), _go(visited, -1)] == [2, 1]


def test_the_same_article_again_is_one_visit() -> None:
    assert _go(_visited(1, 2, 2, 2), -1) == 1


def test_leaps_within_an_article_are_steps_of_the_same_way() -> None:
    visited = _visited(1, 2)
    for place in (Anchor(5), Anchor(9)):
        visited.keep(Stop(2, place=place))
        visited.leap(Stop(2))
    visited.keep(Stop(2, place=Anchor(30)))
    places = [visited.go(-1), visited.go(-1), visited.go(-1), visited.go(1)]
    assert places == [Stop(2, place=Anchor(9)), Stop(2, place=Anchor(5)), Stop(1), places[1]]


def test_what_is_read_is_kept_for_its_own_article_only() -> None:
    visited = _visited(1, 2)
    visited.keep(Stop(7, place=Anchor(5)))
    assert visited.peek(0) == Stop(2)


def test_a_deleted_article_is_passed_over() -> None:
    visited = _visited(1, 2, 1, 3)
    visited.forget(1)
    assert _go(visited, -1) == 2
    assert visited.peek(-1) is None
    visited.forget(2)
    visited.forget(3)
    assert visited.peek(0) is None


def test_only_the_last_ones_are_kept() -> None:
    visited = _visited(*range(1000))
    assert sum(visited.go(-1) is not None for _ in range(1000)) == 199


# ---- in the window


@pytest.fixture
def reading(qtbot: QtBot, make_window: Callable[..., Window], add: Add) -> Window:
    """Return a window in which a long article is open, and another one was before."""
    short, long = add("Short"), add("Long", LONG)
    window = make_window()
    window.show()
    window.open(short.id)
    window.open(long.id)
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    return window


def _tip(window: Window, way: str) -> str:
    action = window.qactions[f"page.go_{way}"]
    return action.toolTip() if action.isEnabled() else ""


def test_back_and_forward_lead_over_links_leaps_and_articles(qtbot: QtBot, reading: Window) -> None:
    window, viewer = reading, reading.viewer
    viewer._follow(QUrl("#n-fn:1"))
    note = viewer.place()
    viewer.leap(0.5)
    middle = viewer.place()
    assert len({Anchor(), note, middle}) == 3
    window.navigation.go_back()
    assert viewer.place() == note
    window.navigation.go_back()
    assert viewer.verticalScrollBar().value() == 0
    window.navigation.go_back()
    assert viewer.article is not None
    assert viewer.article.title == "Short"
    for wanted in (Anchor(), note, middle):
        window.navigation.go_forward()
        qtbot.waitUntil(lambda: viewer.document_ready)
        assert viewer.place() == wanted
    assert not window.qactions["page.go_forward"].isEnabled()


def test_the_tool_tips_name_where_the_ways_lead(reading: Window) -> None:
    window, viewer = reading, reading.viewer
    assert _tip(window, "back") == "Back to “Short” (Alt+Left)"
    assert _tip(window, "forward") == ""
    position = viewer.page.headings[3][0]
    viewer.leap_to(position)
    assert viewer.chapter() == "Part 3"
    viewer.leap(1)
    assert _tip(window, "back") == "Back to “Part 3” (Alt+Left)"
    window.navigation.go_back()
    assert _tip(window, "forward").startswith("Forward to “The note") or "Part" in _tip(
        window, "forward"
    )


def test_the_buttons_of_the_mouse_go_back_and_forward(qtbot: QtBot, reading: Window) -> None:
    window, viewer = reading, reading.viewer
    for pane, button, title in (
        (viewer, Qt.MouseButton.BackButton, "Short"),
        (window.list, Qt.MouseButton.ForwardButton, "Long"),
    ):
        qtbot.mouseClick(pane.viewport(), button, pos=QPoint(40, 40))
        assert viewer.article is not None
        assert viewer.article.title == title


def test_back_returns_to_where_a_search_began(qtbot: QtBot, reading: Window) -> None:
    window, viewer = reading, reading.viewer
    viewer.leap_to(viewer.page.headings[3][0])
    before = viewer.place()
    bar = window.controllers.page.find_bar
    bar.open_bar()
    qtbot.keyClicks(bar._edit, "Sentence 12 of")
    for _ in range(3):
        bar.find_next()
    assert viewer.place() != before
    window.navigation.go_back()
    assert viewer.place() == before
