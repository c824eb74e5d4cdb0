"""Tabs: one shown again, the memory of one, and a start with sixty of them."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from benchmarks.figures import Figure
from benchmarks.opening import _article
from reader import themes
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.gui.viewer.kept import keep, show_kept
from reader.gui.viewer.viewer import Viewer
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping, Look
from reader.settings import Settings
from reader.settings_store import SettingsStore

_RUNS = 9
_TABS = 60
_SMAPS = Path("/proc/self/smaps_rollup")


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of tabs."""
    app = _application()
    viewer = Viewer(Pictures(lambda _: None), Look(themes.theme("light")))
    viewer.resize(900, 800)
    viewer.show()
    figures: list[Figure] = []
    for size in (15_000, 30_000, 50_000):
        again, anew = _shown_again(app, viewer, _article(size), _article(size + 1))
        name = f"{size // 1000} kB: a tab shown again in its middle, painted"
        figures.append(Figure(name, again, "ms", 16, f"{anew:.1f} ms built anew"))
    return [*figures, *_many()]


def _shown_again(
    app: QCoreApplication, viewer: Viewer, one: Article, other: Article
) -> tuple[float, float]:
    """Return the milliseconds of CPU to show a kept page, and to build it whole at its place."""
    again: list[float] = []
    anew: list[float] = []
    for _ in range(_RUNS):
        viewer.show_article(one)
        _whole(app, viewer)
        viewer.leap(0.5)
        kept, place = keep(viewer), viewer.place()
        viewer.show_article(other)
        _whole(app, viewer)
        assert kept is not None
        again.append(_cpu(lambda kept=kept: show_kept(viewer, kept, one), viewer))  # type: ignore[misc]
        viewer.show_article(other)
        _whole(app, viewer)
        begun = time.process_time()
        viewer.show_article(one._replace(position=place))
        _whole(app, viewer)
        viewer.viewport().repaint()
        anew.append((time.process_time() - begun) * 1000)
    return statistics.median(again), statistics.median(anew)


def _cpu(do: Callable[[], None], viewer: Viewer) -> float:
    begun = time.process_time()
    do()
    viewer.viewport().repaint()
    return (time.process_time() - begun) * 1000


def _whole(app: QCoreApplication, viewer: Viewer) -> None:
    while not viewer.document_ready:
        app.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _many() -> list[Figure]:
    """Return the figures of a window with many tabs."""
    folder = Path(tempfile.mkdtemp())
    html = _article(30_000).html
    with Library.open(folder / "library") as library:
        ids = [
            library.add(Clipping(f"https://example.org/{n}", f"Number {n}", html=html)).id
            for n in range(_TABS)
        ]
        uids = tuple(library.article(id).uid for id in ids)
        without = [_start(library, Settings(article=ids[0])) for _ in range(5)]
        with_tabs = [_start(library, Settings(article=ids[0], tabs=uids)) for _ in range(5)]
        more = statistics.median(with_tabs) - statistics.median(without)
        tab, page = _memory(library, ids)
    return [
        Figure(f"a window with {_TABS} tabs more than one without", more, "ms"),
        Figure("memory of a tab that was not shown", tab, "kB", 3072),
        Figure("memory of a tab that was left, 30 kB", page, "kB", 3072),
    ]


def _start(library: Library, settings: Settings) -> float:
    begun = time.process_time()
    window = Window(library, SettingsStore(value=settings))
    window.show()
    window.grab()
    spent = (time.process_time() - begun) * 1000
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return spent


def _memory(library: Library, ids: list[int]) -> tuple[float, float]:
    app = _application()
    window = Window(library, SettingsStore(value=Settings(article=ids[0])))
    window.show()
    tabs = window.controllers.around.tabs
    _whole(app, window.viewer)
    before = _kilobytes()
    tabs.open_all(ids[1:9])
    opened = _kilobytes()
    for _ in range(8):
        tabs.step(1)
        _whole(app, window.viewer)
    shown = _kilobytes()
    window.close()
    return max(0.0, opened - before) / 8, (shown - opened) / 8


def _kilobytes() -> float:
    if not _SMAPS.exists():
        return 0.0
    lines = _SMAPS.read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
