"""Real dialogs, answered as soon as they are open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

Answer = Callable[[Any], object]


@contextmanager
def answering(*answers: Answer) -> Iterator[list[str]]:
    """Give each answer to the next modal dialog; lend what their titles or sentences are.

    A dialog beyond them, or one that an answer leaves open, is cancelled and fails the test.
    """
    left, told, unasked = list(answers), list[str](), list[str]()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return
        said = dialog.text() if isinstance(dialog, QMessageBox) else dialog.windowTitle()
        told.append(said)
        if left:
            left.pop(0)(dialog)
        if dialog.isVisible():
            unasked.append(said)
            dialog.reject()

    timer = QTimer(interval=5)
    timer.timeout.connect(look)
    timer.start()
    yield told
    timer.stop()
    assert unasked == []
    assert left == [], "fewer dialogs than answers"


def press(name: str) -> Answer:
    """Return the answer that presses the button of that name."""

    def answer(box: QMessageBox) -> None:
        next(each for each in box.buttons() if each.text().replace("&", "") == name).click()

    return answer
