"""An import, from its plan to the stored report."""

from reader.importing.bundle import Bundle
from reader.importing.plan import Plan
from reader.library.library import Library
from reader.outcomes import ImportResult
from reader.progress import Report, silent


def run(library: Library, bundle: Bundle, plan: Plan, report: Report = silent) -> ImportResult:
    """Take in what was planned; return a row for each item of the export, as it came out.

    A copy of the library is taken before. The originals and the report are kept in the library;
    ``reports.earlier(library)[0]`` is that report. If ``report`` raises Cancelled, nothing has
    changed. If nothing is to be changed, nothing is kept.
    """
    raise NotImplementedError
