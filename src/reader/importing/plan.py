"""The plan of an import: what would be done with each item, before anything is done."""

from collections.abc import Mapping
from typing import NamedTuple

from reader.entries import Entry
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.library.library import Library
from reader.model import State
from reader.outcomes import ImportRow, Outcome
from reader.progress import Report, silent

DEFAULT = Choices()


class Plan(NamedTuple):
    """What an import would do: a row for each item of the export, which add up.

    ``rows`` are as those of the result; ``entries`` are what will be added or merged, each with its
    index in ``rows``. ``facts`` are counts for display: ``tags``, ``highlights``, ``texts`` (in the
    export), ``waiting`` (to be downloaded), ``folders``, ``from_feed``; ``first`` and ``last`` are
    the dates between which the articles were added.
    """

    format: str
    names: tuple[str, ...]
    choices: Choices
    rows: tuple[ImportRow, ...]
    entries: tuple[tuple[int, Entry], ...]
    states: Mapping[State, int]
    facts: Mapping[str, int]
    first: str = ""
    last: str = ""

    def number_of(self, outcome: Outcome) -> int:
        """Return the number of rows with an outcome."""
        return sum(row.outcome is outcome for row in self.rows)


def plan(
    library: Library,
    bundle: Bundle,
    format: Format,
    choices: Choices = DEFAULT,
    report: Report = silent,
) -> Plan:
    """Return what an import would do. Nothing is changed, nothing is fetched.

    Raises Cancelled if ``report`` does, and LibraryError if the library cannot be read.
    """
    raise NotImplementedError
