"""Windows with one article each, beside the main window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.errors import ReaderError
from reader.gui.list.row import title_of
from reader.gui.tabs.second import SecondPage
from reader.gui.widgets.messages import MessageBar
from reader.gui.widgets.plain_text import set_window_title
from reader.gui.widgets.screens import screen_of
from reader.model import Article

if TYPE_CHECKING:
    from reader.gui.window import Window

_SIZE = (760, 820)
_STEP = 32
_MOST = 30


class ArticleWindow(QWidget):
    """A window with one article; Esc and Ctrl+W close it."""

    def __init__(self, window: "Window", article: Article) -> None:
        super().__init__()
        self.setObjectName("articleWindow")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        messages = MessageBar(
            seconds=lambda: window.settings.message_seconds, key_of=window.context.key_of
        )
        self.page = SecondPage(window, window.context._replace(window=self, messages=messages))
        messages.float_on(self.page, self.page.viewer.viewport())
        self.addActions(self.page.controllers.actions(at_page=False))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        QShortcut(QKeySequence("Ctrl+W"), self, self.close)
        self.page.left.connect(self.close)
        self.page.gone.connect(self.close)
        set_window_title(self, f"{title_of(article.title)} – Reader")
        self.page.show_article(article)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store the place."""
        self.page.show_nothing()
        super().closeEvent(event)

    def place(self, window: "Window", number: int) -> None:
        """Take a place on the screen of the main window, beside the windows before."""
        free = screen_of(window).availableGeometry().adjusted(12, 12, -12, -12)
        wide, high = min(_SIZE[0], free.width()), min(_SIZE[1], free.height())
        shift = _STEP * (number % 8)
        left = min(window.x() + 80 + shift, free.right() - wide)
        top = min(window.y() + 40 + shift, free.bottom() - high)
        self.setGeometry(max(free.left(), left), max(free.top(), top), wide, high)


class ArticleWindows(QObject):
    """Opens windows with articles, and closes them with the main window."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.open_ones: list[ArticleWindow] = []
        window.installEventFilter(self)

    def open(self, id: int) -> None:
        """Open an article in a window; the one that shows it already comes to the front."""
        for each in self.open_ones:
            if each.page.viewer.article_id == id:
                each.raise_()
                each.activateWindow()
                return
        messages = self._window.context.messages
        if len(self.open_ones) >= _MOST:
            messages.tell(f"There are {_MOST} windows. Close some of them first.")
            return
        try:
            article = self._window.library.article(id)
        except ReaderError as error:
            messages.warn(str(error))
            return
        made = ArticleWindow(self._window, article)
        made.place(self._window, len(self.open_ones))
        self.open_ones.append(made)
        made.destroyed.connect(lambda: self._forget(made))
        made.show()
        made.page.setFocus()

    def close_all(self) -> None:
        """Close all windows with articles."""
        for each in [*self.open_ones]:
            each.close()

    def _forget(self, closed: ArticleWindow) -> None:
        self.open_ones = [each for each in self.open_ones if each is not closed]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close with the main window."""
        if watched is self._window and event.type() is QEvent.Type.Close:
            self.close_all()
        return super().eventFilter(watched, event)
