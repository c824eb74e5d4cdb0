"""Properties of single elements: style, language, number and visibility."""

import re
from typing import TypeAlias

from lxml import etree

from reader.body import clean
from reader.body.blocks import Style

Element: TypeAlias = etree._Element

STYLES = {
    "em": Style.EMPHASIS, "i": Style.EMPHASIS, "cite": Style.EMPHASIS, "dfn": Style.EMPHASIS,
    "var": Style.EMPHASIS, "strong": Style.STRONG, "b": Style.STRONG, "code": Style.CODE,
    "kbd": Style.CODE, "samp": Style.CODE, "tt": Style.CODE, "s": Style.STRIKE,
    "del": Style.STRIKE, "strike": Style.STRIKE, "mark": Style.MARK, "sub": Style.SUB,
    "sup": Style.SUP, "u": Style.UNDERLINE, "ins": Style.UNDERLINE, "small": Style.SMALL,
}  # fmt: skip
_NUMERALS = frozenset("aAiI")
_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)
_CODE_CLASSES = ("language-", "lang-", "highlight-source-", "brush:")
_DARK_ONLY = ("#gh-dark-mode-only", "#only-dark")
"""How URLs of pictures for dark grounds only end, on GitHub and with Material for MkDocs."""


def name_of(place: str) -> str:
    """Return the name of a place as links use it, ``""`` if it has none."""
    if not place:
        return ""
    from urllib.parse import unquote  # imported only for pages with named places

    return clean.link(f"#{unquote(place)[:200]}")[1:]


def style_of(element: Element) -> Style:
    """Return the style an element adds."""
    style = STYLES.get(element.tag, Style.PLAIN)
    css = element.get("style")
    if not css or element.tag not in ("span", "b", "font"):
        return style
    css = css.replace(" ", "").lower()
    if "font-weight:normal" in css or "font-weight:400" in css:
        return style & ~Style.STRONG
    if "font-weight:bold" in css or "font-weight:700" in css:
        style |= Style.STRONG
    return style | Style.EMPHASIS if "font-style:italic" in css else style


def is_hidden(element: Element) -> bool:
    """Return whether an element is invisible."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()


def code_text(element: Element) -> list[str]:
    """Return the pieces of preformatted text."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, each in walk:
        if event == "start":
            if each.tag in ("script", "style"):
                walk.skip_subtree()
                continue
            if each.tag == "br":
                parts.append("\n")
            parts.append(each.text or "")
        elif each is not element:
            parts.append(each.tail or "")
    return parts


def language(element: Element) -> str:
    """Return the programming language named by an element's classes, ``""`` if there is none."""
    for child in (element, *element.iterchildren("code"), element.getparent()):
        for name in (child.get("class") or "").split() if child is not None else ():
            for prefix in _CODE_CLASSES:
                if name.startswith(prefix):
                    return _known_letters(name.removeprefix(prefix))
    return _known_letters(element.get("lang") or "") if element.get("data-lang") else ""


def kind(callout: Element) -> str:
    """Return the kind of a callout, ``""`` if it is unknown."""
    return _known_letters(callout.get("data-callout") or "")


def _known_letters(name: str) -> str:
    kept = "".join(letter for letter in name.lower() if letter.isalnum() or letter in "+-#._")
    return kept[:40]


def start(element: Element) -> int:
    """Return the number a list begins with: that of its items if it counts down to 1."""
    number = _number(element.get("start"))
    if number is None and element.get("reversed") is not None:
        return sum(1 for _ in element.iterchildren("li"))
    return 1 if number is None else number


def value(item: Element) -> int | None:
    """Return the number that an item of an ordered list is given, None if it is the next one."""
    list_ = item.getparent()
    return _number(item.get("value")) if list_ is not None and list_.tag == "ol" else None


def numerals(element: Element) -> str:
    """Return the numerals of a list as HTML names them, ``""`` if they are decimal."""
    name = (element.get("type") or "").strip()
    return name if name in _NUMERALS else ""


def _number(text: str | None) -> int | None:
    match = _NUMBER.fullmatch((text or "").strip())
    return int(match[0]) if match else None


def checked(item: Element) -> bool | None:
    """Return whether an item is a task that is done, None if it is not a task."""
    first = item
    for _ in range(3):
        if len(first) == 0 or (first.text or "").strip():
            return None
        first = first[0]
        if first.tag in ("ul", "ol", "li"):
            return None
        if first.tag == "input" and (first.get("type") or "").lower() == "checkbox":
            return first.get("checked") is not None
    return None


def dl_of(element: Element) -> Element | None:
    """Return the definition list that contains an element, None if there is none."""
    return next(element.iterancestors("dl"), None)


def is_dark_only(picture: Element) -> bool:
    """Return whether a picture is the variant for dark grounds, by its URL."""
    return (picture.get("src") or "").endswith(_DARK_ONLY)
