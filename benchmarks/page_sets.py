"""Pages of the web with their text, measured word by word, beside other extractors.

The measure of the text is that of WCXB: words as multisets, precision and recall of each page as
one F1, averaged over pages; each sign of Chinese, Japanese and Thai is a word.
"""

import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from benchmarks.extracting import body_of, without_captions
from benchmarks.figures import Figure
from benchmarks.page_metadata import authors_right, date_right, title_right
from benchmarks.peers import Extracted, Peers
from reader.body.to_text import to_text
from reader.ingest.extract.whole import extract

_SIGNS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_SIGNS}]|[^\W{_SIGNS}]+")
_READER, _BARE = "Reader", "Reader, captions left out"
_LOW, _FAIR = 0.5, 0.7


class Wanted(NamedTuple):
    """A page of a set and what is to come out of it; metadata is empty if it is unknown.

    ``within`` are passages of its text, ``outside`` passages of what stands around it.
    """

    name: str
    url: str
    kind: str
    text: str
    title: str
    authors: tuple[str, ...]
    published: str
    within: tuple[str, ...]
    outside: tuple[str, ...]


class Mark(NamedTuple):
    """How well one extractor does on one page; metadata is None if the truth has none."""

    f1: float
    within: int
    outside: int
    title: bool | None
    authors: bool | None
    date: bool | None
    seconds: float


Marks = dict[str, Mark]


def measure(truth: Path, peers: Peers, *, worst: bool = False) -> Iterator[Figure]:
    """Yield the figures of a set, of each kind of its pages, and the pages far from the truth."""
    marked = [(wanted, _marks(wanted, html, peers)) for wanted, html in _pages(truth)]
    name = truth.parent.name
    yield from _figures(name, marked)
    kinds = sorted({wanted.kind for wanted, _ in marked})
    for kind in kinds if len(kinds) > 1 else ():
        yield from _figures(f"{name}, {kind}", [x for x in marked if x[0].kind == kind])
    if marked:
        yield from _speeds(name, [marks for _, marks in marked])
    if worst:
        yield from _worst(marked)


def _pages(truth: Path) -> Iterator[tuple[Wanted, str]]:
    for id, entry in json.loads(truth.read_text("utf-8")).items():
        packed = gzip.decompress((truth.parent / "html" / f"{id}.html.gz").read_bytes())
        yield _wanted(f"{truth.parent.name}/{id}", entry), packed.decode("utf-8", "replace")


def _wanted(name: str, entry: dict[str, Any]) -> Wanted:
    authors = entry.get("authors") or entry.get("author") or ()
    return Wanted(
        name, entry["url"], entry.get("type") or "page", entry["articleBody"],
        title=entry.get("title") or "",
        authors=(authors,) if isinstance(authors, str) else tuple(authors),
        published=str(entry.get("published") or ""),
        within=tuple(entry.get("with") or ()), outside=tuple(entry.get("without") or ()),
    )  # fmt: skip


def _marks(wanted: Wanted, html: str, peers: Peers) -> Marks:
    before = time.process_time()
    page = extract(html, wanted.url)
    body = body_of(page)
    text, about = to_text(body), page.about
    seconds = time.process_time() - before
    reader = Extracted(text, about.title, (about.byline,), about.published_at, seconds)
    bare = reader._replace(text=to_text(without_captions(body)))
    found = {_READER: reader, _BARE: bare, **peers(html, wanted.url)}
    return {name: _mark(wanted, each, about.site) for name, each in found.items()}


def _mark(wanted: Wanted, found: Extracted, site: str) -> Mark:
    text, host = _plain(found.text), urlsplit(wanted.url).netloc
    return Mark(
        token_f1(wanted.text, found.text),
        sum(_plain(each) in text for each in wanted.within),
        sum(_plain(each) in text for each in wanted.outside),
        title_right(wanted.title, found.title, site, host) if wanted.title else None,
        authors_right(wanted.authors, found.authors) if wanted.authors else None,
        date_right(wanted.published, found.published) if wanted.published else None,
        found.seconds,
    )


def token_f1(wanted: str, found: str) -> float:
    """Return how far two texts have the same words, from 0 to 1."""
    one, other = (Counter(_TOKEN.findall(text.lower())) for text in (wanted, found))
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 1.0


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()


# ---- figures


def _figures(name: str, marked: list[tuple[Wanted, Marks]]) -> Iterator[Figure]:
    """Yield the figures of some pages, those of the peers beside them."""

    def figure(what: str, values: dict[str, float]) -> Figure:
        return Figure(what, values.pop(_READER), "%", beside=beside(values))

    each = _by_extractor(marks for _, marks in marked)
    if not each:
        return
    f1 = {who: [mark.f1 for mark in marks] for who, marks in each.items()}
    yield figure(f"{name}, {len(marked)} pages: token F1", {k: _share(v) for k, v in f1.items()})
    f1.pop(_BARE)
    each.pop(_BARE)
    for least in (_LOW, _FAIR):
        few = {who: _share(value < least for value in values) for who, values in f1.items()}
        yield figure(f"    pages under {least}", few)
    for field in ("within", "outside"):
        all_of = sum(len(getattr(wanted, field)) for wanted, _ in marked)
        if all_of:
            found = {k: 100 * sum(getattr(m, field) for m in v) / all_of for k, v in each.items()}
            yield figure(f"    passages {field} it that are there, of {all_of}", found)
    for field in ("title", "authors", "date"):
        known = {k: [x for m in v if (x := getattr(m, field)) is not None] for k, v in each.items()}
        number = len(known[_READER])
        right = {k: _share(v) for k, v in known.items() if k == _READER or any(v)}
        if number:
            yield figure(f"    {field} right, of {number}", right)


def _speeds(name: str, marks: list[Marks]) -> Iterator[Figure]:
    taken = {who: sum(m.seconds for m in each) for who, each in _by_extractor(marks).items()}
    reader = taken.pop(_READER)
    taken.pop(_BARE)
    yield Figure(f"{name}: CPU a page", 1000 * reader / len(marks), "ms")
    for who, seconds in taken.items():
        yield Figure(f"    as a multiple of {who}", reader / seconds, "x")


def _worst(marked: list[tuple[Wanted, Marks]]) -> Iterator[Figure]:
    for wanted, marks in sorted(marked, key=lambda each: each[1][_READER].f1):
        if (value := marks[_READER].f1) < _FAIR:
            yield Figure(f"    {wanted.name}, {wanted.kind}", 100 * value, "%", beside=wanted.url)


def _by_extractor(marks: Iterable[Marks]) -> dict[str, list[Mark]]:
    each: dict[str, list[Mark]] = {}
    for page in marks:
        for who, mark in page.items():
            each.setdefault(who, []).append(mark)
    return each


def _share(values: Iterable[float]) -> float:
    values = list(values)
    return 100 * sum(values) / max(1, len(values))


def beside(values: dict[str, float]) -> str:
    """Return the values of the peers as one text."""
    return ", ".join(f"{name} {value:.2f}" for name, value in values.items())
