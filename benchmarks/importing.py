"""Taking in an import of 100,000 articles, and one of 5,000 texts, beside bare inserts.

``python -m benchmarks.importing take|texts|bare FOLDER COUNT`` does one of them, and prints what it
took as JSON.
"""

import json
import random
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw

from benchmarks.figures import BUILD, Figure
from benchmarks.words import Words
from reader.entries import Entry, Placing
from reader.library.library import Library
from reader.library.search import tokenize
from reader.model import SHELF_QUERIES, Clipping, State

_ROWS, _TEXTS = 100_000, 5_000
_SLICE = 5_000
_CACHE_KB = 64_000
_WRITTEN = (
    "article", "content", "change", "article_tag", "tag_shelf", "seal", "facet", "day", "term",
)  # fmt: skip
_BEAT_S = 0.005


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of both imports."""
    folder, count = BUILD / "importing", 2 * _ROWS if large else _ROWS
    taken, bare = _run("take", folder / "rows", count), _run("bare", folder / "rows", count)
    texts = _run("texts", folder / "texts", _TEXTS)
    name = f"{count:,} articles: "
    return [
        Figure(f"{name}take_in by bare inserts", taken["take"] / bare["bare"], "×", 2.5,
               f"{taken['take']:.1f} and {bare['bare']:.1f} s CPU"),
        Figure(f"{name}foresee, none known", taken["foresee"], "s", 1),
        Figure(f"{name}foresee, all known", taken["foresee_known"], "s", 1),
        Figure(f"{name}the same again", taken["again"], "s"),
        Figure(f"{name}memory of the process", taken["memory"], "MB", 300),
        Figure(f"{name}longest wait of a reader", taken["reader"], "ms", 50,
               f"{taken['reader_idle']:.0f} ms before"),
        Figure(f"{name}longest pause of another thread", taken["pause"], "ms", 50,
               f"{taken['pause_idle']:.0f} ms before"),
        Figure(f"{name}other writers wait", taken["wall"], "s"),
        Figure(f"{_TEXTS:,} texts: time of each", 1000 * texts["take"] / _TEXTS, "ms", 2.5,
               f"{_TEXTS / texts['take']:.0f}/s of CPU"),
        Figure(f"{_TEXTS:,} texts: memory of the process", texts["memory"], "MB", 300),
    ]  # fmt: skip


def _run(*told: object) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.importing", *map(str, told)]
    found: dict[str, float] = json.loads(subprocess.check_output(command, text=True))
    return found


def entries(count: int) -> Iterator[Entry]:
    """Yield articles without a text, as an export of links has them."""
    dice, words = random.Random(1), Words(1)
    sites = [f"site-{number}.example" for number in range(3_000)]
    tags = [words.sentence(1).rstrip(".").lower() for _ in range(60)]
    for number in range(count):
        title, site = words.sentence(8).rstrip("."), dice.choice(sites)
        at = f"20{dice.randint(10, 25)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}T10:00:00Z"
        clipping = Clipping(
            f"https://{site}/{number}/{title[:30].replace(' ', '-')}",
            title=title,
            site=site,
            tags=tuple(dice.sample(tags, 2)),
        )
        state = dice.choice((State.QUEUE, State.QUEUE, State.ARCHIVE))
        yield Entry(clipping, state=state, favourite=dice.random() < 0.1, added_at=at)


def texts(count: int) -> Iterator[Entry]:
    """Yield articles with texts of about 15 kB."""
    words = Words(2)
    for each in entries(count):
        html = "".join(f"<p>{words.sentence(60)}</p>" for _ in range(38))
        clipping = each.clipping._replace(
            html=html, words=2280, source=html.encode(), source_type="text/html"
        )
        yield each._replace(clipping=clipping)


def _cpu(work: Callable[[], object]) -> float:
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


class _Beats:
    """Threads that measure how long they wait: for their turn, and for a query."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._is_over = threading.Event()
        self.pause = self.reader = 0.0
        self._threads = [threading.Thread(target=each) for each in (self._beat, self._read)]

    def __enter__(self) -> "_Beats":
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for each in self._threads:
            each.join()

    def _beat(self) -> None:
        last = time.perf_counter()
        while not self._is_over.is_set():
            time.sleep(_BEAT_S)
            now = time.perf_counter()
            self.pause, last = max(self.pause, 1000 * (now - last - _BEAT_S)), now

    def _read(self) -> None:
        while not self._is_over.is_set():
            begun = time.perf_counter()
            self._library.rows(SHELF_QUERIES["queue"], limit=20)
            self._library.counts()
            self.reader = max(self.reader, 1000 * (time.perf_counter() - begun))
            time.sleep(_BEAT_S)


def _take(folder: Path, count: int, make: Callable[[int], Iterator[Entry]]) -> dict[str, float]:
    shutil.rmtree(folder, ignore_errors=True)
    found: dict[str, float] = {}
    with Library.open(folder) as library:
        library.add(Clipping("https://here.example/1", title="Here"))
        if make is entries:
            made = [*make(count)]
            found["foresee"] = _cpu(lambda: library.imports.foresee(made))
            del made
        with _Beats(library) as idle:
            time.sleep(3)
        begun = time.perf_counter()
        with _Beats(library) as beats:
            ready = make(count)
            spent = [0.0]

            def drawn() -> Iterator[Entry]:
                while True:
                    before = time.thread_time()
                    each = next(ready, None)
                    spent[0] += time.thread_time() - before
                    if each is None:
                        return
                    yield each

            took = _cpu(lambda: library.imports.take_in(drawn(), Placing.BEHIND, "bench"))
        found["wall"] = time.perf_counter() - begun
        found |= {"take": took - spent[0], "pause": beats.pause, "reader": beats.reader,
                  "pause_idle": idle.pause, "reader_idle": idle.reader,
                  "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}  # fmt: skip
        if make is entries:
            made = [*make(count)]
            found["foresee_known"] = _cpu(lambda: library.imports.foresee(made))
            found["again"] = _cpu(lambda: library.imports.take_in(made, Placing.BEHIND, "bench"))
    return found


def _bare(folder: Path) -> dict[str, float]:
    """Insert the same rows into the same tables with the same indexes, without triggers."""
    target = folder.with_name(f"{folder.name}-bare")
    shutil.rmtree(target, ignore_errors=True)
    Library.open(target).close()
    source = apsw.Connection(str(folder / "library.db"), flags=apsw.SQLITE_OPEN_READONLY)
    made = apsw.Connection(str(target / "library.db"))
    made.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    made.pragma("synchronous", 2)
    made.pragma("cache_size", -_CACHE_KB)
    made.pragma("temp_store", "memory")
    took = _cpu(lambda: made.execute("BEGIN IMMEDIATE"))
    for name in _WRITTEN:
        columns: list[Any] = source.execute(f"PRAGMA table_info({name})").fetchall()
        names = ", ".join(str(each[1]) for each in columns)
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO {name} ({names}) VALUES ({marks})"
        cursor = source.execute(f"SELECT {names} FROM {name}")
        took += _inserted(made, sql, cursor)
    told = source.execute("SELECT id, title, byline, site, '', '' FROM article")
    indexed = ((id, *map(tokenize.indexed, rest)) for id, *rest in told)
    sql = (
        "INSERT INTO search (rowid, title, byline, site, text, subjects) VALUES (?, ?, ?, ?, ?, ?)"
    )
    took += _inserted(made, sql, indexed)
    took += _cpu(lambda: made.execute("COMMIT"))
    return {"bare": took}


def _inserted(made: apsw.Connection, sql: str, found: Iterator[Any]) -> float:
    took, portion = 0.0, list[Sequence[Any]]()

    def insert() -> None:
        made.executemany(sql, portion)

    for row in found:
        portion.append(row)
        if len(portion) == _SLICE:
            took += _cpu(insert)
            portion.clear()
    return took + _cpu(insert)


def main() -> None:
    """Do one of the measurements in a process of its own."""
    what, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    folder.parent.mkdir(parents=True, exist_ok=True)
    works: dict[str, Callable[[], dict[str, float]]] = {
        "take": lambda: _take(folder, count, entries),
        "texts": lambda: _take(folder, count, texts),
        "bare": lambda: _bare(folder),
    }
    print(json.dumps(works[what]()))


if __name__ == "__main__":
    main()
