"""Dialogs are whole on every screen: the middle scrolls, the foot stays."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QRect
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.gui import every_dialog

from reader.gui.widgets.dialogs import Dialog, move_into, room_for
from reader.gui.widgets.plain_text import Label, message_box
from reader.gui.window import Window

_ROOT = Path(__file__).parents[3]


def _run(folder: Path, screen: tuple[int, int], size_pt: int, scale: int) -> str:
    """Open all dialogs on a screen in another process, and return what does not fit."""
    width, height = screen
    file = folder / "screens.json"
    of_screen = {"name": "one", "x": 0, "y": 0, "width": width, "height": height,
                 "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
    file.write_text(json.dumps({"screens": [of_screen]}))
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={file}",
        "QT_SCALE_FACTOR": str(scale),
        "PYTHONPATH": os.pathsep.join([str(_ROOT / "src"), str(_ROOT)]),
        "TMPDIR": str(folder),
    }
    words = [sys.executable, str(_ROOT / "tests/gui/every_dialog.py"), str(size_pt)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_dialog_of_the_window_is_among_those_that_are_opened(window: Window) -> None:
    classes = every_dialog.classes()
    assert {each.__name__ for each in classes} == {*every_dialog.makers(window)}
    assert [each for each in classes if not issubclass(each, Dialog)] == []


@pytest.mark.parametrize("size_pt", [10, 16])
@pytest.mark.parametrize(
    ("screen", "scale"), [((1024, 640), 1), ((1366, 768), 1), ((1024, 640), 2), ((1366, 768), 2)]
)
def test_all_dialogs_and_their_buttons_are_inside_the_screen(
    tmp_path: Path, screen: tuple[int, int], scale: int, size_pt: int
) -> None:
    assert _run(tmp_path, screen, size_pt, scale) == ""


def _tall(qtbot: QtBot) -> tuple[Dialog, QDialogButtonBox]:
    dialog = Dialog()
    qtbot.addWidget(dialog)
    layout = QVBoxLayout(dialog)
    for number in range(100):
        layout.addWidget(Label(f"Line {number}"))
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
    layout.addWidget(buttons)
    return dialog, buttons


def test_the_middle_of_a_tall_dialog_scrolls_and_its_foot_stays(qtbot: QtBot) -> None:
    dialog, buttons = _tall(qtbot)
    dialog.show()
    area = dialog.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert not area.isAncestorOf(buttons)
    assert area.verticalScrollBar().maximum() > 0
    assert dialog.height() <= room_for(dialog).height()
    assert buttons.geometry().bottom() <= dialog.height()
    dialog.close()
    dialog.show()
    assert len(dialog.findChildren(QScrollArea)) == 1


def test_a_dialog_with_room_is_left_as_it_is(qtbot: QtBot) -> None:
    dialog = Dialog()
    qtbot.addWidget(dialog)
    layout = QVBoxLayout(dialog)
    layout.addWidget(Label("A line"))
    dialog.resize(300, 200)
    dialog.show()
    assert (dialog.width(), dialog.height()) == (300, 200)
    assert dialog.findChild(QScrollArea) is None


def test_a_dialog_comes_back_if_its_screen_goes(qtbot: QtBot) -> None:
    dialog, _ = _tall(qtbot)
    dialog.show()
    dialog.move(5000, 4000)
    QApplication.sendEvent(dialog, QEvent(QEvent.Type.ScreenChangeInternal))
    assert dialog.screen().availableGeometry().contains(dialog.geometry())


def test_a_window_is_moved_and_shrunk_into_a_room(qtbot: QtBot) -> None:
    part = QWidget()
    qtbot.addWidget(part)
    room = QRect(100, 50, 400, 300)
    for place in (QRect(-900, -900, 200, 200), QRect(9000, 10, 200, 200), QRect(0, 0, 2000, 2000)):
        part.setGeometry(place)
        move_into(room, part)
        assert room.contains(part.geometry())


def test_a_message_of_ten_thousand_letters_leaves_its_buttons_on_the_screen(qtbot: QtBot) -> None:
    for text, more in (("x" * 10_000, ""), ("a b " * 5000, "line\n" * 500), ("\N{SNOWMAN}", "m")):
        box = message_box(None, text, more)
        qtbot.addWidget(box)
        button = box.addButton(box.StandardButton.Ok)
        box.show()
        QApplication.processEvents()
        low = button.mapToGlobal(button.rect().bottomRight()).y()
        assert low <= box.screen().availableGeometry().bottom()
        box.close()
