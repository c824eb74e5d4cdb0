"""Markdown and plain text at a URL become articles as files on the disk do."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from reader.body import clean
from reader.body.from_html import body_of
from reader.body.to_html import to_html
from reader.errors import IngestError
from reader.ingest import files, images
from reader.ingest.decode import decode
from reader.ingest.fetch import Fetched
from reader.ingest.local_pictures import LocalPictures
from reader.ingest.reading import Known, with_pictures
from reader.ingest.urls import site_of
from reader.ingest.web_pictures import Fetch, fetch_pictures, missing_pictures
from reader.model import Clipping, FailureKind, Making

_MARKDOWN = frozenset(
    {"text/markdown", "text/x-markdown", "text/x-web-markdown", "text/vnd.daringfireball.markdown"}
)
_HEAD = 4096
_PAGE = re.compile(r"\s*(?:<!doctype html|<html|<\?xml|<head|<body)", re.IGNORECASE)


def kind_of_text(fetched: Fetched) -> str:
    """Return ``markdown`` or ``text`` for a response that is one, else ``""``.

    The type that the server names counts, except that Markdown is often called plain text, and a
    page as well.
    """
    named, ending = fetched.media_type, PurePosixPath(urlsplit(fetched.address).path).suffix.lower()
    if "html" in named or _PAGE.match(decode(fetched.data[:_HEAD], fetched.encoding)):
        return ""
    if named in _MARKDOWN or ending in files.MARKDOWN:
        return "markdown"
    return "text" if named == "text/plain" or ending in files.TEXT else ""


def text_alone(
    fetched: Fetched, kind: str, address: str, keep: images.Keep, get: Fetch, home: Known
) -> Clipping:
    """Return a text as a clipping with its pictures. Raises IngestError."""
    text = decode(fetched.data, fetched.encoding)
    if not text.strip():
        raise IngestError(
            f"There is no text on this page of {site_of(address)}.", FailureKind.EMPTY
        )
    local = LocalPictures(keep, None, base=fetched.address)
    new = files.downloaded_text(text, kind, local, fetched.address, whole=fetched.whole)
    new = _with_pictures(new, keep, get, fetched.address, home)
    name = PurePosixPath(unquote(urlsplit(fetched.address).path)).stem
    return new._replace(
        url=address, title=new.title or clean.line(name) or site_of(address),
        site=new.site or site_of(address), source=fetched.data,
        source_type=f"text/{'markdown' if kind == 'markdown' else 'plain'}", base=fetched.address,
        validators="\n".join(fetched.validators or ()) if fetched.whole else "",
        made_by=Making.DOWNLOADED,
    )  # fmt: skip


def _with_pictures(
    new: Clipping, keep: images.Keep, get: Fetch, page: str, home: Known
) -> Clipping:
    body = with_pictures(body_of(new.html), home)
    wanted: Sequence[str] = missing_pictures(body)
    if not wanted and not home:
        return new
    body = with_pictures(body, fetch_pictures(wanted, keep, get, page=page))
    names, lead = images.picture_names(body)
    return new._replace(html=to_html(body), pictures=names, lead=lead)
