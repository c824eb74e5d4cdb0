"""The originals of articles, kept so that they can be extracted again.

One page is kept byte for byte; the parts of an article as one MIME message of pages (RFC 2046),
each with its URL.
"""

import email
from collections.abc import Sequence
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from typing import NamedTuple

from reader.ingest.archives import charset, payload
from reader.ingest.decode import decode
from reader.ingest.fetch import Fetched
from reader.model import Source

_PARTS = "multipart/mixed"


class PageText(NamedTuple):
    """The text of a web page, and its final URL."""

    html: str
    address: str


def text_of(fetched: Fetched) -> PageText:
    """Return a fetched page as text."""
    return PageText(decode(fetched.data, fetched.encoding), fetched.address)


def packed(pages: Sequence[Fetched]) -> Source:
    """Return the parts of one article as the source that is kept."""
    first = pages[0]
    if len(pages) == 1:
        return Source(first.data, _html(first), first.address)
    message = MIMEMultipart("mixed")
    for page in pages:
        part = MIMEBase("text", "html", charset=page.encoding or "")
        part.set_payload(page.data)
        encode_base64(part)
        part["Content-Location"] = page.address
        message.attach(part)
    return Source(message.as_bytes(), _PARTS, first.address)


def unpacked(source: Source) -> list[PageText]:
    """Return the pages packed into a source; empty if it is not a web page."""
    if not source.base:
        return []
    if source.media_type == _PARTS:
        parts = email.message_from_bytes(source.data).walk()
        return [
            PageText(
                decode(payload(part), charset(part)),
                "".join(str(part["Content-Location"] or "").split()),
            )
            for part in parts
            if part.get_content_type() == "text/html"
        ]
    if not source.media_type.startswith("text/html"):
        return []
    encoding = source.media_type.partition("charset=")[2]
    return [PageText(decode(source.data, encoding), source.base)]


def _html(page: Fetched) -> str:
    return f"text/html; charset={page.encoding}" if page.encoding else "text/html"
