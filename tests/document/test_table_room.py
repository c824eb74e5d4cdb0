"""On paper, a table stands where none of its words is broken, and as near to its text as it can."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.document.column_widths import Fit, Needs, Way
from reader.document.table_room import SMALLEST, Room, fit_on_paper

_EM = 13.0
_WIDTHS = st.lists(st.tuples(st.floats(5, 250), st.floats(0, 900)), min_size=1, max_size=40)
_SCALE = 12.5


def _needs(*least: float, most: float = 0.0) -> Needs:
    return Needs(least, tuple(max(each, most) for each in least), _EM)


@example([*[(5, 0)] * 7, (130, 0), (249, 0), (250, 0)], 672, 0, 0, 26)
@given(_WIDTHS, st.floats(100, 700), st.floats(0, 500), st.floats(0, 500), st.floats(0, 60))
def test_no_word_is_broken_while_the_sheet_has_room(
    widths: list[tuple[float, float]], column: float, more: float, turned: float, lead: float
) -> None:
    needs = Needs(tuple(low for low, _ in widths), tuple(sum(each) for each in widths), _EM)
    room = Room(column, column + more, 0.0, _SCALE, column + more + turned)
    fit = fit_on_paper(needs, room, lead)
    widest = column - lead if lead else room.turned
    if fit.way is Way.LISTED:
        assert sum(needs.least) * SMALLEST > widest * 0.97
        return
    assert SMALLEST <= fit.factor <= 1
    assert fit.width == pytest.approx(room.width(fit.way) - lead)
    assert not lead or fit.way is Way.COLUMN
    assert fit.whole
    for width, low in zip(fit.widths, needs.least, strict=True):
        assert width >= low * fit.factor - 0.01


def test_type_gets_smaller_before_a_table_is_turned() -> None:
    room = Room(500, 500, 0.0, _SCALE, 700)
    ways = [(fit.way, fit.factor) for fit in _fits(room, [90, 110, 150, 170, 210])]
    assert [way for way, _ in ways] == [
        Way.COLUMN, Way.COLUMN, Way.COLUMN, Way.TURNED, Way.TURNED
    ]  # fmt: skip
    assert ways[0][1] == 1 > ways[1][1] > ways[2][1] > SMALLEST < ways[4][1] < ways[3][1]


def test_a_table_stands_across_the_columns_rather_than_in_tiny_type() -> None:
    room = Room(240, 500, 0.0, _SCALE, 700)
    ways = [fit.way for fit in _fits(room, [40, 55, 65, 120, 170, 300])]
    assert ways == [
        Way.COLUMN, Way.COLUMN, Way.ACROSS, Way.ACROSS, Way.TURNED, Way.LISTED
    ]  # fmt: skip


def test_a_table_of_long_texts_stands_across_the_columns() -> None:
    room = Room(240, 500, 0.0, _SCALE, 700)
    assert fit_on_paper(_needs(45, 45, 45, 45, most=80), room, 0).way is Way.COLUMN
    assert fit_on_paper(_needs(45, 45, 45, 45, most=2000), room, 0).way is Way.ACROSS


def test_a_string_longer_than_any_word_breaks_before_a_table_becomes_a_list() -> None:
    fit = fit_on_paper(_needs(60, 3000, 60), Room(500, 500, 0.0, _SCALE, 700), 0)
    assert (fit.way, fit.whole, fit.factor) == (Way.COLUMN, False, 1)
    assert min(fit.widths) >= 60


def test_type_gets_a_little_smaller_rather_than_that_short_cells_are_wrapped() -> None:
    room = Room(500, 500, 0.0, _SCALE, 700)
    fit = fit_on_paper(_needs(*[40.0] * 10, most=58), room, 0)
    assert 0.8 < fit.factor < 0.9
    assert fit.widths[0] >= 58 * fit.factor - 0.01
    assert fit_on_paper(_needs(*[40.0] * 10, most=500), room, 0).factor == 0.8


def _fits(room: Room, widths: list[int]) -> list[Fit]:
    return [fit_on_paper(_needs(*[float(each)] * 5), room, 0) for each in widths]
