"""What may be on this computer, and what one item may do to the others: with a real server."""

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from reader import phrases
from reader.body.blocks import Body, Paragraph, Picture
from reader.body.to_html import to_html
from reader.errors import IngestError, LibraryError
from reader.ingest import web_pictures
from reader.ingest.fetch import Fetched
from reader.ingest.reprocess import fetch_missing
from reader.ingest.save import add_paths
from reader.ingest.urls import login_of
from reader.ingest.web import add_addresses, clipping_of, download
from reader.library.library import Library
from reader.model import Clipping, FailureKind, ImportRow, Outcome
from reader.progress import Cancelled

_TEXT = "".join(
    f"<p>Sentence {n}, with commas, and enough words to be one of a text.</p>" for n in range(20)
)


def _page(body: str = "") -> bytes:
    head = "<html><head><title>The story</title></head>"
    return f"{head}<body><article><h1>The story</h1>{_TEXT}{body}</article></body></html>".encode()


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "PNG")
    return out.getvalue()


class Site:
    """A site on this computer: its pages by path, and what it was asked; None never answers."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | None] = {}
        self.cut: set[str] = set()
        self.asked: list[str] = []
        self.logins: set[str | None] = set()
        self.end = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.end.set()
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.logins.add(self.headers["Authorization"])
                data = site.pages.get(self.path, b"")
                if data is None:
                    site.end.wait()
                    return
                self.send_response(200 if data else 404)
                kind = "image/png" if self.path.endswith(".png") else "text/html; charset=utf-8"
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data[: len(data) // 2] if self.path in site.cut else data)

        return Handler


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer of whoever runs the tests may well have one."""
    monkeypatch.setattr("reader.ingest.fetch.proxy_for", lambda _: None)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def other() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def _added(library: Library, address: str) -> int:
    return add_addresses(library, [address], typed=[address]).rows[0].article


def _downloaded(library: Library, address: str) -> ImportRow:
    return download(library, [_added(library, address)]).rows[0]


# ---- who is trusted


def test_an_address_that_was_typed_may_be_on_this_computer(library: Library, site: Site) -> None:
    site.pages = {"/story": _page('<p><img src="/a.png"></p>'), "/a.png": _png()}
    row = _downloaded(library, f"{site.address}/story")
    assert (row.outcome, phrases.remarks(row.remarks)) == (Outcome.UPDATED, "")
    assert site.asked == ["/story", "/a.png", "/favicon.ico"]


def test_an_address_that_nobody_typed_may_not(library: Library, site: Site) -> None:
    id = add_addresses(library, [f"{site.address}/story"]).rows[0].article
    row = download(library, [id]).rows[0]
    assert row.outcome is Outcome.FAILED
    assert "only if you type it" in phrases.remarks(row.remarks)
    assert not site.asked


def test_typing_an_address_that_is_there_already_is_typing_it(library: Library, site: Site) -> None:
    site.pages = {"/story": _page()}
    id = add_addresses(library, [f"{site.address}/story"]).rows[0].article
    assert _added(library, f"{site.address}/story") == id
    assert download(library, [id]).rows[0].outcome is Outcome.UPDATED


def test_another_spelling_of_an_address_types_the_same_article(
    library: Library, site: Site
) -> None:
    site.pages = {"/story?feature=1": _page()}
    id = add_addresses(library, [f"{site.address}/story?feature=1"]).rows[0].article
    assert _added(library, f"{site.address}/story?utm_source=mail#part") == id
    assert download(library, [id]).rows[0].outcome is Outcome.UPDATED
    assert site.asked[0] == "/story?feature=1"


def test_a_page_is_asked_for_as_its_address_was_typed(library: Library, site: Site) -> None:
    asked = ["/view?p123&utm_source=feed", "/a%7Eb/%c3%a9//c?x=%2f&y=a+b&", "/app?"]
    site.pages = {path: _page() for path in asked}
    for path in asked:
        assert _downloaded(library, site.address + path).outcome is Outcome.UPDATED
    assert [path for path in site.asked if path != "/favicon.ico"] == asked


def test_a_site_that_does_not_know_its_trackers_is_asked_without_them(
    library: Library, site: Site
) -> None:
    site.pages = {"/view?p123": _page()}
    row = _downloaded(library, f"{site.address}/view?p123&utm_source=feed")
    assert row.outcome is Outcome.UPDATED
    assert site.asked[:2] == ["/view?p123&utm_source=feed", "/view?p123"]
    row = _downloaded(library, f"{site.address}/gone?utm_source=feed")
    assert row.failure is not None and row.failure.kind is FailureKind.GONE
    assert _downloaded(library, f"{site.address}/gone?p123").failure is not None
    assert site.asked.count("/gone?p123") == 1


def test_documents_of_one_page_made_by_scripts_are_articles_of_their_own(
    library: Library, site: Site
) -> None:
    named = f'<link rel="canonical" href="{site.address}/app"></head>'.encode()
    site.pages = {"/app": _page().replace(b"</head>", named)}
    first = _downloaded(library, f"{site.address}/app#!/one").article
    second = _downloaded(library, f"{site.address}/app#!/two").article
    assert first != second
    assert library.article(second).url == f"{site.address}/app#!/two"
    assert _added(library, f"{site.address}/app") not in (first, second)


def test_that_it_was_typed_is_kept_with_the_article(tmp_path: Path, site: Site) -> None:
    site.pages = {"/story": _page()}
    with Library.open(tmp_path / "kept") as library:
        id = _added(library, f"{site.address}/story")
    with Library.open(tmp_path / "kept") as library:
        assert download(library, [id]).rows[0].outcome is Outcome.UPDATED


def test_a_saved_page_cannot_make_us_ask_this_computer(
    library: Library, site: Site, tmp_path: Path
) -> None:
    address = f"{site.address}/admin?reboot=1"
    file = tmp_path / "page.html"
    picture = f'<p><img src="{site.address}/a.png"></p>'
    saved = f"<!-- saved from url=({len(address):04}){address} -->\n".encode()
    file.write_bytes(saved + _page(picture))
    id = add_paths(library, [file]).rows[0].article
    assert library.article(id).url == address
    assert "only if you type it" in phrases.remarks(download(library, [id]).rows[0].remarks)
    assert "pictures are missing" in phrases.remarks(fetch_missing(library, [id]).rows[0].remarks)
    assert not site.asked


def test_a_saved_page_gains_nothing_by_naming_an_address_that_was_typed(
    library: Library, site: Site, tmp_path: Path
) -> None:
    address = f"{site.address}/story"
    _added(library, address)
    body = Body((Paragraph((Picture("", address=f"{site.address}/reboot.png"),)),))
    filed = library.add(Clipping(address, title="A page", html=to_html(body)))
    assert "pictures are missing" in phrases.remarks(
        fetch_missing(library, [filed.id]).rows[0].remarks
    )
    assert not site.asked


def test_a_page_that_was_typed_may_not_send_us_to_another_port(
    library: Library, site: Site, other: Site
) -> None:
    pictures = f'<p><img src="{other.address}/a.png"></p><p><img src="/b.png"></p>'
    links = f'<div class="pagination"><a href="{other.address}/story?page=2">Next page</a></div>'
    site.pages = {"/story": _page(pictures + links), "/b.png": _png()}
    row = _downloaded(library, f"{site.address}/story")
    assert "1 of 2 pictures are missing" in phrases.remarks(row.remarks)
    fetch_missing(library, [row.article])
    assert not other.asked
    assert site.asked[:2] == ["/story", "/b.png"]


def test_a_page_from_elsewhere_may_not_use_what_was_typed(library: Library, site: Site) -> None:
    id = _added(library, f"{site.address}/story")
    asked: list[bool] = []

    def get(address: str, *, allow_private_network: bool, **_: object) -> Fetched:
        asked.append(allow_private_network)
        if address.endswith(".png"):
            raise IngestError("no")
        picture = f'<p><img src="{site.address}/reboot.png"></p>'
        return Fetched("https://elsewhere.example/story", _page(picture), "text/html", "", True)

    download(library, [id], get=get)
    assert asked == [True, False]


def test_an_article_that_became_one_with_a_typed_one_was_not_typed(
    library: Library, site: Site
) -> None:
    address = f"{site.address}/admin"
    known = library.add(Clipping(address, title="Saved", html="<p>Saved.</p>")).id
    typed = _added(library, "https://example.org/story")
    library.add(Clipping("https://example.org/story", html="<p>Saved.</p>", aliases=(address,)))
    assert library.find("https://example.org/story") == known != typed
    assert library.article(known).url == address
    assert not library.is_typed(known)
    fetch_missing(library, [known])
    download(library, [known])
    assert not site.asked


# ---- names and passwords


def test_a_name_and_a_password_are_used_once_and_never_kept(library: Library, site: Site) -> None:
    site.pages = {"/story": _page('<p><img src="/a.png"></p>'), "/a.png": _png()}
    typed = f"http://anna:wood@{site.address.partition('//')[2]}/story"
    rows = add_addresses(library, [typed, "http://anna:wood@[bad"], typed=[typed]).rows
    assert not any("wood" in str(row) for row in rows)
    login = login_of(typed)
    assert login is not None
    row = download(library, [rows[0].article], logins=[login]).rows[0]
    assert row.outcome is Outcome.UPDATED
    assert site.logins == {"Basic YW5uYTp3b29k"}
    assert "wood" not in f"{library.article(row.article)}{library.texts.source(row.article)}{row}"
    download(library, [row.article])
    assert None in site.logins


# ---- what came in part


def test_a_picture_that_was_cut_is_missing(library: Library, site: Site) -> None:
    site.pages = {"/story": _page('<p><img src="/a.png"></p>'), "/a.png": _png()}
    site.cut = {"/a.png"}
    row = _downloaded(library, f"{site.address}/story")
    assert phrases.remarks(row.remarks) == "1 of 1 pictures are missing"
    site.cut = set()
    assert phrases.remarks(fetch_missing(library, [row.article]).rows[0].remarks) == ""


@pytest.mark.parametrize("path", ["/a.png", "/b.pdf"])
def test_a_file_or_a_picture_alone_that_was_cut_waits(
    library: Library, site: Site, path: str
) -> None:
    site.pages = {"/a.png": _png(), "/b.pdf": b"%PDF-1.7" + b"x" * 500}
    site.cut = {path}
    row = _downloaded(library, site.address + path)
    assert row.outcome is Outcome.FAILED
    assert "only a part of it. It waits." in phrases.remarks(row.remarks)
    assert library.downloads.waiting() == [row.article]


def test_a_page_that_was_cut_before_its_text_waits(library: Library, site: Site) -> None:
    head = b"<html><head><style>" + b"p {}" * 400
    site.pages = {"/story": head + b"</style></head><body><p>One.</p></body></html>"}
    site.cut = {"/story"}
    id = _added(library, f"{site.address}/story")
    row = download(library, [id]).rows[0]
    assert row.failure is not None and row.failure.kind is FailureKind.SERVER
    assert library.downloads.waiting() == [id]
    site.cut = set()
    assert download(library, [id]).rows[0].outcome is Outcome.UPDATED


def test_an_article_of_more_parts_than_are_fetched_is_not_whole(library: Library) -> None:
    def get(address: str, **_: object) -> Fetched:
        number = int(address.partition("page=")[2] or 1)
        pager = f'<div class="pagination"><a href="/story?page={number + 1}">Next page</a></div>'
        return Fetched(address, _page(pager), "text/html", "", True)

    first = get("https://example.org/story")
    assert not clipping_of(first, first.address, library.keep_picture, get)[1]


def test_an_article_of_which_one_part_was_cut_is_not_whole(library: Library) -> None:
    pager = '<div class="pagination"><a href="/story?page=2">Next page</a></div>'
    first = Fetched("https://example.org/story", _page(pager), "text/html", "", True)
    cut = Fetched("https://example.org/story?page=2", _page(), "text/html", "", False)
    made, whole = clipping_of(first, first.address, library.keep_picture, lambda *_, **__: cut)
    assert not whole and not made.validators


# ---- one item's trouble


@pytest.mark.logs
@pytest.mark.parametrize(
    "trouble",
    [RuntimeError("odd"), RecursionError(), MemoryError(), UnicodeError("odd"), KeyError("odd")],
)
def test_whatever_goes_wrong_with_one_page_is_one_row(library: Library, trouble: Exception) -> None:
    addresses = [f"https://{name}.example/story" for name in ("a", "b", "c")]

    def get(address: str, **_: object) -> Fetched:
        if address == addresses[1]:
            raise trouble
        return Fetched(address, _page(), "text/html", "", True)

    ids = [row.article for row in add_addresses(library, addresses).rows]
    rows = download(library, ids, get=get).rows
    assert [row.outcome for row in rows] == [Outcome.UPDATED, Outcome.FAILED, Outcome.UPDATED]
    assert rows[1].article == ids[1] and phrases.remarks(rows[1].remarks).endswith(".")
    assert library.downloads.waiting() == [ids[1]]


@pytest.mark.logs
def test_whatever_goes_wrong_with_one_picture_makes_it_a_missing_one(library: Library) -> None:
    def get(address: str, **_: object) -> Fetched:
        if address.endswith("bad.png"):
            raise RuntimeError("odd")
        if address.endswith(".png"):
            return Fetched(address, _png(), "image/png", "", True)
        pictures = '<p><img src="/bad.png"></p><p><img src="/good.png"></p>'
        return Fetched(address, _page(pictures), "text/html", "", True)

    id = add_addresses(library, ["https://example.org/story"]).rows[0].article
    assert (
        phrases.remarks(download(library, [id], get=get).rows[0].remarks)
        == "1 of 2 pictures are missing"
    )
    assert fetch_missing(library, [id], get=get).rows[0].outcome is Outcome.FAILED


@pytest.mark.parametrize("trouble", [LibraryError("The disk is full."), Cancelled()])
def test_the_trouble_of_the_library_and_stop_are_not_those_of_one_page(
    library: Library, trouble: Exception
) -> None:
    def get(address: str, **_: object) -> Fetched:
        raise trouble

    id = add_addresses(library, ["https://example.org/story"]).rows[0].article
    with pytest.raises(type(trouble)):
        download(library, [id], get=get)


def test_an_article_that_is_gone_by_now_stops_nothing(library: Library) -> None:
    id = add_addresses(library, ["https://example.org/story"]).rows[0].article
    get = lambda address, **_: Fetched(address, _page(), "text/html", "", True)  # noqa: E731
    rows = download(library, [999, id], get=get).rows
    assert [row.outcome for row in rows] == [Outcome.UNCHANGED, Outcome.UPDATED]


# ---- hosts that do not answer


def test_a_host_that_does_not_answer_is_not_asked_for_each_picture_of_each_article(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_pictures, "_SECONDS", 0.4)
    names = [f"/{n}.png" for n in range(12)]
    pictures = "".join(f'<p><img src="{each}"></p>' for each in names)
    site.pages = {"/story": _page(pictures), "/tale": _page(pictures), **dict.fromkeys(names)}
    ids = [_added(library, f"{site.address}/{name}") for name in ("story", "tale")]
    rows = download(library, ids).rows
    assert phrases.remarks(rows[0].remarks) == "12 of 12 pictures are missing"
    assert "cannot be reached" in phrases.remarks(
        rows[1].remarks
    ) and "It waits." in phrases.remarks(rows[1].remarks)
    assert len(site.asked) <= 1 + web_pictures._AT_ONCE
    monkeypatch.setattr(web_pictures, "_SECONDS", 30.0)
    site.pages |= dict.fromkeys(names, _png())
    assert {phrases.remarks(row.remarks) for row in download(library, ids).rows} == {""}


def test_the_other_hosts_go_on(library: Library, site: Site) -> None:
    site.pages = {"/story": _page()}
    gone = _added(library, "http://127.0.0.1:1/story")
    here = _added(library, f"{site.address}/story")
    rows = download(library, [gone, here]).rows
    assert [row.outcome for row in rows] == [Outcome.FAILED, Outcome.UPDATED]
