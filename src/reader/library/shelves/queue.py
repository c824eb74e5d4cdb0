"""The queue in the user's own order; moving articles leaves the places of all others unchanged.

Articles are sorted by place, then by uid, so that the order is the same on every device. Equal
places are rare (an article returns to a place that was reused meanwhile) and harmless: if an
article moves between two of them, the later ones get new places.
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
    """The position of an article; the comparison of tuples is the order of the queue."""

    place: str
    uid: str
    id: int

    def __str__(self) -> str:
        """Return it in the format of the column ``standing``."""
        return f"{self.place} {self.uid}"


_BEGINNING, _END = Standing("", "", 0), Standing("~", "", 0)


class Queue:
    """The queue of a library; every change is an undo step.

    Moved articles are placed together in the order of ``ids``; archived and trashed ones enter the
    queue. Each change returns how many articles were moved.
    """

    def __init__(self, database: Database) -> None:
        """Use ``Library.queue``."""
        self._database = database

    # ---- queries

    def length(self) -> Length:
        """Return the number of articles and words in the queue."""
        sql = "SELECT articles, words FROM tally WHERE shelf = 'queue'"
        with self._database.reading() as connection:
            return Length(*connection.execute(sql).fetchone() or ())

    def having(self, ids: Sequence[int]) -> list[int]:
        """Return the articles that are in the queue."""
        with self._database.reading() as connection:
            order = _Order(connection, ())
            return [id for id in ids if order.is_queued(id)]

    def behind(self, id: int) -> int | None:
        """Return the article after another, None for the last."""
        with self._database.reading() as connection:
            order = _Order(connection, ())
            found = order.after(order.of(id))
        return found.id if found else None

    def surprise(self, but: int = 0, chance: "Random | None" = None) -> int | None:
        """Return a random article other than ``but``; the older half is twice as likely."""
        if chance is None:
            from random import SystemRandom  # imported lazily for a fast start

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
        """Move articles to the top."""
        return self._move(Verb.TO_TOP, ids, lambda _: _BEGINNING)

    def to_end(self, ids: Sequence[int]) -> int:
        """Move articles to the end."""
        return self._move(Verb.TO_END, ids, lambda _: _END)

    def next_up(self, ids: Sequence[int], current: int | None) -> int:
        """Move articles after the current one, or to the top if that is not in the queue."""

        def find(order: "_Order") -> Standing:
            if current is None or not order.is_queued(current):
                return _BEGINNING
            return order.of(current)

        return self._move(Verb.NEXT_UP, [id for id in ids if id != current], find)

    def put_behind(self, ids: Sequence[int], other: int) -> int:
        """Move articles after another."""
        return self._move(Verb.MOVE, ids, lambda order: order.of(other))

    def put_before(self, ids: Sequence[int], other: int) -> int:
        """Move articles before another."""
        return self._move(Verb.MOVE, ids, lambda order: order.before(order.of(other)))

    def up(self, ids: Sequence[int]) -> int:
        """Move articles one place up, counted from the first of them."""

        def find(order: "_Order") -> Standing:
            return order.before(order.before(min(map(order.of, ids))))

        return self._move(Verb.MOVE, ids, find)

    def down(self, ids: Sequence[int]) -> int:
        """Move articles one place down, counted from the last of them."""

        def find(order: "_Order") -> Standing:
            return order.after(max(map(order.of, ids))) or _END

        return self._move(Verb.MOVE, ids, find)

    def _move(self, verb: Verb, ids: Sequence[int], find: Callable[["_Order"], Standing]) -> int:
        """Move articles after the standing that ``find`` returns."""
        moved = list(dict.fromkeys(ids))
        if not moved:
            return 0
        with self._database.writing() as connection:
            label = changes.about(connection, verb, moved)
            with changes.step(connection, label) as step:
                order = _Order(connection, moved)
                return _put(step, order, moved, order.before(find(order), itself=True))


def _put(step: changes.Making, order: "_Order", moved: Sequence[int], behind: Standing) -> int:
    """Put articles after a standing; return how many were moved."""
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
    """The current queue, without the articles that are about to move."""

    def __init__(self, connection: apsw.Connection, moved: Iterable[int]) -> None:
        self._connection = connection
        self._moved = frozenset(moved)

    def of(self, id: int) -> Standing:
        """Return the standing of an article, even if it is not in the queue."""
        sql = "SELECT place, uid FROM article WHERE id = ?"
        for place, uid in rows(self._connection, sql, (id,)):
            return Standing(place, uid, id)
        raise LibraryError(f"There is no article {id}. Nothing was moved.")

    def is_queued(self, id: int) -> bool:
        """Return whether an article is in the queue."""
        sql = "SELECT state FROM article WHERE id = ?"
        return bool(self._connection.execute(sql, (id,)).get == State.QUEUE)

    def after(self, standing: Standing) -> Standing | None:
        """Return the next standing that stays, None at the end."""
        return next((each for each in self._walk(standing) if each.id not in self._moved), None)

    def before(self, standing: Standing, *, itself: bool = False) -> Standing:
        """Return the previous standing that stays, or ``itself``; the beginning if none."""
        if itself and standing.id not in self._moved and standing not in (_BEGINNING, _END):
            return standing
        sql = (
            "SELECT place, uid, id FROM article WHERE state = 'queue' AND standing < ? "
            "ORDER BY standing DESC"
        )
        found = map(Standing._make, self._connection.execute(sql, (str(standing),)))
        return next((each for each in found if each.id not in self._moved), _BEGINNING)

    def gap(self, behind: Standing) -> tuple[Standing | None, list[int]]:
        """Return the next standing with another place, and the articles with the same place."""
        equals: list[int] = []
        for each in self._walk(behind):
            if each.id in self._moved:
                continue
            if each.place != behind.place:
                return each, equals
            equals.append(each.id)
        return None, equals

    def following(self, behind: Standing, count: int) -> list[int]:
        """Return the next articles after a standing, including the moved ones."""
        return [each.id for each, _ in zip(self._walk(behind), range(count), strict=False)]

    def _walk(self, standing: Standing) -> Iterator[Standing]:
        sql = (
            "SELECT place, uid, id FROM article WHERE state = 'queue' AND standing > ? "
            "ORDER BY standing"
        )
        return map(Standing._make, self._connection.execute(sql, (str(standing),)))
