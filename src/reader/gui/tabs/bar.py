"""The bar of tabs above the page; it is there while there are two or more."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from reader.gui.tabs.button import HIGH, NO_TITLE, Entry, Looks, TabButton
from reader.gui.widgets.plain_text import caption, set_tip
from reader.gui.widgets.roving import Roving
from reader.gui.widgets.theme import icon

_WIDEST, _NARROWEST = 220, 120
_ALL = 36
_LONGEST = 60
_CREEP, _CREEP_MS = 24, 40


class TabBar(QWidget):
    """Tabs that become narrower, then scroll; a menu at the end lists them all.

    The signals carry the places of tabs in their order.
    """

    wanted = Signal(int)
    close_wanted = Signal(int)
    others_close_wanted = Signal(int)
    beside_wanted = Signal(int)
    window_wanted = Signal(int)
    moved = Signal(int, int)

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("tabs")
        self.setAccessibleName("Tabs")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HIGH)
        self._looks = looks
        self._area = QWidget(self)
        self._buttons: list[TabButton | None] = []
        self._makes_all = False
        self._entries: list[Entry] = []
        self._here = self._offset = 0
        self._all = QToolButton(self)
        self._all.setObjectName("allTabs")
        self._all.setAccessibleName("All Tabs")
        set_tip(self._all, "All tabs")
        self._all.clicked.connect(self._show_all)
        self._roving = Roving([], self)
        self._dragged: TabButton | None = None
        self._creeping = QTimer(self, interval=_CREEP_MS)
        self._creeping.timeout.connect(self._creep)
        looks.pictures.arrived.connect(self._area.update)

    @property
    def shown(self) -> Sequence[Entry]:
        """The articles in the tabs, in order."""
        return self._entries

    def show_tabs(self, entries: Sequence[Entry], here: int) -> None:
        """Show tabs, one of which is on the page."""
        if (self._entries, self._here) == ([*entries], here):
            return
        self._buttons += [None] * (len(entries) - len(self._buttons))
        self._entries, self._here = [*entries], here
        for at, button in enumerate(self._buttons):
            if button is not None:
                self._fill(button, at)
        self._go_to(here)
        self.setVisible(len(entries) > 1)

    def _fill(self, button: TabButton, at: int) -> None:
        button.setVisible(at < len(self._entries))
        if at < len(self._entries):
            button.show_entry(self._entries[at])
            button.setChecked(at == self._here)

    def _made(self, at: int) -> TabButton:
        button = TabButton(self._looks, self._area)
        self._buttons[at] = button
        self._roving.add(button)
        self._roving.order(each for each in self._buttons if each is not None)
        self._fill(button, at)
        button.focused.connect(lambda: self._focused(button))
        button.clicked.connect(lambda: self.wanted.emit(self._at(button)))
        button.close_wanted.connect(lambda: self.close_wanted.emit(self._at(button)))
        button.dragged.connect(lambda x: self._drag(button, x))
        button.dropped.connect(self._drop)
        button.put_by.connect(lambda by: self._put_by(button, by))
        return button

    def _at(self, button: TabButton) -> int:
        return self._buttons.index(button)

    def _focused(self, button: TabButton) -> None:
        """Show the tab that the keyboard came to; from there it reaches all of them."""
        self._makes_all = True
        self._go_to(self._at(button))

    # ---- places

    @property
    def _rtl(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    @property
    def _has_all(self) -> bool:
        return len(self._entries) * _NARROWEST > self.width() - 8

    def _wide(self) -> int:
        """Return the width of each tab."""
        count = max(1, len(self._entries))
        return min(_WIDEST, max(_NARROWEST, self._area.width() // count))

    def _most_offset(self) -> int:
        return max(0, len(self._entries) * self._wide() - self._area.width())

    def _arrange(self) -> None:
        end = _ALL if self._has_all else 4
        left = end if self._rtl else 4
        self._area.setGeometry(left, 0, self.width() - 4 - end, HIGH)
        side = 4 if self._rtl else self.width() - _ALL
        self._all.setVisible(self._has_all)
        self._all.setGeometry(side, 2, 32, 32)
        self._all.setIcon(icon("down", self._looks.colours().text))
        self._offset = min(max(0, self._offset), self._most_offset())
        seen = self._area.rect()
        for at in range(len(self._entries)):
            button, place = self._buttons[at], self._place(at)
            if button is None and (self._makes_all or seen.intersects(place)):
                button = self._made(at)
            if button is not None and button.grip is None:
                button.setGeometry(place)

    def _place(self, at: int) -> QRect:
        wide = self._wide()
        left = at * wide - self._offset
        return QRect(self._area.width() - left - wide if self._rtl else left, 0, wide, HIGH)

    def _go_to(self, at: int) -> None:
        """Scroll until a tab is visible, with a part of those beside it."""
        wide = self._wide()
        last = (at + 1) * wide + wide // 2 - self._area.width()
        self._scroll_to(min(max(self._offset, last), at * wide - wide // 2))

    def _scroll_to(self, offset: int) -> None:
        self._offset = offset
        self._arrange()

    # ---- their order

    def _drag(self, button: TabButton, x: int) -> None:
        room, grip = self._area.width() - self._wide(), button.grip or 0
        button.move(min(max(0, x - grip), room), 0)
        button.raise_()
        self._dragged = button
        self._put_below(button)
        if 0 < button.x() < room:
            self._creeping.stop()
        elif not self._creeping.isActive():
            self._creeping.start()

    def _creep(self) -> None:
        """Scroll on while a tab is held at an end of the bar."""
        button = self._dragged
        if button is not None and button.grip is not None:
            at_left = button.x() <= 0
            self._scroll_to(self._offset + (_CREEP if at_left is self._rtl else -_CREEP))
            self._put_below(button)

    def _drop(self) -> None:
        dropped, self._dragged = self._dragged, None
        self._creeping.stop()
        if dropped is not None:
            self._go_to(self._at(dropped))

    def _put_below(self, button: TabButton) -> None:
        """Put a dragged tab to the place that it is at."""
        wide = self._wide()
        left = button.x()
        middle = left + wide // 2
        along = self._area.width() - middle if self._rtl else middle
        self._put(self._at(button), (along + self._offset) // wide)

    def _put_by(self, button: TabButton, by: int) -> None:
        source = self._at(button)
        self._put(source, source + by)
        self._go_to(self._at(button))

    def _put(self, source: int, target: int) -> None:
        target = min(max(0, target), len(self._entries) - 1)
        if source == target:
            return
        places = [*range(len(self._entries))]
        places.insert(target, places.pop(source))
        self._here = places.index(self._here)
        self._buttons.insert(target, self._buttons.pop(source))
        self._entries.insert(target, self._entries.pop(source))
        self._roving.order(each for each in self._buttons if each is not None)
        self._arrange()
        self.moved.emit(source, target)

    # ---- Qt

    def _show_all(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for at, entry in enumerate(self._entries):
            title = " ".join((entry.title or NO_TITLE).split())
            short = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
            action = menu.addAction(caption(short))
            action.setCheckable(True)
            action.setChecked(at == self._here)
            action.triggered.connect(lambda _=False, at=at: self.wanted.emit(at))
        menu.popup(self._all.mapToGlobal(QPoint(0, self._all.height())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the actions on a tab."""
        part = self.childAt(event.pos())
        if not isinstance(part, TabButton):
            return
        at, menu = self._at(part), QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ways = (
            ("Open Beside", self.beside_wanted),
            ("Open in New Window", self.window_wanted),
            ("", None),
            ("Close Tab", self.close_wanted),
            ("Close Other Tabs", self.others_close_wanted),
        )
        for text, signal in ways:
            if signal is None:
                menu.addSeparator()
            else:
                menu.addAction(text).triggered.connect(
                    lambda _=False, signal=signal: signal.emit(at)
                )
        menu.popup(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the tabs."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        self._scroll_to(self._offset - turned * _NARROWEST // 120)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the tabs in the new width; the one on the page stays visible."""
        super().resizeEvent(event)
        self._arrange()
        self._go_to(self._here)

    def sizeHint(self) -> QSize:
        """Return a size that any window has room for."""
        return QSize(0, HIGH)

    def minimumSizeHint(self) -> QSize:
        """Return a size that any window has room for."""
        return QSize(0, HIGH)
