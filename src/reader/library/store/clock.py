"""The library's own clock, which counts the days in the trash.

The system clock may be wrong for a while, and a deletion based on it could not be reverted. So a
jump of the clock only counts once another run of the program confirms it: a day later for a jump
forward (such as after a holiday), a month later for a jump back. Until then the old time counts.
"""

import os
import time
from datetime import UTC, datetime
from typing import NamedTuple

import apsw

DAY = 86_400
_MONTH = 30 * DAY
_HOUR = 3600
_LATEST = 253_402_300_799  # the last second of the year 9999
_RUN = os.urandom(4).hex()


class Clock(NamedTuple):
    """Seconds since 1970: the ``trusted`` time, and the time and the run that first saw a jump."""

    trusted: int = 0
    jumped: int = 0
    run: str = ""


def seconds() -> int:
    """Return the time of the system clock."""
    return min(max(int(time.time()), 0), _LATEST)


def advanced(clock: Clock, now: int, run: str = _RUN) -> Clock:
    """Return the clock after a run of the program compared it with the system clock."""
    if not clock.trusted or 0 <= now - clock.trusted <= DAY:
        return Clock(now)
    ahead = now > clock.trusted
    same_jump = clock.jumped and (clock.jumped > clock.trusted) == ahead
    if not same_jump or now < clock.jumped:
        return Clock(clock.trusted, now, run)
    confirmed = run != clock.run and now - clock.jumped >= (DAY if ahead else _MONTH)
    return Clock(now) if confirmed else clock


def read(connection: apsw.Connection) -> Clock:
    """Return the clock of a library."""
    value = connection.execute("SELECT value FROM setting WHERE name = 'clock'").get
    trusted, jumped, run = (*str(value or "").split(), "", "", "")[:3]
    if not trusted.isdecimal():
        return Clock()
    return Clock(int(trusted), int(jumped) if jumped.isdecimal() else 0, run)


def note(connection: apsw.Connection) -> None:
    """Advance the clock of a library, within a transaction; skip insignificant changes."""
    known = read(connection)
    fresh = advanced(known, seconds())
    if fresh[1:] != known[1:] or fresh.trusted - known.trusted >= _HOUR:
        value = (
            f"{fresh.trusted} {fresh.jumped} {fresh.run}" if fresh.jumped else f"{fresh.trusted}"
        )
        connection.execute("INSERT OR REPLACE INTO setting VALUES ('clock', ?)", (value,))


def certain(connection: apsw.Connection) -> int:
    """Return a time that has certainly passed, even if one of the clocks is wrong."""
    now = seconds()
    return min(now, advanced(read(connection), now).trusted)


def text(moment: int) -> str:
    """Return a time in the format of the library, clamped to the valid range."""
    kept = min(max(moment, 0), _LATEST)
    return datetime.fromtimestamp(kept, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def now() -> str:
    """Return the current time in the format of the library."""
    return text(seconds())
