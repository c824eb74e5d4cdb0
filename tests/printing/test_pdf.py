"""Paper: whole or not there, in order, no line cut, links live, nothing twice."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.document.build import Document
from reader.document.images import Pictures
from reader.errors import PrintError
from reader.model import Article, Position, State
from reader.printing.paginate import pages
from reader.printing.pdf import to_pdf
from reader.printing.sheets import sheet_of
from reader.progress import Cancelled
from reader.settings import Settings

_POPPLER = shutil.which("pdftotext") is not None
needs_poppler = pytest.mark.skipif(not _POPPLER, reason="pdftotext is not installed")

_LONG = "\n\n".join(
    f"## Heading{n}\n\n" + " ".join(f"word{n}x{m}" for m in range(90 + n % 7)) for n in range(70)
)
_TABLE = "| Head | Other |\n|---|---|\n" + "".join(f"| cell{n} | c |\n" for n in range(120))


@pytest.fixture
def pictures(qtbot: QtBot) -> Iterator[Pictures]:
    made = Pictures(lambda _: None)
    yield made
    made.close()


def _article(markdown: str) -> Article:
    return Article(
        id=1, uid="u", url="https://example.org/a", title="The <b>Title</b>", byline="Author",
        site="site", language="", excerpt="", words=10, published_at="2026-11-25", added_at="",
        downloaded_at="x", opened_at="", read_at="", state=State.QUEUE, place="", favourite=False,
        tags=(), views=0, position=Position(), progress=0, lead="",
        html=to_html(from_markdown(markdown)), pictures=(),
    )  # fmt: skip


def _text(file: Path) -> str:
    return subprocess.check_output(["pdftotext", "-layout", str(file), "-"], text=True)


def _print(markdown: str, pictures: Pictures, file: Path) -> int:
    return to_pdf(_article(markdown), sheet_of(Settings()), pictures, file)


@needs_poppler
def test_every_word_is_there_once_and_in_order(pictures: Pictures, tmp_path: Path) -> None:
    count = _print(_LONG, pictures, tmp_path / "a.pdf")
    assert count > 10
    found = re.findall(r"word\d+x\d+", _text(tmp_path / "a.pdf"))
    wanted = re.findall(r"word\d+x\d+", _LONG)
    assert Counter(found) == Counter(wanted)
    assert found == wanted


@needs_poppler
def test_pages_are_numbered_and_know_their_title(pictures: Pictures, tmp_path: Path) -> None:
    count = _print(_LONG, pictures, tmp_path / "a.pdf")
    sheets = _text(tmp_path / "a.pdf").split("\f")[:count]
    assert all(f"{n} / {count}" in sheet for n, sheet in enumerate(sheets, 1))
    assert all("The <b>Title</b>" in sheet for sheet in sheets)


@needs_poppler
def test_words_with_ligatures_are_found(pictures: Pictures, tmp_path: Path) -> None:
    _print("The office is a fine waffle. Thin flowers.", pictures, tmp_path / "a.pdf")
    assert "The office is a fine waffle. Thin flowers." in _text(tmp_path / "a.pdf")


@needs_poppler
def test_a_table_begins_each_page_with_its_head(pictures: Pictures, tmp_path: Path) -> None:
    count = _print(_TABLE, pictures, tmp_path / "a.pdf")
    sheets = _text(tmp_path / "a.pdf").split("\f")[:count]
    assert count > 1
    assert all("Head" in sheet for sheet in sheets)
    assert Counter(re.findall(r"cell\d+", "".join(sheets))) == Counter(
        re.findall(r"cell\d+", _TABLE)
    )


def test_links_and_places_are_live(pictures: Pictures, tmp_path: Path) -> None:
    _print("[out](https://example.org/x)[^1]\n\n[^1]: n", pictures, tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes()
    assert b"/URI (https://example.org/x)" in data
    assert data.count(b"/Dest") >= 3
    assert b"/Title" in data


def test_pages_cut_no_line_and_leave_no_heading_alone(pictures: Pictures) -> None:
    document = Document(sheet_of(Settings()).look, pictures)
    document.setTextWidth(500)
    body = from_markdown(_LONG + "\n\n" + _TABLE + "\n\n```\n" + "code\n" * 200 + "```\n")
    document.grow(iter(body.blocks))
    made = pages(document, 700)
    layout = document.documentLayout()
    assert made[0].top == 0
    for page, following in pairwise(made):
        assert page.bottom == following.top
        assert page.bottom - page.top + page.shift <= 700.01
    cuts = [page.bottom for page in made[:-1]]
    block = document.firstBlock()
    while block.isValid():
        top = layout.blockBoundingRect(block).top()
        for index in range(block.layout().lineCount()):
            line = block.layout().lineAt(index)
            start, end = top + line.y() + 1, top + line.y() + line.height() - 1
            assert not any(start < cut < end for cut in cuts)
        if block.blockFormat().headingLevel():
            after = layout.blockBoundingRect(block.next()).top()
            assert not any(top + 1 < cut <= after + 1 for cut in cuts)
        block = block.next()


def test_stopping_leaves_nothing_and_an_older_file_alone(
    pictures: Pictures, tmp_path: Path
) -> None:
    target = tmp_path / "a.pdf"
    target.write_text("older")

    def stop(done: int, _total: int, _text: str) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        to_pdf(_article(_LONG), sheet_of(Settings()), pictures, target, stop)
    assert target.read_text() == "older"
    assert list(tmp_path.iterdir()) == [target]


def test_places_where_no_pdf_can_be_are_named(pictures: Pictures, tmp_path: Path) -> None:
    with pytest.raises(PrintError, match="no folder"):
        _print("x", pictures, tmp_path / "none" / "a.pdf")
    with pytest.raises(PrintError, match="is a folder"):
        _print("x", pictures, tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk here")
def test_a_full_disk_leaves_nothing(
    pictures: Pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource
    import signal

    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(PrintError, match=r"full|could not be written"):
            _print(_LONG, pictures, tmp_path / "a.pdf")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "markdown", ["", "x" * 20_000, "עברית " * 500, "漢字" * 2000, "> " * 20 + "deep", "***\n\n***"]
)
def test_odd_articles_have_pages_too(pictures: Pictures, tmp_path: Path, markdown: str) -> None:
    assert _print(markdown, pictures, tmp_path / "a.pdf") >= 1
