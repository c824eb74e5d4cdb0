"""Files that are not pages: kept unchanged, with a line of text about each."""

from urllib.parse import unquote, urlsplit

from reader.body import clean
from reader.body.blocks import Body, Paragraph, Text
from reader.body.to_html import to_html
from reader.ingest.fetch import Fetched
from reader.ingest.sniff import Kind
from reader.ingest.urls import site_of
from reader.model import Clipping, Making

_MEGABYTE = 1_000_000
_LONGEST = 300
_SAID = ("/Title", "/Author")
ENDINGS = {
    "application/pdf": ".pdf", "application/epub+zip": ".epub", "application/x-zip": ".zip",
    "audio/mpeg": ".mp3", "video/mp4": ".mp4",
}  # fmt: skip
"""The endings of kept files by their media types; ``.bin`` for all others."""

# A downloaded archive is not a page saved by a browser, which is "application/zip".
_TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip", "zip": "application/x-zip"}


def is_attachment(media_type: str) -> bool:
    """Return whether a source is a file for another program, not a page or a text."""
    return not media_type.startswith(
        ("text/", "multipart/", "message/", "image/")
    ) and media_type not in (
        "", "application/xhtml+xml", "application/zip", "application/x-webarchive",
    )  # fmt: skip


def attachment_of(fetched: Fetched, address: str, kind: Kind) -> Clipping:
    """Return a clipping that keeps a file of the web and describes it."""
    new = kept_file(fetched.data, kind, fetched.media_type)
    name = clean.line(unquote(urlsplit(address).path.rpartition("/")[2]))
    site = site_of(address)
    title = new.title or name or site
    return new._replace(url=address, title=title, site=site, made_by=Making.DOWNLOADED)


def kept_file(data: bytes, kind: Kind, media_type: str = "") -> Clipping:
    """Return a clipping without a URL that keeps a file unchanged and describes it."""
    pdf = kind == "pdf"
    media_type = _TYPES.get(kind) or media_type or "application/octet-stream"
    title, byline, pages = _about_pdf(data) if pdf else ("", "", 0)
    what = "A PDF document" if pdf else f"A file ({media_type.rpartition('/')[2]})"
    length = f" of {pages} page{'s' * (pages != 1)}" if pages else ""
    size = f"{len(data) / _MEGABYTE:.1f} MB"
    description = (
        f"{what}{length}, {size}. It cannot be shown here, but it is kept unchanged: "
        "“Open Original” in the menu “Article” opens it."
    )
    return Clipping(
        url="",
        title=title,
        byline=byline,
        excerpt=f"{what}{length}, {size}",
        html=to_html(Body((Paragraph((Text(description),)),))),
        source=data,
        source_type=media_type,
    )


def _about_pdf(data: bytes) -> tuple[str, str, int]:
    """Return the metadata of a PDF: title, author, number of pages."""
    import io

    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            title, byline = (clean.line(str(pdf.docinfo.get(name, "")), _LONGEST) for name in _SAID)
            return title, byline, len(pdf.pages)
    except Exception:
        # Encrypted or damaged: it is kept anyway, because another program may be able to open it.
        return "", "", 0
