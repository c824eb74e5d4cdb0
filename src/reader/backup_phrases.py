"""Copies of the library in words: their reasons, their days and times, their changed fields."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from reader import phrases
from reader.phrases import MONTHS

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "changes": "after changes",
        "asked": "asked for by hand",
        "migration": "before the library was upgraded",
        "import": "before an import",
        "bulk": "before many articles were changed",
        "repair": "before the library was repaired",
        "trash": "before the trash was emptied",
        "restore": "before a copy was restored",
        "found": "found beside the library",
    }
)
_COUNTED: Mapping[str, str] = MappingProxyType(
    {"bulk": "", "import": "{were} added", "trash": "{were} deleted for good"}
)
"""Reasons with a number of articles; the change of ``bulk`` is that of its verb."""
_BULK: Mapping[str, str] = MappingProxyType(
    {
        "queue": "{were} put into the queue",
        "archive": "{were} archived",
        "trash": "{were} moved to the trash",
        "restore": "{were} restored",
        "favourite": "{were} marked as favourite",
        "no_favourite": "{were} unmarked as favourite",
        "tag": "{were} tagged “{name}”",
        "tags": "{were} tagged",
        "untag": "lost the tag “{name}”",
        "delete_tag": "lost the tag “{name}”",
        "rename_tag": "got the tag “{new}” in place of “{old}”",
        "extract_again": "{were} extracted again",
        "fetch_pictures": "got their pictures",
    }
)
_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "published_at": "date",
        "byline": "author",
        "state": "shelf",
        "place": "place in the queue",
        "position": "place in the text",
        "read_at": "reading",
        "opened_at": "reading",
        "tag": "tags",
        "merged_into": "merging",
        "found": "details of the page",
    }
)
"""Names of the history's fields for which there is a better word."""


def reason(reason: str, told: Mapping[str, Any] = MappingProxyType({})) -> str:
    """Return a reason in words from its stored value and its arguments.

    For example: ``before 500 articles were archived``.
    """
    if reason == "import" and (source := told.get("source")):
        return f"before the import from {source}"
    if reason in _COUNTED and isinstance(count := told.get("count"), int):
        change = _COUNTED[reason] or _BULK.get(str(told.get("verb", "")), "{were} changed")
        names = {name: str(told.get(name, "")) for name in ("name", "old", "new")}
        done = change.format(were="was" if count == 1 else "were", **names)
        return f"before {phrases.plural(count, 'article')} {done}"
    return _REASONS.get(reason, "for another reason")


def moment(then: float, now: float) -> str:
    """Return a time in seconds since 1970: ``today, 15:02``, ``yesterday, 21:40``, a date.

    It is ``""`` if the time is unknown, which is 0.
    """
    if (when := _local(then)) is None:
        return ""
    days = (_day(now) - when.date()).days
    name = {0: "today", 1: "yesterday"}.get(days) or phrases.day(when.date().isoformat())
    return f"{name}, {when:%H:%M}"


def heading(then: float, now: float) -> str:
    """Return the heading of a day: Today, Yesterday, This week, or the month."""
    when = _local(then)
    if when is None:
        return "At an unknown time"
    days = (_day(now) - when.date()).days
    if days in (0, 1):
        return ("Today", "Yesterday")[days]
    if 1 < days < 7:
        return "This week"
    return f"{MONTHS[when.month - 1]} {when.year}"


def short_time(then: float, now: float) -> str:
    """Return a time below its heading: ``15:02``, ``Wed``, or ``3 May``."""
    when = _local(then)
    if when is None:
        return "–"
    days = (_day(now) - when.date()).days
    if days in (0, 1):
        return f"{when:%H:%M}"
    if 1 < days < 7:
        return _WEEKDAYS[when.weekday()]
    return f"{when.day} {MONTHS[when.month - 1][:3]}"


def age(seconds: float) -> str:
    """Return how old something is: ``a moment``, ``12 minutes``, ``3 days``."""
    for size, noun in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return phrases.plural(int(seconds // size), noun)
    return "a moment"


def fields(names: Sequence[str]) -> str:
    """Return changed fields in words: ``title, tags and text``."""
    kinds = [name.partition("/")[0] for name in names]
    words = [*dict.fromkeys(_FIELDS.get(kind, kind.replace("_", " ")) for kind in kinds)]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def last_of_days(times: Iterable[float], now: float) -> set[float]:
    """Return the times that are the last of their days, of days before yesterday."""
    last: dict[date, float] = {}
    for then in times:
        when = _local(then)
        if when is not None and (_day(now) - when.date()) > timedelta(days=1):
            last[when.date()] = max(then, last.get(when.date(), 0.0))
    return {*last.values()}


def _day(now: float) -> date:
    return datetime.fromtimestamp(now).date()


def _local(then: float) -> datetime | None:
    """Return a time in local time, None if it is unknown or out of range."""
    try:
        return datetime.fromtimestamp(then) if then > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def consequences(deleted: int, changed: int, added: int) -> str:
    """Return in sentences how restoring the whole library changes it, from three counts.

    They count the articles that were deleted, changed and added since the copy was made.
    """
    then = "it was" if changed == 1 else "they were"
    sentences = [
        f"{phrases.plural(added, 'article')} added since then will not be in the library."
        if added else "",
        f"{phrases.plural(changed, 'article')} will be as {then} then." if changed else "",
        f"{phrases.plural(deleted, 'deleted article')} will be back." if deleted else "",
    ]  # fmt: skip
    return " ".join(filter(None, sentences)) or "No article differs from the present."
