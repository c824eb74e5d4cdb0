"""Lists of a hundred thousand and a million rows: shelves, scrolling, changes."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.figures import BUILD, Figure, cpu_ms, p95
from benchmarks.make_library import make
from reader import themes
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.gui.list.articles import ArticleList
from reader.gui.sidebar.lines import SHELVES
from reader.library.library import Library
from reader.model import Query, Sort, State


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of lists."""
    app = _application()
    figures = _of(app, make(BUILD / "many", 100_000, with_text=True), "100,000")
    if large:
        figures += _of(app, make(BUILD / "million", 1_000_000, with_text=False), "1,000,000")
    return figures


@contextmanager
def shown(app: QApplication, library: Library) -> Iterator[ArticleList]:
    """Show a list of the articles of a library."""
    pictures = Pictures(library.picture_path)
    listing = ArticleList(library, pictures, themes.theme("light"))
    listing.set_theme(themes.theme("light"))
    listing.resize(360, 800)
    listing.show()
    listing.show_query(Query())
    app.processEvents()
    yield listing
    listing.close()
    pictures.close()


def paint(listing: ArticleList, query: Query) -> None:
    """Show the articles of a query and paint them."""
    listing.show_query(query)
    listing.viewport().repaint()


def _of(app: QApplication, folder: Path, size: str) -> list[Figure]:
    with Library.open(folder) as library, shown(app, library) as listing:
        switches = [cpu_ms(partial(paint, listing, query)) for query in _queries() * 3]
        listing.show_query(Query())
        _rest(app)
        scrolls = [cpu_ms(partial(_scroll, listing, step)) for step in range(300)]
        jumps = [cpu_ms(partial(_scroll, listing, step * 99_991)) for step in range(60)]
        counts = [cpu_ms(library.counts) for _ in range(20)]
        moves = [cpu_ms(partial(_move, library, n)) for n in range(20)]
    return [
        Figure(f"{size}: a shelf or order, painted (p95)", p95(switches), "ms", 16),
        Figure(f"{size}: scrolling a page, painted (p95)", p95(scrolls), "ms", 8),
        Figure(f"{size}: jumping anywhere, painted (p95)", p95(jumps), "ms", 8),
        Figure(f"{size}: all counts", statistics.median(counts), "ms", 1),
        Figure(
            f"{size}: moving an article to another shelf and back", statistics.median(moves), "ms"
        ),
    ]


def _queries() -> list[Query]:
    shelves = [shelf.query for shelf in SHELVES]
    return [
        *shelves,
        *(Query(sort=sort) for sort in Sort if sort is not Sort.OPENED),
        Query(State.QUEUE, sort=Sort.TITLE),
    ]


def _rest(app: QApplication) -> None:
    """Let a fraction of a second pass, in which a giant list computes its positions."""
    until = time.perf_counter() + 0.3
    while time.perf_counter() < until:
        app.processEvents()


def _scroll(listing: ArticleList, step: int) -> None:
    bar = listing.verticalScrollBar()
    bar.setValue(step * 700 % max(1, bar.maximum()))
    listing.viewport().repaint()


def _move(library: Library, number: int) -> None:
    library.set_state([number * 50 + 3], State.TRASH)
    library.history.undo()
