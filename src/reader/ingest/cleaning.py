"""Clean up an article: every block of its page, included or not, and rules derived from it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree

from reader.body.blocks import Block, Body, NoteMark
from reader.body.from_html import FindPicture, from_html
from reader.body.rewrite import rewrite
from reader.body.to_text import bare_text, pictures
from reader.ingest.extract.measure import Element, text_of
from reader.ingest.extract.page import base_of, parse, prepare
from reader.ingest.extract.whole import select, whole_page
from reader.ingest.extract.write import write
from reader.ingest.rules import Rules
from reader.ingest.sources import PageText

_LONG = 20  # characters from which on a text is not in another by chance
_MOST = 4000  # blocks that are compared with each other
_MOST_BOXES = 20_000
_NAME = re.compile(r"[a-z][a-z_-]{2,40}\d?$", re.IGNORECASE)
_REST = 12  # characters that may stand beside a removed block
_WORDLESS = re.compile(r"[\W_]+")
_NEVER = frozenset(("html", "body", "main", "article"))


class Piece(NamedTuple):
    """A block of a page, and whether it is in the article."""

    block: Block
    kept: bool


def everything(pages: Iterable[PageText], picture: FindPicture) -> Body:
    """Return everything that the pages show, including menus, as blocks."""
    bodies = [from_html(whole_page(*page), picture=picture, address=page.address) for page in pages]
    blocks = tuple(block for body in bodies for block in body.blocks)
    return Body(blocks, tuple(note for body in bodies for note in body.notes))


def pieces(article: Body, every: Body) -> list[Piece]:
    """Return the blocks of an article among all those of its page, in the order of the page."""
    if len(every.blocks) > _MOST or len(article.blocks) > _MOST:
        return [Piece(block, True) for block in article.blocks]
    mine, its = [_key(x) for x in article.blocks], [_key(x) for x in every.blocks]
    article_text = "".join(mine)
    long = [own for own in mine if len(own) > 3 * _LONG]
    result: list[Piece] = []
    for _, start, end, first, last in SequenceMatcher(None, mine, its, False).get_opcodes():
        result += [Piece(block, True) for block in article.blocks[start:end]]
        if mine[start:end] != its[first:last]:
            result += [
                Piece(block, False)
                for block, key in zip(every.blocks[first:last], its[first:last], strict=True)
                if key and not _is_in(key, article_text) and not any(other in key for other in long)
            ]
    return result


def joined(chosen: Iterable[Piece], article: Body, every: Body) -> Body:
    """Return the article made of the pieces that are kept, with the notes they refer to."""
    blocks = tuple(piece.block for piece in chosen if piece.kept)
    marks = {name for block in blocks for name in _marks(block)}
    had = {note.name for note in article.notes}
    more = tuple(x for x in every.notes if x.name in marks and x.name not in had)
    return article._replace(blocks=blocks, notes=(*article.notes, *more))


def with_kept(article: Body, pages: Sequence[PageText], rules: Rules, picture: FindPicture) -> Body:
    """Return the article with the elements that rules always keep."""
    if not rules.keep:
        return article
    keys = {
        _key(block)
        for page in pages
        for root, base in [_tree(page)]
        for element in select(root, rules.keep)
        for block in from_html(write(deepcopy(element), base), picture=picture, address=base).blocks
    }
    every = everything(pages, picture)
    all_pieces = pieces(article, every)
    return joined(
        (x._replace(kept=x.kept or _key(x.block) in keys) for x in all_pieces), article, every
    )


# ---- rules from what a person chose


def rules_of(
    pages: Sequence[PageText], removed: Sequence[Block], returned: Sequence[Block],
    others: Sequence[Block],
) -> tuple[Rules, int]:  # fmt: skip
    """Return rules that change other pages of a site like this one.

    A rule names boxes by their element and class or id, and never a box with anything of ``others``
    in it. Also returns the number of blocks that no name in the page identifies.
    """
    trees = [_Named.of(page) for page in pages]
    selectors: list[list[str]] = []
    nameless = 0
    for chosen, spared in ((removed, (*returned, *others)), (returned, (*removed, *others))):
        keys = [key for key in map(_key, chosen) if key]
        spare = [key for key in map(_key, spared) if len(key) >= _REST]
        names = [_selector(key, keys, spare, trees) for key in keys]
        nameless += names.count("")
        selectors.append(list(dict.fromkeys(filter(None, names))))
    return Rules(*map(tuple, selectors)), nameless


def _selector(
    key: str, chosen: Sequence[str], spared: Sequence[str], trees: Sequence["_Named"]
) -> str:
    for tree in trees:
        if (element := tree.boxes.get(key)) is None:
            continue
        box = _outermost(element, chosen, tree.address)
        for name in _names(box):
            boxes = list(select(tree.root, [name]))
            texts = [_says(box, tree.address) for box in boxes]
            if boxes and not any(key in text for text in texts for key in spared):
                return name
    return ""


class _Named(NamedTuple):
    root: Element
    address: str
    boxes: dict[str, Element]

    @classmethod
    def of(cls, page: PageText) -> "_Named":
        root, base = _tree(page)
        boxes: dict[str, Element] = {}
        for element in root.iter():
            if isinstance(element.tag, str) and len(boxes) < _MOST_BOXES:
                boxes.setdefault(_says(element, base), element)
        return cls(root, base, boxes)


def _outermost(element: Element, chosen: Sequence[str], address: str) -> Element:
    """Return the largest box around an element whose text belongs entirely to the chosen blocks."""
    parent = element.getparent()
    while parent is not None and parent.tag not in _NEVER:
        rest = _says(parent, address)
        for key in sorted(chosen, key=len, reverse=True):
            rest = rest.replace(key, "")
        if len(rest) >= _REST:
            break
        element, parent = parent, parent.getparent()
    return element


def _names(element: Element) -> Iterator[str]:
    tag = str(element.tag)
    classes = [x for x in (element.get("class") or "").split() if _NAME.fullmatch(x)]
    yield from (f"{tag}.{class_name}" for class_name in classes)
    if len(classes) > 1:
        yield f"{tag}.{'.'.join(classes)}"
    if _NAME.fullmatch(element.get("id") or ""):
        yield f"{tag}#{element.get('id')}"
    inner = [child for child in element.iterdescendants() if isinstance(child.tag, str)]
    if len(inner) == 1 and text_of(inner[0]) == text_of(element):
        yield from _names(inner[0])
    parent = element.getparent()
    if parent is not None and parent.tag not in ("html", "body"):
        outer = [x for x in (parent.get("class") or "").split() if _NAME.fullmatch(x)]
        yield from (f"{parent.tag}.{name} > {tag}" for name in outer)


def _says(element: Element, address: str) -> str:
    """Return the text of an element as a key that can be compared with the key of a block."""
    text = _WORDLESS.sub("", "".join(element.itertext())).casefold()
    sources = [urljoin(address, image.get("src") or "") for image in element.iter("img")]
    return text + "".join(sources)


def _tree(page: PageText) -> tuple[Element, str]:
    """Return the body of a page, and the base of its relative URLs."""
    root = parse(page.html)
    if root is None:
        return etree.Element("body"), page.address
    base = base_of(root, page.address)
    return prepare(root), base


# ---- comparing blocks


def _key(block: Block) -> str:
    shown = [picture.address or picture.name for picture in pictures(Body((block,)))]
    return _WORDLESS.sub("", bare_text(block)).casefold() + "".join(shown)


def _is_in(key: str, text: str) -> bool:
    return len(key) > _LONG and key in text


def _marks(block: Block) -> list[str]:
    names: list[str] = []

    def look(runs: tuple[object, ...]) -> tuple[object, ...]:
        names.extend(run.note for run in runs if isinstance(run, NoteMark))
        return runs

    rewrite(block, look)  # type: ignore[arg-type]
    return names
