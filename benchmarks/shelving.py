"""Shelves of tags, sites and languages; changes of ten thousand articles; duplicates."""

import statistics
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.figures import BUILD, Figure, cpu_ms, p95
from benchmarks.listing import paint, shown
from benchmarks.make_library import make
from benchmarks.words import Words
from reader.gui.app import _application
from reader.library.articles.fingerprints import fingerprint
from reader.library.library import Library
from reader.model import Query, Sort, State

_TAGS = 10_000
_MANY = 10_000


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of shelves."""
    app = _application()
    figures = [_fingerprints(), *_of(app, _library(100_000), "100,000")]
    return [*figures, *_of(app, _library(1_000_000), "1,000,000")] if large else figures


def _library(count: int) -> Path:
    """Return a library with ten thousand tags, two of them large, and three languages."""
    folder = make(BUILD / f"shelved-{count}", count, with_text=False)
    with Library.open(folder) as library:
        if library.counts().tags:
            return folder
        names = ["large", "large/within", *(f"topic {n % 100}/tag {n}" for n in range(_TAGS))]
        for name in names:
            library.tags.add([1], name)
        with library._database.writing() as connection:
            connection.execute("UPDATE article SET language = 'en' WHERE id % 7 <> 0")
            connection.execute("UPDATE article SET language = 'de-AT' WHERE id % 7 = 0")
            connection.execute(
                "INSERT OR IGNORE INTO article_tag SELECT tag.id, article.id FROM article, tag "
                "WHERE article.id % 6 = 0 AND tag.name = 'large/within'"
            )
            connection.execute(
                "INSERT OR IGNORE INTO article_tag SELECT 4 + article.id * 7919 % 10000, "
                "article.id FROM article"
            )
    return folder


def _of(app: QApplication, folder: Path, size: str) -> list[Figure]:
    with Library.open(folder) as library:
        with shown(app, library) as listing:
            for queries in _queries().values():  # the cost of the disk is not measured
                for query in queries:
                    paint(listing, query)
            painted = {
                name: p95(
                    [cpu_ms(partial(paint, listing, query)) for query in queries for _ in "ab"]
                )
                for name, queries in _queries().items()
            }
            counts = [cpu_ms(library.counts) for _ in range(20)]
        done = list(_changes(library))
        taken = cpu_ms(lambda: library.duplicates.find())
    return [
        *(
            Figure(f"{size}: {name}, painted (p95)", value, "ms", 16)
            for name, value in painted.items()
        ),
        Figure(f"{size}: all counts with 10,000 tags", statistics.median(counts), "ms", 1),
        *(Figure(f"{size}: {name}", value, "ms") for name, value in done),
        Figure(f"{size}: looking for duplicates", taken / 1000, "s"),
    ]


def _queries() -> dict[str, list[Query]]:
    sorts = [sort for sort in Sort if sort not in (Sort.PLACE, Sort.OPENED)]
    shelves = {
        "a tag of every sixth article": Query(tag="large"),
        "a small tag": Query(tag="topic 7/tag 7"),
        "a site": Query(site="site7.example"),
        "a language of most articles": Query(language="en"),
        "favourites": Query(favourite=True),
    }
    return {
        name: [query._replace(sort=sort, descending=way) for sort in sorts for way in (True, False)]
        for name, query in shelves.items()
    }


def _changes(library: Library) -> Iterator[tuple[str, float]]:
    ids = library.ids(Query(State.QUEUE), limit=_MANY)
    changes: dict[str, Callable[[], object]] = {
        "archiving 10,000, in the background": lambda: library.set_state(ids, State.ARCHIVE),
        "tagging 10,000, in the background": lambda: library.tags.change(ids, ["many"], []),
        "renaming the large tag": lambda: library.tags.rename("large", "great/large"),
    }
    for name, change in changes.items():
        yield name, cpu_ms(change)
        library.history.undo()


def _fingerprints() -> Figure:
    words = Words(7)
    texts = [
        "\n".join(f"<p>{paragraph}</p>" for paragraph in words.paragraphs(5900)) for _ in range(50)
    ]
    taken = [cpu_ms(partial(fingerprint, text)) for text in texts]
    return Figure("a fingerprint of 5,900 letters", statistics.median(taken), "ms", 0.6)
