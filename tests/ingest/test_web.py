"""From an address to an article: filed at once, fetched when there is a way, never worse."""

import base64
import io

import pikepdf
import pytest
from PIL import Image
from tests.ingest.tracing import tracing

from reader import phrases
from reader.body.caveats import caveats_of
from reader.errors import IngestError
from reader.ingest.fetch import Fetched
from reader.ingest.refusals import Unreachable
from reader.ingest.reprocess import extract_again
from reader.ingest.request import Validators
from reader.ingest.web import add_addresses, clipping_of, download
from reader.library.library import Library
from reader.library.store import clock
from reader.model import Caveat, Clipping, Outcome, State
from reader.reasons import Reason

_TEXT = "".join(
    f"<p>Sentence {n}, with commas, and enough words to be one of a text.</p>" for n in range(20)
)
_URL = "https://example.org/story"


def _png(side: int = 300) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), "red").save(out, "PNG")
    return out.getvalue()


class _Web:
    """A web of pages and pictures; what is None is out of reach."""

    def __init__(self, **pages: bytes | None) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def __call__(self, address: str, **_: object) -> Fetched:
        self.asked.append(address)
        name = address.rpartition("/")[2].partition(".")[0]
        if name not in self.pages:
            raise IngestError("no such page")
        data = self.pages[name]
        if data is None:
            raise Unreachable("There is no way now.")
        kind = "image/png" if address.endswith(".png") else "text/html"
        return Fetched(address, data, kind, "", True)


def _page(text: str = _TEXT, title: str = "The story") -> bytes:
    images = '<p><img src="/a.png" alt="A"></p><p><img src="/b.png" alt="B"></p>'
    head = f"<html><head><title>{title}</title></head>"
    return f"{head}<body><article>{text}{images}{text}</article>".encode()


def test_an_address_is_there_at_once_and_known_again(library: Library) -> None:
    first = add_addresses(library, [f"{_URL}?utm_source=mail", "nonsense"])
    assert [row.outcome for row in first.rows] == [Outcome.ADDED, Outcome.FAILED]
    again = add_addresses(library, [f"{_URL}#part"])
    assert again.rows[0].outcome is Outcome.UNCHANGED
    assert again.rows[0].article == first.rows[0].article
    article = library.article(first.rows[0].article)
    assert article.url == f"{_URL}?utm_source=mail"
    assert article.state is State.QUEUE
    assert article.downloaded_at == ""
    assert library.downloads.waiting() == [article.id]


def test_an_article_comes_home_with_its_pictures(library: Library) -> None:
    id = add_addresses(library, [_URL]).rows[0].article
    web = _Web(story=_page(), a=_png(), b=None)
    row = download(library, [id], get=web).rows[0]
    article = library.article(id)
    assert phrases.remarks(row.remarks) == "1 of 2 pictures are missing"
    assert article.title == "The story"
    assert "Sentence 19" in article.html
    assert len(article.pictures) == 1
    assert library.picture_path(article.pictures[0]) is not None
    assert library.downloads.waiting() == []
    assert library.texts.source(id)[0] == _page()


def test_being_offline_is_no_loss(library: Library) -> None:
    id = add_addresses(library, [_URL]).rows[0].article
    row = download(library, [id], get=_Web(story=None)).rows[0]
    assert row.outcome is Outcome.FAILED
    assert "It waits." in phrases.remarks(row.remarks)
    assert library.downloads.waiting() == [id]
    download(library, library.downloads.waiting(), get=_Web(story=_page(), a=_png(), b=_png(200)))
    assert library.article(id).words > 100


def test_a_good_text_is_not_replaced_by_a_much_shorter_one(library: Library) -> None:
    id = add_addresses(library, [_URL]).rows[0].article
    download(library, [id], get=_Web(story=_page(), a=_png(), b=_png()))
    had = library.article(id).html
    paywall = b"<html><body><article><p>Subscribe to read, please, it is not free.</p></article>"
    row = download(library, [id], get=_Web(story=paywall)).rows[0]
    assert row.outcome is Outcome.UNCHANGED
    assert "much shorter" in phrases.remarks(row.remarks)
    assert library.article(id).html == had


def test_what_is_whole_is_not_replaced_by_what_came_in_part(library: Library) -> None:
    id = add_addresses(library, [_URL]).rows[0].article
    download(library, [id], get=_Web(story=_page(), a=_png(), b=_png()))
    had = library.article(id).html
    more = _page().replace(b"</article>", b'<img src="/c.png"><img src="/d.png"></article>')
    row = download(library, [id], get=_Web(story=more.replace(b"/a.png", b"/e.png"))).rows[0]
    assert row.outcome is Outcome.UNCHANGED
    assert "not all pictures" in phrases.remarks(row.remarks)
    web = _Web(story=_page()[:-400], a=_png(), b=_png())
    row = download(library, [id], get=lambda a, **_: web(a)._replace(whole="story" not in a)).rows[
        0
    ]
    assert "not downloaded completely" in phrases.remarks(row.remarks)
    assert library.article(id).html == had


def test_a_page_that_came_in_part_says_so_until_it_comes_whole(library: Library) -> None:
    id = add_addresses(library, [_URL]).rows[0].article
    web = _Web(story=_page()[:-900])
    download(library, [id], get=lambda a, **_: web(a)._replace(whole=False))
    assert caveats_of(library.article(id).html) == (Caveat.PARTIAL,)
    download(library, [id], get=_Web(story=_page(), a=_png(), b=_png()))
    assert caveats_of(library.article(id).html) == ()


def test_each_of_many_is_told_of_and_they_add_up(library: Library) -> None:
    addresses = [
        f"https://site{n % 3}.example/{name}"
        for n, name in enumerate(["one", "two", "gone", "off"])
    ]
    ids = [row.article for row in add_addresses(library, addresses).rows]
    web = _Web(
        one=_page(title="Story number one"),
        two=_page(title="Story number two"),
        a=_png(),
        b=_png(),
        off=None,
    )
    result = download(library, ids, get=web)
    assert [row.article for row in result.rows] == ids
    assert result.number_of(Outcome.FAILED) == 2
    assert result.number_of(Outcome.UPDATED) == 2


def test_a_page_that_was_hard_to_read_says_so(library: Library) -> None:
    id = add_addresses(library, [_URL]).rows[0].article
    download(library, [id], get=_Web(story=b"<html><body><p>Only a few words here.</p></body>"))
    assert caveats_of(library.article(id).html) == (Caveat.UNSURE,)


def test_a_picture_written_into_the_page_comes_along_and_stays(library: Library) -> None:
    image, out = Image.new("RGB", (300, 300), "red"), io.BytesIO()
    image.putpixel((0, 0), (0, 0, 0))
    image.save(out, "PNG")
    url = f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"
    web = _Web(story=_page(f'{_TEXT}<figure><img src="{url}" alt="A hill"></figure>'))
    (id,) = (row.article for row in add_addresses(library, [_URL]).rows)
    download(library, [id], get=web)
    stored = library.article(id)
    assert len(stored.pictures) == 1
    assert library.picture_path(stored.pictures[0]) is not None
    assert "data:" not in stored.html
    extract_again(library, [id], anyway=True)
    assert library.article(id).pictures == stored.pictures


def test_a_file_or_a_picture_at_the_address_is_told_of(library: Library) -> None:
    ids = [
        row.article
        for row in add_addresses(
            library, ["https://example.org/p.png", "https://example.org/f.pdf"]
        ).rows
    ]

    def get(address: str, **_: object) -> Fetched:
        if address.endswith("png"):
            return Fetched(address, _png(), "image/png", "", True)
        return Fetched(address, b"%PDF-1.7", "application/pdf", "", True)

    rows = download(library, ids, get=get).rows
    assert library.article(ids[0]).pictures
    assert "kept as a file: A PDF document" in phrases.remarks(rows[1].remarks)
    article = library.article(ids[1])
    assert article.url == "https://example.org/f.pdf"
    assert "Open Original" in article.html
    assert library.texts.source(ids[1])[:2] == (b"%PDF-1.7", "application/pdf")


def test_a_picture_that_is_at_home_is_not_fetched_again(library: Library) -> None:
    id = add_addresses(library, [_URL]).rows[0].article
    download(library, [id], get=_Web(story=_page(), a=_png()))
    web = _Web(story=_page() + b"<!-- new -->", b=_png(200))
    row = download(library, [id], get=web).rows[0]
    assert phrases.remarks(row.remarks) == ""
    assert len(library.article(id).pictures) == 2
    assert "https://example.org/a.png" not in web.asked


def _named(address: str) -> bytes:
    link = f'<link rel="canonical" href="{address}"></head>'
    return _page().replace(b"</head>", link.encode())


def test_the_same_article_under_two_addresses_is_one(library: Library) -> None:
    ids = [x.article for x in add_addresses(library, [_URL, "https://m.example.org/s/1"]).rows]
    library.tags.add([ids[1]], "twice")
    web = _Web(story=_page(), a=_png(), b=_png(200), **{"1": _named(_URL)})
    rows = download(library, ids, get=web).rows
    assert "under another address" in phrases.remarks(rows[1].remarks)
    assert rows[1].article == ids[0]
    assert library.counts().total == 1
    assert library.article(ids[0]).tags == ("twice",)
    again = add_addresses(library, ["https://m.example.org/s/1"]).rows[0]
    assert (again.outcome, again.article) == (Outcome.UNCHANGED, ids[0])


@pytest.mark.parametrize(
    "said", ["https://example.org/", "https://other.example/story", "javascript:alert(1)", "%%"]
)
def test_what_a_page_cannot_speak_for_is_no_address_of_it(library: Library, said: str) -> None:
    known = library.add(Clipping("https://other.example/story", html="<p>Mine</p>")).id
    id = add_addresses(library, ["https://example.org/story"]).rows[0].article
    download(library, [id], get=_Web(story=_named(said), a=_png(), b=_png(200)))
    assert library.find("https://example.org/") is None
    assert library.article(known).html == "<p>Mine</p>"


def test_rules_for_a_site_are_obeyed(library: Library) -> None:
    verse = '<p class="verse">Verses of the mugs, as long as any sentence, stand here.</p>'
    page = _page(f'{verse}{_TEXT}<p class="sign">Signed</p>')
    (library.folder / "rules.txt").write_text(
        "example.org remove p.verse\nexample.org  remove  ((\nelsewhere.org remove p\n"
    )
    id = add_addresses(library, [_URL]).rows[0].article
    download(library, [id], get=_Web(story=page, a=_png(), b=_png(200)))
    html = library.article(id).html
    assert "mugs" not in html
    assert "Signed" in html
    assert "Sentence 19" in html


def test_a_damaged_pdf_and_a_whole_one_are_kept(library: Library) -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = "A report"
        pdf.docinfo["/Author"] = "Its author"
        pdf.save(out)
    for data, title in ((out.getvalue(), "A report"), (b"%PDF-1.4 rubbish", "r.pdf")):
        address = f"https://example.org/{len(data)}/r.pdf"
        fetched = Fetched(address, data, "application/octet-stream", "", True)
        made, whole = clipping_of(fetched, address, library.keep_picture)
        assert (made.title, made.source, made.source_type) == (title, data, "application/pdf")
        assert whole
    assert (
        "of 1 page, 0.0 MB"
        in clipping_of(
            Fetched(address, out.getvalue(), "", "", True)._replace(media_type="application/pdf"),
            address,
            library.keep_picture,
        )[0].excerpt
    )


def test_an_article_in_parts_comes_whole(library: Library) -> None:
    def part(number: int, more: str) -> bytes:
        text = _TEXT.replace("Sentence", f"Part {number}, sentence")
        pager = f'<div class="pagination"><a href="/story?page={number + 1}">Next page</a></div>'
        head = "<html><head><title>The story</title></head><body><article>"
        return f"{head}<h1>The story</h1>{text}{more}</article>{pager if more else ''}".encode()

    asked: list[str] = []

    def get(address: str, **_: object) -> Fetched:
        asked.append(address)
        number = int(address.partition("page=")[2] or 1)
        if number == 3 and len(asked) < 4:
            raise Unreachable("gone for now")
        return Fetched(address, part(number, "<p>More follows.</p>" * (number < 3)), "", "", True)

    id = add_addresses(library, [_URL]).rows[0].article
    row = download(library, [id], get=get).rows[0]
    assert phrases.remarks(row.remarks) == "the page was not downloaded completely"
    assert caveats_of(library.article(id).html) == (Caveat.PARTIAL,)
    download(library, [id], get=get)
    html = library.article(id).html
    assert asked[-3:] == [_URL, f"{_URL}?page=2", f"{_URL}?page=3"]
    said = [html.index(f"Part {n}, sentence 19") for n in (1, 2, 3)]
    assert said == sorted(said)
    assert html.count("More follows") <= 2
    assert caveats_of(html) == ()
    assert extract_again(library, [id]).rows[0].outcome is Outcome.UNCHANGED


def test_what_has_not_changed_is_not_fetched_again(library: Library) -> None:
    known = Validators(_URL, '"one"', "")
    told: list[object] = []

    def get(address: str, **said: object) -> Fetched:
        if address != _URL:
            return Fetched(address, _png(200 + len(address)), "image/png", "", True)
        told.append(said.get("validators"))
        if said.get("validators") == known:
            return Fetched(address, b"", "", "", True, known, unchanged=True)
        return Fetched(address, _page(), "text/html", "", True, known)

    id = add_addresses(library, [_URL]).rows[0].article
    download(library, [id], get=get)
    had = library.article(id)
    row = download(library, [id], get=get).rows[0]
    assert (row.outcome, phrases.remarks(row.remarks)) == (
        Outcome.UNCHANGED,
        "the page has not changed",
    )
    assert told == [None, known]
    assert library.article(id) == had


def test_where_a_picture_is_missing_the_page_is_fetched_whole(library: Library) -> None:
    known = Validators(_URL, '"one"', "")
    told: list[object] = []

    def get(address: str, **said: object) -> Fetched:
        told.append(said.get("validators"))
        if address != _URL:
            raise Unreachable("gone")
        return Fetched(address, _page(), "text/html", "", True, known)

    id = add_addresses(library, [_URL]).rows[0].article
    download(library, [id], get=get)
    download(library, [id], get=get)
    assert set(told) == {None}


def test_where_no_article_is_found_all_of_the_page_is_kept(library: Library) -> None:
    page = b"<html><body><ul><li><a href=/a>One</a></li><li><a href=/b>Two</a></li></ul></body>"
    id = add_addresses(library, [_URL]).rows[0].article
    row = download(library, [id], get=_Web(story=page)).rows[0]
    assert row.outcome is Outcome.UPDATED
    html = library.article(id).html
    assert "One" in html
    assert "Two" in html
    assert caveats_of(html) == (Caveat.UNSURE,)


def test_a_page_without_a_word_is_told_of(library: Library) -> None:
    id = add_addresses(library, [_URL]).rows[0].article
    row = download(library, [id], get=_Web(story=b"<html><body><div></div></body>")).rows[0]
    assert "There is no text on this page" in phrases.remarks(row.remarks)
    assert library.downloads.waiting() == [id]


def test_a_sure_text_is_not_replaced_by_one_that_is_unsure(library: Library) -> None:
    id = add_addresses(library, [_URL]).rows[0].article
    download(library, [id], get=_Web(story=_page(), a=_png(), b=_png()))
    had = library.article(id).html
    links = "".join(
        f"<li><a href=/{n}>Another story of the day, number {n}</a></li>" for n in range(90)
    )
    shell = f"<html><body><ul>{links}</ul></body>".encode()
    row = download(library, [id], get=_Web(story=shell)).rows[0]
    assert row.outcome is Outcome.UNCHANGED
    assert "may not be the article" in phrases.remarks(row.remarks)
    assert library.article(id).html == had


# ---- what is known already


def _edition(number: int, picture: str = "a") -> _Web:
    text = _page(f"{_TEXT}<p>Edition {number} of it all, with enough words.</p>")
    page = text.replace(b"/b.png", f"/{picture}.png".encode())
    return _Web(story=page, a=_png(), b=_png(200), c=_png(100))


def _with_editions(library: Library, count: int) -> int:
    """Download a story, and each of its editions; only the first of them shows ``c.png``."""
    id = add_addresses(library, [_URL]).rows[0].article
    for number in range(count):
        download(library, [id], get=_edition(number, "c" if number == 0 else "b"))
    assert len(library.texts.versions(id)) == (count if count > 1 else 0)
    return id


def test_a_picture_of_an_older_version_is_not_downloaded_again(library: Library) -> None:
    id = _with_editions(library, 3)
    web = _edition(9, "c")
    download(library, [id], get=web)
    assert web.asked == [_URL]
    assert len(library.article(id).pictures) == 2


def test_a_download_asks_once_for_the_known_pictures_and_parses_no_stored_text(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = []
    id, start = _with_editions(library, 2), clock.seconds()
    for number in (10, 11, 12):
        monkeypatch.setattr(clock, "seconds", lambda later=number: start + later)
        with tracing(library._database, monkeypatch) as cost:
            download(library, [id], get=_edition(number, "b"))
        costs.append(cost)
    for cost in costs:
        assert len(cost.reading("version")) == 1
        assert not [sql for sql in cost.reading("content") if "source" in sql], "the page is new"
        assert [html for html in cost.parsed if "data-address" in html] == []
    assert len({len(cost.statements) for cost in costs}) == 1
    assert len({len(cost.parsed) for cost in costs}) == 1


def test_an_article_deleted_while_it_is_downloaded_stays_in_the_trash(library: Library) -> None:
    id = add_addresses(library, [_URL]).rows[0].article
    web = _Web(story=_page())

    def get(address: str, **options: object) -> Fetched:
        library.set_state([id], State.TRASH)
        return web(address, **options)

    (row,) = download(library, [id], get=get).rows
    assert row.reasons == {Reason.IN_TRASH}
    assert library.article(id).state is State.TRASH
