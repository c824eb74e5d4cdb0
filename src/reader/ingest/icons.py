"""The icons of sites: asked for once when a page of the site is downloaded, by the same rules.

Only the site of the article is asked, or the host that its page names. An icon is a small picture;
drawings (SVG) are left out. No failure concerns the article.
"""

import logging
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from reader.errors import ReaderError
from reader.ingest import images
from reader.ingest.extract.page import base_of, parse
from reader.ingest.fetch import Fetched
from reader.ingest.sniff import is_heif, is_svg
from reader.ingest.sources import text_of
from reader.library.library import Library
from reader.progress import Cancelled

MOST_BYTES = 100_000
_SECONDS = 10.0
_HEAD = 200_000  # characters of a page in which its icon is looked for
_WANTED = 64  # pixels: enough for twice the size in a list
_MOST_PIXELS = 1024
_RELATIONS = ("icon", "apple-touch-icon", "apple-touch-icon-precomposed")

_log = logging.getLogger(__name__)


def keep_icon(library: Library, url: str, page: Fetched, get: Callable[..., Fetched]) -> None:
    """Store the icon of the site of an article, unless that was tried in the last weeks.

    ``page`` is the downloaded page. If it came from another host than ``url``, as behind a short
    URL, the icon would be that of another site.
    """
    try:
        if _host(page.address) != _host(url) or not library.downloads.wants_icon(url):
            return
        library.downloads.keep_icon(url, _downloaded(library, icon_of(page), get))
    except (ReaderError, ValueError) as error:
        _log.info("no icon of %s: %s", _host(url), error)


def icon_of(page: Fetched) -> str:
    """Return the URL of the icon that a page names, else of the usual file of its site."""
    usual = urljoin(page.address, "/favicon.ico")
    root = parse(text_of(page).html[:_HEAD])
    if root is None:
        return usual
    base = base_of(root, page.address)
    found = list[tuple[int, str]]()
    for link in root.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        href = (link.get("href") or "").strip()
        drawing = "svg" in (link.get("type") or "").lower() or urlsplit(href).path.endswith(".svg")
        if href and not drawing and set(relations) & {*_RELATIONS}:
            found.append((_distance(link.get("sizes") or ""), urljoin(base, href)))
    return min(found, key=lambda each: each[0])[1] if found else usual


def _distance(sizes: str) -> int:
    """Return how far the best of some sizes, such as ``16x16 32x32``, is from the wanted one."""
    sides = [side for each in sizes.lower().split() if (side := each.partition("x")[0]).isdecimal()]
    return min((abs(int(side[:6]) - _WANTED) for side in sides), default=_WANTED)


def _downloaded(library: Library, address: str, get: Callable[..., Fetched]) -> str:
    """Return the name of the picture at a URL, ``""`` if there is no usable one."""
    if not address.startswith(("http://", "https://")):
        return ""
    try:
        got = get(address, most=MOST_BYTES, accept="image/*", seconds=_SECONDS)
        if not got.whole or is_svg(got.data) or is_heif(got.data):
            return ""
        picture = images.keep_image(got.data, "", library.keep_picture)
    except Cancelled:
        raise
    except Exception as error:  # of foreign parsers too: an icon is never worth a failure
        _log.info("the icon %s could not be fetched: %s", address, error)
        return ""
    small = picture is not None and max(picture.width, picture.height) <= _MOST_PIXELS
    return picture.name if picture is not None and small else ""


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
