"""What is painted in a row of the list: each piece in its place, in its colour, over no other."""

from collections.abc import Callable
from itertools import combinations, product

import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot
from tests.gui.painted import Recorder, inked, recorded, row_saying

from reader import themes
from reader.document.images import Pictures
from reader.gui.list.row import Marked, text_of
from reader.gui.list.row_painter import RowPainter, RowState
from reader.gui.widgets.site_mark import colour_of
from reader.model import Row

THEME = themes.theme("light")
WIDE = 320
Paint = Callable[..., tuple[Recorder, QImage]]
LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
LONG = "A title of many words that needs the second line and more than that, certainly so"


@pytest.fixture
def rows(qtbot: QtBot, pictures: Pictures) -> Callable[..., RowPainter]:
    def make(
        *, size: float = 1.0, numbers: int = 0, compact: bool = False, excerpt: str = "",
        snippet: Marked = (),
    ) -> RowPainter:  # fmt: skip
        made = RowPainter(pictures, THEME, size)
        made.set_numbers(numbers)
        made.set_form(compact=compact, excerpt_of=(lambda _: excerpt) if excerpt else None)
        made.set_snippets((lambda _: snippet) if snippet else None)
        return made

    return make


@pytest.fixture
def paint(rows: Callable[..., RowPainter]) -> Paint:
    def do(
        row: Row, *, wide: int = WIDE, state: RowState | None = None, **form: object
    ) -> tuple[Recorder, QImage]:
        painter = rows(**form)
        image = QImage(wide, painter.height, QImage.Format.Format_RGB32)
        with recorded(image) as recorder:
            before = recorder.font(), recorder.pen(), recorder.brush()
            painter.paint(recorder, image.rect(), row, state or RowState(42))
            assert (recorder.font(), recorder.pen(), recorder.brush()) == before
        return recorder, image

    return do


def _said(painter: Recorder) -> list[str]:
    return [piece.text for piece in painter.of("text")]


def test_an_unread_row_has_a_dot_and_a_bold_title(paint: Paint) -> None:
    painter, image = paint(row_saying())
    read, _ = paint(row_saying(progress=0.4))
    (dot,) = painter.of("dot")
    assert dot.colour == THEME.accent
    assert dot.area.center().y() == pytest.approx(image.height() / 2)
    title, begun = painter.of("text")[0], read.of("text")[0]
    assert 4 <= dot.area.left() < dot.area.right() < title.area.left() - 4
    assert (title.weight, begun.weight) == (QFont.Weight.DemiBold, QFont.Weight.Normal)
    assert read.of("dot") == []


def test_a_number_stands_below_the_dot_and_alone_in_the_middle(paint: Paint) -> None:
    unread, image = paint(row_saying(), numbers=50)
    begun, _ = paint(row_saying(progress=0.4), numbers=50)
    (dot,), middle = unread.of("dot"), image.height() / 2
    below, alone = (each.of("text")[0] for each in (unread, begun))
    assert below.text == alone.text == "42"
    assert dot.area.bottom() < middle
    assert dot.area.bottom() <= below.area.center().y() - 6
    assert alone.area.center().y() == pytest.approx(middle, abs=1)
    assert below.area.center().x() == pytest.approx(dot.area.center().x(), abs=2)
    assert paint(row_saying(), numbers=50, compact=True)[0].of("text")[0].text != "42"


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("direction", [LTR, RTL])
@pytest.mark.parametrize("progress", [0.01, 0.25, 0.5, 0.94])
def test_progress_takes_the_place_of_the_separator(
    paint: Paint, progress: float, direction: Qt.LayoutDirection, compact: bool
) -> None:
    painter, image = paint(
        row_saying(progress=progress), state=RowState(direction=direction), compact=compact
    )
    whole, done = painter.of("ground")
    assert (whole.colour, done.colour) == (THEME.rule, THEME.accent)
    assert whole.area.height() == done.area.height() == 3
    assert whole.area.bottom() == image.height()
    assert done.area.width() == pytest.approx(max(3, whole.area.width() * progress), abs=1)
    side = QRectF.left if direction is LTR else QRectF.right
    assert side(done.area) == side(whole.area)
    unread, _ = paint(row_saying(), compact=compact)
    (line,) = unread.of("ground")
    assert (line.colour, line.area.height(), line.area.right()) == (THEME.rule, 1, WIDE)


def test_a_finished_row_has_a_check_mark_and_one_without_text_has_none(paint: Paint) -> None:
    def end(**more: object) -> QImage:
        painter, image = paint(row_saying(**more))
        assert len(painter.of("ground")) == 1, "no progress"
        return image.copy(WIDE - 40, image.height() // 2, 40, image.height() // 2 - 4)

    assert inked(end(progress=0.96)).width() > 6
    for more in ({"downloaded": False}, {"words": 0}):
        assert inked(end(progress=0.96, **more)).isNull()


def test_the_site_is_shortened_first_and_the_rest_stays_whole(paint: Paint) -> None:
    row = row_saying(site="A site with a very long name of its own, indeed")
    _, *said = text_of(row).details
    for wide in range(200, 400, 20):
        site, *rest = _said(paint(row, wide=wide)[0])[1:]
        assert site.endswith("…") or wide > 380
        assert rest == [" · 2 min · Jan 2026"]
    assert said == ["Jan 2026"]
    narrow = _said(paint(row, wide=150)[0])
    assert narrow[-1] in (" · 2 min", " · 2 min · Jan 2026")


def test_each_detail_keeps_its_own_direction(paint: Paint) -> None:
    row = row_saying(title="Short", site="אתר")
    ltr, rtl = (paint(row, state=RowState(direction=way))[0].of("text")[1:] for way in (LTR, RTL))
    assert [piece.text for piece in rtl] == ["אתר", " · ", "2 min", " · ", "Jan 2026"]
    lefts = [piece.area.left() for piece in rtl]
    assert lefts == sorted(lefts, reverse=True), "one after the other from the right"
    assert ltr[0].area.left() < ltr[1].area.left()


def test_titles_begin_at_the_side_of_their_own_direction(paint: Paint) -> None:
    title, hebrew = row_saying(title="Short"), row_saying(title="עברית")
    for way in (LTR, RTL):
        state = RowState(direction=way)
        assert paint(title, state=state)[0].of("text")[0].area.left() < WIDE / 2
        assert paint(hebrew, state=state)[0].of("text")[0].area.right() > WIDE / 2
    assert text_of(row_saying(title="12 عربي")).rtl
    assert not text_of(row_saying(title="English עברית")).rtl


def test_a_window_from_right_to_left_is_the_mirror_of_the_other(paint: Paint) -> None:
    row = row_saying(lead="a.png", favourite=True)
    ltr, rtl = (paint(row, state=RowState(selected=True, direction=way))[0] for way in (LTR, RTL))
    for kind in ("ground", "dot"):
        for one, other in zip(ltr.of(kind), rtl.of(kind), strict=True):
            assert other.area.left() == pytest.approx(WIDE - one.area.right())


@pytest.mark.parametrize("size", [0.8, 1.0, 1.7])
@pytest.mark.parametrize("title", ["Short", 3 * LONG])
def test_the_pieces_stand_in_the_middle_of_rows_of_one_height(
    paint: Paint, title: str, size: float
) -> None:
    painter, image = paint(row_saying(title=title), size=size)
    *titles, site, _ = painter.of("text")
    assert image.height() == paint(row_saying(), size=size)[1].height()
    above, below = titles[0].area.top(), image.height() - site.area.bottom()
    assert abs(above - below) <= 4 * size
    assert len(titles) == (1 if title == "Short" else 2)
    assert titles[-1].text.endswith("…") == (title != "Short")


def test_a_selected_row_has_the_colours_of_the_selection_and_an_edge(paint: Paint) -> None:
    painter, image = paint(row_saying(), numbers=50, state=RowState(1, selected=True))
    ground, edge, _ = painter.of("ground")
    assert (ground.colour, ground.area) == (THEME.selection, QRectF(image.rect()))
    assert (edge.colour, edge.area) == (THEME.accent, QRectF(0, 0, 3, image.height()))
    assert {each.colour for each in painter.of("text")} == {THEME.selection_text}


def test_the_row_under_the_pointer_and_the_one_with_the_keyboard_are_seen(paint: Paint) -> None:
    hovered, image = paint(row_saying(), state=RowState(hovered=True))
    assert hovered.of("ground")[0].colour == THEME.hover
    assert hovered.of("frame") == []
    (ring,) = paint(row_saying(), state=RowState(focused=True))[0].of("frame")
    assert ring.colour == THEME.accent
    assert QRectF(image.rect()).contains(ring.area)


@pytest.mark.parametrize("compact", [False, True])
def test_check_boxes_take_the_place_of_dot_and_number(paint: Paint, compact: bool) -> None:
    for checked in (True, False):
        painter, image = paint(
            row_saying(), numbers=50, compact=compact, state=RowState(1, checked=checked)
        )
        (box,) = painter.of("frame")
        assert box.colour == (THEME.accent if checked else THEME.edge)
        assert painter.of("dot") == []
        assert "1" not in _said(painter)
        assert box.area.right() < painter.of("text")[0].area.left()
        assert abs(box.area.center().y() - image.height() / 2) <= 1


def test_a_compact_row_is_one_line_of_title_and_time(paint: Paint) -> None:
    high, image = paint(row_saying())[1].height(), paint(row_saying(title=LONG), compact=True)
    painter, line = image
    assert line.height() < high / 2
    time, title = painter.of("text")
    assert (time.text, title.text[-1]) == ("2 min", "…")
    assert title.area.right() < time.area.left()
    assert time.area.right() == pytest.approx(WIDE - 16, abs=2)


@pytest.mark.parametrize("compact", [False, True])
def test_an_excerpt_takes_two_lines_below_a_row_of_any_title(paint: Paint, compact: bool) -> None:
    _, without = paint(row_saying(title=LONG), compact=compact)
    for title in ("Short", LONG):
        painter, image = paint(row_saying(title=title), excerpt="some words " * 60, compact=compact)
        assert image.height() - without.height() >= 28
        last = painter.of("text")[-1].area if not compact else painter.of("text")[0].area
        ink = inked(
            image.copy(0, round(last.bottom()) + 1, WIDE, image.height() - 4 - round(last.bottom()))
        )
        assert ink.height() > 16, "two lines"
        assert ink.top() < 12, "right below the row"


def test_a_picture_stands_at_the_end_and_takes_room_from_the_words(
    paint: Paint, pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = QImage(60, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("#123456"))
    monkeypatch.setattr(pictures, "image", lambda *_: picture)
    painter, image = paint(row_saying(lead="a.png", title="words " * 20, progress=0.4))
    (drawn,) = painter.of("picture")
    assert drawn.area.width() == drawn.area.height() > image.height() / 2
    assert drawn.area.center().y() == pytest.approx(image.height() / 2, abs=1)
    assert WIDE - drawn.area.right() == pytest.approx(15, abs=2)
    assert inked(image, "#123456") == drawn.area.toRect()
    assert all(each.area.right() <= drawn.area.left() - 8 for each in painter.of("text"))
    monkeypatch.setattr(pictures, "image", lambda *_: None)
    gone, _ = paint(row_saying(lead="a.png"))
    assert (gone.of("ground")[0].colour, gone.of("ground")[0].area) == (THEME.panel, drawn.area)


@pytest.mark.parametrize("shape", [QSize(90, 30), QSize(30, 90)])
def test_a_picture_shows_its_middle_with_round_corners(
    paint: Paint, pictures: Pictures, monkeypatch: pytest.MonkeyPatch, shape: QSize
) -> None:
    picture = QImage(shape, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ff0000"))
    with QPainter(picture) as painter:
        left, top = (shape.width() - 30) // 2, (shape.height() - 30) // 2
        painter.fillRect(left, top, 30, 30, QColor("#123456"))
    monkeypatch.setattr(pictures, "image", lambda *_: picture)
    recorder, image = paint(row_saying(lead="a.png"))
    area = recorder.of("picture")[0].area.toRect()
    assert inked(image, "#ff0000").isNull()
    assert image.pixelColor(area.center()).name() == "#123456"
    for corner in (area.topLeft(), area.topRight(), area.bottomLeft(), area.bottomRight()):
        assert image.pixelColor(corner).name() != "#123456"


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("selected", [False, True])
def test_an_article_that_did_not_come_says_why_in_red_in_place_of_its_time(
    paint: Paint, monkeypatch: pytest.MonkeyPatch, selected: bool, compact: bool
) -> None:
    monkeypatch.setattr("reader.gui.list.row.trouble_of", lambda _: "not there (404)")
    row = row_saying(downloaded=False, site="A site with a long name " * 3)
    for wide in (260, 340, 640):
        painter, image = paint(row, wide=wide, compact=compact, state=RowState(selected=selected))
        (trouble,) = (each for each in painter.of("text") if each.text == "not there (404)")
        assert trouble.colour == THEME.bad
        assert "waiting" not in "".join(_said(painter))
        assert max(each.area.right() for each in painter.of("text")) <= wide - 14
        assert not inked(image, THEME.bad).isNull()


@pytest.mark.parametrize("selected", [False, True])
def test_words_that_were_found_stand_below_the_row_with_marks(paint: Paint, selected: bool) -> None:
    parts = [("Some words before ", False), ("found", True), (" and behind. " * 9, False)]
    state = RowState(selected=selected)
    plain_row, before = paint(row_saying(), state=state)
    painter, image = paint(row_saying(), snippet=parts, excerpt="never this", state=state)
    assert image.height() > before.height() + 20
    assert _said(painter) == _said(plain_row)
    marks = inked(image, THEME.mark)
    assert marks.top() > painter.of("text")[-1].area.bottom()
    assert 30 < marks.left() < marks.right() < WIDE - 80
    assert marks.width() < 50
    shades = {image.pixel(x, marks.center().y()) for x in range(marks.left(), marks.right())}
    assert len(shades) > 3, "its letters are over it"
    top = round(painter.of("text")[-1].area.bottom()) + 1
    _, hebrew = paint(row_saying(), snippet=[("עברית", False)])
    rtl = inked(hebrew.copy(0, top, WIDE, hebrew.height() - top - 4))
    assert rtl.left() > WIDE / 2


def test_marks_stand_under_the_same_letters_behind_signs_that_are_two_units(paint: Paint) -> None:
    def mark(before: str) -> QRect:
        return inked(paint(row_saying(), snippet=[(before, False), ("found", True)])[1], THEME.mark)

    assert mark("𝒳𝒳 ").width() == pytest.approx(mark("xx ").width(), abs=2)


TITLES = ("", " \n ", "👩‍👩‍👧", "x" * 10_000, "漢字" * 300, "עברית " * 80, LONG)


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
@pytest.mark.parametrize("wide", [120, 220, 340, 640])
def test_nothing_is_over_anything_else_and_nothing_outside(
    paint: Paint, wide: int, title: str
) -> None:
    row = row_saying(title=title, lead="a.png", progress=0.4, favourite=True, site="a site " * 9)
    for size, number, compact, way in product((0.8, 1.7), (0, 100_000), (False, True), (LTR, RTL)):
        painter, image = paint(
            row, wide=wide, numbers=number, size=size, compact=compact,
            state=RowState(number, direction=way),
        )  # fmt: skip
        pieces = [each for each in painter.pieces if each.kind in ("text", "ground", "dot")]
        texts = [each for each in pieces if each.kind == "text" and each.text]
        room = QRectF(image.rect()).adjusted(-1, -2, 1, 2)
        for each in pieces:
            assert room.contains(each.area) or wide == 120, (each, size, compact)
        for one, other in combinations(texts, 2):
            shared = one.area.intersected(other.area)
            assert shared.height() <= 4 * size or shared.width() <= 2 or wide == 120, (one, other)


@pytest.mark.parametrize("compact", [False, True])
def test_another_size_keeps_form_and_numbers(
    rows: Callable[..., RowPainter], compact: bool
) -> None:
    first = rows(size=1.0, numbers=1_000_000, compact=compact, excerpt="x")
    first.set_size(1.7)
    second = rows(size=1.7, numbers=1_000_000, compact=compact, excerpt="x")
    assert (first.height, first.gutter) == (second.height, second.gutter)
    assert first.gutter > rows(size=1.7).gutter
    assert first.height > rows(size=1.7, compact=compact).height


def test_the_dot_is_round_and_of_the_size_of_the_type(paint: Paint) -> None:
    for size in (1.0, 2.0):
        (dot,) = paint(row_saying(), size=size)[0].of("dot")
        assert dot.area.width() == dot.area.height()
        assert dot.area.width() == pytest.approx(8 * size * 12 / 13, abs=1)
        assert dot.area.center().x() > QPointF(0, 0).x()


def test_a_row_without_a_site_has_no_mark(paint: Paint) -> None:
    def colours(site: str) -> set[str]:
        _, image = paint(row_saying(site=site, byline=""))
        points = [(x, y) for x in range(image.width()) for y in range(image.height())]
        return {image.pixelColor(*point).name() for point in points}

    assert colour_of("Meridian").name() in colours("Meridian")
    assert colour_of("").name() not in colours("")
