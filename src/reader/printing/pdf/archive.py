"""The needs of an archive: known colours, and the articles in a form that lasts.

Follows ISO 19005-3 (PDF/A-3), 6.2.3 (output intents) and 6.8 (embedded files).
"""

import json
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PySide6.QtGui import QColorSpace

from reader.model import Article

_SRGB = "sRGB IEC61966-2.1"
_DATED = slice(24, 36)  # the moment at which a profile was made (ICC.1, 7.2.8)
_WEB = ("http:", "https:")


class Attachment(NamedTuple):
    """A file in a PDF: its name, media type, relationship to the pages, and compressed bytes."""

    name: str
    media_type: str
    relationship: str
    about: str
    data: bytes
    size: int
    changed: str


def attachments_of(article: Article, name: str) -> tuple[Attachment, Attachment]:
    """Return the text of an article as HTML, and its metadata as JSON."""
    title = article.title
    page = (
        f'<!DOCTYPE html>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n{article.html}\n'
    )
    facts = json.dumps(_facts(article), ensure_ascii=False, indent=1) + "\n"
    changed = _moment(article.downloaded_at or article.added_at)
    return (
        _attachment(f"{name}.html", "text/html", "Source", title, page, changed),
        _attachment(f"{name}.json", "application/json", "Data", title, facts, changed),
    )


def _facts(article: Article) -> dict[str, str]:
    """Return the metadata of an article, without the folders of this computer."""
    facts = {
        "title": article.title,
        "author": article.byline,
        "site": article.site,
        "address": article.url if article.url.startswith(_WEB) else "",
        "published": article.published_at,
        "added": article.added_at,
        "downloaded": article.downloaded_at,
        "language": article.language,
    }
    return {name: value for name, value in facts.items() if value}


def _attachment(
    name: str, media_type: str, relationship: str, about: str, text: str, changed: str
) -> Attachment:
    data = text.encode(errors="replace")
    return Attachment(
        name, media_type, relationship, about, zlib.compress(data), len(data), changed
    )


def _moment(said: str) -> str:
    """Return a moment as PDF writes it: the present one if there is no valid one."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        moment = datetime.now(UTC)
    return f"D:{moment:%Y%m%d%H%M%S}Z"


def attach(pdf: pikepdf.Pdf, attachments: Sequence[Attachment]) -> None:
    """Embed files; their names must be in order, as those of a name tree are."""
    specs = [pdf.make_indirect(_specification(pdf, each)) for each in attachments]
    if not specs:
        return
    pairs = [
        item
        for each, spec in sorted(
            zip(attachments, specs, strict=True), key=lambda pair: pair[0].name
        )
        for item in (String(each.name), spec)
    ]
    names = pdf.Root.get("/Names", Dictionary())
    names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=Array(pairs)))
    pdf.Root.Names = names
    pdf.Root.AF = Array(specs)


def _specification(pdf: pikepdf.Pdf, each: Attachment) -> pikepdf.Dictionary:
    stream = pikepdf.Stream(pdf, b"")
    stream.write(each.data, filter=Name.FlateDecode)
    stream.Type, stream.Subtype = Name.EmbeddedFile, Name(f"/{each.media_type}")
    stream.Params = Dictionary(ModDate=String(each.changed), Size=each.size)
    return Dictionary(
        Type=Name.Filespec, F=String(each.name), UF=String(each.name), Desc=String(each.about),
        AFRelationship=Name(f"/{each.relationship}"), EF=Dictionary(F=stream, UF=stream),
    )  # fmt: skip


def set_output_intent(pdf: pikepdf.Pdf, profile: bytes) -> None:
    """Declare that the colours of a file are those of an ICC profile, that of sRGB."""
    stream = pikepdf.Stream(pdf, profile)
    stream.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String(_SRGB),
        Info=String(_SRGB), DestOutputProfile=pdf.make_indirect(stream),
    )  # fmt: skip
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def srgb_profile() -> bytes:
    """Return the ICC profile of sRGB (IEC 61966-2-1), the same for each file."""
    profile = bytearray(QColorSpace(QColorSpace.NamedColorSpace.SRgb).iccProfile().data())
    profile[_DATED] = bytes.fromhex("07d000010001000000000000")  # so that files can be compared
    return bytes(profile)
