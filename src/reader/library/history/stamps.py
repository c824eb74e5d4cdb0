"""Stamps, which order the changes of all devices by a hybrid logical clock.

After S. Kulkarni, M. Demirbas, D. Madappa, B. Avva and M. Leone, "Logical Physical Clocks and
Consistent Snapshots in Globally Distributed Databases" (2014). A stamp is the millisecond, a
counter and the device, as sortable text. It follows the system clock. While that clock is behind,
it counts on from the greatest stamp that this device wrote or received.

A clock that is years ahead must not advance all others. So a stamp of another device counts only
up to a day ahead of this clock. A stamp beyond that advances only the changes of the same entity:
the user's last change wins, and changes of other entities follow the system clock.
"""

import re
import time
from weakref import WeakKeyDictionary

import apsw

from reader.library.history import devices
from reader.library.store.database import rows

DRIFT_MS = 86_400_000
_LATEST_MS = 10**13 - 1  # of 13 digits, as all stamps have: they sort as text until 2286
_MOST_OF_A_MS = 99_999
_NEWEST = (
    "SELECT max(stamp) FROM change WHERE entity = ?1 OR entity IN "
    "(SELECT entity FROM change WHERE field = 'merged' AND new = ?1)"
)
_STAMP = re.compile(r"\d{13}-\d{5}-[0-9A-Za-z.]{1,40}")


class Pen:
    """The stamps and row numbers of this device, for one transaction of a connection."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self.id = devices.id_of(connection)
        self._numbers: dict[str, int] = {}
        self._seen: dict[int, tuple[int, str]] = {}
        self._heard = set[int]()
        latest, last = "", ""
        for number, id, seq, clock, newest in rows(connection, "SELECT * FROM device"):
            self._numbers[id] = number
            self._seen[number] = (seq, newest)
            latest = max(latest, newest)
            if id == self.id:
                last = max(last, clock)
            elif _moment(newest) <= now_ms() + DRIFT_MS:
                last = max(last, newest)
        self.device = self.number_of(self.id)
        self._seq, self._newest = self._seen[self.device]
        self._last = _parts(last)
        self._is_behind = latest[:19] > last[:19]

    def next(self, entity: str, after: str = "") -> tuple[str, int, int]:
        """Return stamp, device and number of the next row of an entity.

        The stamp is greater than all stamps of the entity, and greater than ``after``.
        """
        now, (moment, count) = now_ms(), self._last
        self._last = (now, 0) if now > moment else _following(moment, count)
        stamp = self._written(*self._last)
        if self._is_behind:
            had = max(str(self._connection.execute(_NEWEST, (entity,)).get or ""), after)
            if had >= stamp:
                stamp = self._written(*following(had))
        self._newest = max(self._newest, stamp)
        return stamp, self.device, self.next_number()

    def _written(self, moment: int, count: int) -> str:
        return f"{moment:013d}-{count:05d}-{self.id}"

    def next_number(self) -> int:
        """Return the number of the next row of this device."""
        self._seq += 1
        return self._seq

    def number_of(self, device: str) -> int:
        """Return the local number of a device in this library."""
        if device not in self._numbers:
            self._connection.execute("INSERT INTO device (id) VALUES (?)", (device,))
            self._numbers[device] = self._connection.last_insert_rowid()
            self._seen[self._numbers[device]] = (0, "")
        return self._numbers[device]

    def heard(self, number: int, seq: int, stamp: str) -> None:
        """Register a received row of another device."""
        if number == self.device:  # this library was replaced by an earlier copy
            self._seq, self._newest = max(self._seq, seq), max(self._newest, stamp)
        else:
            known, newest = self._seen[number]
            self._seen[number] = (max(known, seq), max(newest, stamp))
            self._heard.add(number)
        if _moment(stamp) <= now_ms() + DRIFT_MS:
            self._last = max(self._last, _parts(stamp))
        elif _parts(stamp) > self._last:
            self._is_behind = True

    def keep(self) -> None:
        """Store the state of each device, before the transaction ends."""
        sql = "UPDATE device SET seq = ?, clock = ?, latest = ? WHERE number = ?"
        own = self._written(*self._last) if self._newest else ""
        self._connection.execute(sql, (self._seq, own, self._newest, self.device))
        for number in self._heard:
            seq, newest = self._seen[number]
            self._connection.execute(sql, (seq, "", newest, number))


_PENS: WeakKeyDictionary[apsw.Connection, Pen] = WeakKeyDictionary()


def begin(connection: apsw.Connection) -> None:
    """Discard the state of an earlier transaction: another process may have written since."""
    _PENS.pop(connection, None)


def pen(connection: apsw.Connection) -> Pen:
    """Return the pen of a transaction."""
    found = _PENS.get(connection)
    if found is None:
        found = _PENS[connection] = Pen(connection)
    return found


def end(connection: apsw.Connection) -> None:
    """Store the stamps and numbers that a transaction has used."""
    found = _PENS.pop(connection, None)
    if found is not None:
        found.keep()


def following(stamp: str) -> tuple[int, int]:
    """Return the next millisecond and counter after a stamp."""
    return _following(*_parts(stamp))


def _following(moment: int, count: int) -> tuple[int, int]:
    full = count >= _MOST_OF_A_MS and moment < _LATEST_MS
    return (moment + 1, 0) if full else (moment, count + 1)


def _parts(stamp: str) -> tuple[int, int]:
    """Return millisecond and counter of a stamp; if it is invalid, values before all others."""
    moment, count, *_ = (*stamp.split("-"), "", "")
    both = moment.isdecimal() and count.isdecimal()
    return (int(moment), int(count)) if both else (0, -1)


def is_stamp(text: str) -> bool:
    """Return whether a text is a valid stamp that leaves room for later ones."""
    return _STAMP.fullmatch(text) is not None and _moment(text) < _LATEST_MS


def _moment(stamp: str) -> int:
    moment = stamp[:13]
    return int(moment) if moment.isdecimal() else 0


def now_ms() -> int:
    """Return the time of the system clock in milliseconds, within the range of stamps."""
    return min(max(time.time_ns() // 1_000_000, 0), _LATEST_MS)
