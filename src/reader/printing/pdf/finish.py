"""Complete a PDF written by Qt: outline, tags, metadata, and the text of ligatures."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from reader.errors import PrintError
from reader.printing.pdf.actual_text import NO_TEXTS, Texts
from reader.printing.pdf.archive import Attachment, attach, set_output_intent
from reader.printing.pdf.conformance import inaccessible, seen_in, unarchivable
from reader.printing.pdf.flaws import Flaw
from reader.printing.pdf.fonts import name_subsets
from reader.printing.pdf.links import Link, write_links
from reader.printing.pdf.outline import Bookmark, set_outline
from reader.printing.pdf.spans import TextWriter
from reader.printing.pdf.tags import Tree, tag
from reader.printing.pdf.tounicode import repair_letters
from reader.printing.pdf.xmp import Claims, Facts, write_facts
from reader.reasons import Reason, Remark

_UNTITLED = "Untitled"


class Metadata(NamedTuple):
    """The metadata of a PDF; ``language`` is a BCP 47 tag, ``""`` if unknown.

    ``addresses`` are the URLs of all links by their hrefs (see ``Formats.addresses``). ``tree`` is
    None if the file is not tagged, ``attachments`` if it is not for archives; ``profile``
    is the ICC profile of the colours of one that is.
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
    attachments: Sequence[Attachment] | None = None
    profile: bytes = b""
    texts: Texts = NO_TEXTS


def finish(source: Path, target: Path, about: Metadata) -> tuple[Remark, ...]:
    """Write ``source`` to ``target`` with everything that is missing.

    A file claims PDF/UA or PDF/A only if it follows them; else the remarks have the reasons.
    Raises OSError if the disk cannot hold it, PrintError if ``source`` is incomplete.
    """
    try:
        with pikepdf.open(source) as pdf:
            _set_view(pdf, about)
            set_outline(pdf, about.bookmarks)
            links = write_links(pdf, about.links, about.addresses)
            repair_letters(pdf)
            name_subsets(pdf)
            texts = TextWriter(about.texts)
            if about.tree is not None:
                tag(pdf, about.tree, links, texts)
            else:
                texts.write(pdf)
            texts.write_letters()
            if about.attachments is not None:
                set_output_intent(pdf, about.profile)
                attach(pdf, about.attachments)
            remarks = _claim(pdf, about)
            pdf.save(
                target, object_stream_mode=pikepdf.ObjectStreamMode.generate, min_version="1.7"
            )
            return remarks
    except pikepdf.PdfError as error:
        raise PrintError("The PDF could not be completed; is the disk full?") from error


def _claim(pdf: pikepdf.Pdf, about: Metadata) -> tuple[Remark, ...]:
    """Write the metadata with the claims of the file, and return why it has no more."""
    facts = _facts(pdf, about)
    write_facts(pdf, facts, Claims())
    if about.tree is None and about.attachments is None:
        return ()
    seen = seen_in(pdf)
    lacks = inaccessible(pdf, seen) if about.tree is not None else set()
    lasts_not = unarchivable(pdf, seen) if about.attachments is not None else set()
    accessible = about.tree is not None and not lacks
    archived = about.attachments is not None and not lasts_not
    if accessible or archived:
        write_facts(pdf, facts, Claims(accessible, archived))
    return (*_remarks(Reason.NOT_ACCESSIBLE, lacks), *_remarks(Reason.NOT_FOR_ARCHIVES, lasts_not))


def _remarks(reason: Reason, flaws: set[Flaw]) -> tuple[Remark, ...]:
    return (Remark(reason, text=", ".join(sorted(flaws))),) if flaws else ()


def _facts(pdf: pikepdf.Pdf, about: Metadata) -> Facts:
    return Facts(
        title=about.title.strip() or _UNTITLED,
        author=about.author,
        subject=about.subject,
        language=about.language,
        creator=str(pdf.docinfo.get("/Creator", "")),
        producer=str(pdf.docinfo.get("/Producer", "")),
        written=datetime.now(UTC).replace(microsecond=0),
    )


def _set_view(pdf: pikepdf.Pdf, about: Metadata) -> None:
    if about.language:
        pdf.Root.Lang = about.language
    pdf.Root.PageMode = Name.UseOutlines if about.shows_outline else Name.UseNone
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if about.folded:
        pdf.Root.ViewerPreferences.Duplex = Name.DuplexFlipShortEdge
