"""Write the article as clean HTML, with known elements and attributes and absolute URLs."""

import re

from lxml import etree

from reader.body import clean
from reader.ingest.extract.measure import Element, remove, text_of
from reader.ingest.extract.picture_sources import take_best

_KEPT = {
    "a": ("href", "id", "rel", "role", "class"),
    "img": ("src", "alt", "width", "height", "style", "data-density"),
    "ol": ("start", "id", "type", "reversed"), "li": ("value",), "aside": ("data-callout",),
    "div": ("data-callout",), "td": ("colspan", "rowspan", "align"),
    "th": ("colspan", "rowspan", "align"), "code": ("class",), "pre": ("class", "lang"),
    "math": ("alttext",), "video": ("src", "title", "poster"), "audio": ("src", "title"),
    "iframe": ("src", "title", "poster"), "source": ("src",), "time": ("datetime",),
    "input": ("type", "checked"),
}  # fmt: skip
_PLAIN = frozenset(
    "abbr article aside b bdi bdo blockquote br caption cite col colgroup dd del details dfn div "
    "dl dt em figcaption figure h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark "
    "p q rp rt ruby s "
    "samp section small span strike strong sub summary sup table tbody tfoot thead tr tt u ul var "
    "picture".split()
) | frozenset(_KEPT)
_MATH = frozenset(
    "annotation maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded "
    "mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder "
    "munderover semantics annotation-xml".split()
)
_NAMED = frozenset("footnote footnotes endnote endnotes footnote-ref footnote-backref".split())
_ALWAYS = frozenset({"id", "dir", "lang", "role"})
_LEADING = frozenset({"a", "img", "video", "audio", "iframe", "source"})
_DROPPED = frozenset(
    "script style noscript template form input textarea select button svg object embed".split()
)
_BARE = re.compile(r"^(https?://[^/?#]+)(?=[?#]|$)")


def write(article: Element, address: str, *, saved: bool = False) -> str:
    """Return an article as HTML; the tree is changed.

    ``saved`` keeps the names of pictures, which are beside the page or in it.
    """
    gone = [
        element
        for element in article.iterdescendants()
        if not _is_clean(element, address, saved=saved)
    ]
    for element in gone:
        remove(element)
    return str(etree.tostring(article, encoding="unicode", method="html"))


def _is_clean(element: Element, address: str, *, saved: bool) -> bool:
    """Clean an element and return whether it can belong to an article."""
    tag = element.tag
    if tag in _DROPPED and not _is_task(element):
        return False
    if tag in _MATH:
        return True
    if tag not in _PLAIN:
        element.tag = "span"
    kept = _KEPT.get(tag, ())
    for name in tuple(element.keys()):
        if name in _ALWAYS or name in kept:
            continue
        if name == "class" and not _NAMED.isdisjoint(element.get("class", "").split()):
            continue
        if name == "name" and tag == "a" and not element.get("id"):
            element.set("id", element.get("name", ""))
        if name == "srcset" and tag == "img" and not element.get("src"):
            take_best(element, element.get("srcset", ""))
        del element.attrib[name]
    if tag == "img" and not element.get("src"):
        element.attrib.pop("style", None)  # it gives a size to nothing
    return tag not in _LEADING or _is_resolved(element, address, saved=saved)


def _is_task(element: Element) -> bool:
    return element.tag == "input" and (element.get("type") or "").lower() == "checkbox"


def _is_resolved(element: Element, address: str, *, saved: bool) -> bool:
    """Make the URLs of an element absolute; return whether it still shows something."""
    for name in ("href", "src", "poster"):
        value = element.get(name)
        own = name == "src" and element.tag == "img"
        if value is None or (own and (saved or value.startswith("data:image/"))):
            continue
        url = _whole(clean.link(value, address))
        if url:
            element.set(name, url)
        elif name == "src" and element.tag == "img" and not text_of(element):
            return False
        else:
            del element.attrib[name]
    return True


def _whole(address: str) -> str:
    """Return a URL as browsers write it: a host alone gets a path."""
    return _BARE.sub(r"\1/", address)
