"""Looking for something, and going back to what one was at."""

import random
from functools import partial

import pytest
from PySide6.QtWidgets import QToolButton
from tests.journeys.drive import Person, Script
from tests.journeys.homes import Home
from tests.journeys.stock import fill

from reader.library.library import Library
from reader.model import State


def _head(me: Person) -> dict[str, object]:
    """Return what the head of the list says, as it is on the screen."""
    head = me.window.list_head
    sort = next(each for each in head.findChildren(QToolButton) if "Sort" in each.accessibleName())
    texts = [label.text() for label in head.findChildren(type(head._title)) if label.isVisible()]
    return {"texts": texts, "sort": sort.isVisible(), "rows": me.window.list.model().rowCount()}


def _search_and_come_back(me: Person) -> Script:
    yield me.at_rest
    me.facts["before"] = _head(me)
    me.press("Ctrl+Shift+F")
    me.type("lighthouse")
    yield lambda: me.window.list.model().rowCount() == 1
    me.facts["found"] = _head(me)
    me.press("Esc")
    yield lambda: me.window.list.model().rowCount() > 1
    me.facts["after"] = _head(me)
    me.press("Ctrl+Shift+F")
    me.type("lighthouse")
    yield lambda: me.window.list.model().rowCount() == 1
    me.do(lambda: me.window.shelves.setFocus())
    me.press("Down")  # to the first shelf: none is selected during a search
    yield lambda: me.window.list.model().rowCount() != 1
    me.facts["first"] = _head(me)
    me.press("Down")
    yield lambda: not me.busy()
    me.facts["other"] = _head(me)
    me.press("Ctrl+Q")


def test_after_a_search_the_head_of_the_list_is_that_of_the_shelf(at_home: Home) -> None:
    fill(at_home.library, {"The lighthouse": 2, "Bees": 2, "Rain": 2})
    seen = at_home.go(_search_and_come_back)
    assert seen["found"]["texts"] == ["Search", "1 found"]
    assert seen["before"]["texts"][0] == "Queue"
    assert seen["before"]["sort"]
    assert seen["after"] == seen["before"]
    assert seen["first"] == seen["before"]
    assert seen["other"]["texts"][0] not in ("Search", "Queue")
    assert seen["other"]["sort"]


def _search_open_escape(me: Person) -> Script:
    chance = random.Random(me.given["seed"])
    press, write = partial(partial, me.press), partial(partial, me.type)
    steps = press("Ctrl+Shift+F"), *map(write, "par"), press("Down"), press("Return"), press("Esc")
    for step in steps * 8:
        step()
        if chance.random() < 0.5:
            me.rest(chance.randrange(60))
        yield lambda: not me.busy()
    me.press("Ctrl+Shift+F", "Esc")
    yield me.at_rest
    me.facts["head"] = _head(me)
    me.press("Ctrl+Q")


@pytest.mark.parametrize("seed", [1, 2])
def test_searching_and_opening_in_any_tempo_is_no_trouble(at_home: Home, seed: int) -> None:
    fill(at_home.library, {f"Article {n}": 1 + 40 * (n % 3) for n in range(12)})
    seen = at_home.go(_search_open_escape, seed=seed)
    assert seen["head"]["texts"][0] == "Queue"
    assert seen["head"]["rows"] == 12


def _palette_then_list(me: Person) -> Script:
    # Without coming to a row before: then Qt would choose one as soon as the list has the keyboard.
    me.press("Ctrl+K")
    me.type("elsewhere")
    yield (
        lambda: (
            me.window.controllers.palette.isVisible()
            and me.window.controllers.palette.model.rowCount() > 0
        )
    )
    yield lambda: any(
        "Elsewhere" in str(me.window.controllers.palette.model.index(n, 0).data())
        for n in range(me.window.controllers.palette.model.rowCount())
    )
    me.press("Return")
    yield me.sees("Elsewhere")
    me.press("Alt+2")
    yield lambda: me.window.list.hasFocus()
    me.rest(200)  # longer than the list waits before it opens what it came to
    yield lambda: not me.busy()
    me.facts["shown"] = me.window.windowTitle()
    me.press("Ctrl+Q")


def test_the_list_opens_nothing_by_itself(at_home: Home) -> None:
    ids = fill(at_home.library, {"Waiting": 2, "Next": 2, "Elsewhere": 2})
    with Library.open(at_home.library) as library:
        library.set_state(ids[-1:], State.ARCHIVE)
    seen = at_home.go(_palette_then_list)
    assert seen["shown"] == "Elsewhere – Reader"
    assert at_home.settings()["article"] == ids[-1]
