"""Choose the line breaks of a whole paragraph at once: total fit.

The method is that of Donald Knuth and Michael Plass, "Breaking Paragraphs into Lines", Software:
Practice and Experience 11, 1981, and the demerits are those of TeX, except that three hyphens in a
row are forbidden and short last lines are avoided. All lengths have one unit, whichever it is.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from math import cbrt, inf, sqrt
from typing import NamedTuple

_UTMOST = 30.0
WHOLE_WORDS = ((2.0, False),)
DIVIDED_WORDS = ((3.0, True), (4.0, True), (6.0, True), (_UTMOST, True))
"""How far lines may be stretched, and whether words may be divided, in each pass."""

_LINE, _DOUBLE_HYPHEN, _FINAL_HYPHEN, _UNEVEN, _RUNT = 10.0, 2e6, 4e6, 3e4, 8e6
_SHORTEST_LAST = 0.12  # of the measure
_MOST_HYPHENS = 2
_TIGHT, _EVEN, _LOOSE = -0.5, 0.5, 1.0
_MOST_POINTS = 10_000
_MOST_ACTIVE = 120


class Kind(IntEnum):
    """The end of a line: a space, a hyphen or dash, or the hyphen of a division."""

    SPACE = 0
    HYPHEN = 1
    DIVISION = 2


_DIVISION = Kind.DIVISION
_new = tuple.__new__  # as a NamedTuple does, but in half the time

Place = tuple[int, float, float, int, int, Kind, int, float]
"""A ``Point`` without names: of the very many of them only the chosen ones are given names."""

Passes = Sequence[tuple[float, bool]]
Attempt = tuple[Sequence[Place], float, bool]
"""Places to end lines, how far lines may be stretched, and whether words may be divided."""


class Point(NamedTuple):
    """A place at which a line may end.

    ``offset`` is the number of the first character of the next line. The line ends at ``end``,
    with its hyphen but without the part ``hang`` that hangs out of it, the next one begins at
    ``start``, as if the paragraph were one endless line. ``gaps`` and ``next_gaps`` are the numbers
    of word spaces before these two. ``penalty`` is for the division of a word.
    """

    offset: int
    end: float
    start: float
    gaps: int
    next_gaps: int
    kind: Kind = Kind.SPACE
    penalty: int = 0
    hang: float = 0.0


class Measure(NamedTuple):
    """The width of lines, and by how much they give in.

    ``stretch`` and ``shrink`` are those of a word space. ``fill`` is the white space at the end of
    a line, more than 0 only if lines are ragged.
    """

    width: float
    stretch: float
    shrink: float
    fill: float = 0.0


class _Node(NamedTuple):
    """The best way to the beginning of a line, and its traits that matter to the next line."""

    point: int
    start: float
    gaps: int
    fitness: int
    hyphens: int
    demerits: float
    before: "_Node | None"


def total_fit(
    points: Sequence[Place], measure: Measure, passes: Passes = WHOLE_WORDS + DIVIDED_WORDS
) -> list[Point] | None:
    """Return the ends of all lines, of which the last one is the last point.

    Words are divided only if it does not do without, and lines are stretched beyond all bounds
    only if it does not do otherwise; a last line that is too short is reason to try that. Returns
    None if there is no way or the paragraph is too long.
    """
    return best_of(((points, *each) for each in passes), measure)


def best_of(attempts: Iterable[Attempt], measure: Measure) -> list[Point] | None:
    """Return the ends of all lines as ``total_fit`` does, of the first attempt that does."""
    best: _Node | None = None
    ends = list[Point]()
    for points, tolerance, divided in attempts:
        if len(points) > _MOST_POINTS:
            break
        if best is not None:
            tolerance = min(tolerance, _most(best.demerits))
        node = _best(points, measure, tolerance, divided)
        if node is not None and (best is None or node.demerits < best.demerits):
            best, ends = node, _ends(points, node)
        if ends and not has_runt(ends, measure):
            break
    return ends or None


def has_runt(ends: Sequence[Point], measure: Measure) -> bool:
    """Return whether the last of several lines is too short."""
    if len(ends) < 2:
        return False
    return ends[-1].end - ends[-2].start < measure.width * _SHORTEST_LAST


def _ends(points: Sequence[Place], node: _Node) -> list[Point]:
    ends = []
    while node.before is not None:
        ends.append(Point._make(points[node.point]))
        node = node.before
    return ends[::-1]


def _best(
    points: Sequence[Place], measure: Measure, tolerance: float, divided: bool
) -> _Node | None:
    """Return the end of the best way through a paragraph, None if there is none."""
    active = [_Node(-1, 0.0, 0, 1, 0, 0.0, None)]
    width, stretch, shrink, fill = measure
    last, is_bound = len(points) - 1, tolerance < _UTMOST
    for index, (_, end, _, gaps, _, kind, _, _) in enumerate(points):
        if kind is _DIVISION and not divided:
            continue
        _, start, before, _, _, _, _ = active[0]
        least = width - ((gaps - before) * stretch + fill) * tolerance
        if is_bound and index < last and end - start < least:
            continue  # not even the longest line is long enough
        if kind is not _DIVISION:
            while active and end - active[0].start - width > (gaps - active[0].gaps) * shrink:
                del active[0]
        found = _ways(active, points, index, measure, tolerance)
        if index == last:
            return min(found, key=_demerits, default=None)
        active += found
        if len(active) > _MOST_ACTIVE:
            active = _likeliest(active)
        if not active:
            return None
    return None


def _ways(
    active: Sequence[_Node],
    points: Sequence[Place],
    index: int,
    measure: Measure,
    tolerance: float,
) -> list[_Node]:
    """Return the best ways to a point, at most one for each fitness and number of hyphens.

    This is done for every point of every paragraph, so it is one loop without any calls.
    """
    _, end, start, gaps, next_gaps, kind, penalty, _ = points[index]
    width, stretch, shrink, fill = measure
    is_last = index == len(points) - 1
    following = inf if is_last else points[index + 1][1]
    found: dict[int, _Node] = {}
    least = [inf] * (_MOST_HYPHENS + 1)  # demerits by the number of hyphens
    for node in active:
        _, begin, before, fitness, hyphens, demerits, _ = node
        room, count = width - end + begin, gaps - before
        if room >= 0:
            ratio = 0.0 if is_last else room / (count * stretch + fill or stretch)
            if ratio > tolerance:
                if tolerance < _UTMOST or following - begin <= width:
                    break  # the lines that begin later are even shorter
                ratio = _UTMOST
        elif room < -count * shrink:
            continue  # only with the hyphen of a division
        else:
            ratio = room / (count * shrink)
        # Only word spaces can fill a line up, and only one at the end of a ragged line can end it:
        # without them it must end here because nothing more fits.
        if (not count or (fill and kind)) and following - begin <= width:
            continue
        hyphens = hyphens + 1 if kind else 0
        demerits += (_LINE + 100 * abs(ratio) ** 3) ** 2 + penalty * penalty
        if hyphens > _MOST_HYPHENS or demerits > least[hyphens] + _UNEVEN:
            continue
        new = 0 if ratio < _TIGHT else 1 if ratio <= _EVEN else 2 if ratio <= _LOOSE else 3
        demerits += _UNEVEN * (abs(new - fitness) > 1) + _DOUBLE_HYPHEN * (hyphens > 1)
        if is_last:
            demerits += _of_last_line(node, room / width)
        least[hyphens] = min(least[hyphens], demerits)
        kept = found.get(traits := new << 2 | hyphens)
        if kept is None or demerits < kept.demerits:
            way = index, start, next_gaps, new, hyphens, demerits, node
            found[traits] = _new(_Node, way)
    return [*found.values()] if len(found) < 2 else _worthwhile(found.values(), least)


def _of_last_line(before: _Node, empty: float) -> float:
    """Return the further demerits of a last line, of which a part is empty."""
    short = before.before is not None and empty > 1 - _SHORTEST_LAST
    return _FINAL_HYPHEN * bool(before.hyphens) + _RUNT * short


def _most(demerits: float) -> float:
    """Return how far a line may be stretched that has fewer demerits."""
    return cbrt(max(0.0, (sqrt(demerits) - _LINE) / 100))


def _demerits(node: _Node) -> float:
    return node.demerits


def _worthwhile(found: Iterable[_Node], least: Sequence[float]) -> list[_Node]:
    """Return the nodes at a point that can still win over another one with as many hyphens."""
    return [node for node in found if node.demerits <= least[node.hyphens] + _UNEVEN]


def _likeliest(active: list[_Node]) -> list[_Node]:
    """Return some of the nodes in order: the best ones, and the newest, from which it goes on."""
    newest = len(active) - 1
    best = sorted(range(newest), key=lambda number: active[number].demerits)
    return [active[number] for number in sorted((*best[: _MOST_ACTIVE // 2], newest))]
