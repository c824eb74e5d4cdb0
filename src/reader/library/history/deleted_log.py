"""``deleted.log``, which names the articles that were deleted for good: time, URL and title."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reader.library.store import clock

NAME = "deleted.log"
_SLACK_SECONDS = 2  # a line is written before the tombstone, in whole seconds


class Line(NamedTuple):
    """A deleted article: when, its URL and its title."""

    at: str
    url: str
    title: str


def between(log: Path, first: str, last: str) -> Iterator[Line]:
    """Yield the lines that belong to the tombstones of two stamps and between; none without a log.

    The log is not part of the library: the user may delete it, and other devices have their own.
    """
    since = clock.text(_seconds(first) - _SLACK_SECONDS)
    until = clock.text(_seconds(last))
    try:
        with log.open(encoding="utf-8", errors="replace") as lines:
            for text in lines:
                at, _, rest = text.rstrip("\n").partition("\t")
                if since <= at <= until:
                    url, _, title = rest.partition("\t")
                    yield Line(at, url, title)
    except OSError:
        return


def _seconds(stamp: str) -> int:
    return int(stamp[:13]) // 1000 if stamp[:13].isdecimal() else 0
