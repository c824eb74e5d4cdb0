"""Cleaning up: each block is met where it stands, toggled, marked, undone and told of."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests.gui.painted import inked

from reader.body.from_html import body_of
from reader.document.images import Pictures
from reader.gui.cleanup.page import CleanupEditor, CleanupPage
from reader.ingest.cleaning import Piece
from reader.ingest.reprocess import Cleaning
from reader.library.library import Library
from reader.model import Article, Clipping, Edit, Look

Open = Callable[..., CleanupEditor]
_KEYS = Qt.Key
_COUNT = 40
_LEFT_OUT = (0, 1, 5)


@pytest.fixture
def article(library: Library) -> Article:
    html = "".join(f"<p>Block {n} of the page, in few words.</p>" for n in range(_COUNT))
    made = Clipping(
        "https://example.org/a", "The title", byline="Ann Other", html=html, words=300,
        published_at="2026-03-04T10:00:00Z",
    )  # fmt: skip
    return library.article(library.add(made).id)


@pytest.fixture
def opened(qtbot: QtBot, pictures: Pictures, look: Look, article: Article) -> Iterator[Open]:
    made: list[CleanupEditor] = []

    def make(left_out: tuple[int, ...] = _LEFT_OUT, zoom: float = 1.0) -> CleanupEditor:
        body = body_of(article.html)
        pieces = tuple(Piece(block, n not in left_out) for n, block in enumerate(body.blocks))
        begun = Cleaning(article, body, body, (), pieces)
        open = CleanupEditor(begun, pictures, look, zoom, "a&b.example")
        made.append(open)
        open.resize(700, 500)
        open.show()
        open.activateWindow()
        with qtbot.waitSignal(open.page.grown):
            pass
        open.page.setFocus()
        open.grab()
        return open

    yield make
    for open in made:
        open.close()
        open.deleteLater()


def _hint(open: CleanupEditor) -> str:
    return open._state.text()


def _button(open: CleanupEditor, text: str) -> QPushButton:
    return next(each for each in open.findChildren(QPushButton) if each.text() == text)


def _spot(page: CleanupPage, index: int) -> QPoint:
    return QPoint(60, round(page.band(index).center().y()) - page.verticalScrollBar().value())


def _left_out(open: CleanupEditor) -> list[int]:
    return [n for n, kept in enumerate(open.page.kept) if not kept]


def _click(
    qtbot: QtBot, page: CleanupPage, index: int, *, shift: bool = False,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:  # fmt: skip
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(page.viewport(), button, held, _spot(page, index))


def test_it_begins_where_the_article_begins(opened: Open) -> None:
    open = opened(left_out=tuple(range(20)))
    page = open.page
    assert page.current == 20
    above = page.band(20).top() + 3 - page.verticalScrollBar().value()
    assert above == pytest.approx(120, abs=1), "with what is above it in sight"
    assert opened(left_out=()).page.verticalScrollBar().value() == 0
    assert opened(left_out=tuple(range(_COUNT))).page.current == 0


def test_bands_lie_below_each_other_and_each_holds_its_block(opened: Open) -> None:
    page = opened().page
    bands = [page.band(n) for n in range(_COUNT)]
    for one, other in itertools.pairwise(bands):
        assert 0 < other.top() - one.bottom() < 12
        assert one.height() > page.fontMetrics().height()
    assert {(each.left(), each.width()) for each in bands} == {(0, page.viewport().width())}
    assert bands[-1].bottom() <= page.page.size().height()
    top = page.verticalScrollBar().value()
    for index, band in enumerate(bands):
        assert page.index_at(band.top() + 1 - top) == index
        assert page.index_at(band.bottom() - 1 - top) == index
    assert page.index_at(-top - 50) == -1


def test_bands_follow_another_zoom_and_another_width(qtbot: QtBot, opened: Open) -> None:
    open = opened()
    page, before = open.page, open.page.band(30).top()
    page.set_zoom(2.0)
    qtbot.waitUntil(lambda: page.document_ready)
    open.grab()
    assert page.band(30).top() > 1.8 * before
    assert opened(zoom=2.0).page.band(30).top() > 1.8 * before
    open.resize(300, 500)
    QApplication.processEvents()
    open.grab()
    assert page.band(30).width() == page.viewport().width()
    assert page.band(30).top() > 2.2 * before, "lines are broken"


def test_a_click_toggles_and_with_shift_all_from_the_last_one_on(
    qtbot: QtBot, opened: Open
) -> None:
    open = opened()
    page = open.page
    _click(qtbot, page, 3, shift=True)
    assert _left_out(open) == [0, 1, 3, 5], "there is no last one yet"
    _click(qtbot, page, 6)
    _click(qtbot, page, 9, shift=True)
    assert _left_out(open) == [0, 1, 3, 5, 6, 7, 8, 9]
    assert page.current == 9
    _click(qtbot, page, 12)
    _click(qtbot, page, 10, shift=True)
    assert _left_out(open) == [0, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12]
    _click(qtbot, page, 2, button=Qt.MouseButton.RightButton)
    assert 2 not in _left_out(open)
    page.undo()
    assert _left_out(open) == [0, 1, 3, 5, 6, 7, 8, 9, 12]
    page.undo()
    page.undo()
    assert _left_out(open) == [0, 1, 3, 5, 6]


def test_each_click_of_a_quick_pair_counts(qtbot: QtBot, opened: Open) -> None:
    open = opened()
    qtbot.mouseDClick(open.page.viewport(), Qt.MouseButton.LeftButton, pos=_spot(open.page, 3))
    assert 3 in _left_out(open)


def test_the_mouse_means_the_block_below_it(qtbot: QtBot, opened: Open) -> None:
    page = opened().page
    qtbot.mouseMove(page.viewport(), _spot(page, 4))
    qtbot.mouseMove(page.viewport(), _spot(page, 5))
    qtbot.waitUntil(lambda: page.current == 5)
    assert page.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor


def test_keys_go_from_block_to_block_and_stay_within(qtbot: QtBot, opened: Open) -> None:
    page = opened().page
    at = page.current
    assert at == 2
    for key, wanted in (
        (_KEYS.Key_Down, 3), (_KEYS.Key_J, 4), (_KEYS.Key_Up, 3), (_KEYS.Key_K, 2),
        (_KEYS.Key_Home, 0), (_KEYS.Key_Up, 0), (_KEYS.Key_End, _COUNT - 1),
        (_KEYS.Key_Down, _COUNT - 1),
    ):  # fmt: skip
        qtbot.keyClick(page, key)
        assert page.current == wanted
        band, top = page.band(wanted), page.verticalScrollBar().value()
        assert top - 4 <= band.top()
        assert band.bottom() <= top + page.viewport().height() + 4


def test_going_out_of_sight_brings_the_block_a_quarter_down(qtbot: QtBot, opened: Open) -> None:
    page = opened().page
    bar, room = page.verticalScrollBar(), page.viewport().height()
    before = bar.value()
    qtbot.keyClick(page, _KEYS.Key_Down)
    assert bar.value() == before, "what is seen already stays where it is"
    while bar.value() == before:
        qtbot.keyClick(page, _KEYS.Key_Down)
    assert page.band(page.current).top() - bar.value() == pytest.approx(room / 4, abs=1)
    before = bar.value()
    while bar.value() == before:
        qtbot.keyClick(page, _KEYS.Key_Up)
    assert bar.value() == max(0, round(page.band(page.current).top() - room / 4))


@pytest.mark.parametrize(
    "key",
    [_KEYS.Key_Space, _KEYS.Key_Return, _KEYS.Key_Enter, _KEYS.Key_Delete, _KEYS.Key_Backspace],
)
def test_a_key_takes_out_and_brings_back(qtbot: QtBot, opened: Open, key: Qt.Key) -> None:
    open = opened()
    qtbot.keyClick(open.page, key)
    assert _left_out(open) == [0, 1, 2, 5]
    assert _hint(open) == "1 removed"
    qtbot.keyClick(open.page, key)
    assert _left_out(open) == [0, 1, 5]
    assert _hint(open).startswith("Click a part to remove")


def test_undo_goes_back_to_the_block_it_changes(qtbot: QtBot, opened: Open) -> None:
    open = opened()
    qtbot.keyClick(open.page, _KEYS.Key_Space)
    qtbot.keyClick(open.page, _KEYS.Key_End)
    qtbot.keyClick(open.page, _KEYS.Key_Z)
    assert _left_out(open) == [0, 1, 2, 5], "a letter alone undoes nothing"
    qtbot.keyClick(open.page, _KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _left_out(open) == [0, 1, 5]
    assert open.page.current == 2
    qtbot.keyClick(open.page, _KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _left_out(open) == [0, 1, 5], "with nothing left to undo"


def test_what_is_no_block_is_not_toggled(opened: Open) -> None:
    open = opened()
    told: list[bool] = []
    open.page.changed.connect(lambda: told.append(True))
    for index in (-1, _COUNT):
        open.page.toggle(index)
    assert _left_out(open) == [0, 1, 5]
    assert told == []
    open.page.toggle(_COUNT - 1)
    open.page.toggle(0)
    assert _left_out(open) == [1, 5, _COUNT - 1]
    assert told == [True, True]


def test_keep_all_brings_back_everything_in_one_step(opened: Open) -> None:
    open = opened()
    open.page.toggle(7)
    _button(open, "Keep All").click()
    assert _left_out(open) == []
    assert _hint(open) == "3 restored"
    open.page.undo()
    assert _left_out(open) == [0, 1, 5, 7]
    open.page.toggle(1)
    assert _hint(open) == "1 removed, 1 restored"


def test_the_keys_of_the_blocks_are_taken_from_the_window(opened: Open) -> None:
    page = opened().page
    control, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
    for key, held, wanted in (
        (_KEYS.Key_Space, none, True), (_KEYS.Key_J, none, True), (_KEYS.Key_Z, control, True),
        (_KEYS.Key_Z, none, False), (_KEYS.Key_J, control, False), (_KEYS.Key_E, none, False),
    ):  # fmt: skip
        event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, held)
        event.ignore()
        QApplication.sendEvent(page, event)
        assert event.isAccepted() is wanted, (key, held)


def _ground(open: CleanupEditor, index: int) -> str:
    """Return the colour of a band above its text."""
    image: QImage = open.page.viewport().grab().toImage()
    top = round(open.page.band(index).top()) - open.page.verticalScrollBar().value()
    return image.pixelColor(100, top + 3).name()


def _darkest(open: CleanupEditor, index: int) -> int:
    image = open.page.viewport().grab().toImage()
    band, top = open.page.band(index), open.page.verticalScrollBar().value()
    rows = range(round(band.top()) - top + 2, round(band.bottom()) - top - 1)
    wide = image.width() // 2
    return min(image.pixelColor(x, y).lightness() for y in rows for x in range(0, wide))


def test_what_is_left_out_is_pale_and_what_is_meant_is_tinted(opened: Open) -> None:
    open = opened()
    page = open.page
    ground = QColor(page.look.theme.page)
    assert _darkest(open, 3) < 100
    assert _darkest(open, 4) < 100
    assert 150 < _darkest(open, 5) < ground.lightness() - 10, "pale, yet legible"
    assert _darkest(open, 0) > 150
    page.toggle(3)
    assert _darkest(open, 3) > 150
    assert _darkest(open, 4) < 100
    assert _ground(open, 4) == ground.name() != _ground(open, 2)
    open.page.current = 4
    assert _ground(open, 2) == ground.name() != _ground(open, 4)


def test_pale_ends_with_the_last_block_that_is_seen(opened: Open) -> None:
    open = opened(left_out=tuple(range(0, _COUNT, 2)))
    open.page.verticalScrollBar().setValue(open.page.verticalScrollBar().maximum() // 2)
    top, room = open.page.verticalScrollBar().value(), open.page.viewport().height()
    seen = [n for n in range(_COUNT) if open.page.band(n).top() > top + 4
            and open.page.band(n).bottom() < top + room - 4]  # fmt: skip
    assert len(seen) > 6
    for index in seen:
        assert (_darkest(open, index) > 150) is (index % 2 == 0), index


def test_a_pill_on_the_block_says_what_a_click_does(opened: Open) -> None:
    open = opened()
    theme, top = open.page.look.theme, open.page.verticalScrollBar().value()
    image, band = open.page.viewport().grab().toImage(), open.page.band(2)
    pill = inked(image, theme.accent)
    assert pill.right() == pytest.approx(band.right() - 5, abs=1)
    assert pill.top() == pytest.approx(band.top() + 4 - top, abs=1)
    assert pill.height() == pytest.approx(22, abs=1)
    assert 50 < pill.width() < 110
    words = inked(image.copy(pill.adjusted(4, 4, -4, -4)))
    assert words.width() == pytest.approx(pill.width() - 20, abs=12)
    open.page.verticalScrollBar().setValue(round(band.top()) + 10)
    below = inked(open.page.viewport().grab().toImage(), theme.accent)
    assert below.top() == 4, "it stays in sight with its block"


def test_fields_hold_what_is_known_and_return_only_what_was_corrected(opened: Open) -> None:
    open = opened()
    id = open.cleaning.article.id
    fields = (open.title, open.byline, open.date)
    assert [each.text() for each in fields] == ["The title", "Ann Other", "2026-03-04"]
    assert [each.accessibleName() for each in fields] == ["Title", "Author", "Date"]
    assert [each.placeholderText() for each in fields] == ["Title", "Author", "Date"]
    assert [each.cursorPosition() for each in fields] == [0, 0, 0]
    assert open.edit() == Edit(id)
    assert not open.changed
    open.title.setText("  Another   title ")
    assert open.edit() == Edit(id, title="Another title")
    assert open.changed
    open.title.setText("  ")
    assert open.edit() == Edit(id), "an article has a title"
    open.byline.setText(" ")
    assert open.edit() == Edit(id, byline="")
    open.byline.setText("Ann  Other")
    open.page.toggle(3)
    assert open.edit() == Edit(id)
    assert open.changed


@pytest.mark.parametrize(
    ("typed", "kept", "wrong"),
    [
        ("2026-03-04", None, False),
        (" 2025-01-02 ", "2025-01-02", False),
        ("3 May 2024", "2024-05-03", False),
        ("", "", False),
        ("  ", "", False),
        ("nonsense", None, True),
    ],
)
def test_a_date_is_taken_as_people_write_it(
    opened: Open, typed: str, kept: str | None, wrong: bool
) -> None:
    open = opened()
    open.date.setText(typed)
    assert open.edit().published_at == kept
    assert (_hint(open) == "Enter the date as 2026-01-31.") is wrong


def test_it_is_ended_by_buttons_and_from_every_field(qtbot: QtBot, opened: Open) -> None:
    open = opened()
    told: list[str] = []
    open.done.connect(lambda: told.append("done"))
    open.cancelled.connect(lambda: told.append("cancelled"))
    _button(open, "Done").click()
    _button(open, "Cancel").click()
    assert told == ["done", "cancelled"]
    for part in (open.page, open.title, open.date):
        told.clear()
        qtbot.keyClick(part, _KEYS.Key_Escape)
        qtbot.keyClick(part, _KEYS.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(part, _KEYS.Key_Enter, Qt.KeyboardModifier.ControlModifier)
        assert told == ["cancelled", "done", "done"]
        qtbot.keyClick(part, _KEYS.Key_A)
        assert len(told) == 3
    qtbot.keyClick(open.title, _KEYS.Key_Return)
    assert len(told) == 3


def test_fields_stand_above_the_page_and_buttons_below_it(opened: Open) -> None:
    open = opened()

    def at(part: QLineEdit | QPushButton | CleanupPage) -> QPoint:
        return part.mapTo(open, QPoint(0, 0))

    top = [open.title, open.byline, open.date]
    below = [_button(open, each) for each in ("Keep All", "Cancel", "Done")]
    for row in (top, below):
        lefts = [at(each).x() for each in row]
        assert lefts == sorted(set(lefts))
        assert len({at(each).y() for each in row}) == 1
        assert at(row[0]).x() == 14
        assert at(row[-1]).x() + row[-1].width() == open.width() - 14
    assert at(top[0]).y() == 8
    assert at(open.page).x() == 0
    assert open.page.width() == open.width()
    assert at(open.page).y() == at(top[0]).y() + top[0].height() + 8
    foot = at(open.page).y() + open.page.height()
    assert at(below[0]).y() + below[0].height() + 8 == open.height()
    assert foot <= open._state.mapTo(open, QPoint(0, 0)).y() < at(below[0]).y()
    assert open.title.width() > 2 * open.byline.width() > open.date.width()
    wide = open.date.fontMetrics().horizontalAdvance("2026-01-31")
    assert wide + 20 < open.date.width() < wide + 60
    assert at(below[1]).x() - at(below[0]).x() > open.width() / 3, "apart from the others"


def test_a_rule_is_only_offered_for_a_page_that_is_kept(opened: Open) -> None:
    open = opened()
    assert open.for_site.isHidden()
    assert open.for_site.text() == "On all pages of a&&b.example"
    assert "rule" in open.for_site.toolTip()
    assert not open.for_site.isChecked()
