"""How much of a damaged library comes back, by kind of damage.

Each kind is done to a copy of the same library several times, with different seeds, and repaired.
Counted are the articles with their title, address and the right text, the rows of the log, the
tags given, and the versions. A text that differs from its hash without being reported counts as
told wrongly.
"""

import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from benchmarks import make_library
from benchmarks.figures import BUILD, Figure
from reader.errors import LibraryError
from reader.library.library import Library
from reader.library.repair import rescue
from reader.model import State
from reader.progress import silent

PAGE = 4096
_SMALL = 400
_TRIALS = 5
_RECOVER = {"1 page": 99.9, "4 pages": 99.5, "16 pages": 97.6, "64 pages": 91.1,
            "page 1 noise": 0.0, "page 1 zero": 100.0, "cut to 90 %": 96.2, "cut to 70 %": 86.5,
            "cut to 50 %": 69.2, "1 bit": 99.9, "32 bits": 96.6}  # fmt: skip
"""The articles that SQLite's own .recover gave back of another library of 400 (1,342 pages)."""

Harm = Callable[[bytearray, random.Random, dict[str, list[int]]], None]


class Kept(NamedTuple):
    """What a library holds."""

    articles: set[Any]
    log: set[Any]
    tags: set[Any]
    versions: set[Any]


def _noise(*kinds: str, count: int = 1, zero: bool = False) -> Harm:
    """Overwrite pages of a kind: all, or an owner or a kind that ``dbstat`` names."""

    def harm(data: bytearray, chance: random.Random, places: dict[str, list[int]]) -> None:
        chosen = [page for kind in kinds for page in places[kind]]
        for page in chance.sample(chosen, min(count, len(chosen))):
            noise = bytes(PAGE) if zero else chance.randbytes(PAGE)
            data[(page - 1) * PAGE : page * PAGE] = noise

    return harm


def _cut(percent: int) -> Harm:
    def harm(data: bytearray, _: random.Random, __: dict[str, list[int]]) -> None:
        del data[len(data) * percent // 100 :]

    return harm


def _flips(count: int, first: int = 0, last: int = 0) -> Harm:
    def harm(data: bytearray, chance: random.Random, _: dict[str, list[int]]) -> None:
        for _number in range(count):
            data[chance.randrange(first, last or len(data))] ^= 1 << chance.randrange(8)

    return harm


HARMS: dict[str, Harm] = {
    "nothing": lambda *_: None,
    **{f"{n} page{'s' * (n > 1)}": _noise("all", count=n) for n in (1, 4, 8, 16, 64)},
    "page 1 zero": _noise("first", zero=True),
    "page 1 noise": _noise("first"),
    "inner page": _noise("internal"),
    "leaf page": _noise("leaf"),
    "overflow page": _noise("overflow"),
    "free page": _noise("free"),
    "index page": _noise("index"),
    "search page": _noise("search_data"),
    "schema, all": _noise("sqlite_schema", "first", count=99),
    "header, 5 bits": _flips(5, 0, 100),
    **{f"cut to {n} %": _cut(n) for n in (90, 70, 50, 10)},
    **{f"{n} bit{'s' * (n > 1)}": _flips(n) for n in (1, 10, 32, 100)},
}


def measure(*, large: bool) -> Iterator[Figure]:
    """Repair a library after each kind of damage, and one of 5,000 articles.

    ``large`` takes ten times as many seeds.
    """
    trials = _TRIALS * (10 if large else 1)
    file = _library(_SMALL)
    before, places = _kept(file), _places(file)
    print(f"\nsalvage: {_SMALL} articles, {file.stat().st_size // PAGE} pages, {trials} trials, "
          "percent that came back: mean (least)")  # fmt: skip
    print(f"  {'':16}{'articles':>16}{'log':>16}{'tags':>16}{'versions':>16}  .recover  s")
    wrong = 0
    for name in HARMS:
        wrong += _row(file, name, before, places, trials)
    yield Figure("rows with a wrong hash that were shown as whole", wrong, "rows", 0)
    many = _library(5000)
    for name in ("nothing", "page 1 noise", "16 pages"):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            shares, _ = _trial(many, Path(folder), HARMS[name], 1, _kept(many), _places(many))
            took = time.perf_counter() - began
        yield Figure(f"5,000 articles, {name}: read, repaired, compared", took, "s",
                     beside=f"{shares[0]:.2f} % of the articles")  # fmt: skip


def _row(file: Path, name: str, before: Kept, places: dict[str, list[int]], trials: int) -> int:
    found, wrong, began = [], 0, time.perf_counter()
    trials = 1 if name == "nothing" or name.startswith("cut") else trials
    for seed in range(trials):
        with tempfile.TemporaryDirectory() as folder:
            shares, bad = _trial(file, Path(folder), HARMS[name], seed, before, places)
        found.append(shares)
        wrong += bad
    columns = [
        f"{statistics.mean(each):.2f} ({min(each):.1f})" for each in zip(*found, strict=True)
    ]
    recover = f"{_RECOVER[name]:.1f}" if name in _RECOVER else ""
    took = (time.perf_counter() - began) / trials
    print(f"  {name:16}{''.join(f'{each:>16}' for each in columns)}  {recover:>8}  {took:.1f}",
          flush=True)  # fmt: skip
    return wrong


def _trial(
    file: Path, folder: Path, harm: Harm, seed: int, before: Kept, places: dict[str, list[int]]
) -> tuple[list[float], int]:
    """Harm a copy of a library and repair it; return the shares, and what was told wrongly."""
    data = bytearray(file.read_bytes())
    harm(data, random.Random(seed), places)
    damaged = folder / "library.db"
    damaged.write_bytes(data)
    try:
        mended = rescue.mend(damaged, silent, with_loss=True)
    except LibraryError:
        return [0.0] * len(before), 0
    after = _kept(damaged)
    told = {each.article for each in mended.findings.damaged}
    shares = [
        100 * len(old & new) / len(old) if old else 100.0
        for old, new in zip(before, after, strict=True)
    ]
    return shares, len(_silently_wrong(damaged, told))


def _silently_wrong(file: Path, told: set[int]) -> list[int]:
    with closing(apsw.Connection(str(file))) as connection:
        found = connection.execute("SELECT article, CAST(html AS BLOB), sha256 FROM content")
        return [
            id for id, html, digest in found
            if sha256(html).digest() != digest and id not in told
        ]  # fmt: skip


def _kept(file: Path) -> Kept:
    with closing(apsw.Connection(str(file))) as connection:
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)

        def rows(sql: str) -> set[Any]:
            return {*connection.execute(sql)}

        texts = connection.execute("SELECT article, CAST(html AS BLOB) FROM content")
        hashes = {id: sha256(html).digest() for id, html in texts}
        articles = {
            (uid, url, title, state, hashes.get(id))
            for id, uid, url, title, state in rows("SELECT id, uid, url, title, state FROM article")
        }
        return Kept(
            articles,
            rows("SELECT entity, field, new, stamp FROM change"),
            rows("SELECT article.uid, tag.name FROM article_tag JOIN article ON article.id = "
                 "article JOIN tag ON tag.id = tag"),
            rows("SELECT uid, sha256, version.html FROM version JOIN article ON article.id = "
                 "article"),
        )  # fmt: skip


def _places(file: Path) -> dict[str, list[int]]:
    """Return the pages of each kind: by table or index, and by their place in it."""
    with closing(apsw.Connection(str(file))) as connection:
        sql = (
            "SELECT pageno, dbstat.name, pagetype, sqlite_schema.type FROM dbstat "
            "LEFT JOIN sqlite_schema ON sqlite_schema.name = dbstat.name"
        )
        count = int(connection.pragma("page_count"))
        found: dict[str, list[int]] = {"all": [*range(1, count + 1)], "first": [1], "index": []}
        used = set()
        for number, name, kind, type in connection.execute(sql):
            used.add(number)
            for each in (name, kind, type or "table"):
                found.setdefault(each, []).append(number)
    found["free"] = [number for number in found["all"] if number not in used] or [count]
    return found


def _library(count: int) -> Path:
    """Return a library of different texts, some with versions, tags and deleted articles."""
    folder = BUILD / f"salvage-{count}"
    if not (folder / "library.db").exists():
        print(f"making a library of {count:,} articles to damage …", file=sys.stderr)
        made = folder.with_name(folder.name + ".new")
        shutil.rmtree(made, ignore_errors=True)
        with Library.open(made) as library:
            _fill(library, count)
        made.rename(folder)
    return folder / "library.db"


def _fill(library: Library, count: int) -> None:
    clippings = make_library.articles()
    with library.together():
        for number, clipping in zip(range(count + count // 40), clippings, strict=False):
            told = clipping._replace(
                tags=(f"tag {number % 7}",), source=clipping.html[:999].encode()
            )
            library.add(told)
            if number % 5 == 0:
                library.add(told._replace(html=f"{clipping.html}<p>A later version {number}.</p>"))
    deleted = [*range(1, count + count // 40, 41)]
    library.set_state(deleted, State.TRASH)
    library.trash.delete(deleted)
    library.search.prepare()
