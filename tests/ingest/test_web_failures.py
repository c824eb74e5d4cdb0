"""Why an article did not come: real servers that refuse, are silent, or send what is no page."""

import socket
import ssl
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.ingest.site import Answer, Site

from reader.errors import LibraryLocked
from reader.ingest import web
from reader.ingest.fetch import fetch
from reader.ingest.web import add_addresses, download
from reader.library.articles.downloads import Downloads
from reader.library.library import Library
from reader.model import FailureKind, ImportRow, Outcome

_PAGE = b"<html><body><article>" + b"<p>A sentence, with commas, of a text.</p>" * 20
_HTML = (("Content-Type", "text/html"),)
_PEM = Path(__file__).resolve().parents[1] / "samples" / "site.example.pem"


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.ingest.fetch.proxy_for", lambda _: None)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def _tried(library: Library, address: str, **options: float) -> ImportRow:
    id = add_addresses(library, [address], typed=[address]).rows[0].article
    row = download(library, [id], get=partial(fetch, **options)).rows[0]  # type: ignore[arg-type]
    stored = library.article(id).failure
    assert row.outcome is Outcome.FAILED
    assert row.failure == stored == library.rows_of([id])[0].failure
    return row


def _kind(row: ImportRow) -> tuple[FailureKind, int]:
    assert row.failure is not None
    return row.failure.kind, row.failure.status


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, FailureKind.GONE), (410, FailureKind.GONE), (403, FailureKind.REFUSED),
        (401, FailureKind.LOGIN), (500, FailureKind.SERVER), (400, FailureKind.OTHER),
    ],
)  # fmt: skip
def test_what_a_site_answers_is_kept(
    library: Library, site: Site, status: int, kind: FailureKind
) -> None:
    site.answers["/story"] = Answer(status)
    row = _tried(library, f"{site.address}/story")
    assert _kind(row) == (kind, status)
    assert bool(row.failure and row.failure.again_at) == (status == 500)


def test_a_site_that_has_enough_is_left_alone_for_as_long_as_it_asks(
    library: Library, site: Site
) -> None:
    site.answers["/story"] = Answer(429, headers=(("Retry-After", "7200"),))
    before = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 7190))
    row = _tried(library, f"{site.address}/story")
    assert _kind(row) == (FailureKind.REFUSED, 429)
    assert row.failure is not None
    assert row.failure.again_at >= before


def test_a_port_where_nobody_listens_is_out_of_reach(library: Library) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    row = _tried(library, f"http://127.0.0.1:{port}/story")
    assert _kind(row) == (FailureKind.OFFLINE, 0)


def test_a_name_that_does_not_exist_is_out_of_reach(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert _kind(_tried(library, "https://nowhere.example/story")) == (FailureKind.OFFLINE, 0)


def test_a_site_that_never_answers_is_too_slow(library: Library, site: Site) -> None:
    site.answers["/story"] = None
    row = _tried(library, f"{site.address}/story", seconds=0.3)
    assert _kind(row) == (FailureKind.SLOW, 0)


def test_a_certificate_of_its_own_is_no_safe_connection(library: Library, site: Site) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_PEM)
    site.wrap(context.wrap_socket)
    row = _tried(library, f"{site.address}/story")
    assert _kind(row) == (FailureKind.UNSAFE, 0)
    assert row.failure is not None
    assert row.failure.again_at == ""


def test_a_site_without_encryption_is_no_safe_connection(library: Library, site: Site) -> None:
    row = _tried(library, f"{site.address}/story".replace("http:", "https:"))
    assert _kind(row) == (FailureKind.UNSAFE, 0)


def test_a_page_beyond_the_limit_is_too_large(library: Library, site: Site) -> None:
    site.answers["/story"] = Answer(200, b"<p>x" * 1000, _HTML)
    assert _kind(_tried(library, f"{site.address}/story", most=1000)) == (FailureKind.LARGE, 0)


@pytest.mark.parametrize("data", [b"", b"<html><body><script>go()</script></body></html>"])
def test_a_page_without_words_has_no_text(library: Library, site: Site, data: bytes) -> None:
    site.answers["/story"] = Answer(200, data, _HTML)
    assert _kind(_tried(library, f"{site.address}/story")) == (FailureKind.EMPTY, 0)


def test_a_picture_that_cannot_be_shown_is_no_page(library: Library, site: Site) -> None:
    site.answers["/a"] = Answer(200, b"\xff\x0a" + b"x" * 50, (("Content-Type", "image/jxl"),))
    assert _kind(_tried(library, f"{site.address}/a")) == (FailureKind.UNSUPPORTED, 0)


def test_what_nobody_typed_is_not_asked_for_on_this_computer(library: Library, site: Site) -> None:
    id = add_addresses(library, [f"{site.address}/story"]).rows[0].article
    row = download(library, [id]).rows[0]
    assert _kind(row) == (FailureKind.UNTYPED, 0)
    assert not site.asked


@pytest.mark.logs
def test_a_bug_in_reading_a_page_is_kept_too(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(web, "clipping_of", broken)
    site.answers["/story"] = Answer(200, _PAGE, _HTML)
    assert _kind(_tried(library, f"{site.address}/story")) == (FailureKind.OTHER, 0)


def test_a_failure_that_cannot_be_stored_stops_no_other_download(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise LibraryLocked("another program")

    monkeypatch.setattr(Downloads, "note_failure", locked)
    site.answers["/story"] = Answer(200, _PAGE, _HTML)
    urls = [f"{site.address}/{name}" for name in ("gone", "story")]
    ids = [row.article for row in add_addresses(library, urls, typed=urls).rows]
    rows = download(library, ids).rows
    assert [row.outcome for row in rows] == [Outcome.FAILED, Outcome.UPDATED]
    assert _kind(rows[0]) == (FailureKind.GONE, 404)


def test_attempts_are_counted_until_the_text_comes(library: Library, site: Site) -> None:
    url = f"{site.address}/story"
    site.answers["/story"] = Answer(503)
    failures = [_tried(library, url).failure for _ in range(2)]
    assert [failure and failure.tries for failure in failures] == [1, 2]
    site.answers["/story"] = Answer(200, _PAGE, _HTML)
    id = library.find(url)
    assert id is not None
    assert download(library, [id]).rows[0].failure is None
    assert library.article(id).failure is None
