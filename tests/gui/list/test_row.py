"""What is painted in a row of the list: each piece in its place, in its colour, over no other."""

from collections.abc import Callable
from itertools import combinations
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.painted import Recorder, inked, painted_by, row_saying

from reader import themes
from reader.document.images import Pictures
from reader.gui.list.row import ROW, Marked, RowDelegate, RowView, text_of
from reader.model import Row

THEME = themes.theme("light")
WIDE = 320
Paint = Callable[..., tuple[Recorder, QImage]]


class _View(RowView):
    selected = focused = False

    def is_selected(self, _row: int) -> bool:
        return self.selected

    def hasFocus(self) -> bool:
        return self.focused

    def currentIndex(self) -> object:  # type: ignore[override]
        return SimpleNamespace(row=lambda: 41)


@pytest.fixture
def paint(qtbot: QtBot, pictures: Pictures) -> Paint:
    view = _View()
    qtbot.addWidget(view)

    def do(
        row: Row, *, number: int = 0, snippet: Marked = (), size: float = 1.0, **of_view: object
    ) -> tuple[Recorder, QImage]:
        delegate = RowDelegate(view, pictures, THEME, size)
        delegate.set_numbers(number)
        delegate.set_snippets((lambda _: snippet) if snippet else None)
        for name, value in of_view.items():
            setattr(view, name, value)
        index = SimpleNamespace(data=lambda role: row if role == ROW else None, row=lambda: 41)
        return painted_by(delegate, index, WIDE, delegate.height)

    return do


def _details(painter: Recorder) -> str:
    return painter.of("text")[-1].text


def _words(image: QImage, colour: str = THEME.text) -> QRect:
    return inked(image, colour)


def test_an_unread_row_has_a_dot_and_a_bold_title_and_no_other_mark(paint: Paint) -> None:
    painter, image = paint(row_saying())
    read, ink = paint(row_saying(progress=0.4))
    (dot,) = painter.of("dot")
    assert dot.colour == THEME.accent
    title = _words(image)
    assert dot.area.left() >= 2
    assert dot.area.right() < title.left() - 2
    assert abs(dot.area.center().y() - title.center().y()) < 5
    assert painter.of("ring") == painter.of("arc") == []
    assert read.of("dot") == []
    assert _words(ink).width() < title.width(), "a title that was begun is not bold"
    # Any ink: thin letters have hardly a pixel of the very colour.
    line = QRect(title.left() - 4, title.top(), WIDE // 2, title.height())
    bold, plain = (inked(each.copy(line)) for each in (image, ink))
    assert abs(plain.left() - bold.left()) <= 1


@pytest.mark.parametrize("progress", [0.05, 0.25, 0.5, 0.99])
def test_a_begun_row_has_a_ring_that_fills_clockwise_from_the_top(
    paint: Paint, progress: float
) -> None:
    painter, _ = paint(row_saying(progress=progress))
    (ring,), (arc,), details = painter.of("ring"), painter.of("arc"), painter.of("text")[-1]
    assert (ring.colour, arc.colour) == (THEME.rule, THEME.accent)
    assert arc.area == ring.area
    assert ring.area.width() == ring.area.height() >= 6
    start, span = map(int, arc.text.split())
    assert start == 90 * 16
    assert span == pytest.approx(-progress * 360 * 16, abs=1)
    assert details.area.right() < ring.area.left() - 2
    assert ring.area.right() < WIDE - 10
    assert abs(ring.area.center().y() - details.area.center().y()) <= 1.5
    assert ring.area.height() <= details.area.height()


def _corner(image: QImage) -> frozenset[str]:
    """Return the colours at the end of the details."""
    area = image.copy(WIDE - 32, image.height() // 2, 20, image.height() // 2 - 2)
    places = [(x, y) for x in range(area.width()) for y in range(area.height())]
    return frozenset(area.pixelColor(*place).name() for place in places)


def test_a_finished_row_has_a_check_mark_instead(paint: Paint) -> None:
    painter, image = paint(row_saying(progress=0.995))
    assert painter.of("ring") == painter.of("arc") == painter.of("dot") == []
    _, without = paint(row_saying(progress=0.5))
    _, unread = paint(row_saying())
    mark, ring, nothing = (_corner(each) for each in (image, without, unread))
    assert len({mark, ring, nothing}) == 3
    assert len(mark) > 2


def test_what_is_said_stands_below_the_title_in_a_soft_colour(paint: Paint) -> None:
    painter, image = paint(row_saying())
    (details,) = painter.of("text")
    assert details.text == text_of(row_saying()).details
    assert details.text.startswith("site.example · 2 min · ")
    assert details.colour == THEME.muted
    assert details.area.top() > _words(image).bottom()
    assert abs(details.area.left() - _words(image).left()) <= 2
    assert details.area.bottom() < image.height() - 6


def test_a_favourite_has_a_star_at_the_end_of_the_line(paint: Paint) -> None:
    _, without = paint(row_saying())
    painter, image = paint(row_saying(favourite=True, progress=0.4))
    star = inked(image.copy(WIDE - 32, 0, 32, image.height()), THEME.accent)
    assert not star.isNull()
    assert inked(without.copy(WIDE - 32, 0, 32, image.height()), THEME.accent).isNull()
    (ring,), (details,) = painter.of("ring"), painter.of("text")
    assert ring.area.right() < WIDE - 32 + star.left()
    assert details.area.right() < ring.area.left()
    assert abs(star.center().y() - details.area.center().y()) <= 2


@pytest.mark.parametrize("size", [0.8, 1.0, 1.7])
@pytest.mark.parametrize("title", ["Short", "A title of many words that needs the second line too"])
def test_a_title_stands_in_the_middle_of_a_row_of_one_height(
    paint: Paint, title: str, size: float
) -> None:
    _, short = paint(row_saying(title="Short"), size=size)
    painter, image = paint(row_saying(title=title), size=size)
    assert image.height() == short.height()
    *second, details = painter.of("text")
    top, bottom = _words(image).top(), details.area.bottom()
    assert abs(top - (image.height() - bottom)) <= 10 * size, "as much above as below"
    for piece in second:
        assert title.endswith(piece.text) or piece.text.endswith("…")
        assert piece.colour == THEME.text
        assert piece.weight == QFont.Weight.DemiBold
        assert piece.area.bottom() <= details.area.top() + 3
    if title == "Short":
        assert second == []


def test_a_title_that_is_too_long_ends_in_an_ellipsis(paint: Paint) -> None:
    second, _ = paint(row_saying(title="words of a title " * 20))[0].of("text")
    assert second.text.endswith("…")
    assert WIDE - 60 < second.area.right() <= WIDE - 14


def test_text_from_right_to_left_begins_on_the_right(paint: Paint) -> None:
    _, ltr = paint(row_saying(title="Short"))
    _, rtl = paint(row_saying(title="עברית"))
    assert _words(ltr).right() < WIDE / 2 < _words(rtl).left()
    assert _words(rtl).right() <= WIDE - 13
    second, _ = paint(row_saying(title="עברית ארוכה " * 9))[0].of("text")
    assert second.area.right() == pytest.approx(WIDE - 14, abs=2)
    assert text_of(row_saying(title="12 عربي")).rtl
    assert not text_of(row_saying(title="English עברית")).rtl
    assert not text_of(row_saying(title="123")).rtl


def test_a_selected_row_has_the_colours_of_the_selection(paint: Paint) -> None:
    painter, image = paint(row_saying(), number=50, selected=True)
    assert painter.of("ground")[0].colour == THEME.selection
    assert painter.of("ground")[0].area == QRectF(0, 0, WIDE, image.height())
    assert {each.colour for each in painter.of("text")} == {THEME.selection_text}
    assert not inked(image, THEME.selection_text).isNull()
    assert _words(image, THEME.muted).isNull()


def test_the_row_under_the_pointer_and_the_one_with_the_keyboard_are_seen(paint: Paint) -> None:
    assert paint(row_saying())[0].of("ground") == []
    (ground,) = paint(row_saying(), hovered=41)[0].of("ground")
    assert ground.colour == THEME.hover
    assert paint(row_saying(), hovered=40)[0].of("ground") == []
    painter, image = paint(row_saying(), focused=True)
    (bar,) = painter.of("ground")
    assert (bar.colour, bar.area) == (THEME.accent, QRectF(0, 0, 3, image.height()))


def test_a_line_parts_a_row_from_the_next(paint: Paint) -> None:
    painter, image = paint(row_saying())
    (line,) = painter.of("line")
    assert line.colour == THEME.rule
    assert line.area.top() == line.area.bottom() == image.height() - 0.5
    assert line.area.left() <= _words(image).left() + 1
    assert line.area.right() == WIDE - 1


def test_the_queue_numbers_its_rows_from_one_beside_their_details(paint: Paint) -> None:
    painter, _ = paint(row_saying(), number=1_000_000)
    number, details = painter.of("text")
    assert (number.text, number.colour) == ("42", THEME.muted)
    assert number.area.left() > 2
    assert number.area.right() < details.area.left() - 2
    assert abs(number.area.center().y() - details.area.center().y()) <= 1
    few, _ = paint(row_saying(), number=50)
    assert few.of("text")[-1].area.left() < details.area.left()


def test_a_picture_stands_at_the_end_and_takes_room_from_the_words(
    paint: Paint, pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = QImage(60, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("#123456"))
    monkeypatch.setattr(pictures, "image", lambda *_: picture)
    painter, image = paint(row_saying(lead="a.png", title="words " * 20, progress=0.4))
    (drawn,) = painter.of("picture")
    assert drawn.area.width() == drawn.area.height() > image.height() / 2
    assert drawn.area.right() == WIDE - 14
    assert inked(image, "#123456") == drawn.area.toRect()
    assert all(each.area.right() <= drawn.area.left() - 8 for each in painter.of("text"))
    assert painter.of("ring")[0].area.right() < drawn.area.left() - 8
    monkeypatch.setattr(pictures, "image", lambda *_: None)
    painter, _ = paint(row_saying(lead="a.png"))
    (ground,) = painter.of("ground")
    assert (ground.colour, ground.area) == (THEME.panel, drawn.area)


def test_words_that_were_found_stand_below_the_row_with_marks(paint: Paint) -> None:
    parts = [("Some words before ", False), ("found", True), (" and behind. " * 9, False)]
    plain_row, before = paint(row_saying())
    painter, image = paint(row_saying(), snippet=parts)
    assert image.height() > before.height() + 20
    assert [each.text for each in painter.of("text")] == [
        each.text for each in plain_row.of("text")
    ]
    marks = inked(image, THEME.mark)
    assert marks.top() >= before.height() - 6
    assert 30 < marks.left() < WIDE / 2 < WIDE - 80
    assert marks.width() < 50
    words = _below(image, before)
    assert words.height() > 1.6 * marks.height() - 6, "two lines"
    assert words.right() <= WIDE - 14
    rtl = _below(paint(row_saying(), snippet=[("עברית", False)])[1], before)
    assert rtl.left() > WIDE / 2
    assert abs(rtl.right() - (WIDE - 14)) <= 2


def _below(image: QImage, row: QImage) -> QRect:
    """Return where there is something below the row itself, above the line that ends it."""
    top = row.height() - 3
    return inked(image.copy(0, top, WIDE, image.height() - top - 2))


def test_marks_stand_under_the_same_letters_behind_signs_that_are_two_units(paint: Paint) -> None:
    def mark(before: str) -> QRect:
        return inked(paint(row_saying(), snippet=[(before, False), ("found", True)])[1], THEME.mark)

    assert mark("𝒳𝒳 ").width() == pytest.approx(mark("xx ").width(), abs=2)


@pytest.mark.parametrize("wide", [0.8, 1.0, 1.3, 1.7])
@pytest.mark.parametrize("number", [0, 50, 100_000])
@pytest.mark.parametrize("lead", ["", "a.png"])
def test_nothing_is_over_anything_else_and_nothing_outside(
    paint: Paint, wide: float, number: int, lead: str
) -> None:
    title = "A title of many words that needs the second line and more than that, certainly so"
    row = row_saying(title=title, lead=lead, progress=0.4, favourite=True)
    painter, image = paint(row, number=number, size=wide)
    pieces = [each for each in painter.pieces if each.kind in ("text", "ring", "ground", "dot")]
    for each in pieces:
        assert QRectF(image.rect()).contains(each.area), each
    for one, other in combinations(pieces, 2):
        shared = one.area.intersected(other.area)
        assert shared.height() <= 3 * wide or shared.width() <= 1, (one, other)


def _metrics(size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFontMetrics:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * size)
    font.setWeight(weight)
    return QFontMetrics(font)


@pytest.mark.parametrize("size", [0.8, 1.0, 1.7])
@pytest.mark.parametrize("number", [0, 100_000])
def test_every_piece_has_its_measured_place(paint: Paint, size: float, number: int) -> None:
    small, bold = _metrics(0.9 * size), _metrics(1.06 * size, QFont.Weight.DemiBold)
    line, high = round(1.12 * bold.height()), small.height()
    row = row_saying(title="words " * 60, site="a site " * 20, lead="a.png", favourite=True)
    painter, image = paint(row._replace(progress=0.4), number=number, size=size)
    side, left = 2 * line + 4 + high, 22
    if number:
        left = max(22, small.horizontalAdvance("0000000") + 12)
    assert image.height() == side + 22
    assert painter.of("ground")[0].area == QRectF(WIDE - 14 - side, 11, side, side)
    assert painter.of("line")[0].area.left() == left
    second, *numbers, details = painter.of("text")
    end, top = WIDE - 14 - side - 12, 11 + 2 * line + 3
    assert second.area.topLeft() == QPointF(left, 11 + line)
    assert [each.area.right() for each in numbers] == ([left - 6] if number else [])
    assert details.area.left() == left
    assert details.area.center().y() == pytest.approx(top + high / 2)
    star = inked(image.copy(end - 1 - high, top, high, high))
    assert star.width() > 0.6 * high
    assert abs(star.center().x() - (high - 1) / 2) <= 1
    (ring,), ring_side = painter.of("ring"), round(0.82 * high)
    ring_left = end - high - 4 - 1 - ring_side
    ring_top = top + (high - 1) // 2 - ring_side / 2 + 0.5
    inner = ring_side - 3
    assert ring.area == QRectF(ring_left + 1.5, ring_top + 1.5, inner, inner)
    room, full = ring_left + 1 - 6 - left, text_of(row._replace(progress=0.4)).details
    assert details.text == small.elidedText(full, Qt.TextElideMode.ElideRight, room)
    (dot,) = paint(row, number=number, size=size)[0].of("dot")
    assert dot.area.center() == QPointF(left - 10.5, 11 + bold.height() / 2)
    assert dot.area.width() == dot.area.height() == pytest.approx(6.4)


@pytest.mark.parametrize("selected", [False, True])
def test_the_words_that_were_found_have_their_measured_place(paint: Paint, selected: bool) -> None:
    small = _metrics(0.9)
    parts = [("Some words ", False), ("found", True), (" go on" * 60, False)]
    own = paint(row_saying())[1].height()
    _, image = paint(row_saying(), snippet=parts, selected=selected)
    assert image.height() == own + 2 * small.height() + 6
    mark = inked(image, THEME.mark)
    assert mark.left() == pytest.approx(22 + small.horizontalAdvance("Some words "), abs=2)
    assert mark.width() == pytest.approx(small.horizontalAdvance("found"), abs=2)
    assert mark.top() == own - 4
    assert mark.bottom() < own - 4 + small.height()
    assert not inked(image.copy(mark), THEME.text).isNull()
    behind = image.copy(22, own - 4 + small.height(), WIDE - 36, small.height())
    assert not inked(behind, THEME.selection_text if selected else THEME.muted).isNull()
    assert inked(behind, THEME.muted if selected else THEME.selection_text).isNull()
    ground = {image.pixel(WIDE // 2, y) for y in range(image.height() - 5, image.height() - 2)}
    assert len(ground) == 1, "there is no third line"


def test_another_size_keeps_what_is_shown_below_the_rows_and_their_numbers(
    qtbot: QtBot, pictures: Pictures
) -> None:
    view = _View()
    qtbot.addWidget(view)
    first, second = (RowDelegate(view, pictures, THEME, size) for size in (1.0, 1.7))
    first.set_snippets(lambda _: [])
    first.set_numbers(1_000_000)
    first.set_size(1.7)
    small = second.height
    second.set_snippets(lambda _: [])
    second.set_numbers(1_000_000)
    assert (first.height, first._left) == (second.height, second._left)
    assert first.height > small
    assert first._left == _metrics(0.9 * 1.7).horizontalAdvance("000000000") + 12
    assert first.sizeHint(None, None) == QSize(200, first.height)  # type: ignore[arg-type]
    second.set_snippets(None)
    second.set_numbers(0)
    assert (second.height, second._left) == (small, 22)


@pytest.mark.parametrize("shape", [QSize(90, 30), QSize(30, 90)])
def test_a_picture_shows_its_middle_with_round_corners(
    paint: Paint, pictures: Pictures, monkeypatch: pytest.MonkeyPatch, shape: QSize
) -> None:
    picture = QImage(shape, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ff0000"))
    with_middle = QPainter(picture)
    with_middle.fillRect((shape.width() - 30) // 2, (shape.height() - 30) // 2, 30, 30, "#123456")
    with_middle.end()
    asked: list[tuple[str | int, ...]] = []

    def image_of(*wanted: str | int) -> QImage:
        asked.append(wanted)
        return picture

    monkeypatch.setattr(pictures, "image", image_of)
    painter, image = paint(row_saying(lead="a.png"))
    area = painter.of("picture")[0].area.toRect()
    assert asked == [("a.png", 2 * area.width(), 2 * area.width())]
    assert inked(image, "#ff0000").isNull()
    assert image.pixelColor(area.center()).name() == "#123456"
    for corner in (area.topLeft(), area.topRight(), area.bottomLeft(), area.bottomRight()):
        assert image.pixelColor(corner).name() != "#123456"
    assert image.pixelColor(area.left() + 6, area.top()).name() == "#123456"
