"""The queue with a hundred thousand and a million articles: moving, its length, sessions."""

import statistics
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication

from benchmarks.figures import BUILD, Figure, cpu_ms, p95
from benchmarks.make_library import make
from reader import themes
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.gui.list.articles import ArticleList
from reader.library.library import Library
from reader.library.session import pick
from reader.model import SHELF_QUERIES

QUEUE, BEGUN = SHELF_QUERIES["queue"], SHELF_QUERIES["begun"]


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of the queue."""
    app = _application()
    figures = _of(app, 100_000, with_text=True)
    return figures + (_of(app, 1_000_000, with_text=False) if large else [])


def _of(app: QApplication, count: int, *, with_text: bool) -> list[Figure]:
    name = "many" if with_text else "million"
    with Library.open(make(BUILD / name, count, with_text=with_text)) as library:
        ids = library.ids(QUEUE)
        some = ids[:: max(1, len(ids) // 60)]
        order = library.queue
        moves: dict[str, Callable[[int], object]] = {
            "to the top": lambda id: order.to_top([id]),
            "to the end": lambda id: order.to_end([id]),
            "behind another": lambda id: order.put_behind([id], ids[len(ids) // 2]),
            "one up": lambda id: order.up([id]),
        }
        figures = [
            Figure(f"moved {name} (p95)", p95([cpu_ms(partial(move, id)) for id in some]), "ms", 5)
            for name, move in moves.items()
        ]
        for name, ask, most in (
            ("how long the queue is", order.length, 1),
            ("a session picked", partial(pick, library, 20), 16),
            ("a surprise", order.surprise, 16),
            ("the first of Continue Reading", partial(library.rows, BEGUN), 5),
            ("how many are begun", partial(library.count, BEGUN), 1),
        ):
            taken = [cpu_ms(ask) for _ in range(30)]
            figures.append(Figure(f"{name} (p95)", p95(taken), "ms", most))
        figures.append(_thousand(library, ids))
        figures += _seen(app, library, ids)
    return [each_of(figure, count) for figure in figures]


def each_of(figure: Figure, count: int) -> Figure:
    """Return the figure with the size of its library in its name."""
    return Figure(f"{count:,}: {figure.name}", figure.value, figure.unit, figure.most)


def _thousand(library: Library, ids: list[int]) -> Figure:
    moved = ids[2000:3000]
    taken = [
        cpu_ms(partial(library.queue.to_top, moved)) + cpu_ms(library.history.undo)
        for _ in range(3)
    ]
    return Figure("a thousand moved and taken back", statistics.median(taken), "ms")


def _seen(app: QApplication, library: Library, ids: list[int]) -> list[Figure]:
    """Return the cost of a move with the list that shows it."""
    pictures = Pictures(library.picture_path)
    listing = ArticleList(library, pictures, themes.theme("light"))
    listing.set_theme(themes.theme("light"))
    listing.resize(360, 800)
    listing.show()
    listing.show_query(QUEUE)
    figures = []
    for where, id in (("at the top", ids[40]), ("in the middle", ids[len(ids) // 2])):
        listing.select(id)
        app.processEvents()

        def move(id: int = id) -> None:
            library.queue.down([id])
            listing.refresh()
            listing.viewport().repaint()

        taken = [cpu_ms(move) for _ in range(20)]
        figures.append(Figure(f"one down {where}, painted (p95)", p95(taken), "ms"))
    listing.close()
    pictures.close()
    return figures
