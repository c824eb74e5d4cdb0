"""Vertical justification: the columns of a page end at its foot, as the lines of a text do."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reader.printing.boxes import Run, Text

_STRETCH, _SHRINK = 0.2, 0.12  # of a line, by which the space between blocks may grow or shrink


def justified(text: Text, runs: Sequence[Run], slack: float) -> Sequence[Run] | None:
    """Return the runs of a column with the slack spread over the spaces between blocks.

    It is negative if the column is too high. Returns None if there are too few spaces.
    """
    spaces = sum(_is_space(text, *pair) for pair in pairwise(runs))
    spaces += sum(len(_spaces_in(text, run)) for run in runs)
    if abs(slack) < 0.5:
        return runs
    if not spaces or not -_SHRINK * text.line <= slack / spaces <= _STRETCH * text.line:
        return None
    return [*_stretched(text, runs, slack / spaces)]


def joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs, those in one that stand as in the galley."""
    before: Run | None = None
    for run in runs:
        if before and before.joins(run):
            before = before._replace(after=run.after, bottom=run.bottom)
            continue
        if before:
            yield before
        before = run
    if before:
        yield before


def _stretched(text: Text, runs: Sequence[Run], extra: float) -> Iterator[Run]:
    grown = 0.0
    before: Run | None = None
    for run in runs:
        grown += extra if before and _is_space(text, before, run) else 0.0
        first, top = run.first, run.top
        for bound in (*_spaces_in(text, run), run.after):
            bottom = run.bottom if bound == run.after else text.cuts[bound].y
            y = run.y + grown + top - run.top
            yield run._replace(first=first, after=bound, top=top, bottom=bottom, y=y)
            first, top = bound, text.cuts[bound].start
            grown += extra if bound != run.after else 0.0
        before = run


def _is_space(text: Text, above: Run, below: Run) -> bool:
    return below.first != above.after or text.cuts[below.first].stretches


def _spaces_in(text: Text, run: Run) -> Sequence[int]:
    """Return the boxes of a run that begin below a space."""
    return text.spaces[bisect_right(text.spaces, run.first) : bisect_left(text.spaces, run.after)]
