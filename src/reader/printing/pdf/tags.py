"""Replace the marks in a PDF by tags: marked content, a structure tree, and links in it.

See ``reader.printing.pdf.structure`` for the marks. Follows ISO 32000-1, 14.6 to 14.8.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Name, String

from reader.printing.pdf.elements import Elements
from reader.printing.pdf.line_ends import LineEnds
from reader.printing.pdf.links import Rect, Written
from reader.printing.pdf.marks import END, parts_after_marks
from reader.printing.pdf.plan import NO_WORDS, Node
from reader.printing.pdf.runs_in_text import Run, RunFinder
from reader.printing.pdf.spans import TextWriter
from reader.printing.pdf.structure import ARTIFACT, MARK_Y


class Place(NamedTuple):
    """The place of a node in points."""

    page: int
    node: int
    rect: Rect


class Tree(NamedTuple):
    """The structure of a file: its nodes, parents first, and their places.

    ``pictures`` are the alternative texts of the pictures in lines, by the nodes they stand in.
    """

    nodes: Sequence[Node]
    places: Sequence[Place]
    pictures: Mapping[int, Sequence[str]]


def tag(
    pdf: pikepdf.Pdf, tree: Tree, links: Sequence[Sequence[Written]], texts: TextWriter
) -> None:
    """Make a file a tagged PDF; ``links`` are those of each page.

    ``texts`` replaces the other marks of each page.
    """
    boxes: dict[int, Rect] = {}
    places: dict[int, list[Place]] = {}
    for place in tree.places:
        places.setdefault(place.page, []).append(place)
        if tree.nodes[place.node].kind == "Figure":
            boxes.setdefault(place.node, place.rect)
    elements = Elements(pdf, tree.nodes, boxes)
    tagger = _Tagger(elements, tree, texts)
    owners = []
    for number, page in enumerate(pdf.pages):
        owners.append(tagger.page(page.obj, links[number], places.get(number, ())))
        page.obj.StructParents = number
        page.obj.Tabs = Name.S
    for written in chain.from_iterable(links):
        written.annotation.Contents = String(_said(written.annotation))
    elements.finish(owners)


class _Tagger:
    """Tags the pages of a file, one after the other."""

    def __init__(self, elements: Elements, tree: Tree, texts: TextWriter) -> None:
        self._texts = texts
        self._elements = elements
        self._pictures = {node: iter(words) for node, words in tree.pictures.items()}
        self._lines = LineEnds()
        self._open: dict[int, tuple[str, int]] = {}  # target and node of the link at a node's end

    def page(
        self, page: pikepdf.Object, links: Sequence[Written], places: Sequence[Place]
    ) -> list[pikepdf.Object]:
        """Replace the marks of a page by tags; return the elements by their MCID."""
        self._lines.use(page)
        content = page.Contents.read_bytes()
        sheet = _Sheet(page, RunFinder(links, content), dict(enumerate(links)), [], set(), {})
        whole: list[bytes] = []
        for node, text in parts_after_marks(content, MARK_Y):
            if node == END:
                whole.append(text)
            elif node == ARTIFACT:
                if links:
                    sheet.unread.update(run.link for run in sheet.finder.runs(text))
                whole += [b"/Artifact BMC\n", text, b"EMC\n"]
            else:
                whole += self._content(self._lines.spaced(text), node, sheet)
        tagged = self._texts.content(page, b"".join(whole))
        # Compressed here, because zlib lets other threads run meanwhile.
        page.Contents.write(zlib.compress(tagged), filter=Name.FlateDecode)
        self._rest(sheet, places)
        return sheet.owners

    def _content(self, text: bytes, node: int, sheet: "_Sheet") -> Iterator[bytes]:
        """Yield the content of a node, that of its links and pictures apart."""
        if not sheet.links and node not in self._pictures:
            yield from self._marked(text, node, sheet)
            return
        runs = [*sheet.finder.runs(text)]
        if self._elements.kind(node) == "Figure":
            runs = [Run(0, max(run.link for run in runs))]
        ends = [run.start for run in runs[1:]] + [len(text)]
        for run, end in zip(runs, ends, strict=True):
            link = self._link(run, node, sheet)
            owner = self._owner(run, node, link)
            yield from self._marked(text[run.start : end], owner, sheet)
            if link >= 0 and (written := sheet.links.pop(run.link, None)):
                self._elements.link(link, sheet.page, written.annotation)

    def _marked(self, text: bytes, owner: int, sheet: "_Sheet") -> Iterator[bytes]:
        if owner < 0:
            yield from (b"/Artifact BMC\n", text, b"EMC\n")
            return
        mcid, kind = len(sheet.owners), self._elements.kind(owner).encode()
        sheet.owners.append(self._elements.marked(owner, sheet.page, mcid))
        yield from (b"/%s <</MCID %d>> BDC\n" % (kind, mcid), text, b"EMC\n")

    def _link(self, run: Run, node: int, sheet: "_Sheet") -> int:
        """Return the node of the link of a run, -1 if there is none.

        Links that go on with the same target, on another line or page, are one.
        """
        before = self._open.pop(node, ("", -1))
        if run.link < 0:
            return -1
        target = sheet.finder.links[run.link].href
        link = before[1] if before[0] == target else self._new_link(node)
        self._open[node] = (target, link)
        sheet.found[target] = link
        return link

    def _new_link(self, node: int) -> int:
        elements = self._elements
        if elements.kind(node) == "Figure" and not elements.is_made(node):
            return elements.around(node, "Link")
        label = elements.label_of(node)
        return elements.add(Node("Link", label if label >= 0 else node))

    def _owner(self, run: Run, node: int, link: int) -> int:
        """Return the node of a run in the text of a node, -1 for an artifact."""
        if self._elements.kind(node) == "Figure":
            return node
        parent = link if link >= 0 else node
        if run.picture is None:
            return parent
        words = next(self._pictures.get(node, iter(())), NO_WORDS)
        return self._elements.picture(parent, words, run.picture) if words else -1

    def _rest(self, sheet: "_Sheet", places: Sequence[Place]) -> None:
        """Place the links that are not in a text, and leave out those of repeated text.

        A picture may overlap its words, which lead to the same place.
        """
        for index, written in sheet.links.items():
            if index not in sheet.unread:
                link = sheet.found.get(written.href, -1)
                if link < 0:
                    link = self._elements.add(Node("Link", _at(written.rect, places)))
                self._elements.link(link, sheet.page, written.annotation)
        if sheet.unread & {*sheet.links}:
            kept = [
                each.annotation
                for index, each in enumerate(sheet.finder.links)
                if index not in sheet.links or index not in sheet.unread
            ]
            sheet.page.Annots = Array(kept)


class _Sheet(NamedTuple):
    """A page while it is tagged.

    ``links`` are those not found yet, by their index; ``owners`` the elements by their MCID;
    ``unread`` are links of artifacts, ``found`` the nodes of links by their targets.
    """

    page: pikepdf.Object
    finder: RunFinder
    links: dict[int, Written]
    owners: list[pikepdf.Object]
    unread: set[int]
    found: dict[str, int]


def _at(rect: Rect, places: Sequence[Place]) -> int:
    """Return the node at the place of a link, the document if there is none."""
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    for place in places:
        left, bottom, right, top = place.rect
        if left - 2 <= x <= right + 2 and bottom - 2 <= y <= top + 2:
            return place.node
    return 0


def _said(link: pikepdf.Object) -> str:
    action = link.get("/A")
    return str(action.URI) if action is not None and "/URI" in action else "To a place in the text"
