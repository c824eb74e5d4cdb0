"""Callouts: notes, tips and warnings that a page sets apart, under whatever names.

Each becomes ``<aside role="note" data-callout="kind">``, its title a ``<header>`` at the start, as
``reader.body`` reads it. The names are those of generators and editors of documentation.
"""

import re
from functools import lru_cache

from lxml import etree

from reader.ingest.extract.measure import Element, link_density, remove, text_of
from reader.ingest.extract.structure.index import Index

_BOXES = ("div", "aside", "section", "blockquote", "details", "figure", "table")
_NOTED = ("div", "aside", "section", "details", "blockquote")
_MARKERS = re.compile(
    r"(?:^|\s)(?:(?:theme-)?admonition(?:block)?|admonition_\w+|markdown-alert|callout|callout[-_]block|"
    r"custom-block|hint-container|notecard|starlight-aside|nextra-callout|"
    r"confluence-information-macro|ak-editor-panel|panelmacro|notion-callout(?:-block)?|"
    r"awsdocs-note|admonition-block|rh-alert|bd-callout|wp-block-callout|is-callout)(?:$|\s|--)"
)
"""Classes of boxes that are callouts."""

_KINDS = frozenset(
    "abstract attention bug caution check danger deprecated error example fail failure faq hint "
    "important info information note notice question quote seealso success summary tip todo "
    "warning warn alert abstract tldr".split()
)
_PLAIN = frozenset("note tip hint important warning caution danger info information notice".split())
"""Kinds that are the name of a box by themselves."""
_GENERAL = frozenset("alert note hint info information notice".split())
"""Kinds that name callouts of any kind too."""

_DATA = ("data-callout", "data-panel-type", "data-admonition-type", "data-type", "data-variant")
_WORD = re.compile(r"[a-z]+")
_TITLES = re.compile(r"(?:title|heading|header|label)(?:$|[\s_-])")
_ICONS = re.compile(r"(?:^|[\s_-])icon")
_ROLES = frozenset({"note", "doc-tip", "doc-notice"})
_HEADS = ("h2", "h3", "h4", "h5", "h6", "p", "div", "summary", "span", "strong", "b")
_ALERT = re.compile(r"\s*\[!(\w{1,20})\][+-]?[ \t]*")
_LONGEST, _TITLE = 5_000, 120
_MOST_LINKS = 0.6
_ENDS = " .:：!"
_FEW = 2  # names that a box has besides its kind, and that
_SIGN = 2  # letters of an emoji


def restructure(body: Element, index: Index) -> None:
    """Rewrite the callouts of a page; the tree is changed."""
    for box in (*index.named(_means), *index.of_roles(_ROLES)):
        if box.tag in _BOXES and box.getparent() is not None and _is_callout(box):
            kind = _kind_of(box)
            if kind or _is_prose(box):
                _rewrite(box, kind)
    for quote in list(body.iter("blockquote")):
        if match := _alert_of(quote):
            _unmark(quote, match)
            _rewrite(quote, match[1].lower())


def _is_callout(box: Element) -> bool:
    named = box.get("class") or ""
    role = box.get("role")
    if role not in _ROLES and not (named and _is_named(box, named)):
        return False
    size = len(text_of(box))
    holds = next(box.iterdescendants("h1", "article", "form", "nav", "iframe"), None) is None
    sure = role in _ROLES or (_means(named.lower()) == "callout" and _kind_of(box) != "")
    return holds and 0 < size <= _LONGEST and (sure or link_density(box) < _MOST_LINKS)


def _is_prose(box: Element) -> bool:
    """Return whether a box of no known kind holds a text, and not an offer with its picture."""
    if next(box.iterdescendants("figure", "picture"), None) is not None:
        return False
    return next(box.iter("p", "li", "pre"), None) is not None


def _is_named(box: Element, named: str) -> bool:
    """Return whether the names of a box are those of a callout."""
    match _means(named.lower()):
        case "callout":
            return True
        case "kind" if box.tag in _NOTED and not box.get("id"):
            return True
        case "alert":
            cloaked = any(name.endswith("-cloak") for name in box.attrib)  # until there is one
            return not cloaked and next(box.iterancestors("article", "main"), None) is not None
        case _:
            return False


@lru_cache(maxsize=4096)
def _means(named: str) -> str:
    """Return what the class of a box says: a callout, a kind of them, an alert, or nothing."""
    if _MARKERS.search(named):
        return "callout"
    names = named.replace("--", " ").split()
    if len(names) <= _FEW and not _PLAIN.isdisjoint(names):
        return "kind"
    if not any(name.partition("-")[0] in ("alert", "hint") for name in names):
        return ""
    kinds = any(_PLAIN.intersection(_WORD.findall(name)) for name in names)
    return "alert" if kinds else ""


def _kind_of(box: Element) -> str:
    words = [box.get(name) or "" for name in _DATA]
    words += [box.get("class") or "", (box.get("role") or "").removeprefix("doc-")]
    found = (word for text in words for word in _WORD.findall(text.lower()) if word in _KINDS)
    kinds = list(dict.fromkeys(found))
    return next((kind for kind in kinds if kind not in _GENERAL), kinds[0] if kinds else "")


# ---- quotes that begin with a sign


def _alert_of(quote: Element) -> re.Match[str] | None:
    first = next((each for each in quote.iter() if (each.text or "").strip()), None)
    if first is None:
        return None
    match = _ALERT.match(first.text or "")
    return match if match and next(quote.iterancestors("blockquote"), None) is None else None


def _unmark(quote: Element, match: re.Match[str]) -> None:
    """Remove the sign, and make the rest of its line the title."""
    first = next(each for each in quote.iter() if (each.text or "").strip())
    title, line_end, rest = (first.text or "")[match.end() :].partition("\n")
    first.text = rest if line_end else ""
    if not line_end and len(first):  # the title goes on to the first line break
        first.text, title = title, ""
    if title.strip():
        head = etree.Element("header")
        head.text = title.strip()
        head.tail, quote.text = quote.text, None
        quote.insert(0, head)
    if first is not quote and not text_of(first) and next(first.iter("img"), None) is None:
        remove(first)


# ---- what a callout holds


def _rewrite(box: Element, kind: str) -> None:
    tables = list(box.iter("table"))
    if len(tables) == 1 and (tables[0] is box or text_of(tables[0]) == text_of(box)):
        opened = _opened(tables[0])
        box = opened if tables[0] is box else box
    for icon in [each for each in box.iterdescendants() if _is_icon(each)]:
        remove(icon)
    title = _taken_title(box, kind)
    box.tag = "aside"
    place = box.get("id")
    box.attrib.clear()
    box.set("role", "note")
    if place:
        box.set("id", place)
    if kind:
        box.set("data-callout", kind)
    if title is not None:
        title.tail, box.text = box.text, None
        box.insert(0, title)


def _opened(table: Element) -> Element:
    """Return a box with what the cells of a table hold, in its place."""
    box = etree.Element("div")
    for cell in list(table.iter("td", "th")):
        cell.tag, cell.tail = "div", None
        box.append(cell)
    box.tail = table.tail
    parent = table.getparent()
    assert parent is not None
    parent.replace(table, box)
    return box


def _is_icon(element: Element) -> bool:
    named = (element.get("class") or "").lower()
    if element.tag in ("svg", "i") and not text_of(element):
        return True
    return bool(named) and bool(_ICONS.search(named)) and len(text_of(element)) <= _SIGN


def _taken_title(box: Element, kind: str) -> Element | None:
    """Return the title of a callout as a header that is taken out of it, None if it has none."""
    first = _first(box)
    if first is None or (first.tag == "header" and not _named_title(first)):
        return None
    whole = text_of(first)
    if _named_title(first) and 0 < len(whole) <= _TITLE:
        return _header(first)
    if first.tag in ("h2", "h3", "h4", "h5", "h6", "summary") and len(whole) <= _TITLE:
        return _header(first)
    if first.tag == "p" and whole.strip(_ENDS).lower() == kind:
        return _header(first)
    title = _lead(first, whole, kind)
    if title is None:
        _drop_label(first, kind)
    return title


def _drop_label(first: Element, kind: str) -> None:
    """Remove “Note:” at the start of a note, which is titled by its kind."""
    label, colon, rest = (first.text or "").partition(":")
    if colon and kind and label.strip().lower() == kind:
        first.text = rest.lstrip()


def _named_title(element: Element) -> bool:
    return bool(_TITLES.search((element.get("class") or "").lower()))


def _first(box: Element) -> Element | None:
    """Return the first element of a callout that holds text, as deep as it may be a title."""
    here = box
    while True:
        if (here.text or "").strip() and here is not box:
            return here
        inner = next((each for each in here if text_of(each) or (each.tail or "").strip()), None)
        if inner is None or (here.text or "").strip() or not text_of(inner):
            return here if here is not box else None
        if here is not box and (inner.tag not in _HEADS or here.tag == "p"):
            return here
        if _named_title(inner):
            return inner
        here = inner


def _header(element: Element) -> Element:
    """Take an element out of a callout as its title."""
    head = etree.Element("header")
    head.text = element.text
    for child in list(element):
        head.append(child)
    for inner in list(head.iterdescendants("p", "div", "h2", "h3", "h4", "h5", "h6")):
        inner.tag = "span"
    remove(element)
    return head


def _lead(first: Element, whole: str, kind: str) -> Element | None:
    """Return the strong words with which a callout begins: “Note:”, or a line of their own."""
    strong = first if first.tag in ("strong", "b") else _strong_in(first)
    if strong is None:
        return None
    words, after = text_of(strong), (strong.tail or "").lstrip()
    ends = words[-1:] in ".:：" or after[:1] in (":", "：")
    alone = words == whole and first.tag not in ("strong", "b")
    named = words.strip(_ENDS).lower() == kind
    if not words or len(words) > _TITLE or not (ends or alone or named):
        return None
    if after[:1] in (":", "："):
        strong.tail = after[1:]
    head = _header(strong)
    _strip_end(head)
    if first.tag not in ("strong", "b") and not text_of(first):
        remove(first)
    return head


def _strong_in(element: Element) -> Element | None:
    if (element.text or "").strip() or not len(element):
        return None
    return element[0] if element[0].tag in ("strong", "b") else None


def _strip_end(head: Element) -> None:
    last = head[-1] if len(head) else None
    if last is None:
        head.text = (head.text or "").rstrip().rstrip(".:：")
    elif last.tail and last.tail.strip():
        last.tail = last.tail.rstrip().rstrip(".:：")
