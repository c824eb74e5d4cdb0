"""From a URL to an article: filed at once, downloaded later.

The URL is filed first and waits, so being offline is not an error. A download fetches the page,
extracts the article, fetches its pictures and files them together. An existing text is never
replaced by a much shorter one.
"""

import logging
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from reader.body.blocks import Body, Paragraph, Picture
from reader.body.caveats import caveats_of
from reader.body.from_html import count_pictures, stored_pictures
from reader.body.to_html import to_html
from reader.body.to_text import pictures
from reader.errors import IngestError, LibraryError, NoSuchArticle
from reader.ingest import icons, images
from reader.ingest.attachments import attachment_of, is_attachment
from reader.ingest.extract.next_page import next_page
from reader.ingest.extract.page import parse
from reader.ingest.fetch import PICTURE_BYTES, Fetched, fetch
from reader.ingest.reading import NO_RULES, NOTHING, Known, clipping, extracts, read
from reader.ingest.refusals import Unreachable
from reader.ingest.request import Validators
from reader.ingest.rows import row_of
from reader.ingest.rules import Rules, rules_for
from reader.ingest.sniff import kind_of
from reader.ingest.sources import PageText, packed, text_of
from reader.ingest.urls import (
    Login,
    canonical_url,
    displayed,
    is_url,
    origin_of,
    server_of,
    site_of,
)
from reader.library.library import Library
from reader.model import (
    Article,
    Caveat,
    Clipping,
    Failure,
    FailureKind,
    ImportResult,
    ImportRow,
    Making,
    Outcome,
    State,
)
from reader.progress import Cancelled, Report, silent
from reader.reasons import Reason, Remark

Fetch = Callable[..., Fetched]

_log = logging.getLogger(__name__)
_AT_ONCE = 4
_MOST_PARTS = 30
_MOST_PICTURES = 300
_PICTURE_SECONDS = 30.0
_MUCH_SHORTER = 0.6
_SMALL = re.compile(r"^(?:m|mobile|amp)\.")


def add_addresses(
    library: Library,
    addresses: Iterable[str],
    *,
    state: State = State.QUEUE,
    typed: Container[str] = (),
) -> ImportResult:
    """File URLs that are to be downloaded; existing articles do not change.

    ``typed`` are those typed by the user: only they may be on the local network.
    """
    rows = [
        row_of(
            displayed(address),
            partial(_add_address, library, address, state, typed=address in typed),
        )
        for address in addresses
    ]
    return ImportResult(tuple(rows))


def _add_address(library: Library, typed_address: str, state: State, *, typed: bool) -> ImportRow:
    address = canonical_url(typed_address)
    known = library.find(address)
    if known is None:
        title = urlsplit(address).path.rstrip("/").rpartition("/")[2] or site_of(address)
        new = Clipping(address, title=f"{site_of(address)}: {title}"[:200], site=site_of(address))
        filed = library.add(new, state=state)
        row = ImportRow(address, filed.outcome, filed.id, (Remark(Reason.WAITING),))
    else:
        row = ImportRow(address, Outcome.UNCHANGED, known)
    if typed and not library.is_typed(row.article):
        library.note_typed(address)
    return row


def download(
    library: Library,
    ids: Sequence[int],
    report: Report = silent,
    *,
    get: Fetch = fetch,
    logins: Sequence[Login] = (),
) -> ImportResult:
    """Download the text and pictures of articles, several at once but one at a time per site.

    Articles that cannot be reached keep waiting; each row has the result, and failures are stored.
    ``logins`` are used for this download and not stored.
    """
    rows: dict[int, ImportRow] = {}
    groups: dict[str, list[tuple[int, str]]] = {}
    for id in ids:
        each = _known(library, id)
        if each is None:
            rows[id] = _stays(str(id), 0, Reason.NOT_IN_LIBRARY)
        elif each.url.startswith(("http://", "https://")):
            groups.setdefault(site_of(each.url), []).append((id, each.url))
        else:
            rows[id] = _stays(each.title, id, Reason.NOT_FROM_WEB)
    get = skipping_silent_hosts(get)

    def of_one_site(group: list[tuple[int, str]]) -> None:
        for id, address in group:
            report(len(rows), len(ids), address)
            login = next((x for x in logins if x.place == server_of(address)), None)
            ask = partial(get, login=login)
            rows[id] = _row(library, id, address, ask)

    report(0, len(ids), "")
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done in [pool.submit(of_one_site, group) for group in groups.values()]:
            done.result()
    return ImportResult(tuple(rows[id] for id in ids))


def _row(library: Library, id: int, address: str, get: Fetch) -> ImportRow:
    """Download an article; if that fails, store the failure."""
    row = row_of(address, partial(_download, library, id, address, get), id)
    if row.outcome is Outcome.FAILED and row.failure is None:
        return row._replace(failure=_noted(library, id, IngestError()))
    return row


def _noted(library: Library, id: int, error: IngestError) -> Failure:
    try:
        return library.downloads.note_failure(id, error.kind, error.status, error.pause)
    except LibraryError:  # the result of the download counts more
        _log.info("a failure was not kept", exc_info=True)
        return Failure(error.kind, error.status)


def _known(library: Library, id: int) -> Article | None:
    try:
        return library.article(id)
    except NoSuchArticle:
        return None


def skipping_silent_hosts(get: Fetch) -> Fetch:
    """Return ``get`` with a memory: a host that did not answer is not contacted again."""
    return partial(get, silent=set())


def typed_origin(library: Library, article: Article) -> str:
    """Return the origin that the user typed for an article, ``""`` if they did not type it."""
    return origin_of(article.url) if library.is_typed(article.id) else ""


def with_permissions(typed: str, page: str, get: Fetch) -> Fetch:
    """Return ``get`` with the permissions of the page at the URL ``page`` of an article.

    Only the ``typed`` origin may be on the local network, and only if the page came from there as
    well: no other page, and no file that names a URL itself.
    """
    from_there = bool(typed and page) and origin_of(page) == typed

    def trusted(address: str, **options: Any) -> Fetched:
        allowed = from_there and origin_of(canonical_url(address)) == typed
        return get(address, allow_private_network=allowed, **options)

    return trusted


def _download(library: Library, id: int, address: str, get: Fetch) -> ImportRow:
    try:
        had = library.article(id)
        typed = typed_origin(library, had)
        ask = with_permissions(typed, address, get)
        fetched = ask(address, validators=_validators(library, had))
        if fetched.unchanged:
            return _stays(had.title, id, Reason.NOT_MODIFIED)
        rules = rules_for(library.folder, site_of(address))
        home = known_pictures(library, id)
        ask = with_permissions(typed, fetched.address, get)
        new, whole = clipping_of(
            fetched, address, library.keep_picture, ask, rules=rules, home=home
        )
        if why := _worse(had, new, whole=whole):
            return _stays(address, id, why)
        if had.state is not State.TRASH and library.article(id).state is State.TRASH:
            return _stays(had.title, id, Reason.IN_TRASH)  # deleted meanwhile
        filed = library.add(new)
    except IngestError as error:
        reason = Reason.UNREACHABLE if isinstance(error, Unreachable) else Reason.ERROR
        remark = Remark(reason, text=str(error))
        return ImportRow(address, Outcome.FAILED, id, (remark,), _noted(library, id, error))
    except NoSuchArticle:
        return _stays(address, 0, Reason.MERGED)
    if not is_attachment(new.source_type):
        icons.keep_icon(library, had.url, fetched, ask)
    remarks = tuple(_remarks(new, moved=filed.id != id, whole=whole))
    return ImportRow(new.title, filed.outcome, filed.id, remarks)


def _stays(name: str, id: int, reason: Reason) -> ImportRow:
    return ImportRow(name, Outcome.UNCHANGED, id, (Remark(reason),))


def _validators(library: Library, had: Article) -> Validators | None:
    """Return the validators for a conditional request, None if the article is incomplete."""
    if not had.html or count_pictures(had.html)[0]:
        return None
    values = library.texts.validators(had.id).split("\n")
    return Validators(*values) if len(values) == len(Validators._fields) else None


def _remarks(new: Clipping, *, moved: bool, whole: bool) -> Iterator[Remark]:
    """Yield remarks on a downloaded article; ``moved`` if it was there under another URL."""
    if not whole:
        yield Remark(Reason.PARTIAL)
    yield from images.missing_remark(new.html)
    if moved:
        yield Remark(Reason.OTHER_ADDRESS)
    if is_attachment(new.source_type):
        yield Remark(Reason.KEPT_AS_FILE, text=new.excerpt)


def _worse(had: Article, new: Clipping, *, whole: bool) -> Reason | None:
    """Return why a page's text is worse than the one it would replace, None if it is not."""
    if not had.html:
        return None
    if new.words < _MUCH_SHORTER * had.words:
        return Reason.PAGE_SHORTER
    if Caveat.UNSURE in caveats_of(new.html) and Caveat.UNSURE not in caveats_of(had.html):
        return Reason.PAGE_UNSURE
    if not whole and new.words < had.words:
        return Reason.PAGE_PARTIAL
    had_missing, had_all = count_pictures(had.html)
    missing_pictures, every = count_pictures(new.html)
    fewer = missing_pictures and every - missing_pictures < had_all - had_missing
    return Reason.PAGE_PICTURES if fewer else None


def clipping_of(
    fetched: Fetched,
    address: str,
    keep: images.Keep,
    get: Fetch = fetch,
    *,
    rules: Rules = NO_RULES,
    home: Known = NOTHING,
) -> tuple[Clipping, bool]:
    """Return a fetched page as a clipping with its pictures, and whether all of it arrived.

    Further parts of the article are downloaded as well; ``home`` are the existing pictures. Raises
    IngestError.
    """
    kind = kind_of(fetched.data, fetched.media_type)
    if kind not in ("page", "text") and not fetched.whole:
        raise Unreachable(f"{site_of(address)} sent only a part of this file.", FailureKind.SERVER)
    if kind == "picture":
        return _picture_alone(fetched, address, keep), True
    if kind not in ("page", "text"):
        return attachment_of(fetched, address, kind), True
    parts, pages, whole = _parts(fetched, get)
    extracted = extracts(pages, rules)
    written = images.Written(keep)
    reading = read(pages, rules, home, extracted, written)
    if not reading.body.blocks:
        text = f"There is no text on this page of {site_of(address)}."
        raise IngestError(text, FailureKind.EMPTY)
    wanted = missing_pictures(reading.body)
    if wanted:
        downloaded = fetch_pictures(wanted, keep, get)
        reading = read(pages, rules, {**home, **downloaded}, extracted, written)
    source = packed(parts)
    new = clipping(reading, address, whole=whole)
    return new._replace(
        source=source.data,
        source_type=source.media_type,
        base=source.base,
        aliases=_aliases(address, fetched.address, reading.about.canonical),
        validators="\n".join(fetched.validators or ()) if whole else "",
        made_by=Making.DOWNLOADED,
    ), whole


def _parts(first: Fetched, get: Fetch) -> tuple[list[Fetched], list[PageText], bool]:
    """Download the other parts of an article; return all, their texts, and if none is missing."""
    parts, pages, seen = [first], [text_of(first)], {first.address}
    while parts[-1].whole:
        root = parse(pages[-1].html)
        further = "" if root is None else next_page(root, pages[-1].address, pages[-1].html)
        if not further or further in seen:
            return parts, pages, True
        if len(parts) == _MOST_PARTS:
            break
        seen.add(further)
        try:
            parts.append(get(further))
        except IngestError:
            break
        pages.append(text_of(parts[-1]))
    return parts, pages, False


def _aliases(address: str, came_from: str, canonical: str) -> tuple[str, ...]:
    """Return the other URLs of a page: the target of redirects, and its canonical URL.

    A page can only speak for its own site, and its canonical URL is never the home page.
    """
    aliases: list[str] = []
    for url in filter(is_url, (came_from, canonical)):
        other = canonical_url(url)
        bare = urlsplit(other).path in ("", "/") and not urlsplit(other).query
        if other not in (address, *aliases) and not bare and _same_site(other, came_from):
            aliases.append(other)
    return tuple(aliases)


def _same_site(one: str, other: str) -> bool:
    """Return whether URLs belong to one site, including its mobile pages."""
    names = [_SMALL.sub("", site_of(address)) for address in (one, other)]
    return names[0] == names[1]


# ---- pictures


def known_pictures(library: Library, id: int) -> dict[str, Picture | None]:
    """Return the pictures of an article and of its older versions by their URLs."""
    texts = library.texts.with_pictures(id)
    return {x.address: x for html in texts for x in stored_pictures(html) if x.address}


def missing_pictures(body: Body) -> list[str]:
    """Return the URLs of the missing pictures of a body."""
    addresses = [x.address for x in pictures(body) if x.address and not x.name]
    return list(dict.fromkeys(addresses))[:_MOST_PICTURES]


def fetch_pictures(
    addresses: Sequence[str], keep: images.Keep, get: Fetch = fetch
) -> dict[str, Picture | None]:
    """Download pictures by their URLs; None for a tracking pixel."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        downloaded = pool.map(lambda source: _bring(source, keep, get), addresses)
        return dict(zip(addresses, downloaded, strict=True))


def _bring(source: str, keep: images.Keep, get: Fetch) -> Picture | None:
    """Download a picture; any failure makes it a missing picture."""
    try:
        got = get(source, most=PICTURE_BYTES, accept="image/*", seconds=_PICTURE_SECONDS)
        return images.keep_image(got.data, "", keep) if got.whole else Picture("")
    except (Cancelled, LibraryError):
        raise
    except (IngestError, ValueError):
        return Picture("")
    except Exception:
        _log.warning("the picture %s could not be fetched", displayed(source), exc_info=True)
        return Picture("")


def _picture_alone(fetched: Fetched, address: str, keep: images.Keep) -> Clipping:
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
