"""The outcome of work in parts, such as an import or an export, row by row."""

from enum import StrEnum
from typing import NamedTuple

from reader.reasons import Failure, Reason, Remark


class Where(NamedTuple):
    """A place in an import: the member of an archive or folder, and a line or item.

    ``file`` is ``""`` if there is only one file; ``line`` counts from 1 and is 0 if unknown.
    """

    file: str = ""
    line: int = 0


class Outcome(StrEnum):
    """The result of one item of an import: UPDATED is also one that was merged."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"


class Filed(NamedTuple):
    """The result of filing a clipping."""

    id: int
    outcome: Outcome


class ImportRow(NamedTuple):
    """One item of work in parts, such as an import: its name and its outcome.

    ``article`` is the id of the item's article, 0 if it has none. ``failure`` is the reason
    why a download failed, if it did. ``where`` is its place in an imported file.
    """

    name: str
    outcome: Outcome
    article: int = 0
    remarks: tuple[Remark, ...] = ()
    failure: Failure | None = None
    where: Where | None = None

    @property
    def reasons(self) -> frozenset[Reason]:
        """Return the reasons of all remarks."""
        return frozenset(remark.reason for remark in self.remarks)

    @property
    def pages(self) -> int:
        """Return the number of pages that were printed, 0 if none were."""
        return sum(sum(x.numbers) for x in self.remarks if x.reason is Reason.PAGES)


class ImportResult(NamedTuple):
    """The results of all items of work in parts, one row each."""

    rows: tuple[ImportRow, ...] = ()

    def number_of(self, outcome: Outcome) -> int:
        """Return the number of rows with an outcome; those of all outcomes add up to the rows."""
        return sum(row.outcome is outcome for row in self.rows)

    def __str__(self) -> str:
        """Return a summary: ``3 added, 1 unchanged, 1 failed``."""
        parts = [
            f"{self.number_of(outcome)} {outcome}" for outcome in Outcome if self.number_of(outcome)
        ]
        return ", ".join(parts) or "nothing to add"
