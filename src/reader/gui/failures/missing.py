"""Which texts are missing and why, for display; read in the background."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from reader import phrases
from reader.library.articles.later_texts import Tally
from reader.library.library import Library
from reader.model import Failure, FailureKind


class Site(NamedTuple):
    """A site with its articles whose text does not come."""

    name: str
    ids: tuple[int, ...]


class Group(NamedTuple):
    """Why texts do not come, and the sites that it is so for, the one with most articles first."""

    kind: FailureKind
    sites: tuple[Site, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of the articles."""
        return tuple(id for site in self.sites for id in site.ids)


class Missing(NamedTuple):
    """What is missing: the tally, the seconds that slow downloads take, groups by reason."""

    tally: Tally
    seconds: float
    is_paused: bool
    groups: tuple[Group, ...]


def missing(
    library: Library, seconds_each: float = 0.0, only: Collection[int] | None = None
) -> Missing:
    """Return what is missing in a library, or of ``only`` some articles.

    ``seconds_each`` is measured, 0 if it is unknown.
    """
    from reader.ingest.politely import USUAL_SECONDS, seconds_left
    from reader.ingest.urls import site_of

    later = library.downloads.later
    chosen = None if only is None else frozenset(only)
    found: defaultdict[FailureKind, defaultdict[str, list[int]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for dead in later.dead():
        if chosen is None or dead.id in chosen:
            found[dead.kind][site_of(dead.url)].append(dead.id)
    groups = [
        Group(
            kind,
            tuple(
                Site(name, tuple(ids))
                for name, ids in sorted(sites.items(), key=lambda each: -len(each[1]))
            ),
        )
        for kind, sites in found.items()
    ]
    groups.sort(key=lambda group: -len(group.ids))
    slow = [each for each in later.slow() if chosen is None or each.id in chosen]
    seconds = seconds_left(slow, seconds_each or USUAL_SECONDS)
    tally = later.tally()
    if chosen is not None:
        home, waiting, dead_ones = library.downloads.standing([*chosen])
        tally = Tally(home, waiting, dead_ones, min(len(slow), waiting))
    return Missing(tally, seconds, later.is_paused, tuple(groups))


def reason(kind: FailureKind) -> str:
    """Return why texts of a kind do not come."""
    return phrases.failure_heading(Failure(kind))


def counted(tally: Tally) -> str:
    """Return the numbers: ``1,204 at home · 3,100 waiting · 41 dead``."""
    return f"{tally.home:,} at home · {tally.waiting:,} waiting · {tally.dead:,} dead"


def going_on(missing: Missing, *, is_offline: bool = False) -> str:
    """Return what becomes of those that wait."""
    slow, opened = missing.tally.slow, missing.tally.waiting - missing.tally.slow
    parts = []
    if slow and missing.is_paused:
        parts.append(f"{_texts(slow)} to be fetched slowly: paused.")
    elif slow and is_offline:
        parts.append(f"{_texts(slow)} fetched slowly once there is a network.")
    elif slow:
        parts.append(f"{_texts(slow)} fetched slowly: {about(missing.seconds)}.")
    if opened:
        verb = "comes when its" if opened == 1 else "come when their"
        parts.append(f"{phrases.plural(opened, 'text')} {verb} article is opened.")
    return " ".join(parts)


def _texts(count: int) -> str:
    return f"{phrases.plural(count, 'text')} {'is' if count == 1 else 'are'}"


def about(seconds: float) -> str:
    """Return a long time, roughly: ``about 2 days``."""
    minutes = max(1, round(seconds / 60))
    if minutes < 90:
        return f"about {phrases.plural(minutes, 'minute')}"
    hours = round(minutes / 60)
    return f"about {hours} hours" if hours < 36 else f"about {round(hours / 24)} days"
