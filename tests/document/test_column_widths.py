"""Columns are as wide as their words require, in whatever room there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.body.blocks import Cell, Given, Picture, Style, Text
from reader.document.column_widths import Needs, fit, measured
from reader.document.formats import Formats
from reader.document.grid import grid_of
from reader.model import Look

_WIDTHS = st.lists(st.tuples(st.floats(5, 4000), st.floats(0, 4000)), min_size=1, max_size=60)


def _needs(look: Look, *rows: tuple[Cell, ...]) -> Needs:
    steps = measured(grid_of(rows), Formats(look), 0)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Needs = end.value
            return found


@given(_WIDTHS, st.floats(50, 900), st.floats(0, 2000), st.floats(0.3, 15))
def test_columns_fill_the_column_and_never_more_than_the_page(
    widths: list[tuple[float, float]], column: float, more: float, scale: float
) -> None:
    needs = Needs(tuple(low for low, _ in widths), tuple(low + wish for low, wish in widths), 16.0)
    page = column + more
    found = fit(needs, column, page, scale)
    assert len(found.widths) == len(widths)
    assert all(width >= 0 for width in found.widths)
    assert column - 0.01 <= found.width <= page + 0.01
    assert 0.5 <= found.factor <= 1
    if sum(needs.least) * 1.3 + 2 * len(widths) / scale <= page and scale > 1:
        assert found.factor == 1
        assert all(
            width >= low - 0.01 for width, low in zip(found.widths, needs.least, strict=True)
        )


def test_a_column_is_as_wide_as_its_widest_word_and_its_widest_line(look: Look) -> None:
    short, long = Cell((Text("word"),)), Cell((Text("word word\nIncomprehensible"),))
    needs = _needs(look, (short, long), (short, short))
    assert needs.least[0] == needs.most[0] < needs.least[1] == needs.most[1]
    styled = _needs(look, (Cell((Text("wo", Style.STRONG), Text("rd"))), short))
    assert styled.least[0] > styled.least[1] - 1, "a word may be of several runs"


@pytest.mark.parametrize("width", [16, 40, 90])
def test_a_small_picture_keeps_its_width(look: Look, width: int) -> None:
    picture = Cell((Picture("a" * 64 + ".png", width, 16),))
    empty = _needs(look, (Cell(()),)).least[0]
    assert _needs(look, (picture,)).least[0] == pytest.approx(empty + width, abs=2)


def test_a_large_picture_gives_way_to_words(look: Look) -> None:
    needs = _needs(look, (Cell((Picture("a" * 64 + ".png", 4000, 16),)),))
    assert needs.least[0] < 200 < 3000 < needs.most[0]


def test_signs_that_begin_no_line_stay_with_the_one_before(look: Look) -> None:
    one, two = (_needs(look, (Cell((Text(text * 9),)),)).least[0] for text in ("灯", "灯。"))
    assert two > 1.3 * one


def test_a_long_address_may_be_divided_at_its_signs(look: Look) -> None:
    address = "https://example.org/articles/of-the-year/lighthouses"
    whole = _needs(look, (Cell((Text(address),)),))
    assert whole.least[0] < 0.5 * whole.most[0]


def test_all_cells_are_measured_a_few_at_a_time(look: Look) -> None:
    rows = [(Cell((Text(f"value {n}"),)),) * 10 for n in range(600)]
    rows[555] = (Cell((Text("Incomprehensibilities"),)), *rows[0][1:])
    steps = measured(grid_of(rows), Formats(look), 0)
    assert len(list(steps)) > 20
    needs = _needs(look, *rows)
    assert needs.least[0] > 2 * needs.least[1], "no word is too far below"


def test_a_column_is_as_wide_as_its_picture_is_shown(look: Look) -> None:
    shown, natural = (
        _needs(look, (Cell((Picture("a" * 64 + ".png", 400, 80, given=given),)),)).most[0]
        for given in (Given(100, 20), Given())
    )
    assert shown < 140 < 300 < natural
