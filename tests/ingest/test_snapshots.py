"""Copies in the Internet Archive: found, not there, not reachable; one at a time."""

import json
import threading
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from reader import phrases
from reader.errors import IngestError
from reader.ingest import refusals
from reader.ingest.fetch import Fetched
from reader.ingest.politely import Times
from reader.ingest.snapshots import Archive, add_snapshots
from reader.ingest.web import add_addresses
from reader.library.library import Library
from reader.model import Clipping, FailureKind, ImportRow, Making, Outcome
from reader.progress import Cancelled
from reader.reasons import Reason

_URL = "https://gone.example/2020/story?a=1&b=2"
_HOSTS = Archive("https://lookup.example", "https://copies.example")
_TEXT = "<p>A sentence, with commas, and enough words to be one of a text.</p>" * 20
_PAGE = f"""<html><head><title>Page title</title></head><body><article>{_TEXT}
<p>See <a href="other">the other one</a>.</p></article></body></html>"""


class Fake:
    """An archive that has copies by address; None cannot be reached."""

    def __init__(self) -> None:
        self.copies: dict[str, str | None] = {_URL: _PAGE}
        self.asked: list[str] = []
        self.now = 0.0
        self.closest: dict[str, Any] = {
            "available": True, "status": "200", "timestamp": "20210304050607",
            "url": "http://evil.example/",
        }  # fmt: skip

    @property
    def times(self) -> Times:
        return Times(lambda: self.now, self._wait)

    def _wait(self, _event: threading.Event, seconds: float) -> None:
        self.now += seconds

    def get(self, address: str, **_: Any) -> Fetched:
        self.asked.append(address)
        parts = urlsplit(address)
        if parts.hostname == "lookup.example":
            url = parse_qs(parts.query)["url"][0]
            if self.copies.get(url, "") is None:
                raise refusals.no_way("lookup.example")
            found: dict[str, Any] = {"closest": self.closest} if url in self.copies else {}
            data = json.dumps({"archived_snapshots": found}).encode()
            return Fetched(address, data, "application/json", "utf-8", True)
        original = address.partition("id_/")[2]
        text = self.copies.get(original)
        if text is None:
            raise IngestError("gone", FailureKind.GONE, 404)
        return Fetched(address, text.encode(), "text/html", "utf-8", True)


@pytest.fixture
def fake() -> Fake:
    return Fake()


def _gone(library: Library, url: str, title: str = "") -> int:
    clipping = Clipping(url, title) if title else None
    id = library.add(clipping).id if clipping else add_addresses(library, [url]).rows[0].article
    library.downloads.note_failure(id, FailureKind.GONE, 404)
    return id


def _looked(library: Library, fake: Fake, *ids: int) -> list[ImportRow]:
    return [
        *add_snapshots(library, ids, get=fake.get, archive=_HOSTS, times=fake.times).rows,
    ]


def test_the_copy_nearest_to_the_day_of_adding_becomes_the_text(
    library: Library, fake: Fake
) -> None:
    id = _gone(library, _URL, "My title")
    added = library.article(id).added_at
    row = _looked(library, fake, id)[0]
    assert (row.outcome, row.article, row.name) == (Outcome.UPDATED, id, "My title")
    assert phrases.remarks(row.remarks) == "from the Internet Archive, as it was on 2021-03-04"
    article = library.article(id)
    assert (article.url, article.title, article.failure) == (_URL, "My title", None)
    assert 'href="https://gone.example/2020/other"' in article.html
    assert "copies.example" not in article.html
    assert library.texts.source(id).base == _URL
    with library._database.reading() as connection:
        assert connection.execute("SELECT made_by FROM content").get == Making.ARCHIVED
    lookup, copy = fake.asked
    day = "".join(filter(str.isdecimal, added))[:14]
    assert lookup.endswith(f"&timestamp={day}")
    assert copy == f"https://copies.example/web/20210304050607id_/{_URL}", "no frame, no script"


def test_an_article_that_had_no_title_gets_that_of_the_page(library: Library, fake: Fake) -> None:
    id = _gone(library, _URL)
    assert _looked(library, fake, id)[0].name == "Page title"


@pytest.mark.parametrize(
    "closest",
    [
        {}, {"available": False}, {"status": "404"}, {"timestamp": "../../etc"},
        {"timestamp": "20219904050607"}, {"timestamp": None},
    ],
)  # fmt: skip
def test_no_copy_is_said_and_changes_nothing(
    library: Library, fake: Fake, closest: dict[str, Any]
) -> None:
    fake.closest = {**fake.closest, **closest} if closest else {}
    id = _gone(library, _URL)
    before = library.article(id)
    row = _looked(library, fake, id)[0]
    assert (row.outcome, row.reasons) == (Outcome.FAILED, frozenset({Reason.NOT_ARCHIVED}))
    assert library.article(id) == before
    assert len(fake.asked) == 1


def test_each_article_has_its_row_and_one_is_asked_for_at_a_time(
    library: Library, fake: Fake
) -> None:
    fake.copies["https://gone.example/none"] = None
    urls = (_URL, "https://gone.example/unknown", "https://gone.example/none", "http://[::1]/a")
    ids = [_gone(library, url) for url in urls]
    rows = _looked(library, fake, *ids, 10**6)
    assert [row.reasons for row in rows] == [
        {Reason.FROM_ARCHIVE}, {Reason.NOT_ARCHIVED}, {Reason.ARCHIVE_UNREACHABLE},
        {Reason.NOT_FROM_WEB}, {Reason.NOT_IN_LIBRARY},
    ]  # fmt: skip
    assert fake.now >= 2 * (len(rows) - 1), "with a pause between two articles"
    assert not any("::1" in each for each in fake.asked), "nobody else is told of this computer"


def test_an_archive_that_asks_for_time_is_left_alone(library: Library, fake: Fake) -> None:
    def get(address: str, **_: Any) -> Fetched:
        fake.asked.append(address)
        refusals.check(429, "lookup.example", "600")
        raise AssertionError

    fake.get = get  # type: ignore[method-assign]
    ids = [_gone(library, f"https://gone.example/{number}") for number in range(2)]
    rows = _looked(library, fake, *ids)
    assert [row.reasons for row in rows] == [{Reason.ARCHIVE_UNREACHABLE}] * 2
    assert len(fake.asked) == 1


def test_a_stop_keeps_what_came(library: Library, fake: Fake) -> None:
    ids = [_gone(library, _URL), _gone(library, "https://gone.example/second")]

    def report(done: int, _total: int, _text: str) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        add_snapshots(library, ids, report, get=fake.get, archive=_HOSTS, times=fake.times)
    assert library.article(ids[0]).html
    assert len(fake.asked) == 2
