"""The screen of a widget stays when the widget goes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import reader

_GARBAGE = """
import gc
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.plain_text import message_box
from reader.gui.widgets.screens import screen_of
app = QApplication([])
gc.disable()
def make():
    screen = QGuiApplication.primaryScreen()  # older than the dialog: it is cleared before it
    part = {make}
    part.itself = part
    {see}
for _ in range(9):
    make()
    gc.collect()
    assert QGuiApplication.primaryScreen().availableGeometry().isValid()
"""


@pytest.mark.parametrize(
    ("make", "see"),
    [
        ("Dialog()", "screen_of(part)"),
        ("Dialog()", "part.show()"),
        ("message_box(None, 'Text')", "pass"),
    ],
    ids=["asked", "shown", "message"],
)
def test_a_screen_outlives_the_dialogs_that_are_collected_as_garbage(make: str, see: str) -> None:
    code = _GARBAGE.format(make=make, see=see)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_no_module_asks_qt_for_a_screen_that_would_be_a_child() -> None:
    """Only ``screen_of`` may: see its docstring."""
    source = Path(reader.__file__).parent
    asks = re.compile(r"\.(screen|windowHandle)\(\)")
    found = {each.name for each in source.rglob("*.py") if asks.search(each.read_text())}
    assert found == {"screens.py"}
