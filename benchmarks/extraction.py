"""Extraction of articles, measured on folders of pages with the expected results.

``python3 dev.py bench extract --pages FOLDER`` looks for three kinds of sets in the folder:

- ``*/html/ID.html.gz`` beside a ``ground-truth.json`` (``ID -> {articleBody, url}``): text by runs
  of four words, averaged over pages; structure by items that match one to one. The expected
  structure is that of the page for words of that text: items of two words or more, each as often
  as the text has them, because single words are in menus too.
- The same with ``type``, ``title``, ``author`` or ``authors``, ``published``, ``with`` and
  ``without``: see ``benchmarks.page_sets``. ``--worst`` lists the pages far from the truth.
- Folders with ``source.html``, ``expected.html`` and ``expected-metadata.json``: text and
  structure as above. The controls of a wiki do not count: links that edit a section, lead to their
  own heading, or lead back from a note.

``--peers PYTHON`` names an interpreter that has other extractors, whose figures are printed beside;
without it, those of the environment are tried (see ``benchmarks.peers``).
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from lxml import etree

from benchmarks import page_sets
from benchmarks.extracting import BASE, body_of, without_captions
from benchmarks.figures import Figure
from benchmarks.peers import Peers, peers_of
from reader.body.to_text import to_text
from reader.ingest.extract.measure import remove
from reader.ingest.extract.page import parse
from reader.ingest.extract.structure.index import Index
from reader.ingest.extract.structure.section_links import drop_section_links
from reader.ingest.extract.whole import Page, extract

_WORD = re.compile(r"\w+")
_RUN = 4
_ALIKE = 0.7
_BY_TEXT = ("h", "a", "em", "code")
_KINDS = (
    "img", "figure", "figcaption", "table", "pre", "code", "blockquote", "ul", "ol", "li", "h",
    "a", "em",
)  # fmt: skip
_OF_MEAN = ("img", "figure", "table", "pre", "blockquote", "li", "h", "a", "em")
_OF_TEXT = ("h", "li", "a", "em", "blockquote")
_SAME = {f"h{n}": "h" for n in range(1, 7)} | {"i": "em", "b": "em", "strong": "em"}


class Score(NamedTuple):
    """Precision and recall of one page."""

    precision: float
    recall: float


def measure(
    *, pages: Path | None = None, peers: str = sys.executable, worst: bool = False
) -> Iterator[Figure]:
    """Yield the figures of the sets in a folder; none without a folder.

    ``peers`` is an interpreter with other extractors. ``worst`` adds the pages far from the truth.
    """
    if pages is None:
        return
    with peers_of(peers) as ask:
        for truth in sorted(pages.rglob("ground-truth.json")):
            if _has_metadata(truth):
                yield from page_sets.measure(truth, ask, worst=worst)
            else:
                yield from _bodies(truth, ask)
    for folder in sorted({file.parent.parent for file in pages.rglob("expected.html")}):
        yield from _structures(folder)


def _has_metadata(truth: Path) -> bool:
    entries = json.loads(truth.read_text("utf-8"))
    return any("title" in entry for entry in entries.values())


# ---- texts by people


def _bodies(truth: Path, peers: Peers) -> list[Figure]:
    whole: list[Score] = []
    others: dict[str, list[Score]] = {}
    without: list[Score] = []
    counts = {kind: [0, 0, 0] for kind in _OF_TEXT}
    taken = 0.0
    entries = json.loads(truth.read_text("utf-8"))
    for id, entry in entries.items():
        packed = gzip.decompress((truth.parent / "html" / f"{id}.html.gz").read_bytes())
        html, url = packed.decode("utf-8", "replace"), entry["url"]
        before = time.process_time()
        page = extract(html, url)
        body = body_of(page)
        taken += time.process_time() - before
        whole.append(_score(entry["articleBody"], to_text(body)))
        without.append(_score(entry["articleBody"], to_text(without_captions(body))))
        for who, found in peers(html, url).items():
            others.setdefault(who, []).append(_score(entry["articleBody"], found.text))
        wanted = _said_in(entry["articleBody"], _telling(_items(parse(html), url)))
        items = _telling(_items(parse(page.html), url))
        _count(wanted, {kind: [item[1] for item in group] for kind, group in items.items()}, counts)
    name = truth.parent.name
    beside = page_sets.beside({who: 100 * _f1(scores) for who, scores in others.items()})
    return [
        Figure(f"{name}, {len(entries)} pages: text F1", 100 * _f1(whole), "%", beside=beside),
        Figure(f"{name}: captions left out", 100 * _f1(without), "%"),
        Figure(f"{name}: structure F1, all kinds in one", 100 * _one_f1(counts), "%"),
        *_recalls(counts),
        Figure(f"{name}: CPU a page", taken / max(1, len(entries)) * 1000, "ms"),
    ]


def _telling(items: dict[str, list[Any]]) -> dict[str, list[tuple[str, Any]]]:
    """Return the items of more than one word, with their words as a run."""
    telling: dict[str, list[tuple[str, Any]]] = {}
    for kind in _OF_TEXT:
        for item in items.get(kind, []):
            run = " ".join(_WORD.findall(item[0] if kind == "a" else item))
            if " " in run:
                telling.setdefault(kind, []).append((f" {run} ", item))
    return telling


def _said_in(text: str, items: dict[str, list[tuple[str, Any]]]) -> dict[str, list[Any]]:
    """Return the items whose words are in a text, not more often than in the text."""
    words = f" {' '.join(_WORD.findall(text))} "
    wanted: dict[str, list[Any]] = {}
    for kind, each_of in items.items():
        seen: Counter[str] = Counter()
        for run, each in each_of:
            seen[run] += 1
            if seen[run] <= words.count(run):
                wanted.setdefault(kind, []).append(each)
    return wanted


def _one_f1(counts: dict[str, list[int]]) -> float:
    want, got, hit = (sum(numbers) for numbers in zip(*counts.values(), strict=True))
    return float(2 * hit / max(1, want + got))


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))


def _score(wanted: str, extracted: str) -> Score:
    one, other = _runs(wanted), _runs(extracted)
    common = sum((one & other).values())
    precision = common / sum(other.values()) if other else float(not one)
    return Score(precision, common / sum(one.values()) if one else float(not other))


def _f1(scores: list[Score]) -> float:
    precision = sum(score.precision for score in scores) / len(scores)
    recall = sum(score.recall for score in scores) / len(scores)
    return 2 * precision * recall / (precision + recall)


# ---- structure


def _structures(folder: Path) -> list[Figure]:
    counts = {kind: [0, 0, 0] for kind in _KINDS}
    texts: list[float] = []
    tally: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for file in sorted(folder.iterdir()):
        if not (file / "expected.html").is_file():
            continue
        page = extract((file / "source.html").read_text("utf-8", "replace"), BASE)
        wanted, extracted = parse((file / "expected.html").read_text("utf-8")), parse(page.html)
        if wanted is None:
            continue
        for tree in (wanted, extracted):
            _drop_controls(tree)
        score = _score(_text(wanted), "" if extracted is None else _text(extracted))
        both = score.precision + score.recall
        texts.append(2 * score.precision * score.recall / both if both else 0.0)
        _count(_items(wanted), _items(extracted), counts)
        _compare(
            json.loads((file / "expected-metadata.json").read_text("utf-8")), page, tally, right
        )
    return [*_structure_figures(folder.name, texts, counts), *_metadata_figures(tally, right)]


def _drop_controls(root: etree._Element | None) -> None:
    """Remove links that edit a section, and links that are a mere sign, with what held them."""
    if root is None:
        return
    drop_section_links(root, Index(root))
    for link in list(root.iter("a")):
        if (link.get("href") or "").find("#") >= 0 and not _WORD.search("".join(link.itertext())):
            parent, held = link.getparent(), link
            while parent is not None and parent.tag in _SAME and len(parent) == 1:
                held, parent = parent, parent.getparent()
            remove(held)


def _structure_figures(
    name: str, texts: list[float], counts: dict[str, list[int]]
) -> Iterator[Figure]:
    yield Figure(f"{name}, {len(texts)} pages: text F1", 100 * sum(texts) / len(texts), "%")
    measured = [_one_f1({kind: counts[kind]}) for kind in _OF_MEAN if counts[kind][0]]
    mean = sum(measured) / max(1, len(measured))
    yield Figure(f"{name}: structure F1, mean of {len(measured)} kinds", 100 * mean, "%")
    yield from _recalls(counts)


def _recalls(counts: dict[str, list[int]]) -> Iterator[Figure]:
    for kind, (want, _, hit) in counts.items():
        yield Figure(f"    recall of {kind} ({want})", 100 * hit / want if want else 100.0, "%")


def _metadata_figures(given: Counter[str], right: Counter[str]) -> Iterator[Figure]:
    for name, number in given.items():
        yield Figure(f"    {name} right, of {number}", 100 * right[name] / number, "%")


def _compare(wanted: dict[str, Any], page: Page, given: Counter[str], right: Counter[str]) -> None:
    about = page.about
    extracted = {
        "title": about.title, "byline": about.byline, "siteName": about.site,
        "lang": about.language, "excerpt": about.excerpt, "publishedTime": about.published_at,
    }  # fmt: skip
    for name, value in extracted.items():
        meant = " ".join(str(wanted.get(name) or "").split())
        if meant:
            given[name] += 1
            right[name] += _means(name, meant, " ".join(value.split()))


def _means(name: str, wanted: str, extracted: str) -> bool:
    """Return whether two values mean the same: dates by their day, names without "By" and case."""
    if name == "publishedTime":
        return wanted[:10] == extracted[:10]
    if name == "byline":
        wanted, extracted = (value.lower().removeprefix("by ") for value in (wanted, extracted))
    return wanted == extracted


def _count(
    want: dict[str, list[Any]], got: dict[str, list[Any]], counts: dict[str, list[int]]
) -> None:
    for kind, count in counts.items():
        one, other = want.get(kind, []), got.get(kind, [])
        count[0] += len(one)
        count[1] += len(other)
        count[2] += _matches(kind, one, other)


def _matches(kind: str, wanted: list[Any], extracted: list[Any]) -> int:
    if kind in _BY_TEXT:
        return sum((Counter(wanted) & Counter(extracted)).values())
    left, hits = list(extracted), 0
    for item in wanted:
        alike = [_likeness(kind, item, other) for other in left]
        if alike and max(alike) >= _ALIKE:
            left.pop(alike.index(max(alike)))
            hits += 1
    return hits


def _likeness(kind: str, one: Any, other: Any) -> float:
    if kind == "img":
        return float(bool(one & other))
    first, second = Counter(_WORD.findall(one)), Counter(_WORD.findall(other))
    size = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / size if size else 1.0


def _items(root: etree._Element | None, base: str = BASE) -> dict[str, list[Any]]:
    items: dict[str, list[Any]] = {}
    for element in () if root is None else root.iter():
        if not isinstance(element.tag, str):
            continue
        kind = _SAME.get(element.tag, element.tag)
        between = "" if kind in _BY_TEXT else " "  # blocks separate the words of blocks
        text = " ".join(between.join(element.itertext()).split()).removesuffix(
            "[]"
        )  # of an edit link
        if kind == "img":
            named = " ".join(element.attrib.values())
            places = {*re.findall(r"(?:https?:)?//[^ \"']+", named), element.get("src") or ""}
            items.setdefault(kind, []).append({urljoin(base, x.rstrip(",")) for x in places if x})
        elif kind == "a" and element.get("href"):
            address = urljoin(base, element.get("href"))
            items.setdefault(kind, []).append((text, address))
        elif kind in _KINDS and kind != "a" and (kind != "em" or text):
            items.setdefault(kind, []).append(text)
    return items


def _text(root: etree._Element) -> str:
    return " ".join(root.itertext())
