"""Drawings in the markup of a page (inline SVG): charts and diagrams become pictures.

A picture is written into its URL (RFC 2397), on a white ground. Whatever keeps it makes it safe,
as any other.
"""

import base64
import re

from lxml import etree

from reader.ingest.extract.measure import Element, names, remove

_SVG = "http://www.w3.org/2000/svg"
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text")
_LEAST_SHAPES = 5
_LEAST_SIDE = 100.0
_MOST_BYTES = 1_000_000
_MOST = 40  # drawings of one page
_MOST_ELEMENTS = 20_000
_ICON = re.compile(r"icon|logo|sprite|avatar|badge|spinner|arrow|chevron|octicon|fa-")
_FURNITURE = frozenset({"svg", "nav", "button", "header", "footer", "form"})
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px|pt)?\s*$")
_CASES = {
    name.lower(): name
    for name in (
        "viewBox preserveAspectRatio gradientUnits gradientTransform spreadMethod patternUnits "
        "patternTransform patternContentUnits clipPathUnits maskUnits maskContentUnits markerWidth "
        "markerHeight markerUnits refX refY textLength lengthAdjust startOffset linearGradient "
        "radialGradient clipPath textPath foreignObject"
    ).split()
}
"""Names as SVG writes them; parsers of HTML make them lower case (HTML, 13.2.6.1)."""


def repair(root: Element) -> None:
    """Turn the drawings of a page that show something into pictures."""
    left = _MOST
    for drawing in list(root.iter("svg")):
        if left and _shows(drawing) and len(data := _written(drawing)) <= _MOST_BYTES:
            left -= 1
            image = etree.Element("img", src=_address(data), alt=_label(drawing))
            for side in ("width", "height"):
                if _NUMBER.match(drawing.get(side) or ""):
                    image.set(side, drawing.get(side, ""))
            image.tail = drawing.tail
            drawing.tail = None
            drawing.addprevious(image)
            remove(drawing)


def _shows(drawing: Element) -> bool:
    """Return whether a drawing is a chart or a diagram, not an icon."""
    if _ICON.search(names(drawing).lower()):
        return False
    wide, high = _size(drawing)
    if min(wide, high) < _LEAST_SIDE:
        return False
    holders = {holder.tag for holder in drawing.iterancestors()}
    if not holders.isdisjoint(_FURNITURE):
        return False
    shapes = sum(1 for _, _ in zip(drawing.iter(*_SHAPES), range(_LEAST_SHAPES), strict=False))
    role = drawing.get("role") or ""
    labelled = "figure" in holders or role == "img" or role.startswith("graphics-")
    if drawing.get("aria-hidden") == "true" or not labelled:
        labelled = next(drawing.iter("text", "foreignobject"), None) is not None
    return shapes == _LEAST_SHAPES and labelled and _is_coloured(drawing)


def _is_coloured(drawing: Element) -> bool:
    """Return whether a drawing says itself how its shapes look, not the style sheet of its page."""
    said = ("fill", "stroke", "style")
    return drawing.find(".//style") is not None or any(
        each.get(name) for each in drawing.iter() for name in said
    )


def _size(drawing: Element) -> tuple[float, float]:
    """Return the size of a drawing as far as it is stated, in any unit."""
    box = re.split(r"[\s,]+", (drawing.get("viewbox") or drawing.get("viewBox") or "").strip())
    sides = [_NUMBER.match(x) for x in (box[2:] if len(box) == 4 else ("", ""))]
    stated = [_NUMBER.match(drawing.get(name) or "") for name in ("width", "height")]
    pairs = zip(stated, sides, strict=True)
    wide, high = (float(own[1]) if own else float(box[1]) if box else 0.0 for own, box in pairs)
    return wide, high


def _label(drawing: Element) -> str:
    title = drawing.find("title")
    words = drawing.get("aria-label") or ("" if title is None else "".join(title.itertext()))
    return " ".join(words.split())


def _written(drawing: Element) -> bytes:
    """Return a drawing as a document of its own."""
    count = sum(1 for _ in drawing.iter())
    if count > _MOST_ELEMENTS:
        return b" " * (_MOST_BYTES + 1)
    copies: dict[Element, Element] = {}
    for old in drawing.iter():
        if not isinstance(old.tag, str) or (old is not drawing and old.getparent() not in copies):
            continue
        new = _copy(old)
        copies[old] = new
        if old is not drawing:
            copies[old.getparent()].append(new)
    _on_white(copies[drawing])
    return bytes(etree.tostring(copies[drawing], with_tail=False))


def _on_white(drawing: Element) -> None:
    """Put a white ground behind a drawing, because its lines are dark on most pages."""
    box = re.split(r"[\s,]+", (drawing.get("viewBox") or "").strip())
    left, top, wide, high = box if len(box) == 4 else ("0", "0", "100%", "100%")
    ground = etree.Element(f"{{{_SVG}}}rect", x=left, y=top, width=wide, height=high, fill="#fff")
    drawing.insert(0, ground)


def _copy(old: Element) -> Element:
    tag = re.sub(r"[^\w.-]", "", old.tag.rpartition("}")[2].rpartition(":")[2]) or "g"
    new = etree.Element(f"{{{_SVG}}}{_CASES.get(tag, tag)}", nsmap={None: _SVG})
    for name, value in old.items():
        if name.startswith("xmlns"):
            continue
        plain = name.rpartition("}")[2].rpartition(":")[2]
        if re.fullmatch(r"[A-Za-z_][\w.-]*", plain) and not plain.startswith("on"):
            new.set(_CASES.get(plain, plain), value)
    new.text, new.tail = old.text, old.tail
    return new


def _address(data: bytes) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(data).decode()}"
