"""The rows of an import by their outcomes, and the sentences about them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reader import exchange_phrases, phrases
from reader.entries import Placing
from reader.model import State
from reader.outcomes import ImportRow, Outcome
from reader.reasons import Reason

if TYPE_CHECKING:
    from reader.importing.plan import Plan

ORDER = (
    Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.SKIPPED, Outcome.FAILED,
)  # fmt: skip
"""The outcomes in the order of the figures."""

_BEFORE: Mapping[Outcome, tuple[str, str]] = {
    Outcome.ADDED: ("will be added", "will be added"),
    Outcome.UPDATED: ("merges with yours", "merge with yours"),
    Outcome.UNCHANGED: ("is the same", "are the same"),
    Outcome.SKIPPED: ("left out", "left out"),
    Outcome.FAILED: ("cannot be read", "cannot be read"),
}
_AFTER: Mapping[Outcome, tuple[str, str]] = {
    Outcome.ADDED: ("was added", "were added"),
    Outcome.UPDATED: ("was merged", "were merged"),
    Outcome.UNCHANGED: ("was the same", "were the same"),
    Outcome.SKIPPED: ("was left out", "were left out"),
    Outcome.FAILED: ("could not be read", "could not be read"),
}
_GAINS = {
    Reason.MORE_TAGS: "tags",
    Reason.MORE_HIGHLIGHTS: "highlights",
    Reason.OLDER_DATE: "dates",
    Reason.MADE_FAVOURITE: "favourites",
    Reason.TEXT_ADDED: "texts",
}
_WHY = {
    Reason.SAME_AS: "same row twice",
    Reason.FROM_FEED: "items of feeds",
    Reason.NO_ADDRESS: "no address",
    Reason.NOT_AN_ADDRESS: "not an address",
    Reason.SAME_IN: "same row twice",
    Reason.REFUSED_MEMBER: "files of no use here",
}
NO_COLUMN = "Choose the column that holds the addresses."
"""What is missing to import a table."""

_MOST_NAMED = 2
_MOST_KINDS = 3


_NONE: Mapping[State, int] = MappingProxyType({})


class Sums(NamedTuple):
    """The rows of an import by outcome; ``notes`` explain the figures.

    ``fresh`` are the states of the new articles.
    """

    rows: Mapping[Outcome, tuple[ImportRow, ...]]
    notes: Mapping[Outcome, str]
    fresh: Mapping[State, int]

    def number_of(self, outcome: Outcome) -> int:
        """Return the number of rows with an outcome."""
        return len(self.rows[outcome])

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """The numbers of rows by outcome."""
        return {outcome: len(rows) for outcome, rows in self.rows.items()}

    @property
    def total(self) -> int:
        """The number of all rows."""
        return sum(map(len, self.rows.values()))

    @property
    def taken(self) -> int:
        """The number of rows that are added or merged."""
        return self.number_of(Outcome.ADDED) + self.number_of(Outcome.UPDATED)

    @property
    def problems(self) -> tuple[ImportRow, ...]:
        """The rows that could not be read, then those that are left out."""
        return (*self.rows[Outcome.FAILED], *self.rows[Outcome.SKIPPED])


def foreseen(plan: "Plan") -> Sums:
    """Return the sums of a plan."""
    return come_out(plan.rows, fresh(plan))


def come_out(rows: Sequence[ImportRow], fresh: Mapping[State, int] = _NONE) -> Sums:
    """Return the sums of a result; ``fresh`` are the states of the new articles."""
    of = _by_outcome(rows)
    return Sums(of, {**_notes(of), Outcome.ADDED: _states(fresh) if fresh else ""}, fresh)


def fresh(plan: "Plan") -> Mapping[State, int]:
    """Return the states of the articles that a plan adds."""
    added = (entry for index, entry in plan.entries if plan.rows[index].outcome is Outcome.ADDED)
    return Counter(entry.state for entry in added)


def words(outcome: Outcome, count: int, *, is_done: bool = False) -> str:
    """Return the words after a number of rows: ``will be added``, ``were merged``."""
    one, many = (_AFTER if is_done else _BEFORE)[outcome]
    return one if count == 1 else many


def sentence(sums: Sums, *, is_done: bool = False) -> str:
    """Return all sums as a sentence, for screen readers."""
    parts = []
    for outcome in ORDER:
        count = sums.number_of(outcome)
        parts.append(f"{count:,} {words(outcome, count, is_done=is_done)}")
    return f"{phrases.plural(sums.total, 'item')}: {', '.join(parts)}."


def head(plan: "Plan") -> str:
    """Return the contents of an export: ``4,812 items, 912 highlights, 2012 to 2025``."""
    return exchange_phrases.facts(len(plan.rows), plan.facts, plan.first, plan.last)


def no_import(plan: "Plan", sums: Sums) -> str:
    """Return why nothing can be imported, ``""`` if something can."""
    if sums.taken or plan.brings_rest:
        return ""
    if not sums.total:
        return "There is nothing to import in it."
    if sums.number_of(Outcome.UNCHANGED):
        return "All of it is in your library already."
    if plan.format == "csv" and "url" not in plan.choices.columns:
        return NO_COLUMN
    if not sums.number_of(Outcome.SKIPPED):
        return "None of its rows can be read."
    return "None of its rows can be imported with these choices."


def gain(row: ImportRow) -> str:
    """Return the gain of a merged article: ``2 more tags, favourite``."""
    return ", ".join(map(phrases.remark, row.remarks))


def place(row: ImportRow) -> str:
    """Return the place of a row: ``line 318``, ``part_000.csv, line 12``; ``""`` if unknown."""
    return exchange_phrases.place(row.where) if row.where is not None else ""


def as_line(row: ImportRow) -> str:
    """Return all that is known about a row in one line."""
    why = phrases.remarks(row.remarks) or str(row.outcome)
    return " – ".join(filter(None, (place(row), why, row.name)))


def hours(texts: int, seconds_each: float = 5.0) -> str:
    """Return how long the download of texts takes, roughly: ``about 6 h``."""
    minutes = max(1, round(texts * seconds_each / 60))
    if minutes < 90:
        return f"about {minutes} min"
    if minutes < 36 * 60:
        return f"about {round(minutes / 60)} h"
    return f"about {round(minutes / 60 / 24)} days"


def placed(placing: Placing) -> str:
    """Return a place for articles of the queue in words."""
    return {
        Placing.BEHIND: "behind the queue",
        Placing.BEFORE: "before it",
        Placing.ARCHIVE: "into the archive",
    }[placing]


def _by_outcome(rows: Sequence[ImportRow]) -> dict[Outcome, tuple[ImportRow, ...]]:
    of: dict[Outcome, list[ImportRow]] = {outcome: [] for outcome in ORDER}
    for row in rows:
        of[row.outcome].append(row)
    return {outcome: tuple(found) for outcome, found in of.items()}


def _states(of: Mapping[State, int]) -> str:
    """Return the states of new articles: ``1,204 unread, 3,313 archived``."""
    queue, archive = of.get(State.QUEUE, 0), of.get(State.ARCHIVE, 0)
    parts = [f"{queue:,} unread" if queue else "", f"{archive:,} archived" if archive else ""]
    return ", ".join(filter(None, parts))


def _notes(rows: Mapping[Outcome, tuple[ImportRow, ...]]) -> dict[Outcome, str]:
    gains = Counter(reason for row in rows[Outcome.UPDATED] for reason in row.reasons)
    kinds = [_GAINS[reason] for reason in _GAINS if gains[reason]][:_MOST_KINDS]
    why = Counter(reason for row in rows[Outcome.SKIPPED] for reason in row.reasons)
    named = dict.fromkeys(_WHY.get(reason, "") for reason, _ in why.most_common(_MOST_NAMED))
    same = rows[Outcome.UNCHANGED]
    return {
        Outcome.UPDATED: f"{_listed(kinds)} come together" if kinds else "nothing to merge",
        Outcome.UNCHANGED: "nothing to do" if same else "none is known yet",
        Outcome.SKIPPED: _listed([*filter(None, named)]) or "nothing is left out",
        Outcome.FAILED: "the reasons are below" if rows[Outcome.FAILED] else "all can be read",
    }


def _listed(words: Sequence[str]) -> str:
    """Return ``tags``, ``tags and dates``, ``tags, dates and texts``."""
    *most, last = words or ("",)
    return f"{', '.join(most)} and {last}" if most else last
