"""The links of a PDF."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

Rect = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""

_PRINTED = 4  # the flag that PDF/A asks of every annotation (ISO 19005-3, 6.3.2)


_NARROWEST = 0.01  # points; Qt writes a link for each sign, even one that is not seen


class Link(NamedTuple):
    """A link that Qt left out: its page, target and place.

    ``href`` is a URL as Qt was given it, or ``#`` and the name of a place.
    """

    page: int
    href: str
    rect: Rect


class Written(NamedTuple):
    """A link in a file: its annotation, target and place."""

    annotation: pikepdf.Object
    href: str
    rect: Rect


def write_links(
    pdf: pikepdf.Pdf, links: Sequence[Link], addresses: Mapping[str, str]
) -> list[list[Written]]:
    """Replace all annotations by links to a place or a known URL; return those of each page.

    Only the rectangle and target that Qt wrote are kept, so that no text of a page can become an
    action.
    """
    on_pages: dict[int, list[Link]] = {}
    for link in links:
        on_pages.setdefault(link.page, []).append(link)
    return [
        _write(pdf, page.obj, on_pages.get(number, ()), addresses)
        for number, page in enumerate(pdf.pages)
    ]


def _write(
    pdf: pikepdf.Pdf, page: pikepdf.Object, links: Sequence[Link], addresses: Mapping[str, str]
) -> list[Written]:
    targets = [(_rect(old.Rect), _href(old)) for old in page.get("/Annots", ())]
    targets = [(rect, href) for rect, href in targets if rect[2] - rect[0] > _NARROWEST]
    targets += [(link.rect, link.href) for link in links]
    written = [
        Written(pdf.make_indirect(new), href, rect)
        for rect, href in targets
        if (new := _annotation(rect, href, addresses)) is not None
    ]
    if targets or "/Annots" in page:
        page.Annots = Array([each.annotation for each in written])
    return written


def _rect(array: pikepdf.Object) -> Rect:
    left, bottom, right, top = (float(side) for side in array)
    return left, bottom, right, top


def _href(annotation: pikepdf.Object) -> str:
    if "/Dest" in annotation:
        return f"#{annotation.Dest}"
    return str(annotation.get("/A", Dictionary()).get("/URI", ""))


def _annotation(rect: Rect, href: str, addresses: Mapping[str, str]) -> pikepdf.Dictionary | None:
    """Return the annotation of a link, None if its target is unknown."""
    annotation = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array(rect), Border=Array([0, 0, 0]), F=_PRINTED
    )
    if href.startswith("#"):
        # Exactly as Qt names places: viewers compare bytes.
        annotation.Dest = pikepdf.String(b"\xfe\xff" + href[1:].encode("utf-16-be"))
    elif href in addresses:
        annotation.A = Dictionary(S=Name.URI, URI=pikepdf.String(addresses[href]))
    else:
        return None
    return annotation
