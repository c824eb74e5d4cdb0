"""Times as other programs write them, read by one tolerant function."""

import math
import re
import time
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from reader.body import clean
from reader.reasons import Reason, Remark

_MICROSECONDS, _MILLISECONDS = 10**14, 10**11
"""From these numbers on, seconds since 1970 would be millennia away."""
_LATEST = 7_258_118_400
"""The end of the year 2199, in seconds."""
_LAST_EPOCH = 1904
"""Years in which the clocks of some systems begin: a date up to then means that none is known."""
_DAYS = range(20_000, 80_000)
"""Numbers that are days as spreadsheets count them: seconds would be on the first day of 1970."""
_DAY = 86_400
_DAYS_BEFORE_1970 = 25_569
_LAST_YEAR = 2199
_ZERO = datetime(1970, 1, 1)  # a time without a zone is UTC here
_SECONDS = len("2017-07-14T02:40:00")
_NUMBER = re.compile(r"[+-]?\d{1,25}(?:[.,]\d{0,12})?(?:[eE]\+?\d{1,2})?")
_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:(?:T|,? +)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,12})?)?"
    r" *(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?:,? +(\d{1,2}):(\d{2})(?::(\d{2}))?)?(?: *([AP])M)?",
    re.IGNORECASE,
)
_LONGEST = 80


def time_of(value: object, remarks: list[Remark]) -> str:
    """Return a time as UTC in ISO 8601, ``""`` if there is none; a time without a zone is UTC.

    A value that is not readable is added to the remarks.
    """
    if value is None or value == "" or isinstance(value, bool):
        return ""
    try:
        if isinstance(value, int | float):
            return of_seconds(value)
        text = str(value).strip()
        return of_seconds(int(text)) if text.isdecimal() and text.isascii() else _of_text(text)
    except (ValueError, OverflowError, OSError):
        remarks.append(Remark(Reason.BAD_DATE, text=clean.line(str(value)[:_LONGEST], _LONGEST)))
        return ""


def of_seconds(number: float) -> str:
    """Return a time since 1970 in seconds, or in milli- or microseconds if it is too large.

    Days of spreadsheets are numbers too small for anything else. Raises ValueError if it cannot be
    a time.
    """
    if not math.isfinite(number) or number < 0:
        raise ValueError
    if number >= _MICROSECONDS:
        number /= 1_000_000
    elif number >= _MILLISECONDS:
        number /= 1000
    elif _DAYS.start <= number < _DAYS.stop:
        number = (number - _DAYS_BEFORE_1970) * _DAY
    if number >= _LATEST:
        raise ValueError
    if number < 1:
        return ""
    day, second = divmod(int(number), _DAY)
    return f"{_day(day)}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z"


@lru_cache(4096)
def _day(number: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(number * _DAY))


def _of_text(text: str) -> str:
    try:
        return _utc(datetime.fromisoformat(text))
    except ValueError:
        return _of_other_text(text)


def _of_other_text(text: str) -> str:
    if not text or text.startswith("0000-00-00"):
        return ""
    if _NUMBER.fullmatch(text):
        return of_seconds(float(text.replace(",", ".")))
    if match := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        parts = (year, month, day, hour or 0, minute or 0, min(int(second or 0), 59))
        return _utc(datetime(*map(int, parts), tzinfo=UTC) - _offset(zone))  # type: ignore[misc,arg-type]
    if match := _DAY_FIRST.fullmatch(text):
        return _of_local(match)
    return _in_words(text)


def _offset(zone: str | None) -> timedelta:
    if not zone or zone[0] not in "+-":
        return timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -away if zone[0] == "-" else away


def _of_local(match: re.Match[str]) -> str:
    """Return a time with its day before or after the month, if only one of them is possible."""
    first, sign, second, year, *clock, half = match.groups()
    day, month = int(first), int(second)
    if sign == "/" and month > 12:
        day, month = month, day
    elif sign == "/" and day <= 12 and day != month:
        raise ValueError
    hour, minute, seconds = (int(part or 0) for part in clock)
    if half:
        hour = hour % 12 + (12 if half in "Pp" else 0)
    return _utc(datetime(int(year), month, day, hour, minute, seconds, tzinfo=UTC))


def _in_words(text: str) -> str:
    """Return the time of a letter's head, or a day with the name of its month."""
    from email.utils import parsedate_to_datetime

    from reader.ingest.metadata import iso_date

    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        day = date.fromisoformat(iso_date(text[:_LONGEST]))
        found = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return _utc(found)


def _utc(moment: datetime) -> str:
    zone = moment.utcoffset()
    local = moment.replace(tzinfo=None)
    there = local - zone if zone else local
    if there.year <= _LAST_EPOCH or there == _ZERO:
        return ""
    if there.year > _LAST_YEAR:
        raise ValueError
    return there.isoformat(timespec="seconds")[:_SECONDS] + "Z"
