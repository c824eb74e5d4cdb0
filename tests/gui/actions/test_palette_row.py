"""What is painted in a row of the command palette: icon, name, note and the letters meant."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot
from tests.gui.painted import Recorder, inked, painted_by

from reader import themes
from reader.gui.actions.palette_entries import Entry, Kind
from reader.gui.actions.palette_row import EntryDelegate

THEME = themes.theme("light")
WIDE = 400
ENTRY = Entry(Kind.ACTION, "window.quit", "Hide HHHH", "Ctrl+H", "archive")
Paint = Callable[..., tuple[Recorder, QImage]]


@pytest.fixture
def paint(qtbot: QtBot) -> Paint:
    view = QListView()
    qtbot.addWidget(view)
    delegate = EntryDelegate(view)
    delegate.theme = THEME
    here = QModelIndex().row()  # the current row of a view without rows

    def do(line: Entry | str, *, current: bool = False) -> tuple[Recorder, QImage]:
        high = delegate.height_of(line)
        role = Qt.ItemDataRole.UserRole
        index = SimpleNamespace(
            data=lambda asked: line if asked == role else None,
            row=lambda: here if current else here + 3,
        )
        assert delegate.sizeHint(SimpleNamespace(), index).height() == high  # type: ignore[arg-type]
        return painted_by(delegate, index, WIDE, high)

    return do


def test_a_heading_is_lower_than_an_entry_small_soft_and_at_the_foot(paint: Paint) -> None:
    painter, image = paint("HHHH")
    (title,) = painter.of("text")
    assert (title.text, title.colour, title.area.left()) == ("HHHH", THEME.muted, 18)
    assert title.area.height() < painter.fontMetrics().height()
    assert image.height() < paint(ENTRY)[1].height()
    ink = inked(image)
    assert image.height() / 2 < ink.center().y() < ink.bottom() <= image.height() - 4


def test_an_entry_has_its_icon_its_name_and_its_note_at_the_end(paint: Paint) -> None:
    painter, image = paint(ENTRY)
    (note,) = painter.of("text")
    assert (note.text, note.colour) == ("Ctrl+H", THEME.muted)
    assert note.area.right() == pytest.approx(WIDE - 18, abs=1)
    assert painter.of("ground") == []
    high, middle = image.height(), image.height() / 2
    icon, name = inked(image.copy(0, 0, 42, high)), inked(image.copy(42, 0, 200, high))
    assert 18 <= icon.left() < icon.right() <= 18 + 18
    assert 48 - 42 <= name.left() <= 52 - 42
    for each in icon, name:
        assert abs(each.center().y() - middle) <= 2.5
    assert abs(note.area.center().y() - middle) <= 1
    _, plain = paint(ENTRY._replace(icon=""))
    assert inked(plain.copy(0, 0, 42, high)).isNull()
    assert plain.copy(42, 0, WIDE - 42, high) == image.copy(42, 0, WIDE - 42, high)


def test_the_entry_that_was_come_to_has_a_ground_and_its_colours(paint: Paint) -> None:
    painter, image = paint(ENTRY, current=True)
    (ground,), (note,) = painter.of("ground"), painter.of("text")
    assert ground.colour == THEME.selection
    assert ground.area == QRectF(6, 1, WIDE - 12, image.height() - 2)
    assert note.colour == THEME.selection_text


@pytest.mark.parametrize("before", ["", "😀"])
def test_the_letters_that_were_meant_are_bold_and_no_others(paint: Paint, before: str) -> None:
    text = f"{before}HH HH"
    first = len(before)

    def ink(*places: int) -> list[int]:
        _, image = paint(ENTRY._replace(text=text, note="", icon="", places=places))
        return [sum(255 - image.pixelColor(x, y).lightness() for y in range(image.height()))
                for x in range(42, 200)]  # fmt: skip

    none, one, all = ink(), ink(first), ink(first, first + 1, first + 3, first + 4)
    assert sum(none) < sum(one) < sum(all)
    assert ink(99) == none, "a letter that is not shown does not matter"
    start = next(n for n, (a, b) in enumerate(zip(none, one, strict=True)) if a != b)
    assert one[: start + 6] == all[: start + 6], "the first letter is as bold as among others"


def test_long_names_and_notes_share_the_room(paint: Paint) -> None:
    long = ENTRY._replace(text="HHHH " * 60, note="note " * 60)
    painter, image = paint(long)
    (note,) = painter.of("text")
    assert note.text.endswith("…")
    room = WIDE - 18 - 18 - 30
    assert room * 0.3 < note.area.width() <= room * 0.4 + 1
    left = round(note.area.left())
    gap = image.copy(left - 14, 0, 12, image.height())
    assert {QColor(gap.pixel(x, y)).name() for x in range(12) for y in range(gap.height())} == {
        "#ffffff"
    }
    _, alone = paint(long._replace(note=""))
    assert inked(alone).right() > WIDE - 18 - 30
    assert inked(alone).right() <= WIDE - 18
