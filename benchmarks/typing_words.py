"""From a letter typed into the search field to the painted list, and from Enter to marked hits."""

import random
from functools import partial

from PySide6.QtWidgets import QApplication

from benchmarks.figures import BUILD, Figure, cpu_ms, p95
from benchmarks.language import languages
from benchmarks.make_library import make_searchable
from reader.gui.app import _application
from reader.gui.window import Window
from reader.library.library import Library
from reader.settings import Settings

_SIZE = 100_000
_WORDS = 60


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of searching in the window."""
    app = _application()
    with Library.open(make_searchable(BUILD / f"search-{_SIZE}", _SIZE)) as library:
        window = Window(library, Settings(theme="light"))
        window.resize(1280, 820)
        window.show()
        app.processEvents()
        figures = _of(app, window)
        window.close()
    return figures


def _of(app: QApplication, window: Window) -> list[Figure]:
    chance = random.Random(4)
    words = [languages()[0].words[chance.randrange(20, 3000)] for _ in range(_WORDS)]
    letters = [word[:end] for word in words for end in range(1, len(word) + 1)]
    typed = [cpu_ms(partial(_type, window, text)) for text in letters]
    opened = [cpu_ms(partial(_open, app, window, word)) for word in words[:20]]
    return [
        Figure("100,000: a letter typed, painted (p95)", p95(typed), "ms", 16),
        Figure("100,000: a hit opened, its words marked (p95)", p95(opened), "ms", 60),
    ]


def _type(window: Window, text: str) -> None:
    window.search_field.setText(text)
    for part in (window.search_field, window.list_head, window.list.viewport()):
        part.repaint()


def _open(app: QApplication, window: Window, word: str) -> None:
    window.search_field.typed.emit(word, True)
    while window.context.jobs.running or not window.viewer.document_ready:
        app.processEvents()
    window.viewer.viewport().repaint()
