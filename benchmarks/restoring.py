"""The place that is read, through random changes of the page: how far off is it afterwards?

``python -m benchmarks.restoring [--trials N] [--first N] [--seed S] [--pages FOLDER]`` prints the
misses, each with the number of its trial; with it as the first, a trial is done alone. The pages
of a folder are read besides those that are made up.
"""

import argparse
import gzip
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QPointF, QSize
from PySide6.QtWidgets import QApplication

from benchmarks.extracting import body_of
from benchmarks.words import Words
from reader import themes
from reader.anchor import Anchor
from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.gui.viewer.scroll_anchor import scroll_to, y_of
from reader.gui.viewer.viewer import Viewer
from reader.ingest.extract.whole import extract
from reader.model import Article, Look, State

_ARABIC = "ذهب الحارس إلى المنارة في المساء وكان البحر هادئا والريح خفيفة فكتب في دفتره"
_CHINESE = "灯塔的看守人每天晚上都要登上塔顶，点亮那盏巨大的灯，然后写下当天的天气和过往的船只。"
_CHANGES_EACH = 4
_MOST_PAGES = 60


class Miss(NamedTuple):
    """A trial after which another line was there: number, article, what was done, lines off."""

    trial: int
    article: str
    done: tuple[str, ...]
    lines: float


class Trial:
    """A viewer with an article at a random place, and what is done to it."""

    def __init__(self, app: QApplication, article: Article, chance: random.Random) -> None:
        self._app, self._article, self._chance = app, article, chance
        self._viewer = self._opened(article)
        self._viewer.set_paged(chance.choice((0, 0, 1, 2)))
        self._settle()
        if chance.random() < 0.7:
            anchor = scroll_to(self._viewer, chance.random())
            self._viewer.verticalScrollBar().setValue(self._viewer.verticalScrollBar().value())
            assert anchor.position >= 0
        for _ in range(chance.randrange(3)):
            self._viewer.page_down()
        self._settle()
        self.place = self._viewer.place()

    def run(self) -> tuple[tuple[str, ...], float]:
        """Make some changes; return their names, and how many lines the place is off."""
        changes: list[tuple[str, Callable[[], None]]] = [
            ("zoom", lambda: self._viewer.set_zoom(self._chance.choice((0.7, 0.9, 1.0, 1.4, 2.0)))),
            ("look", self._change_look),
            ("size", self._change_size),
            ("pages", lambda: self._viewer.set_paged(self._chance.choice((0, 1, 2)))),
            ("restart", self._restart),
        ]
        done = []
        for name, change in self._chance.choices(changes, k=_CHANGES_EACH):
            change()
            self._settle()
            done.append(name)
        off = self.off()
        self._close()
        return tuple(done), off

    def off(self) -> float:
        """Return how many lines the place is away from where it has to be."""
        viewer = self._viewer
        position = viewer.page.position_of(self.place)
        if position is None:
            return 999.0
        y = y_of(viewer, position)
        block = viewer.page.findBlock(position)
        line = max(1.0, block.layout().lineAt(0).height() if block.layout().lineCount() else 1.0)
        if viewer.spread is not None:
            return 0.0 if viewer.to_viewport(QPointF(0, y)) is not None else 99.0
        bar = viewer.verticalScrollBar()
        if bar.value() >= bar.maximum() - 1 and y >= bar.value():
            return 0.0  # the end is shown: it cannot come higher
        if self.place == Anchor():
            return bar.value() / line if bar.value() > y else 0.0
        return abs(y - bar.value()) / line

    # ---- what is done

    def _opened(self, article: Article) -> Viewer:
        viewer = Viewer(Pictures(lambda _: None), Look(themes.theme("light")))
        viewer.resize(QSize(800, 700))
        viewer.show()
        viewer.show_article(article)
        return viewer

    def _close(self) -> None:
        self._viewer.show_nothing("")
        self._viewer.close()
        self._viewer.deleteLater()

    def _settle(self) -> None:
        while not self._viewer.document_ready:
            self._app.processEvents()
        for _ in range(4):
            self._app.processEvents()
        if self._viewer._zooming.isActive():
            self._viewer._zooming.stop()
            self._viewer._apply_zoom()

    def _change_look(self) -> None:
        chance = self._chance
        theme = themes.theme(chance.choice(("light", "sepia", "dark")))
        self._viewer.set_look(
            Look(
                theme, chance.choice(("serif", "sans")), chance.choice((9.0, 13.0, 19.0)),
                chance.choice((1.2, 1.55, 2.0)), chance.choice((40, 66, 100)),
                justified=chance.random() < 0.5, hyphenated=chance.random() < 0.5,
                indented=chance.random() < 0.3,
            )
        )  # fmt: skip

    def _change_size(self) -> None:
        self._viewer.resize(self._chance.randrange(420, 1900), self._chance.randrange(320, 1200))

    def _restart(self) -> None:
        """Show the article in another viewer, at the place that this one tells."""
        before = self._viewer
        place, look, zoom = before.place(), before.look, before.zoom
        paged = before.spread.wanted if before.spread else 0
        article = self._article._replace(position=place)
        self._viewer = Viewer(Pictures(lambda _: None), look)
        self._viewer.set_zoom(zoom)
        self._viewer.set_paged(paged)
        self._viewer.resize(before.size())
        self._viewer.show()
        self._viewer.show_article(article)
        before.show_nothing("")
        before.close()
        before.deleteLater()


def misses(trials: int, seed: int, articles: list[Article], first: int = 0) -> Iterator[Miss]:
    """Yield the trials after which the place was more than a line off."""
    app = QApplication.instance() or _application()
    assert isinstance(app, QApplication)
    for number in range(first, first + trials):
        chance = random.Random(f"{seed} {number}")
        article = chance.choice(articles)
        done, off = Trial(app, article, chance).run()
        if off > 1:
            yield Miss(number, article.title, done, round(off, 1))


def made_up() -> list[Article]:
    """Return an article of each kind that is hard to lay out."""
    words = Words(7)

    def text(size: int) -> list[str]:
        return [*words.paragraphs(size)]

    table = "| a | b | c |\n|---|---|---|\n" + "\n".join(
        f"| {words.sentence(3)} | {words.sentence(9)} | {n} |" for n in range(60)
    )
    code = "```\n" + "\n".join(f"value_{n} = call({n}) # {words.sentence(12)}" for n in range(80))
    picture = "![words](/picture.png)"
    headed = [part if n % 6 else f"## {words.sentence(4)}\n\n{part}"
              for n, part in enumerate(text(40_000))]  # fmt: skip
    some = text(9_000)
    kinds = {
        "short": text(1_200),
        "long": headed,
        "pictures": [each for part in some for each in (part, picture)],
        "tables": [*some[:6], table, *some[6:12], table, *some[12:]],
        "code": [*some[:6], code + "\n```", *some[6:]],
        "lists": [f"- {words.sentence(20)}\n  - {words.sentence(9)}" for _ in range(90)],
        "quotes": [f"> {part}" if n % 3 else part for n, part in enumerate(some)],
        "شعر": [" ".join([_ARABIC] * (1 + n % 9)) for n in range(60)],
        "中文": [_CHINESE * (1 + n % 9) for n in range(60)],
        "one paragraph": [" ".join(some)],
    }
    return [_article(title, to_html(from_markdown("\n\n".join(parts))))
            for title, parts in kinds.items()]  # fmt: skip


def _article(title: str, html: str) -> Article:
    return Article(
        id=abs(hash(title)) % 10**6 + 1, uid="", url="", title=title, byline="", site="",
        language="", excerpt="", words=1000, published_at="", added_at="", downloaded_at="x",
        opened_at="", read_at="", state=State.QUEUE, place="", favourite=False, tags=(), views=0,
        position=Anchor(), progress=0, lead="", html=html, pictures=(),
    )  # fmt: skip


def read(folder: Path) -> list[Article]:
    """Return the articles of the first pages of a folder."""
    files = sorted(folder.rglob("*.html.gz"))
    step = max(1, len(files) // _MOST_PAGES)
    found = []
    for file in files[::step][:_MOST_PAGES]:
        page = gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
        html = to_html(body_of(extract(page, "https://example.org/")))
        if len(html) > 1000:
            found.append(_article(file.stem[:30], html))
    return found


def main() -> None:
    """Print the misses of some trials."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=Path)
    options = parser.parse_args()
    articles = made_up() + (read(options.pages) if options.pages else [])
    count = 0
    for miss in misses(options.trials, options.seed, articles, options.first):
        count += 1
        done = ", ".join(miss.done)
        print(f"  {miss.trial}, {miss.article}: {done}: {miss.lines} lines", flush=True)
    print(f"{count} of {options.trials} places are more than a line off")


if __name__ == "__main__":
    main()
