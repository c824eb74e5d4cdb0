"""The bar below the list while several articles are selected."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.theme import icon

_HEIGHT, _SIDE, _ICON, _GAP = 52, 36, 20, 8
_FIRST_TO_GO = (
    "export.show", "print.print", "article.favourite", "article.edit_tags", "article.read_later",
)  # fmt: skip


class BulkBar(QWidget):
    """Count, reading time, a button for each action, and a menu with all of them.

    ``wanted`` carries the id of an action, ``more_wanted`` the place of the menu on the screen;
    ``left`` is emitted for Esc. Buttons without room are hidden: the menu has them all.
    """

    wanted = Signal(str)
    more_wanted = Signal(QPoint)
    left = Signal()

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bulkBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Selected articles")
        self.setFixedHeight(_HEIGHT)
        self._actions = actions
        self._count, self._time = Label(), Label()
        self._count.setObjectName("bulkCount")
        self._time.setObjectName("bulkTime")
        self.buttons: dict[str, QToolButton] = {}
        self._offered: Sequence[str] = ()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(16, 0, 8, 0)
        self._layout.setSpacing(0)
        self._layout.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._layout.addWidget(self._count)
        self._layout.addSpacing(_GAP)
        self._layout.addWidget(self._time)
        self._layout.addStretch(1)
        self.more = self._button("More", "more")
        self.more.clicked.connect(lambda: self.more_wanted.emit(self._place_of_menu()))
        self._layout.addWidget(self.more)

    def text(self) -> str:
        """Return the text of the bar."""
        return " · ".join(filter(None, (self._count.text(), self._time.text())))

    def show_selected(self, count: str, time: str, spoken: str) -> None:
        """Show how many are selected, and how long it takes to read them."""
        self._count.setText(count)
        self._time.setText(time)
        self._count.setAccessibleName(spoken)
        self._make_room()

    def offer(self, names: Sequence[str]) -> None:
        """Offer the actions with these ids."""
        if names == self._offered:
            return
        self._offered = names
        for name in names:
            if name not in self.buttons:
                self._add(name)
        self._make_room()

    def _add(self, name: str) -> None:
        action = self._actions[name]
        button = self._button(action.text().replace("&", "").rstrip("…"), _ICONS[name])
        set_tip(button, action.toolTip())
        button.clicked.connect(lambda: self.wanted.emit(name))
        self.buttons[name] = button
        self._layout.insertWidget(self._layout.indexOf(self.more), button)

    def _button(self, name: str, icon_name: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        set_tip(button, name)
        button.setProperty("icon_name", icon_name)
        button.setFixedSize(_SIDE, _SIDE)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._paint(button)
        return button

    def _paint(self, button: QToolButton) -> None:
        colour = self.palette().color(QPalette.ColorRole.WindowText).name()
        button.setIcon(icon(button.property("icon_name"), colour))

    def _make_room(self) -> None:
        """Hide the buttons that there is no room for."""
        count, time = (each.sizeHint().width() for each in (self._count, self._time))
        least = len([name for name in self._offered if name not in _FIRST_TO_GO])
        margins = self._layout.contentsMargins()
        wide = self.width() - margins.left() - margins.right() - count - _GAP
        self._time.setVisible(wide - time >= (least + 1) * _SIDE)
        room = (wide - (time if not self._time.isHidden() else 0)) // _SIDE - 1
        shown = list(self._offered)
        for name in _FIRST_TO_GO:
            if len(shown) > room and name in shown:
                shown.remove(name)
        for name, button in self.buttons.items():
            button.setVisible(name in shown)

    def _place_of_menu(self) -> QPoint:
        return self.more.mapToGlobal(QPoint(0, 0))

    # ---- Qt

    def minimumSizeHint(self) -> QSize:
        """Return the size of no button: the bar never makes the list wider."""
        return QSize(0, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the buttons that there is no room for."""
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """Paint the icons in the colours of another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for button in (*self.buttons.values(), self.more):
                self._paint(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


_ICONS = {
    "article.read_later": "read-later",
    "article.archive": "archive",
    "article.favourite": "favourite",
    "article.edit_tags": "tag",
    "print.print": "print",
    "export.show": "export",
    "article.trash": "trash",
    "article.restore": "restore",
    "article.delete": "trash",
}
