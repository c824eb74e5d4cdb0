"""The links of a PDF."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name


class Link(NamedTuple):
    """A link that Qt left out: its page, target, left, bottom, right and top in points.

    ``href`` is a URL as Qt was given it, or ``#`` and the name of a place.
    """

    page: int
    href: str
    rect: tuple[float, float, float, float]


def write_links(pdf: pikepdf.Pdf, links: Sequence[Link], addresses: Mapping[str, str]) -> None:
    """Replace all annotations by links to a place or a known URL.

    Only the rectangle and target that Qt wrote are kept, so that no text of a page can become an
    action.
    """
    for number, page in enumerate(pdf.pages):
        targets = [(old.Rect, _href(old)) for old in page.obj.get("/Annots", ())]
        targets += [(Array(link.rect), link.href) for link in links if link.page == number]
        annotations = [_annotation(rect, href, addresses) for rect, href in targets]
        if targets:
            page.obj.Annots = Array(
                [pdf.make_indirect(new) for new in annotations if new is not None]
            )


def _href(annotation: pikepdf.Object) -> str:
    if "/Dest" in annotation:
        return f"#{annotation.Dest}"
    return str(annotation.get("/A", Dictionary()).get("/URI", ""))


def _annotation(
    rect: pikepdf.Object, href: str, addresses: Mapping[str, str]
) -> pikepdf.Dictionary | None:
    """Return the annotation of a link, None if its target is unknown."""
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, Border=Array([0, 0, 0]))
    if href.startswith("#"):
        # Exactly as Qt names places: viewers compare bytes.
        annotation.Dest = pikepdf.String(b"\xfe\xff" + href[1:].encode("utf-16-be"))
    elif href in addresses:
        annotation.A = Dictionary(S=Name.URI, URI=pikepdf.String(addresses[href]))
    else:
        return None
    return annotation
