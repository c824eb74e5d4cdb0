"""Replace the marks in a PDF by tags: marked content, a structure tree, and links in it.

See ``reader.printing.pdf.structure`` for the marks. Follows ISO 32000-1, 14.6 to 14.8.
"""

import re
import zlib
from collections.abc import Sequence
from itertools import count, pairwise
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from reader.printing.pdf.structure import ARTIFACT, END, MARK_Y, Node
from reader.printing.pdf.tounicode import codes_of

_MARK = b" %d m\nh\nS\n" % MARK_Y
_BEFORE = b"q\n/CSp CS\n0 0 0 SCN\n0 w 2 J 2 j []0  d\n"
_AFTER = b"Q\n"


_BEGIN = re.compile(rb"/(F\d+) ([\d.]+) Tf 1 0 0 -1 0 0 Tm\n-?[\d.]+ (-?[\d.]+) Td")
_A_LINE = 0.8  # of the type size; text that is further below is on another line
_HYPHENS = ("-", "\N{SOFT HYPHEN}", "\N{HYPHEN}")


class Place(NamedTuple):
    """The place of a node: page, left, bottom, right and top in points."""

    page: int
    node: int
    rect: tuple[float, float, float, float]


class Tree(NamedTuple):
    """The structure of a file: its nodes, parents first, and their places."""

    nodes: Sequence[Node]
    places: Sequence[Place]


def tag(pdf: pikepdf.Pdf, tree: Tree) -> None:
    """Make a file a tagged PDF."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    elements = _Elements(pdf, tree.nodes, root)
    lines = _Lines()
    parents: list[tuple[int, pikepdf.Object]] = []
    for number, page in enumerate(pdf.pages):
        owners = _tag_page(page.obj, lines)
        pieces = [elements.marked(node, page.obj, mcid) for mcid, node in enumerate(owners)]
        page.obj.StructParents = number
        page.obj.Tabs = Name.S
        parents.append((number, pdf.make_indirect(Array(pieces))))
    keys = count(len(pdf.pages))
    places: dict[int, list[Place]] = {}
    for place in tree.places:
        places.setdefault(place.page, []).append(place)
    for number, page in enumerate(pdf.pages):
        for link in page.obj.get("/Annots", ()):
            node = _at(link, places.get(number, ()))
            key = next(keys)
            link.StructParent = key
            link.Contents = pikepdf.String(_said(link))
            parents.append((key, elements.link(node, page.obj, link)))
    elements.finish()
    flat = [item for key, value in parents for item in (key, value)]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(flat)))
    root.ParentTreeNextKey = next(keys)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _tag_page(page: pikepdf.Object, lines: "_Lines") -> list[int]:
    """Replace the marks of a page by tags; return the nodes by their MCID."""
    lines.use(page)
    pieces = page.Contents.read_bytes().split(_MARK)
    owners: list[int] = []
    whole: list[bytes] = []
    for index in range(len(pieces) - 1):
        head, _, number = pieces[index].rpartition(b"\n")
        head += b"\n"
        if head.endswith(_BEFORE) and pieces[index + 1].startswith(_AFTER):
            head = head.removesuffix(_BEFORE)
            pieces[index + 1] = pieces[index + 1].removeprefix(_AFTER)
        whole += [lines.spaced(head), _operator(int(number), owners)]
    # Compressed here, because zlib lets other threads run meanwhile.
    packed = zlib.compress(b"".join([*whole, pieces[-1]]))
    page.Contents.write(packed, filter=Name.FlateDecode)
    return owners


class _Lines:
    """Ends lines of text with a space, so that screen readers do not join words."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[bytes, frozenset[bytes]]] = {}
        self._fonts: dict[bytes, tuple[bytes, frozenset[bytes]]] = {}

    def use(self, page: pikepdf.Object) -> None:
        """Read the fonts of a page."""
        self._fonts = {}
        for name, font in page.Resources.get("/Font", Dictionary()).items():
            if font.objgen not in self._known:
                self._known[font.objgen] = self._spaces_of(font)
            self._fonts[name[1:].encode()] = self._known[font.objgen]

    def _spaces_of(self, font: pikepdf.Object) -> tuple[bytes, frozenset[bytes]]:
        """Return the code of a space, and the codes of hyphens."""
        codes = codes_of(font) if "/ToUnicode" in font else {}
        space = next((code for code, text in codes.items() if text == " "), b"")
        return space, frozenset(code for code, text in codes.items() if text in _HYPHENS)

    def spaced(self, text: bytes) -> bytes:
        """Return painted text with a space before each line but the first."""
        lines = list(_BEGIN.finditer(text))
        whole: list[bytes] = []
        done = 0
        for one, other in pairwise(lines):
            font, size, y = one.groups()
            if abs(float(other[3]) - float(y)) < float(size) * _A_LINE:
                continue
            end = text.rfind(b"ET\n", one.end(), other.start())
            space, hyphens = self._fonts.get(font, (b"", frozenset()))
            if end < 0 or not space or text[end - 9 : end - 5] in hyphens:
                continue
            whole += [text[done:end], b"<", space, b"> Tj\n"]
            done = end
        return b"".join([*whole, text[done:]]) if whole else text


def _operator(number: int, owners: list[int]) -> bytes:
    if number == END:
        return b"EMC\n"
    if number == ARTIFACT:
        return b"/Artifact BMC\n"
    owners.append(number)
    return b"/P <</MCID %d>> BDC\n" % (len(owners) - 1)


class _Elements:
    """The structure elements, made when their first content is found."""

    def __init__(self, pdf: pikepdf.Pdf, nodes: Sequence[Node], root: pikepdf.Object) -> None:
        self._pdf = pdf
        self._nodes = nodes
        self._root = root
        self._made: dict[int, pikepdf.Object] = {}
        self._kids: dict[int, list[tuple[int, object]]] = {}

    def element(self, number: int) -> pikepdf.Object:
        """Return the element of a node, and make those around it."""
        if number in self._made:
            return self._made[number]
        node = self._nodes[number]
        element = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.kind}")))
        self._made[number] = element
        if node.alt:
            element.Alt = pikepdf.String(node.alt)
        if node.title:
            element.T = pikepdf.String(node.title)
        if node.kind == "Code":
            element.A = Dictionary(O=Name.Layout, Placement=Name.Block)
        if node.kind == "TH":
            element.A = Dictionary(O=Name.Table, Scope=Name.Column)
        if node.parent < 0:
            element.P = self._root
            self._root.K = element
        else:
            element.P = self.element(node.parent)
            self._kids.setdefault(node.parent, []).append((number, element))
        return element

    def marked(self, node: int, page: pikepdf.Object, mcid: int) -> pikepdf.Object:
        """Record marked content of a node and return its element."""
        element = self.element(node)
        if "/Pg" not in element:
            element.Pg = page
        kid = (
            mcid
            if element.Pg.objgen == page.objgen
            else Dictionary(Type=Name.MCR, Pg=page, MCID=mcid)
        )
        self._kids.setdefault(node, []).append((-1, kid))
        return element

    def link(self, node: int, page: pikepdf.Object, link: pikepdf.Object) -> pikepdf.Object:
        """Add a link to a node and return its element."""
        inside = Dictionary(Type=Name.OBJR, Obj=link, Pg=page)
        element = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Link, P=self.element(node), Pg=page, K=inside)
        )
        self._kids.setdefault(node, []).append((-1, element))
        return element

    def finish(self) -> None:
        """Write the contents of each element in reading order."""
        for node, kids in self._kids.items():
            kids.sort(key=lambda kid: kid[0])
            self._made[node].K = Array([kid for _, kid in kids])


def _at(link: pikepdf.Object, places: Sequence[Place]) -> int:
    """Return the node at the place of a link, the document if there is none."""
    left, bottom, right, top = (float(side) for side in link.Rect)
    x, y = (left + right) / 2, (bottom + top) / 2
    for place in places:
        if (
            place.rect[0] - 2 <= x <= place.rect[2] + 2
            and place.rect[1] - 2 <= y <= place.rect[3] + 2
        ):
            return place.node
    return 0


def _said(link: pikepdf.Object) -> str:
    action = link.get("/A")
    return str(action.URI) if action is not None and "/URI" in action else "To a place in the text"
