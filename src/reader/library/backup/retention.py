"""Which copies are kept: all of two days, then daily, weekly and monthly ones.

The counts follow Zotero's and Time Machine's habit of thinning what is old. Nothing is deleted
because of a time in the future: a clock may have been wrong.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from reader.library.backup.copy import Copy

_DAY = 86_400
_ALL_DAYS, _DAYS, _WEEKS, _MONTHS = 2, 12, 10, 9


def kept(copies: Sequence[Copy], now: float) -> list[Copy]:
    """Return the copies to keep, newest first, of ``copies``, newest first.

    Of each day, week (from Monday) and month in UTC, the last copy is kept. The first of
    ``copies`` always is.
    """
    days, weeks, months = (
        _last_of_each(copies, part, most)
        for part, most in ((_day, _DAYS), (_week, _WEEKS), (_month, _MONTHS))
    )
    young = {each.id for each in copies if now - each.made_at <= _ALL_DAYS * _DAY}
    ids = young | days | weeks | months | {each.id for each in copies[:1]}
    return [each for each in copies if each.id in ids]


def kept_of_all(copies: Sequence[Copy], now: float) -> list[Copy]:
    """Return the copies to keep: by ``kept`` among those without damage, and among the others.

    So one with damaged articles is never the last of a day instead of one without.
    """
    good = [each for each in copies if not each.damaged]
    others = [each for each in copies if each.damaged]
    ids = {each.id for some in (good, others) if some for each in kept(some, now)}
    return [each for each in copies if each.id in ids]


def within(copies: Sequence[Copy], limit: int, size_of: Callable[[Sequence[Copy]], int],
           spare: str = "") -> list[Copy]:  # fmt: skip
    """Return the newest copies whose size together is within a limit, in bytes.

    ``copies`` is newest first. Those with damaged articles go first. The first of all, the first
    without damage and the one with the id ``spare`` always stay.
    """
    left, good = list(copies), [each for each in copies if not each.damaged]
    stay = {spare, *(each.id for each in (*copies[:1], *good[:1]))}
    goes = [each for each in reversed(copies) if each.id not in stay]
    for each in sorted(goes, key=lambda each: not each.damaged):
        if size_of(left) <= limit:
            break
        left.remove(each)
    return left


def _last_of_each(
    copies: Iterable[Copy], part: Callable[[datetime], object], most: int
) -> set[str]:
    """Return the ids of the last copy of each of the last days, weeks or months with copies."""
    last: dict[object, str] = {}
    for each in copies:
        last.setdefault(part(_moment(each.made_at)), each.id)
    return set(list(last.values())[:most])


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(min(max(seconds, 0.0), 253_402_300_799.0), UTC)


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> object:
    return moment.year, moment.month
