"""Trials of the reading position: scrolled anywhere, then something about the page changes."""

import time
from collections.abc import Callable
from random import Random
from typing import Any

from PySide6.QtWidgets import QApplication
from tests.body.changing import CHANGES, changed
from tests.document.lines import lines_between

from reader import themes
from reader.anchor import Anchor
from reader.body.anchors import PICTURE, Point, text_of
from reader.body.blocks import Body
from reader.body.from_html import body_of
from reader.body.to_html import to_html
from reader.document.build import Document
from reader.document.images import Pictures
from reader.gui.viewer.scroll_anchor import anchor_at_top, y_of
from reader.gui.viewer.viewer import Viewer
from reader.model import Article, Look, State
from reader.printing.adapt import for_paper
from reader.sheet import Links, Sheet


def article_of(body: Body, position: Anchor | None = None) -> Article:
    return Article(
        id=1, uid="", url="https://example.org/", title="A title", byline="", site="", language="",
        excerpt="", words=1, published_at="", added_at="", downloaded_at="x", opened_at="",
        read_at="", state=State.QUEUE, place="", favourite=False, tags=(), views=0,
        position=position or Anchor(), progress=0, lead="", html=to_html(body), pictures=(),
    )  # fmt: skip


def settle(viewer: Viewer) -> None:
    """Wait until all of the article is laid out and stands still."""
    until = time.monotonic() + 20
    while not viewer.document_ready and time.monotonic() < until:
        QApplication.processEvents()
    assert viewer.document_ready
    viewer.page.size()
    for _ in range(4):
        QApplication.processEvents()


# ---- what may change; each returns the article that is shown afterwards


Act = Callable[[Viewer, Article, Random], Article]


def _look(**choices: Callable[[Random], Any]) -> Act:
    def act(viewer: Viewer, article: Article, chance: Random) -> Article:
        changes: dict[str, Any] = {name: choose(chance) for name, choose in choices.items()}
        viewer.set_look(viewer.look._replace(**changes))
        return article

    return act


def _zoom(viewer: Viewer, article: Article, chance: Random) -> Article:
    viewer.set_zoom(chance.uniform(0.6, 2.5))
    return article


def _resize(viewer: Viewer, article: Article, chance: Random) -> Article:
    viewer.resize(chance.randint(300, 1500), chance.randint(300, 900))
    return article


def _reopen(viewer: Viewer, article: Article, _: Random) -> Article:
    """Show it again from what the library keeps."""
    kept = str(viewer.place())
    viewer.show_nothing("")
    article = article._replace(position=Anchor.parse(kept))
    viewer.show_article(article)
    return article


def _reopen_old(viewer: Viewer, article: Article, chance: Random) -> Article:
    """Show it again from what an older library kept: characters of the document."""
    place, page = viewer.place(), viewer.page
    start = page.start_of(place.block) - 1
    position = page.position_of(place)
    assert position is not None
    old = f"{place.block}:{position - start}" if place != Anchor() else "0:0"
    viewer.show_nothing("")
    article = article._replace(position=Anchor.parse(old))
    viewer.show_article(article)
    return article


def _print(viewer: Viewer, article: Article, chance: Random) -> Article:
    """Go to the same place on paper, and from there back."""
    sheet = Sheet(
        links=chance.choice([*Links]), hyphenated=chance.random() < 0.5,
        pictures=viewer.place().exact.startswith(PICTURE) or chance.random() < 0.5,
    )  # fmt: skip
    body = body_of(article.html)
    paper = Document(viewer.look, Pictures(lambda _: None), on_paper=True)
    paper.setTextWidth(chance.randint(250, 700))
    paper.grow(for_paper(iter((*body.blocks, *body.notes)), sheet, "en"))
    there = paper.position_of(viewer.place())
    assert there is not None
    article = article._replace(position=paper.anchor_at(there))
    viewer.show_nothing("")
    viewer.show_article(article)
    return article


ACTS: dict[str, Act] = {
    "zoom": _zoom,
    "theme": _look(theme=lambda chance: themes.theme(chance.choice(["dark", "sepia", "light"]))),
    "font": _look(font=lambda chance: chance.choice(["serif", "sans", "mono"])),
    "size": _look(size_pt=lambda chance: chance.uniform(8, 26)),
    "measure": _look(measure=lambda chance: chance.randint(30, 110)),
    "leading": _look(leading=lambda chance: chance.uniform(1.1, 2.3)),
    "justified": _look(justified=lambda chance: chance.random() < 0.5),
    "window": _resize,
    "reopened": _reopen,
    "reopened, old form": _reopen_old,
    "paper": _print,
}


def lines_away(viewer: Viewer, body: Body, kind: str, chance: Random) -> int | None:
    """Scroll anywhere, let something change, and return how many lines the place is away.

    None if nothing in the line at the top is still there to be found.
    """
    body = body_of(to_html(body))
    article = article_of(body)
    viewer.resize(900, 600)
    viewer.set_zoom(1.0)
    viewer.set_look(Look(themes.theme("light")))
    viewer.show_article(article)
    settle(viewer)
    bar = viewer.verticalScrollBar()
    bar.setValue(chance.randint(0, max(0, bar.maximum())))
    place = viewer.place()
    if kind == "paper" and not place.has_quote:
        return None  # the head is a document of its own there
    if kind in ACTS:
        ACTS[kind](viewer, article, chance)
        settle(viewer)
        return _away(viewer, place)
    if not (found := _changed(body, place, kind, chance)):
        return None
    new, there = found
    if chance.random() < 0.5:
        viewer.update_article(article._replace(html=to_html(new)))
    else:  # it was changed while it was not shown
        viewer.show_nothing("")
        viewer.show_article(article_of(new, Anchor.parse(str(place))))
    settle(viewer)
    return _away(viewer, Anchor(*there, exact="x"))


def _changed(
    body: Body, place: Anchor, kind: str, chance: Random
) -> tuple[Body, tuple[int, int]] | None:
    """Return another extraction of a body and where the first letter of the place is in it."""
    if place.block >= len(body.blocks) or not place.has_quote:
        return None
    text = text_of(body.blocks[place.block])[place.offset :]
    ahead = next((n for n, sign in enumerate(text) if not sign.isspace()), -1)
    if not 0 <= ahead <= 3:
        return None
    kinds = [*CHANGES] if kind == "all" else [kind]
    return changed(body, place.block, place.offset + ahead, kinds, chance)


def _away(viewer: Viewer, place: Anchor) -> int:
    """Return how many lines the line at the top is away from a place."""
    page, bar = viewer.page, viewer.verticalScrollBar()
    point = Point(place.block, place.offset)
    wanted = page._composer.text.position(point) if place.has_quote else page.position_of(place)
    assert wanted is not None
    top = anchor_at_top(viewer).position
    below = y_of(viewer, wanted) > bar.value()
    if bar.value() >= bar.maximum() and below:
        return 0  # the page ends before the line could come to the top
    return lines_between(page, top, wanted)
