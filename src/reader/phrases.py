"""Numbers and times as people say them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reader.model import FINISHED, Length
from reader.steps import Label, Verb

if TYPE_CHECKING:
    from datetime import datetime

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction, on average (M. Brysbaert, 2019, "How many words do
we read per minute?", Journal of Memory and Language 109)."""

WAITING = "<p><em>The text of this article has not been downloaded yet.</em></p>"
"""What an article shows, as canonical HTML, while it waits for its text."""

_MONTHS = (
    "January February March April May June July August September October November December".split()
)


UNSURE = "This may not be all of the article, or more than it: the page was hard to read."


def is_unsure(html: str) -> bool:
    """Return whether canonical HTML says of itself that it may not be the article."""
    return f"<em>{UNSURE}</em>" in html[:1000]


def minutes(words: int) -> int:
    """Return how long reading takes, in minutes: at least 1 where there is anything to read."""
    return max(1, round(words / WORDS_A_MINUTE)) if words else 0


def minutes_left(words: int, progress: float) -> int:
    """Return how long it takes to read on from where one was, in minutes."""
    return minutes(round(words * (1 - progress)))


def reading_time(words: int) -> str:
    """Return ``7 min``, or ``2 h 5 min``; ``""`` where there is nothing to read."""
    return duration(60 * minutes(words)) if words else ""


def duration(seconds: int) -> str:
    """Return ``0 min``, ``7 min``, ``2 h 5 min`` or ``2 h``; what was begun counts as a minute."""
    hours, rest = divmod(max(1, round(seconds / 60)) if seconds else 0, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours:,} h {rest} min" if rest else f"{hours:,} h"


def time_left(words: int, progress: float) -> str:
    """Return ``7 min``, or ``4 min left`` for what was begun and is not read yet."""
    if not 0 < progress < FINISHED:
        return reading_time(words)
    return f"{duration(60 * minutes_left(words, progress))} left"


def length(much: Length) -> str:
    """Return ``34 articles · 5 h 10 min``; ``""`` for none."""
    time = reading_time(much.words)
    articles = plural(much.articles, "article") if much.articles else ""
    return " · ".join(each for each in (articles, time) if each)


def plural(count: int, noun: str) -> str:
    """Return ``1 article`` or ``3 articles``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def pictures_there(missing: int, every: int) -> str:
    """Return ``12 of 14 pictures``, ``""`` where none is missing."""
    return f"{every - missing} of {plural(every, 'picture')}" if missing else ""


def day(iso: str) -> str:
    """Return ``25 November 2026`` for ISO text, as far as it goes; ``""`` for anything else."""
    parts = iso[:10].split("-")
    if not all(part.isdecimal() for part in parts) or len(parts[0]) != 4:
        return ""
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return ""
    words = [parts[0], *(_MONTHS[number - 1] for number in numbers[1:2]), *map(str, numbers[2:3])]
    return " ".join(reversed(words))


def age(iso: str, now: "datetime | None" = None) -> str:
    """Return how long ago a UTC time was: ``now``, ``5 min ago``, ``2 d ago``, ``Mar 2024``."""
    from datetime import UTC, datetime  # who shows no ages does not pay for it

    try:
        then = datetime.fromisoformat(iso.replace("Z", "+00:00"))
    except ValueError:
        return ""
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    seconds = ((now or datetime.now(UTC)) - then).total_seconds()
    for limit, size, unit in (
        (60, 60, ""),
        (3600, 60, "min"),
        (86_400, 3600, "h"),
        (14 * 86_400, 86_400, "d"),
        (60 * 86_400, 7 * 86_400, "wk"),
    ):
        if seconds < limit:
            return f"{int(seconds // size)} {unit} ago" if unit else "now"
    return f"{_MONTHS[then.month - 1][:3]} {then.year}"


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
    Verb.EXTRACT_AGAIN: "Extracted again:",
    Verb.FETCH_PICTURES: "Fetched the pictures of",
    Verb.WHOLE_PAGE: "Showed the whole page of",
    Verb.TO_TOP: "To the top of the queue:",
    Verb.TO_END: "To the end of the queue:",
    Verb.NEXT_UP: "Next up:",
    Verb.MOVE: "Moved in the queue:",
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
}


def step(label: Label) -> str:
    """Return what a step did: ``Archived “Title”``, ``Archived 3 articles``."""
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
