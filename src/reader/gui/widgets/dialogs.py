"""Dialogs that ask something and go."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QDialog


@contextmanager
def passing(dialog: QDialog) -> Iterator[bool]:
    """Ask, lend whether the person agreed, then delete the dialog: its parent would keep it."""
    try:
        yield bool(dialog.exec())
    finally:
        dialog.deleteLater()
