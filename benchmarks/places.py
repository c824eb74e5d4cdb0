"""The contents of an article of 1 MB, and scrolling while they stand beside the page."""

import statistics
from functools import partial

from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, cpu_ms, p95
from benchmarks.words import Words
from reader import themes
from reader.anchor import Anchor
from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.gui.contents.panel import ContentsPanel
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.layouts import column
from reader.model import Article, Look, State

_RUNS = 9


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of the contents."""
    app = _application()
    viewer = Viewer(Pictures(lambda _: None), Look(themes.theme("light")))
    page = column(viewer)
    layout = page.layout()
    assert layout is not None
    layout.setContentsMargins(0, 0, 264, 0)
    page.resize(1100, 800)
    page.show()
    panel = ContentsPanel(viewer, lambda: 200.0, page)
    panel.setGeometry(836, 0, 264, 800)
    panel.show()
    figures = list[Figure]()
    for title, headings in (("300", 300), ("5,000", 5000)):
        viewer.show_article(_article(1_000_000, headings))
        while not viewer.document_ready:
            app.processEvents()
        viewer.page.size()
        shown = [cpu_ms(partial(_show, app, panel)) for _ in range(_RUNS)]
        typed = [cpu_ms(partial(_type, app, panel, word)) for word in ("a", "an", "and") * 3]
        bare, beside = (_scrolling(app, viewer, panel, shown=on) for on in (False, True))
        opened, found = statistics.median(shown), statistics.median(typed)
        figures += [
            Figure(f"1 MB: contents of {title} headings, painted", opened, "ms", 30),
            Figure(f"1 MB: letters typed among {title}, twice painted", found, "ms", 30),
            Figure(f"1 MB: scrolling beside {title} (p95)", beside, "ms", 8),
            Figure("1 MB: … against scrolling without contents", beside / bare, "x"),
        ]
    return figures


def _article(size: int, headings: int) -> Article:
    words = Words(7)
    room, parts = size // headings, list[str]()
    for number in range(headings):
        text = words.paragraph(max(12, room // 7))
        parts.append(f"{'#' * (2 + number % 3)} {number} {text[:30]}\n\n{text}")
    html = to_html(from_markdown("\n\n".join(parts)))
    return Article(
        id=headings, uid="", url="", title="A long article", byline="", site="", language="",
        excerpt="", words=size // 7, published_at="", added_at="", downloaded_at="x", opened_at="",
        read_at="", state=State.QUEUE, place="", favourite=False, tags=(), views=0,
        position=Anchor(), progress=0, lead="", html=html, pictures=(),
    )  # fmt: skip


def _show(app: QApplication, panel: ContentsPanel) -> None:
    """Open the contents of an article that they have not shown yet."""
    panel._shown = (0, "")
    panel.show_article()
    panel.repaint()
    app.processEvents()


def _type(app: QApplication, panel: ContentsPanel, words: str) -> None:
    panel.field.setText("")
    panel.field.setText(words)
    panel.repaint()
    app.processEvents()


def _scrolling(app: QApplication, viewer: Viewer, panel: ContentsPanel, *, shown: bool) -> float:
    panel.setVisible(shown)
    panel.field.setText("")
    bar = viewer.verticalScrollBar()
    bar.setValue(bar.maximum() // 4)
    app.processEvents()

    def scroll() -> None:
        bar.setValue(bar.value() + 250)
        viewer.viewport().repaint()
        panel.follow()
        app.processEvents()

    return p95([cpu_ms(scroll) for _ in range(80)])
