"""Whether a finished PDF may claim to follow PDF/UA-1 (ISO 14289-1) or PDF/A-3b (ISO 19005-3).

These are the points that a file made by this program could miss, not a validator of all files.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from reader.printing.pdf.flaws import Flaw
from reader.printing.pdf.fonts import font_flaws
from reader.printing.pdf.tree_check import tree_flaws

_PAINTING = re.compile(rb"(?:^|\s)(?:Tj|TJ|Do|[fFBb]\*?|[Ss]|sh)\s")
_BEGIN = re.compile(rb"B[DM]C\n")
_END = b"EMC\n"
_MISSING = b"<0000> Tj"
"""The glyph that stands for a letter which no typeface has."""

_PRINTED, _UNSEEN = 4, 1 | 2 | 32 | 256  # flags of annotations (ISO 32000-1, 12.5.3)
_LONGEST = 32_767  # bytes of a string (ISO 19005-3, 6.1.13)
_SIDES = (3, 14_400)  # of a page, in points


class Seen(NamedTuple):
    """The flaws of the fonts, and of the contents of the pages, for which all of them is read."""

    fonts: set[Flaw]
    contents: set[Flaw]


def seen_in(pdf: pikepdf.Pdf) -> Seen:
    """Read the fonts and the pages of a file, once for all standards."""
    contents = (page.obj.Contents.read_bytes() for page in pdf.pages)
    return Seen(font_flaws(pdf), {flaw for each in contents for flaw in _content_flaws(each)})


def inaccessible(pdf: pikepdf.Pdf, seen: Seen) -> set[Flaw]:
    """Return the points of PDF/UA-1 that do not hold; the metadata are not looked at."""
    return {*seen.fonts, *seen.contents, *_document_flaws(pdf), *_page_flaws(pdf), *tree_flaws(pdf)}


def unarchivable(pdf: pikepdf.Pdf, seen: Seen) -> set[Flaw]:
    """Return the points of PDF/A-3b that do not hold; the metadata are not looked at."""
    found = {*seen.fonts, *_action_flaws(pdf), *_attachment_flaws(pdf), *_object_flaws(pdf)}
    found |= seen.contents & {Flaw.SIGN}
    intents = pdf.Root.get("/OutputIntents", Array())
    if not any("/DestOutputProfile" in each for each in intents):
        found.add(Flaw.COLOUR)
    for page in pdf.pages:
        left, bottom, right, top = (float(side) for side in page.mediabox)
        if not all(_SIDES[0] <= side <= _SIDES[1] for side in (right - left, top - bottom)):
            found.add(Flaw.LENGTH)
    return found


# ---- what is painted


def _content_flaws(content: bytes) -> Iterator[Flaw]:
    if _paints_outside(content):
        yield Flaw.UNTAGGED
    if _MISSING in content:
        yield Flaw.SIGN


def _paints_outside(content: bytes) -> bool:
    """Return whether anything is painted that is neither tagged nor an artifact."""
    depth = 0
    for part in content.split(_END):
        begins = [*_BEGIN.finditer(part)]
        outside = begins[0].start() if begins else len(part)
        if depth == 0 and _PAINTING.search(part, 0, outside):
            return True
        depth += len(begins) - 1
    return False


# ---- for screen readers


def _document_flaws(pdf: pikepdf.Pdf) -> Iterator[Flaw]:
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield Flaw.TITLE
    if not pdf.Root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield Flaw.TITLE
    if not str(pdf.Root.get("/Lang", "")):
        yield Flaw.LANGUAGE
    if not pdf.Root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield Flaw.UNTAGGED


def _page_flaws(pdf: pikepdf.Pdf) -> Iterator[Flaw]:
    for page in pdf.pages:
        links = page.obj.get("/Annots", ())
        if links and page.obj.get("/Tabs") != Name.S:
            yield Flaw.ORDER
        if not all("/StructParent" in each and str(each.get("/Contents", "")) for each in links):
            yield Flaw.LINK


# ---- for archives


def _action_flaws(pdf: pikepdf.Pdf) -> Iterator[Flaw]:
    names = pdf.Root.get("/Names", Dictionary())
    if pdf.is_encrypted or "/AA" in pdf.Root or "/JavaScript" in names:
        yield Flaw.ACTION
    if not isinstance(pdf.Root.get("/OpenAction", Array()), Array):
        yield Flaw.ACTION
    for page in pdf.pages:
        for each in page.obj.get("/Annots", ()):
            flags = int(each.get("/F", 0))
            if each.get("/Subtype") != Name.Link or not flags & _PRINTED or flags & _UNSEEN:
                yield Flaw.LINK
            action = each.get("/A")
            if "/AA" in each or (action is not None and action.get("/S") != Name.URI):
                yield Flaw.ACTION
            if action is not None and len(bytes(action.get("/URI", b""))) > _LONGEST:
                yield Flaw.LENGTH


def _attachment_flaws(pdf: pikepdf.Pdf) -> Iterator[Flaw]:
    embedded = pdf.Root.get("/Names", Dictionary()).get("/EmbeddedFiles", Dictionary())
    files = [*embedded.get("/Names", Array())][1::2]
    joined = {each.objgen for each in pdf.Root.get("/AF", Array())}
    for each in files:
        stream = each.EF.F
        has_all = all(key in each for key in ("/F", "/UF", "/AFRelationship"))
        if not has_all or "/Subtype" not in stream or "/ModDate" not in stream.get("/Params", {}):
            yield Flaw.ATTACHMENT
        if each.objgen not in joined:
            yield Flaw.ATTACHMENT


def _object_flaws(pdf: pikepdf.Pdf) -> Iterator[Flaw]:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == Name.Image:
            yield from _image_flaws(each)


def _image_flaws(image: Any) -> Iterator[Flaw]:
    if image.get("/Interpolate", False) or image.get("/ColorSpace") == Name.DeviceCMYK:
        yield Flaw.COLOUR
    if "/OPI" in image or "/Alternates" in image:
        yield Flaw.PICTURE
