"""The walk over a parsed page: each element becomes blocks and runs, or only its text."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from lxml import etree

from reader.body import clean, elements, formula, tables
from reader.body.blocks import (
    MAX_DEPTH,
    MAX_LIST_DEPTH,
    Block,
    Callout,
    Code,
    Definition,
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
    Runs,
    Style,
    Table,
)
from reader.body.flow import Flow
from reader.body.notes import Notes
from reader.body.numbering import signs
from reader.body.rewrite import without_link

FindPicture: TypeAlias = Callable[[Mapping[str, str]], Picture | None]
Element: TypeAlias = etree._Element

_SKIPPED = frozenset(
    "script style head title template noscript svg canvas object applet select textarea button "
    "input map datalist dialog meta link rt rp source track param".split()
)
_INLINE = frozenset(
    "span a abbr acronym bdi bdo big blink center-inline data font label nobr output time wbr "
    "ruby rb q math picture".split()
) | frozenset(elements.STYLES)
_NAMED = frozenset({"li", "dd", "blockquote", "figure"})
_CALLOUTS = frozenset({"aside", "div", "section"})
_MEDIA = frozenset({"iframe", "video", "audio", "embed"})
_MAX_LEVEL = 140
"""The greatest nesting of elements; of deeper ones only the text is read."""


class Walk:
    """A walk over one page; ``trusting`` recognises references and notes by their roles alone."""

    def __init__(
        self, picture: FindPicture, address: str, notes: Notes, *, trusting: bool = False
    ) -> None:
        self._picture = picture
        self._address = address
        self._notes = notes
        self._trusting = trusting
        self.aliases: dict[str, str] = {}
        self._level = 0
        self._read_apart: set[Element] = set()
        self._depth = 0
        self._list_depth = 0
        self._readers: dict[str, Callable[[Element, Flow, Style, str], None]] = {
            "br": lambda _e, flow, _s, _l: flow.line_break(),
            "hr": self._rule,
            "img": self._img,
            "a": self._a,
            "pre": self._pre,
            "listing": self._pre,
            "blockquote": self._quote,
            "ul": self._list,
            "ol": self._list,
            "menu": self._list,
            "dl": self._definitions,
            "table": self._table,
            "figure": self._figure,
            "q": self._q,
            "ruby": self._ruby,
            "math": self._math,
            "span": self._span,
            "summary": self._summary,
        }
        for level in range(1, 7):
            self._readers[f"h{level}"] = self._heading
        for name in _MEDIA:
            self._readers[name] = self._media

    def blocks(self, element: Element, *, named: bool = True) -> tuple[Block, ...]:
        """Return the blocks in an element; if ``named``, the first gets the name of the element."""
        flow = Flow(self.aliases)
        if named and element.tag in _NAMED:
            flow.mark_place(elements.name_of(element.get("id") or ""))
        self._inside(element, flow, Style.PLAIN, "")
        flow.close()
        return tuple(flow.blocks)

    def note(self, element: Element, name: str) -> Note:
        """Return the note in an element."""
        return Note(elements.name_of(name), self.blocks(element, named=False))

    def part(self, element: Element, flow: Flow) -> None:
        """Read an element into a flow of blocks."""
        self._element(element, flow, Style.PLAIN, "")

    # ---- elements

    def _inside(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        if element.text:
            flow.text(clean.spaced(element.text), style, link)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, flow, style, link)
            if child.tail:
                flow.text(clean.spaced(child.tail), style, link)

    def _element(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        tag = element.tag
        if tag in _SKIPPED or elements.is_hidden(element):
            return
        if self._notes.holders and self._is_note(element):
            return
        if element in self._read_apart:
            return
        self._level += 1
        is_callout = tag in _CALLOUTS and element.get("role") == "note"
        reader = self._callout if is_callout else self._readers.get(tag)
        if self._level > _MAX_LEVEL:
            flow.text(clean.spaced(" ".join(element.itertext())), style, link)
        elif reader is not None:
            reader(element, flow, style, link)
        elif tag in _INLINE:
            self._inside(element, flow, style | elements.style_of(element), link)
        else:
            self._division(element, flow, style, link)
        self._level -= 1

    def _division(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        flow.close()
        flow.mark_place(elements.name_of(element.get("id") or ""))
        self._inside(element, flow, style, link)
        flow.close()

    def _is_note(self, element: Element) -> bool:
        return element in self._notes.holders or self._notes.without_text(element)

    def _runs(self, element: Element, style: Style = Style.PLAIN) -> Runs:
        flow = Flow(inline=True)
        self._inside(element, flow, style, "")
        return flow.take_runs()

    def _rule(self, element: Element, flow: Flow, _style: Style, _link: str) -> None:
        if flow.inline:
            flow.close()  # the words around it are not one word
        elif "footnotes" not in (element.get("class") or ""):
            flow.block(Rule())

    def _heading(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        if flow.inline:
            self._division(element, flow, style, link)
            return
        flow.close()
        flow.mark_place(elements.name_of(element.get("id") or ""))
        words = Flow(one_line=True)
        self._inside(element, words, Style.PLAIN, "")
        runs = words.take_runs()
        if runs:
            place = flow.take_place()
            flow.block(Heading(int(element.tag[1]), without_link(runs, f"#{place}"), place))

    def _summary(self, element: Element, flow: Flow, _style: Style, _link: str) -> None:
        self._division(element, flow, Style.STRONG, "")

    def _img(self, element: Element, flow: Flow, _style: Style, link: str) -> None:
        picture = self._picture(dict(element.items()))  # lxml cannot look up every name
        if picture is not None and not elements.is_dark_only(element):
            flow.run(picture._replace(link=link))

    def _a(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        href = element.get("href") or ""
        if href.startswith("#"):
            name = href[1:]
            if self._is_mark(element, name):
                flow.run(NoteMark(elements.name_of(name)))
                return
            if self._notes.holders and self._in_note(element) and self._notes.is_back_link(element):
                return
            href = f"#{elements.name_of(name)}"
        elif element.get("id") or element.get("name"):
            flow.mark_place(elements.name_of(element.get("id") or element.get("name") or ""))
        self._inside(element, flow, style, clean.link(href, self._address) or link)

    def _is_mark(self, element: Element, name: str) -> bool:
        if self._trusting:
            return element.get("role") == "doc-noteref" and bool(elements.name_of(name))
        return name in self._notes.names and not self._in_note_of(element, name)

    def _in_note(self, element: Element) -> bool:
        return any(ancestor in self._notes.holders for ancestor in element.iterancestors())

    def _in_note_of(self, element: Element, name: str) -> bool:
        return self._notes.names[name] in element.iterancestors()

    def _q(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        flow.text("“", style, link)
        self._inside(element, flow, style, link)
        flow.text("”", style, link)

    def _ruby(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        self._inside(element, flow, style, link)
        over = "".join("".join(ruby.itertext()) for ruby in element.iter("rt")).strip()
        if over:
            flow.text(f"({clean.spaced(over)})", style, link)

    def _math(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        before, flow.tex = flow.tex, formula.source_of(element)
        for text, more in formula.text_of(element):
            flow.text(clean.spaced(text), style | more, link)
        flow.tex = before

    def _span(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        before, flow.tex = flow.tex, formula.noted(element.get("data-tex") or "") or flow.tex
        self._inside(element, flow, style | elements.style_of(element), link)
        flow.tex = before

    def _media(self, element: Element, flow: Flow, style: Style, _link: str) -> None:
        source = element.find("source")
        where = element.get("src") or (source.get("src") if source is not None else "") or ""
        link = clean.link(where, self._address)
        link = link if link.startswith("http") else ""
        flow.close()
        if poster := element.get("poster"):
            self._img(etree.Element("img", src=poster, alt=""), flow, style, link)
            flow.close()
        if link:
            host = link.partition("://")[2].partition("/")[0].removeprefix("www.")
            flow.text(clean.spaced(element.get("title") or f"▶ {host}").strip(), style, link)
            flow.close()

    def _pre(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        text = clean.text("".join(elements.code_text(element))).strip("\n")
        if flow.inline:
            for index, line in enumerate(text.split("\n")):
                if index:
                    flow.line_break()
                flow.text(clean.spaced(line), style | Style.CODE, link)
        elif text.strip():
            flow.block(Code(text, elements.language(element)))

    # ---- blocks of blocks

    def _quote(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        if flow.inline or self._depth >= MAX_DEPTH:
            self._division(element, flow, style, link)
            return
        blocks = self._deeper(element)
        if blocks:
            flow.block(Quote(blocks))

    def _callout(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        if flow.inline or self._depth >= MAX_DEPTH:
            self._division(element, flow, style, link)
            return
        flow.mark_place(elements.name_of(element.get("id") or ""))
        head = element[0] if len(element) and not (element.text or "").strip() else None
        title: Runs = ()
        if head is not None and head.tag == "header":
            title = self._runs(head)
            self._read_apart.add(head)
        if blocks := self._deeper(element):
            flow.block(Callout(title, blocks, elements.kind(element)))
        elif title:
            flow.block(Paragraph(title))

    def _deeper(self, element: Element) -> tuple[Block, ...]:
        self._depth += 1
        blocks = self.blocks(element)
        self._depth -= 1
        return blocks

    def _list(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        too_deep = self._list_depth >= MAX_LIST_DEPTH or self._depth >= MAX_DEPTH
        if flow.inline or too_deep:
            self._items_as_lines(element, flow, style, link)
            return
        self._list_depth += 1
        items = self._items(element)
        self._list_depth -= 1
        if items:
            flow.block(_list_of(element, items))

    def _items_as_lines(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        items = (Item((), value=elements.value(item)) for item in element.iterchildren("li"))
        numbered = signs(_list_of(element, items))
        for child in element:
            if not isinstance(child.tag, str):
                continue
            flow.close()
            if child.tag == "li":
                sign = next(numbered)
                flow.marker(f"{sign} " if element.tag == "ol" else "• ", style, link)
            self._element(child, flow, style, link)
            flow.drop_marker()
        flow.close()

    def _items(self, element: Element) -> list[Item]:
        items: list[Item] = []
        for child in element:
            if not isinstance(child.tag, str) or elements.is_hidden(child):
                continue
            if self._notes.holders and self._is_note(child):
                continue
            if child.tag == "li":
                blocks, checked = self._deeper(child), elements.checked(child)
                if blocks or checked is not None:
                    items.append(Item(blocks, checked, elements.value(child)))
                continue
            stray = Flow()
            self._depth += 1
            self.part(child, stray)
            self._depth -= 1
            stray.close()
            if stray.blocks and items:
                last = items[-1]
                items[-1] = last._replace(blocks=(*last.blocks, *stray.blocks))
            elif stray.blocks:
                items.append(Item(tuple(stray.blocks)))
        return items

    def _definitions(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        if flow.inline or self._depth >= MAX_DEPTH:
            self._division(element, flow, style, link)
            return
        items: list[Definition] = []
        terms: list[Runs] = []
        # If end tags are missing, the parser nests each element in the previous one.
        own = [term for term in element.iter("dt", "dd") if elements.dl_of(term) is element]
        self._read_apart.update(own)
        for child in own:
            if self._notes.holders and self._is_note(child):
                continue
            if child.tag == "dt":
                runs = self._runs(child)
                terms += [runs] if runs else []
                continue
            blocks = self._deeper(child)
            if terms or not items:
                items.append(Definition(tuple(terms), blocks))
                terms = []
            else:
                items[-1] = Definition(items[-1].terms, (*items[-1].blocks, *blocks))
        if terms:
            items.append(Definition(tuple(terms), ()))
        if items:
            flow.block(Definitions(tuple(items)))

    def _table(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        if flow.inline or tables.is_layout(element):
            for row, _ in tables.rows_of(element):
                for cell in row.iterchildren("td", "th"):
                    self._division(cell, flow, style, link)
            return
        table: Table = tables.read(element, self._runs)
        if any(cell.runs for row in table.rows for cell in row):
            flow.block(table)

    def _figure(self, element: Element, flow: Flow, style: Style, link: str) -> None:
        if flow.inline or self._depth >= MAX_DEPTH:
            self._division(element, flow, style, link)
            return
        own = element.iter("figcaption")
        outer = ("figure", "figcaption")
        captions = [each for each in own if next(each.iterancestors(*outer)) is element]
        words = Flow(inline=True)
        for other in captions:
            self._division(other, words, Style.PLAIN, "")
            tail = other.tail
            other.clear()
            other.tail = tail
        caption = words.take_runs()
        blocks = self._deeper(element)
        if not blocks:
            if caption:
                flow.block(Paragraph(caption))
        else:
            flow.block(Figure(blocks, caption))


def _list_of(element: Element, items: Iterable[Item]) -> List:
    if element.tag != "ol":
        return List(tuple(items))
    descends = element.get("reversed") is not None
    start, numerals = elements.start(element), elements.numerals(element)
    return List(tuple(items), True, start, numerals, descends)
