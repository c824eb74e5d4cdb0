"""The texts of an export become bodies, read exactly as files and pages are.

The metadata in the export count more than those in the text.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from urllib.parse import unquote

from reader.body import clean
from reader.body.blocks import Body, Picture
from reader.body.from_html import FindPicture, from_html
from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.body.to_text import count_words, excerpt, to_text
from reader.entries import Entry, TextKind
from reader.errors import IngestError
from reader.importing import own_text
from reader.ingest import files, images
from reader.ingest.attachments import kept_file
from reader.ingest.badges import SmallBadges, with_words_of_badges
from reader.ingest.decode import decode
from reader.ingest.epub.book import read_book
from reader.ingest.extract.page import parse
from reader.ingest.extract.page_metadata import metadata_of
from reader.ingest.extract.whole import whole_page
from reader.ingest.front_matter import about_front_matter, split_front_matter, split_tag_lines
from reader.ingest.metadata import Metadata
from reader.ingest.picture_sizes import given_size
from reader.ingest.plain_text import as_html
from reader.ingest.saved import spellings
from reader.ingest.sniff import kind_of
from reader.model import Clipping, Making

_TYPES = {
    TextKind.HTML: "text/html; charset=utf-8",
    TextKind.MARKDOWN: "text/markdown",
    TextKind.PLAIN: "text/plain",
    TextKind.EPUB: "application/epub+zip",
}
_PAGE = re.compile(r"<(?:nav|script|style|aside|footer|iframe|noscript|template|video|audio)\b")
"""Elements of pages that no program has tidied yet: scripts would show them otherwise."""


def prepared(entry: Entry, keep: images.Keep) -> Entry:
    """Return an entry with its text as canonical HTML; its pictures within the export are kept.

    Raises IngestError if there is nothing to read, and anything for a damaged text.
    """
    if entry.own is not None:
        return own_text.prepared(entry, keep)
    if entry.text is None:
        return entry
    data = entry.text.load()
    if entry.text.kind is TextKind.EPUB:
        return entry._replace(clipping=_with_book(entry.clipping, read_book(data, keep)))
    if (kind := kind_of(data)) in ("pdf", "epub"):
        return entry._replace(clipping=_with_file(entry.clipping, kept_file(data, kind), data))
    if len(data) > files.MAX_BYTES:
        raise IngestError(f"The text is larger than {files.MAX_BYTES // 1_000_000} MB.")
    pictures = _Pictures(entry.text.pictures, keep, _base(entry.text.kind, entry.clipping.url))
    return entry._replace(clipping=read(entry.text.kind, data, entry.clipping, pictures))


def read(kind: TextKind, data: bytes, about: Clipping, picture: FindPicture) -> Clipping:
    """Return an article with its text; HTML, Markdown or plain. Raises IngestError if it is empty.

    ``picture`` finds the pictures of the text.
    """
    told, body = _body(kind, data, about, picture)
    return _with_text(about, told, body, data, kind)


def elsewhere(kind: TextKind, url: str) -> FindPicture:
    """Return a function that gives the pictures of a text as missing ones of the web.

    It raises LookupError for a picture that is in the text or beside it.
    """
    pictures = _Pictures({}, _kept_nowhere, _base(kind, url))

    def find(attributes: Mapping[str, str]) -> Picture | None:
        if not attributes.get("src", "").strip().startswith(("https://", "http://")):
            raise LookupError
        return pictures(attributes)

    return find


def _kept_nowhere(_data: bytes, _ending: str) -> str:
    raise LookupError


def _base(kind: TextKind, url: str) -> str:
    """Return the base of relative names of pictures; in a note, they are those of files."""
    is_web = url.startswith(("http://", "https://"))
    return url if is_web and kind is not TextKind.MARKDOWN else ""


def _with_book(about: Clipping, book: Clipping) -> Clipping:
    """Return an article of a book; its own metadata count."""
    return book._replace(
        url=about.url,
        title=book.title or about.title,
        aliases=about.aliases,
        tags=about.tags,
        source=book.source if len(book.source) <= files.MAX_BYTES else b"",
        made_by=Making.ADDED,
    )


def _with_file(about: Clipping, file: Clipping, data: bytes) -> Clipping:
    """Return an article of a document that is kept as it is."""
    return about._replace(
        title=about.title or file.title,
        excerpt=about.excerpt or file.excerpt,
        html=file.html,
        words=file.words,
        source=data,
        source_type=file.source_type,
        made_by=str(Making.ADDED),
    )


def _body(
    kind: TextKind, data: bytes, about: Clipping, picture: FindPicture
) -> tuple[Metadata, Body]:
    """Return the metadata and the body of a text."""
    address = about.url if about.url.startswith(("http://", "https://")) else ""
    words = _decoded(data)
    if kind is TextKind.MARKDOWN:
        return _note(words, picture, address)
    if kind is TextKind.PLAIN:
        return Metadata(), from_html(as_html(clean.text(words)), picture=picture)
    told = Metadata() if about.title else metadata_of(parse(words), address)
    html = whole_page(words, address) if _is_page(words) else words
    return told, from_html(html, picture=picture, address=address, whole=True)


def _is_page(words: str) -> bool:
    words = words.lower()  # a search that ignores case takes many times as long
    return "data-src" in words or _PAGE.search(words) is not None


def _decoded(data: bytes) -> str:
    """Return the words of a text, which is UTF-8 nearly always."""
    if b"\x1b" not in data and b"\0" not in data and not data.startswith(b"\xef\xbb\xbf"):
        with suppress(UnicodeDecodeError):
            return data.decode()
    return decode(data)


def _note(text: str, pictures: FindPicture, address: str) -> tuple[Metadata, Body]:
    front, text = split_front_matter(text)
    told = about_front_matter(front)
    tags, text = split_tag_lines(text)
    body = from_markdown(text, picture=SmallBadges(pictures), address=address)
    return told._replace(tags=(*told.tags, *tags)), with_words_of_badges(body)


def _with_text(
    about: Clipping, told: Metadata, body: Body, data: bytes, kind: TextKind
) -> Clipping:
    title, body = files.titled(about.title or told.title, body, by_first_line=not about.title)
    names, lead = images.picture_names(body)
    words = count_words(body)
    if not names and not words and not to_text(body).strip():
        raise IngestError("It contains no readable text.")
    return about._replace(
        title=title,
        byline=about.byline or clean.line(told.byline),
        site=about.site or clean.line(told.site),
        language=about.language or told.language or body.language,
        excerpt=about.excerpt or clean.text(told.excerpt) or excerpt(body),
        published_at=about.published_at or told.published_at,
        tags=tuple(dict.fromkeys((*about.tags, *told.tags))),
        html=to_html(body),
        words=words,
        pictures=names,
        lead=lead,
        source=data,
        source_type=_TYPES[kind],
        made_by=str(Making.ADDED),
    )


class _Pictures:
    """Finds the pictures of a text within its export; those of the web are missing ones."""

    def __init__(
        self, there: Mapping[str, Callable[[], bytes]], keep: images.Keep, base: str
    ) -> None:
        self._there = there
        self._keep = keep
        self._base = base
        self._found: dict[str, Picture | None] = {}

    def __call__(self, attributes: Mapping[str, str]) -> Picture | None:
        source = attributes.get("src", "").strip()
        alt = clean.line(attributes.get("alt", ""))
        if source not in self._found:
            self._found[source] = self._bring(source, alt)
        picture = self._found[source]
        return picture and picture._replace(alt=alt or picture.alt, given=given_size(attributes))

    def _bring(self, source: str, alt: str) -> Picture | None:
        if source.startswith("data:"):
            return images.keep_image(images.data_of(source), alt, self._keep)
        name = clean.line(unquote(source.rpartition("/")[2]), 80)
        address = clean.link(source, self._base)
        web = address if address.startswith(("https://", "http://")) else ""
        missing = Picture("", alt=alt or ("" if web else name), address=web)
        load = self._loader(source)
        try:
            data = load() if load is not None else b""
        except Exception:  # a damaged member; the text is shown without it
            return missing
        if not data:
            return missing
        picture = images.keep_image(data, alt, self._keep)
        return picture and picture._replace(address=source if source == web else "")

    def _loader(self, source: str) -> Callable[[], bytes] | None:
        """Return the loader of a picture of the export, however its name is spelled."""
        names = (source, *spellings(source))
        return next((load for name in names if (load := self._there.get(name))), None)
