"""Dialogs that ask a question and are deleted afterwards."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtWidgets import QDialog, QWidget

from reader.gui.widgets.plain_text import message_box


@contextmanager
def passing(dialog: QDialog) -> Iterator[bool]:
    """Run a dialog, yield whether it was accepted, then delete it: its parent would keep it."""
    try:
        yield bool(dialog.exec())
    finally:
        dialog.deleteLater()


def confirmed(parent: QWidget, text: str, more: str, button: str) -> bool:
    """Ask for confirmation, with a button for it; Enter and Esc mean Cancel."""
    box = message_box(parent, text, more)
    box.setIcon(box.Icon.NoIcon)
    do = box.addButton(button, box.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(box.StandardButton.Cancel))
    box.exec()
    return box.clickedButton() is do


def chosen(parent: QWidget, text: str, more: str, buttons: Sequence[str]) -> str:
    """Ask with several buttons and return the text of the chosen one.

    The first is the default, the last is safe: it is chosen by Esc.
    """
    box = message_box(parent, text, more)
    roles = [box.ButtonRole.AcceptRole, *(box.ButtonRole.DestructiveRole for _ in buttons[2:])]
    made = {
        box.addButton(name, role): name
        for name, role in zip(buttons, [*roles, box.ButtonRole.RejectRole], strict=True)
    }
    box.setDefaultButton(next(iter(made)))
    box.setEscapeButton([*made][-1])
    box.exec()
    clicked = box.clickedButton()
    return next((name for button, name in made.items() if button is clicked), buttons[-1])
