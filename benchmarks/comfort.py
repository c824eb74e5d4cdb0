"""Reading for hours: the look, the contents, turning pages, finding, tabs, and long code."""

import gc
import statistics
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks import finding, looks, places, tabs, turning, type_choices
from benchmarks.figures import Figure, cpu_ms, p95
from benchmarks.opening import _article, _scroll, _whole
from benchmarks.words import Words
from reader import themes
from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.gui.viewer.viewer import Viewer
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Clipping, Look
from reader.settings import Settings
from reader.settings_store import SettingsStore

_RUNS = 7
_CODES = 500
_CODE = "\n".join(f"    value_{n} = call(argument, {n}) + other  # and more" for n in range(8))


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of reading in comfort."""
    app = _application()
    gc.collect()
    gc.freeze()  # as the program does once it has started
    figures = [_themed(app), _coded(app)]
    for part in (looks, type_choices, places, turning, finding, tabs):
        figures += part.measure(large=large)
    return figures


def _themed(app: QApplication) -> Figure:
    """Return the time that another theme of the whole window takes."""
    with Library.open(Path(tempfile.mkdtemp()) / "library") as library:
        html = _article(100_000).html
        id = library.add(Clipping("https://example.org/", "A long article", html=html)).id
        store = SettingsStore(value=Settings(article=id, theme="light"))
        window = Window(library, store)
        window.resize(1280, 800)
        window.show()
        times = []
        for theme in ("dark", "light") * _RUNS:
            _whole(app, window.viewer)
            times.append(cpu_ms(partial(_choose, app, store, theme)))
        _whole(app, window.viewer)
        window.close()
    name = "100 kB: another theme of the window, painted"
    return Figure(name, statistics.median(times), "ms", 60)


def _choose(app: QApplication, store: SettingsStore, theme: str) -> None:
    store.update(theme=theme)
    app.processEvents()


def _coded(app: QApplication) -> Figure:
    """Return the time of a frame of an article with many blocks of code."""
    viewer = Viewer(Pictures(lambda _: None), Look(themes.theme("light")))
    viewer.resize(900, 800)
    viewer.show()
    words = Words(3)
    text = "\n\n".join(f"{words.paragraph(40)}\n\n```python\n{_CODE}\n```" for _ in range(_CODES))
    viewer.show_article(_article(1000)._replace(html=to_html(from_markdown(text))))
    _whole(app, viewer)
    viewer.page.size()
    scrolls = [cpu_ms(partial(_scroll, viewer, step)) for step in range(120)]
    return Figure(f"{_CODES} blocks of code: a frame (p95)", p95(scrolls), "ms", 8)
