"""Downloading politely: many articles over hours or days, without being a burden to any site.

Several sites are asked at once, each for one thing at a time, with a pause between two articles. A
site that is slow, or asks for more time, gets it. Nothing that is under way outlasts a stop.
"""

import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from heapq import heappop, heappush
from typing import Any, NamedTuple

from reader.errors import IngestError
from reader.ingest.fetch import Fetched, fetch
from reader.ingest.refusals import Unreachable
from reader.ingest.urls import site_of
from reader.ingest.web import download_one
from reader.ingest.web_pictures import Fetch
from reader.library.articles.later_texts import LaterTexts, Waiting
from reader.library.library import Library
from reader.model import FailureKind, ImportRow
from reader.progress import Cancelled, Report, silent

_AT_ONCE = 4
_PAUSE, _LONGEST_PAUSE = 2.0, 60.0
_AS_SLOW = 2  # a pause is so many times what the site took
_BUSY = frozenset({429, 503})
_PAUSE_OF_BUSY = 300
_OFFLINE_AFTER = 4  # sites in a row that cannot be reached
_OFFLINE_PAUSE, _LONGEST_OFFLINE = 60.0, 600.0
_PATIENCE = 120.0  # a run ends if nothing may be asked for longer
_BEAT = 0.25
USUAL_SECONDS = 3.0
"""How long an article takes with its pause, if nothing was measured."""

Told = Callable[[ImportRow], None]


class Times(NamedTuple):
    """A clock in seconds, and how to wait for an event for some of them at most."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[threading.Event, float], object] = threading.Event.wait


REAL = Times()


class Left(NamedTuple):
    """The rest of a run: articles of sites that asked for time, and whether it was offline."""

    resting: int = 0
    is_offline: bool = False


def download_slowly(
    library: Library,
    articles: Sequence[Waiting],
    report: Report = silent,
    told: Told = lambda _: None,
    *,
    get: Fetch = fetch,
    times: Times = REAL,
) -> Left:
    """Download the texts of articles in their order, as far as their sites allow it.

    ``told`` gets the row of each, on this thread. If ``report`` raises Cancelled, requests under
    way are given up at once; what is complete is kept.
    """
    run = _Run(library, articles, get, times)
    try:
        return run.run(report, told)
    finally:
        run.end()


def seconds_left(articles: Iterable[Waiting], each: float = USUAL_SECONDS) -> float:
    """Return how long articles take, roughly; ``each`` is how long one takes with its pause."""
    sites = Counter(site_of(article.url) for article in articles)
    longest = max(sites.values(), default=0) * max(each, _PAUSE + 1)
    return max(longest, sites.total() * each / _AT_ONCE)


class _Run:
    """One run over some articles; everything but requests is on the thread of ``run``."""

    def __init__(
        self, library: Library, articles: Sequence[Waiting], get: Fetch, times: Times
    ) -> None:
        self._library, self._get, self._times = library, get, times
        self._total = len(articles)
        self._sites: defaultdict[str, deque[tuple[int, Waiting]]] = defaultdict(deque)
        for place, article in enumerate(articles):
            self._sites[site_of(article.url)].append((place, article))
        self._line = Line(library.downloads.later, get, times, self._check)
        self._moved = threading.Event()
        self._ready: list[tuple[int, str]] = []
        self._resting: list[tuple[float, str]] = []
        self._working: dict[Future[ImportRow | None], tuple[int, Waiting]] = {}
        self._pool, self._stopped = ThreadPoolExecutor(_AT_ONCE), threading.Event()
        self._offline_until, self._offline_pause = 0.0, _OFFLINE_PAUSE
        self._unreached: set[str] = set()
        rests = library.downloads.later.rests()
        for site, its in self._sites.items():
            if site in rests:
                heappush(self._resting, (times.now() + rests[site], site))
            else:
                heappush(self._ready, (its[0][0], site))

    def run(self, report: Report, told: Told) -> Left:
        done = 0
        while True:
            report(done, self._total, self._line.last)
            for row in self._finished():
                if row is not None:
                    told(row)
                    done += 1
            self._start()
            if not self._working and (left := self._left()) is not None:
                return left
            self._moved.clear()
            if not any(future.done() for future in self._working):
                self._times.wait(self._moved, _BEAT)

    def end(self) -> None:
        """Give up the requests under way."""
        self._stopped.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _check(self) -> None:
        if self._stopped.is_set():
            raise Cancelled

    def _left(self) -> Left | None:
        """Return the rest if nothing can be asked for soon, None if something can."""
        if self._ready:
            return None
        waiting = sum(map(len, self._sites.values()))
        soon = self._resting and self._resting[0][0] - self._times.now() <= _PATIENCE
        return None if soon else Left(waiting, bool(self._unreached and self._offline_until))

    # ---- which article is next

    def _start(self) -> None:
        """Begin the downloads that may begin now."""
        now = self._times.now()
        while self._resting and self._resting[0][0] <= now:
            _, site = heappop(self._resting)
            heappush(self._ready, (self._sites[site][0][0], site))
        if now < self._offline_until:
            return
        most = 1 if self._offline_until else _AT_ONCE
        while self._ready and len(self._working) < most:
            _, site = heappop(self._ready)
            place, article = self._sites[site].popleft()
            work = self._pool.submit(self._one, article, is_probe=bool(self._offline_until))
            work.add_done_callback(lambda _: self._moved.set())
            self._working[work] = place, article

    def _finished(self) -> Iterable[ImportRow | None]:
        """Yield the rows of what is done, None for what is not tried or there no more."""
        for work in [each for each in self._working if each.done()]:
            place, article = self._working.pop(work)
            site = site_of(article.url)
            try:
                row = work.result()
            except Cancelled:  # still offline, or the site is at rest
                self._sites[site].appendleft((place, article))
                row = None
            else:
                self._note_network(site, row)
            if self._line.is_offline:
                self._line.is_offline = False
                self._go_offline()
            if self._sites[site]:
                heappush(self._resting, (self._line.free_at(site), site))
            else:
                del self._sites[site]
            yield row

    def _note_network(self, site: str, row: ImportRow | None) -> None:
        """Go offline if several sites in a row were not reached, online if one was."""
        if row is None:
            return
        if row.failure is None or row.failure.kind is not FailureKind.OFFLINE:
            self._unreached.clear()
            self._offline_until, self._offline_pause = 0.0, _OFFLINE_PAUSE
            return
        self._unreached.add(site)
        if len(self._unreached) >= _OFFLINE_AFTER:
            self._go_offline()

    def _go_offline(self) -> None:
        self._offline_until = self._times.now() + self._offline_pause
        self._offline_pause = min(2 * self._offline_pause, _LONGEST_OFFLINE)

    # ---- one article, on a thread of its own

    def _one(self, article: Waiting, *, is_probe: bool) -> ImportRow | None:
        """Download an article that still waits. Raises Cancelled if it was not tried."""
        if self._line.is_at_rest(site_of(article.url)):
            raise Cancelled
        if not self._library.downloads.later.waits(article.id):
            return None
        self._line.last = article.url
        ask = partial(self._line.ask, is_probe=is_probe, silent=set())
        began = self._times.now()
        try:
            return download_one(self._library, article.id, article.url, ask)
        finally:
            self._line.pause(site_of(article.url), self._times.now() - began)


class Line:
    """The way to the network: a request to a site at a time.

    ``check`` is called several times a second, on any thread; if it raises Cancelled, requests
    under way are given up at once. ``is_offline`` is set by a probe that reached nobody.
    """

    def __init__(
        self, later: LaterTexts, get: Fetch, times: Times, check: Callable[[], None]
    ) -> None:
        self._later, self._get, self._times, self._check = later, get, times, check
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._free_at: dict[str, float] = {}
        self._at_rest: dict[str, float] = {}
        self.is_offline = False
        self.last = ""

    def free_at(self, site: str) -> float:
        """Return when a site may be asked again."""
        return max(self._free_at.get(site, 0.0), self._at_rest.get(site, 0.0))

    def is_at_rest(self, site: str) -> bool:
        """Return whether a site asked for time that is not over."""
        return self._at_rest.get(site, 0.0) > self._times.now()

    def pause(self, site: str, took: float) -> None:
        """Leave a site alone for as long as it seems to need."""
        pause = min(max(_PAUSE, _AS_SLOW * took), _LONGEST_PAUSE)
        self._free_at[site] = self._times.now() + pause

    def ask(
        self, address: str, *, is_probe: bool = False, referrer: str = "", **options: Any
    ) -> Fetched:
        """Ask when it is the turn of the address. Raises Unreachable if the site is at rest."""
        site = site_of(address)
        turn = self._turns[site]
        while not turn.acquire(timeout=_BEAT):
            self._check()
        try:
            self._check()
            if self.is_at_rest(site):
                raise Unreachable(f"{site} asked for time; try again later.", FailureKind.SERVER)
            return self._answer(partial(self._get, address, referrer=referrer, **options))
        except IngestError as error:
            if error.pause or error.status in _BUSY:
                self._rest(site, error.pause or _PAUSE_OF_BUSY)
            if is_probe and not referrer and error.kind is FailureKind.OFFLINE:
                self.is_offline = True
                raise Cancelled from None
            raise
        finally:
            turn.release()

    def _rest(self, site: str, seconds: int) -> None:
        self._at_rest[site] = self._times.now() + seconds
        self._later.note_rest(site, seconds)

    def _answer(self, request: Callable[[], Fetched]) -> Fetched:
        """Return an answer. After a stop the request goes on without anybody waiting for it."""
        got: list[Fetched | Exception] = []
        came = threading.Event()

        def ask() -> None:
            try:
                got.append(request())
            except Exception as error:  # raised again by who waits
                got.append(error)
            came.set()

        threading.Thread(target=ask, name="request", daemon=True).start()
        while not came.wait(_BEAT):
            self._check()
        self._check()
        if isinstance(got[0], Exception):
            raise got[0]
        return got[0]
