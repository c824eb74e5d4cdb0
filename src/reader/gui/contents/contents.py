"""Shows and hides the contents: beside the page, or over it if there is no room."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAction

from reader.gui.contents.panel import WIDE, ContentsPanel
from reader.gui.panes.panes import ROOM_FOR_SIDEBAR, Panes
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.keyboard import has_keyboard
from reader.settings_store import SettingsStore

_LEAST_PAGE = 420
_LAYOUT = (QEvent.Type.Resize, QEvent.Type.LayoutDirectionChange)
_LEFT_OF_PAGE = 56  # pixels of the page that stay visible beside the contents over it


class Contents(QObject):
    """The panel of the contents at the end of the page; the settings remember whether it is open.

    ``action`` is checked while it is open.
    """

    def __init__(
        self, viewer: Viewer, panes: Panes, settings: SettingsStore, action: QAction
    ) -> None:
        super().__init__(panes)
        self._viewer, self._panes, self._page = viewer, panes, panes.page
        self._settings, self._action = settings, action
        self._is_over = self._waits = False
        self._panel: ContentsPanel | None = None
        self.speed: Callable[[], float] = lambda: 200.0

    @property
    def panel(self) -> ContentsPanel:
        """The panel, made on first use."""
        if self._panel is None:
            self._panel = ContentsPanel(self._viewer, lambda: self.speed(), self._page)
            self._panel.hide()
            self._panel.went.connect(self._went)
            self._panel.left.connect(self._leave)
            self._panel.closing.connect(self.close)
            self._page.installEventFilter(self)
            self._viewer.installEventFilter(self)
            self._panes.arranged.connect(self._follow_panes)
        return self._panel

    @property
    def is_shown(self) -> bool:
        """Whether the contents are shown."""
        return self._panel is not None and not self._panel.isHidden()

    @property
    def _is_wanted(self) -> bool:
        return self._settings.value.contents

    def toggle(self) -> None:
        """Show or hide the contents."""
        if self.is_shown:
            self.close()
        else:
            self.open()
            if self._is_over:
                self.panel.take_keyboard()

    def open(self) -> None:
        """Show the contents; over the page, they are closed again at the next start."""
        panel = self.panel
        self._action.setChecked(True)
        panel.show()
        panel.raise_()
        self.place()
        panel.show_article()
        if not self._is_over:
            self._settings.update(contents=True)

    def go_to(self) -> None:
        """Show the contents and give them the keyboard."""
        self.open()
        self.panel.take_keyboard()

    def close(self) -> None:
        """Hide the contents, and give the keyboard back to the page."""
        panel = self.panel
        if has_keyboard(panel):
            self._viewer.setFocus()
        panel.hide()
        self._action.setChecked(False)
        self._settings.update(contents=False)
        self.place()

    def _leave(self) -> None:
        if self._is_over:
            self.close()
        self._viewer.setFocus()

    def _went(self) -> None:
        if self._is_over:
            self.close()
        self._viewer.setFocus()

    # ---- the place beside the page

    def _follow_panes(self) -> None:
        """Go while the page is shown alone."""
        if self._panes.is_alone and self.is_shown:
            self._waits = True
            self.panel.hide()
            self.place()
        elif self._waits and not self._panes.is_alone:
            self._waits = False
            self.open()

    def place(self) -> None:
        """Stand beside the page if there is room, else over it."""
        panel, page = self.panel, self._page
        wide, rtl = page.width(), page.layoutDirection() is Qt.LayoutDirection.RightToLeft
        has_room = page.window().width() >= ROOM_FOR_SIDEBAR and wide >= WIDE + _LEAST_PAGE
        self._is_over = not has_room
        mine = min(WIDE, max(0, wide - _LEFT_OF_PAGE))
        free = mine if has_room and not panel.isHidden() else 0
        layout = page.layout()
        if layout is not None:
            layout.setContentsMargins(free if rtl else 0, 0, 0 if rtl else free, 0)
            layout.activate()
        panel.setGeometry(QRect(0 if rtl else wide - mine, 0, mine, page.height()))
        panel.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page, and go while something else is in its place."""
        kind = event.type()
        if watched is self._page and kind in _LAYOUT:
            self.place()
        elif watched is self._viewer and kind == QEvent.Type.HideToParent:
            self.panel.hide()
            self.place()
        elif watched is self._viewer and kind == QEvent.Type.ShowToParent and self._is_wanted:
            self.open()
        return super().eventFilter(watched, event)
