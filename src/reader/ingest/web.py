"""From an address to an article: a promise at once, then its fulfilment.

The address is filed first and waits; being offline is no error. Downloading fetches the page,
finds the article in it, brings its pictures home and files them together. A text that is there
is never replaced by a much shorter one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from reader.body import clean
from reader.body.blocks import Body, Paragraph, Picture
from reader.body.from_html import count_pictures, from_html
from reader.body.to_html import to_html
from reader.body.to_text import count_words, excerpt
from reader.errors import IngestError
from reader.ingest import images
from reader.ingest.address import normal, site_of
from reader.ingest.decode import decode
from reader.ingest.extract.page import parse
from reader.ingest.extract.whole import Page, extract, marked
from reader.ingest.fetch import PICTURE_BYTES, Fetched, Unreachable, fetch
from reader.library.library import Library
from reader.model import Article, Clipping, ImportResult, ImportRow, Outcome, State
from reader.progress import Report, silent

Fetch = Callable[..., Fetched]

_AT_ONCE = 4
_MOST_PICTURES = 300
_PICTURE_SECONDS = 30.0
_MUCH_SHORTER = 0.6
_PAGES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})


def add_addresses(
    library: Library, addresses: Iterable[str], *, state: State = State.QUEUE
) -> ImportResult:
    """File addresses, to be downloaded; one that is there already stays as it is."""
    rows: list[ImportRow] = []
    for each in addresses:
        try:
            address = normal(each)
        except IngestError as error:
            rows.append(ImportRow(each.strip()[:200], Outcome.FAILED, note=str(error)))
            continue
        known = library.find(address)
        if known is not None:
            rows.append(ImportRow(address, Outcome.UNCHANGED, known))
            continue
        title = urlsplit(address).path.rstrip("/").rpartition("/")[2] or site_of(address)
        made = Clipping(address, title=f"{site_of(address)}: {title}"[:200], site=site_of(address))
        filed = library.add(made, state=state)
        rows.append(ImportRow(address, filed.outcome, filed.id, "waits for its text"))
    return ImportResult(tuple(rows))


def download(
    library: Library, ids: Sequence[int], report: Report = silent, *, get: Fetch = fetch
) -> ImportResult:
    """Fetch the text and pictures of articles, several at a time, one at a time from each site.

    What cannot be reached now goes on waiting; each row says what became of it.
    """
    rows: dict[int, ImportRow] = {}
    waiting = [library.article(id) for id in ids]
    groups: dict[str, list[tuple[int, str]]] = {}
    for each in waiting:
        if each.url.startswith(("http://", "https://")):
            groups.setdefault(site_of(each.url), []).append((each.id, each.url))
        else:
            rows[each.id] = ImportRow(each.title, Outcome.UNCHANGED, each.id, "not from the web")

    def of_one_site(group: list[tuple[int, str]]) -> None:
        for id, address in group:
            report(len(rows), len(ids), address)
            rows[id] = _download(library, id, address, get)

    report(0, len(ids), "")
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done in [pool.submit(of_one_site, group) for group in groups.values()]:
            done.result()
    return ImportResult(tuple(rows[id] for id in ids))


def _download(library: Library, id: int, address: str, get: Fetch) -> ImportRow:
    try:
        fetched = get(address, typed=True)
        made = clipping_of(fetched, address, library.keep_picture, get)
        if why := _worse(library.article(id), made, whole=fetched.whole):
            return ImportRow(address, Outcome.UNCHANGED, id, f"{why}; what was there is kept")
        filed = library.add(made)
    except Unreachable as error:
        return ImportRow(address, Outcome.FAILED, id, f"{error} It waits.")
    except IngestError as error:
        return ImportRow(address, Outcome.FAILED, id, str(error))
    part = "" if fetched.whole else "the page did not come whole"
    note = "; ".join(filter(None, (part, images.missing_note(made.html))))
    return ImportRow(made.title, filed.outcome, filed.id, note)


def _worse(had: Article, made: Clipping, *, whole: bool) -> str:
    """Return in what a page fetched again is worse than what there is, ``""`` where in nothing."""
    if not had.html:
        return ""
    if made.words < _MUCH_SHORTER * had.words:
        return "the page has become much shorter"
    if not whole and made.words < had.words:
        return "the page did not come whole"
    had_missing, had_all = count_pictures(had.html)
    missing, every = count_pictures(made.html)
    fewer = missing and every - missing < had_all - had_missing
    return "not all pictures could be fetched" if fewer else ""


def clipping_of(fetched: Fetched, address: str, keep: images.Keep, get: Fetch = fetch) -> Clipping:
    """Return what a fetched page says, its pictures brought home. Raises IngestError."""
    if fetched.media_type.startswith("image/"):
        return _picture_alone(fetched, address, keep)
    if fetched.media_type not in _PAGES and not fetched.media_type.startswith("text/"):
        kind = fetched.media_type.partition("/")[2] or fetched.media_type
        raise IngestError(f"This is no page to read but a file ({kind}); the address is kept.")
    text = decode(fetched.data, fetched.encoding)
    page = extract(text, fetched.address)
    if not page.html:
        raise IngestError(f"There is no text on this page of {site_of(address)}.")
    return _clipping(page, address, fetched, keep, get)


def _clipping(
    page: Page, address: str, fetched: Fetched, keep: images.Keep, get: Fetch
) -> Clipping:
    about = page.about
    found = _pictures_of(page.html, urlsplit(address).hostname or "", keep, get)
    body = from_html(page.html, picture=_Known(found), address=fetched.address, whole=True)
    body = body._replace(language=about.language or body.language, direction=about.direction)
    names, lead = images.named(body)
    return Clipping(
        url=address,
        title=clean.text(about.title) or site_of(address),
        byline=clean.text(about.byline),
        site=clean.text(about.site) or site_of(address),
        language=about.language,
        excerpt=clean.text(about.excerpt)[:400] or excerpt(body),
        published_at=about.published_at,
        html=marked(to_html(body), page, whole=fetched.whole),
        words=count_words(body),
        pictures=names,
        lead=lead,
        source=fetched.data,
        source_type="text/html",
    )


# ---- pictures


class _Known:
    """Gives the pictures that are home, a missing one for the others."""

    def __init__(self, found: Mapping[str, Picture | None]) -> None:
        self._found = found

    def __call__(self, attributes: Mapping[str, str]) -> Picture | None:
        alt = " ".join(clean.text(attributes.get("alt", "")).split())
        picture = self._found.get(attributes.get("src", ""), Picture("", alt=alt))
        return picture and picture._replace(alt=alt)


def _pictures_of(html: str, host: str, keep: images.Keep, get: Fetch) -> dict[str, Picture | None]:
    root = parse(html)
    wanted = [] if root is None else [each.get("src") or "" for each in root.iter("img")]
    chosen = [each for each in dict.fromkeys(wanted) if each][:_MOST_PICTURES]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        made = pool.map(lambda source: _bring(source, host, keep, get), chosen)
        return dict(zip(chosen, made, strict=True))


def _bring(source: str, host: str, keep: images.Keep, get: Fetch) -> Picture | None:
    """Bring a picture home; it may lie on the local network only where its page was typed so."""
    typed = urlsplit(source).hostname == host
    try:
        got = get(
            source, most=PICTURE_BYTES, typed=typed, accept="image/*", seconds=_PICTURE_SECONDS
        )
    except (IngestError, ValueError):
        return Picture("")
    return images.bring_home(got.data, "", keep) if got.whole else Picture("")


def _picture_alone(fetched: Fetched, address: str, keep: images.Keep) -> Clipping:
    picture = images.bring_home(fetched.data, "", keep)
    if picture is None or not picture.name:
        raise IngestError("This is a picture of a kind that cannot be shown; the address is kept.")
    name = urlsplit(address).path.rpartition("/")[2] or "A picture"
    body = Body((Paragraph((picture._replace(alt=name),)),))
    return Clipping(
        address, title=name, site=site_of(address), html=to_html(body), pictures=(picture.name,),
        lead=picture.name, source=fetched.data, source_type=fetched.media_type,
    )  # fmt: skip
