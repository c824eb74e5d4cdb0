"""Pictures, checked by their contents and not their names, and added to the library."""

import base64
import binascii
import io
import logging
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from reader.body.blocks import Body, Picture
from reader.body.from_html import count_pictures
from reader.body.to_text import pictures
from reader.ingest.draw import render
from reader.ingest.sniff import is_heif, is_svg
from reader.reasons import Reason, Remark
from reader.resources import resource

Keep = Callable[[bytes, str], str]

MAX_BYTES = 30_000_000
_LEAD_PIXELS = 120
_MAX_PIXELS = 40_000_000
_TURNED = (5, 6, 7, 8)
_KEPT = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
_CONVERTED = ("BMP", "TIFF", "AVIF", "PPM", "ICO")
_DOT = 1
_SIGN = 16
_MOST_BLANK = 10_000  # bytes

_log = logging.getLogger(__name__)


class _Image(NamedTuple):
    """An image in a supported format, and its display size in pixels."""

    data: bytes
    ending: str
    width: int
    height: int


def keep_image(data: bytes, alt: str, keep: Keep) -> Picture | None:
    """Add a picture to the library and return it; None for a tracking pixel.

    A broken, too large or unsupported picture becomes a missing one with its alternative text. SVG
    is rendered, HEIF converted. Raises whatever ``keep`` raises.
    """
    try:
        image = _read(data) if len(data) <= MAX_BYTES else None
    except Exception:
        # Decoders raise any exception on damaged bytes: then there is no picture.
        _log.info("a picture could not be read", exc_info=True)
        image = None
    if image is None:
        return Picture("", alt=alt)
    if image.width <= _DOT and image.height <= _DOT:
        return None
    return Picture(keep(image.data, image.ending), image.width, image.height, alt)


def data_of(url: str) -> bytes:
    """Return the data that are written into a URL (RFC 2397), ``b""`` if there are none."""
    head, _, data = url.partition(",")
    if len(data) > MAX_BYTES * 4 // 3:
        return b""
    raw = unquote_to_bytes(data)
    if not head.lower().rstrip().endswith(";base64"):
        return raw
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return b""


class Written:
    """Finds the pictures that are written into their own URLs, and keeps each once."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._known: dict[str, Picture | None] = {}

    def __call__(self, url: str) -> Picture | None:
        """Return the picture in a URL, None if it cannot be shown or is no larger than a sign."""
        if url not in self._known:
            picture = keep_image(data, "", self._keep) if (data := data_of(url)) else None
            shown = picture and picture.name and max(picture.width, picture.height) > _SIGN
            self._known[url] = picture if shown and not _is_blank(data) else None
        return self._known[url]


def _is_blank(data: bytes) -> bool:
    """Return whether a picture has one colour only and keeps the place of another."""
    if len(data) > _MOST_BLANK or is_svg(data) or is_heif(data):
        return False
    try:
        extremes = _opened(data).convert("RGBA").getextrema()
    except Exception:  # decoders raise any exception on damaged bytes
        return False
    return all(low == high for low, high in extremes)


def _read(data: bytes) -> _Image | None:
    if is_svg(data):
        return _drawing(data)
    if is_heif(data):
        data = render("heif", data, resource("fonts"))
    image = _opened(data)
    if image is None or image.width * image.height > _MAX_PIXELS:
        return None
    if image.width <= _DOT and image.height <= _DOT:
        return _Image(b"", "", image.width, image.height)
    if image.format in _KEPT:
        return _Image(data, _KEPT[image.format], *_size(image))
    return _Image(_as_png(image), "png", image.width, image.height)


def _drawing(data: bytes) -> _Image | None:
    """Return a drawing rendered at twice its size, so that it is sharp on dense screens."""
    from reader.ingest.svg import safe

    drawing = safe(data)
    if drawing is None:
        return None
    if drawing.width <= _DOT and drawing.height <= _DOT:
        return _Image(b"", "", drawing.width, drawing.height)
    png = render("svg", drawing.text.encode(), resource("fonts"))
    is_png = png.startswith(b"\x89PNG")
    return _Image(png, "png", drawing.width, drawing.height) if is_png else None


def picture_names(body: Body) -> tuple[tuple[str, ...], str]:
    """Return the names of the pictures of a body, each once, and the name of the lead picture."""
    home = [picture for picture in pictures(body) if picture.name]
    lead = next((picture.name for picture in home if picture.width >= _LEAD_PIXELS), "")
    return tuple(dict.fromkeys(picture.name for picture in home)), lead


def missing_remark(html: str) -> tuple[Remark, ...]:
    """Return a remark with the number of missing pictures and of all; none if all are there."""
    missing, every = count_pictures(html)
    return (Remark(Reason.PICTURES_MISSING, (missing, every)),) if missing else ()


def _opened(data: bytes) -> Any:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # checked here, before anything is decoded
    image = Image.open(io.BytesIO(data), formats=(*_KEPT, *_CONVERTED))
    if image.width * image.height <= _MAX_PIXELS:
        Image.open(io.BytesIO(data), formats=(*_KEPT, *_CONVERTED)).verify()
    return image


def _size(image: Any) -> tuple[int, int]:
    turned = image.format == "JPEG" and image.getexif().get(0x0112) in _TURNED
    return (image.height, image.width) if turned else (image.width, image.height)


def _as_png(image: Any) -> bytes:
    out = io.BytesIO()
    image.convert("RGBA").save(out, "PNG")
    return out.getvalue()
