"""The rules that PDF/UA-1 (ISO 14289-1, 7.2 to 7.9) sets for the structure of a document."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from reader.printing.pdf.flaws import Flaw


class Element(NamedTuple):
    """An element of the structure, read once: its object, type, parent's type and kids.

    ``holds`` is true if it has content of its own, ``annotated`` if it has an annotation.
    """

    object: Any
    kind: str
    around: str
    kids: list["Element"]
    holds: bool
    annotated: bool


def tree_flaws(pdf: pikepdf.Pdf) -> set[Flaw]:
    """Return the flaws in the structure of a document."""
    if "/StructTreeRoot" not in pdf.Root or "/K" not in pdf.Root.StructTreeRoot:
        return {Flaw.UNTAGGED}
    elements = [*elements_of(pdf)]
    found = {flaw for each in elements for flaw in _RULES.get(each.kind, _nothing)(each)}
    found.update(flaw for each in elements for flaw in _everywhere(each))
    found.update(_headings([int(each.kind[1]) for each in elements if each.kind in _HEADINGS]))
    names = [str(each.object.get("/ID", "")) for each in elements if each.kind == "Note"]
    if "" in names or len({*names}) < len(names):
        found.add(Flaw.NOTE)
    return found


def elements_of(pdf: pikepdf.Pdf) -> Iterator[Element]:
    """Yield all elements of a document as they are heard."""
    waiting = [_read(pdf.Root.StructTreeRoot.K, "")]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += reversed(element.kids)


def _read(element: Any, around: str) -> Element:
    kind = str(element.S)[1:]
    kids, holds, annotated = [], False, False
    inside = element.get("/K", Array())
    for kid in inside if isinstance(inside, Array) else (inside,):
        if isinstance(kid, int):
            holds = True
        elif "/S" in kid:
            kids.append(_read(kid, kind))
        elif kid.get("/Type") == Name.OBJR:
            annotated = True
        else:
            holds = True
    return Element(element, kind, around, kids, holds, annotated)


_HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
_KINDS = _HEADINGS | {
    "Document", "Sect", "P", "BlockQuote", "Caption", "TOC", "TOCI", "L", "LI", "Lbl", "LBody",
    "Table", "THead", "TBody", "TR", "TH", "TD", "Link", "Note", "Code", "Figure", "Span", "Div",
}  # fmt: skip
_ROWS = ("TR", "TH", "TD", "THead", "TBody")
_INSIDE: Mapping[str, tuple[str, ...]] = {
    "L": ("LI", "L", "Caption"),
    "LI": ("Lbl", "LBody"),
    "Table": ("TR", "THead", "TBody", "Caption"),
    "THead": ("TR",),
    "TBody": ("TR",),
    "TR": ("TH", "TD"),
    "TOC": ("TOCI", "TOC", "Caption"),
}
_AROUND: Mapping[str, tuple[str, ...]] = {
    "LI": ("L",),
    "Lbl": ("LI", "Note"),
    "LBody": ("LI",),
    "TR": ("Table", "THead", "TBody"),
    "THead": ("Table",),
    "TBody": ("Table",),
    "TH": ("TR",),
    "TD": ("TR",),
    "TOCI": ("TOC",),
}


def _everywhere(each: Element) -> Iterator[Flaw]:
    if each.kind not in _KINDS:
        yield Flaw.ORDER
    if not (each.kids or each.holds or each.annotated) and each.kind not in _ROWS:
        yield Flaw.UNTAGGED
    inside, around = _INSIDE.get(each.kind), _AROUND.get(each.kind)
    wrong_kid = inside is not None and any(kid.kind not in inside for kid in each.kids)
    if wrong_kid or (around is not None and each.around not in around):
        yield Flaw.TABLE if each.kind in (*_ROWS, "Table") else Flaw.LIST


def _headings(levels: Sequence[int]) -> Iterator[Flaw]:
    before = 0
    for level in levels:
        if level > before + 1:
            yield Flaw.HEADING
        before = level


def _nothing(_each: Element) -> Iterator[Flaw]:
    return iter(())


def _list(each: Element) -> Iterator[Flaw]:
    if attribute(each.object, "ListNumbering") is None:
        yield Flaw.LIST


def _figure(each: Element) -> Iterator[Flaw]:
    if not str(each.object.get("/Alt", "")).strip() or attribute(each.object, "BBox") is None:
        yield Flaw.PICTURE


def _link(each: Element) -> Iterator[Flaw]:
    if not each.annotated or not (each.holds or each.kids):
        yield Flaw.LINK


def _head(each: Element) -> Iterator[Flaw]:
    if attribute(each.object, "Scope") is None:
        yield Flaw.TABLE


def _table(each: Element) -> Iterator[Flaw]:
    """Find a table whose rows are not equally long."""
    rows = [row for kid in each.kids for row in (kid.kids if kid.kind != "TR" else [kid])]
    rows = [row for row in rows if row.kind == "TR"]
    taken = [0] * len(rows)
    for number, row in enumerate(rows):
        for cell in row.kids:
            wide = int(attribute(cell.object, "ColSpan") or 1)
            for below in range(number, number + int(attribute(cell.object, "RowSpan") or 1)):
                if below >= len(rows):
                    yield Flaw.TABLE
                    return
                taken[below] += wide
    if len({*taken}) > 1:
        yield Flaw.TABLE


_RULES: Mapping[str, Callable[[Element], Iterator[Flaw]]] = {
    "L": _list, "Figure": _figure, "Link": _link, "TH": _head, "Table": _table,
}  # fmt: skip


def attribute(element: Any, name: str) -> Any:
    """Return an attribute of an element, None if it has none of this name."""
    owned = element.get("/A", Dictionary())
    for each in owned if isinstance(owned, Array) else (owned,):
        if f"/{name}" in each:
            return each[f"/{name}"]
    return None
