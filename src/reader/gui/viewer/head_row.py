"""The actions of an article below its title: buttons with words, or icons if there is no room."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from reader import phrases
from reader.gui.widgets.flow import flow, height, mirrored
from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.theme import icon
from reader.model import Theme

HIGH = 36
_ICONS_WIDE = 40
_MORE_WIDE = 28
_PAD = 8  # as in the style sheet, with the border
_WORDS_FROM = 480  # pixels of the column
_EYE = 18
_GAP, _BETWEEN = 2, 4


class Entry(NamedTuple):
    """A button: the id of its action, its icon and text, and those it has while it is on."""

    id: str
    icon: str
    text: str
    text_on: str = ""


ENTRIES = (
    Entry("page.zoom_in", "zoom-in", "Zoom In"),
    Entry("page.zoom_out", "zoom-out", "Zoom Out"),
    Entry("article.read_later", "read-later", "Read Later", "In the Queue"),
    Entry("print.print", "print", "Print"),
)
WAYS_TO_PRINT = ("print.print", "print.save_pdf")


class HeadButton(QToolButton):
    """A button of the head; the head moves the focus between its buttons by arrow keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Return as with Space; leave other keys to the head."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()


class ActionButton(HeadButton):
    """A button that triggers an action, and shows its state in words."""

    def __init__(self, entry: Entry, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self._action = action
        self._words = True
        self._theme: Theme | None = None
        self.setCheckable(action.isCheckable())
        self.setIconSize(QSize(20, 20))
        self.clicked.connect(self._press)
        action.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Show the state of the action."""
        self.setEnabled(self._action.isEnabled())
        set_tip(self, self._action.toolTip())
        self.setChecked(self._action.isChecked())
        on = self.isChecked()
        words = self.entry.text_on if on and self.entry.text_on else self.entry.text
        self.setText(words if self._words else "")
        self.setAccessibleName(f"{self.entry.text}, on" if on else self.entry.text)
        if self._theme is not None:
            name = f"{self.entry.icon}-on" if on else self.entry.icon
            self.setIcon(icon(name, self._theme.accent if on else self._theme.text))

    def show_words(self, words: bool) -> None:
        """Show words beside the icon, or the icon alone."""
        self._words = words
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if words else style.ToolButtonIconOnly
        )
        self.follow()

    def set_theme(self, theme: Theme) -> None:
        """Paint the icon in the colours of a theme."""
        self._theme = theme
        self.follow()

    def _press(self) -> None:
        self.setChecked(self._action.isChecked())  # until the action has done it
        self._action.trigger()

    def widest(self) -> int:
        """Return the width with the longest of its texts."""
        texts = (self.entry.text, self.entry.text_on)
        words = max(map(self.fontMetrics().horizontalAdvance, texts))
        return 2 * _PAD + self.iconSize().width() + 5 + words


class HeadRow(QWidget):
    """Zoom, Read Later and Print at the start of a row, the number of views at its end."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("headRow")
        self.buttons: list[HeadButton] = []
        self._theme: Theme | None = None
        self._eye = QIcon()
        self._views = Label("", self)
        self._views.setObjectName("views")
        self._eye_at = QRect()

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Make the buttons of the actions, by their ids in the table."""
        for entry in ENTRIES:
            self.buttons.append(ActionButton(entry, actions[entry.id], self))
        self.buttons.append(self._more([actions[id] for id in WAYS_TO_PRINT]))
        if self._theme is not None:
            self.set_theme(self._theme)

    def _more(self, ways: list[QAction]) -> HeadButton:
        more = HeadButton(self)
        more.setAccessibleName("More ways to print")
        set_tip(more, "More ways to print")
        more.setObjectName("morePrint")
        more.clicked.connect(lambda: self._pop_up(more, ways))
        return more

    def _pop_up(self, more: HeadButton, ways: list[QAction]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(ways)
        menu.popup(more.mapToGlobal(QPoint(0, more.height())))

    def set_theme(self, theme: Theme) -> None:
        """Paint the icons in the colours of a theme."""
        self._theme = theme
        self._eye = icon("eye", theme.muted)
        for button in self.buttons:
            if isinstance(button, ActionButton):
                button.set_theme(theme)
            else:
                button.setIcon(icon("down", theme.text))
        self.update()

    def views(self) -> str:
        """Return the number of views as shown."""
        return self._views.text()

    def set_views(self, views: int) -> None:
        """Show the number of views."""
        self._views.setText(phrases.plural(views, "view"))

    def arrange(self, width: int, *, rtl: bool) -> int:
        """Place the parts in a width, and return the height that they take."""
        words = width >= _WORDS_FROM and self._needed() <= width
        icons = min(_ICONS_WIDE, (width - _MORE_WIDE - 4 * _GAP) // len(ENTRIES))
        sizes = [self._size(button, 0 if words else icons) for button in self.buttons]
        label = self._views.sizeHint()
        views = QSize(_EYE + 8 + label.width(), max(HIGH, label.height()))
        rects = flow([*sizes, views], width, [_GAP] * (len(sizes) + 1), _BETWEEN)
        rects[-1].moveRight(width - 1)
        for button in self.buttons:
            if isinstance(button, ActionButton):
                button.show_words(words)
        placed = mirrored(rects, width) if rtl else rects
        for button, rect in zip(self.buttons, placed, strict=False):
            button.setGeometry(rect)
        self._place_views(placed[-1], label, rtl=rtl)
        return height(rects)

    def _place_views(self, area: QRect, label: QSize, *, rtl: bool) -> None:
        top = area.center().y() + 1
        eye_left = area.right() + 1 - _EYE if rtl else area.left()
        self._eye_at = QRect(eye_left, top - _EYE // 2, _EYE, _EYE)
        left = area.left() if rtl else area.right() + 1 - label.width()
        self._views.setGeometry(left, top - label.height() // 2, *label.toTuple())
        self.update()

    def _needed(self) -> int:
        words = sum(self._size(button, 0).width() + _GAP for button in self.buttons)
        return words + _EYE + 8 + self._views.sizeHint().width()

    def _size(self, button: HeadButton, icon_wide: int) -> QSize:
        """Return the size of a button as an icon of a width, or with words if that is 0."""
        if not isinstance(button, ActionButton):
            return QSize(_MORE_WIDE, HIGH)
        return QSize(icon_wide or button.widest(), HIGH)

    def paintEvent(self, _event: object) -> None:
        """Paint the eye before the number of views."""
        painter = QPainter(self)
        self._eye.paint(painter, self._eye_at)
        painter.end()
