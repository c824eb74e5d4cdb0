"""Finding words in an article of 1 MB, and notes beside the text."""

import statistics
from functools import partial

from benchmarks.figures import Figure, cpu_ms, p95
from benchmarks.opening import _article, _scroll, _whole
from reader import themes
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.gui.viewer.find_bar import FindBar
from reader.gui.viewer.viewer import Viewer
from reader.model import Look
from reader.settings_store import SettingsStore

_WORDS = ("an", "e", "sentence", "ing th")


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of finding."""
    app = _application()
    viewer = Viewer(Pictures(lambda _: None), Look(themes.theme("light")))
    bar = FindBar(viewer, SettingsStore())
    viewer.resize(900, 800)
    viewer.show()
    bar.show()
    viewer.show_article(_article(1_000_000))
    _whole(app, viewer)
    viewer.page.size()
    slices = [cpu_ms(bar.open_bar)]
    while bar._folding.isActive():
        slices.append(cpu_ms(app.processEvents))
    first = cpu_ms(partial(_find, viewer, bar, "zz"))
    figures = [
        Figure("1 MB: longest pause as find is opened", max(slices), "ms", 30),
        Figure("1 MB: first word found and marked", first, "ms", 30),
    ]
    for word in _WORDS:
        times = [cpu_ms(partial(_find, viewer, bar, typed)) for typed in (word, "zz", word)]
        hits = len(bar._marks.hits)
        named = f"1 MB: {hits:,} hits found and marked"
        figures.append(Figure(named, statistics.median(times[::2]), "ms", 30))
    viewer.verticalScrollBar().setValue(0)
    bar._edit.setText("e")
    scrolls = [cpu_ms(partial(_scroll, viewer, step)) for step in range(40)]
    return [*figures, Figure("1 MB: scrolling a page full of hits (p95)", p95(scrolls), "ms", 16)]


def _find(viewer: Viewer, bar: FindBar, words: str) -> None:
    bar._edit.setText(words)
    viewer.viewport().repaint()
    bar._marks.strip.repaint()
