"""Printing: PDFs of 10 and 300 pages and a book of 500 articles, compared with other programs.

The same article goes through each program, with the same typeface, size and margins. Programs are
looked up on PATH: ``typst``, ``chromium`` (or ``google-chrome``) and ``weasyprint``. Memory is that
of the largest process of a program, which favours those that have several.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QFont, QPageSize, QPdfWriter, QTextDocument

from benchmarks import typst
from benchmarks.figures import BUILD, Figure, ratio
from benchmarks.make_library import make
from benchmarks.words import Words
from reader.anchor import Anchor
from reader.body.from_html import from_html
from reader.body.to_html import to_html
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.model import Article, State
from reader.printing.book import Book
from reader.printing.glimpse import first_steps, glimpse_of
from reader.printing.pdf.write import to_pdf
from reader.printing.piece import entry_of
from reader.resources import resource
from reader.sheet import Sheet

_TEN, _THREE_HUNDRED = 30_000, 960_000
_RUNS = 5
_READER = "import sys; from reader.cli import main; sys.exit(main())"
_KEEPER = """
import ctypes, os, resource, subprocess, sys
ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: orphans come to us
subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
_STYLE = """
@page {{ size: A4; margin: 20mm }}
@font-face {{ font-family: Lit; src: url(file://{regular}) }}
@font-face {{ font-family: Lit; font-weight: bold; src: url(file://{bold}) }}
body {{ font: 11pt/1.42 Lit; margin: 0 }}
"""


class Run(NamedTuple):
    """The cost of a process: CPU seconds, peak memory in MB, and the size of its file in kB."""

    seconds: float
    megabytes: float
    kilobytes: float


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of paper."""
    _application()
    figures = [*_inside(10, _TEN, 0.12), *_inside(300, _THREE_HUNDRED, 1.2)]
    figures += [*_first_page(_THREE_HUNDRED), *_first_page(2 * _THREE_HUNDRED)]
    with tempfile.TemporaryDirectory() as folder:
        figures += _beside(Path(folder), 10, _TEN, 3.0)
        figures += _beside(Path(folder), 300, _THREE_HUNDRED, 2.0)
        figures += _beside_typst(Path(folder), 10, _TEN, 5)
        figures += _beside_typst(Path(folder), 300, _THREE_HUNDRED, 3)
        figures += _book(Path(folder))
    return figures


# ---- in the running program


def _inside(pages: int, size: int, most: float) -> list[Figure]:
    article = article_of(_page(size))
    pictures = Pictures(lambda _: None)
    taken, bare, counted = [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(_RUNS + 1):
            before = time.process_time()
            book = Book([entry_of(article)], lambda _: article, Sheet(), pictures)
            for _ in to_pdf(book, Path(folder, "a.pdf")):
                pass
            taken.append(time.process_time() - before)
            counted = len(book.pages)
            bare.append(_bare(article.html, Path(folder, "b.pdf")))
    pictures.close()
    ratios = [one / other for one, other in zip(taken[1:], bare[1:], strict=True)]
    return [
        Figure(f"{counted} pages, outline included, CPU", statistics.median(taken[1:]), "s", most),
        Figure("… as a multiple of Qt's own printing, no outline", statistics.median(ratios), "x"),
    ]


def _first_page(size: int) -> list[Figure]:
    """Measure the first pages of a print window, and them as a part of the whole layout."""
    article = article_of(_page(size))._replace(words=size // 6)
    pictures = Pictures(lambda _: None)
    firsts, wholes = list[float](), list[float]()
    for _ in range(_RUNS):
        book = Book([entry_of(article)], lambda _: article, Sheet(), pictures)
        glimpse = glimpse_of(book)
        assert glimpse is not None
        for steps, taken in ((first_steps(glimpse), firsts), (book.steps(), wholes)):
            before = time.process_time()
            for _ in steps:
                pass
            taken.append(time.process_time() - before)
    pictures.close()
    first = statistics.median(firsts)
    return [
        Figure(f"the first pages of {size // 1000:,} kB, CPU", first, "s", 0.1),
        Figure("… as a part of the whole layout", first / statistics.median(wholes), "x", 0.3),
    ]


def _bare(html: str, file: Path) -> float:
    """Return the CPU seconds of Qt alone: the limit."""
    before = time.process_time()
    writer = QPdfWriter(str(file))
    writer.setResolution(1200)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    document = QTextDocument()
    document.setDefaultFont(QFont("Literata", 11))
    document.documentLayout().setPaintDevice(writer)
    document.setPageSize(writer.pageLayout().paintRectPixels(1200).size().toSizeF())
    document.setHtml(html)
    document.print_(writer)
    del document, writer
    return time.process_time() - before


# ---- whole processes


def _beside(folder: Path, pages: int, size: int, times: float) -> list[Figure]:
    page = folder / f"{pages}.html"
    fonts = {
        name: resource("fonts", f"Literata-{name.title()}.ttf") for name in ("regular", "bold")
    }
    style = _STYLE.format(**fonts)
    text = f"<style>{style}</style>{_page(size)}"
    page.write_text(f'<!doctype html><html lang="en"><meta charset="utf-8">{text}</html>', "utf-8")
    target = folder / "out.pdf"
    commands = {
        "Reader": [sys.executable, "-c", _READER, "print", page, "--pdf", target],
        **_others(page, target),
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(3 if pages < 100 else 1):
        for name, command in commands.items():
            runs[name].append(_run(command, target))
    return [*_figures(pages, runs, times)]


def _figures(pages: int, measured: dict[str, list[Run]], times: float) -> list[Figure]:
    middle = {
        name: Run(*(statistics.median(values) for values in zip(*runs, strict=True)))
        for name, runs in measured.items()
    }
    figures = []
    for name, run in middle.items():
        figures += [
            Figure(f"{pages} pages, whole process: {name}, CPU", run.seconds, "s"),
            Figure(f"    {name}, peak memory", run.megabytes, "MB"),
            Figure(f"    {name}, size", run.kilobytes, "kB"),
        ]
    ours = middle.pop("Reader")
    if middle:
        fastest = min(run.seconds for run in middle.values())
        least = min(run.megabytes for run in middle.values())
        figures += [
            Figure("  time as a part of the faster one's", ours.seconds / fastest, "x", 1 / times),
            Figure("  memory as a part of the smaller one's", ours.megabytes / least, "x", 1.0),
        ]
    for name, most in (("Chromium", 1.0), ("WeasyPrint", 1.5)):
        if name in middle:
            part = ours.kilobytes / middle[name].kilobytes
            figures.append(Figure(f"  size as a multiple of {name}'s", part, "x", most))
    return figures


def _others(page: Path, target: Path) -> dict[str, list[object]]:
    commands: dict[str, list[object]] = {}
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium:
        commands["Chromium"] = [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            "--generate-pdf-document-outline", f"--print-to-pdf={target}", page.as_uri(),
        ]  # fmt: skip
    if weasyprint := shutil.which("weasyprint"):
        commands["WeasyPrint"] = [weasyprint, page, target]
    return commands


def _run(command: list[object], target: Path) -> Run:
    """Run a command under a small process that waits for all its descendants."""
    target.unlink(missing_ok=True)
    words = [str(word) for word in command]
    output = subprocess.check_output([sys.executable, "-S", "-c", _KEEPER, *words], text=True)
    if not target.exists():
        raise RuntimeError(f"{command[0]} made no PDF")
    seconds, kilobytes = output.split()
    return Run(float(seconds), float(kilobytes) / 1024, target.stat().st_size / 1024)


# ---- beside Typst

_FINE = ("--justified", "--hyphenated", "--finely")
_SHEETS = {
    "plain": ((), {10: 2.0, 300: 1.0}),
    "justified, hyphenated, tagged": (("--justified", "--hyphenated", "--tagged"), {300: 1.3}),
    "set finely": (_FINE, {300: 1.8}),
    "with everything": ((*_FINE, "--tagged", "--archived", "--links", "numbered", "--code"), {}),
}
_MOST_MEGABYTES = 230


def _beside_typst(folder: Path, pages: int, size: int, runs: int) -> list[Figure]:
    """Return the CPU of several sheets as multiples of Typst's, and the memory of all.

    Typst sets and tags the text justified and hyphenated by total fit.
    """
    page, source, target = (folder / f"{pages}.{end}" for end in ("html", "typ", "pdf"))
    setting = typst.Setting.of(Sheet(justified=True))
    source.write_text(typst.source_of(from_html(_page(size)).blocks, setting), "utf-8")
    theirs = typst.command(source, target)
    reader = [sys.executable, "-c", _READER, "print", page, "--pdf", target]
    ours: dict[str, list[Run]] = {name: [] for name in _SHEETS}
    other: list[Run] = []
    for _ in range(runs):
        other += [_run(theirs, target)] if theirs else []
        for name, (options, _) in _SHEETS.items():
            ours[name].append(_run([*reader, *options], target))
    figures = []
    for name, taken in ours.items():
        most = _SHEETS[name][1].get(pages)
        title = f"{pages} pages {name}"
        if theirs:
            times = ratio([run.seconds for run in taken], [run.seconds for run in other])
            figures.append(Figure(f"{title}, CPU as a multiple of Typst's", times, "x", most))
        memory = max(run.megabytes for run in taken)
        figures.append(Figure(f"    {title}, peak memory", memory, "MB", _MOST_MEGABYTES))
    return figures


# ---- a book


def _book(folder: Path) -> list[Figure]:
    library = make(BUILD / "book", 1000, with_text=True)
    target = folder / "book.pdf"
    ids = [str(number) for number in range(1, 501)]
    command = [sys.executable, "-c", _READER, "--library", library, "print", *ids, "--pdf", target]
    run = _run(command, target)
    return [
        Figure("a book of 500 articles, CPU", run.seconds, "s"),
        Figure("    peak memory", run.megabytes, "MB", 600),
        Figure("    size", run.kilobytes, "kB"),
    ]


# ---- an article


def _page(size: int) -> str:
    words = Words(5)
    blocks: list[str] = []
    for number, text in enumerate(words.paragraphs(size)):
        kind = number % 12
        items = "".join(f"<li>{words.sentence(9)}</li>" for _ in range(5))
        link = f'<a href="https://example.org/{number}">{words.sentence(2)}</a>'
        blocks.append(
            f"<h2>{words.sentence(5)}</h2>" if kind == 0
            else f"<blockquote><p>{text}</p></blockquote>" if kind == 5
            else f"<ul>{items}</ul>" if kind == 7
            else f"<p>{text} <b>{words.sentence(3)}</b> {link}</p>"
        )  # fmt: skip
    return "\n".join(blocks)


def article_of(html: str, pictures: tuple[str, ...] = ()) -> Article:
    """Return an article with this HTML."""
    return Article(
        id=1, uid="", url="", title="A long article", byline="", site="", language="en",
        excerpt="", words=1, published_at="", added_at="", downloaded_at="x", opened_at="",
        read_at="", state=State.QUEUE, place="", favourite=False, tags=(), views=0,
        position=Anchor(), progress=0, lead="", html=to_html(from_html(html)), pictures=pictures,
    )  # fmt: skip
