"""A file of a person becomes a clipping: Markdown, HTML, plain text."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from reader.body import clean
from reader.body.blocks import Body, Heading, Picture
from reader.body.from_html import from_html
from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.body.to_text import count_words, excerpt, runs_text, to_text
from reader.errors import IngestError
from reader.ingest import images
from reader.ingest.address import is_address, normal
from reader.ingest.archives import Saved, address_in, read_mhtml, read_zip
from reader.ingest.decode import decode, is_binary
from reader.ingest.extract.about import about_of
from reader.ingest.extract.page import parse
from reader.ingest.extract.whole import extract
from reader.ingest.metadata import About, about_front_matter, split_front_matter
from reader.model import Clipping

MAX_BYTES = 25_000_000
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn"})
HTML = frozenset({".html", ".htm", ".xhtml", ".xht"})
TEXT = frozenset({".txt", ".text"})
ARCHIVES = frozenset({".mhtml", ".mht", ".maff", ".zip"})
ENDINGS = MARKDOWN | HTML | TEXT | {".mhtml", ".mht", ".maff"}

_TYPES = {"markdown": "text/markdown", "html": "text/html", "text": "text/plain"}
_LOOKS_HTML = re.compile(
    r"\s*(?:<!doctype html|<html|<\?xml|<head|<body|<article|<p[ >]|<div)", re.I
)
_LOOKS_MARKDOWN = re.compile(r"^(?:#{1,6} |[-*] |\d+\. |> |```|\[.+\]\(.+\))", re.M)
_SITE = re.compile(r"<(?:nav|script|aside|footer|iframe|noscript)\b", re.IGNORECASE)
"""What only a page of a web site has: then the article in it is looked for."""

_TITLE = 120


def readable(path: Path) -> Iterator[Path]:
    """Yield a file, or everything readable in a folder in the order of names, hidden left out."""
    if not path.is_dir():
        yield path
        return
    for each in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in each.relative_to(path).parts)
        if each.suffix.lower() in ENDINGS and each.is_file() and not hidden:
            yield each


def clipping(file: Path, keep: images.Keep) -> Clipping:
    """Return what a file says; its pictures are kept. Raises IngestError with the reason."""
    data = _bytes(file)
    if file.suffix.lower() in ARCHIVES:
        return _saved_page(file, data, keep)
    kind = _kind(file.suffix.lower(), data)
    text = decode(data)
    finder = _Finder(keep, file.resolve().parent)
    made = _made(text, kind, finder)
    return _named(made, file, _address_of(text, kind))._replace(
        title=made.title or file.stem.replace("_", " ").strip() or file.name,
        source=data,
        source_type=_TYPES[kind],
    )


def _saved_page(file: Path, data: bytes, keep: images.Keep) -> Clipping:
    zipped = data.startswith(b"PK")
    saved = read_zip(data) if zipped else read_mhtml(data)
    made = _made(saved.html, "html", _Finder(keep, None, saved), saved.address)
    address = normal(saved.address) if saved.address else ""
    return _named(made, file, address)._replace(
        title=made.title or file.stem,
        source=data,
        source_type="application/zip" if zipped else "multipart/related",
    )


def _named(made: Clipping, file: Path, address: str) -> Clipping:
    """Return a clipping known by its address where there is one, and by its path in any case."""
    path = file.resolve().as_uri()
    return made._replace(url=address or path, aliases=(path,) if address else ())


def _address_of(text: str, kind: str) -> str:
    """Return the address that a page saved by a browser is from, ``""`` where it does not say."""
    found = address_in(text) if kind == "html" else ""
    return normal(found) if is_address(found) else ""


def clipping_of_text(text: str, keep: images.Keep, *, kind: str = "") -> Clipping:
    """Return what pasted text says; ``kind`` is ``html``, ``markdown``, ``text`` or to be found."""
    if not text.strip():
        raise IngestError("There is no text to add. Copy an article, then try again.")
    data = text.encode("utf-8", "replace")
    if len(data) > MAX_BYTES:
        raise IngestError(
            f"The text is larger than {MAX_BYTES // 1_000_000} MB; nothing was added."
        )
    kind = kind or _kind_of_text(text)
    made = _made(text, kind, _Finder(keep, None))
    first = made.excerpt[:_TITLE].strip()
    return made._replace(
        url=f"paste:{hashlib.sha256(data).hexdigest()}",
        title=made.title or first or "Untitled",
        source=data,
        source_type=_TYPES[kind],
    )


def _bytes(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise IngestError(
                f"{file.name} is larger than {MAX_BYTES // 1_000_000} MB; it was not added."
            )
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise IngestError(f"{file} is not there.") from error
    except OSError as error:
        raise IngestError(f"{file} could not be read ({error.strerror}).") from error
    if not data.strip():
        raise IngestError(f"{file.name} is empty; there is nothing to read in it.")
    return data


def _kind(ending: str, data: bytes) -> str:
    if is_binary(data):
        raise IngestError(
            f"This is no text, whatever its name says ({ending or 'no ending'}). "
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


def _made(text: str, kind: str, finder: "_Finder", address: str = "") -> Clipping:
    if kind == "markdown":
        front, text = split_front_matter(text)
        about, body = about_front_matter(front), from_markdown(text, picture=finder)
    elif kind == "html":
        about, body = _from_page(text, finder, address or address_in(text))
    else:
        about, body = About(), from_html(_paragraphs(text))
    title, body = _titled(about.title, body)
    said = to_text(body)
    if not said.strip() and not finder.found:
        raise IngestError("There is no text in it that could be read.")
    names, lead = images.named(body)
    return Clipping(
        url="",
        title=title,
        byline=clean.text(about.byline),
        site=clean.text(about.site),
        language=about.language or body.language,
        excerpt=clean.text(about.excerpt) or excerpt(body),
        published_at=about.published_at,
        tags=about.tags,
        html=to_html(body),
        words=count_words(body),
        pictures=names,
        lead=lead,
    )


def _from_page(text: str, finder: "_Finder", address: str) -> tuple[About, Body]:
    """Return what a page says: all of it, or the article where it is one of a web site."""
    page = extract(text, address, saved=True) if _SITE.search(text) else None
    said = page.about if page is not None else about_of(parse(text), address)
    whole = page is None or page.unsure or not page.html
    html = text if page is None or whole else page.html
    return said, from_html(html, picture=finder, address=address, whole=True)


def _titled(said: str, body: Body) -> tuple[str, Body]:
    """Return the title, and the body without the heading that only says it again."""
    first = body.blocks[0] if body.blocks else None
    if isinstance(first, Heading) and first.level <= 2:
        heading = " ".join(runs_text(first.runs).split())
        if not said and first.level == 1:
            return heading, body._replace(blocks=body.blocks[1:])
        if said.casefold() == heading.casefold():
            return said, body._replace(blocks=body.blocks[1:])
    return " ".join(clean.text(said).split()), body


def _paragraphs(text: str) -> str:
    """Return plain text as HTML: lines that were only wrapped become paragraphs again."""
    blocks = re.split(r"\n[ \t]*\n", clean.text(text).replace("\t", "    "))
    return "\n".join(_paragraph(block) for block in blocks if block.strip())


def _paragraph(block: str) -> str:
    lines = block.strip("\n").split("\n")
    if len(lines) > 1 and all(line.startswith("    ") for line in lines):
        return f"<pre>{escape(chr(10).join(line[4:] for line in lines))}</pre>"
    wrapped = all(len(line) >= 45 for line in lines[:-1])
    joint = " " if wrapped else "<br>"
    return f"<p>{joint.join(escape(line.strip()) for line in lines)}</p>"


@dataclass(slots=True)
class _Finder:
    """Finds the pictures an article names: beside or below its file, or inside it.

    Nothing else is read: no address, no file anywhere else. ``None`` as folder means that
    the text has no place on the disk.
    """

    keep: images.Keep
    folder: Path | None
    saved: Saved | None = None
    found: dict[str, Picture | None] = field(default_factory=dict)

    def __call__(self, attributes: Mapping[str, str]) -> Picture | None:
        source = attributes.get("src", "").strip()
        alt = " ".join(clean.text(attributes.get("alt", "")).split())
        if source not in self.found:
            self.found[source] = self._bring(source, alt)
        picture = self.found[source]
        return picture and picture._replace(alt=alt or picture.alt)

    def _bring(self, source: str, alt: str) -> Picture | None:
        if source.startswith("data:"):
            return images.bring_home(_data_of(source), alt, self.keep)
        if self.saved is not None and (part := self.saved.part(source)) is not None:
            return images.bring_home(part, alt, self.keep)
        file = self._file(source)
        if file is None:
            name = unquote(source.rpartition("/")[2])[:80]
            return Picture("", alt=alt or clean.text(name) or "A picture")
        try:
            return images.bring_home(file.read_bytes(), alt or file.name, self.keep)
        except OSError:
            return Picture("", alt=alt or file.name)

    def _file(self, source: str) -> Path | None:
        if self.folder is None or not source:
            return None
        try:
            parts = urlsplit(source)
            if parts.scheme or parts.netloc:
                return None
            file = (self.folder / unquote(parts.path)).resolve()
            # One folder up at most: "../images" beside the articles is usual.
            inside = file.is_relative_to(self.folder.parent) and self.folder.parent != Path("/")
            beside = file.is_relative_to(self.folder)
            small = file.is_file() and file.stat().st_size <= images.MAX_BYTES
        except (OSError, ValueError):
            return None
        return file if (inside or beside) and small else None


def _data_of(source: str) -> bytes:
    import base64
    import binascii

    head, _, data = source.partition(",")
    if len(data) > images.MAX_BYTES * 4 // 3:
        return b""
    try:
        return (
            base64.b64decode(unquote(data)) if head.endswith(";base64") else unquote(data).encode()
        )
    except (binascii.Error, ValueError):
        return b""
