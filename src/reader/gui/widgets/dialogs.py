"""Dialogs: whole on every screen, and those that ask a question and are deleted afterwards."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFrame,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.gui.widgets.plain_text import message_box
from reader.gui.widgets.screens import screen_of

_MARGIN = 12  # pixels that stay free at each side of the screen
_TITLE = 28  # pixels of a frame above a window, which is not known before it is shown


class Dialog(QDialog):
    """A dialog that is whole on its screen: if there is no room, all above its foot scrolls.

    Its foot is the last part of its layout. Another screen, or a smaller one, makes it fit again.
    """

    _followed: QScreen | None = None

    def setVisible(self, visible: bool) -> None:
        """Fit the dialog to its screen before it is shown."""
        if visible and self.isWindow() and not self.isVisible():
            self.fit()
        super().setVisible(visible)
        if visible and self.isWindow():
            move_into(room_for(self), self)
            self._follow_screen()

    def fit(self) -> None:
        """Make the dialog small enough for its screen, and move it back into view."""
        room = room_for(self)
        layout = self.layout()
        if layout is not None and _exceeds(_least(layout, room.width()), room.size()):
            _let_scroll(self, layout)
        self.setMinimumSize(self.minimumSize().boundedTo(room.size()))
        wanted = self.size() if self.testAttribute(_RESIZED) else self.sizeHint()
        self.resize(wanted.boundedTo(room.size()))
        if self.isVisible():
            move_into(room, self)

    def fit_lines(self) -> None:
        """Make the dialog as high as its wrapped lines, as far as there is room for them."""
        layout, room = self.layout(), room_for(self)
        assert layout is not None
        layout.activate()
        if not layout.hasHeightForWidth():  # they scroll
            return
        lines = layout.heightForWidth(self.width())
        self.setMinimumHeight(lines if lines <= room.height() else 0)
        if lines > room.height():
            self.fit()
        elif self.isVisible():
            move_into(room, self)

    def _follow_screen(self) -> None:
        """Fit again whenever the size of the screen changes."""
        screen = screen_of(self)
        if screen is not self._followed:
            self._followed = screen
            # A method, as a function would keep the dialog alive as long as the screen.
            screen.availableGeometryChanged.connect(self._fit_again)

    def event(self, event: QEvent) -> bool:
        """Fit again on another screen."""
        done = super().event(event)
        if event.type() == QEvent.Type.ScreenChangeInternal and self.isVisible():
            self._follow_screen()
            self.fit()
        return done

    def _fit_again(self, _: object) -> None:
        self.fit()


_RESIZED = Qt.WidgetAttribute.WA_Resized


def room_for(window: QWidget) -> QRect:
    """Return the part of the screen that a window may take without its frame."""
    return free_for(window).adjusted(_MARGIN, _MARGIN + _TITLE, -_MARGIN, -_MARGIN)


def free_for(window: QWidget) -> QRect:
    """Return the part of the screen that the desktop leaves to a window, or will leave to it."""
    parent = window.parentWidget()
    near = window if window.isVisible() or parent is None else parent.window()
    return screen_of(near).availableGeometry()


def move_into(room: QRect, window: QWidget) -> None:
    """Shrink and move a window so that it lies within a part of the screen."""
    area = window.geometry()
    area.setSize(area.size().boundedTo(room.size()))
    area.moveLeft(min(max(area.left(), room.left()), room.right() + 1 - area.width()))
    area.moveTop(min(max(area.top(), room.top()), room.bottom() + 1 - area.height()))
    if area != window.geometry():
        window.setGeometry(area)


def _least(layout: QLayout, width: int) -> QSize:
    """Return the least size of a layout, if lines are wrapped at a width."""
    least = layout.totalMinimumSize()
    if layout.hasHeightForWidth():
        least.setHeight(max(least.height(), layout.totalHeightForWidth(width)))
    return least


def _exceeds(size: QSize, room: QSize) -> bool:
    return size.width() > room.width() or size.height() > room.height()


def _let_scroll(dialog: QDialog, layout: QLayout) -> None:
    """Put all parts of a dialog but the last into an area that scrolls."""
    if not isinstance(layout, QVBoxLayout) or dialog.findChild(QScrollArea, "dialogMiddle"):
        return
    inner = QWidget()
    above = QVBoxLayout(inner)
    above.setContentsMargins(0, 0, 0, 0)
    above.setSpacing(layout.spacing())
    while layout.count() > 1:
        stretch = layout.stretch(0)
        item = layout.takeAt(0)
        assert item is not None
        if (part := item.widget()) is not None:
            above.addWidget(part, stretch)
        elif isinstance(below := item.layout(), QBoxLayout | QLayout):
            below.setParent(None)
            above.addLayout(below, stretch)
    area = QScrollArea()
    area.setObjectName("dialogMiddle")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(inner)
    layout.insertWidget(0, area, 1)


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
