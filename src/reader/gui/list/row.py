"""A row of the list as text: the one that it shows, and the one for screen readers."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt

from reader import phrases
from reader.model import FINISHED, Row

ROW = Qt.ItemDataRole.UserRole
_LONGEST = 400  # letters of a title: more than two lines have room for
_INVISIBLE = " \u200c\u200d"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class RowText(NamedTuple):
    """The text and the state of a row.

    ``details`` follow the site, the most important first. ``trouble`` stands before them if the
    article could not be downloaded. ``progress`` is 0 unless the article is partly read.
    """

    title: str
    site: str
    details: tuple[str, ...]
    trouble: str
    unread: bool
    finished: bool
    progress: float
    rtl: bool


def text_of(row: Row) -> RowText:
    """Return the text of a row, safe to show: without control and bidirectional characters."""
    title = title_of(row.title[:_LONGEST])
    begun = 0 < row.progress < FINISHED
    details = (
        _time_of(row),
        phrases.days_ago(row.added_at),
        phrases.pictures_there(row.missing, row.pictures),
    )
    return RowText(
        title,
        plain(row.source[:_LONGEST]),
        tuple(filter(None, details)),
        trouble_of(row),
        unread=not row.progress,
        finished=row.downloaded and row.words > 0 and row.progress >= FINISHED,
        progress=row.progress if begun else 0.0,
        rtl=is_rtl(title),
    )


def trouble_of(row: Row) -> str:
    """Return in two words why an article has no text, ``""`` if nothing went wrong."""
    return phrases.failure_in_short(row.failure) if row.failure else ""


def spoken(row: Row, number: int, count: int) -> str:
    """Return the text of a row for screen readers; it is ``number`` of ``count`` rows."""
    text = text_of(row)
    state = "Unread" if text.unread else "Read" if text.finished else ""
    about = [
        text.site,
        text.trouble or _spoken_time(row),
        phrases.saved_ago(row.added_at),
        phrases.pictures_there(row.missing, row.pictures),
        "favourite" if row.favourite else "",
    ]
    sentences = [state, text.title, ", ".join(filter(None, about)), f"{number:,} of {count:,}"]
    return ". ".join(filter(None, sentences))


def _time_of(row: Row) -> str:
    return phrases.time_left(row.words, row.progress) if row.downloaded else "waiting"


def _spoken_time(row: Row) -> str:
    """Return ``22 minutes``, or ``55 percent read, 4 minutes left``."""
    if not row.downloaded:
        return "waiting for its text"
    if 0 < row.progress < FINISHED:
        left = phrases.minutes_left(row.words, row.progress)
        return f"{round(100 * row.progress)} percent read, {phrases.plural(left, 'minute')} left"
    return phrases.plural(phrases.minutes(row.words), "minute") if row.words else ""


def title_of(title: str) -> str:
    """Return a title as one line, “Untitled” if nothing of it is visible."""
    return plain(title).strip(_INVISIBLE) or "Untitled"


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units, as Qt counts it."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def plain(text: str) -> str:
    """Return untrusted text as one line without control and invisible characters."""
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(
        " " if letter in "\n\t\r\u2028\u2029" else letter
        for letter in text
        if letter in "\n\t\r\u2028\u2029\u200d\u200c" or unicodedata.category(letter) not in _HIDDEN
    )
    return " ".join(kept.split())


def plain_part(text: str) -> str:
    """Return a part of untrusted text without control characters; keep spaces at its ends."""
    inner = plain(text).strip()
    before = " " if text[:1].isspace() else ""
    behind = " " if text[-1:].isspace() and inner else ""
    return f"{before}{inner}{behind}"


def is_rtl(text: str) -> bool:
    """Return whether a text runs from right to left, by its first letter with a direction."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


Marked = Sequence[tuple[str, bool]]
"""Parts of a text, each with whether it matches a search."""

SnippetOf = Callable[[int], Marked]
"""Returns the snippet of an article among the search results."""
