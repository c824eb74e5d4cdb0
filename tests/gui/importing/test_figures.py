"""The bar shows every figure, however small."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot
from tests.gui.importing.faking import rows

from reader import themes
from reader.gui.importing.figures import Figures, parts
from reader.gui.importing.sums import come_out


@settings(max_examples=60)
@given(st.lists(st.integers(0, 10**6), min_size=5, max_size=5), st.integers(100, 2600))
def test_no_part_of_the_bar_is_too_small_to_be_seen(counts: list[int], width: int) -> None:
    if not any(counts):
        return
    widths = parts(counts, width)
    shown = [wide for wide in widths if wide]
    assert [bool(wide) for wide in widths] == [bool(count) for count in counts]
    assert min(shown) >= 6
    assert sum(shown) + 2 * (len(shown) - 1) == pytest.approx(width)


def test_the_figures_are_told_to_screen_readers_as_one_sentence(qtbot: QtBot) -> None:
    theme = themes.theme("light")
    figures = Figures(lambda: theme)
    qtbot.addWidget(figures)
    figures.show_sums(None)
    assert figures.accessibleName() == "Not known yet"
    assert figures.text().startswith("– will be added")
    figures.show_sums(come_out(rows()))
    assert figures.accessibleName().startswith("30 items: 20 will be added, 3 merge with yours")


def test_nothing_moves_when_the_figures_come(qtbot: QtBot) -> None:
    theme = themes.theme("light")
    figures = Figures(lambda: theme)
    qtbot.addWidget(figures)
    figures.resize(930, 200)
    figures.show_sums(None)
    figures.show()
    before = figures.minimumSizeHint().height(), figures.bar.y()
    figures.show_sums(come_out(rows(4517, 241, 25)))
    figures.layout().activate()  # type: ignore[union-attr]
    assert (figures.minimumSizeHint().height(), figures.bar.y()) == before
