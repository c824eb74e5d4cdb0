"""Taking entries in: new articles in bulk, and the gains of known ones, as one undo step."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import islice
from typing import NamedTuple

import apsw

from reader.entries import Entry, Placing
from reader.library.articles import aliases, later_texts
from reader.library.highlights import store
from reader.library.history import changes, devices
from reader.library.imports import giving, own_articles
from reader.library.imports.bulk import Bulk, Fresh
from reader.library.imports.ledger import Gains, Known, Ledger
from reader.library.imports.places import Places
from reader.library.imports.settling import Unfit, settled, sketched
from reader.model import State
from reader.outcomes import Outcome
from reader.reasons import Reason, Remark

_MANY = 200
_LARGE_BYTES = 4_000_000


class Foreseen(NamedTuple):
    """The outcome of an entry: ADDED, UPDATED (it merges), UNCHANGED; and the gains of merging.

    FAILED is one that nothing can be stored of. ``article`` is the id of the known article, 0 if
    there is none.
    """

    outcome: Outcome
    article: int = 0
    remarks: tuple[Remark, ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether the library has changed."""
        return self.outcome in (Outcome.ADDED, Outcome.UPDATED)


def foreseen(ledger: Ledger, entries: Sequence[Entry], number: int) -> Iterator[Foreseen]:
    """Yield the outcomes of some entries; ``number`` is that of the first of all."""
    fit = [_fit(each, sketched) for each in entries]
    ledger.load(each for each in fit if isinstance(each, Entry))
    for at, entry in enumerate(fit, start=number + 1):
        if isinstance(entry, Foreseen):
            yield entry
        elif (known := ledger.find(entry)) is None:
            ledger.note_new(-at, entry)
            yield Foreseen(Outcome.ADDED)
        else:
            gains = ledger.gains(known, entry)
            ledger.note_gains(known, entry, gains)
            yield outcome(known, gains)


def outcome(known: Known, gains: Gains) -> Foreseen:
    """Return the outcome of an entry about a known article."""
    kind = Outcome.UPDATED if gains.is_any else Outcome.UNCHANGED
    return Foreseen(kind, max(known.id, 0), gains.remarks)


def in_portions(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield entries in portions that are small in number and in bytes."""
    left = iter(entries)
    while portion := [*islice(left, 1)]:
        size = _size(portion[0])
        while len(portion) < _MANY and size < _LARGE_BYTES and (more := [*islice(left, 1)]):
            portion += more
            size += _size(more[0])
        yield portion


def _size(entry: Entry) -> int:
    return len(entry.clipping.html) + len(entry.clipping.source)


def _fit(entry: Entry, make: Callable[[Entry], Entry]) -> Entry | Foreseen:
    try:
        return make(entry)
    except Unfit as error:
        return Foreseen(Outcome.FAILED, remarks=(Remark(Reason.NOT_READABLE, text=str(error)),))


class Taking:
    """An import within a transaction; ``begin`` begins its undo step when it is needed."""

    def __init__(
        self, connection: apsw.Connection, placing: Placing, begin: Callable[[], changes.Making]
    ) -> None:
        self._connection = connection
        self._placing = placing
        self._begin = begin
        self._places = Places(connection, placing)
        self._own_places = own_articles.places(connection, placing)

    @cached_property
    def step(self) -> changes.Making:
        """The undo step."""
        return self._begin()

    @cached_property
    def _bulk(self) -> Bulk:
        return Bulk(self.step)

    def take(self, portion: Sequence[Entry]) -> Iterator[Foreseen]:
        """Take some entries in, and yield their rows, in their order."""
        ledger, waiting, first = Ledger(self._connection), list[Fresh](), 0
        fit = [_fit(each, partial(settled, placing=self._placing)) for each in portion]
        ledger.load(each for each in fit if isinstance(each, Entry))
        for entry in fit:
            if isinstance(entry, Foreseen):
                yield entry
                continue
            known = ledger.find(entry)
            if (known is None and entry.own) or (known and 0 < first <= known.id):
                self._add(waiting, first)
                waiting, first = [], 0
                known = ledger.reload(known.id) if known else None
            if known is None and entry.own:
                id = self._bring(entry)
                ledger.note_new(id, entry)
                ledger.reload(id)
                yield Foreseen(Outcome.ADDED, id)
            elif known is None:
                first = first or self._bulk.next_id()
                id = first + len(waiting)
                waiting.append(self._fresh(ledger, entry))
                ledger.note_new(id, entry)
                yield Foreseen(Outcome.ADDED, id)
            else:
                gains = ledger.gains(known, entry)
                self._give(ledger, known, entry, gains)
                ledger.note_gains(known, entry, gains)
                if gains.is_any:
                    ledger.reload(known.id)
                yield outcome(known, gains)
        self._add(waiting, first)

    # ---- new articles

    def _fresh(self, ledger: Ledger, entry: Entry) -> Fresh:
        its = dict.fromkeys(entry.clipping.aliases)
        free = tuple(url for url in its if url != entry.clipping.url and ledger.is_free(url))
        return Fresh(entry, self._place(entry), free)

    def _place(self, entry: Entry) -> str:
        return self._places.next(pinned=entry.pinned and entry.state is State.QUEUE)

    def _add(self, fresh: Sequence[Fresh], first: int) -> None:
        if fresh:
            self._bulk.add(fresh)
        for id, each in enumerate(fresh, start=first):
            if each.entry.highlights:
                store.add(self.step, id, each.entry.highlights)
        for slowly in (True, False):
            its = [id for id, each in enumerate(fresh, first) if each.entry.slowly is slowly]
            self._fetch_later(its, slowly=slowly)

    def _fetch_later(self, ids: Sequence[int], *, slowly: bool) -> None:
        """Mark the articles without a text among some: nothing else asks for their texts."""
        if ids:
            device = devices.id_of(self._connection) if slowly else ""
            later_texts.mark(self._connection, ids, device)

    def _bring(self, entry: Entry) -> int:
        """Add an article of Reader's own export; return its id."""
        assert entry.own is not None
        id = own_articles.bring(self.step, entry, self._own_places(entry.own.place), entry.state)
        if entry.highlights:
            store.add(self.step, id, entry.highlights)
        self._fetch_later([id], slowly=entry.slowly)
        return id

    # ---- known articles

    def _give(self, ledger: Ledger, known: Known, entry: Entry, gains: Gains) -> None:
        """Give a known article its gains from an entry."""
        for url in dict.fromkeys((entry.clipping.url, *entry.clipping.aliases)):
            if ledger.is_free(url):
                aliases.point(self._connection, url, known.id)
        if gains.back:
            self.step.write([known.id], "place", self._place(entry))
            self.step.write([known.id], "state", entry.state)
        if gains.is_any:
            giving.give(self.step, known.id, entry, gains)
