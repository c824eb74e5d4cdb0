"""Numbers, times and reasons as sentences and parts of sentences."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reader import exchange_phrases
from reader.model import FINISHED, Caveat, Failure, FailureKind, Length
from reader.reasons import Reason, Remark
from reader.steps import Label, Verb

if TYPE_CHECKING:
    from datetime import date, datetime

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction, on average (M. Brysbaert, 2019, "How many words do
we read per minute?", Journal of Memory and Language 109)."""

FAILURES: Mapping[FailureKind, tuple[str, str]] = MappingProxyType(
    {
        FailureKind.GONE: ("not there", "The site no longer has this page"),
        FailureKind.REFUSED: ("refused", "The site refuses to send this page"),
        FailureKind.LOGIN: ("needs a login", "This page needs a login"),
        FailureKind.SERVER: ("site in trouble", "The site is in trouble"),
        FailureKind.OFFLINE: ("offline", "The site could not be reached"),
        FailureKind.SLOW: ("too slow", "The site took too long to answer"),
        FailureKind.UNSAFE: ("no safe connection", "There is no safe connection to this site"),
        FailureKind.LARGE: ("too large", "This page is too large"),
        FailureKind.EMPTY: ("no text", "There is no text on this page"),
        FailureKind.UNSUPPORTED: ("unknown format", "This is not a page that Reader can read"),
        FailureKind.UNTYPED: ("not asked", "This address is not on the public network"),
        FailureKind.OTHER: ("failed", "This page could not be read"),
    }
)
"""A failed download in two words, and as a heading."""

WAITING = "<p><em>The text of this article has not been downloaded yet.</em></p>"
"""The canonical HTML that is shown while an article it waits for its text."""

_MONTHS_FROM = 60  # days: from then on an age is the month
MONTHS = (
    "January February March April May June July August September October November December".split()
)

CAVEATS: Mapping[Caveat, str] = MappingProxyType(
    {
        Caveat.UNSURE: "may not be the whole article",
        Caveat.PARTIAL: "the end may be missing",
        Caveat.DAMAGED: "something may be missing",
    }
)
"""The caveats of a text, in the details above it."""

_REMARKS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.ERROR: "{text}",
        Reason.UNREACHABLE: "{text} It waits.",
        Reason.WAITING: "it waits for its text",
        Reason.NOT_IN_LIBRARY: "it is not in the library",
        Reason.NOT_FROM_WEB: "it is not from the web",
        Reason.NOT_MODIFIED: "the page has not changed",
        Reason.MERGED: "it is another article of the library",
        Reason.OTHER_ADDRESS: "it was in the library under another address",
        Reason.KEPT_AS_FILE: "kept as a file: {text}",
        Reason.PARTIAL: "the page was not downloaded completely",
        Reason.DAMAGED: "the file is damaged or truncated: something may be missing",
        Reason.BEING_WRITTEN: "the file was written to while it was read; add it again once it is "
        "complete",
        Reason.PICTURES_MISSING: "{0} of {1} pictures are missing",
        Reason.NO_PICTURE_MISSING: "no picture is missing whose address is known",
        Reason.IN_TRASH: "it is in the trash",
        Reason.NO_PAGE: "its page was not kept",
        Reason.EDITED: "it was cleaned up by hand",
        Reason.UNSURE: "the new text may not be the article",
        Reason.SHORTER: "it would get shorter ({1} words, not {0})",
        Reason.LENGTHS: "{0} words before, {1} now",
        Reason.PAGE_SHORTER: "the page has become much shorter; the existing text is kept",
        Reason.PAGE_UNSURE: "the page's text may not be the article; the existing text is kept",
        Reason.PAGE_PARTIAL: "the page was not downloaded completely; the existing text is kept",
        Reason.PAGE_PICTURES: "not all pictures could be downloaded; the existing text is kept",
        Reason.PAGES: "{pages}",
        Reason.NOT_ACCESSIBLE: "not marked as PDF/UA: {text}",
        Reason.NOT_FOR_ARCHIVES: "not marked as PDF/A: {text}",
        Reason.FROM_ARCHIVE: "from the Internet Archive, as it was on {0}-{1:02}-{2:02}",
        Reason.NOT_ARCHIVED: "the Internet Archive has no copy of this page",
        Reason.ARCHIVE_UNREACHABLE: "the Internet Archive did not answer: {text}",
        **exchange_phrases.REMARKS,
    }
)


def remark(remark: Remark) -> str:
    """Return a remark in words, without a full stop unless its text has one."""
    pages = plural(sum(remark.numbers), "page")
    return _REMARKS[remark.reason].format(*remark.numbers, text=remark.text, pages=pages)


def remarks(all: Iterable[Remark]) -> str:
    """Return remarks in words, ``""`` if there are none."""
    return "; ".join(map(remark, all))


def printed(pages: int, all: Iterable[Remark]) -> str:
    """Return the number of printed pages, and the remarks on the file."""
    return "; ".join((plural(pages, "page"), *map(remark, all)))


def minutes(words: int) -> int:
    """Return the reading time in minutes, at least 1 unless there are no words."""
    return max(1, round(words / WORDS_A_MINUTE)) if words else 0


def minutes_left(words: int, progress: float) -> int:
    """Return the remaining reading time in minutes."""
    return minutes(round(words * (1 - progress)))


def reading_time(words: int) -> str:
    """Return ``7 min``, or ``2 h 5 min``; ``""`` if there is nothing to read."""
    return duration(60 * minutes(words)) if words else ""


def duration(seconds: int) -> str:
    """Return ``0 min``, ``7 min``, ``2 h 5 min`` or ``2 h``; a fraction counts as a minute."""
    hours, rest = divmod(max(1, round(seconds / 60)) if seconds else 0, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours:,} h {rest} min" if rest else f"{hours:,} h"


def time_left(words: int, progress: float) -> str:
    """Return ``7 min``, or ``4 min left`` if the article is partly read."""
    if not 0 < progress < FINISHED:
        return reading_time(words)
    return f"{duration(60 * minutes_left(words, progress))} left"


def length(much: Length) -> str:
    """Return ``34 articles · 5 h 10 min``; ``""`` for none."""
    time = reading_time(much.words)
    articles = plural(much.articles, "article") if much.articles else ""
    return " · ".join(part for part in (articles, time) if part)


def plural(count: int, noun: str) -> str:
    """Return ``1 article`` or ``3 articles``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def bytes_of(count: int) -> str:
    """Return a size in words, such as “4.2 MB”."""
    size, unit = float(count), "bytes"
    for larger in ("KB", "MB", "GB", "TB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:,.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:,.1f} {unit}"


def pictures_there(missing: int, every: int) -> str:
    """Return ``12 of 14 pictures``, ``""`` if none is missing."""
    return f"{every - missing} of {plural(every, 'picture')}" if missing else ""


def day(iso: str) -> str:
    """Return ``25 November 2026`` for an ISO date, or the parts it has; ``""`` if it is none."""
    parts = iso[:10].split("-")
    if not all(part.isdecimal() for part in parts) or len(parts[0]) != 4:
        return ""
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return ""
    words = [parts[0], *(MONTHS[number - 1] for number in numbers[1:2]), *map(str, numbers[2:3])]
    return " ".join(reversed(words))


def days(first: "date", last: "date") -> str:
    """Return ``23–29 November 2026``, ``28 December 2026 – 3 January 2027``."""
    if first.year != last.year:
        return f"{day(first.isoformat())} – {day(last.isoformat())}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(last.isoformat())}"
    return f"{first.day}–{day(last.isoformat())}" if first != last else day(last.isoformat())


def moment(iso: str, now: "datetime | None" = None) -> str:
    """Return a UTC time in local time: ``today at 09:12``, ``on 3 March 2026 at 18:00``."""
    then = _local(iso)
    if then is None:
        return ""
    days = {1: "yesterday", 0: "today", -1: "tomorrow"}
    when = days.get(_days_since(then, now)) or f"on {day(then.date().isoformat())}"
    return f"{when} at {then:%H:%M}"


def local_day(iso: str) -> str:
    """Return the local day of a UTC time as an ISO date, ``""`` if it is none."""
    then = _local(iso)
    return "" if then is None else then.date().isoformat()


def _local(iso: str) -> "datetime | None":
    """Return a UTC time in local time, None if it is invalid."""
    from datetime import UTC, datetime  # imported only if times are shown

    try:
        then = datetime.fromisoformat(iso)
        return (then if then.tzinfo else then.replace(tzinfo=UTC)).astimezone()
    except (ValueError, OverflowError):
        return None


def _days_since(then: "datetime", now: "datetime | None") -> int:
    return (_now(now).date() - then.date()).days


def _now(now: "datetime | None") -> "datetime":
    from datetime import UTC, datetime

    return (now or datetime.now(UTC)).astimezone()


def failure_in_short(failure: Failure) -> str:
    """Return a failed download in two words: ``not there (404)``, ``offline``."""
    words = FAILURES[failure.kind][0]
    return f"{words} ({failure.status})" if failure.status else words


def failure_heading(failure: Failure) -> str:
    """Return a failed download as a heading."""
    if failure.status == 407:
        return "The proxy needs a login"
    return FAILURES[failure.kind][1]


def failure_details(failure: Failure, now: "datetime | None" = None) -> str:
    """Return the answer of the site, when it was tried, and when it is tried again."""
    tried = moment(failure.tried_at, now)
    times = ""
    if failure.tries > 1:
        tried, times = f"last {tried}", f", {_times(failure.tries)} in all"
    parts = []
    if failure.status:
        parts.append(f"It answered “{_status(failure.status)}”, {tried}{times}.")
    elif tried:
        parts.append(f"Tried {tried}{times}.")
    return " ".join([*parts, _next_attempt(failure, now)])


def _next_attempt(failure: Failure, now: "datetime | None") -> str:
    again = _local(failure.again_at)
    if again is None:
        return "Reader does not try again by itself."
    if again <= _now(now):
        return "Reader tries again soon."
    return f"Reader tries again {moment(failure.again_at, now)}."


def _times(count: int) -> str:
    return {2: "twice", 3: "three times"}.get(count, f"{count:,} times")


def _status(status: int) -> str:
    from http import HTTPStatus  # imported only if a status is shown

    known = {each.value: each.phrase for each in HTTPStatus}
    return f"{status} {known.get(status, '')}".strip()


def age(iso: str, now: "datetime | None" = None) -> str:
    """Return the age of a UTC time: ``now``, ``5 min ago``, ``2 d ago``, ``Mar 2024``."""
    then = _local(iso)
    if then is None:
        return ""
    seconds = (_now(now) - then).total_seconds()
    for limit, size, unit in (
        (60, 60, ""),
        (3600, 60, "min"),
        (86_400, 3600, "h"),
        (14 * 86_400, 86_400, "d"),
        (60 * 86_400, 7 * 86_400, "wk"),
    ):
        if seconds < limit:
            return f"{int(seconds // size)} {unit} ago" if unit else "now"
    return _month(then, 3)


def days_ago(iso: str, now: "datetime | None" = None) -> str:
    """Return the age of a UTC time in days of the clock on the wall: ``today``, ``2 d``, ``1 wk``.

    It is the month after two months, and ``""`` if the time is invalid.
    """
    then = _local(iso)
    if then is None:
        return ""
    days = _days_since(then, now)
    if days < 1:
        return "today"
    if days < _MONTHS_FROM:
        return f"{days} d" if days < 7 else f"{days // 7} wk"
    return _month(then, 3)


def saved_ago(iso: str, now: "datetime | None" = None) -> str:
    """Return the age of a UTC time as it is spoken: ``saved 4 days ago``."""
    then = _local(iso)
    if then is None:
        return ""
    days = _days_since(then, now)
    if days < 1:
        return "saved today"
    if days < _MONTHS_FROM:
        age = plural(days, "day") if days < 7 else plural(days // 7, "week")
        return f"saved {age} ago"
    return f"saved in {_month(then)}"


def _month(then: "datetime", letters: int | None = None) -> str:
    return f"{MONTHS[then.month - 1][:letters]} {then.year}"


# ---- steps

_ABOUT_ARTICLES = {
    Verb.QUEUE: "Put into the queue:",
    Verb.ARCHIVE: "Archived",
    Verb.TRASH: "Moved to the trash:",
    Verb.RESTORE: "Restored",
    Verb.FAVOURITE: "Made a favourite:",
    Verb.NO_FAVOURITE: "No longer a favourite:",
    Verb.TAG: "Tagged “{name}”:",
    Verb.UNTAG: "Removed the tag “{name}”:",
    Verb.RETITLE: "Renamed",
    Verb.USE_VERSION: "Chose another text of",
    Verb.CLEAN_UP: "Cleaned up",
    Verb.START_AGAIN: "Started again:",
    Verb.EXTRACT_AGAIN: "Extracted again:",
    Verb.FETCH_PICTURES: "Fetched the pictures of",
    Verb.WHOLE_PAGE: "Showed the whole page of",
    Verb.PASTE: "Pasted the text of",
    Verb.TO_TOP: "To the top of the queue:",
    Verb.TO_END: "To the end of the queue:",
    Verb.NEXT_UP: "Next up:",
    Verb.MOVE: "Moved in the queue:",
    Verb.SUBJECTS: "Turned tags into subjects:",
    Verb.IMPORT: "Imported",
    Verb.FROM_COPY: "Restored from a copy:",
    Verb.DELETE: "Deleted for good:",
}
_ABOUT_OTHERS = {
    Verb.MERGE: "Merged two copies of {title}",
    Verb.TELL_APART: "Not the same: {title} and {other}",
    Verb.RENAME_TAG: "Renamed the tag “{old}” to “{new}”",
    Verb.COLOUR_TAG: "Coloured the tag “{name}”",
    Verb.DELETE_TAG: "Deleted the tag “{name}”",
    Verb.SAVE_SEARCH: "Saved the search “{name}”",
    Verb.RENAME_SEARCH: "Renamed the search to “{name}”",
    Verb.CHANGE_SEARCH: "Changed a saved search",
    Verb.DELETE_SEARCH: "Deleted a saved search",
    Verb.MOVE_SEARCH: "Moved a saved search",
    Verb.DELETE_WORDS: "Deleted {name} of the vocabulary",
    Verb.MERGE_COPY: "Merged the copy “{name}”",
    Verb.REPAIR: "Repaired the library",
}


def step(label: Label) -> str:
    """Return a description of a step: ``Archived “Title”``, ``Archived 3 articles``."""
    verb, told = label
    if verb is Verb.TAGS:
        return _tags(told.get("added", ()), told.get("removed", ()), told.get("count", 0))
    if verb in _ABOUT_OTHERS:
        words = {name: told.get(name, "") for name in ("old", "new", "name")}
        titles = {
            each: f"“{told[each]}”" if told.get(each) else "an article"
            for each in ("title", "other")
        }
        return _ABOUT_OTHERS[verb].format(**words, **titles)
    said = _ABOUT_ARTICLES.get(verb) or str(told.get("text", ""))
    if verb is Verb.TEXT and "count" not in told:
        return said  # a whole sentence of an older Reader
    if verb is not Verb.TEXT:
        said = said.format(name=told.get("name", ""))
    return f"{said} {_articles(told)}"


def _articles(told: Mapping[str, Any]) -> str:
    count = told.get("count", 0)
    return f"“{told['title']}”" if "title" in told else plural(count, "article")


def _tags(added: Sequence[str], removed: Sequence[str], count: int) -> str:
    """Return ``Tagged “art”; Removed the tag “code”: 3 articles``."""
    parts = []
    if added:
        parts.append("Tagged " + ", ".join(f"“{each}”" for each in added))
    if removed:
        parts.append("Removed the tag " + ", ".join(f"“{each}”" for each in removed))
    return f"{'; '.join(parts)}: {plural(count, 'article')}"
