"""Reading statistics, computed from the reading log."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from reader import phrases
from reader.library.reading.log import Day, Known, ReadingLog, Share

_DAY = timedelta(days=1)
_DAYS, _WEEKS, _MONTHS = 28, 12, 12
_AVERAGED = 28
_ENOUGH_SECONDS = 20 * 60
_SLOWEST, _FASTEST = 60.0, 900.0  # words a minute
_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Bar(NamedTuple):
    """A day, week or month: its short label, its name and its sums.

    ``articles`` counts the distinct articles read.
    """

    label: str
    name: str
    articles: int = 0
    words: int = 0
    seconds: int = 0
    added: int = 0
    finished: int = 0


class Statistics(NamedTuple):
    """All statistics: times in seconds, streaks in days.

    ``average`` is the mean of seconds per day in the last four weeks, or since the first day.
    """

    seconds: int
    words: int
    articles: int
    views: int
    streak: int
    longest_streak: int
    average: int
    days: tuple[Bar, ...]
    weeks: tuple[Bar, ...]
    months: tuple[Bar, ...]
    oldest: Known | None
    opened: tuple[Known, ...]
    sites: tuple[Share, ...]
    tags: tuple[Share, ...]


def of(diary: ReadingLog, today: date) -> Statistics:
    """Return the statistics of a reading log for a day."""
    days = diary.days()
    since = _months(today)[0]
    pairs = diary.read_since(since.isoformat())
    streak, longest = streaks([date.fromisoformat(day.date) for day in days if day.seconds], today)
    return Statistics(
        seconds=sum(day.seconds for day in days),
        words=sum(day.words for day in days),
        articles=diary.articles(),
        views=diary.views(),
        streak=streak,
        longest_streak=longest,
        average=average(days, today),
        days=_bars([today - _DAY * back for back in range(_DAYS)][::-1], _day_name, days, pairs),
        weeks=_bars(_weeks(today), _week_name, days, pairs),
        months=_bars(_months(today), _month_name, days, pairs),
        oldest=diary.oldest_waiting(),
        opened=tuple(diary.most_opened()),
        sites=tuple(diary.sites(since.isoformat())),
        tags=tuple(diary.tags(since.isoformat())),
    )


def streaks(read: Iterable[date], today: date) -> tuple[int, int]:
    """Return the current and the longest streak of days with reading.

    A streak that reached yesterday counts as current: today is not over.
    """
    longest = run = 0
    before: date | None = None
    for day in (each for each in read if each <= today):  # the clock may have been wrong
        run = run + 1 if before is not None and day - before == _DAY else 1
        longest, before = max(longest, run), day
    lasts = before is not None and today - before <= _DAY
    return (run if lasts else 0), longest


def average(days: Sequence[Day], today: date) -> int:
    """Return the mean of seconds per day in the last four weeks, or since the first reading."""
    read = [day for day in days if day.seconds]
    if not read:
        return 0
    begin = max(today - _DAY * (_AVERAGED - 1), date.fromisoformat(read[0].date))
    lasted = sum(day.seconds for day in read if day.date >= begin.isoformat())
    return round(lasted / max(1, (today - begin).days + 1))


def _bars(
    starts: Sequence[date],
    name: Callable[[date], tuple[str, str]],
    days: Sequence[Day],
    pairs: Iterable[tuple[str, str]],
) -> tuple[Bar, ...]:
    """Sum up the days of each period; a period ends at the next start."""
    edges = [each.isoformat() for each in starts]
    sums = [[0, 0, 0, 0] for _ in edges]
    for day in days:
        if (place := _place(edges, day.date)) >= 0:
            for column, value in enumerate(day[1:]):
                sums[place][column] += value
    read: list[set[str]] = [set() for _ in edges]
    for date_read, article in pairs:
        if (place := _place(edges, date_read)) >= 0:
            read[place].add(article)
    return tuple(
        Bar(*name(start), len(articles), words, seconds, added, finished)
        for start, articles, (seconds, words, added, finished) in zip(
            starts, read, sums, strict=True
        )
    )


def _place(edges: Sequence[str], day: str) -> int:
    return bisect_right(edges, day) - 1


def _weeks(today: date) -> list[date]:
    monday = today - _DAY * today.weekday()
    return [monday - 7 * _DAY * back for back in range(_WEEKS)][::-1]


def _months(today: date) -> list[date]:
    number = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(number - _MONTHS + 1, number + 1)]


def _day_name(day: date) -> tuple[str, str]:
    return str(day.day), f"{day.day} {_NAMES[day.month - 1]} {day.year}"


def _week_name(day: date) -> tuple[str, str]:
    return f"{day.day} {_NAMES[day.month - 1]}", f"the week of {_day_name(day)[1]}"


def _month_name(day: date) -> tuple[str, str]:
    return _NAMES[day.month - 1], f"{_NAMES[day.month - 1]} {day.year}"


def pace(days: Sequence[Day]) -> float:
    """Return the words a minute of this reader, those of most people until enough is known."""
    seconds, words = sum(day.seconds for day in days), sum(day.words for day in days)
    if seconds < _ENOUGH_SECONDS or not words:
        return float(phrases.WORDS_A_MINUTE)
    return min(max(words * 60 / seconds, _SLOWEST), _FASTEST)
