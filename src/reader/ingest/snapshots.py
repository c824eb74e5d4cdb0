"""Copies of pages in the Internet Archive, asked for by the user each time.

The addresses of the articles are sent to the archive, one after the other.
"""

import json
import re
import threading
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from reader.errors import IngestError, NoSuchArticle
from reader.ingest.fetch import Fetched, fetch
from reader.ingest.politely import REAL, Line, Times
from reader.ingest.rows import row_of
from reader.ingest.rules import rules_for
from reader.ingest.urls import displayed, is_local, is_url, site_of, title_of
from reader.ingest.web import clipping_of, with_permissions
from reader.ingest.web_pictures import Fetch, known_pictures
from reader.library.library import Library
from reader.model import FailureKind, ImportResult, ImportRow, Making, Outcome
from reader.progress import Report, silent
from reader.reasons import Reason, Remark

_PAUSE = 2.0
_MOST_BYTES = 1_000_000
_TIMESTAMP = re.compile(r"[12]\d{13}")
_COPY = re.compile(r"/web/(\d{4})(\d\d)(\d\d)\d*id_/(https?):/+(.+)", re.DOTALL)


class Archive(NamedTuple):
    """The hosts that know of copies, and that have them."""

    lookup: str = "https://archive.org"
    copies: str = "https://web.archive.org"


INTERNET_ARCHIVE = Archive()


class _Copy(NamedTuple):
    """A copy of a page as if it came from the page itself, when it was made, and its number."""

    page: Fetched
    made_on: tuple[int, int, int]
    timestamp: str


class _Visit(NamedTuple):
    """The parts of a visit to an archive."""

    library: Library
    archive: Archive
    line: Line


def add_snapshots(
    library: Library,
    ids: Sequence[int],
    report: Report = silent,
    *,
    get: Fetch = fetch,
    archive: Archive = INTERNET_ARCHIVE,
    times: Times = REAL,
) -> ImportResult:
    """Store the copies that an archive has of pages as the texts of their articles.

    The copy nearest to the day on which an article was added is taken. Titles and addresses stay;
    links and pictures keep their own addresses. Each row says if there was a copy.
    """
    rows: list[ImportRow] = []

    def beat() -> None:
        report(len(rows), len(ids), site_of(archive.copies))

    visit = _Visit(library, archive, Line(library.downloads.later, get, times, beat))
    for id in ids:
        until = times.now() + _PAUSE if rows else 0.0
        while times.now() < until:
            beat()
            times.wait(threading.Event(), 0.25)
        beat()
        rows.append(_row(visit, id))
    return ImportResult(tuple(rows))


def _row(visit: _Visit, id: int) -> ImportRow:
    try:
        url = visit.library.article(id).url
    except NoSuchArticle:
        return _stays(str(id), 0, Reason.NOT_IN_LIBRARY)
    if not url.startswith(("http://", "https://")) or is_local(urlsplit(url).hostname or ""):
        return _stays(visit.library.article(id).title, id, Reason.NOT_FROM_WEB)
    return row_of(displayed(url), partial(_add, visit, id, url), id)


def _stays(name: str, id: int, reason: Reason) -> ImportRow:
    return ImportRow(name, Outcome.UNCHANGED, id, (Remark(reason),))


def _add(visit: _Visit, id: int, url: str) -> ImportRow:
    library, name = visit.library, displayed(url)
    had = library.article(id)
    try:
        copy = _copy(visit, url, had.added_at)
    except IngestError as error:
        remark = Remark(Reason.ARCHIVE_UNREACHABLE, text=str(error))
        return ImportRow(name, Outcome.FAILED, id, (remark,))
    if copy is None:
        return ImportRow(name, Outcome.FAILED, id, (Remark(Reason.NOT_ARCHIVED),))
    new, _ = clipping_of(
        copy.page,
        url,
        library.keep_picture,
        with_permissions("", copy.page.address, partial(_asked, visit, copy, set())),
        rules=rules_for(library.folder, site_of(url)),
        home=known_pictures(library, id),
    )
    title = had.title if had.title and had.title != title_of(url) else new.title
    filed = library.add(new._replace(title=title, validators="", made_by=Making.ARCHIVED))
    remark = Remark(Reason.FROM_ARCHIVE, copy.made_on)
    return ImportRow(title, filed.outcome, filed.id, (remark,))


def _copy(visit: _Visit, url: str, added_at: str) -> _Copy | None:
    """Return the copy of a page that is nearest to a time. Raises IngestError if it is not sent."""
    timestamp = _nearest(visit, url, added_at)
    if not timestamp:
        return None
    copies = visit.archive.copies
    try:
        page = visit.line.ask(f"{copies}/web/{timestamp}id_/{url}", silent=set())
    except IngestError as error:
        if error.kind is FailureKind.GONE:
            return None
        raise
    found = _COPY.fullmatch(page.address.removeprefix(copies))
    if not page.address.startswith(f"{copies}/") or found is None:
        return None
    year, month, day, scheme, rest = found.groups()
    original = f"{scheme}://{rest}"
    page = page._replace(address=original if is_url(original) else url, validators=None)
    return _Copy(page, (int(year), int(month), int(day)), timestamp)


def _nearest(visit: _Visit, url: str, added_at: str) -> str:
    """Return the number of the copy that is nearest to a time, ``""`` if there is none."""
    moment = "".join(filter(str.isdecimal, added_at))[:14]
    question = f"url={quote(url, safe='')}" + (f"&timestamp={moment}" if moment else "")
    answer = visit.line.ask(
        f"{visit.archive.lookup}/wayback/available?{question}",
        accept="application/json",
        most=_MOST_BYTES,
        silent=set(),
    )
    try:
        closest: Any = json.loads(answer.data)["archived_snapshots"]["closest"]
        timestamp = str(closest["timestamp"])
        is_there = bool(closest["available"]) and str(closest.get("status", "200")) == "200"
        date(int(timestamp[:4]), int(timestamp[4:6]), int(timestamp[6:8]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return timestamp if is_there and _TIMESTAMP.fullmatch(timestamp) else ""


def _asked(
    visit: _Visit,
    copy: _Copy,
    silent: set[str],
    address: str,
    *,
    referrer: str = "",
    **options: Any,
) -> Fetched:
    """Return a picture of a copy from its own address, else from the archive."""
    try:
        return visit.line.ask(address, referrer=referrer, silent=silent, **options)
    except IngestError as error:
        if not referrer or error.kind is FailureKind.UNTYPED:
            raise
    there = f"{visit.archive.copies}/web/{copy.timestamp}im_/{address}"
    return visit.line.ask(there, silent=silent, **{**options, "allow_private_network": False})
