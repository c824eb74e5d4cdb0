"""Many articles, read one after the other in one start."""

import gc
import sys
from pathlib import Path

import pytest
from tests.journeys.drive import Person, Script
from tests.journeys.homes import Home
from tests.journeys.stock import fill

from reader.document.build import Document

_SMAPS = Path("/proc/self/smaps_rollup")
_SOME, _MANY = 100, 200  # until the first, caches fill
_TABS = 5
_SOONER = {"reader.gui.app._WAITING_MS": 100, "reader.gui.app._CHECK_MS": 200}
_LAST = "trash"  # the last of the parts that a start makes later


def _open_one_after_the_other(me: Person) -> Script:
    for number in range(_MANY):
        me.press("J")
        yield me.sees(f"Article {number}")
        if number + 1 in (_SOME, _MANY):
            yield lambda: _LAST in me.window.controllers.__dict__
            yield me.at_rest
            gc.collect()
            me.facts[str(number + 1)] = _own_kilobytes()
    me.facts["documents"] = _documents()
    me.do(lambda: me.window.controllers.around.tabs.open_all(range(1, _TABS + 1)))
    for number in range(_TABS):
        me.press("Ctrl+Tab")
        yield me.sees(f"Article {number}")
    me.facts["documents of tabs"] = _documents() - me.facts["documents"]
    me.facts["downloads"] = "reader.ingest.fetch" in sys.modules
    me.press("Ctrl+Q")


def _documents() -> int:
    return sum(isinstance(each, Document) for each in gc.get_objects())


def _own_kilobytes() -> int:
    """Return the memory that this process alone uses."""
    lines = _SMAPS.read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


@pytest.mark.skipif(not _SMAPS.exists(), reason="reads what Linux tells of memory")
def test_a_hundred_articles_more_need_no_more_memory(at_home: Home) -> None:
    fill(at_home.library, {f"Article {n}": 3 for n in range(_MANY)})
    seen = at_home.go(_open_one_after_the_other, patience=_SOONER)
    assert seen[str(_MANY)] <= 1.05 * seen[str(_SOME)]
    assert not seen["downloads"], "reading loads nothing that only downloads need"
    assert seen["documents"] <= 2
    assert seen["documents of tabs"] <= _TABS
