"""Opening, zooming and scrolling articles of 100 kB and 1 MB."""

import statistics
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QTextBrowser

from benchmarks.figures import Figure, cpu_ms, p95
from benchmarks.words import Words
from reader import themes
from reader.anchor import Anchor
from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.gui.viewer.viewer import Viewer
from reader.model import Article, Look, State

_RUNS = 9


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of opening."""
    app = _application()
    viewer = Viewer(Pictures(lambda _: None), Look(themes.theme("light")))
    viewer.resize(900, 800)
    viewer.show()
    small, big = _article(100_000), _article(1_000_000)
    viewer.show_article(small)
    _whole(app, viewer)
    first, bare = _paired(lambda: _first(viewer, small), lambda: _bare(small))
    first_wall = statistics.median(_wall(lambda: _first(viewer, small)) for _ in range(_RUNS))
    big_wall = statistics.median(_wall(lambda: _first(viewer, big)) for _ in range(3))
    freeze, total = _longest(app, viewer, big)
    figures = [
        Figure("100 kB: first text painted", first_wall, "ms", 50),
        Figure("100 kB: … against bare cursor insertion, painted", first / bare, "x", 1.3),
        Figure("1 MB: first text painted", big_wall, "ms", 100),
        Figure("1 MB: longest freeze while it comes in", freeze, "ms", 50),
        Figure("1 MB: all of it", total, "ms"),
    ]
    viewer.show_article(small)
    _whole(app, viewer)
    bar = viewer.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    zooms = [cpu_ms(lambda: _zoom(viewer)) / 2 for _ in range(_RUNS)]
    scrolls = [cpu_ms(partial(_scroll, viewer, step)) for step in range(60)]
    return [
        *figures,
        Figure("100 kB: a step of zoom, painted", statistics.median(zooms), "ms", 50),
        Figure("100 kB: scrolling a page, painted (p95)", p95(scrolls), "ms", 8),
    ]


def _article(size: int) -> Article:
    words = Words(5)
    blocks: list[str] = []
    for number, text in enumerate(words.paragraphs(size)):
        kind = number % 12
        blocks.append(
            f"## {words.sentence(5)}" if kind == 0
            else "> " + text if kind == 5
            else "\n".join(f"- {words.sentence(9)}" for _ in range(5)) if kind == 7
            else f"{text} **{words.sentence(3)}** [{words.sentence(2)}](https://example.org/)"
        )  # fmt: skip
    html = to_html(from_markdown("\n\n".join(blocks)))
    return Article(
        id=size, uid="", url="", title="A long article", byline="", site="", language="",
        excerpt="", words=1, published_at="", added_at="", downloaded_at="x", opened_at="",
        read_at="", state=State.QUEUE, place="", favourite=False, tags=(), views=0,
        position=Anchor(), progress=0, lead="", html=html, pictures=(),
    )  # fmt: skip


def _first(viewer: Viewer, article: Article) -> None:
    viewer.show_article(article)
    viewer.viewport().repaint()


def _bare(article: Article) -> None:
    """Insert the same text with a cursor into a new document, and paint its beginning."""
    browser = _bare_browser()
    document = QTextDocument(browser)
    document.setUndoRedoEnabled(False)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for line in _plain(article).split("\n"):
        cursor.insertText(line)
        cursor.insertBlock()
    cursor.endEditBlock()
    browser.setDocument(document)
    browser.viewport().repaint()


_browsers: list[QTextBrowser] = []
_texts: dict[int, str] = {}


def _bare_browser() -> QTextBrowser:
    if not _browsers:
        _browsers.append(QTextBrowser())
        _browsers[0].resize(900, 800)
        _browsers[0].show()
    return _browsers[0]


def _plain(article: Article) -> str:
    if article.id not in _texts:
        from reader.body.from_html import from_html
        from reader.body.to_text import to_text

        _texts[article.id] = to_text(from_html(article.html))
    return _texts[article.id]


def _paired(one: Callable[[], None], other: Callable[[], None]) -> tuple[float, float]:
    other()
    pairs = [(cpu_ms(one), cpu_ms(other)) for _ in range(_RUNS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _wall(work: Callable[[], None]) -> float:
    before = time.perf_counter()
    work()
    return (time.perf_counter() - before) * 1000


def _whole(app: QApplication, viewer: Viewer) -> None:
    while not viewer.document_ready:
        app.processEvents()


def _longest(app: QApplication, viewer: Viewer, article: Article) -> tuple[float, float]:
    _whole(app, viewer)
    viewer.show_article(article)
    steps: list[float] = []
    while not viewer.document_ready:
        steps.append(cpu_ms(app.processEvents))
    steps += [cpu_ms(app.processEvents) for _ in range(20)]
    return max(steps), sum(steps)


def _zoom(viewer: Viewer) -> None:
    viewer.zoom_in()
    viewer.viewport().repaint()
    viewer.zoom_out()
    viewer.viewport().repaint()


def _scroll(viewer: Viewer, step: int) -> None:
    viewer.verticalScrollBar().setValue(step * 400)
    viewer.viewport().repaint()
