"""The command palette over a hundred thousand articles and ten thousand tags."""

import statistics

from PySide6.QtWidgets import QApplication

from benchmarks.figures import BUILD, Figure, cpu_ms, p95
from benchmarks.make_library import make
from benchmarks.words import Words
from reader.gui.app import _application
from reader.gui.window import Window
from reader.library.library import Library
from reader.settings import Settings

_TAGS = 10_000
_TYPED = ("archive", "sit", "reading list", "klmo", "zzzz")


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of opening the palette and of each letter."""
    app = _application()
    size = 1_000_000 if large else 100_000
    folder = make(BUILD / f"tagged-{size}", size, with_text=False)
    with Library.open(folder) as library:
        if len(library.counts().tags) < _TAGS // 2:
            _tag(library)
        window = Window(library, Settings(theme="light"))
        window.resize(1200, 800)
        window.show()
        app.processEvents()
        figures = _of(app, window, f"{size:,}")
        window.close()
    return figures


def _of(app: QApplication, window: Window, size: str) -> list[Figure]:
    palette = window.controllers.palette
    opened = [cpu_ms(lambda: _open(app, window)) for _ in range(12)]
    palette.open_palette()
    letters = []
    for words in _TYPED * 3:
        palette.line.clear()
        for end in range(1, len(words) + 1):
            letters.append(cpu_ms(lambda text=words[:end]: _type(app, window, text)))  # type: ignore[misc]
    return [
        Figure(f"{size}: the palette opened, painted", statistics.median(opened), "ms", 50),
        Figure(f"{size}: a letter in the palette, painted (p95)", p95(letters), "ms", 16),
    ]


def _open(app: QApplication, window: Window) -> None:
    window.controllers.palette.close_palette()
    window.controllers.palette.open_palette()
    window.controllers.palette.repaint()
    app.processEvents()


def _type(app: QApplication, window: Window, words: str) -> None:
    window.controllers.palette.line.setText(words)
    window.controllers.palette.repaint()
    app.processEvents()


def _tag(library: Library) -> None:
    words = Words(11)
    with library._database.writing() as connection:
        for number in range(_TAGS):
            name = f"{words.sentence(1 + number % 3).rstrip('.')} {number}"
            connection.execute(
                "INSERT OR IGNORE INTO tag (name, name_key) VALUES (?, ?)", (name, name.casefold())
            )
            connection.execute(
                "INSERT OR IGNORE INTO article_tag SELECT id, ? FROM tag WHERE name_key = ?",
                (1 + number * 7, name.casefold()),
            )
