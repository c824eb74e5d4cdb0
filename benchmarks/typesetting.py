"""How well lines and pages are filled, beside Typst for the same text.

``python3 dev.py bench typesetting`` sets a made-up article; with ``--pages FOLDER`` also the
longest articles of a folder of pages with their ``expected.html``. The spaces between words are
measured in the finished files by ``pdftotext`` of Poppler, if that is on PATH.
"""

import re
import shutil
import statistics
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QImage

from benchmarks import typst
from benchmarks.figures import Figure, cpu_ms
from benchmarks.paper import article_of
from benchmarks.words import Words
from reader.body.from_html import from_html
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.model import Article
from reader.printing.book import Book
from reader.printing.pdf.write import to_pdf
from reader.printing.piece import entry_of
from reader.printing.sheets import PRESETS
from reader.sheet import Sheet

_ARTICLES = 3
_LOOSE_EM = 0.5
_COMMON = 0.25  # of the lines at the commonest right edge: so many end at the edge of a column
_HYPHENS = ("-", "\N{HYPHEN}", "\N{SOFT HYPHEN}")
_PICTURES = ((1600, 1000), (800, 1100), (1200, 600), (640, 640), (1000, 1500), (900, 500))
_COUNT = 56
_WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>'
)


def measure(*, pages: Path | None = None) -> list[Figure]:
    """Return the figures of lines and pages; ``pages`` is a folder of real pages."""
    _application()
    figures = [*_cost(), *_unused("Article"), *_unused("Newspaper")]
    if shutil.which("pdftotext"):
        for name, html in (("made up", _text(60_000)), *_longest(pages)):
            figures += _lines(name, html)
    return figures


# ---- lines


class Lines(NamedTuple):
    """The justified lines of a file: their number, and the loose and divided ones in percent."""

    number: int
    loose: float
    divided: float


def _lines(name: str, html: str) -> list[Figure]:
    sheet = PRESETS["Newspaper"]._replace(finely=True)
    with tempfile.TemporaryDirectory() as folder:
        source, ours, theirs = (Path(folder, file) for file in ("a.typ", "ours.pdf", "theirs.pdf"))
        _print(html, sheet, ours)
        mine = lines_of(ours, sheet.size_pt)
        figures = [
            Figure(f"{name}: lines with spaces over 0.5 em", mine.loose, "%"),
            Figure(f"{name}: lines that end in a divided word", mine.divided, "%"),
        ]
        source.write_text(typst.source_of(from_html(html).blocks, typst.Setting.of(sheet)), "utf-8")
        if command := typst.command(source, theirs):
            subprocess.run([str(word) for word in command], check=True)
            other = lines_of(theirs, sheet.size_pt)
            figures += [
                Figure(f"    {name}: loose lines of Typst", other.loose, "%"),
                Figure(f"    {name}: … less than ours by", mine.loose - other.loose, "%", 0.0),
                Figure(f"    {name}: divided words of Typst", other.divided, "%"),
                Figure(
                    f"    {name}: … ours as a multiple of them",
                    mine.divided / max(0.1, other.divided), "x", 1.2,
                ),
            ]  # fmt: skip
    return figures


def lines_of(file: Path, size_pt: float) -> Lines:
    """Return the justified lines of a PDF set in type of this size."""
    found = [words for words in _words(file) if len(words) > 2]
    edges = Counter(round(words[-1][1]) for words in found)
    common = {edge for edge, count in edges.items() if count > _COMMON * max(edges.values())}
    good = {edge + step for edge in common for step in (-1, 0, 1)}
    justified = [words for words in found if round(words[-1][1]) in good]
    spaces = [
        statistics.mean(right[0] - left[1] for left, right in pairwise(words)) / size_pt
        for words in justified
    ]
    count = max(1, len(spaces))
    loose = sum(space > _LOOSE_EM for space in spaces)
    divided = sum(words[-1][2].endswith(_HYPHENS) for words in justified)
    return Lines(len(spaces), 100 * loose / count, 100 * divided / count)


def _words(file: Path) -> Iterator[list[tuple[float, float, str]]]:
    """Yield the lines of a file: left, right and text of each word, in points."""
    text = subprocess.check_output(["pdftotext", "-bbox-layout", file, "-"], text=True)
    for line in text.split("<line ")[1:]:
        yield [(float(left), float(right), word) for left, right, word in _WORD.findall(line)]


def _cost() -> list[Figure]:
    """Return what total fit costs a page."""
    html = _text(200_000)
    sheet = Sheet(justified=True, hyphenated=True)
    taken: dict[bool, list[float]] = {False: [], True: []}
    pages = 1
    for _ in range(4):
        for finely, times in taken.items():
            book = _book(html, sheet._replace(finely=finely))
            steps = book.steps()
            times.append(cpu_ms(partial(list, steps)))
            pages = len(book.pages)
    more = statistics.median(
        fine - plain for plain, fine in zip(taken[False][1:], taken[True][1:], strict=True)
    )
    return [Figure("total fit, CPU a page", more / pages, "ms", 4.0)]


# ---- pages


def _unused(preset: str) -> list[Figure]:
    """Return how much of the text area of all pages but the last is empty below the text."""
    with tempfile.TemporaryDirectory() as folder:
        files = {f"{number:064x}.png": size for number, size in enumerate(_PICTURES)}
        for name, size in files.items():
            QImage(*size, QImage.Format.Format_Grayscale8).save(str(Path(folder, name)))
        html = "".join(_illustrated(files))
        pictures = Pictures(lambda name: Path(folder, name))
        book = _book(html, PRESETS[preset], pictures)
        for _ in book.steps():
            pass
        empty = [_empty(book, number) for number in range(len(book.pages) - 1)]
        pictures.close()
    return [
        Figure(f"{preset}, {_COUNT} pictures: unused area", 100 * statistics.mean(empty), "%", 6.0),
        Figure(f"    {preset}: pages", len(book.pages), ""),
    ]


def _illustrated(files: dict[str, tuple[int, int]]) -> Iterator[str]:
    words = Words(7)
    names = [*files]
    for number in range(_COUNT):
        name = names[number * 5 % len(names)]
        wide, high = files[name]
        for _ in range(1 + number % 4):
            yield f"<p>{words.paragraph(70)}</p>"
        caption = f"<figcaption>{words.sentence(9)}</figcaption>" if number % 3 else ""
        picture = f'<img src="{name}" width="{wide}" height="{high}">'
        yield f"<figure>{picture}{caption}</figure>"
        if number % 9 == 8:
            yield f"<h2>{words.sentence(4)}</h2>"


def _empty(book: Book, number: int) -> float:
    """Return the part of a page's text area that is below the last line of its columns."""
    lowest: dict[float, float] = {}
    for placed in book.pages[number].placed:
        below = placed.y + placed.slice.height
        lowest[placed.x] = max(lowest.get(placed.x, 0.0), below)
    foot = book.top + book.height
    unused = sum(max(0.0, foot - low) for low in lowest.values())
    unused += book.height * max(0, book.columns - len(lowest))
    return unused / (book.height * max(book.columns, len(lowest)))


# ---- articles


def _longest(pages: Path | None) -> Sequence[tuple[str, str]]:
    """Return the longest articles of a folder that have text in letters with spaces."""
    files = [*pages.rglob("expected.html")] if pages else []
    texts = ((file.parent.name, file.read_text("utf-8")) for file in files)
    latin = [(name, text) for name, text in texts if text.isascii() or text.count(" ") > 2000]
    return sorted(latin, key=lambda each: len(each[1]))[-_ARTICLES:]


def _text(characters: int) -> str:
    return "".join(f"<p>{text}</p>" for text in Words(3).paragraphs(characters))


def _book(html: str, sheet: Sheet, pictures: Pictures | None = None) -> Book:
    article: Article = article_of(html)
    return Book([entry_of(article)], lambda _: article, sheet, pictures or Pictures(lambda _: None))


def _print(html: str, sheet: Sheet, target: Path) -> None:
    for _ in to_pdf(_book(html, sheet), target):
        pass
