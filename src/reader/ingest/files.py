"""Read a file of the user as a clipping: Markdown, HTML, plain text."""

import hashlib
import re
import textwrap
from pathlib import Path
from typing import NamedTuple

from reader.body import clean
from reader.body.blocks import (
    Body,
    Heading,
    Paragraph,
    Picture,
    Runs,
    Text,
    is_pictures,
    words_of,
)
from reader.body.caveats import caveats_of
from reader.body.from_html import from_html
from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.body.to_text import count_words, excerpt, runs_text, to_text
from reader.errors import IngestError
from reader.ingest import disk, images
from reader.ingest.archives import read_mhtml, read_webarchive, read_zip
from reader.ingest.attachments import kept_file
from reader.ingest.badges import SmallBadges, with_words_of_badges
from reader.ingest.decode import decode, is_binary
from reader.ingest.extract.page import parse
from reader.ingest.extract.page_metadata import metadata_of
from reader.ingest.extract.whole import extract
from reader.ingest.front_matter import about_front_matter, split_front_matter, split_tag_lines
from reader.ingest.letters import is_letter, read_letter
from reader.ingest.local_pictures import LocalPictures
from reader.ingest.metadata import Metadata
from reader.ingest.own_page import own_page
from reader.ingest.plain_text import about_text, as_html
from reader.ingest.saved import Saved, address_in, with_pictures
from reader.ingest.sniff import kind_of
from reader.ingest.urls import canonical_url, is_url
from reader.model import Caveat, Clipping
from reader.reasons import Reason, Remark

MAX_BYTES = 25_000_000
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn"})
HTML = frozenset({".html", ".htm", ".xhtml", ".xht"})
TEXT = frozenset({".txt", ".text"})
MHTML = frozenset({".mhtml", ".mht"})
ZIPPED = frozenset({".maff", ".htz", ".htmlz"})
WEBARCHIVES = frozenset({".webarchive"})
LETTERS = frozenset({".eml"})
ENDINGS = MARKDOWN | HTML | TEXT | MHTML | ZIPPED | WEBARCHIVES | LETTERS
"""The endings of the files that are found in folders."""

_TYPES = {"markdown": "text/markdown", "html": "text/html", "text": "text/plain"}
_LOOKS_HTML = re.compile(
    r"\s*(?:<!doctype html|<html|<\?xml|<head|<body|<article|<p[ >]|<div)", re.I
)
_LOOKS_MARKDOWN = re.compile(
    r"\A---\s*\n[\w-]+ *:|^(?:#{1,6} |[-*] |\d+\. |> |```|\[[^\]\n]+\]\([^)\n]+\))", re.M
)
_SITE = re.compile(r"<(?:nav|script|aside|footer|iframe|noscript)\b", re.IGNORECASE)
"""Elements that only a page of a web site has; the article is then extracted from it."""

_LONGEST_TITLE_LINE = 100
_FIRST_WORDS = 80
_MOST_ABOVE = 4


class Read(NamedTuple):
    """The article in a file, and remarks on how it could be read."""

    clipping: Clipping
    remarks: tuple[Remark, ...] = ()


def read(file: Path, keep: images.Keep) -> Read:
    """Return the article in a file, keeping its pictures. Raises IngestError with the reason."""
    data, changed = disk.read(file, MAX_BYTES)
    if not data.strip():
        raise IngestError(f"{disk.name_of(file)} is empty; there is nothing to read in it.")
    result = _read(file, data, keep)
    if not changed:
        return result
    return Read(result.clipping, (Remark(Reason.BEING_WRITTEN), *result.remarks))


def _read(file: Path, data: bytes, keep: images.Keep) -> Read:
    """Return the article in a file by its contents; only texts are distinguished by the ending."""
    ending, kind = file.suffix.lower(), kind_of(data)
    if kind == "epub":
        return _book(file, data, keep)
    if kind == "pdf":
        new = kept_file(data, kind)
        return Read(_named(new, file, "", data, new.source_type))
    if kind == "zip":
        return _saved_page(file, read_zip(data), data, "application/zip", keep)
    if ending in WEBARCHIVES or data.startswith(b"bplist00"):
        return _saved_page(file, read_webarchive(data), data, "application/x-webarchive", keep)
    if ending in LETTERS or (ending not in ENDINGS and is_letter(data)):
        return _letter(file, data, keep)
    if ending in MHTML | ZIPPED | {".zip"}:
        return _saved_page(file, read_mhtml(data), data, "multipart/related", keep)
    return _text(file, data, keep)


def _book(file: Path, data: bytes, keep: images.Keep) -> Read:
    from reader.ingest.epub.book import read_book  # hardly ever needed

    new = read_book(data, keep)
    whole = Caveat.DAMAGED not in caveats_of(new.html)
    remarks = () if whole else (Remark(Reason.DAMAGED),)
    return Read(_named(new, file, "", data, new.source_type), remarks)


def _letter(file: Path, data: bytes, keep: images.Keep) -> Read:
    letter = read_letter(data)
    pictures = LocalPictures(keep, None, letter.text)
    new = _made(letter.text.html, letter.kind, pictures, is_web=True)
    new = new._replace(
        title=letter.subject or new.title,
        byline=letter.sender or new.byline,
        published_at=letter.sent_at or new.published_at,
    )
    return Read(_named(new, file, "", data, "message/rfc822"))


def _text(file: Path, data: bytes, keep: images.Keep) -> Read:
    kind = _kind(file.suffix.lower(), data)
    text = decode(data)
    pictures = LocalPictures(keep, file.resolve().parent)
    new = _made(text, kind, pictures, by_first_line=kind == "text")
    return Read(_named(new, file, new.url or _address_of(text, kind), data, _TYPES[kind]))


def _saved_page(file: Path, saved: Saved, data: bytes, kind: str, keep: images.Keep) -> Read:
    pictures = LocalPictures(keep, None, saved)
    caveats = () if saved.whole else (Caveat.DAMAGED,)
    new = _made(saved.html, "html", pictures, saved.address, caveats=caveats)
    address = canonical_url(saved.address) if is_url(saved.address) else ""
    new = _named(new, file, address, data, kind)
    return Read(new, () if saved.whole else (Remark(Reason.DAMAGED),))


def url_of(file: Path) -> str:
    """Return the URL that identifies the article of a file."""
    return file.resolve().as_uri()


def _named(new: Clipping, file: Path, address: str, data: bytes, kind: str) -> Clipping:
    """Return a clipping identified by its web URL if it has one, and by its path in any case."""
    path = url_of(file)
    stem = clean.line(disk.shown(Path(file.stem)).replace("_", " "))
    return new._replace(
        url=address or path,
        aliases=(path,) if address else (),
        title=new.title or stem or disk.name_of(file),
        source=data,
        source_type=kind,
    )


def _address_of(text: str, kind: str) -> str:
    """Return the URL of a page saved by a browser, ``""`` if it is unknown."""
    own = own_page(text) if kind == "html" else None
    if own is not None:
        return about_front_matter(own.about).canonical
    address = address_in(text) if kind == "html" else ""
    return canonical_url(address) if is_url(address) else ""


def clipping_of_text(text: str, keep: images.Keep, *, kind: str = "") -> Clipping:
    """Return pasted text as a clipping; ``kind`` is ``html``, ``markdown``, ``text`` or ``""``."""
    if not text.strip():
        raise IngestError("There is no text to add. Copy an article, then try again.")
    data = text.encode("utf-8", "replace")
    if len(data) > MAX_BYTES:
        raise IngestError(
            f"The text is larger than {MAX_BYTES // 1_000_000} MB; nothing was added."
        )
    kind = kind or _kind_of_text(text)
    new = _made(text, kind, LocalPictures(keep, None), by_first_line=True)
    return new._replace(
        url=new.url or f"paste:{hashlib.sha256(data).hexdigest()}",
        title=new.title or _first_words(new.excerpt) or "Untitled",
        source=data,
        source_type=_TYPES[kind],
    )


def downloaded_text(
    text: str, kind: str, pictures: LocalPictures, address: str, *, whole: bool
) -> Clipping:
    """Return a text of the web as a clipping; ``kind`` is ``markdown`` or ``text``."""
    caveats = () if whole else (Caveat.PARTIAL,)
    first_line = kind == "text"
    new = _made(text, kind, pictures, address, by_first_line=first_line, caveats=caveats)
    return new._replace(tags=(), subjects=(*new.subjects, *new.tags))  # the page's, not the user's


def _first_words(text: str) -> str:
    words = textwrap.shorten(text, _FIRST_WORDS, placeholder="…")
    return clean.line(words if words != "…" else text, _FIRST_WORDS)


def _kind(ending: str, data: bytes) -> str:
    if is_binary(data):
        raise IngestError(
            f"This is not a text file, despite its name ({clean.line(ending) or 'no ending'}). "
            "Add Markdown, HTML or plain text."
        )
    if ending in HTML:
        return "html"
    if ending in MARKDOWN:
        return "markdown"
    return "text" if ending in TEXT else _kind_of_text(decode(data[:4096]))


def _kind_of_text(text: str) -> str:
    if _LOOKS_HTML.match(text):
        return "html"
    return "markdown" if _LOOKS_MARKDOWN.search(text[:20_000]) else "text"


def _made(
    text: str,
    kind: str,
    pictures: LocalPictures,
    address: str = "",
    *,
    by_first_line: bool = False,
    is_web: bool = False,
    caveats: tuple[Caveat, ...] = (),
) -> Clipping:
    if kind == "markdown":
        about, body = _from_note(text, pictures, address)
    elif kind == "html":
        about, body = _from_page(text, pictures, address or address_in(text), is_web=is_web)
    else:
        about, body = about_text(clean.text(text)), from_html(as_html(text))
    if not to_text(body).strip() and not pictures.found:
        raise IngestError("It contains no readable text.")
    title, body = titled(about.title, body, by_first_line=by_first_line)
    names, lead = images.picture_names(body)
    return Clipping(
        url=about.canonical if kind == "markdown" else "",
        title=title,
        byline=clean.line(about.byline),
        site=clean.line(about.site),
        language=about.language or body.language,
        excerpt=clean.text(about.excerpt) or excerpt(body),
        published_at=about.published_at,
        tags=about.tags,
        subjects=about.subjects,
        html=to_html(body._replace(caveats=caveats)),
        words=count_words(body),
        pictures=names,
        lead=lead,
    )


def _from_note(text: str, pictures: LocalPictures, address: str) -> tuple[Metadata, Body]:
    """Return the metadata and the body of a Markdown text."""
    front, text = split_front_matter(text)
    about = about_front_matter(front)
    tags, text = split_tag_lines(text)
    pictures.base = pictures.base or about.canonical
    body = from_markdown(text, picture=SmallBadges(pictures), address=about.canonical or address)
    tags = tuple(dict.fromkeys((*about.tags, *tags)))
    return about._replace(tags=tags), with_words_of_badges(body)


def _from_page(
    text: str, pictures: LocalPictures, address: str, *, is_web: bool
) -> tuple[Metadata, Body]:
    """Return the metadata and all of a page, or the article in it if it is from a web site."""
    if (own := own_page(text)) is not None and own.html:
        return about_front_matter(own.about), from_html(own.html, picture=pictures, whole=True)
    text = with_pictures(text)
    page = extract(text, address, saved=True) if is_web or _SITE.search(text) else None
    about = page.about if page is not None else metadata_of(parse(text), address)
    whole = page is None or page.unsure or not page.html
    html = text if page is None or whole else page.html
    return about, from_html(html, picture=pictures, address=address, whole=True)


def titled(title: str, body: Body, *, by_first_line: bool) -> tuple[str, Body]:
    """Return the title, and the body without the heading or line that repeats it."""
    title = clean.line(title)
    above = _pictures_above_heading(body)
    first = body.blocks[above] if body.blocks else None
    if not isinstance(first, Heading | Paragraph):
        return title, body
    line = _words_of(first.runs)
    if title:
        repeats = title.casefold() == line.casefold() and _is_title(first)
    elif isinstance(first, Heading) and first.level == 1:
        title, repeats = line, bool(line)
    else:
        repeats = by_first_line and len(body.blocks) > 1 and _is_title(first, short=True)
        title = line if repeats else ""
    if not (repeats and _is_plain(first.runs, line)):
        return title, body
    return title, body._replace(blocks=body.blocks[:above] + body.blocks[above + 1 :])


def _pictures_above_heading(body: Body) -> int:
    """Return how many paragraphs of pictures stand above the first heading, 0 if other text does.

    Many a README begins with a logo and badges.
    """
    for number, block in enumerate(body.blocks[:_MOST_ABOVE]):
        if isinstance(block, Heading):
            return number
        if not is_pictures(block):
            break
    return 0


def _words_of(runs: Runs) -> str:
    """Return the words of a heading or line, else those of its picture if it is a single one."""
    words = clean.line("".join(run.text for run in runs if isinstance(run, Text)))
    alone = runs[0] if len(runs) == 1 else None
    return words or (words_of(alone.alt) if isinstance(alone, Picture) else "")


def _is_title(block: Heading | Paragraph, *, short: bool = False) -> bool:
    """Return whether a block can be a title; ``short`` is stricter, without any other evidence."""
    if isinstance(block, Heading):
        return block.level <= 2 or short
    text = runs_text(block.runs).strip()
    return "\n" not in text and len(text) <= _LONGEST_TITLE_LINE and any(map(str.isalnum, text))


def _is_plain(runs: Runs, line: str) -> bool:
    """Return whether the runs of a title contain nothing but its text."""
    words = all(isinstance(run, Text) and not run.link for run in runs)
    return words and len("".join(line.split())) >= len("".join(runs_text(runs).split()))
