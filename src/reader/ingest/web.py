"""From a URL to an article: filed at once, downloaded later.

The URL is filed first and waits, so being offline is not an error. A download fetches the page,
extracts the article, fetches its pictures and files them together. An existing text is never
replaced by a much shorter one.
"""

import logging
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from reader.body.caveats import caveats_of
from reader.body.from_html import count_pictures
from reader.errors import IngestError, LibraryError, NoSuchArticle
from reader.ingest import icons, images
from reader.ingest.attachments import attachment_of, is_attachment
from reader.ingest.extract.next_page import next_page
from reader.ingest.extract.page import parse
from reader.ingest.fetch import Fetched, fetch
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
    document_fragment,
    is_url,
    origin_of,
    requested_url,
    server_of,
    site_of,
    title_of,
)
from reader.ingest.web_pictures import (
    Fetch,
    fetch_pictures,
    known_pictures,
    missing_pictures,
    picture_alone,
)
from reader.ingest.web_text import kind_of_text, text_alone
from reader.library.library import Library
from reader.library.store.database import MANY
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
from reader.progress import Report, silent
from reader.reasons import Reason, Remark

_log = logging.getLogger(__name__)
_AT_ONCE = 4
_MOST_PARTS = 30
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
    addresses = list(addresses)
    if len(addresses) >= MANY:
        library.backups.before_import(len(addresses))
    rows = [
        row_of(
            displayed(address),
            partial(_add_address, library, address, state, typed=address in typed),
        )
        for address in addresses
    ]
    return ImportResult(tuple(rows))


def _add_address(library: Library, typed_address: str, state: State, *, typed: bool) -> ImportRow:
    address = requested_url(typed_address)
    known = article_at(library, address)
    if known is None:
        key = canonical_url(address)
        new = Clipping(address, title=title_of(address), site=site_of(address), aliases=(key,))
        filed = library.add(new, state=state)
        row = ImportRow(address, filed.outcome, filed.id, (Remark(Reason.WAITING),))
    else:
        row = ImportRow(address, Outcome.UNCHANGED, known)
    if typed and not library.is_typed(row.article):
        _note_typed(library, row.article, address)
    return row


def article_at(library: Library, address: str) -> int | None:
    """Return the article with a URL, however it is spelled, None if there is none."""
    found = library.find(requested_url(address))
    return library.find(canonical_url(address)) if found is None else found


def _note_typed(library: Library, id: int, address: str) -> None:
    """Record that the user typed the URL of an article, if it is that one in some spelling."""
    url = library.article(id).url
    if is_url(url) and canonical_url(url) == canonical_url(address):
        library.note_typed(url)


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
            rows[id] = download_one(library, id, address, ask)

    report(0, len(ids), "")
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done in [pool.submit(of_one_site, group) for group in groups.values()]:
            done.result()
    return ImportResult(tuple(rows[id] for id in ids))


def download_one(library: Library, id: int, address: str, get: Fetch) -> ImportRow:
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
        allowed = from_there and origin_of(requested_url(address)) == typed
        return get(address, allow_private_network=allowed, **options)

    return trusted


def _download(library: Library, id: int, address: str, get: Fetch) -> ImportRow:
    try:
        had = library.article(id)
        typed = typed_origin(library, had)
        ask = with_permissions(typed, address, get)
        fetched = _page(ask, address, _validators(library, had))
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


def _page(ask: Fetch, address: str, validators: Validators | None) -> Fetched:
    """Download a page; a site that does not have it is asked without tracking parameters."""
    try:
        return ask(address, validators=validators)
    except IngestError as error:
        bare = canonical_url(address)
        if error.kind is not FailureKind.GONE or bare == address:
            raise
        try:
            return ask(bare)
        except IngestError:
            raise error from None


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
        raise _empty(fetched, address)
    if kind == "picture":
        return picture_alone(fetched, address, keep), True
    if kind not in ("page", "text"):
        return attachment_of(fetched, address, kind), True
    if text_kind := kind_of_text(fetched):
        new = text_alone(fetched, text_kind, address, keep, get, home)
        return new._replace(aliases=_aliases(address, fetched.address, "")), fetched.whole
    parts, pages, whole = _parts(fetched, get)
    extracted = extracts(pages, rules)
    written = images.Written(keep)
    reading = read(pages, rules, home, extracted, written)
    if not reading.body.blocks:
        raise _empty(fetched, address)
    wanted = missing_pictures(reading.body)
    if wanted:
        downloaded = fetch_pictures(wanted, keep, get, page=fetched.address)
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


def _empty(fetched: Fetched, address: str) -> IngestError:
    """Return the error about a response that cannot become an article."""
    site = site_of(address)
    if fetched.whole:
        return IngestError(f"There is no text on this page of {site}.", FailureKind.EMPTY)
    text = f"{site} sent only a part of it."
    return Unreachable(text, FailureKind.SERVER)


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
    """Return other URLs of a page to compare: its own, that of redirects, and its canonical URL.

    A page can only speak for its own site, and its canonical URL is never the home page. If the
    fragment of a URL chooses the document, no URL without one means the same.
    """
    key, chosen = canonical_url(address), document_fragment(address)
    aliases = [key]
    for other in map(canonical_url, filter(is_url, (came_from, canonical))):
        parts = urlsplit(other)
        names_page = parts.path not in ("", "/") or parts.query or parts.fragment
        if names_page and f"#{parts.fragment}" == (chosen or "#") and _same_site(other, came_from):
            aliases.append(other)
    return tuple(each for each in dict.fromkeys(aliases) if each != address)


def _same_site(one: str, other: str) -> bool:
    """Return whether URLs belong to one site, including its mobile pages."""
    names = [_SMALL.sub("", site_of(address)) for address in (one, other)]
    return names[0] == names[1]
