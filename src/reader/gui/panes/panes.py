"""The panes of the window: sidebar, list and page, arranged by the width there is."""

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QWidget

from reader.gui.widgets.layouts import NO_LIMIT

ROOM_FOR_SIDEBAR = 1080
"""The width in pixels below which the sidebar is a drawer over the list."""
ROOM_FOR_TWO = 700
"""The width in pixels below which list and page take turns."""
_LEAST = (160, 280, 400)
_USUAL = (208, 340, 900)
_DRAWER = 288
_LEFT_OF_DRAWER = 56  # pixels of the list that stay visible beside it


class Arrangement(Enum):
    """How the panes stand, by the width of the window."""

    THREE = auto()
    """All panes stand side by side."""
    TWO = auto()
    """List and page stand side by side, the sidebar is a drawer."""
    ONE = auto()
    """Either the list or the page is shown, the sidebar is a drawer."""


class Drawer(QWidget):
    """The sidebar over the other panes; a click beside it or Esc closes it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over.parentWidget())
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addStretch(1)
        self._over = over
        self._sidebar: QWidget | None = None
        self._before: QWidget | None = None
        over.installEventFilter(self)
        self.hide()

    def hold(self, sidebar: QWidget) -> None:
        """Take the sidebar out of the splitter."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(0, sidebar)
        self._sidebar = sidebar

    def open_drawer(self) -> None:
        """Show the sidebar over the other panes and give it the keyboard."""
        if self._sidebar is None:
            return
        self._before = self.window().focusWidget()
        self._fit()
        self.show()
        self.raise_()
        self._sidebar.show()
        self._sidebar.setFocus()

    def close_drawer(self) -> None:
        """Hide the sidebar and give the keyboard back."""
        if self.isVisible():
            self.hide()
            if self._before is not None:
                self._before.setFocus()

    def _fit(self) -> None:
        self.setGeometry(self._over.geometry())
        if self._sidebar is not None:
            self._sidebar.setFixedWidth(min(_DRAWER, self.width() - _LEFT_OF_DRAWER))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the panes."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Close beside the sidebar."""
        self.close_drawer()

    def event(self, event: QEvent) -> bool:
        """Take Esc before the shortcuts of the window do."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_drawer()
        else:
            super().keyPressEvent(event)


class Panes(QSplitter):
    """Sidebar, list and page; ``arranged`` is emitted when they stand in another way.

    ``viewer`` is the part of the page that gets the keyboard if another pane with it is hidden.
    """

    arranged = Signal()

    def __init__(self, sidebar: QWidget, middle: QWidget, page: QWidget, viewer: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self._parts: tuple[QWidget, QWidget, QWidget] = (sidebar, middle, page)
        self._viewer = viewer
        for part, least in zip(self._parts, _LEAST, strict=True):
            part.setMinimumWidth(least)
            self.addWidget(part)
        self.setSizes(list(_USUAL))
        self.setStretchFactor(2, 1)
        self.arrangement = Arrangement.THREE
        self._shows_page = False
        self._folded = False
        self._alone = False
        self._hides_sidebar = False
        self._drawer: Drawer | None = None
        self._whole: list[int] = list(_USUAL)
        self.splitterMoved.connect(lambda *_: self._keep_sizes())

    @property
    def whole_sizes(self) -> tuple[int, ...]:
        """The widths that the user has given to the three panes."""
        return tuple(self._whole)

    def set_whole_sizes(self, sizes: Sequence[int]) -> None:
        """Set the widths of the three panes."""
        self._whole = list(sizes)
        self.setSizes(self._whole)

    def _keep_sizes(self) -> None:
        sizes = self.sizes()
        if self.arrangement is Arrangement.THREE and all(sizes):
            self._whole = sizes
        elif self.arrangement is Arrangement.TWO and all(sizes):
            self._whole[1:] = sizes

    @property
    def page(self) -> QWidget:
        """The pane of the page."""
        return self._parts[2]

    def frame_page(self, frame: QSplitter) -> None:
        """Put the page into a splitter, which takes its place among the panes."""
        sidebar, middle, page = self._parts
        sizes, focused = self.sizes(), QApplication.focusWidget()
        self.replaceWidget(self.indexOf(page), frame)
        frame.addWidget(page)
        frame.setVisible(not page.isHidden())
        page.show()
        page.setMinimumWidth(_LEAST[1])
        frame.setMinimumWidth(_LEAST[2])
        self._parts = (sidebar, middle, frame)
        self.setStretchFactor(self.indexOf(frame), 1)
        self.setSizes(sizes)
        if focused is not None and page.isAncestorOf(focused):
            focused.setFocus()

    @property
    def shows_page(self) -> bool:
        """Whether the page is visible."""
        return self.arrangement is not Arrangement.ONE or self._shows_page

    @property
    def folded(self) -> bool:
        """Whether sidebar and list were hidden together."""
        return self._folded

    def show_page(self, wanted: bool = True) -> None:
        """Show the page instead of the list, or the list if not ``wanted``, if only one fits."""
        self.close_drawer()
        if self._shows_page != wanted:
            self._shows_page = wanted
            self._show_parts()

    def fold(self, folded: bool) -> None:
        """Hide sidebar and list, or show them again."""
        self._folded = folded
        self._show_parts()

    @property
    def is_alone(self) -> bool:
        """Whether the page is shown alone for a while."""
        return self._alone

    def set_alone(self, alone: bool) -> None:
        """Show the page alone, or the panes as they were before."""
        if alone != self._alone:
            self.close_drawer()
            self._alone = alone
            self._show_parts()

    def show_list(self) -> None:
        """Make the list visible, beside the page or instead of it."""
        self.close_drawer()
        self._folded = self._shows_page = self._alone = False
        self._show_parts()

    def show_sidebar(self) -> None:
        """Make the sidebar visible: beside the list, or as a drawer."""
        if self._parts[0].isVisible():
            return
        if self._alone:
            self.set_alone(False)
        if self._drawer is not None and self.arrangement is not Arrangement.THREE:
            self._drawer.open_drawer()
        else:
            self._folded = self._hides_sidebar = False
            self._show_parts()

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar."""
        if not self._parts[0].isVisible():
            self.show_sidebar()
        elif self.arrangement is Arrangement.THREE:
            self._hides_sidebar = True
            self._show_parts()
        else:
            self.close_drawer()

    def close_drawer(self) -> None:
        """Close the drawer if it is open."""
        if self._drawer is not None:
            self._drawer.close_drawer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the panes by the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width()
        wanted = Arrangement.TWO if wide >= ROOM_FOR_TWO else Arrangement.ONE
        if wide >= ROOM_FOR_SIDEBAR:
            wanted = Arrangement.THREE
        if wanted is self.arrangement:
            return
        before, self.arrangement = self.arrangement, wanted
        if before is Arrangement.THREE:
            self._take_out_sidebar()
        elif wanted is Arrangement.THREE:
            self._put_back_sidebar()
        self._show_parts()

    def _take_out_sidebar(self) -> None:
        self._drawer = self._drawer or Drawer(self)
        self._drawer.hold(self._parts[0])

    def _put_back_sidebar(self) -> None:
        sidebar = self._parts[0]
        self.close_drawer()
        sidebar.setMinimumWidth(_LEAST[0])
        sidebar.setMaximumWidth(NO_LIMIT)
        self.insertWidget(0, sidebar)
        left, middle, _ = self._whole
        self.setSizes([left, middle, self.width() - left - middle])

    def _show_parts(self) -> None:
        sidebar, middle, page = self._parts
        focused = QApplication.focusWidget()
        one, three = self.arrangement is Arrangement.ONE, self.arrangement is Arrangement.THREE
        if three:
            sidebar.setVisible(not (self._folded or self._hides_sidebar or self._alone))
        page.setVisible(not one or self._shows_page or self._alone)
        middle.setVisible(not self._alone and not (self._shows_page if one else self._folded))
        if focused is not None and self.isAncestorOf(focused) and not focused.isVisible():
            self._viewer.setFocus()
        self.arranged.emit()
