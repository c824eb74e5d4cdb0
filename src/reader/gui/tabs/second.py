"""Another page: an article beside the first one or in a window of its own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.errors import ReaderError
from reader.gui.context import Context
from reader.gui.viewer.foot import Foot
from reader.gui.viewer.page import Page
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets import theme
from reader.model import Article, Theme

if TYPE_CHECKING:
    from reader.gui.window import Window

_ESC = Qt.Key.Key_Escape


class SecondPage(QWidget):
    """Shows an article with all that the first page has; ``controllers`` do it.

    ``left`` is emitted when Esc is pressed, ``gone`` when its article does not exist any longer.
    Of an original page, neither views nor places are stored.
    """

    left = Signal()
    gone = Signal()

    def __init__(self, window: "Window", context: Context) -> None:
        super().__init__()
        self._window = window
        self._is_original = False
        self._dressed: Theme | None = None
        self.viewer = viewer = Viewer(context.images, window.viewer.look)
        viewer.set_zoom(window.viewer.zoom)
        viewer.setAccessibleName("Second Article")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(viewer)
        layout.addWidget(Foot(viewer, window.reading.words_a_minute))
        self.controllers = window.controllers.of_page(Page(context, viewer, self))
        window.controllers.around.pages.add(self)
        viewer.addActions(self.controllers.actions(at_page=True))
        self._watch = window.reading.follow(viewer, lambda: not self._is_original)
        viewer.installEventFilter(self)
        window.installEventFilter(self)
        viewer.taken.connect(self._dress)
        window.appearance.changed.connect(self._show_look)
        window.context.history.changed.connect(self.renew)
        self.controllers.show_turning(window.settings)
        self.setFocusProxy(viewer)

    # ---- the articles that actions apply to

    @property
    def article(self) -> Article | None:
        """The article on the page, None if there is none."""
        return self.viewer.article

    def rows(self) -> list[int]:
        """Return the rows that are selected here: none."""
        return []

    def ids(self) -> list[int]:
        """Return the id of the article."""
        return [self.article.id] if self.article is not None else []

    # ---- what is shown

    def show_article(self, article: Article) -> None:
        """Show an article at its reading position."""
        self._leave()
        self.viewer.show_article(article)
        self.controllers.show_highlights(article)
        self._watch.begin(article)

    def show_original(self, article: Article) -> None:
        """Show the original page of an article."""
        self._leave()
        self._is_original = True
        self.viewer.show_article(article)

    def show_nothing(self, text: str = "") -> None:
        """Show an empty page with a line of text."""
        self.viewer.show_nothing(text)

    def _leave(self) -> None:
        """Store the place, and the views and minutes until now."""
        self.viewer.show_nothing("")
        self._is_original = False

    def renew(self) -> None:
        """Show the article as it is now in the library."""
        if self.article is None or self._is_original:
            return
        try:
            article = self._window.library.article(self.article.id)
        except ReaderError:  # deleted for good
            self.gone.emit()
        else:
            self.viewer.update_article(article)

    def _show_look(self) -> None:
        look = self._window.appearance.look_of(self.article)
        if look != self.viewer.look:
            self.viewer.set_look(look)

    def _dress(self) -> None:
        """Give the bars of the page its theme if the window has another."""
        shown = self.viewer.look.theme
        wanted = None if shown == self._window.colours else shown
        if wanted != self._dressed:
            self._dressed = wanted
            theme.dress(self, wanted)
        self.viewer.paint_ground()

    # ---- Qt

    def showEvent(self, event: QShowEvent) -> None:
        """Paint the ground of the page, which it loses while it is hidden."""
        super().showEvent(event)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the theme of the page when the window gets another one."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._dress)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the page by Esc before the window takes the key; store the place at the end."""
        if watched is self._window and event.type() is QEvent.Type.Close:
            self._leave()
        elif watched is self.viewer and isinstance(event, QKeyEvent) and event.key() == _ESC:
            if event.type() is QEvent.Type.KeyPress:
                self.left.emit()
            event.accept()
            return True
        return super().eventFilter(watched, event)
