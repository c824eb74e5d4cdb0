"""What a hostile page makes the program ask the network for: nothing but public pictures.

Name service and sockets are replaced at the lowest place Python has. Whatever is looked up or
connected to is written down, and connections end at one server of this test, whoever was meant.
"""

import io
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from reader.body.caveats import caveats_of
from reader.cli import main
from reader.document.images import Pictures
from reader.gui.viewer.viewer import Viewer
from reader.ingest.reprocess import fetch_missing
from reader.ingest.save import add_paths
from reader.ingest.web import add_addresses, download
from reader.library.library import Library
from reader.model import Caveat, Look
from reader.themes import theme

_NEWS, _PICTURES = "93.184.216.34", "93.184.216.35"
_NAMES = {
    "news.example": [_NEWS],
    "pictures.example": [_PICTURES],
    "inside.example": ["10.0.0.5"],
    "both.example": ["127.0.0.1", "93.184.216.36"],
    "six.example": ["::1", "fe80::1", "fd00::1"],
    "wrapped.example": ["::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
    "router.home.arpa": ["192.168.1.1"],
    "wiki.example": ["192.168.1.5"],
}
"""What the name service answers; ``turning.example`` is public only the first time it is asked."""

_TEXT = "".join(
    f"<p>Sentence {n}, with commas, and enough words to be one of a text.</p>" for n in range(20)
)
_STORY = "http://news.example/story"


class Wire:
    """The network as the program sees it: what was looked up, connected to and asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.moved: dict[str, str] = {}
        self.looked: list[str] = []
        self.connected: list[str] = []
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self._connect = socket.socket.connect

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def look_up(self, host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        known = _NAMES.get(host, [])
        if host == "turning.example":
            known = ["127.0.0.1" if host in self.looked else "93.184.216.37"]
        self.looked.append(host)
        for family in (socket.AF_INET, socket.AF_INET6):  # an address is its own name
            try:
                socket.inet_pton(family, host)
            except OSError:
                continue
            known = [host]
        if not known:
            raise socket.gaierror(f"no such name: {host}")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in known]

    def connect(self, held: socket.socket, address: Any) -> None:
        self.connected.append(f"{address[0]}:{address[1]}")
        self._connect(held, self.server.server_address)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        wire = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                address = f"http://{self.headers['Host']}{self.path}"
                wire.asked.append(address)
                data = wire.pages.get(address, b"")
                place = wire.moved.get(address, "")
                self.send_response(302 if place else 200 if data else 404)
                kind = "image/png" if data.startswith(b"\x89PNG") else "text/html; charset=utf-8"
                for name, value in (("Content-Type", kind), ("Content-Length", str(len(data)))):
                    self.send_header(name, value)
                if place:
                    self.send_header("Location", place)
                self.end_headers()
                self.wfile.write(data)

        return Handler


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    made = Wire()
    monkeypatch.setattr("reader.ingest.fetch.proxy_for", lambda _: None)
    monkeypatch.setattr(socket, "getaddrinfo", made.look_up)
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, lambda held, to: made.connect(held, to))
    yield made
    made.close()


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "PNG")
    return out.getvalue()


def _page(inside: str = "", head: str = "", title: str = "The story") -> bytes:
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>"
        f"{_TEXT}{inside}{_TEXT}</article></body></html>"
    ).encode()


def _added(library: Library, address: str) -> int:
    return add_addresses(library, [address], typed=[address]).rows[0].article


def _saved(library: Library, wire: Wire, page: bytes, address: str = _STORY) -> int:
    wire.pages[address] = page
    id = _added(library, address)
    download(library, [id])
    assert "Sentence 19" in library.article(id).html
    return id


# ---- places that nothing on a page may lead to

_NOT_PUBLIC = [
    "http://127.0.0.1/x.png", "http://127.1/x.png", "http://0x7f000001/x.png", "http://2130706433/x",
    "http://0177.0.0.1/x.png", "http://0/x.png", "http://localhost/x.png", "http://LOCALHOST./x.png",
    "http://127。0。0。1/x.png", "http://①②⑦.0.0.1/x.png", "http://%31%32%37.0.0.1/x.png",
    "http://[::1]/x.png", "http://[::]/x.png", "http://[::ffff:127.0.0.1]/x.png",
    "http://[::ffff:7f00:1]/x.png", "http://[64:ff9b::7f00:1]/x.png", "http://[2002:7f00:1::]/x.png",
    "http://[fe80::1]/x.png", "http://[fe80::1%25eth0]/x.png", "http://[fd12::1]/x.png",
    "http://10.0.0.1/x.png", "http://192.168.1.1/x.png", "http://172.16.0.1/x.png",
    "http://169.254.169.254/latest/meta-data", "http://100.64.0.1/x.png", "http://224.0.0.1/x.png",
    "http://router/x.png", "http://router.local/x.png", "http://router.home.arpa/x.png",
    "http://inside.example/x.png", "http://six.example/x.png", "http://wrapped.example/x.png",
    "http://pictures.example@127.0.0.1/x.png", "http://127.0.0.1\\@pictures.example/x.png",
    "http:\\\\127.0.0.1\\x.png", "//127.0.0.1/x.png", "\\\\127.0.0.1\\share\\x.png",
    "http://pictures.example:22/x.png", "http://news.example:25/x.png",
]  # fmt: skip
_NO_WEB = [
    "file:///etc/hostname", "file://127.0.0.1/share/x.png", "/\\127.0.0.1\\share\\x.png",
    "ftp://pictures.example/x.png", "javascript:fetch('http://pictures.example/')",
    "data:image/png;base64,AAAA", "blob:http://news.example/1", "gopher://pictures.example/",
    "ws://pictures.example/", "smb://pictures.example/x", "about:blank", "http://", "http://[",
    "data:text/html,<img src=http://127.0.0.1/x.png>",
]  # fmt: skip


@pytest.mark.parametrize("source", [*_NOT_PUBLIC, *_NO_WEB])
def test_no_picture_leads_to_a_place_that_is_not_public(
    library: Library, wire: Wire, source: str
) -> None:
    for each in (f'<img src="{source}">', f'<img srcset="{source} 2x" data-src="{source}">'):
        inside = (
            f'<p>{each}</p><figure><picture><source srcset="{source}">{each}</picture></figure>'
        )
        id = _saved(library, wire, _page(inside))
        fetch_missing(library, [id])
    assert {*wire.connected} == {f"{_NEWS}:80"}
    assert {*wire.looked} <= {*_NAMES, _NEWS} - {
        "router.home.arpa"
    }  # local names are not asked for


@pytest.mark.parametrize("place", [*_NOT_PUBLIC, *(x for x in _NO_WEB if "data:" not in x)])
def test_no_redirect_leads_to_a_place_that_is_not_public(
    library: Library, wire: Wire, place: str
) -> None:
    wire.moved["http://pictures.example/a.png"] = place.encode().decode("latin-1")
    _saved(library, wire, _page('<p><img src="http://pictures.example/a.png"></p>'))
    head = f'<meta http-equiv="refresh" content="0; url={place}">'
    wire.pages["http://pictures.example/b"] = _page(head=head)
    download(library, [_added(library, "http://pictures.example/b")])
    assert {*wire.connected} == {f"{_NEWS}:80", f"{_PICTURES}:80"}


_NEVER = [
    "<video src='{0}'><source src='{0}'><track src='{0}'></video>",
    "<audio src='{0}' autoplay></audio>",
    "<iframe src='{0}' srcdoc='&lt;img src={0}&gt;'></iframe>",
    "<object data='{0}'><embed src='{0}'></object>",
    "<svg><use href='{0}#a'/><image xlink:href='{0}'/><feImage href='{0}'/></svg>",
    "<p style='background: url({0})'>Words of a text.</p><style>@import url({0});</style>",
    "<table background='{0}'><tr><td>a<td>b<tr><td>c<td>d</table>",
    "<a href='{0}' ping='{0}'>a link</a><form action='{0}'><input type=image src='{0}'></form>",
    "<script src='{0}'></script><blockquote cite='{0}'>Said.</blockquote>",
    "<math><mglyph src='{0}'/></math><portal src='{0}'></portal>",
]
_NEVER_IN_HEADS = [
    "<link rel='{1}' href='{0}'>".replace("{1}", each)
    for each in ("stylesheet", "mask-icon", "manifest", "preload", "prefetch",
                 "dns-prefetch", "preconnect", "canonical", "amphtml", "alternate", "import",
                 "modulepreload", "pingback", "search")
] + ["<meta property='{1}' content='{0}'>".replace("{1}", each)
     for each in ("og:url", "og:image", "og:video", "twitter:image", "twitter:player")]  # fmt: skip


@pytest.mark.parametrize("markup", [*_NEVER, *_NEVER_IN_HEADS])
def test_only_pictures_of_the_text_are_asked_for(library: Library, wire: Wire, markup: str) -> None:
    wanted = markup.replace("{0}", "http://pictures.example/never")
    in_head = markup in _NEVER_IN_HEADS
    _saved(library, wire, _page("" if in_head else wanted, wanted if in_head else ""))
    assert wire.connected == [f"{_NEWS}:80"] * 2  # the page, and the icon of its site
    assert {*wire.looked} == {"news.example", _NEWS}


# ---- what may be asked for


@pytest.mark.parametrize(
    "player",
    ["<video src='/v.mp4' poster='http://pictures.example/a.png'></video>",
     "<amp-vimeo data-videoid=1><img placeholder src='http://pictures.example/a.png'></amp-vimeo>"],
)  # fmt: skip
def test_of_a_player_only_its_picture_is_asked_for(
    library: Library, wire: Wire, player: str
) -> None:
    wire.pages["http://pictures.example/a.png"] = _png()
    id = _saved(library, wire, _page(player))
    assert len(library.article(id).pictures) == 1
    assert {*wire.connected} == {f"{_NEWS}:80", f"{_PICTURES}:80"}


def test_a_public_picture_is_asked_for_wherever_it_lies(library: Library, wire: Wire) -> None:
    wire.pages["http://pictures.example/a.png"] = _png()
    head = '<base href="http://pictures.example/">'
    id = _saved(library, wire, _page('<p><img src="a.png"></p>', head))
    assert wire.connected == [f"{_NEWS}:80", f"{_PICTURES}:80", f"{_NEWS}:80"]
    assert library.article(id).pictures


@pytest.mark.parametrize(
    ("host", "asked"), [("both.example", "93.184.216.36"), ("turning.example", "93.184.216.37")]
)
def test_a_name_of_two_meanings_is_asked_only_at_its_public_address(
    library: Library, wire: Wire, host: str, asked: str
) -> None:
    wire.pages[f"http://{host}/a.png"] = _png()
    id = _saved(library, wire, _page(f'<p><img src="http://{host}/a.png"></p>'))
    assert {*wire.connected} == {f"{_NEWS}:80", f"{asked}:80"}
    assert wire.looked.count(host) == 1
    assert library.article(id).pictures


def test_a_wiki_that_was_typed_is_trusted_and_nothing_beside_it(
    library: Library, wire: Wire
) -> None:
    home = "http://wiki.example:8080"
    wire.pages[f"{home}/own.png"] = _png()
    foreign = [
        "http://wiki.example:8081/a.png", "http://wiki.example/a.png", "http://127.0.0.1:8080/a.png",
        "http://inside.example:8080/a.png", "http://192.168.1.5:8080/a.png",
    ]  # fmt: skip
    inside = "".join(f'<p><img src="{each}"></p>' for each in [f"{home}/own.png", *foreign])
    id = _saved(library, wire, _page(inside), f"{home}/story")
    assert {*wire.connected} == {"192.168.1.5:8080"}
    assert wire.asked == [f"{home}/story", f"{home}/own.png", f"{home}/favicon.ico"]
    assert len(library.article(id).pictures) == 1


def _part(number: int, further: str) -> bytes:
    pager = f'<div class="pagination"><a rel="next" href="{further}">Next page</a></div>'
    text = _TEXT.replace("Sentence", f"Part {number}, sentence")
    head = f"<html><head><title>The story</title><link rel=next href='{further}'></head>"
    return f"{head}<body><article><h1>The story</h1>{text}</article>{pager}</body>".encode()


@pytest.mark.parametrize(
    "further",
    [
        "http://127.0.0.1/story?page=2", "http://inside.example/story?page=2",
        "http://pictures.example/story?page=2", "http://news.example:25/story?page=2",
        "file:///story?page=2", "//localhost/story?page=2",
    ],
)  # fmt: skip
def test_no_further_part_leads_away_from_the_site(
    library: Library, wire: Wire, further: str
) -> None:
    wire.pages[_STORY] = _part(1, further)
    download(library, [_added(library, _STORY)])
    assert wire.asked == [_STORY, "http://news.example/favicon.ico"]
    assert {*wire.connected} == {f"{_NEWS}:80"}


def test_a_further_part_is_trusted_no_more_than_its_page(library: Library, wire: Wire) -> None:
    home, away = "http://wiki.example:8080", "http://inside.example:8080"
    wire.moved[f"{home}/old"] = "http://news.example/story"
    wire.moved[f"{_STORY}?page=2"] = f"{away}/story?page=2"
    wire.pages[_STORY] = _part(1, "/story?page=2")
    id = _added(library, f"{home}/old")
    download(library, [id])
    assert wire.asked == [f"{home}/old", _STORY, f"{_STORY}?page=2"]
    assert caveats_of(library.article(id).html) == (Caveat.PARTIAL,)


# ---- nobody typed it


@pytest.mark.parametrize("address", [x for x in _NOT_PUBLIC if x.startswith("http:/")])
def test_an_address_that_nobody_typed_is_no_way_inside(
    library: Library, wire: Wire, address: str
) -> None:
    download(library, [x.article for x in add_addresses(library, [address]).rows if x.article])
    assert not wire.connected


def test_a_file_asks_for_nothing(library: Library, wire: Wire, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(_everything())
    markdown = tmp_path / "page.md"
    markdown.write_text("# T\n\n![a](http://pictures.example/a.png)\n\n[b](http://127.0.0.1/)")
    assert not [x for x in add_paths(library, [file, markdown]).rows if not x.article]
    assert not wire.looked and not wire.connected


# ---- what is kept


def _everything() -> bytes:
    places = ["http://pictures.example/never", *_NOT_PUBLIC, *_NO_WEB]
    inside = "".join(f'<p><img src="{each}" alt="{n}"></p>' for n, each in enumerate(places))
    inside += "".join(each.replace("{0}", places[0]) for each in _NEVER)
    return _page(inside, "".join(x.replace("{0}", places[0]) for x in _NEVER_IN_HEADS))


Open = Callable[[Library, int], None]


@pytest.fixture
def in_the_window(qtbot: QtBot) -> Open:
    def show(library: Library, id: int) -> None:
        pictures = Pictures(library.picture_path)
        page = Viewer(pictures, Look(theme("light")))
        qtbot.addWidget(page)
        page.resize(600, 800)
        page.show()
        page.show_article(library.article(id))
        qtbot.waitUntil(lambda: page.document_ready)
        page.grab()
        assert "Sentence 19" in page.page.toPlainText()
        page.show_nothing("")
        pictures.close()

    return show


def test_what_is_kept_is_read_and_printed_without_the_network(
    library: Library, wire: Wire, in_the_window: Open, tmp_path: Path
) -> None:
    here = f"http://127.0.0.1:{wire.server.server_address[1]}"
    page = _everything().replace(b"http://pictures.example/never", f"{here}/x".encode())
    id = _saved(library, wire, page)
    for seen in (wire.looked, wire.connected, wire.asked):
        seen.clear()
    in_the_window(library, id)
    folder, target = ["--library", str(library.folder)], tmp_path / "a.pdf"
    for words in (["show", "1"], ["show", "1", "--html"], ["print", "1", "--pdf", str(target)]):
        assert main([*folder, *words]) == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert not wire.looked and not wire.connected
    assert not wire.asked  # the server of this test would have seen Qt as well
