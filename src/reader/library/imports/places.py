"""The places of imported articles in the queue."""

from itertools import count

import apsw

from reader.entries import Placing
from reader.library.shelves import fractional_index

_PINNED = 62**3
_OTHERS = 62**4
"""The room for places of whole numbers: more articles than any import has."""


class Places:
    """Places in the order in which they are asked for, those of pinned articles before the rest.

    They are whole numbers, which stay short. The number of articles need not be known.
    """

    def __init__(self, connection: apsw.Connection, placing: Placing) -> None:
        is_before = placing is Placing.BEFORE
        end = "min" if is_before else "max"
        sql = f"SELECT {end}(standing) FROM article WHERE state = 'queue' AND place <> ''"
        place = str(connection.execute(sql).get or "").partition(" ")[0]
        start = fractional_index.number_of(place) + 1 if place else 0
        if is_before:
            start -= _PINNED + _OTHERS + 1
        self._pinned, self._others = count(start), count(start + _PINNED)

    def next(self, *, pinned: bool) -> str:
        """Return the next place."""
        return fractional_index.of_number(next(self._pinned if pinned else self._others))
