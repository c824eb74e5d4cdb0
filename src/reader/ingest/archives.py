"""Pages saved by a browser with their resources: MHTML, and zipped folders.

Nothing is unpacked to the disk: parts are read within bounds, with their names as URLs.
"""

import email
import email.policy
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from reader.body import clean
from reader.errors import IngestError
from reader.ingest.decode import decode

_MOST_PARTS = 2_000
_MOST_BYTES = 150_000_000
_LARGEST_PART = 40_000_000
_RATIO = 200
_RATIO_FROM = 10_000_000
_DEEPEST = 10
_LONGEST_PLACE = 8_000
_PIECE = 65_536
_HTML = re.compile(r"\.x?html?$", re.IGNORECASE)
_SAVED = (
    re.compile(r"saved from url=\(\d+\)(https?://\S+)", re.IGNORECASE),
    re.compile(r"SingleFile[\s\S]{0,200}?\burl:\s*(https?://\S+)", re.IGNORECASE),
)


class Saved(NamedTuple):
    """A saved page: its HTML, its original URL, and its parts by their URLs."""

    html: str
    address: str
    parts: Mapping[str, bytes]
    whole: bool = True

    def part(self, source: str) -> bytes | None:
        """Return the bytes of a picture of the page, None if it was not saved."""
        for name in (source, self._resolved(source), unquote(source).lstrip("./")):
            if name in self.parts:
                return self.parts[name]
        return None

    def _resolved(self, source: str) -> str:
        try:
            return urljoin(self.address, source)
        except ValueError:
            return source


def address_in(html: str) -> str:
    """Return the URL that a saved page came from, ``""`` if it is not named."""
    for pattern in _SAVED:
        if match := pattern.search(html[:4000]):
            return match[1].rstrip("->")
    return ""


def read_mhtml(data: bytes) -> Saved:
    """Return the page in an MHTML file (RFC 2557). Raises IngestError if there is none."""
    try:
        return _page_of_message(email.message_from_bytes(data, policy=email.policy.compat32))
    except IngestError:
        raise
    except Exception as error:  # the parser of messages guarantees nothing for damaged ones
        raise IngestError("This web archive is damaged; nothing could be read from it.") from error


def _page_of_message(message: Message) -> Saved:
    leaves = _leaves(message, 0)
    html, address = "", _place(message, "Snapshot-Content-Location")
    parts: dict[str, bytes] = {}
    whole = len(leaves) <= _MOST_PARTS and not any(map(_is_cut, message.walk()))
    size = 0
    for part in leaves[:_MOST_PARTS]:
        content = payload(part)
        size += len(content)
        if size > _MOST_BYTES:
            whole = False
            break
        place = _place(part, "Content-Location")
        if not html and part.get_content_type() in ("text/html", "application/xhtml+xml"):
            html = decode(content, charset(part))
            address = address or place
            continue
        if place:
            parts[place] = content
        if name := str(part.get("Content-ID") or "").strip("<> \t\r\n"):
            parts[f"cid:{name}"] = content
    if not html.strip():
        raise IngestError("There is no page in this web archive.")
    return Saved(html, address if address.startswith(("http://", "https://")) else "", parts, whole)


def _is_cut(part: Message) -> bool:
    """Return whether a message ends before its last part is closed."""
    return any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in part.defects)


def _place(part: Message, header: str) -> str:
    return clean.line("".join(str(part.get(header) or "").split()), _LONGEST_PLACE)


def charset(part: Message) -> str:
    """Return the encoding declared by a part, ``""`` if there is none."""
    try:
        return part.get_content_charset() or ""
    except ValueError:  # a name that is invalid in every encoding
        return ""


def _leaves(message: Message, depth: int) -> list[Message]:
    if depth > _DEEPEST:
        return []
    inner = message.get_payload()
    if message.is_multipart() and isinstance(inner, list):
        return [
            leaf for part in inner if isinstance(part, Message) for leaf in _leaves(part, depth + 1)
        ]
    return [message]


def payload(part: Message) -> bytes:
    """Return the contents of a part, nothing if it is damaged."""
    try:
        data = part.get_payload(decode=True)
    except Exception:  # a damaged part counts as missing
        return b""
    return data if isinstance(data, bytes) else b""


def read_zip(data: bytes) -> Saved:
    """Return the page in a zipped web archive. Raises IngestError if there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _page_of_zip(archive)
    except IngestError:
        raise
    except Exception as error:  # zipfile and its decompressors guarantee nothing for damaged files
        raise IngestError("This archive is damaged or locked; nothing was read from it.") from error


def _page_of_zip(archive: zipfile.ZipFile) -> Saved:
    names = [entry for entry in archive.infolist() if not entry.is_dir()][:_MOST_PARTS]
    pages = sorted((x for x in names if _HTML.search(x.filename)), key=_rank)
    if not pages:
        raise IngestError("There is no page in this archive.")
    page = pages[0]
    text = _unpacked(archive, page, 0)
    if not text.data.strip() and not text.whole:
        raise IngestError("This archive is damaged or locked; nothing was read from it.")
    parts: dict[str, bytes] = {}
    size, whole = len(text.data), text.whole
    folder = page.filename.rpartition("/")[0]
    for entry in names:
        if entry not in pages:
            content = _unpacked(archive, entry, size)
            size += len(content.data)
            whole = whole and content.whole
            inside = entry.filename.removeprefix(f"{folder}/") if folder else entry.filename
            if content.whole:
                parts[inside] = content.data
    html = decode(text.data)
    return Saved(html, address_in(html), parts, whole)


def _rank(entry: zipfile.ZipInfo) -> tuple[int, bool, int]:
    deep = entry.filename.count("/")
    return (deep, not entry.filename.lower().endswith("index.html"), -entry.file_size)


class _Entry(NamedTuple):
    """The contents of an entry of an archive; not ``whole`` if it is damaged at some point."""

    data: bytes
    whole: bool


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, before: int) -> _Entry:
    most = min(_LARGEST_PART, _MOST_BYTES - before)
    content, whole = bytearray(), True
    try:
        with archive.open(entry) as opened:
            # Otherwise the last piece of a damaged entry is withheld; it is checked below.
            opened._expected_crc = None  # type: ignore[attr-defined]
            while len(content) <= most and (piece := opened.read(_PIECE)):
                content += piece
    except Exception:  # damaged, encrypted, or packed by an unknown method
        whole = False
    whole = whole and zlib.crc32(content) == entry.CRC
    bomb = len(content) > _RATIO_FROM and len(content) > _RATIO * max(1, entry.compress_size)
    if len(content) > most or bomb:
        raise IngestError("The contents of this archive are far too large; they were not read.")
    return _Entry(bytes(content), whole)
