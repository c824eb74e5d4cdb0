"""Prepare a page: hidden elements are removed, lines become paragraphs, pictures are repaired."""

import re
from itertools import islice

from lxml import etree

from reader.body import clean
from reader.body.flatten import flatten
from reader.body.from_html import tree_of
from reader.ingest.extract import (
    drawings,
    embeds,
    emoji,
    formulas,
    hidden,
    pictures,
    protected_email,
)
from reader.ingest.extract.galleries import open_galleries
from reader.ingest.extract.measure import BLOCKS, INLINE, Element, names, remove
from reader.ingest.extract.structure.rewrite import rewrite

_GONE = (
    "script", "style", "link", "template", "svg", "canvas", "base", "meta", "title", "head",
    "dialog", "applet", "noscript", "map", "datalist",
)  # fmt: skip
_MOST_TAGS = 500_000
_OPENING = re.compile("<[a-zA-Z]")
_INLINE_MARKS = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|em|font|i|kbd|mark|q|s|small|span|strong|sub|sup|td|th|tt|u|var)"
    r"(?![\w:-])[^>]*>",
    re.IGNORECASE,
)
_VOID = re.compile(r"(<(embed|source|track|wbr)(?![\w:-])[^>]*?)/?>", re.IGNORECASE)
_ROW = re.compile(r"<tr(?![\w:-])[^>]*>", re.IGNORECASE)
_SHOWN_POST = re.compile(r"\b(?:postid|page-id)-(\d+)\b")
_POST = re.compile(r"\spost-(\d+)\s")
_SHOWING = frozenset({"img", "picture", "iframe", "video", "audio", "embed", "object", "math"})


def parse(html: str) -> Element | None:
    """Return the tree of a page, None if it has no element."""
    closed = _VOID.sub(r"\1></\2>", clean.text(html))
    return tree_of(_within_bounds(flatten(closed)))


def _within_bounds(html: str) -> str:
    """Return a page with a bounded tree: after very many tags only those that break lines stay."""
    if len(html) <= _MOST_TAGS or html.count("<") <= _MOST_TAGS:
        return html
    last = next(islice(_OPENING.finditer(html), _MOST_TAGS, None), None)
    if last is None:
        return html
    rest = _INLINE_MARKS.sub(" ", html[last.start() :])
    return html[: last.start()] + _ROW.sub("<tr><td>", rest)


def base_of(root: Element, address: str) -> str:
    """Return the base of relative URLs on a page: its ``<base>``, if any."""
    base = root.find(".//base[@href]")
    href = "" if base is None else clean.link(base.get("href") or "", address)
    return href if href.startswith(("http:", "https:")) else address


def prepare(root: Element) -> Element:
    """Prepare a tree for the search and return its body."""
    body = root.find("body")
    body = root if body is None else body
    hidden.open_late(body)
    for construct in (protected_email, embeds, formulas, drawings, pictures, emoji):
        construct.repair(root)
    etree.strip_elements(root, *_GONE, with_tail=False)
    open_galleries(body)
    rewrite(body)
    hidden.show(body)
    _drop_other_posts(body)
    for quoted in body.iterfind(".//blockquote/footer"):
        quoted.tag = "p"  # its source
    for element in list(body.iter("font", "center")):
        element.tag = "span" if element.tag == "font" else "div"
    _split_lines(body)
    return body


def _drop_other_posts(body: Element) -> None:
    """Remove other posts from the page of one: WordPress numbers them and names the main one."""
    shown = _SHOWN_POST.search(body.get("class") or "")
    if not shown:
        return
    posts = [
        (element, _POST.search(f" {names(element)} "))
        for element in body.iter("article", "div", "li")
    ]
    own = [each for each, match in posts if match and match[1] == shown[1]]
    holders = {holder for post in own for holder in post.iterancestors()}
    for each, match in posts:
        if own and match and match[1] != shown[1] and each not in holders:
            remove(each)


def _split_lines(body: Element) -> None:
    """Turn text separated by two line breaks into paragraphs."""
    for line in list(body.iter("br")):
        if line.getparent() is None:
            continue
        doubled = False
        while (
            (following := line.getnext()) is not None
            and following.tag == "br"
            and not _tail_says(line)
        ):
            doubled = True
            remove(following)
        if doubled:
            _paragraph_from(line)


def _tail_says(element: Element) -> bool:
    return bool((element.tail or "").strip())


def _drop_last_breaks(box: Element) -> None:
    while len(box) and box[-1].tag == "br" and not _tail_says(box[-1]):
        box.remove(box[-1])


def _paragraph_from(line: Element) -> None:
    """Move the text after a line break, up to the next block or double break, into a paragraph."""
    line.tag = "p"
    line.attrib.clear()
    line.text, line.tail = line.tail, None
    following = line.getnext()
    while following is not None:
        if following.tag in BLOCKS:
            break
        if following.tag == "br" and not (following.tail or "").strip():
            after = following.getnext()
            if after is not None and after.tag == "br":
                break
        nxt = following.getnext()
        line.append(following)
        following = nxt
    _drop_last_breaks(line)
    parent = line.getparent()
    if parent is not None and parent.tag == "p":
        parent.tag = "div"


def wrap_lines(box: Element) -> None:
    """Move the loose lines of a box into paragraphs."""
    wrapper: Element | None = None
    if (box.text or "").strip():
        wrapper = etree.Element("p")
        wrapper.text, box.text = box.text, None
        box.insert(0, wrapper)
    child = wrapper.getnext() if wrapper is not None else (box[0] if len(box) else None)
    while child is not None:
        following = child.getnext()
        tail, child.tail = child.tail, None
        if _is_phrase(child):
            if wrapper is None and (child.tag != "br" or (tail or "").strip()):
                wrapper = etree.Element("p")
                child.addprevious(wrapper)
            if wrapper is not None:
                wrapper.append(child)
            child.tail = tail
        else:
            wrapper = None
            if (tail or "").strip():
                wrapper = etree.Element("p")
                wrapper.text = tail
                child.addnext(wrapper)
            else:
                child.tail = tail
        child = following
    for paragraph in list(box.iterchildren("p")):
        _drop_last_breaks(paragraph)
        if not len(paragraph) and not (paragraph.text or "").strip() and not paragraph.attrib:
            remove(paragraph)


def _is_phrase(element: Element) -> bool:
    if element.tag not in INLINE:
        return False
    if element.tag in ("a", "ins", "del", "span", "b", "strong", "em", "i", "label"):
        return not has_block(element)
    return True


def has_block(element: Element) -> bool:
    """Return whether an element contains a block."""
    return len(element) > 0 and any(inner.tag in BLOCKS for inner in element.iterdescendants())


def is_empty(element: Element) -> bool:
    """Return whether an element shows nothing."""
    if (element.text or "").strip() or any(text.strip() for text in element.itertext()):
        return False
    return all(inner.tag not in _SHOWING for inner in element.iterdescendants())
