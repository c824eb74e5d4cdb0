"""The rows of an import by their outcomes, and the sentences about them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader import phrases
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
    Reason.REFUSED_MEMBER: "files of no use here",
}
_MOST_NAMED = 2
_MOST_KINDS = 3


class Sums(NamedTuple):
    """The rows of an import by outcome; ``notes`` explain the figures."""

    rows: Mapping[Outcome, tuple[ImportRow, ...]]
    notes: Mapping[Outcome, str]

    def number_of(self, outcome: Outcome) -> int:
        """Return the number of rows with an outcome."""
        return len(self.rows[outcome])

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
    rows = _by_outcome(plan.rows)
    return Sums(rows, {**_notes(rows), Outcome.ADDED: states(plan.states)})


def come_out(rows: Sequence[ImportRow], added: str = "") -> Sums:
    """Return the sums of a result; ``added`` is the note on what was added."""
    of = _by_outcome(rows)
    return Sums(of, {**_notes(of), Outcome.ADDED: added})


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
    return f"{phrases.plural(sums.total, 'row')}: {', '.join(parts)}."


def head(plan: "Plan") -> str:
    """Return the contents of an export: ``4,812 rows, 912 highlights, 2012 to 2025``."""
    parts = [phrases.plural(len(plan.rows), "row")]
    for fact, noun in (("highlights", "highlight"), ("tags", "tag"), ("texts", "text")):
        if count := plan.facts.get(fact, 0):
            parts.append(phrases.plural(count, noun))
    first, last = plan.first[:4], plan.last[:4]
    if first:
        parts.append(first if first == last else f"{first} to {last}")
    return ", ".join(parts)


def no_import(plan: "Plan", sums: Sums) -> str:
    """Return why nothing can be imported, ``""`` if something can."""
    if sums.taken:
        return ""
    if not sums.total:
        return "There is nothing to import in it."
    if sums.number_of(Outcome.UNCHANGED):
        return "All of it is in your library already."
    if plan.format == "csv" and "url" not in plan.choices.columns:
        return "Choose the column that holds the addresses."
    if not sums.number_of(Outcome.SKIPPED):
        return "None of its rows can be read."
    return "None of its rows can be imported with these choices."


def gain(row: ImportRow) -> str:
    """Return the gain of a merged article: ``2 more tags, favourite``."""
    return ", ".join(map(phrases.remark, row.remarks))


def place(row: ImportRow) -> str:
    """Return the place of a row: ``line 318``, ``part_000.csv, line 12``; ``""`` if unknown."""
    if row.where is None:
        return ""
    line = f"line {row.where.line:,}" if row.where.line else ""
    return ", ".join(filter(None, (row.where.file, line)))


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


def states(of: Mapping[State, int]) -> str:
    """Return the states of new articles: ``1,204 unread, 3,313 archived``."""
    queue, archive = of.get(State.QUEUE, 0), of.get(State.ARCHIVE, 0)
    parts = [f"{queue:,} unread" if queue else "", f"{archive:,} archived" if archive else ""]
    return ", ".join(filter(None, parts)) or "nothing is new"


def _notes(rows: Mapping[Outcome, tuple[ImportRow, ...]]) -> dict[Outcome, str]:
    gains = Counter(reason for row in rows[Outcome.UPDATED] for reason in row.reasons)
    kinds = [_GAINS[reason] for reason in _GAINS if gains[reason]][:_MOST_KINDS]
    why = Counter(reason for row in rows[Outcome.SKIPPED] for reason in row.reasons)
    named = [_WHY.get(reason, "") for reason, _ in why.most_common(_MOST_NAMED)]
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
