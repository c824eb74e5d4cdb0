"""Measures of elements: the length of their text, the share of links, the weight of names."""

import re
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

from lxml import etree

from reader.ingest.extract import words

Element: TypeAlias = etree._Element

BLOCKS = frozenset(
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th "
    "thead tr ul".split()
)
"""Elements that begin a new line."""


INLINE = frozenset(
    "a abbr b bdi bdo big br button cite code data dfn em embed font i img input kbd label mark "
    "math object output picture q ruby s samp select small span strike strong sub sup textarea "
    "time tt u var wbr audio video iframe ins del noscript".split()
)
"""Elements within a line."""

SPEAKING = frozenset(
    "a abbr b bdi bdo blockquote cite code data del dfn em figcaption figure h1 h2 h3 h4 h5 h6 i "
    "ins kbd mark math mjx-container p pre q s samp small span strong sub sup time u var".split()
)
"""Elements that say by their tag what they are; names do not speak against them."""

_string = etree.XPath("string()", smart_strings=False)
_LONGEST_NAME = 500
_LOOSE = 20  # the greatest ratio of a text with its white space to the text without
_MOST_KNOWN = 4_000
_known: dict[str, dict[str, bool]] = {}
_WORTH = 25
_LOOKS = re.compile(r"[:@\[\]/]|^(?:no|non|not|without|has|have|with)[-_]|^wp-block-|label-hidden")
_HUMPS = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_JOINTS = re.compile(r"[\W_]+")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_MANY_ROWS, _MANY_COLUMNS, _MANY_CELLS = 10, 4, 10


def raw_text(element: Element) -> str:
    """Return the text of an element with its white space."""
    return str(_string(element)) if len(element) else element.text or ""


def text_of(element: Element) -> str:
    """Return the text of an element, each run of white space as one space."""
    return " ".join(raw_text(element).split())


def short_text(element: Element, most: int) -> str:
    """Return the text of an element if it is short, else ``""``."""
    text = raw_text(element)
    if len(text) > _LOOSE * most:
        return ""
    text = " ".join(text.split())
    return text if len(text) < most else ""


def length(element: Element) -> int:
    """Return the length of the text of an element in characters."""
    return len(text_of(element))


def link_density(element: Element, known: dict[Element, float] | None = None) -> float:
    """Return the share of the text that is links; links within the page count as a third.

    ``known`` caches the lengths of links, for several boxes that contain the same ones.
    """
    known = {} if known is None else known
    linked = 0.0
    for link in element.iter("a"):
        if link not in known:
            known[link] = length(link) * (0.3 if (link.get("href") or "")[:1] == "#" else 1.0)
        linked += known[link]
    return linked / length(element) if linked else 0.0


def names(element: Element) -> str:
    """Return the class and id of an element as one text."""
    return f"{element.get('class', '')} {element.get('id', '')}"[:_LONGEST_NAME]


def matches(pattern: re.Pattern[str], names: str) -> bool:
    """Return whether a lower-case pattern is found in names, with a cache for repeated ones."""
    try:
        return _known[pattern.pattern][names]  # the pattern itself is slow to hash
    except KeyError:
        known = _known.setdefault(pattern.pattern, {})
    if len(known) >= _MOST_KNOWN:
        known.clear()
    matches = known[names] = pattern.search(names.lower()) is not None
    return matches


@lru_cache(_MOST_KNOWN)
def words_of(names: str) -> str:
    """Return names as words that say what a box is: ``calcFooter lg:hidden`` as ``calc-footer``.

    Names that say how a box looks or what it lacks are left out (``no-sidebar``, ``lg:hidden``).
    """
    return " ".join(word for name in names.split() if (word := _word_of(name)))


@lru_cache(_MOST_KNOWN)
def _word_of(name: str) -> str:
    if _LOOKS.search(name):
        return ""
    return _JOINTS.sub("-", _HUMPS.sub("-", name).lower()).strip("-")


def says(pattern: re.Pattern[str], element: Element) -> bool:
    """Return whether the names of an element say that it is something, word by word."""
    return matches(pattern, words_of(names(element)))


def class_weight(element: Element) -> int:
    """Return the weight of the class and id of an element, from -50 to 50 points."""
    if element.tag in SPEAKING or element.get("role") in words.NOTE_ROLES:
        return 0
    weight = 0
    for name in (element.get("class"), element.get("id")):
        if name:
            said = words_of(name[:_LONGEST_NAME])
            weight -= _WORTH if matches(words.BAD, said) else 0
            weight += _WORTH if matches(words.GOOD, said) else 0
    return weight


def count_words(text: str) -> int:
    """Return the approximate number of words; two Chinese or Japanese characters count as one."""
    signs = 0 if text.isascii() else len(_CJK.findall(text))
    return len(text.split()) + signs // 2


def count_commas(text: str) -> int:
    """Return the number of commas of all scripts."""
    signs = "," if text.isascii() else words.COMMAS
    return sum(map(text.count, signs))


def is_data_table(table: Element) -> bool:
    """Return whether a table has data in rows and columns."""
    if table.get("role") in ("presentation", "none") or table.get("datatable") == "0":
        return False
    caption = table.find("caption")
    if table.get("summary") or (caption is not None and text_of(caption)):
        return True
    if any(True for _ in table.iterdescendants("col", "colgroup", "tfoot", "thead", "th")):
        return True
    if table.find(".//table") is not None:
        return False
    rows = list(table.iter("tr"))
    columns = max((sum(1 for cell in row if cell.tag in ("td", "th")) for row in rows), default=0)
    if len(rows) <= 1 or columns <= 1:
        return False
    if len(rows) >= _MANY_ROWS or columns > _MANY_COLUMNS:
        return True
    return len(rows) * columns > _MANY_CELLS


def is_quote(element: Element) -> bool:
    """Return whether a box contains little else than a quotation."""
    quoted = sum(length(quote) for quote in element.iterdescendants("blockquote"))
    return quoted > 0 and quoted > 0.6 * length(element)


def has_ancestor(element: Element, *tags: str, most: int = 3) -> bool:
    """Return whether an element is inside one of these tags, at most so many levels up."""
    if not most:
        return next(element.iterancestors(*tags), None) is not None
    return any(each.tag in tags for each in islice(element.iterancestors(), most))


def remove(element: Element) -> None:
    """Remove an element, keeping the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
