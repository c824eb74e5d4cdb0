"""Pages saved by a browser with all that belongs to them: MHTML, and zipped folders.

Nothing is ever unpacked to the disk: parts are read within bounds, by their names as addresses.
"""

import email
import email.policy
import io
import re
import zipfile
from collections.abc import Mapping
from email.message import Message
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from reader.errors import IngestError
from reader.ingest.decode import decode

_MOST_PARTS = 2_000
_MOST_BYTES = 150_000_000
_LARGEST_PART = 40_000_000
_RATIO = 200
_RATIO_FROM = 10_000_000
_DEEPEST = 10
_HTML = re.compile(r"\.x?html?$", re.IGNORECASE)
_SAVED = (
    re.compile(r"saved from url=\(\d+\)(https?://\S+)", re.IGNORECASE),
    re.compile(r"SingleFile[\s\S]{0,200}?\burl:\s*(https?://\S+)", re.IGNORECASE),
)


class Saved(NamedTuple):
    """A saved page: its text, the address it is from, and its parts by their addresses."""

    html: str
    address: str
    parts: Mapping[str, bytes]

    def part(self, source: str) -> bytes | None:
        """Return what a picture of the page is, None where it was not saved."""
        for name in (source, urljoin(self.address, source), unquote(source).lstrip("./")):
            if name in self.parts:
                return self.parts[name]
        return None


def address_in(html: str) -> str:
    """Return the address that a saved page says it is from, ``""`` where it does not."""
    for each in _SAVED:
        if found := each.search(html[:4000]):
            return found[1].rstrip("->")
    return ""


def read_mhtml(data: bytes) -> Saved:
    """Return the page in an MHTML file (RFC 2557). Raises IngestError where there is none."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        found = _leaves(message, 0)
    except (RecursionError, LookupError, ValueError, TypeError, AssertionError) as error:
        raise IngestError("This web archive is damaged; nothing could be read from it.") from error
    html, address = "", str(message.get("Snapshot-Content-Location") or "").strip()
    parts: dict[str, bytes] = {}
    size = 0
    for part in found[:_MOST_PARTS]:
        payload = _payload(part)
        size += len(payload)
        if size > _MOST_BYTES:
            break
        place = "".join(str(part.get("Content-Location") or "").split())
        if not html and part.get_content_type() in ("text/html", "application/xhtml+xml"):
            html = decode(payload, part.get_content_charset() or "")
            address = address or place
            continue
        if place:
            parts[place] = payload
        if name := str(part.get("Content-ID") or "").strip("<> \t\r\n"):
            parts[f"cid:{name}"] = payload
    if not html.strip():
        raise IngestError("There is no page in this web archive.")
    return Saved(html, address if address.startswith(("http://", "https://")) else "", parts)


def _leaves(message: Message, depth: int) -> list[Message]:
    if depth > _DEEPEST:
        return []
    inner = message.get_payload()
    if message.is_multipart() and isinstance(inner, list):
        return [
            leaf for each in inner if isinstance(each, Message) for leaf in _leaves(each, depth + 1)
        ]
    return [message]


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def read_zip(data: bytes) -> Saved:
    """Return the page in a zipped web archive. Raises IngestError where there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [each for each in archive.infolist() if not each.is_dir()][:_MOST_PARTS]
            pages = sorted((x for x in names if _HTML.search(x.filename)), key=_rank)
            if not pages:
                raise IngestError("There is no page in this archive.")
            page, size = pages[0], 0
            parts: dict[str, bytes] = {}
            folder = page.filename.rpartition("/")[0]
            for each in (page, *(x for x in names if x not in pages)):
                content = _unpacked(archive, each, size)
                size += len(content)
                inside = each.filename.removeprefix(f"{folder}/") if folder else each.filename
                parts[inside] = content
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        ValueError,
        OSError,
        EOFError,
    ) as e:
        raise IngestError("This archive is damaged or locked; nothing was read from it.") from e
    name = page.filename.removeprefix(f"{folder}/") if folder else page.filename
    html = decode(parts.pop(name))
    return Saved(html, address_in(html), parts)


def _rank(entry: zipfile.ZipInfo) -> tuple[int, bool, int]:
    deep = entry.filename.count("/")
    return (deep, not entry.filename.lower().endswith("index.html"), -entry.file_size)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, before: int) -> bytes:
    most = min(_LARGEST_PART, _MOST_BYTES - before)
    with archive.open(entry) as opened:
        content = opened.read(most + 1)
    bomb = len(content) > _RATIO_FROM and len(content) > _RATIO * max(1, entry.compress_size)
    if len(content) > most or bomb:
        raise IngestError("What is packed in this archive is far too large; it was not read.")
    return content
