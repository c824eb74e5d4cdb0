"""The structure tree of a PDF (ISO 32000-1, 14.7)."""

from collections.abc import Mapping, Sequence
from itertools import count

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reader.printing.pdf.links import Rect
from reader.printing.pdf.plan import Node

_ROWS = frozenset({"THead", "TBody", "TR", "TH", "TD"})
"""The elements that a table has even if they are empty."""

_IN_TEXT = -1  # the order of content and of elements within text: as they come


class Elements:
    """The structure elements of a file, made when their first content is found."""

    def __init__(self, pdf: pikepdf.Pdf, nodes: Sequence[Node], boxes: Mapping[int, Rect]) -> None:
        self._pdf = pdf
        self._nodes = [*nodes]
        self._boxes = dict(boxes)
        self._orders: dict[int, int] = {}
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._made: dict[int, pikepdf.Object] = {}
        self._kids: dict[int, list[tuple[int, object]]] = {}
        self._pages: dict[int, tuple[int, int]] = {}  # the page on which an element begins
        self._parents: list[tuple[int, pikepdf.Object]] = []
        self._keys = count(len(pdf.pages))

    def kind(self, number: int) -> str:
        """Return the type of a node."""
        return self._nodes[number].kind

    def add(self, node: Node) -> int:
        """Add a node within the text of its parent and return its number."""
        self._nodes.append(node)
        self._orders[len(self._nodes) - 1] = _IN_TEXT
        return len(self._nodes) - 1

    def picture(self, parent: int, words: str, box: Rect) -> int:
        """Add a picture in a line of text and return its number."""
        number = self.add(Node("Figure", parent, words))
        self._boxes[number] = box
        return number

    def around(self, number: int, kind: str) -> int:
        """Put a new node around one that has no element yet, and return its number."""
        node = self._nodes[number]
        outer = self.add(Node(kind, node.parent))
        self._orders[outer] = self._orders.get(number, number)
        self._nodes[number] = node._replace(parent=outer)
        return outer

    def is_made(self, number: int) -> bool:
        """Return whether a node has an element."""
        return number in self._made

    def label_of(self, number: int) -> int:
        """Return the node for the first link in the text of a node; there is none afterwards."""
        node = self._nodes[number]
        self._nodes[number] = node._replace(label=-1)
        return node.label

    def element(self, number: int) -> pikepdf.Object:
        """Return the element of a node, and make those around it."""
        if number in self._made:
            return self._made[number]
        node = self._nodes[number]
        around = self._root if node.parent < 0 else self.element(node.parent)
        made = Dictionary(Type=Name.StructElem, S=Name(f"/{node.kind}"), P=around)
        element = self._made[number] = self._pdf.make_indirect(made)
        self._describe(element, number, node)
        if node.parent < 0:
            self._root.K = element
        else:
            order = self._orders.get(number, number)
            self._kids.setdefault(node.parent, []).append((order, element))
        return element

    def _describe(self, element: pikepdf.Object, number: int, node: Node) -> None:
        if node.alt:
            element.Alt = String(node.alt)
        if node.title:
            element.T = String(node.title)
        if node.language:
            element.Lang = String(node.language)
        if node.name:
            element.ID = String(node.name)
        if node.attributes:
            element.A = _attributes(node)
        if number in self._boxes:
            element.A = Dictionary(
                O=Name.Layout, Placement=Name.Block, BBox=Array(self._boxes[number])
            )

    def _element_on(self, page: pikepdf.Object, number: int) -> pikepdf.Object:
        """Return the element of a node that has content on a page."""
        element = self.element(number)
        if number not in self._pages:
            self._pages[number] = page.objgen
            element.Pg = page
        return element

    def marked(self, number: int, page: pikepdf.Object, mcid: int) -> pikepdf.Object:
        """Record marked content of a node and return its element."""
        element = self._element_on(page, number)
        here = self._pages[number] == page.objgen
        kid = mcid if here else Dictionary(Type=Name.MCR, Pg=page, MCID=mcid)
        self._kids.setdefault(number, []).append((_IN_TEXT, kid))
        return element

    def link(self, number: int, page: pikepdf.Object, annotation: pikepdf.Object) -> None:
        """Add an annotation to a link."""
        element, key = self._element_on(page, number), next(self._keys)
        annotation.StructParent = key
        self._parents.append((key, element))
        inside = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)
        self._kids.setdefault(number, []).append((_IN_TEXT, inside))

    def finish(self, owners: Sequence[Sequence[pikepdf.Object]]) -> None:
        """Write the tree; ``owners`` are the elements of the marks of each page."""
        self._complete_tables()
        for number, kids in self._kids.items():
            kids.sort(key=lambda kid: kid[0])
            self._made[number].K = Array([kid for _, kid in kids])
        pages = [(page, self._pdf.make_indirect(Array(each))) for page, each in enumerate(owners)]
        flat = [item for pair in [*pages, *self._parents] for item in pair]
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(flat)))
        self._root.ParentTreeNextKey = next(self._keys)
        self._name_elements()
        self._pdf.Root.StructTreeRoot = self._root
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _complete_tables(self) -> None:
        for number, node in enumerate(self._nodes):
            if node.kind in _ROWS and number not in self._made and node.parent in self._made:
                self.element(number)

    def _name_elements(self) -> None:
        named = {self._nodes[number].name: each for number, each in self._made.items()}
        named.pop("", None)
        if named:
            names = sorted(named)
            pairs = [item for name in names for item in (String(name), named[name])]
            limits = Array([String(names[0]), String(names[-1])])
            leaf = self._pdf.make_indirect(Dictionary(Limits=limits, Names=Array(pairs)))
            self._root.IDTree = self._pdf.make_indirect(Dictionary(Kids=Array([leaf])))


def _attributes(node: Node) -> pikepdf.Dictionary:
    """Return the attributes of a node, which all have one owner."""
    made = Dictionary(O=Name(f"/{node.attributes[0][0]}"))
    for _, name, value in node.attributes:
        made[f"/{name}"] = Name(f"/{value}") if isinstance(value, str) else value
    return made
