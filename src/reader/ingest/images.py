"""Pictures judged by what they are, not by their name, and brought into the library."""

import io
from collections.abc import Callable
from typing import Any

from reader.body.blocks import Body, Picture
from reader.body.from_html import count_pictures
from reader.body.to_text import pictures
from reader.ingest.draw import drawn
from reader.ingest.kinds import is_heif, is_svg
from reader.resources import resource

Keep = Callable[[bytes, str], str]

MAX_BYTES = 30_000_000
_LEAD_PIXELS = 120
_MAX_PIXELS = 40_000_000
_TURNED = (5, 6, 7, 8)
_KEPT = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
_CONVERTED = ("BMP", "TIFF", "AVIF", "PPM", "ICO")


def bring_home(data: bytes, alt: str, keep: Keep) -> Picture | None:
    """Keep a picture and return it; None for one that is only a dot.

    What is broken, too large or of no kind that can be shown becomes a missing picture with its
    words. Drawings in SVG are drawn, photographs in HEIF turned into a usual kind.
    """
    missing = Picture("", alt=alt)
    if len(data) > MAX_BYTES:
        return missing
    if is_svg(data):
        return _of_svg(data, alt, keep)
    if is_heif(data):
        data = drawn("heif", data, resource("fonts"))
    try:
        image = _opened(data)
        if image is None or image.width * image.height > _MAX_PIXELS:
            return missing
        if image.width <= 1 and image.height <= 1:
            return None
        width, height = _size(image)
        if image.format in _KEPT:
            return Picture(keep(data, _KEPT[image.format]), width, height, alt)
        return Picture(keep(_as_png(image), "png"), image.width, image.height, alt)
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError):
        # Whatever Pillow finds wrong with foreign bytes: there is no picture in them.
        return missing


def _of_svg(data: bytes, alt: str, keep: Keep) -> Picture | None:
    """Keep a drawing as it looks at twice its size, so that it is sharp on fine screens too."""
    from reader.ingest.svg import safe

    drawing = safe(data)
    if drawing is None:
        return Picture("", alt=alt)
    if drawing.width <= 1 and drawing.height <= 1:
        return None
    made = drawn("svg", drawing.text.encode(), resource("fonts"))
    if not made.startswith(b"\x89PNG"):
        return Picture("", alt=alt)
    return Picture(keep(made, "png"), drawing.width, drawing.height, alt)


def named(body: Body) -> tuple[tuple[str, ...], str]:
    """Return the names of the pictures of a body, each once, and that of the leading one."""
    home = [each for each in pictures(body) if each.name]
    lead = next((each.name for each in home if each.width >= _LEAD_PIXELS), "")
    return tuple(dict.fromkeys(each.name for each in home)), lead


def missing_note(html: str) -> str:
    """Return how many pictures of canonical HTML are missing, ``""`` where none is."""
    missing, every = count_pictures(html)
    return f"{missing} of {every} pictures are missing" if missing else ""


def _opened(data: bytes) -> Any:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # judged here, before anything is decoded
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
