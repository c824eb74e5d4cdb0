"""Memory that is not released: repeated work must not make the program larger."""

import gc
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.words import Words
from reader.model import Query

_FEW, _MANY = 20, 500
_FEW_LOOKS, _MANY_LOOKS = 4, 40
_FEW_TIMES, _MANY_TIMES = 20, 80


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of memory; each part runs in a process of its own."""
    figures: list[Figure] = []
    for name in _PARTS:
        output = subprocess.check_output(
            [sys.executable, "-m", "benchmarks.memory", name, str(int(large))], text=True
        )
        figures += [Figure(*row) for row in json.loads(output)]
    return figures


def _articles(_large: bool) -> list[Figure]:
    bench = _Bench(60, 6_000)
    ids = [row.id for row in bench.library.rows(Query(), limit=60)]

    def open_one(number: int) -> None:
        bench.window.navigation.open(ids[number % len(ids)])
        bench.until(lambda: bench.window.viewer.document_ready)

    few, many = bench.twice(open_one, _FEW, _MANY)
    return [
        Figure(f"after {_FEW} articles", few, "MB"),
        Figure(f"after {_MANY} articles", many, "MB"),
        Figure(f"{_MANY} articles against {_FEW}", many / few, "x", 1.15),
        Figure("documents alive", bench.documents(), "", 2),
    ]


def _looks(large: bool) -> list[Figure]:
    size = 5_000_000 if large else 1_000_000
    bench = _Bench(1, size)
    bench.window.next_article()

    def change(number: int) -> None:
        theme = ("light", "dark")[number % 2]
        bench.window.store.update(theme=theme)
        bench.until(lambda: bench.window.colours.name == theme)
        bench.until(lambda: bench.window.viewer.document_ready)

    few, many = bench.twice(change, _FEW_LOOKS, _MANY_LOOKS)
    name = f"theme of {size // 1_000_000} MB changed"
    return [
        Figure(f"{name} {_FEW_LOOKS} times", few, "MB"),
        Figure(f"{name} {_MANY_LOOKS} times", many, "MB"),
        Figure(f"{name}: {_MANY_LOOKS} times against {_FEW_LOOKS}", many / few, "x", 1.15),
    ]


def _previews(_large: bool) -> list[Figure]:
    from reader.document.images import Pictures
    from reader.gui.printing.print_window import PrintWindow

    bench = _Bench(1, 20_000)
    bench.window.next_article()

    def preview(_: int) -> None:
        pictures = Pictures(bench.library.picture_path)
        parts = (bench.window.controllers.page.printing.choices(), bench.library.article, pictures)
        dialog = PrintWindow(*parts, bench.window.store, bench.window)
        dialog.show()
        bench.until(lambda: not dialog.busy)
        dialog.close()
        dialog.deleteLater()
        pictures.close()

    few, many = bench.twice(preview, _FEW_TIMES, _MANY_TIMES)
    return [
        Figure(f"{_MANY_TIMES} previews against {_FEW_TIMES}", many / few, "x", 1.15),
        Figure("documents alive", bench.documents(), "", 2),
    ]


def _downloads(_large: bool) -> list[Figure]:
    from reader.ingest.fetch import Fetched
    from reader.ingest.web import add_addresses, download

    bench = _Bench(1, 1_000)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in Words(3).paragraphs(30_000))
    page = f"<html><body><article><h1>A page</h1>{text}</article></body></html>".encode()

    def get(address: str, **_: object) -> Fetched:
        return Fetched(address, page, "text/html", "", True)

    def fetch(number: int) -> None:
        id = add_addresses(bench.library, [f"https://example.org/{number}"]).rows[0].article
        bench.window.context.jobs.start(
            "", lambda report: download(bench.library, [id], report, get=get), lambda _: None
        )
        bench.until(lambda: not bench.window.context.jobs.running)

    few, many = bench.twice(fetch, _FEW_TIMES, _MANY_TIMES)
    return [Figure(f"{_MANY_TIMES} downloads against {_FEW_TIMES}", many / few, "x", 1.15)]


_PARTS: dict[str, Callable[[bool], list[Figure]]] = {
    "articles": _articles,
    "looks": _looks,
    "previews": _previews,
    "downloads": _downloads,
}


class _Bench:
    """A window on a library of its own, with an event loop that performs deferred deletions."""

    def __init__(self, number: int, size: int) -> None:
        from reader.body.from_markdown import from_markdown
        from reader.body.to_html import to_html
        from reader.gui.app import _application
        from reader.gui.window import Window
        from reader.library.library import Library
        from reader.model import Clipping
        from reader.settings import Settings

        self.app = _application()
        self._folder = tempfile.TemporaryDirectory()
        self.library = Library.open(Path(self._folder.name) / "library")
        words = Words(7)
        for index in range(number):
            html = to_html(from_markdown("\n\n".join(words.paragraphs(size))))
            self.library.add(
                Clipping(f"https://example.org/a{index}", f"Article {index}", html=html, words=900)
            )
        self.window = Window(self.library, Settings())
        self.window.show()

    def until(self, is_done: Callable[[], bool]) -> None:
        """Run the event loop until a condition is true; mere ``processEvents`` deletes nothing."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop, timer = QEventLoop(), QTimer(interval=0)
        timer.timeout.connect(lambda: loop.quit() if is_done() else None)
        timer.start()
        loop.exec()

    def twice(self, work: Callable[[int], None], few: int, many: int) -> tuple[float, float]:
        """Do some work a few times, then many times; return the megabytes after both."""
        for number in range(few):
            work(number)
        first = _megabytes()
        for number in range(few, many):
            work(number)
        return first, _megabytes()

    def documents(self) -> int:
        """Return the number of documents in memory."""
        from shiboken6 import isValid

        from reader.document.build import Document

        turns = iter(range(3))
        self.until(lambda: next(turns, None) is None)  # lets deferred deletions happen
        gc.collect()
        return sum(isinstance(x, Document) and isValid(x) for x in gc.get_objects())


def _megabytes() -> float:
    gc.collect()
    text = Path("/proc/self/smaps_rollup").read_text()
    return int(text.partition("\nPss:")[2].split()[0]) / 1024


if __name__ == "__main__":
    _made = _PARTS[sys.argv[1]](sys.argv[2] == "1")
    print(json.dumps([(figure.name, figure.value, figure.unit, figure.most) for figure in _made]))
    sys.stdout.flush()
    import os

    os._exit(0)
