"""Rewrite an SVG drawing with known elements only, so that it opens and runs nothing.

The result depends on the file alone: no scripts, no filters, only the text of foreign objects, no
URL except a place in the drawing or a small embedded picture. Its size is checked before it is
rendered; the time for that is limited by ``draw.py``.
"""

import base64
import io
import math
import re
from typing import NamedTuple

from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KNOWN = frozenset(
    "svg g defs symbol use a switch path rect circle ellipse line polyline polygon text tspan "
    "textPath linearGradient radialGradient stop pattern clipPath mask marker image style".split()
)
_MOST_BYTES = 10_000_000
_MOST_ELEMENTS = 50_000
_DEEPEST = 100
_TWICE = 2.0
_MOST_PIXELS = 6_000_000
_MOST_PIXELS_INSIDE = 16_000_000
_LONGEST_SIDE = 8_000
_LONGEST_LABEL = 200
_USUAL_SIZE = (300.0, 150.0)
_UNITS = {
    "": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0,
    "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0,
}  # fmt: skip
_LENGTH = re.compile(r"\s*([+]?\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z]{0,3})\s*$", re.IGNORECASE)
_ELSEWHERE = re.compile(r"url\(\s*['\"]?\s*(?!['\"#\s])|@import|expression\(", re.IGNORECASE)
_INSIDE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)


class Drawing(NamedTuple):
    """A drawing that is safe to render: its text, with twice its size, and that size."""

    text: str
    width: int
    height: int


class _Refused(Exception):
    """The drawing has something that is not worth the risk."""


def safe(data: bytes) -> Drawing | None:
    """Return a safe drawing, None if it is broken, too large or malicious."""
    if len(data) > _MOST_BYTES or b"<!ENTITY" in data.upper():
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
        size = _size(root)
        svg = _Writer().written(root, 0)
    except (etree.XMLSyntaxError, ValueError, _Refused):
        return None
    if svg is None or size is None or not len(svg):
        return None
    width, height = size
    fit = min(_TWICE, math.sqrt(_MOST_PIXELS / (width * height)), _LONGEST_SIDE / max(size))
    if not svg.get("viewBox"):
        svg.set("viewBox", f"0 0 {width:g} {height:g}")
    svg.set("width", str(max(1, round(width * fit))))
    svg.set("height", str(max(1, round(height * fit))))
    text = etree.tostring(svg, encoding="unicode")
    return Drawing(text, max(1, round(width)), max(1, round(height)))


def _size(root: etree._Element) -> tuple[float, float] | None:
    """Return the size of a drawing in pixels, None if it has none."""
    box = _box(root)
    width, height = _length(root.get("width")), _length(root.get("height"))
    if width is None and height is None:
        width, height = box or _USUAL_SIZE
    share = box[0] / box[1] if box else 1.0
    width = height * share if width is None and height is not None else width
    height = width / share if height is None and width is not None else height
    if not width or not height or not math.isfinite(width * height):
        return None
    long, short = max(width, height), min(width, height)
    return (width, height) if long <= 1e5 and long / short <= 1e4 else None


def _box(root: etree._Element) -> tuple[float, float] | None:
    try:
        _, _, width, height = (
            float(x) for x in re.split(r"[\s,]+", root.get("viewBox", "").strip())
        )
    except ValueError:
        return None
    return (width, height) if 0 < width < math.inf and 0 < height < math.inf else None


def _length(value: str | None) -> float | None:
    """Return a length in pixels, None if it depends on the context of the drawing."""
    match = _LENGTH.match(value or "")
    if match is None or match[2].lower() not in _UNITS:
        return None
    return float(match[1]) * _UNITS[match[2].lower()]


class _Writer:
    """Rewrites a drawing, and counts its elements."""

    def __init__(self) -> None:
        self._elements = self._pixels = 0

    def written(self, old: etree._Element, depth: int) -> etree._Element | None:
        """Return an element with its known attributes, None if it is unknown itself."""
        self._elements += 1
        if self._elements > _MOST_ELEMENTS or depth > _DEEPEST:
            raise _Refused
        name = etree.QName(old)
        if name.localname == "foreignObject":
            return _words(old)
        if name.localname not in _KNOWN or name.namespace not in (_SVG, None):
            return None
        copy = etree.Element(f"{{{_SVG}}}{name.localname}", nsmap={None: _SVG, "xlink": _XLINK})
        for key, value in old.attrib.items():
            self._attribute(copy, str(key), str(value))
        copy.text = "" if name.localname == "style" and _goes_out(old.text) else old.text
        for child in old:
            new = self.written(child, depth + 1)
            if new is not None:
                copy.append(new)
                new.tail = child.tail
        return copy

    def _attribute(self, new: etree._Element, key: str, value: str) -> None:
        if key in ("href", f"{{{_XLINK}}}href"):
            if value.strip().startswith("#") or self._is_picture(value.strip()):
                new.set(key, value.strip())
        elif key == _XML_SPACE or not (key.startswith(("{", "on")) or _goes_out(value)):
            new.set(key, value)

    def _is_picture(self, value: str) -> bool:
        """Return whether a URL is an embedded picture of bounded size."""
        from PIL import Image

        Image.MAX_IMAGE_PIXELS = None  # checked here
        match = _INSIDE.match(value)
        if match is None:
            return False
        try:
            data = base64.b64decode(value[match.end() :])
            width, height = Image.open(
                io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")
            ).size
        except Exception:  # decoders raise any exception on damaged bytes
            return False
        self._pixels += width * height
        return self._pixels <= _MOST_PIXELS_INSIDE


def _words(foreign: etree._Element) -> etree._Element | None:
    """Return the text of a foreign object at its centre: many charts use them for labels."""
    words = " ".join("".join(map(str, foreign.itertext())).split())[:_LONGEST_LABEL]
    width, height = _length(foreign.get("width")), _length(foreign.get("height"))
    if not words or not width or not height:
        return None
    try:
        left, top = float(foreign.get("x", "0")), float(foreign.get("y", "0"))
    except ValueError:
        return None
    text = etree.Element(f"{{{_SVG}}}text", nsmap={None: _SVG})
    text.set("x", f"{left + width / 2:g}")
    text.set("y", f"{top + height / 2:g}")
    text.set("text-anchor", "middle")
    text.set("dominant-baseline", "central")
    text.text = words
    return text


def _goes_out(value: str | None) -> bool:
    return bool(value) and _ELSEWHERE.search(value or "") is not None
