"""The pictures of web pages: those that are there, and those to be downloaded."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import urlsplit

from reader.body.blocks import Body, Paragraph, Picture
from reader.body.from_html import stored_pictures
from reader.body.to_html import to_html
from reader.body.to_text import pictures
from reader.errors import IngestError, LibraryError
from reader.ingest import images
from reader.ingest.fetch import PICTURE_BYTES, Fetched, fetch
from reader.ingest.urls import displayed, site_of
from reader.library.library import Library
from reader.model import Clipping, FailureKind, Making
from reader.progress import Cancelled

Fetch = Callable[..., Fetched]

_log = logging.getLogger(__name__)
_ACCEPT = "image/avif,image/webp,image/*;q=0.8,*/*;q=0.5"
_AT_ONCE = 4
_MOST_PICTURES = 300
_SECONDS = 30.0


def known_pictures(library: Library, id: int) -> dict[str, Picture | None]:
    """Return the pictures of an article and of its older versions by their URLs."""
    texts = library.texts.with_pictures(id)
    return {x.address: x for html in texts for x in stored_pictures(html) if x.address}


def missing_pictures(body: Body) -> list[str]:
    """Return the URLs of the missing pictures of a body."""
    addresses = [x.address for x in pictures(body) if x.address and not x.name]
    return list(dict.fromkeys(addresses))[:_MOST_PICTURES]


def fetch_pictures(
    addresses: Sequence[str], keep: images.Keep, get: Fetch = fetch, *, page: str = ""
) -> dict[str, Picture | None]:
    """Download the pictures of a page by their URLs; None for a tracking pixel."""
    ask = partial(get, most=PICTURE_BYTES, accept=_ACCEPT, seconds=_SECONDS, referrer=page)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        downloaded = pool.map(lambda source: _bring(source, keep, ask), addresses)
        return dict(zip(addresses, downloaded, strict=True))


def _bring(source: str, keep: images.Keep, get: Fetch) -> Picture | None:
    """Download a picture; any failure makes it a missing picture."""
    try:
        got = get(source)
        return images.keep_image(got.data, "", keep) if got.whole else Picture("")
    except (Cancelled, LibraryError):
        raise
    except (IngestError, ValueError):
        return Picture("")
    except Exception:
        _log.warning("the picture %s could not be fetched", displayed(source), exc_info=True)
        return Picture("")


def picture_alone(fetched: Fetched, address: str, keep: images.Keep) -> Clipping:
    """Return a picture at a URL as a clipping. Raises IngestError if it cannot be shown."""
    picture = images.keep_image(fetched.data, "", keep)
    if picture is None or not picture.name:
        text = "This picture has a format that cannot be shown; its URL is kept."
        raise IngestError(text, FailureKind.UNSUPPORTED)
    name = urlsplit(address).path.rpartition("/")[2] or "A picture"
    body = Body((Paragraph((picture._replace(alt=name, address=address),)),))
    return Clipping(
        address, title=name, site=site_of(address), html=to_html(body), pictures=(picture.name,),
        lead=picture.name, source=fetched.data, source_type=fetched.media_type,
        made_by=Making.DOWNLOADED,
    )  # fmt: skip
