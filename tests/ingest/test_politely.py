"""Downloading politely: a site at a time, pauses, rests, being offline, and an end at once."""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest

from reader.errors import IngestError
from reader.ingest import refusals
from reader.ingest.fetch import Fetched
from reader.ingest.politely import Left, Times, download_slowly, seconds_left
from reader.library.articles.later_texts import Waiting
from reader.library.library import Library
from reader.library.store import clock
from reader.model import Clipping, FailureKind, ImportRow, Outcome, State
from reader.progress import Cancelled

_PAGE = b"<html><body><article>" + b"<p>A sentence, with commas, of a text.</p>" * 9


class Web:
    """Sites that answer at once; the clock goes on only while a run waits for it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.asked: list[tuple[float, str]] = []
        self.troubles: dict[str, Callable[[], IngestError]] = {}
        self.at_once: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.takes = 0.0

    @property
    def times(self) -> Times:
        return Times(lambda: self.now, self._wait)

    def _wait(self, event: threading.Event, seconds: float) -> None:
        if not event.wait(0.002):
            self.now += max(seconds, 1.0)

    def get(self, address: str, **_: Any) -> Fetched:
        host = urlsplit(address).hostname or ""
        self.at_once[host] += 1
        self.most[host] = max(self.most[host], self.at_once[host])
        self.asked.append((self.now, address))
        self.now += self.takes
        try:
            if trouble := self.troubles.get(host) or self.troubles.get(address):
                raise trouble()
            return Fetched(address, _PAGE, "text/html", "utf-8", True)
        finally:
            self.at_once[host] -= 1

    def gaps(self) -> list[float]:
        """Return the seconds between requests for articles to the same site."""
        times: defaultdict[str, list[float]] = defaultdict(list)
        for at, address in self.asked:
            if "/a/" in address:
                times[urlsplit(address).hostname or ""].append(at)
        return [b - a for its in times.values() for a, b in pairwise(its)]


@pytest.fixture
def web() -> Web:
    return Web()


def _filed(library: Library, *hosts: str, each: int = 1) -> list[Waiting]:
    urls = [f"https://{host}/a/{number}" for number in range(each) for host in hosts]
    with library.together():
        ids = [library.add(Clipping(url)).id for url in urls]
    return [Waiting(*both) for both in zip(ids, urls, strict=True)]


def _run(library: Library, web: Web, articles: list[Waiting]) -> tuple[list[ImportRow], Left]:
    rows: list[ImportRow] = []
    left = download_slowly(library, articles, told=rows.append, get=web.get, times=web.times)
    return rows, left


def test_several_sites_each_slowly_and_everything_comes(library: Library, web: Web) -> None:
    articles = _filed(library, "one.example", "two.example", each=4)
    rows, left = _run(library, web, articles)
    assert left == Left()
    assert [row.outcome for row in rows] == [Outcome.UPDATED] * 8
    assert library.downloads.waiting() == []
    assert max(web.most.values()) == 1, "one request to a site at a time"
    assert len(web.gaps()) == 6
    assert min(web.gaps()) >= 2
    own = [url for _, url in web.asked if "one.example/a/" in url]
    assert own == [f"https://one.example/a/{number}" for number in range(4)]


def test_a_slow_site_gets_longer_pauses(library: Library, web: Web) -> None:
    web.takes = 5.0
    _run(library, web, _filed(library, "slow.example", each=2))
    assert min(web.gaps()) >= 15


def test_a_site_that_asks_for_time_gets_it_on_another_day_too(
    library: Library, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = _filed(library, "busy.example", "other.example", each=3)
    web.troubles["busy.example"] = lambda: _answer(503, "7200")
    rows, left = _run(library, web, articles)
    assert left == Left(resting=2)
    assert sum("busy" in url for _, url in web.asked) == 1
    assert [row.failure.status for row in rows if row.failure] == [503]
    web.asked.clear()
    rest = [each for each in articles if "busy" in each.url]
    assert _run(library, web, rest)[1] == Left(resting=3)
    assert web.asked == [], "the site is left alone by the next run as well"
    later = clock.seconds() + 7300
    monkeypatch.setattr(clock, "seconds", lambda: later)
    web.troubles.clear()
    assert len(_run(library, web, rest)[0]) == 3


def _answer(status: int, retry_after: str) -> IngestError:
    with pytest.raises(IngestError) as caught:
        refusals.check(status, "busy.example", retry_after)
    return caught.value


def test_offline_it_waits_and_goes_on(library: Library, web: Web) -> None:
    hosts = [f"{number}.example" for number in range(8)]
    for host in hosts:
        web.troubles[host] = lambda: refusals.no_way("it")
    articles = _filed(library, *hosts, each=2)
    asked_offline = 0

    def report(_done: int, _total: int, _text: str) -> None:
        nonlocal asked_offline
        if web.now > 200 and web.troubles:
            asked_offline = len(web.asked)
            web.troubles.clear()

    rows: list[ImportRow] = []
    download_slowly(library, articles, report, rows.append, get=web.get, times=web.times)
    failed = [row for row in rows if row.failure]
    assert asked_offline <= 9, "after the first few, one probe a minute"
    assert 4 <= len(failed) <= 8
    assert all(row.failure and row.failure.kind is FailureKind.OFFLINE for row in failed)
    assert len(rows) == 16


def test_a_dead_host_among_living_ones_stops_nobody(library: Library, web: Web) -> None:
    web.troubles["dead.example"] = lambda: refusals.no_way("it")
    rows, _ = _run(library, web, _filed(library, "dead.example", "alive.example", each=5))
    assert len(rows) == 10
    assert sum(row.failure is None for row in rows) == 5


def test_a_stop_waits_for_no_site(library: Library, web: Web) -> None:
    under_way, end = threading.Event(), threading.Event()

    def get(address: str, **_: Any) -> Fetched:
        under_way.set()
        end.wait(30)
        return Fetched(address, _PAGE, "text/html", "utf-8", True)

    def report(_done: int, _total: int, _text: str) -> None:
        if under_way.is_set():
            raise Cancelled

    articles = _filed(library, "silent.example")
    began = time.monotonic()
    with pytest.raises(Cancelled):
        download_slowly(library, articles, report, get=get)
    assert time.monotonic() - began < 1
    end.set()
    assert library.downloads.waiting() == [articles[0].id]
    assert library.article(articles[0].id).failure is None


def test_what_came_or_went_meanwhile_is_not_asked_for(library: Library, web: Web) -> None:
    articles = _filed(library, "one.example", each=3)
    library.set_state([articles[0].id], State.TRASH)
    library.add(Clipping(articles[1].url, html="<p>Words</p>", words=1))
    rows, left = _run(library, web, articles)
    assert [row.article for row in rows] == [articles[2].id]
    assert left == Left()


def test_the_time_that_is_left_follows_the_largest_site() -> None:
    many = [Waiting(number, "https://one.example/") for number in range(100)]
    spread = [Waiting(number, f"https://{number}.example/") for number in range(100)]
    assert seconds_left(many) == 300
    assert seconds_left(spread) == 75
    assert seconds_left([]) == 0
