"""The strip of sheets: where each one is, what is drawn of it, turning, zooming and choosing."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.document.images import Pictures
from reader.gui.printing import preview as preview_of
from reader.gui.printing.preview import Preview
from reader.library.library import Library
from reader.model import Article
from reader.printing.book import Book
from reader.printing.imposition import Side, sides
from reader.printing.piece import entry_of
from reader.sheet import Sheet

MakeBook = Callable[..., Book]
Open = Callable[..., Preview]
_WORDS = "\n\n".join(f"## Part {n}\n\n" + "Some words of text. " * 90 for n in range(14))
_KEYS = Qt.Key


@pytest.fixture
def book(library: Library, add: Callable[..., Article], pictures: Pictures) -> MakeBook:
    article = add("Long one", _WORDS)

    def make(**liking: object) -> Book:
        sheet = Sheet(**{"paper": "100x150", "margin_mm": 8, **liking})  # type: ignore[arg-type]
        made = Book([entry_of(article)], library.article, sheet, pictures)
        for _ in made.steps():
            pass
        return made

    return make


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    made: list[Preview] = []

    def make(book: Book | None = None, width: int = 500, **liking: object) -> Preview:
        strip = Preview(**liking)  # type: ignore[arg-type]
        made.append(strip)
        strip.resize(width, 400)
        strip.show()
        strip.show_book(book)
        strip.set_sides(sides(book) if book else [])
        QApplication.processEvents()  # a scroll bar takes its room
        strip._drawn.clear()
        strip._bytes = 0
        return strip

    yield make
    for strip in made:
        strip.close()
        strip.deleteLater()


def _top(strip: Preview) -> int:
    return strip.verticalScrollBar().value()


def _rects(strip: Preview) -> list[QRect]:
    return [strip._rect(n) for n in range(strip.count)]


def _drawn(qtbot: QtBot, strip: Preview) -> QImage:
    """Return what is seen once everything in sight is drawn."""
    strip.viewport().grab()
    qtbot.waitUntil(lambda: not strip._later.isActive() and not strip._wanted)
    return strip.viewport().grab().toImage()


def _ink(image: QImage, area: QRect) -> int:
    return sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(area.left(), area.right(), 2)
        for y in range(area.top(), area.bottom(), 2)
        if image.rect().contains(x, y)
    )


@pytest.mark.parametrize(
    ("width", "gap", "liking", "millimetres"),
    [
        (400, 18, {}, (100, 150)),
        (500, 18, {"landscape": True}, (150, 100)),
        (500, 18, {"imposition": "two-up", "paper": "A5"}, (210, 148)),
        (2000, 18, {}, (100, 150)),
        (500, 40, {"paper": "A4"}, (210, 297)),
        (60, 18, {}, (100, 150)),
    ],
)
def test_sheets_are_as_wide_as_fits_in_their_shape_below_each_other(
    book: MakeBook, opened: Open, width: int, gap: int, liking: dict[str, object],
    millimetres: tuple[int, int],
) -> None:  # fmt: skip
    strip = opened(book(**liking), width=width, gap=gap)
    rects, view = _rects(strip), strip.viewport()
    wide, high = millimetres
    natural = round(900 / 210 * wide)  # on a wide screen an A4 page is 900 pixels wide
    size = QSize(min(natural, max(40, view.width() - 2 * gap)), 0)
    size.setHeight(round(size.width() * high / wide))
    assert {each.size().toTuple() for each in rects} == {size.toTuple()}
    assert rects[0].top() == gap
    assert {b.top() - a.bottom() - 1 for a, b in itertools.pairwise(rects)} <= {gap}
    lefts = {each.left() for each in rects}
    assert lefts == {max(gap, (view.width() - size.width()) // 2)}
    end = rects[-1].bottom() + 1 + gap
    assert strip.verticalScrollBar().maximum() == max(0, end - view.height())
    assert strip.verticalScrollBar().pageStep() == view.height()
    assert strip.verticalScrollBar().singleStep() == 40
    assert strip.horizontalScrollBar().maximum() == max(0, size.width() + 2 * gap - view.width())


def test_small_sheets_leave_room_for_their_numbers(book: MakeBook, opened: Open) -> None:
    rects = _rects(opened(book(), width=124, gap=14, numbered=True))
    assert rects[1].top() - rects[0].bottom() - 1 == 14 + 16


def test_zoom_has_bounds_and_zero_goes_back(book: MakeBook, opened: Open) -> None:
    strip = opened(book())
    wide = strip._rect(0).width()
    strip.zoom(1.5)
    assert strip._rect(0).width() == round(1.5 * wide)
    across = strip.horizontalScrollBar()
    assert across.maximum() == round(1.5 * wide) + 36 - strip.viewport().width()
    assert across.pageStep() == strip.viewport().width()
    strip.zoom(100)
    assert strip._rect(0).width() == 4 * wide
    strip.zoom(0.0001)
    assert strip._rect(0).width() == round(0.2 * wide)
    assert across.maximum() == 0
    strip.zoom(0)
    assert strip._rect(0).width() == wide


def test_zoom_and_width_keep_the_line_at_the_top(book: MakeBook, opened: Open) -> None:
    strip = opened(book())
    strip.verticalScrollBar().setValue(strip._rect(2).top() + 300)

    def part() -> float:
        return (_top(strip) - strip._rect(2).top()) / strip._rect(2).height()

    before = part()
    changes: list[Callable[[], object]] = [
        lambda: strip.zoom(1.7), lambda: strip.resize(350, 400), lambda: strip.zoom(0)
    ]  # fmt: skip
    for change in changes:
        change()
        QApplication.processEvents()
        assert part() == pytest.approx(before, abs=0.01)
        assert strip.current == 2


def test_turning_goes_to_the_top_of_a_sheet_and_tells_of_it(book: MakeBook, opened: Open) -> None:
    strip, told = opened(book()), list[int]()
    strip.turned.connect(told.append)
    last = strip.count - 1
    ways: list[tuple[Callable[[], object], int]] = [
        (lambda: strip.turn(1), 1), (lambda: strip.turn(2), 3), (lambda: strip.turn(-1), 2),
        (lambda: strip.turn(-99), 0), (strip.last, last), (strip.first, 0),
    ]  # fmt: skip
    for does, wanted in ways:
        does()
        assert strip.current == wanted
        top = strip._rect(wanted).top() - 18
        assert _top(strip) == min(top, strip.verticalScrollBar().maximum())
    assert told == [1, 3, 2, 0, last, 0]


def test_the_sheet_in_the_upper_third_is_the_one_that_is_seen(book: MakeBook, opened: Open) -> None:
    strip = opened(book())
    edge = strip._rect(1).top() - 18 + 18 - strip.viewport().height() // 3
    strip.verticalScrollBar().setValue(edge - 1)
    assert strip.current == 0
    strip.verticalScrollBar().setValue(edge)
    assert strip.current == 1


@pytest.mark.parametrize("numbered", [False, True])
def test_keys_turn(qtbot: QtBot, book: MakeBook, opened: Open, numbered: bool) -> None:
    strip, chosen = opened(book(), numbered=numbered), list[int]()
    strip.chosen.connect(chosen.append)
    last = strip.count - 1
    wanted = []
    for key, index in (
        (_KEYS.Key_PageDown, 1), (_KEYS.Key_Right, 2), (_KEYS.Key_Space, 3), (_KEYS.Key_PageUp, 2),
        (_KEYS.Key_Left, 1), (_KEYS.Key_Backspace, 0), (_KEYS.Key_Left, 0), (_KEYS.Key_End, last),
        (_KEYS.Key_Right, last), (_KEYS.Key_Home, 0),
    ):  # fmt: skip
        qtbot.keyClick(strip, key)
        assert strip.current == index
        wanted.append(index)
    assert chosen == (wanted if numbered else [])


def test_a_click_chooses_the_sheet_under_the_pointer(
    qtbot: QtBot, book: MakeBook, opened: Open
) -> None:
    strip, chosen = opened(book(), width=124, gap=14, numbered=True), list[int]()
    strip.chosen.connect(chosen.append)
    strip.verticalScrollBar().setValue(100)
    rect = strip._rect(1).translated(0, -100)
    for spot in (rect.topLeft(), rect.bottomRight(), QPoint(rect.left() - 3, rect.top())):
        qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert chosen == [1, 1]
    assert strip.current == 1


def test_what_is_marked_comes_into_sight_only_if_it_is_not(book: MakeBook, opened: Open) -> None:
    strip = opened(book(), width=124, gap=14, numbered=True)
    strip.set_current(1)
    assert (strip.current, _top(strip)) == (1, 0)
    strip.set_current(5)
    assert _top(strip) == strip._rect(5).top() - 14
    strip.set_current(4)
    assert _top(strip) == strip._rect(4).top() - 14
    for nowhere in (-1, strip.count):
        strip.set_current(nowhere)
        assert strip.current == 4


def _wheel(strip: Preview, turns: int, held: Qt.KeyboardModifier) -> None:
    at = QPointF(100, 100)
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120 * turns), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(strip.viewport(), event)


def test_the_wheel_scrolls_and_with_ctrl_zooms(book: MakeBook, opened: Open) -> None:
    strip = opened(book())
    wide = strip._rect(0).width()
    _wheel(strip, 2, Qt.KeyboardModifier.ControlModifier)
    assert strip._rect(0).width() == pytest.approx(wide * 1.21, abs=1)
    assert _top(strip) == 0
    _wheel(strip, -2, Qt.KeyboardModifier.ControlModifier)
    _wheel(strip, -1, Qt.KeyboardModifier.NoModifier)
    assert strip._rect(0).width() == wide
    assert _top(strip) > 0
    small = opened(book(), width=124, gap=14, numbered=True)
    before = small._rect(0).width()
    _wheel(small, 2, Qt.KeyboardModifier.ControlModifier)
    assert small._rect(0).width() == before


def test_every_sheet_in_sight_is_drawn_and_no_other(
    qtbot: QtBot, book: MakeBook, opened: Open
) -> None:
    strip = opened(book(), width=200)
    image = _drawn(qtbot, strip)
    seen = [n for n, rect in enumerate(_rects(strip)) if rect.top() < strip.viewport().height()]
    assert 1 < len(seen) < strip.count
    assert {index for index, _ in strip._drawn} == set(seen)
    for n in seen:
        rect = strip._rect(n).adjusted(4, 4, -4, -4)
        assert _ink(image, rect) > 20
    strip.last()
    image = _drawn(qtbot, strip)
    assert _ink(image, strip._rect(strip.count - 1).translated(0, -_top(strip))) > 5


def test_a_drawn_sheet_fills_its_place_and_has_an_edge(
    qtbot: QtBot, book: MakeBook, opened: Open
) -> None:
    strip = opened(book())
    image, rect = _drawn(qtbot, strip), strip._rect(0)
    ground = strip.viewport().palette().color(strip.viewport().backgroundRole())
    white = QColor("#ffffff")
    for x, wanted in ((rect.left(), white), (rect.right(), white), (rect.left() - 2, ground)):
        assert image.pixelColor(x, rect.top() + 2) == wanted
    for edge in (rect.left() - 1, rect.right() + 1):
        assert image.pixelColor(edge, 200).lightness() < 240
    inked = [x for x in range(rect.left(), rect.right()) if _ink(image, QRect(x, 50, 2, 300))]
    margin = 8 / 100 * rect.width()
    assert inked[0] - rect.left() == pytest.approx(margin, abs=3)
    pixmap = strip._drawn[0, rect.width()]
    assert pixmap.deviceIndependentSize().toSize() == rect.size()


def test_the_first_sheet_is_drawn_at_once_and_the_next_are_white_for_a_moment(
    book: MakeBook, opened: Open
) -> None:
    strip = opened(book(), width=200)
    image = strip.viewport().grab().toImage()
    assert _ink(image, strip._rect(0)) > 20
    assert _ink(image, strip._rect(1).adjusted(4, 4, -4, -4)) == 0
    assert image.pixelColor(strip._rect(1).topLeft() + QPoint(9, 9)) == QColor("#ffffff")
    small = opened(book(), width=124, gap=14, numbered=True)
    assert _ink(small.viewport().grab().toImage(), small._rect(0).adjusted(4, 4, -4, -4)) == 0


def test_the_chosen_sheet_has_a_frame_and_each_its_number(
    qtbot: QtBot, book: MakeBook, opened: Open
) -> None:
    strip = opened(book(), width=124, gap=14, numbered=True)
    strip.set_current(1)
    image = _drawn(qtbot, strip)
    accent = strip.palette().color(QPalette.ColorRole.Accent)
    framed = [image.pixelColor(rect.left() - 2, rect.center().y()) == accent
              and image.pixelColor(rect.right() + 2, rect.center().y()) == accent
              for rect in _rects(strip)[:2]]  # fmt: skip
    assert framed == [False, True]
    assert image.pixelColor(strip._rect(1).left() - 1, strip._rect(1).center().y()) == accent
    for rect in _rects(strip)[:2]:
        below = QRect(rect.left() + 20, rect.bottom() + 4, rect.width() - 40, 14)
        columns = [
            x
            for x in range(below.left(), below.right())
            if _ink(image, QRect(x, below.top(), 2, 14))
        ]
        middle = (columns[0] + columns[-1]) / 2
        assert middle == pytest.approx(rect.center().x(), abs=3)


def test_little_is_kept_of_what_was_drawn(
    qtbot: QtBot, book: MakeBook, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip = opened(book(), width=200)
    each = strip._rect(0).width() * strip._rect(0).height() * 4
    monkeypatch.setattr(preview_of, "_KEPT_BYTES", 4 * each)
    for _ in range(6):
        _drawn(qtbot, strip)
        strip.turn(1)
        assert strip._bytes == len(strip._drawn) * each
        assert len(strip._drawn) <= 4
    assert len(strip._drawn) == 4
    assert min(index for index, _ in strip._drawn) > 1, "the oldest went first"
    monkeypatch.setattr(preview_of, "_KEPT_BYTES", 0)
    strip.resize(200, 180)
    _drawn(qtbot, strip)
    strip.first()
    _drawn(qtbot, strip)
    assert len(strip._drawn) == 2, "what is seen stays"


def test_only_what_changed_is_drawn_again(qtbot: QtBot, book: MakeBook, opened: Open) -> None:
    made = book()
    strip = opened(made, width=200)
    _drawn(qtbot, strip)
    before = dict(strip._drawn)
    assert len(before) >= 2
    same = sides(made)
    strip.set_sides(same)
    assert dict(strip._drawn) == before
    strip.set_sides([same[0], same[2], *same[2:]])
    assert [index for index, _ in strip._drawn] == [0]
    assert strip._bytes == sum(each.width() * each.height() * 4 for each in strip._drawn.values())
    strip.set_sides([])
    assert (dict(strip._drawn), strip._bytes) == ({}, 0)


def test_another_book_begins_anew_and_stays_in_place(
    qtbot: QtBot, book: MakeBook, opened: Open
) -> None:
    strip = opened(book())
    strip.verticalScrollBar().setValue(strip._rect(3).top() + strip._rect(3).height() // 2)
    _drawn(qtbot, strip)
    other = book(landscape=True)
    strip.show_book(other)
    assert (strip.count, strip._bytes, dict(strip._drawn)) == (0, 0, {})
    few: list[Side] = sides(other)
    strip.set_sides(few[:2])
    strip.set_sides(few)
    rect = strip._rect(3)
    assert (_top(strip) - rect.top()) / rect.height() == pytest.approx(0.5, abs=0.01)
    strip.first()
    strip.set_sides(few)
    assert _top(strip) == 0, "only once"


def test_contents_are_drawn_again_when_their_numbers_are_known(
    qtbot: QtBot, library: Library, add: Callable[..., Article], pictures: Pictures, opened: Open
) -> None:
    articles = [add(f"Article {n}", "Words. " * 40) for n in range(3)]
    made = Book([entry_of(each) for each in articles], library.article, Sheet(paper="100x150"),
                pictures, "Book")  # fmt: skip
    strip = opened()
    strip.show_book(made)
    for _ in made.steps():
        if made.pages and not made.complete:
            strip.set_sides(sides(made))
            strip.resize(200, 2500)
            _drawn(qtbot, strip)
    front = [n for n, page in enumerate(made.pages) if page.piece < 0]
    drawn = {index for index, _ in strip._drawn}
    assert front
    assert drawn - set(front)
    strip.set_sides(sides(made))
    assert not {index for index, _ in strip._drawn} & set(front)
    assert {index for index, _ in strip._drawn} == drawn - set(front)


def test_without_a_book_there_is_nothing_and_nothing_breaks(qtbot: QtBot, opened: Open) -> None:
    strip = opened()
    for key in (_KEYS.Key_PageDown, _KEYS.Key_End, _KEYS.Key_Home):
        qtbot.keyClick(strip, key)
    strip.zoom(2)
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton)
    strip.grab()
    assert (strip.count, strip.current, _top(strip)) == (0, 0, 0)
    assert strip._size == QSize(1, 1)
    assert strip.verticalScrollBar().maximum() == 0
