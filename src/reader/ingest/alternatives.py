"""Other ways to an article that could not be downloaded: each only if the user asks for it."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from reader.errors import IngestError
from reader.ingest.fetch import Fetched, fetch
from reader.ingest.files import clipping_of_text
from reader.ingest.rows import row_of
from reader.ingest.rules import rules_for
from reader.ingest.urls import displayed, is_url, site_of
from reader.ingest.web import clipping_of, skipping_silent_hosts, with_permissions
from reader.ingest.web_pictures import known_pictures
from reader.library.library import Library
from reader.model import Edit, FailureKind, ImportResult, ImportRow, Making
from reader.progress import Report, silent
from reader.steps import Verb

Fetch = Callable[..., Fetched]

ARCHIVE = "https://web.archive.org"
_SNAPSHOT = re.compile(r"/web/\d+id_/(https?):/+(.+)", re.DOTALL)
_NO_COPY = "The Internet Archive has no copy of this page."


def unencrypted(address: str, get: Fetch = fetch) -> Fetch:
    """Return ``get`` that asks for one https URL over http."""
    plain = f"http://{address.removeprefix('https://')}"

    def asked(url: str, **options: Any) -> Fetched:
        return get(plain if url == address else url, **options)

    return asked


def add_snapshot(
    library: Library, id: int, report: Report = silent, *, get: Fetch = fetch, host: str = ARCHIVE
) -> ImportResult:
    """Store the newest copy that the Internet Archive has of a page as the text of its article.

    The URL of the article is sent to ``host``. Links and pictures keep their own URLs.
    """
    article = library.article(id)
    report(0, 0, site_of(host))
    work = partial(_add_snapshot, library, id, article.url, get, host)
    return ImportResult((row_of(displayed(article.url), work, id),))


def _add_snapshot(library: Library, id: int, url: str, get: Fetch, host: str) -> ImportRow:
    page = _snapshot(url, get, host)
    ask = with_permissions("", page.address, skipping_silent_hosts(get))
    new, _ = clipping_of(
        page,
        url,
        library.keep_picture,
        ask,
        rules=rules_for(library.folder, site_of(url)),
        home=known_pictures(library, id),
    )
    filed = library.add(new._replace(validators=""))
    return ImportRow(new.title, filed.outcome, filed.id)


def _snapshot(url: str, get: Fetch, host: str) -> Fetched:
    """Return the newest copy of a page, as if it came from the page's own URL."""
    try:
        copy = get(f"{host}/web/2id_/{url}")
    except IngestError as error:
        if error.kind is FailureKind.GONE:
            raise IngestError(_NO_COPY, FailureKind.GONE, error.status) from error
        raise
    found = _SNAPSHOT.fullmatch(copy.address.removeprefix(host))
    if not copy.address.startswith(f"{host}/") or found is None:
        raise IngestError(_NO_COPY, FailureKind.GONE)
    original = f"{found[1]}://{found[2]}"
    return copy._replace(address=original if is_url(original) else url, validators=None)


def use_text(library: Library, id: int, text: str, *, kind: str = "") -> int:
    """Use a pasted text as that of an article, as an undo step; return 1 if it changed.

    ``kind`` is as in ``clipping_of_text``. Raises IngestError if there is no text.
    """
    pasted = clipping_of_text(text, library.keep_picture, kind=kind)
    if not pasted.html:
        raise IngestError("There is no text on the clipboard. Copy the article, then try again.")
    return library.edit(Verb.PASTE, [Edit(id, text=pasted._replace(made_by=Making.PASTED))])
