"""Complete a PDF written by Qt: outline, language, initial view, and the text of ligatures."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from reader.errors import PrintError
from reader.printing.pdf.actual_text import NO_TEXTS, Texts
from reader.printing.pdf.links import Link, write_links
from reader.printing.pdf.outline import Bookmark, set_outline
from reader.printing.pdf.spans import write_texts
from reader.printing.pdf.tags import Tree, tag
from reader.printing.pdf.tounicode import repair_letters


class Metadata(NamedTuple):
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
    texts: Texts = NO_TEXTS


def finish(source: Path, target: Path, about: Metadata) -> None:
    """Write ``source`` to ``target`` with everything that is missing.

    Raises OSError if the disk cannot hold it, PrintError if ``source`` is incomplete.
    """
    try:
        with pikepdf.open(source) as pdf:
            _set_metadata(pdf, about)
            set_outline(pdf, about.bookmarks)
            write_links(pdf, about.links, about.addresses)
            repair_letters(pdf)
            if about.tree is not None:
                tag(pdf, about.tree)
            write_texts(pdf, about.texts)
            pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PdfError as error:
        raise PrintError("The PDF could not be completed; is the disk full?") from error


def _set_metadata(pdf: pikepdf.Pdf, about: Metadata) -> None:
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
