"""An import, and its undoing, in a process that is killed at a random moment."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from reader.entries import Entry, Highlight, Placing
from reader.library.library import Library
from reader.library.store.database import rows
from reader.model import SHELF_QUERIES, Clipping, State

_KEY = "20260101T000000Z-0001"
_KNOWN, _ALL = 20, 260


class Seen(NamedTuple):
    """What people see of a library."""

    articles: list[Any]
    queue: list[str]
    counts: Any


def _url(number: int) -> str:
    return f"https://example.org/{number}"


def entries() -> list[Entry]:
    """Return new articles, some with a text and a highlight, and such that are known."""
    made = []
    for number in range(_ALL):
        html = f"<p>The text of article {number}.</p>" * 20 if number % 10 == 0 else ""
        clipping = Clipping(
            _url(number), title=f"Article {number}", html=html, source=html.encode(),
            tags=("imported", f"tag {number % 7}"), aliases=(f"{_url(number)}?again",),
        )  # fmt: skip
        made.append(
            Entry(
                clipping,
                state=State.ARCHIVE if number % 3 == 0 else State.QUEUE,
                favourite=number % 5 == 0,
                added_at="2012-01-01T00:00:00Z",
                highlights=(Highlight("text of article", "note"),) if html else (),
            )
        )
    return made


def _prepare(folder: Path) -> None:
    with Library.open(folder) as library, library.together():
        for number in range(_KNOWN):
            html = "<p>Another text.</p>" if number % 2 else ""
            library.add(Clipping(_url(number), title=f"Known {number}", html=html))


def seen(library: Library) -> Seen:
    """Return what people see, without the times of today."""
    with library._database.reading() as connection:
        ids = [id for (id,) in rows(connection, "SELECT id FROM article ORDER BY url")]
    told = []
    for id in ids:
        its = library.article(id)
        added_at = its.added_at if its.added_at < "2020" else ""
        marks = [each.highlight[:2] for each in library.highlights.of(id)]
        texts = len(library.texts.versions(id))
        told.append((its.url, its.title, its.state, its.favourite, its.tags, added_at, its.html,
                     marks, texts))  # fmt: skip
    queue = [row.title for row in library.rows(SHELF_QUERIES["queue"], limit=1000)]
    return Seen(told, queue, library.counts())


class Trial:
    """An import that is done once in peace; ``seconds`` is how long it takes with its undoing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = folder / "kept"
        self._kept.mkdir(parents=True)
        self._export = folder / "export.csv"
        self._export.write_bytes(os.urandom(2_000_000))
        _prepare(self._kept)
        done = self._fresh("done")
        start = time.monotonic()
        os.waitpid(_forked(self._work, done), 0)
        self.seconds = time.monotonic() - start
        with Library.open(self._fresh("taken")) as library:
            self._old = seen(library)
            library.imports.take_in(entries(), Placing.BEHIND, "test")
            self._taken = seen(library)
            library.history.undo()
            self._undone = seen(library)
        assert len({len(self._old.queue), len(self._taken.queue), len(self._undone.queue)}) == 2

    def _work(self, folder: Path) -> None:
        with Library.open(folder) as library:
            library.imports.keep([self._export], _KEY)
            library.imports.take_in(iter(entries()), Placing.BEHIND, "test")
            library.imports.store_report(_KEY, b"report" * 10_000)
            library.history.undo()

    def kill(self, chance: random.Random) -> str:
        """Kill the work at a random moment; return the state that is found.

        Raises AssertionError unless it is one of those between the parts of the work, whole, and
        doing the import again completes it.
        """
        folder = self._fresh("killed")
        child = _forked(self._work, folder)
        time.sleep(chance.random() * self.seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with Library.open(folder) as library:
            now = seen(library)
            states = {"old": self._old, "taken": self._taken, "undone": self._undone}
            state = next((name for name, each in states.items() if each == now), "")
            assert state, "neither old nor new"
            assert library.check() == ()
            self._look_at_files(library)
            library.imports.keep([self._export], _KEY)
            library.imports.take_in(entries(), Placing.BEHIND, "test")
            again = seen(library)
            assert again.counts == self._taken.counts
            assert _plain(again) == _plain(self._taken)
            assert library.check() == ()
            assert library.imports.original_size(_KEY) == self._export.stat().st_size
        kept = state == "old" and (folder / "imports" / _KEY).exists()
        return f"{state}, original kept" if kept else state

    def _look_at_files(self, library: Library) -> None:
        for each in library.imports.original(_KEY):
            assert each.read_bytes() == self._export.read_bytes()
        homes = (library.folder / "imports" / "originals").glob("*")
        for home in homes:
            if not home.name.endswith(".new"):
                (file,) = home.iterdir()
                assert sha256(file.read_bytes()).hexdigest()[:32] == home.name
        for key in library.imports.reports():
            assert library.imports.report(key) == b"report" * 10_000

    def _fresh(self, name: str) -> Path:
        folder = self._folder / name
        shutil.rmtree(folder, ignore_errors=True)
        return Path(shutil.copytree(self._kept, folder))


def _plain(found: Seen) -> tuple[Any, ...]:
    """Return a state without the order of the queue: what was brought back gets new places."""
    return [each[:-1] for each in found.articles], sorted(found.queue)


def _forked(work: Callable[[Path], object], folder: Path) -> int:
    child = os.fork()
    if not child:
        try:
            work(folder)
        finally:
            os._exit(0)
    return child
