"""Turning pages and scrolling by itself, in articles of 100 kB and 1 MB."""

import statistics
from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, cpu_ms, p95
from benchmarks.opening import _article, _whole
from reader import themes
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.gui.turning.autoscroll import Autoscroll
from reader.gui.turning.ruler import Ruler
from reader.gui.viewer.viewer import Viewer
from reader.model import Article, Look
from reader.settings_store import SettingsStore

_TURNS = 60
_FRAMES = 120


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of turning pages."""
    app = _application()
    viewer = Viewer(Pictures(lambda _: None), Look(themes.theme("light")))
    viewer.resize(1280, 800)
    viewer.show()
    small, big = _article(100_000), _article(1_000_000)
    found = [*_turned(app, viewer, small, "100 kB"), *_turned(app, viewer, big, "1 MB")]
    return [*found, *_scrolled(app, viewer, small)]


def _turned(app: QApplication, viewer: Viewer, article: Article, name: str) -> Iterator[Figure]:
    for columns in (1, 2):
        viewer.set_paged(columns)
        viewer.show_article(article)
        _whole(app, viewer)
        turns = [cpu_ms(partial(_turn, viewer)) for _ in range(_TURNS)]
        what = "a page" if columns == 1 else "two columns"
        yield Figure(f"{name}: {what} turned, painted (p95)", p95(turns), "ms", 16)
        end = cpu_ms(partial(_to_end, viewer))
        yield Figure(f"{name}: … the last page, from the first on", end, "ms")
        back = [cpu_ms(partial(_turn, viewer, -1)) for _ in range(_TURNS)]
        yield Figure(f"{name}: … turned back from the end (p95)", p95(back), "ms", 16)
    viewer.set_paged(0)


def _scrolled(app: QApplication, viewer: Viewer, article: Article) -> Iterator[Figure]:
    viewer.show_article(article._replace(words=16_000))
    _whole(app, viewer)
    autoscroll = Autoscroll(viewer, SettingsStore(), lambda _: None)
    yield Figure("a frame of autoscroll, painted (p95)", _frames(app, viewer, autoscroll), "ms", 8)
    ruler = Ruler(viewer)
    ruler.set_lines(3)
    yield Figure("… with the reading ruler (p95)", _frames(app, viewer, autoscroll), "ms", 8)
    moves = [cpu_ms(partial(_move, app, ruler, number)) for number in range(_FRAMES)]
    yield Figure("the ruler moved by a line, painted", statistics.median(moves), "ms", 8)


def _turn(viewer: Viewer, by: int = 1) -> None:
    assert viewer.spread is not None
    viewer.spread.turn(by)
    viewer.viewport().repaint()


def _to_end(viewer: Viewer) -> None:
    assert viewer.spread is not None
    viewer.spread.to_end()
    viewer.viewport().repaint()


def _frames(app: QApplication, viewer: Viewer, autoscroll: Autoscroll) -> float:
    autoscroll.toggle()
    bar = viewer.verticalScrollBar()

    def frame() -> None:
        autoscroll.step()
        bar.setValue(bar.value() + 1)
        app.processEvents()

    figures = [cpu_ms(frame) for _ in range(_FRAMES)]
    autoscroll.stop()
    return p95(figures)


def _move(app: QApplication, ruler: Ruler, number: int) -> None:
    ruler.move_by(1 if number % 40 < 20 else -1)
    app.processEvents()
