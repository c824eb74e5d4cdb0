"""Write a body as XHTML, which web browsers and readers of EPUB take alike.

Names of places become ids of our own, so that they are valid and no two articles share one.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple

from reader.body.blocks import (
    Block,
    Body,
    Callout,
    Cell,
    Code,
    Definitions,
    Figure,
    Heading,
    Item,
    List,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Runs,
    Style,
    Table,
    Text,
    is_pictures,
    title_of,
)
from reader.body.formula import Pieces
from reader.body.tex import may_have_formulas, pieces_of
from reader.body.to_html import styled
from reader.body.to_text import runs_text

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?", re.I | re.ASCII)


class Section(NamedTuple):
    """A heading of an article: its level, its words and its id."""

    level: int
    words: str
    id: str


class Addresses(NamedTuple):
    """The addresses of pictures and links, as a writer of a text uses them.

    ``picture`` returns the address of a picture, ``""`` if it cannot be shown; ``link`` that of a
    link, ``""`` to leave it out. ``is_epub`` adds the attributes of EPUB.
    """

    picture: Callable[[Picture], str]
    link: Callable[[str], str]
    is_epub: bool = False


def text(words: str) -> str:
    """Return a text for XHTML."""
    return escape(_NOT_XML.sub("", words), quote=False)


def attribute(name: str, value: str) -> str:
    """Return an attribute with a space before it, nothing if it has no value."""
    value = escape(_NOT_XML.sub(" ", value)).replace("\n", "&#10;").replace("\t", "&#9;")
    return f' {name}="{value}"' if value else ""


def language(tag: str) -> str:
    """Return a language tag if it is well-formed, else ``""``."""
    return tag if _LANGUAGE.fullmatch(tag) else ""


class Writer:
    """Writes one body; ``sections`` are its headings once it was written."""

    def __init__(self, body: Body, addresses: Addresses, prefix: str = "") -> None:
        """Begin to write; ``prefix`` makes the ids unique among several articles."""
        self._body = body
        self._addresses = addresses
        self._prefix = prefix
        self._places = {name: f"{prefix}p{number}" for number, name in enumerate(_places(body), 1)}
        self._numbers = {note.name: number for number, note in enumerate(body.notes, 1)}
        self._untaken = {*self._places}
        self._marked: set[str] = set()
        self.sections: list[Section] = []

    def blocks(self) -> str:
        """Return the blocks, one a line, without the notes."""
        return "\n".join(map(self._block, self._body.blocks))

    def notes(self) -> str:
        """Return the notes, each with a link back to its text; the blocks come first."""
        return "\n".join(map(self._note, self._body.notes))

    def _note(self, note: Note) -> str:
        number = self._numbers[note.name]
        mark = f"{number}."
        if note.name in self._marked:
            mark = f'<a role="doc-backlink" href="#{self._prefix}r{number}">{number}.</a>'
        kind = ' epub:type="footnote"' if self._addresses.is_epub else ""
        inside = self._blocks(note.blocks)
        start = f'<p class="number">{mark}</p>'
        name = f"{self._prefix}n{number}"
        return f'<aside{kind} role="doc-footnote" id="{name}">{start}{inside}</aside>'

    def _blocks(self, blocks: tuple[Block, ...]) -> str:
        return "".join(map(self._block, blocks))

    def _block(self, block: Block) -> str:  # noqa: C901  # a case for each kind
        match block:
            case Paragraph():
                kind = ' class="pictures"' if is_pictures(block) else ""
                return f"<p{self._id(block.anchor)}{kind}>{self._runs(block.runs)}</p>"
            case Heading():
                return self._heading(block)
            case Quote():
                return f"<blockquote>{self._blocks(block.blocks)}</blockquote>"
            case Callout():
                return self._callout(block)
            case Code():
                kind = attribute("class", f"language-{block.language}" if block.language else "")
                return f'<pre dir="ltr"><code{kind}>{text(block.text)}</code></pre>'
            case List():
                return self._list(block)
            case Definitions():
                return self._definitions(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Rule():
                return "<hr/>"

    def _callout(self, block: Callout) -> str:
        title = f'<p class="title">{self._runs(title_of(block))}</p>' if title_of(block) else ""
        kind = attribute("class", f"callout {block.kind}".strip())
        return f'<aside role="note"{kind}>{title}{self._blocks(block.blocks)}</aside>'

    def _figure(self, block: Figure) -> str:
        caption = f"<figcaption>{self._runs(block.caption)}</figcaption>" if block.caption else ""
        return f"<figure>{self._blocks(block.blocks)}{caption}</figure>"

    def _heading(self, block: Heading) -> str:
        id = self._take(block.anchor) or f"{self._prefix}h{len(self.sections) + 1}"
        words = " ".join(runs_text(block.runs).split())
        self.sections.append(Section(block.level, words, id))
        name = f"h{min(block.level + 1, 6)}"  # the title is the first one
        return f'<{name} id="{id}">{self._runs(block.runs)}</{name}>'

    def _id(self, anchor: str) -> str:
        return attribute("id", self._take(anchor))

    def _take(self, anchor: str) -> str:
        """Return the id of a place, once: a text may have the same name again."""
        if anchor not in self._untaken:
            return ""
        self._untaken.remove(anchor)
        return self._places[anchor]

    def _list(self, block: List) -> str:
        if not block.ordered:
            return f"<ul>{''.join(map(self._item, block.items))}</ul>"
        start = f' start="{block.start}"' if block.start != 1 else ""
        order = ' reversed="reversed"' if block.descends else ""
        numerals = attribute("type", block.numerals)
        return f"<ol{numerals}{order}{start}>{''.join(map(self._item, block.items))}</ol>"

    def _item(self, item: Item) -> str:
        value = "" if item.value is None else f' value="{item.value}"'
        if item.checked is None:
            return f"<li{value}>{self._blocks(item.blocks)}</li>"
        box = "☑" if item.checked else "☐"
        first, *rest = item.blocks or (Paragraph(()),)
        if isinstance(first, Paragraph):
            first = first._replace(runs=(Text(f"{box} "), *first.runs))
            return f'<li{value} class="task">{self._blocks((first, *rest))}</li>'
        return f'<li{value} class="task">{box} {self._blocks(item.blocks)}</li>'

    def _definitions(self, block: Definitions) -> str:
        items = []
        for item in block.items:
            items += [f"<dt>{self._runs(term)}</dt>" for term in item.terms or ((),)]
            items.append(f"<dd>{self._blocks(item.blocks)}</dd>")
        return f"<dl>{''.join(items)}</dl>"

    def _table(self, table: Table) -> str:
        caption = f"<caption>{self._runs(table.caption)}</caption>" if table.caption else ""
        head = "".join(map(self._row, table.rows[: table.head]))
        rest = "".join(map(self._row, table.rows[table.head :]))
        above = f"<thead>{head}</thead>" if head else ""
        below = f"<tbody>{rest}</tbody>" if rest or not head else ""
        return f'<div class="table"><table>{caption}{above}{below}</table></div>'

    def _row(self, row: tuple[Cell, ...]) -> str:
        return f"<tr>{''.join(map(self._cell, row))}</tr>"

    def _cell(self, cell: Cell) -> str:
        name = "th" if cell.header else "td"
        columns = f' colspan="{cell.columns}"' if cell.columns != 1 else ""
        rows = f' rowspan="{cell.rows}"' if cell.rows != 1 else ""
        kind = attribute("class", cell.align)
        return f"<{name}{columns}{rows}{kind}>{self._runs(cell.runs)}</{name}>"

    # ---- runs

    def _runs(self, runs: Runs) -> str:
        return "".join(self._linked(link, [*some]) for link, some in groupby(runs, _link_of))

    def _linked(self, link: str, runs: list[Run]) -> str:
        target = self._target(link)
        inner = "".join(
            self._marked_up(*kind, [*some], in_link=bool(target))
            for kind, some in groupby(runs, _kind_of)
        )
        return f"<a{attribute('href', target)}>{inner}</a>" if target and inner else inner

    def _target(self, link: str) -> str:
        if link.startswith("#"):
            place = self._places.get(link[1:])
            return f"#{place}" if place else ""
        return self._addresses.link(link) if link else ""

    def _marked_up(self, colour: str, tex: str, runs: list[Run], *, in_link: bool) -> str:
        inner = "".join(self._run(run, in_link=in_link) for run in runs)
        if tex:
            inner = self._math(tex, inner)
        return f'<mark class="{colour}">{inner}</mark>' if colour else inner

    def _run(self, run: Run, *, in_link: bool) -> str:
        match run:
            case Text():
                return styled(self._words(run), run.style)
            case Picture():
                return self._picture(run, in_link=in_link)
            case NoteMark():
                return self._note_mark(run)

    def _words(self, run: Text) -> str:
        """Return the text of a run, with its formulas as the page shows them."""
        if run.tex or Style.CODE in run.style or not may_have_formulas(run.text):
            return _lines(run.text)
        return "".join(
            _lines(source) if shown is None else self._formula(source, shown)
            for source, shown in pieces_of(run.text)
        )

    def _formula(self, source: str, shown: Pieces) -> str:
        inner = "".join(styled(_lines(words), style) for words, style in shown)
        return self._math(source.strip("$"), inner)

    def _math(self, source: str, inner: str) -> str:
        again = "" if self._addresses.is_epub else attribute("data-tex", source)
        return (
            f'<span class="math" role="math"{attribute("aria-label", source)}{again}>{inner}</span>'
        )

    def _picture(self, picture: Picture, *, in_link: bool) -> str:
        if address := self._addresses.picture(picture):
            sizes = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
            given = picture.given
            if given.unit == "em" and given.height:
                sizes = f' style="height: {given.height:.4g}em"'
            alt = escape(_NOT_XML.sub("", " ".join(picture.alt.split())))
            return f'<img src="{escape(address)}"{sizes} alt="{alt}"/>'
        words = text(picture.alt) or "Picture"
        target = "" if in_link else self._addresses.link(picture.address)
        if target:
            return f'<a class="missing"{attribute("href", target)}>{words}</a>'
        return f'<span class="missing">{words}</span>'

    def _note_mark(self, mark: NoteMark) -> str:
        number = self._numbers.get(mark.note)
        if number is None:
            return ""
        id = "" if mark.note in self._marked else f' id="{self._prefix}r{number}"'
        self._marked.add(mark.note)
        kind = ' epub:type="noteref"' if self._addresses.is_epub else ""
        target = f"#{self._prefix}n{number}"
        return f'<a{id}{kind} role="doc-noteref" href="{target}"><sup>{number}</sup></a>'


def _lines(words: str) -> str:
    return text(words).replace("\n", "<br/>")


def _link_of(run: Run) -> str:
    return "" if isinstance(run, NoteMark) else run.link


def _kind_of(run: Run) -> tuple[str, str]:
    return (run.colour, run.tex) if isinstance(run, Text) else ("", "")


def _places(part: object) -> Iterator[str]:
    """Yield the names of all places once."""
    seen: set[str] = set()
    stack = [part]
    while stack:
        each = stack.pop()
        if isinstance(each, Heading | Paragraph):
            if each.anchor and each.anchor not in seen:
                seen.add(each.anchor)
                yield each.anchor
        elif isinstance(each, tuple):
            stack += [inner for inner in each if isinstance(inner, tuple)]
