"""What Qt leaves out of a PDF: outline, language, how it opens, and what its ligatures say."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from reader.errors import PrintError
from reader.printing.letters import repair_letters
from reader.printing.tagging import Tree, tag


class Bookmark(NamedTuple):
    """A line of the outline: how deep, its text, page from 0, and the place in points."""

    level: int
    text: str
    page: int
    x: float
    y: float


class Link(NamedTuple):
    """A link that Qt left out: on which page, where to, left, bottom, right and top in points."""

    page: int
    href: str
    rect: tuple[float, float, float, float]


class About(NamedTuple):
    """What a PDF says of itself; ``language`` as in BCP 47, ``""`` where unknown."""

    title: str
    author: str
    subject: str
    language: str
    bookmarks: Sequence[Bookmark]
    links: Sequence[Link]
    tree: Tree | None
    shows_outline: bool
    folded: bool


def finish(source: Path, target: Path, about: About) -> None:
    """Write ``source`` to ``target`` with all that is missing.

    Raises OSError where the disk does not take it, PrintError where ``source`` is not whole.
    """
    try:
        with pikepdf.open(source) as pdf:
            _say(pdf, about)
            _set_outline(pdf, about.bookmarks)
            _add_links(pdf, about.links)
            repair_letters(pdf)
            if about.tree is not None:
                tag(pdf, about.tree)
            pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PdfError as error:
        raise PrintError("The PDF could not be finished; is the disk full?") from error


def _say(pdf: pikepdf.Pdf, about: About) -> None:
    for name, value in (("Title", about.title), ("Author", about.author)):
        if value:
            pdf.docinfo[f"/{name}"] = value
    if about.subject:
        pdf.docinfo["/Subject"] = about.subject
    if about.language:
        pdf.Root.Lang = about.language
    pdf.Root.PageMode = Name.UseOutlines if about.shows_outline else Name.UseNone
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if about.folded:
        pdf.Root.ViewerPreferences.Duplex = Name.DuplexFlipShortEdge


def _set_outline(pdf: pikepdf.Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """Write the outline; a level that is left out in the text is left out here too."""
    if not bookmarks:
        return
    pages = [page.obj for page in pdf.pages]
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    open_items: list[tuple[int, pikepdf.Object]] = []
    last: dict[int, pikepdf.Object] = {}
    counts: dict[int, int] = {}
    for each in bookmarks:
        while open_items and open_items[-1][0] >= each.level:
            open_items.pop()
        parent = open_items[-1][1] if open_items else root
        place = Array([pages[each.page], Name.XYZ, each.x, each.y, None])
        item = pdf.make_indirect(Dictionary(Title=each.text or "–", Parent=parent, Dest=place))
        key = parent.objgen[0]
        if key in last:
            last[key].Next, item.Prev = item, last[key]
        else:
            parent.First = item
        last[key] = parent.Last = item
        counts[key] = counts.get(key, 0) + 1
        if parent is not root:
            parent.Count = -counts[key]  # closed
        open_items.append((each.level, item))
    root.Count = counts[root.objgen[0]]
    pdf.Root.Outlines = root


def _add_links(pdf: pikepdf.Pdf, links: Sequence[Link]) -> None:
    for each in links:
        page = pdf.pages[each.page].obj
        made = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array(each.rect), Border=Array([0, 0, 0])
        )
        if each.href.startswith("#"):
            made.Dest = pikepdf.String(each.href[1:])
        else:
            made.A = Dictionary(S=Name.URI, URI=pikepdf.String(each.href))
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(pdf.make_indirect(made))
