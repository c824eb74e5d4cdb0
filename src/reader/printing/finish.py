"""Complete a PDF written by Qt: outline, language, initial view, and the text of ligatures."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from reader.errors import PrintError
from reader.printing.letters import repair_letters
from reader.printing.tagging import Tree, tag


class Bookmark(NamedTuple):
    """A line of the outline: its level, text, page from 0, and position in points."""

    level: int
    text: str
    page: int
    x: float
    y: float


class Link(NamedTuple):
    """A link that Qt left out: its page, target, left, bottom, right and top in points.

    ``href`` is a URL as Qt was given it, or ``#`` and the name of a place.
    """

    page: int
    href: str
    rect: tuple[float, float, float, float]


class About(NamedTuple):
    """The metadata of a PDF; ``language`` is a BCP 47 tag, ``""`` if unknown.

    ``addresses`` are the URLs of all links by their hrefs (see ``Formats.addresses``).
    """

    title: str
    author: str
    subject: str
    language: str
    bookmarks: Sequence[Bookmark]
    links: Sequence[Link]
    addresses: Mapping[str, str]
    tree: Tree | None
    shows_outline: bool
    folded: bool


def finish(source: Path, target: Path, about: About) -> None:
    """Write ``source`` to ``target`` with everything that is missing.

    Raises OSError if the disk cannot hold it, PrintError if ``source`` is incomplete.
    """
    try:
        with pikepdf.open(source) as pdf:
            _say(pdf, about)
            _set_outline(pdf, about.bookmarks)
            _write_links(pdf, about.links, about.addresses)
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
    """Write the outline; a level that the text skips is skipped as well."""
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


def _write_links(pdf: pikepdf.Pdf, links: Sequence[Link], addresses: Mapping[str, str]) -> None:
    """Replace all annotations by links to a place or a known URL.

    Only the rectangle and target that Qt wrote are kept, so that no text of a page can become an
    action.
    """
    for number, page in enumerate(pdf.pages):
        found = [(each.Rect, _href(each)) for each in page.obj.get("/Annots", ())]
        found += [(Array(each.rect), each.href) for each in links if each.page == number]
        made = [_link(rect, href, addresses) for rect, href in found]
        if found:
            page.obj.Annots = Array([pdf.make_indirect(each) for each in made if each is not None])


def _href(annotation: pikepdf.Object) -> str:
    if "/Dest" in annotation:
        return f"#{annotation.Dest}"
    return str(annotation.get("/A", Dictionary()).get("/URI", ""))


def _link(
    rect: pikepdf.Object, href: str, addresses: Mapping[str, str]
) -> pikepdf.Dictionary | None:
    """Return the annotation of a link, None if its target is unknown."""
    made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, Border=Array([0, 0, 0]))
    if href.startswith("#"):
        # Exactly as Qt names places: viewers compare bytes.
        made.Dest = pikepdf.String(b"\xfe\xff" + href[1:].encode("utf-16-be"))
    elif href in addresses:
        made.A = Dictionary(S=Name.URI, URI=pikepdf.String(addresses[href]))
    else:
        return None
    return made
