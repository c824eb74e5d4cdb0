"""Formulas, however a page draws them, become MathML with its TeX beside it, or TeX in the text.

Known are KaTeX, MathJax 2 to 4, MediaWiki, and pictures whose alternative text is TeX. Of a formula
and its drawing one stays. TeX stands between ``\\\\(`` and ``\\\\)``, apart between ``\\\\[`` and
``\\\\]``, as pages write it for MathJax.
"""

import re

from lxml import etree

from reader.body import formula, tex
from reader.ingest.extract.measure import Element, has_ancestor, matches, names, remove

_KATEX = re.compile(r"(?:^|\s)katex(?:\s|$)")
_MATHJAX_2 = re.compile(r"(?:^|\s)(?:MathJax(?:_\w+)?|mjx-chtml)(?:\s|$)")
_SCRIPT = re.compile(r"^\s*math/(tex|mml)\b", re.IGNORECASE)
_DISPLAY = re.compile(r"mode\s*=\s*display", re.IGNORECASE)
_FRAME = re.compile(r"^\s*%\s*<!\[CDATA\[|%?\s*\]\]>\s*$|<!\[CDATA\[")  # of kramdown
_DRAWN = re.compile(r"(?:^|[\s_-])(?:tex|latex|math|mwe-math-fallback-image-\w+)(?=[\s_-]|$)")
_PLACES = (
    "latex.php", "latex.codecogs.com", "mimetex", "mathtex", "/math/render/", "_images/math/",
    "equation.svg",
)  # fmt: skip
_SIGNS = re.compile(r"^(?:\$\$?|\\[(\[])(.*?)(?:\$\$?|\\[)\]])$", re.DOTALL)
_LONGEST = 2_000
_LOWERED = re.compile(r"(?:^|\s)vlist-t2(?:\s|$)")


def repair(root: Element) -> None:
    """Write each formula of a page once, as MathML or TeX."""
    for script in list(root.iter("script")):
        if kind := _SCRIPT.match(script.get("type") or ""):
            _from_script(script, kind[1].lower())
    for box in list(root.iter("mjx-container")):
        _from_container(box)
    for box in list(root.iter("span", "div")):
        classes = box.get("class")
        if classes and ("atex" in classes or "MathJax" in classes or "mwe-math" in classes):
            _from_box(box, classes)
    for image in list(root.iter("img")):
        _from_image(image)


def _from_script(script: Element, kind: str) -> None:
    """Put the source of MathJax 2 into the place of the script and of its drawing."""
    drawn: list[Element] = []
    before = script.getprevious()
    while (
        before is not None
        and not (before.tail or "").strip()
        and _MATHJAX_2.search(before.get("class") or "")
    ):
        drawn.append(before)
        before = before.getprevious()
    source = "".join(script.itertext())
    display = _DISPLAY.search(script.get("type") or "") is not None
    math = next((found for each in drawn if (found := each.find(".//math")) is not None), None)
    if kind == "mml":
        math, source = _math_of(source) if math is None else math, ""
    for each in drawn:
        remove(each)
    _put(script, math, _FRAME.sub("", source), display=display)


def _from_container(box: Element) -> None:
    """Put the MathML of MathJax 3 or the TeX of MathJax 4 into the place of their drawing."""
    stated = (each.get("data-latex") for each in box.iter() if each.get("data-latex"))
    source = box.get("data-latex") or next(stated, "")
    math = box.find(".//math")
    if math is not None or source:
        _put(box, math, source or "", display=(box.get("display") or "") == "true")


def _from_box(box: Element, classes: str) -> None:
    if box.getparent() is None:
        return
    math = box.find(".//math")
    if _KATEX.search(classes):
        apart = (outer for outer in box.iterancestors("span", "div"))
        display = any(
            "katex-display" in names(outer) for outer, _ in zip(apart, "12", strict=False)
        )
        if math is not None:
            _put(box, math, "", display=display)
        else:
            _from_katex(box)
    elif "mwe-math-element" in classes and math is not None:
        _put(box, math, "", display="mwe-math-display" in classes or math.get("display") == "block")
    elif _MATHJAX_2.search(classes):
        math = _math_of(box.get("data-mathml") or "") if math is None else math
        if math is not None:
            _put(box, math, "", display="MathJax_Display" in classes)
        elif "MathJax_Preview" in classes:
            remove(box)


def _from_katex(box: Element) -> None:
    """Turn a formula that only KaTeX's drawing is left of into text with raised letters."""
    for part in list(box.iter("span")):
        if "msupsub" in names(part) and not _LOWERED.search(_first_class(part)):
            part.tag = "sup"
        elif "strut" in names(part) or "vlist-s" in names(part):
            part.text = None
        part.attrib.clear()
    box.attrib.clear()


def _first_class(part: Element) -> str:
    return part[0].get("class") or "" if len(part) else ""


def _from_image(image: Element) -> None:
    """Put TeX that one line can show into the place of its picture."""
    address = (image.get("src") or "").lower()
    if not matches(_DRAWN, image.get("class") or "") and not any(x in address for x in _PLACES):
        return
    source = (image.get("alt") or image.get("title") or "").strip()
    if signs := _SIGNS.match(source):
        source = signs[1].strip()
    source = formula.noted(source)
    if source and _is_simple(source):
        _put(image, None, source, display="display" in names(image))


def _is_simple(source: str) -> bool:
    """Return whether TeX surely is a formula, and one line can show it."""
    known = next(tex.formulas(f"\\({source}\\)"), None)
    return known is not None and tex.shown_as(known.source) is not None


def _math_of(markup: str) -> Element | None:
    """Return the MathML in a text, None if there is none."""
    if "<" not in markup or len(markup) > 100 * _LONGEST:
        return None
    try:
        parsed = etree.fromstring(markup, etree.HTMLParser(no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if parsed is None else parsed.find(".//math")


def _put(place: Element, math: Element | None, source: str, *, display: bool) -> None:
    """Replace an element by a formula: MathML if there is some, and its TeX."""
    parent = place.getparent()
    if parent is None:
        return
    source = " ".join(source.split())
    if math is None and not source:
        return
    new = etree.Element(
        "div" if display and not has_ancestor(place, "td", "th", most=0) else "span"
    )
    new.tail, place.tail = place.tail, None
    parent.replace(place, new)
    if math is None:
        new.text = f"\\[{source}\\]" if display else f"\\({source}\\)"
        return
    math.tail = None
    math.attrib.pop("style", None)
    if source:
        math.set("alttext", source)
    new.append(math)
