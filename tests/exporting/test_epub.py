"""Books: what ``epubcheck`` would find is looked for here, as far as it happened."""

import re
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree
from tests.exporting.conftest import Add

from reader.exporting.export import export
from reader.exporting.kinds import Kind, Wanted
from reader.ingest import draw
from reader.library.library import Library
from reader.outcomes import ImportResult
from reader.reasons import Reason


@pytest.fixture(autouse=True)
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave covers as drawings, because another process would draw them."""
    monkeypatch.setattr(draw, "render", lambda *_args: b"")


def _made(library: Library, file: Path, *ids: int) -> tuple[ImportResult, dict[str, bytes]]:
    result = export(library, Wanted(Kind.EPUB, ids, "All <of> it"), file)
    with ZipFile(file) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert archive.read(first) == b"application/epub+zip"
        return result, {name: archive.read(name) for name in archive.namelist()}


def _check(files: dict[str, bytes]) -> None:
    """Check that all parts are XML, that ids are unique, and that links lead to parts."""
    trees = {
        name: etree.fromstring(data)
        for name, data in files.items()
        if name.endswith((".xhtml", ".opf", ".xml", ".svg"))
    }
    ids = {name: [*map(str, tree.xpath("//@id"))] for name, tree in trees.items()}
    assert all(len(each) == len({*each}) for each in ids.values())
    for name, tree in trees.items():
        for target in map(str, tree.xpath("//@href | //@src")):
            if not re.match(r"https?:|mailto:", target):
                file, _, place = target.partition("#")
                part = f"EPUB/{file}" if file else name
                assert part in files, target
                assert not place or place in ids[part], target
    listed = {f"EPUB/{each}" for each in trees["EPUB/package.opf"].xpath("//*[@media-type]/@href")}
    assert listed == {*files} - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}


def test_an_article_is_a_book(library: Library, add: Add, red: str, tmp_path: Path) -> None:
    id = add("A & B", picture=red, byline="Me", language="en", lead=red)
    _, files = _made(library, tmp_path / "a.epub", id)
    _check(files)
    assert f"EPUB/images/{red}" in files
    assert files["EPUB/cover.png"] == files[f"EPUB/images/{red}"]
    contents = files["EPUB/nav.xhtml"].decode()
    assert (
        contents.index("A &amp; B") < contents.index("Second part") < contents.index("Third part")
    )
    text = files["EPUB/article-1.xhtml"].decode()
    assert 'epub:type="noteref" role="doc-noteref" href="#a1-n1"' in text
    assert 'alt="A red field"' in text


def test_a_shelf_is_a_book_whose_articles_lead_to_each_other(
    library: Library, add: Add, tmp_path: Path
) -> None:
    ids = (
        add("One", "See [two](https://example.org/two#x).", url="https://example.org/one"),
        add("Waiting", ""),
        add("Two", "See [waiting](https://example.org/w).", url="https://example.org/two"),
        77,
    )
    result, files = _made(library, tmp_path / "book.epub", *ids)
    _check(files)
    assert [row.outcome for row in result.rows] == ["added", "skipped", "added", "failed"]
    assert result.rows[1].reasons == {Reason.WAITING}
    assert 'href="article-3.xhtml"' in files["EPUB/article-1.xhtml"].decode()
    assert "<dc:title>All &lt;of&gt; it</dc:title>" in files["EPUB/package.opf"].decode()


def test_an_article_that_cannot_be_written_is_left_out(
    library: Library, add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.exporting import xhtml

    ids = (
        add("One", "Good [two](https://example.org/two)."),
        add("Two", "Bad.", url="https://example.org/two"),
    )
    really = xhtml.text
    monkeypatch.setattr(xhtml, "text", lambda words: really(words) if words != "Bad." else 1 / 0)
    result, files = _made(library, tmp_path / "book.epub", *ids)
    _check(files)
    assert [row.outcome for row in result.rows] == ["added", "failed"]


def test_equal_books_have_equal_bytes(library: Library, add: Add, tmp_path: Path) -> None:
    ids = add("One"), add("Two")
    assert _made(library, tmp_path / "a", *ids)[1] == _made(library, tmp_path / "b", *ids)[1]
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    for outcome in ("added", "added"):
        result = export(library, Wanted(Kind.EPUB, ids, "Shelf"), tmp_path)
        assert [row.outcome for row in result.rows] == [outcome] * 2
    assert [each.name for each in tmp_path.glob("*.epub")] == ["Shelf.epub"]


def test_right_to_left_books_turn_their_pages_so(
    library: Library, add: Add, tmp_path: Path
) -> None:
    _, files = _made(library, tmp_path / "a.epub", add("שלום", "עברית", language="he"))
    _check(files)
    assert b'page-progression-direction="rtl"' in files["EPUB/package.opf"]
    assert b'lang="he" xml:lang="he" dir="rtl"' in files["EPUB/article-1.xhtml"]


@pytest.mark.parametrize("title", ["", " \u200b", "\x00\ud800]]>&", "x" * 5000, "\n\t--><b>"])
def test_any_title_makes_a_valid_book(
    library: Library, add: Add, tmp_path: Path, title: str
) -> None:
    link = (
        "[a](http://exa%20mple/) [b](http://[::1]/) [c](https://例え.jp/ü?q=ü) [d](http://1.2.3/)"
    )
    id = add("x", link, byline=title, site=title, excerpt=title, tags=(title,), language=title[:9])
    library.set_title(id, title.replace("\ud800", ""))
    _, files = _made(library, tmp_path / "a.epub", id)
    _check(files)
