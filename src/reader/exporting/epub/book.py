"""Articles as one EPUB 3 book: one after the other, with a cover and contents."""

import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reader.body.blocks import Body, Picture
from reader.errors import ReaderError
from reader.exporting.article import article_of
from reader.exporting.epub import package
from reader.exporting.epub.cover import cover_of
from reader.exporting.epub.package import Chapter, Contents
from reader.exporting.links import valid
from reader.exporting.pieces import Piece, Work, failed
from reader.exporting.xhtml import Addresses
from reader.outcomes import ImportRow, Outcome
from reader.resources import resource

_LEVEL = 6


class _Plan(NamedTuple):
    """The files of the articles by their ids, and by the addresses that other articles link to."""

    files: dict[int, str]
    addresses: dict[str, str]


def write(work: Work, file: IO[bytes]) -> Iterator[ImportRow]:
    """Write a book; an article without a text is left out."""
    plan = _plan(work)
    with ZipFile(file, "w") as archive:
        book = _Book(archive, plan, work.wanted.title if len(plan.files) > 1 else "")
        for piece in work.pieces():
            yield piece if isinstance(piece, ImportRow) else _added(book, piece)
        book.close()


def of_one(piece: Piece) -> bytes:
    """Return an article as a book."""
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        book = _Book(archive, _Plan({piece.article.id: "article-1.xhtml"}, {}), "")
        book.add(piece)
        book.close()
    return written.getvalue()


def _added(book: "_Book", piece: Piece) -> ImportRow:
    title, id = piece.article.title, piece.article.id
    if id not in book.plan.files:
        return ImportRow(title, Outcome.SKIPPED, id, piece.remarks)
    try:
        book.add(piece)
    except Exception as error:  # trouble with one article is one row; others may link to it
        book.add(piece._replace(body=Body(), highlights=()))
        return failed(title, id, error)
    return ImportRow(title, Outcome.ADDED, id, piece.remarks)


def _plan(work: Work) -> _Plan:
    plan = _Plan({}, {})
    for number, id in enumerate(work.wanted.ids, 1):
        with suppress(ReaderError):
            address = work.library.known.address_of_text(id)
            if address is not None:
                plan.files[id] = f"article-{number}.xhtml"
                if bare := _bare(address):  # that of a file on this computer is none
                    plan.addresses.setdefault(bare, plan.files[id])
    return plan


def _bare(address: str) -> str:
    return valid(address).partition("#")[0].rstrip("/")


class _Book:
    def __init__(self, archive: ZipFile, plan: _Plan, title: str) -> None:
        self.plan = plan
        self._archive = archive
        self._title = title
        self._chapters: list[Chapter] = []
        self._pictures: dict[str, Path] = {}
        self._put("mimetype", package.MEDIA_TYPE.encode(), packed=False)
        self._put("META-INF/container.xml", package.CONTAINER.encode())
        self._put("EPUB/style.css", resource("style", "book.css").read_bytes())

    def add(self, piece: Piece) -> None:
        """Add an article, if it can be written, and its pictures."""
        used: dict[str, Path] = {}

        def picture(picture: Picture) -> str:
            name = picture.name
            file = self._pictures.get(name) or (piece.picture(name) if name else None)
            if file is None:
                return ""
            used[name] = file
            return f"images/{name}"

        file = self.plan.files[piece.article.id]
        addresses = Addresses(picture, self._link, is_epub=True)
        made, sections = article_of(piece, addresses, f"a{len(self._chapters) + 1}-")
        for name, path in used.items():
            if name not in self._pictures:
                self._put(f"EPUB/images/{name}", path.read_bytes(), packed=False)
                self._pictures[name] = path
        self._put(f"EPUB/{file}", package.page(piece.article.title, made).encode(errors="replace"))
        self._chapters.append(Chapter(piece.article, file, tuple(sections), bool(used)))

    def close(self) -> None:
        """Add the pages before the articles, if there are any articles."""
        if not self._chapters:
            return
        title = self._title or self._chapters[0].article.title
        cover = cover_of(title, self._chapters, self._pictures)
        contents = Contents(title, bool(self._title), cover.name, tuple(self._chapters))
        files = {
            f"EPUB/{cover.name}": cover.data,
            "EPUB/cover.xhtml": package.cover_page(contents).encode(errors="replace"),
            "EPUB/nav.xhtml": package.navigation(contents).encode(errors="replace"),
        }
        for name, data in files.items():
            self._put(name, data, packed=not name.endswith((".png", ".jpg")))
        described = package.package(contents, self._pictures)
        self._put("EPUB/package.opf", described.encode(errors="replace"))

    def _link(self, address: str) -> str:
        if not address:
            return ""
        target = valid(address)
        return self.plan.addresses.get(target.partition("#")[0].rstrip("/"), target)

    def _put(self, name: str, data: bytes, *, packed: bool = True) -> None:
        info = ZipInfo(name)  # its time is always the same: equal books have equal bytes
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = 0o644 << 16
        self._archive.writestr(info, data, compresslevel=_LEVEL if packed else None)
