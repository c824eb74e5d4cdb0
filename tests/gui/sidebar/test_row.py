"""What is painted in a line of the shelves: icon, name, number and arrow, each in its place."""

from collections.abc import Callable
from itertools import combinations, pairwise
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.painted import Recorder, inked, painted_by

from reader import themes
from reader.gui.sidebar.lines import SHELVES, Line, shelf_of_tag
from reader.gui.sidebar.row import LINE, ShelfDelegate, colour_of
from reader.gui.sidebar.shelves import Shelves
from reader.library.shelves.tags import COLOURS

THEME = themes.theme("light")
WIDE, HIGH = 190, 32
QUEUE = Line("queue", "Queue", SHELVES[0], 1234)
HEADING = Line("section:tags", "Tags", folded=False)
Paint = Callable[..., tuple[Recorder, QImage]]


def _tag(name: str, *, depth: int = 0, folded: bool | None = None, colour: str = "") -> Line:
    shelf = shelf_of_tag(name, colour)
    return Line(shelf.key, name.rpartition("/")[2], shelf, 7, depth, folded)


@pytest.fixture
def paint(qtbot: QtBot) -> Paint:
    class View(Shelves):
        focused = False

        def hasFocus(self) -> bool:
            return self.focused

    view = View()
    qtbot.addWidget(view)
    view.set_theme(THEME)

    def do(line: Line, *, chosen: str = "all", hovered: int = -1, focused: bool = False,
           wide: int = WIDE) -> tuple[Recorder, QImage]:  # fmt: skip
        view.select(chosen)
        view.hovered, view.focused = hovered, focused
        delegate = ShelfDelegate(view)
        delegate.theme = THEME
        index = SimpleNamespace(
            data=lambda role: line if role == LINE else None,
            row=lambda: view.currentIndex().row() if chosen == line.key else 41,
        )
        return painted_by(delegate, index, wide, HIGH)

    return do


def test_a_shelf_has_its_icon_its_name_and_how_many_there_are(paint: Paint) -> None:
    painter, image = paint(QUEUE)
    name, number = painter.of("text")
    assert (name.text, name.colour) == ("Queue", THEME.text)
    assert (number.text, number.colour) == ("1,234", THEME.muted)
    assert number.area.right() == pytest.approx(WIDE - 19, abs=1)
    assert abs(name.area.center().y() - (HIGH - 1) / 2) <= 1
    icon = inked(image.copy(0, 0, round(name.area.left()) - 1, HIGH))
    assert 14 <= icon.left() < icon.right() < name.area.left() - 4
    assert abs(icon.center().y() - HIGH / 2) <= 2
    assert painter.of("ground") == painter.of("frame") == painter.of("arrow") == []
    assert paint(QUEUE._replace(articles=0))[0].of("text")[1].text == ""


def test_the_chosen_shelf_and_the_one_under_the_pointer_have_a_ground(paint: Paint) -> None:
    painter, _ = paint(QUEUE, chosen="queue")
    (ground,) = painter.of("ground")
    assert (ground.colour, ground.area) == (THEME.selection, QRectF(8, 0, WIDE - 16, HIGH))
    assert painter.of("text")[0].colour == THEME.selection_text
    assert painter.of("frame") == []
    (frame,) = paint(QUEUE, chosen="queue", focused=True)[0].of("frame")
    assert frame.colour == THEME.accent
    painter, _ = paint(QUEUE, hovered=41)
    assert [each.colour for each in painter.of("ground")] == [THEME.hover]
    assert paint(QUEUE, hovered=40)[0].of("ground") == []


def test_a_heading_is_small_and_soft_with_an_arrow_at_the_end(paint: Paint) -> None:
    painter, image = paint(HEADING)
    (title,), (arrow,) = painter.of("text"), painter.of("arrow")
    assert (title.text, title.colour, arrow.colour) == ("Tags", THEME.muted, THEME.muted)
    assert title.weight > paint(QUEUE)[0].of("text")[0].weight
    assert title.area.height() < paint(QUEUE)[0].of("text")[0].area.height()
    assert title.area.left() == 18
    assert arrow.area.left() > WIDE - 32
    assert arrow.area.width() > arrow.area.height(), "it points down"
    (folded,) = paint(HEADING._replace(folded=True))[0].of("arrow")
    assert folded.area.width() < folded.area.height(), "it points to the right"
    assert abs(folded.area.center().y() - HIGH / 2) <= 1.5
    assert inked(image).right() > WIDE - 30


def test_tags_within_tags_stand_further_in_up_to_a_depth(paint: Paint) -> None:
    lefts = [paint(_tag("a", depth=n))[0].of("text")[0].area.left() for n in range(9)]
    steps = [after - before for before, after in pairwise(lefts)]
    assert steps == [steps[0]] * 6 + [0, 0]
    assert 8 < steps[0] < 24


def test_a_tag_with_others_within_has_an_arrow_behind_its_name(paint: Paint) -> None:
    painter, _ = paint(_tag("art", folded=True))
    name, number = painter.of("text")
    (arrow,) = painter.of("arrow")
    assert name.area.right() < arrow.area.left() < name.area.right() + 18
    assert arrow.area.right() < number.area.left()
    assert name.colour == THEME.text


@pytest.mark.parametrize("dark", [False, True])
def test_every_colour_of_a_tag_is_seen_in_its_icon(paint: Paint, dark: bool) -> None:
    theme = themes.theme("dark" if dark else "light")
    shades = [colour_of(name, theme) for name in COLOURS]
    assert all(QColor(each).isValid() for each in shades)
    assert len(set(shades)) == len(COLOURS)
    assert colour_of("", theme) == colour_of("nonsense", theme) == theme.text
    plain, _ = _icon(paint, ""), None
    for name, hue in ("red", 0), ("green", 120), ("blue", 215):
        seen = _icon(paint, name)
        assert seen != plain
        assert QColor(seen).hue() == pytest.approx(QColor(colour_of(name, THEME)).hue(), abs=12)
        distance = abs(QColor(seen).hue() - hue)
        assert min(distance, 360 - distance) < 25


def _icon(paint: Paint, colour: str) -> str:
    """Return the strongest colour of the icon of a tag."""
    _, image = paint(_tag("art", colour=colour))
    places = [(x, y) for x in range(14, 38) for y in range(HIGH)]
    return min((image.pixelColor(*each) for each in places), key=QColor.lightness).name()


def test_what_is_no_shelf_is_soft_and_has_no_icon(paint: Paint) -> None:
    painter, image = paint(Line("sites", "All Sites…"))
    assert painter.of("text")[0].colour == THEME.muted
    assert inked(image.copy(0, 0, 40, HIGH)).isNull()


@pytest.mark.parametrize("wide", [190, 260, 400])
@pytest.mark.parametrize("name", ["art", "a very long name of a tag that never ends and goes on"])
@pytest.mark.parametrize("depth", [0, 3])
def test_nothing_is_over_anything_else(paint: Paint, wide: int, name: str, depth: int) -> None:
    line = _tag(name, depth=depth, folded=True)._replace(articles=1234)
    painter, image = paint(line, wide=wide)
    pieces = [*painter.of("text"), *painter.of("arrow")]
    for each in pieces:
        assert QRectF(image.rect()).contains(each.area), each
    for one, other in combinations(pieces, 2):
        assert not one.area.intersects(other.area), (one, other)
    shown = painter.of("text")[0].text
    assert shown == name or shown.endswith("…")
    if name == "art" and wide == 400:
        assert shown == name, "there is room"


def test_the_arrow_is_hit_where_it_is_painted(qtbot: QtBot, paint: Paint) -> None:
    line = _tag("art", folded=True)
    (arrow,) = paint(line)[0].of("arrow")
    view = Shelves()
    qtbot.addWidget(view)
    row = ShelfDelegate(view)
    rect = QRect(0, 0, WIDE, HIGH)
    assert row.is_arrow(rect, line, QPoint(round(arrow.area.center().x()), 16))
    name = paint(line)[0].of("text")[0].area
    assert not row.is_arrow(rect, line, QPoint(round(name.center().x()), 16))
    assert not row.is_arrow(rect, line, QPoint(WIDE - 20, 16))


@pytest.mark.parametrize("depth", [0, 2, 6, 9])
@pytest.mark.parametrize("folded", [None, True, False])
def test_every_piece_of_a_line_has_its_measured_place(
    paint: Paint, depth: int, folded: bool | None
) -> None:
    metrics, wide = QFontMetrics(QApplication.font()), 320
    left = 20 + 16 * min(depth, 6)
    small = QFont(QApplication.font())
    small.setPointSizeF(small.pointSizeF() * 0.92)
    small.setFeature(QFont.Tag("tnum"), 1)
    for title in ("short", "very long name " * 9):
        painter, image = paint(_tag(title, depth=depth, folded=folded), wide=wide)
        name, number = painter.of("text")
        icon = inked(image.copy(0, 0, left + 24, HIGH))
        assert left + 3 <= icon.left() <= left + 5
        assert left + 13 <= icon.right() < left + 16
        assert abs(icon.center().y() - 15.5) <= 1
        room = wide - 19 - 8 - QFontMetrics(small).horizontalAdvance("7") - left - 28
        room -= 0 if folded is None else 18
        assert name.text == metrics.elidedText(title.strip(), Qt.TextElideMode.ElideRight, room)
        assert (name.area.left(), number.area.right()) == (left + 28, wide - 19)
        end = left + 28 + metrics.horizontalAdvance(name.text)
        for arrow in painter.of("arrow"):
            assert arrow.area.center() == QPointF(end + 9, 16)
            size = arrow.area.size().toTuple()
            assert size == pytest.approx((3.2, 6.4) if folded else (6.4, 3.2))
        assert len(painter.of("arrow")) == (folded is not None)


def test_a_heading_and_the_line_of_the_keyboard_have_their_measured_place(paint: Paint) -> None:
    painter, _ = paint(HEADING)
    (title,), (arrow,) = painter.of("text"), painter.of("arrow")
    assert title.area.center().y() == 16
    assert title.area.height() == pytest.approx(
        0.92 * paint(QUEUE)[0].of("text")[0].area.height(), rel=0.06
    )
    assert arrow.area.center() == QPointF(WIDE - 24, 16)
    painter, image = paint(QUEUE, chosen="queue", focused=True)
    assert painter.of("frame")[0].area == QRectF(9, 1, WIDE - 18, HIGH - 2)
    assert image.pixelColor(8, 0).name() == "#ffffff", "its corners are round"
    assert image.pixelColor(16, 4).name() == THEME.selection


@pytest.mark.parametrize("depth", [0, 3])
def test_the_arrow_can_be_missed_by_three_pixels_but_not_by_more(qtbot: QtBot, depth: int) -> None:
    view = Shelves()
    qtbot.addWidget(view)
    row, rect = ShelfDelegate(view), QRect(5, 0, 250, HIGH)
    for title in ("art", "a very long name of a tag that never ends"):
        line = _tag(title, depth=depth, folded=True)
        start, metrics = 5 + 20 + 16 * depth + 28, view.fontMetrics()
        seven = row._small()
        room = 19 + 18 + 8 + QFontMetrics(seven).horizontalAdvance("7")
        shown = metrics.elidedText(
            title, Qt.TextElideMode.ElideRight, rect.right() + 1 - room - start
        )
        arrow = start + metrics.horizontalAdvance(shown) + 9
        hit = [x for x in range(300) if row.is_arrow(rect, line, QPoint(x, 16))]
        assert hit == [*range(arrow - 12, arrow + 13)]
    assert row.sizeHint(None, None) == QSize(120, HIGH)  # type: ignore[arg-type]


def test_everything_is_mirrored_where_lines_run_to_the_left(paint: Paint, qtbot: QtBot) -> None:
    line = _tag("art", depth=1, folded=True)
    painter, _ = paint(line)
    right_to_left = Shelves()
    qtbot.addWidget(right_to_left)
    right_to_left.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right_to_left.set_theme(THEME)
    index = SimpleNamespace(data=lambda role: line if role == LINE else None, row=lambda: 41)
    delegate = ShelfDelegate(right_to_left)
    delegate.theme = THEME
    mirrored, _ = painted_by(delegate, index, WIDE, HIGH)
    for one, other in zip(painter.of("text"), mirrored.of("text"), strict=True):
        assert other.area.left() == pytest.approx(WIDE - one.area.right(), abs=2)
    (one,), (other,) = painter.of("arrow"), mirrored.of("arrow")
    assert other.area.center().x() == pytest.approx(WIDE - one.area.center().x(), abs=2)
