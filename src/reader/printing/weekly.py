"""My Weekly: the newest articles of the reading queue as one printed issue.

An issue holds the articles with a text that were added today or on the six days before, by the
calendar on the wall, newest first. It ends at 30 articles or three hours of reading; an article
that would go beyond that is left out.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from reader import phrases
from reader.errors import PrintError
from reader.file_names import plain
from reader.library.library import Library
from reader.model import Query, Row, State

TITLE = "My Weekly"
PRESET = "Newspaper"
_MOST_ARTICLES, _MOST_WORDS = 30, 3 * 60 * phrases.WORDS_A_MINUTE
_DAYS = 7
_PORTION = 100
_NEWEST = Query(State.QUEUE)


class Issue(NamedTuple):
    """An issue: its dates in words, its file name, and its articles.

    ``left_out`` is the number of articles of the week for which it has no room.
    """

    dates: str
    file_name: str
    rows: tuple[Row, ...]
    left_out: int

    def check(self) -> None:
        """Raise PrintError if the issue is empty."""
        if not self.rows:
            raise PrintError(
                f"{TITLE} is empty: no article with a text was added to the reading queue in the "
                f"last seven days ({self.dates})."
            )


def weekly(library: Library, today: date | None = None) -> Issue:
    """Return the issue of the seven days that end today."""
    first = (today or date.today()) - timedelta(days=_DAYS - 1)
    of_week = [row for row in _since(library, first.isoformat()) if row.downloaded]
    chosen = tuple(_chosen(of_week))
    return Issue(dates(today), file_name(today), chosen, len(of_week) - len(chosen))


def dates(today: date | None = None) -> str:
    """Return the seven days that end today in words."""
    last = today or date.today()
    return phrases.days(last - timedelta(days=_DAYS - 1), last)


def file_name(today: date | None = None) -> str:
    """Return the name of an issue's PDF; it sorts by date."""
    return plain(f"{TITLE} {(today or date.today()).isoformat()}")


def _since(library: Library, first: str) -> Iterator[Row]:
    """Yield the articles of the queue that were added since a local day, newest first."""

    def newest() -> Iterator[Row]:
        offset = 0
        while rows := library.rows(_NEWEST, offset=offset, limit=_PORTION):
            yield from rows
            offset += len(rows)

    return takewhile(lambda row: phrases.local_day(row.added_at) >= first, newest())


def _chosen(rows: list[Row]) -> Iterator[Row]:
    words = count = 0
    for row in rows:
        if count < _MOST_ARTICLES and (not count or words + row.words <= _MOST_WORDS):
            words, count = words + row.words, count + 1
            yield row
