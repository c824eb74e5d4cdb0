"""The icons of sites: asked for once, by the rules of every download, and never a failure."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from tests.ingest.site import Answer, Site

from reader.ingest import icons
from reader.ingest.fetch import Fetched
from reader.ingest.icons import icon_of
from reader.ingest.web import add_addresses, download
from reader.library.library import Library
from reader.model import Article, Outcome

_TEXT = "<p>A sentence, with commas, and enough words to be one of a text.</p>" * 20


def _picture(kind: str = "PNG", side: int = 32) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (side, side), "red").save(out, kind)
    return out.getvalue()


def _page(head: str = "") -> Answer:
    return Answer(200, f"<html><head>{head}</head><body><article>{_TEXT}".encode())


def _image(data: bytes) -> Answer:
    return Answer(200, data, (("Content-Type", "image/x-icon"),))


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.ingest.fetch.proxy_for", lambda _: None)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def _saved(library: Library, *urls: str) -> list[Article]:
    ids = [row.article for row in add_addresses(library, urls, typed=urls).rows]
    rows = download(library, ids).rows
    assert {row.outcome for row in rows} == {Outcome.UPDATED}
    return [library.article(id) for id in ids]


@pytest.mark.parametrize("kind", ["PNG", "ICO", "GIF", "BMP"])
def test_the_icon_of_a_site_is_kept_as_a_picture(library: Library, site: Site, kind: str) -> None:
    site.answers = {"/story": _page(), "/favicon.ico": _image(_picture(kind))}
    (article,) = _saved(library, f"{site.address}/story")
    path = library.picture_path(article.icon)
    assert path is not None
    with Image.open(path) as kept:
        assert kept.size == (32, 32)


def test_a_thousand_articles_of_a_site_ask_once(library: Library, site: Site) -> None:
    site.answers = {f"/{n}": _page() for n in range(5)}
    articles = _saved(library, *(f"{site.address}/{n}" for n in range(5)))
    assert site.asked.count("/favicon.ico") == 1
    assert [article.icon for article in articles] == [""] * 5


@pytest.mark.parametrize(
    "answer",
    [
        Answer(404), Answer(500), Answer(200, b""), Answer(200, b"<html>not here"),
        _image(b"\x00\x00\x01\x00" + b"\xff" * 40), _image(b"\x89PNG\r\n\x1a\n" + b"x" * 40),
        _image(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
        _image(_picture() + b"x" * icons.MOST_BYTES), _image(_picture(side=2000)),
        _image(_picture(side=1)), Answer(302, headers=(("Location", "file:///etc/passwd"),)),
        Answer(302, headers=(("Location", "http://localhost:25/icon"),)),
    ],
)  # fmt: skip
def test_no_icon_is_no_failure(library: Library, site: Site, answer: Answer) -> None:
    site.answers = {"/story": _page(), "/favicon.ico": answer}
    (article,) = _saved(library, f"{site.address}/story")
    assert article.icon == ""
    assert site.asked == ["/story", "/favicon.ico"]
    assert not library.downloads.wants_icon(article.url)


def test_a_site_that_is_silent_about_its_icon_delays_the_article_only_a_little(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(icons, "_SECONDS", 0.2)
    site.answers = {"/story": _page(), "/favicon.ico": None}
    assert _saved(library, f"{site.address}/story")[0].icon == ""


def test_an_article_that_moved_to_another_site_does_not_have_its_icon(
    library: Library, site: Site
) -> None:
    port = site.address.rpartition(":")[2]
    there = f"http://127.0.0.2:{port}/story"
    page = Fetched(there, _page().data, "text/html", "", True)
    icons.keep_icon(library, f"{site.address}/story", page, lambda *_, **__: pytest.fail("asked"))
    assert library.downloads.wants_icon(f"{site.address}/story")


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("", "/favicon.ico"),
        ("<link rel='shortcut icon' href='/a.png'>", "/a.png"),
        ("<link rel=icon href=a.png>", "/deep/a.png"),
        ("<base href='https://cdn.example/x/'><link rel=icon href=a.png>", "https://cdn.example/x/a.png"),
        ("<link rel=icon href=a.svg><link rel=icon href=b.png>", "/deep/b.png"),
        ("<link rel=icon type='image/svg+xml' href=a>", "/favicon.ico"),
        ("<link rel=icon sizes=16x16 href=/a><link rel=icon sizes='48x48 64X64' href=/b>"
         "<link rel=apple-touch-icon sizes=180x180 href=/c>", "/b"),
        ("<link rel=icon sizes=any href=/a><link rel=icon sizes=²x² href=/b>", "/a"),
        ("<link rel=icon href=''><link rel=stylesheet href=/a>", "/favicon.ico"),
        ("<link rel=icon href='data:image/png;base64,AAAA'>", "data:image/png;base64,AAAA"),
    ],
)  # fmt: skip
def test_a_page_names_its_icon(head: str, wanted: str) -> None:
    page = Fetched("https://example.org/deep/story", _page(head).data, "text/html", "", True)
    absolute = f"https://example.org{wanted}" if wanted.startswith("/") else wanted
    assert icon_of(page) == absolute


def test_an_icon_written_into_the_page_is_not_asked_for(library: Library, site: Site) -> None:
    site.answers["/story"] = _page("<link rel=icon href='data:image/png;base64,AAAA'>")
    _saved(library, f"{site.address}/story")
    assert site.asked == ["/story"]
