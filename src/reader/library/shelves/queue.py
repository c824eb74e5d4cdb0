"""The queue in a person's own order: articles move, and all others stay where they are.

An article stands before another by its place, between equal places by its uid, so that the order
is the same on every device. Equal places are rare (an article comes back to a place that was given
away meanwhile) and do no harm: if something is to go between two of them, those behind it get
places of their own.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import apsw

from reader.errors import LibraryError
from reader.library.history import changes
from reader.library.shelves import fractional_index
from reader.library.store.database import Database, rows
from reader.model import Length, State
from reader.steps import Verb

if TYPE_CHECKING:
    from random import Random


class Standing(NamedTuple):
    """Where an article stands: compared as it is, it is the order of the queue."""

    place: str
    uid: str
    id: int

    def __str__(self) -> str:
        """Write it as the column ``standing`` has it."""
        return f"{self.place} {self.uid}"


_BEGINNING, _END = Standing("", "", 0), Standing("~", "", 0)


class Queue:
    """The queue of a library; every change is a step that can be undone.

    What is moved comes to stand together in the order of ``ids``; what was in the archive or
    the trash is in the queue then. Each returns how many articles have moved.
    """

    def __init__(self, database: Database) -> None:
        """Use ``Library.queue``."""
        self._database = database

    # ---- questions

    def length(self) -> Length:
        """Return how much there is to read, from the tally."""
        sql = "SELECT articles, words FROM tally WHERE shelf = 'queue'"
        with self._database.reading() as connection:
            return Length(*connection.execute(sql).fetchone() or ())

    def having(self, ids: Sequence[int]) -> list[int]:
        """Return those of some articles that are in the queue."""
        with self._database.reading() as connection:
            order = _Order(connection, ())
            return [id for id in ids if order.is_queued(id)]

    def behind(self, id: int) -> int | None:
        """Return the article that follows another one, None for the last."""
        with self._database.reading() as connection:
            order = _Order(connection, ())
            found = order.after(order.of(id))
        return found.id if found else None

    def surprise(self, but: int = 0, chance: "Random | None" = None) -> int | None:
        """Return any article but one; those added in the first half are twice as likely."""
        if chance is None:
            from random import SystemRandom  # a start does not pay for it

            chance = SystemRandom()
        count = self.length().articles
        older = (count + 1) // 2
        from_older = chance.randrange(2 * older + (count - older) or 1) < 2 * older
        way, size = ("ASC", older) if from_older else ("DESC", count - older)
        sql = (
            f"SELECT id FROM article WHERE state = 'queue' ORDER BY added_at {way}, id {way} "
            "LIMIT 2 OFFSET ?"
        )
        with self._database.reading() as connection:
            found = rows(connection, sql, (chance.randrange(size or 1),))
        return next((int(id) for (id,) in found if id != but), None)

    # ---- changes

    def to_top(self, ids: Sequence[int]) -> int:
        """Move articles before all others."""
        return self._move(Verb.TO_TOP, ids, lambda _: _BEGINNING)

    def to_end(self, ids: Sequence[int]) -> int:
        """Move articles behind all others."""
        return self._move(Verb.TO_END, ids, lambda _: _END)

    def next_up(self, ids: Sequence[int], current: int | None) -> int:
        """Move articles behind the one that is read; to the top where that is not queued."""

        def find(order: "_Order") -> Standing:
            if current is None or not order.is_queued(current):
                return _BEGINNING
            return order.of(current)

        return self._move(Verb.NEXT_UP, [id for id in ids if id != current], find)

    def put_behind(self, ids: Sequence[int], other: int) -> int:
        """Move articles behind another one, wherever that is by now."""
        return self._move(Verb.MOVE, ids, lambda order: order.of(other))

    def put_before(self, ids: Sequence[int], other: int) -> int:
        """Move articles before another one, wherever that is by now."""
        return self._move(Verb.MOVE, ids, lambda order: order.before(order.of(other)))

    def up(self, ids: Sequence[int]) -> int:
        """Move articles before the one that stands before the first of them."""

        def find(order: "_Order") -> Standing:
            return order.before(order.before(min(map(order.of, ids))))

        return self._move(Verb.MOVE, ids, find)

    def down(self, ids: Sequence[int]) -> int:
        """Move articles behind the one that follows the last of them."""

        def find(order: "_Order") -> Standing:
            return order.after(max(map(order.of, ids))) or _END

        return self._move(Verb.MOVE, ids, find)

    def _move(self, verb: Verb, ids: Sequence[int], find: Callable[["_Order"], Standing]) -> int:
        """Move articles behind what ``find`` says: the last thing before them."""
        moved = list(dict.fromkeys(ids))
        if not moved:
            return 0
        with self._database.writing() as connection:
            label = changes.about(connection, verb, moved)
            with changes.step(connection, label) as step:
                order = _Order(connection, moved)
                return _put(step, order, moved, order.before(find(order), itself=True))


def _put(step: changes.Making, order: "_Order", moved: Sequence[int], behind: Standing) -> int:
    """Put articles behind a standing; return how many have moved."""
    if order.following(behind, len(moved)) == moved:
        return 0
    ahead, equals = order.gap(behind)
    all = [*moved, *equals]
    fresh = fractional_index.spread(behind.place, ahead.place if ahead else "", len(all))
    for id, place in zip(all, fresh, strict=True):
        step.write([id], "place", place)
    step.write(moved, "state", State.QUEUE)
    return len(moved)


class _Order:
    """The queue as it stands, without the articles that are about to move."""

    def __init__(self, connection: apsw.Connection, moved: Iterable[int]) -> None:
        self._connection = connection
        self._moved = frozenset(moved)

    def of(self, id: int) -> Standing:
        """Return where an article stands, or would stand were it in the queue."""
        sql = "SELECT place, uid FROM article WHERE id = ?"
        for place, uid in rows(self._connection, sql, (id,)):
            return Standing(place, uid, id)
        raise LibraryError(f"There is no article {id} to go by. Nothing was moved.")

    def is_queued(self, id: int) -> bool:
        """Return whether an article is in the queue."""
        sql = "SELECT state FROM article WHERE id = ?"
        return bool(self._connection.execute(sql, (id,)).get == State.QUEUE)

    def after(self, standing: Standing) -> Standing | None:
        """Return the next that stays, None at the end."""
        return next((each for each in self._walk(standing) if each.id not in self._moved), None)

    def before(self, standing: Standing, *, itself: bool = False) -> Standing:
        """Return the last before (or ``itself``) that stays; the beginning where there is none."""
        if itself and standing.id not in self._moved and standing not in (_BEGINNING, _END):
            return standing
        sql = (
            "SELECT place, uid, id FROM article WHERE state = 'queue' AND standing < ? "
            "ORDER BY standing DESC"
        )
        found = map(Standing._make, self._connection.execute(sql, (str(standing),)))
        return next((each for each in found if each.id not in self._moved), _BEGINNING)

    def gap(self, behind: Standing) -> tuple[Standing | None, list[int]]:
        """Return what stands ahead at another place, and who is between at the same one."""
        equals: list[int] = []
        for each in self._walk(behind):
            if each.id in self._moved:
                continue
            if each.place != behind.place:
                return each, equals
            equals.append(each.id)
        return None, equals

    def following(self, behind: Standing, count: int) -> list[int]:
        """Return so many articles that follow, the moved ones among them."""
        return [each.id for each, _ in zip(self._walk(behind), range(count), strict=False)]

    def _walk(self, standing: Standing) -> Iterator[Standing]:
        sql = (
            "SELECT place, uid, id FROM article WHERE state = 'queue' AND standing > ? "
            "ORDER BY standing"
        )
        return map(Standing._make, self._connection.execute(sql, (str(standing),)))
