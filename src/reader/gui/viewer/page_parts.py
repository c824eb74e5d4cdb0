"""The parts of the page that can be pressed, by the pointer and by the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QTextCursor
from PySide6.QtWidgets import QApplication

from reader.document.picture_list import Pictured, pictured
from reader.document.picture_object import after_picture_at
from reader.gui.viewer.column import ColumnBrowser
from reader.gui.viewer.link_focus import LinkFocus
from reader.gui.viewer.page_tools import PageTools, Tool
from reader.gui.viewer.stops import Key, link_between, next_stop, picture_in


class PageParts(QObject):
    """Pictures and tools of a page; the signals tell which was pressed."""

    picture_pressed = Signal(int)
    tool_pressed = Signal(object, int)

    def __init__(self, browser: ColumnBrowser, link_focus: LinkFocus) -> None:
        super().__init__(browser)
        self._browser, self._link_focus = browser, link_focus
        self.tools = PageTools()
        self._pressed: Tool | None = None
        self._is_over = False
        self._began = QPointF()
        self.holds_links = False
        """Whether a link that is followed now is around a picture that is pressed."""

    def picture_at(self, at: QPoint) -> Pictured | None:
        """Return the picture at a place of the viewport, None without one."""
        after = after_picture_at(self._browser.page, self._place(at))
        return None if after is None else pictured(after)

    def tool_at(self, at: QPoint) -> Tool | None:
        """Return the tool at a place of the viewport, None without one."""
        return self.tools.at(self._browser.page, self._place(at))

    def _place(self, at: QPoint) -> QPointF:
        """Return the place of the document at one of the viewport."""
        return self._browser.to_document(QPointF(at))

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """Paint the tools, in the coordinates of the document."""
        browser = self._browser
        focused = self.tools.focused_at(browser.textCursor()) if browser.hasFocus() else None
        self.tools.paint(browser.page, painter, seen, focused)

    # ---- the pointer

    def press(self, event: QMouseEvent) -> bool:
        """Press a tool; return whether there is one."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._began = event.position()
        self._pressed = self.tool_at(event.position().toPoint()) if is_left else None
        return self._pressed is not None

    def release(self, event: QMouseEvent, otherwise: Callable[[], None]) -> bool:
        """Use the tool, or else enlarge the picture; return whether that was done.

        Around a picture, a link is followed with Ctrl. ``otherwise`` is what the page does.
        """
        at, pressed = event.position().toPoint(), self._pressed
        self._pressed = None
        if pressed is not None:
            here = self.tool_at(at)
            if here is not None and here.key == pressed.key:
                self.tool_pressed.emit(*here.key)
            return True
        is_plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        picture = self.picture_at(at) if is_plain else None
        self.holds_links = picture is not None
        otherwise()
        self.holds_links = False
        way = (event.position() - self._began).manhattanLength()
        if picture is None or way >= QApplication.startDragDistance():
            return False
        self.picture_pressed.emit(picture.position)
        return True

    def move(self, event: QMouseEvent, otherwise: Callable[[], None]) -> None:
        """Show the parts that can be pressed."""
        if self._pressed is not None:
            return
        otherwise()
        if event.buttons():
            return
        at = event.position().toPoint()
        self.point(self._place(at))
        over = self.tools.is_over or self.picture_at(at) is not None
        if over != self._is_over:
            shapes = Qt.CursorShape
            shape = shapes.PointingHandCursor if over else shapes.IBeamCursor
            self._browser.viewport().setCursor(shape)
            self._is_over = over

    def point(self, place: QPointF | None) -> None:
        """Paint the tools below the pointer, and no longer those that were."""
        if self.tools.point(self._browser.page, place):
            self._browser.viewport().update()

    # ---- the keyboard

    def tab(self, otherwise: Callable[[], bool], *, back: bool) -> bool:
        """Go to the next link, picture or tool; ``otherwise`` leaves the page."""
        browser = self._browser
        before = browser.textCursor()
        focused = self.tools.focused_at(before)
        here = self._tab_from(before, back=back)
        if focused is not None and not back:
            here += 1
        last = browser.page.characterCount()
        stop = next_stop(browser.page, here, back=back)
        end = (0 if back else last) if stop is None else stop.start
        link = link_between(browser.page, *sorted((here, end)), back=back)
        stop = link or stop
        went = stop is not None or otherwise()
        if stop is not None:
            browser.setTextCursor(browser.cursor_over(stop.start, stop.end))
        if went:
            browser.ensureCursorVisible()
        self._link_focus.went()
        self.tools.focus(stop.tool if stop is not None else None, browser.textCursor().position())
        browser.viewport().update()
        return went

    def focused(self) -> Key | int | None:
        """Return the tool, or the position of the picture, that has the keyboard and is seen."""
        cursor, browser = self._browser.textCursor(), self._browser
        ends = cursor.selectionStart(), cursor.selectionEnd()
        area = browser.area_of(*ends) if cursor.hasSelection() else browser.cursorRect()
        if not area.intersects(browser.viewport().rect()):
            return None
        if (tool := self.tools.focused_at(cursor)) is not None:
            return tool
        return picture_in(cursor) if self._link_focus.is_shown else None

    def _tab_from(self, cursor: QTextCursor, *, back: bool) -> int:
        """Return the position of the cursor if it is visible, else an end of the visible text."""
        browser, seen = self._browser, self._browser.viewport().rect()
        if browser.cursorRect(cursor).intersects(seen):
            return cursor.selectionStart() if back else cursor.selectionEnd()
        corners = (seen.topLeft(), seen.bottomRight(), seen.topRight(), seen.bottomLeft())
        return browser.cursorForPosition(corners[2 * browser.is_rtl + back]).position()

    def use_focused(self) -> bool:
        """Press the tool or the picture that has the keyboard; return whether there is one."""
        focused = self.focused()
        if isinstance(focused, int):
            self.picture_pressed.emit(focused)
        elif focused is not None:
            self.tool_pressed.emit(*focused)
        return focused is not None
