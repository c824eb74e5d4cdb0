"""Pages saved by a browser with their resources: MHTML, web archives, and zipped folders.

Nothing is unpacked to the disk: parts are read within bounds, with their names as URLs.
"""

import email
import email.policy
import io
import re
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from html import unescape
from typing import Any

from reader.body import clean
from reader.errors import IngestError
from reader.ingest.decode import decode
from reader.ingest.saved import Saved, address_in
from reader.ingest.zips import DAMAGED, Member, Unpacked, Why, Zip

_MOST_PARTS = 2_000
_MOST_BYTES = 150_000_000
_LARGEST_PART = 40_000_000
_DEEPEST = 10
_LONGEST_PLACE = 8_000
_DESCRIPTION = 65_536
_TOO_LARGE = "The contents of this archive are far too large; they were not read."
_HTML = re.compile(r"\.x?html?$", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"""<(?:\w+:)?originalurl\s[^>]*?resource\s*=\s*["'](https?://[^"']+)""", re.IGNORECASE
)
"""The URL of a page in the index.rdf of a MAFF archive."""


def read_mhtml(data: bytes) -> Saved:
    """Return the page in an MHTML file (RFC 2557). Raises IngestError if there is none."""
    try:
        # Some programs leave a blank line before the headers, which would end them.
        message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
        return _page_of_message(message)
    except IngestError:
        raise
    except Exception as error:  # the parser of messages guarantees nothing for damaged ones
        raise IngestError("This web archive is damaged; nothing could be read from it.") from error


def _page_of_message(message: Message) -> Saved:
    leaves = leaves_of(message)
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


def leaves_of(message: Message, depth: int = 0) -> list[Message]:
    """Return the parts of a message that have no parts themselves."""
    if depth > _DEEPEST:
        return []
    inner = message.get_payload()
    if message.is_multipart() and isinstance(inner, list):
        return [
            leaf
            for part in inner
            if isinstance(part, Message)
            for leaf in leaves_of(part, depth + 1)
        ]
    return [message]


def payload(part: Message) -> bytes:
    """Return the contents of a part, nothing if it is damaged."""
    try:
        data = part.get_payload(decode=True)
    except Exception:  # a damaged part counts as missing
        return b""
    return data if isinstance(data, bytes) else b""


def read_webarchive(data: bytes) -> Saved:
    """Return the page in a web archive of Safari. Raises IngestError if there is none."""
    import plistlib

    try:
        archive = plistlib.loads(data)
        html, address = _main_resource(archive)
        parts = dict(_resources(archive, 0))
    except Exception as error:  # the parser raises what it likes on damaged files
        raise IngestError("This web archive is damaged; nothing could be read from it.") from error
    if not html.strip():
        raise IngestError("There is no page in this web archive.")
    whole = sum(map(len, parts.values())) <= _MOST_BYTES
    return Saved(html, address, parts if whole else {}, whole)


def _main_resource(archive: dict[str, Any]) -> tuple[str, str]:
    """Return the page of a web archive as text, and its URL."""
    main = archive["WebMainResource"]
    html = decode(main["WebResourceData"], str(main.get("WebResourceTextEncodingName") or ""))
    address = str(main.get("WebResourceURL") or "")
    return html, address if address.startswith(("http://", "https://")) else ""


def _resources(archive: dict[str, Any], depth: int) -> Iterator[tuple[str, bytes]]:
    """Yield the URLs and contents of the parts of a page and of its frames."""
    for part in archive.get("WebSubresources", ())[:_MOST_PARTS]:
        if isinstance(content := part.get("WebResourceData"), bytes):
            yield str(part.get("WebResourceURL") or ""), content
    for frame in archive.get("WebSubframeArchives", ())[:_MOST_PARTS] if depth < _DEEPEST else ():
        yield from _resources(frame, depth + 1)


def read_zip(data: bytes) -> Saved:
    """Return the page in a zipped web archive. Raises IngestError if there is none."""
    archive = Zip(io.BytesIO(data))
    try:
        return _page_of_zip(archive)
    finally:
        archive.close()


def _page_of_zip(archive: Zip) -> Saved:
    refused = {why for _, why in archive.refused}
    names = archive.members[:_MOST_PARTS]
    pages = sorted((x for x in names if _HTML.search(x.name)), key=_rank)
    if Why.LARGE in refused:
        raise IngestError(_TOO_LARGE)
    if not pages:
        raise IngestError(DAMAGED if refused else "There is no page in this archive.")
    page = pages[0]
    text = _unpacked(archive, page, 0)
    if not text.data.strip() and not text.whole:
        raise IngestError(DAMAGED)
    parts: dict[str, bytes] = {}
    size, whole = len(text.data), text.whole
    folder = page.name.rpartition("/")[0]
    for entry in names:
        if entry not in pages:
            content = _unpacked(archive, entry, size)
            size += len(content.data)
            whole = whole and content.whole
            inside = entry.name.removeprefix(f"{folder}/") if folder else entry.name
            if content.whole:
                parts[inside] = content.data
    html = decode(text.data)
    index = next((data for name, data in parts.items() if name.endswith("index.rdf")), b"")
    original = _ORIGINAL.search(decode(index[:_DESCRIPTION])) if index else None
    address = unescape(original[1]) if original else address_in(html)
    return Saved(html, address, parts, whole)


def _rank(entry: Member) -> tuple[int, bool, int]:
    deep = entry.name.count("/")
    return (deep, not entry.name.lower().endswith("index.html"), -entry.info.file_size)


def _unpacked(archive: Zip, entry: Member, before: int) -> Unpacked:
    most = min(_LARGEST_PART, _MOST_BYTES - before)
    content = archive.unpacked(entry, most)
    if len(content.data) > most:
        raise IngestError(_TOO_LARGE)
    return content
