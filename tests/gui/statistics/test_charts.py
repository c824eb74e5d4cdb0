"""Figures are true to their numbers: heights, widths, colours, and words that can be read."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.painted import Piece, Recorder

from reader import themes
from reader.gui.statistics import charts
from reader.gui.statistics.charts import Bars, Column, Columns, Legend, Painted, Tiles

_THEME = themes.theme("light")
Pieces = Callable[[QWidget], list[Piece]]


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> Pieces:
    """Return a function that paints a figure and gives the pieces of it."""
    made: list[Recorder] = []

    def recorder(device: QWidget) -> Recorder:
        made.append(Recorder(device))
        return made[-1]

    def paint(figure: QWidget) -> list[Piece]:
        monkeypatch.setattr(charts, "QPainter", recorder)
        recorder.RenderHint = Recorder.RenderHint  # type: ignore[attr-defined]
        image = QImage(figure.size(), QImage.Format.Format_RGB32)
        figure.render(image)
        made[-1].end()
        return made[-1].pieces

    return paint


def _figure(qtbot: QtBot, figure: Painted, width: int) -> Painted:
    figure.theme = _THEME
    font = QFont(figure.font())
    font.setPointSizeF(10)
    figure.setFont(font)
    qtbot.addWidget(figure)
    figure.resize(width, figure.height())
    return figure


def _colour(name: str) -> str:
    return QColor(name).name()


def _columns(qtbot: QtBot, *values: tuple[float, ...], width: int = 600) -> Columns:
    figure = Columns(lambda value: f"{value:.0f}", "nothing")
    figure.set_columns([Column(f"L{n}", f"name {n}", each) for n, each in enumerate(values)])
    _figure(qtbot, figure, width)
    return figure


def _texts(found: list[Piece]) -> dict[str, QRectF]:
    return {each.text: each.area for each in found if each.kind == "text"}


def _bodies(found: list[Piece]) -> list[Piece]:
    """Return the columns themselves: the first piece is the axis, and each has two pieces."""
    return [each for each in found if each.kind == "ground"][1::2]


def test_columns_are_as_high_as_their_values_and_stand_on_the_axis(
    qtbot: QtBot, pieces: Pieces
) -> None:
    found = pieces(_columns(qtbot, (10,), (0,), (5,), (40,), (0.001,)))
    axis, bodies = found[0], [each.area for each in _bodies(found)]
    assert (axis.area.left(), axis.area.width(), axis.area.height()) == (0, 600, 1)
    assert axis.colour == _colour(_THEME.rule)
    assert [each.bottom() for each in bodies] == [axis.area.top()] * 4
    ten, five, forty, least = (each.height() for each in bodies)
    assert (ten / forty, five / forty) == pytest.approx((0.25, 0.125))
    assert least == 2, "what is there is seen"
    assert bodies[2].top() == 26, "above the highest there is room for its value"
    assert 180 - axis.area.top() == 22, "below the axis there is room for labels"


def test_each_column_stands_in_the_middle_of_its_place_and_none_is_too_wide(
    qtbot: QtBot, pieces: Pieces
) -> None:
    for count, wide in ((4, 34.0), (20, 30 * 0.68)):
        found = pieces(_columns(qtbot, *[(3.0,)] * count))
        bodies = [each.area for each in _bodies(found)]
        assert [each.width() for each in bodies] == pytest.approx([wide] * count)
        middles = [600 / count * (n + 0.5) for n in range(count)]
        assert [each.left() + wide / 2 for each in bodies] == pytest.approx(middles)


def test_of_two_values_the_first_is_in_the_accent_and_they_share_the_place(
    qtbot: QtBot, pieces: Pieces
) -> None:
    found = pieces(_columns(qtbot, (4, 2), (0, 4)))
    bodies = _bodies(found)
    accent, other = _colour(_THEME.accent), _colour(_THEME.quote)
    assert [each.colour for each in bodies] == [accent, other, other]
    first, second = bodies[0].area, bodies[1].area
    assert second.left() - first.right() == pytest.approx(1), "a gap between the two"
    assert (first.left() + second.right() + 1) / 2 == pytest.approx(150)
    assert first.height() == 2 * second.height()
    assert bodies[2].area.left() - second.left() == pytest.approx(300)


def test_rounded_tops_have_square_feet(qtbot: QtBot, pieces: Pieces) -> None:
    found = pieces(_columns(qtbot, (100,), (1,)))
    grounds = [each.area for each in found if each.kind == "ground"][1:]
    for body, foot in zip(grounds[::2], grounds[1::2], strict=True):
        assert foot.bottom() == body.bottom()
        assert (foot.left(), foot.width()) == (body.left(), body.width())
        assert foot.top() - body.top() == min(body.height(), 4)


def test_values_are_said_over_their_columns_where_all_fit_else_the_greatest(
    qtbot: QtBot, pieces: Pieces
) -> None:
    found = pieces(_columns(qtbot, (1111,), (0,), (3333,)))
    said, bodies = _texts(found), [each.area for each in _bodies(found)]
    assert set(said) == {"1111", "3333", "L0", "L1", "L2"}
    for text, body in (("1111", bodies[0]), ("3333", bodies[1])):
        assert said[text].center().x() == pytest.approx(body.center().x(), abs=1)
        assert body.top() - 20 <= said[text].top() < said[text].bottom() <= body.top() + 1
    many = _columns(qtbot, *[(1111.0,)] * 10, (3333,), *[(2222.0,)] * 10, width=300)
    assert {each for each in _texts(pieces(many)) if each.isdigit()} == {"3333"}
    pairs = _columns(qtbot, (1111, 4444), (2222, 3333), width=70)
    assert [each for each in _texts(pieces(pairs)) if each.isdigit()] == []


def test_values_at_the_ends_stay_inside(qtbot: QtBot, pieces: Pieces) -> None:
    width = 80
    for values in ([(999999,), *[(1,)] * 9], [*[(1,)] * 9, (999999,)]):
        said = _texts(pieces(_columns(qtbot, *values, width=width)))["999999"]
        assert 0 <= said.left() < said.right() <= width + 1


def test_labels_stand_under_their_columns_from_the_last_one_on_and_apart(
    qtbot: QtBot, pieces: Pieces
) -> None:
    for width in (600, 150, 90):
        figure = _columns(qtbot, *[(1.0,)] * 12, width=width)
        found = pieces(figure)
        labels = {int(k[1:]): v for k, v in _texts(found).items() if k.startswith("L")}
        assert max(labels) == 11, "the newest has its label"
        steps = {b - a for a, b in pairwise(sorted(labels))}
        assert len(steps) == 1
        for place, area in labels.items():
            assert area.center().x() == pytest.approx((place + 0.5) * width / 12, abs=1)
            assert found[0].area.top() + 2 <= area.top() < area.bottom() <= 180 + 2
        areas = [labels[n] for n in sorted(labels)]
        assert all(b.left() - a.right() >= 4 for a, b in pairwise(areas))
        wide = QFontMetrics(figure.scaled(0.84)).horizontalAdvance("L10")
        assert steps.pop() == max(1, -(-(wide + 8) // (width // 12))), "as many as fit"


def test_without_values_the_figure_says_so_in_the_middle(qtbot: QtBot, pieces: Pieces) -> None:
    for values in ([], [(0.0,), (0.0,)]):
        figure = _columns(qtbot, *values)
        found = [each for each in pieces(figure) if each.text == "nothing"]
        assert [each.colour for each in found] == [_colour(_THEME.muted)]
        assert found[0].area.center().x() == pytest.approx(300, abs=1)
        assert found[0].area.center().y() == pytest.approx((180 - 22) / 2, abs=1)
        assert figure.accessibleDescription() == "nothing"
    assert "nothing" not in _texts(pieces(_columns(qtbot, (1,))))


def test_a_column_is_heard_with_all_its_values(qtbot: QtBot) -> None:
    figure = _columns(qtbot, (1, 0), (0, 0), (0, 2))
    assert figure.accessibleDescription() == "name 0: 1, 0; name 2: 0, 2"


def _rest(figure: Columns, x: int) -> str:
    QToolTip.hideText()
    at = QPoint(x, 90)
    QApplication.sendEvent(figure, QHelpEvent(QEvent.Type.ToolTip, at, figure.mapToGlobal(at)))
    return QToolTip.text()


def test_each_column_tells_of_itself_where_the_pointer_rests(qtbot: QtBot) -> None:
    figure = _columns(qtbot, (1, 7), (0, 0), (2, 9))
    figure.show()
    assert _rest(figure, 0) == _rest(figure, 199) == "Name 0: 1, 7"
    assert _rest(figure, 201) == "Name 1: 0, 0"
    assert _rest(figure, 599) == "Name 2: 2, 9"
    QToolTip.hideText()


@pytest.mark.parametrize(("width", "in_a_row"), [(479, 2), (480, 4), (800, 4)])
def test_tiles_stand_side_by_side_in_as_many_rows_as_they_need(
    qtbot: QtBot, pieces: Pieces, width: int, in_a_row: int
) -> None:
    figure = Tiles()
    _figure(qtbot, figure, width)
    tiles = [(f"{n} min", f"what {n}") for n in range(5)]
    figure.set_tiles(tiles)
    figure.resize(width, figure.height())
    found = pieces(figure)
    grounds = [each for each in found if each.kind == "ground"]
    assert {each.colour for each in grounds} == {_colour(_THEME.panel)}
    rows = sorted({each.area.top() for each in grounds})
    assert len(rows) == -(-5 // in_a_row)
    assert grounds[-1].area.bottom() == figure.height()
    first = [each.area for each in grounds if each.area.top() == 0]
    assert next(each.left() for each in first) == 0
    assert first[-1].right() == pytest.approx(width)
    assert [b.left() - a.right() for a, b in pairwise(first)] == pytest.approx(
        [10] * (in_a_row - 1)
    )
    assert rows[1] - grounds[0].area.bottom() == 10
    for (number, text), ground in zip(tiles, grounds, strict=True):
        _said_within(found, ground.area, number, text)


def _said_within(found: list[Piece], ground: QRectF, number: str, text: str) -> None:
    above, below = (next(each for each in found if each.text == said) for said in (number, text))
    assert above.colour == _colour(_THEME.text)
    assert below.colour == _colour(_THEME.muted)
    assert above.area.height() > 1.5 * below.area.height()
    assert above.weight == QFont.Weight.DemiBold > below.weight
    assert above.area.left() == below.area.left() == ground.left() + 14
    assert ground.top() + 11 == above.area.top()
    assert above.area.bottom() <= below.area.top() + 2
    assert below.area.bottom() == ground.bottom() - 11


def test_what_is_too_long_for_a_tile_is_smaller_or_cut_but_stays_in_it(
    qtbot: QtBot, pieces: Pieces
) -> None:
    figure = Tiles()
    _figure(qtbot, figure, 500)
    number, text = "12,345 h 45 min", "in all, of everything that was ever read here"
    figure.set_tiles([(number, text)])
    assert figure.accessibleDescription() == f"{text}: {number}"
    found = pieces(figure)
    ground = found[0].area
    said = [each for each in found if each.kind == "text"]
    assert said[0].text == number
    assert said[1].text.endswith("…")
    assert text.startswith(said[1].text[:-1])
    for each in said:
        assert ground.left() + 14 <= each.area.left() < each.area.right() <= ground.right() - 6
    room = ground.width() - 22
    assert said[0].area.width() > room - 12, "no smaller than it has to be"


def test_no_tiles_take_hardly_any_room(qtbot: QtBot) -> None:
    figure = Tiles()
    figure.set_tiles([])
    qtbot.addWidget(figure)
    assert figure.height() == 1


def test_bars_are_as_long_as_their_values_with_name_and_value_over_them(
    qtbot: QtBot, pieces: Pieces
) -> None:
    figure = Bars(lambda value: f"{value:.0f} min", "none")
    _figure(qtbot, figure, 400)
    figure.set_bars([("first", 80), ("second", 20), ("third", 0.01)])
    found = pieces(figure)
    grounds, said = [each for each in found if each.kind == "ground"], _texts(found)
    tracks, bars = grounds[::2], grounds[1::2]
    assert {each.colour for each in tracks} == {_colour(_THEME.rule)}
    assert {each.colour for each in bars} == {_colour(_THEME.accent)}
    assert [each.area.width() for each in tracks] == [400] * 3
    assert [each.area.width() for each in bars] == pytest.approx([400, 100, 3])
    assert [each.area.topLeft() for each in bars] == [each.area.topLeft() for each in tracks]
    assert [b.area.top() - a.area.top() for a, b in pairwise(tracks)] == [30, 30]
    assert figure.height() - tracks[-1].area.bottom() in range(4, 12)
    for name, value, track in zip(("first", "second"), ("80 min", "20 min"), tracks, strict=False):
        assert said[name].left() == 0
        assert said[value].right() == pytest.approx(400)
        assert said[name].bottom() <= track.area.top() + 1
        assert track.area.top() - said[name].bottom() < 8
    colours = {each.text: each.colour for each in found if each.kind == "text"}
    assert colours["first"] == _colour(_THEME.text)
    assert colours["80 min"] == _colour(_THEME.muted)
    assert figure.accessibleDescription() == "first: 80 min; second: 20 min; third: 0 min"


def test_a_long_name_gives_way_to_its_value(qtbot: QtBot, pieces: Pieces) -> None:
    figure = Bars(lambda value: f"{value:.0f} min", "none")
    _figure(qtbot, figure, 200)
    figure.set_bars([("a name " * 20, 80)])
    name, value = (each for each in pieces(figure) if each.kind == "text")
    assert name.text.endswith("…")
    assert 10 <= value.area.left() - name.area.right() < 30


def test_without_bars_the_figure_says_so(qtbot: QtBot, pieces: Pieces) -> None:
    figure = Bars(str, "No tags yet.")
    _figure(qtbot, figure, 300)
    figure.set_bars([])
    (said,) = pieces(figure)
    assert (said.text, said.colour) == ("No tags yet.", _colour(_THEME.muted))
    assert figure.rect().toRectF().contains(said.area)
    assert figure.accessibleDescription() == "No tags yet."


def test_a_legend_has_the_colours_of_its_columns(qtbot: QtBot, pieces: Pieces) -> None:
    figure = Legend("added", "finished")
    figure.theme = _THEME
    qtbot.addWidget(figure)
    found = pieces(figure)
    squares = [each for each in found if each.kind == "ground"]
    assert [each.colour for each in squares] == [_colour(_THEME.accent), _colour(_THEME.quote)]
    assert {(each.area.width(), each.area.height()) for each in squares} == {(10, 10)}
    assert {each.area.center().y() for each in squares} == {figure.height() / 2}
    said = _texts(found)
    assert {each.colour for each in found if each.kind == "text"} == {_colour(_THEME.muted)}
    for square, name in zip(squares, ("added", "finished"), strict=True):
        assert said[name].left() - square.area.right() == 6
    assert squares[1].area.left() - said["added"].right() == pytest.approx(16, abs=2)
    assert said["finished"].right() <= figure.width()


def test_fonts_follow_the_one_of_the_window(qtbot: QtBot) -> None:
    figure = _figure(qtbot, Painted(), 100)
    for size in (10.0, 17.0):
        font = QFont(figure.font())
        font.setPointSizeF(size)
        figure.setFont(font)
        assert figure.scaled(1.5).pointSizeF() == pytest.approx(1.5 * size)
        assert figure.scaled(1).weight() == font.weight()
        assert figure.scaled(1, strong=True).weight() == QFont.Weight.DemiBold
        assert QFontMetrics(figure.scaled(2)).height() > QFontMetrics(figure.scaled(1)).height()
