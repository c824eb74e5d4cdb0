"""A second page: an article beside the first one or in a window, read without being logged."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from reader.errors import ReaderError
from reader.gui.viewer import links
from reader.gui.viewer.viewer import Viewer
from reader.model import Article

if TYPE_CHECKING:
    from reader.gui.viewer.find_bar import FindBar
    from reader.gui.window import Window

_FIND = ("Ctrl+F", "/")


class SecondPage(QWidget):
    """Shows an article in the look of the first page; views and places are not stored.

    ``left`` is emitted when Esc is pressed, ``gone`` when its article does not exist any longer.
    """

    left = Signal()
    gone = Signal()

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self._window = window
        self._find: FindBar | None = None
        self.viewer = Viewer(window.context.images, window.viewer.look)
        self.viewer.set_zoom(window.viewer.zoom)
        self.viewer.setAccessibleName("Second Article")
        self.viewer.link_activated.connect(self._follow)
        self.viewer.head.shelf_wanted.connect(window.shelves.select)
        self.viewer.customContextMenuRequested.connect(self._show_menu)
        self.viewer.installEventFilter(self)
        self.viewer.look_of = window.appearance.look_of
        window.appearance.changed.connect(self._show_look)
        window.context.history.changed.connect(self.renew)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.viewer)
        self.setFocusProxy(self.viewer)

    def show_article(self, article: Article) -> None:
        """Show an article at its reading position."""
        self.viewer.show_article(article)

    def renew(self) -> None:
        """Show the article as it is now in the library."""
        id = self.viewer.article_id
        if id is None:
            return
        try:
            article = self._window.library.article(id)
        except ReaderError:  # deleted for good
            self.gone.emit()
        else:
            self.viewer.update_article(article)

    def open_find(self) -> None:
        """Open a bar that finds words on this page."""
        if self._find is None:
            from reader.gui.viewer.find_bar import FindBar

            self._find = FindBar(self.viewer, self._window.store)
            layout = self.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.addWidget(self._find)
        self._find.open_bar()

    def _show_look(self) -> None:
        if (article := self.viewer.article) is not None:
            self.viewer.set_look(self._window.appearance.look_of(article))

    def _follow(self, link: str) -> None:
        links.follow(link, self._window.context.messages)

    def _show_menu(self, at: QPoint) -> None:
        menu, viewer = QMenu(self), self.viewer
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        url = QUrl(viewer.anchorAt(at))
        if address := links.handed_on(url):
            menu.addAction("Open Link").triggered.connect(lambda: viewer.anchorClicked.emit(url))
            menu.addAction("Copy Link Address").triggered.connect(
                lambda: QGuiApplication.clipboard().setText(address.removeprefix("mailto:"))
            )
            menu.addSeparator()
        if viewer.textCursor().hasSelection():
            menu.addAction("Copy").triggered.connect(viewer.copy)
        menu.addAction("Select All").triggered.connect(viewer.selectAll)
        menu.addAction("Find…").triggered.connect(self.open_find)
        menu.popup(viewer.viewport().mapToGlobal(at))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Find on this page, and leave it by Esc, before the window takes these keys."""
        if isinstance(event, QKeyEvent) and watched is self.viewer:
            finds = QKeySequence(event.keyCombination()).toString() in _FIND
            leaves = event.key() == Qt.Key.Key_Escape
            if (finds or leaves) and event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if (finds or leaves) and event.type() is QEvent.Type.KeyPress:
                (self.open_find if finds else self.left.emit)()
                return True
        return super().eventFilter(watched, event)
