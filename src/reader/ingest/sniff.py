"""Detect the kind of a file by its contents; neither names nor servers are trusted."""

import re
from typing import Literal

from reader.ingest.decode import is_binary

Kind = Literal["page", "text", "pdf", "epub", "zip", "picture", "other"]

_HEAD = 4096
_PICTURES = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*",
    b"\x00\x00\x01\x00", b"\xff\x0a", b"\x00\x00\x00\x0cJXL ",
)  # fmt: skip
_BRANDS_OF_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_BRANDS_OF_AVIF = frozenset({b"avif", b"avis"})
_BEFORE_ROOT = rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^<>\[]*(?:\[[^\]]*\]\s*)?>)*+"
_SVG = re.compile(rb"(?:\xef\xbb\xbf)?" + _BEFORE_ROOT + rb"<(?:\w+:)?svg[\s/>]", re.S | re.I)
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|article|div|p)\b", re.I)


def kind_of(data: bytes, media_type: str = "") -> Kind:
    """Return the kind of bytes; the media type only decides between page and text."""
    if b"%PDF-" in data[:1024] and not data[:1024].lstrip().startswith(b"<"):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        # The container identifies a book; the names of all its parts are uncompressed at the end.
        return "epub" if b"META-INF/container.xml" in data else "zip"
    if _is_picture(data):
        return "picture"
    if is_binary(data):
        return "other"
    if media_type == "text/plain":
        return "text"
    is_page = "html" in media_type or _MARKUP.search(data[:_HEAD]) is not None
    return "page" if is_page else "text"


def is_svg(data: bytes) -> bool:
    """Return whether bytes are an SVG drawing."""
    return _SVG.match(data[:_HEAD]) is not None


def is_heif(data: bytes) -> bool:
    """Return whether bytes are an HEIF photograph, as taken by mobile phones."""
    brands = _brands(data)
    return bool(brands & _BRANDS_OF_HEIF) and not brands & _BRANDS_OF_AVIF


def _is_picture(data: bytes) -> bool:
    is_webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    is_bitmap = data.startswith(b"BM") and data[6:10] == bytes(4)
    is_avif = bool(_brands(data) & _BRANDS_OF_AVIF)
    known = data.startswith(_PICTURES) or is_webp or is_bitmap or is_avif
    return known or is_heif(data) or is_svg(data)


def _brands(data: bytes) -> frozenset[bytes]:
    """Return the brands at the beginning of a file of the MP4 family."""
    if data[4:8] != b"ftyp":
        return frozenset()
    size = min(int.from_bytes(data[:4], "big"), 256)
    return frozenset({data[8:12], *(data[at : at + 4] for at in range(16, size, 4))})
