"""The page in two: an article, and beside it another one or its own original page."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.errors import ReaderError
from reader.gui.list.row import title_of
from reader.gui.tabs.second import SecondPage
from reader.gui.widgets.elided import Elided
from reader.gui.widgets.plain_text import set_tip
from reader.gui.widgets.theme import icon
from reader.model import Article, Theme

if TYPE_CHECKING:
    from reader.gui.window import Window

ROOM_FOR_TWO = 900
"""The width in pixels below which only the first page is shown."""
_HEAD_HIGH = 36
_NO_ROOM = "There is no room for two pages. Make the window wider, or hide the list."
_NOT_KEPT = "The original page of this article was not stored."


class _Frame(QSplitter):
    """The page, and a second one as long as both have room."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("twoPages")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self._first, self._second = first, second
        self.wanted = False

    @property
    def has_room(self) -> bool:
        """Whether two pages have room."""
        return self.width() >= ROOM_FOR_TWO

    def fold(self) -> None:
        """Show the second page if it is wanted and has room."""
        focused = QApplication.focusWidget()
        self._second.setVisible(self.wanted and self.has_room)
        if focused is not None and self._second.isAncestorOf(focused) and self._second.isHidden():
            self._first.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the second page if there is no room for it."""
        super().resizeEvent(event)
        self.fold()


class Beside(QObject):
    """Shows a second page beside the first; a head names it, swaps both, and closes it."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window, self._messages = window, window.context.messages
        self.page = SecondPage(window, window.context)
        self.part = self._made_part()
        self._frame = _Frame(window.viewer, self.part)
        window.panes.frame_page(self._frame)
        self._frame.addWidget(self.part)
        self._frame.fold()
        self._original_of: int | None = None
        self.page.left.connect(window.go_to_page)
        self.page.gone.connect(self.close)
        self.page.viewer.zoom_changed.connect(window.viewer.set_zoom)
        window.viewer.zoom_changed.connect(self.page.viewer.set_zoom)
        window.navigation.shown.connect(self._follow)

    def _made_part(self) -> QWidget:
        part = QWidget()
        part.setMinimumWidth(320)
        head = QWidget()
        head.setObjectName("besideHead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(_HEAD_HIGH)
        row = QHBoxLayout(head)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(2)
        row.addSpacing(12)
        self._title = Elided()
        row.addWidget(self._title, 1)
        self._swap = self._button("Swap the Two Articles")
        self._swap.clicked.connect(self.swap)
        self._close = self._button("Close")
        self._close.clicked.connect(self.close)
        row.addWidget(self._swap)
        row.addWidget(self._close)
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.page)
        self._paint(self._window.colours)
        self.page.viewer.taken.connect(lambda: self._paint(self._window.colours))
        return part

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setFixedSize(32, 32)
        button.setIconSize(QSize(18, 18))
        button.setAccessibleName(name)
        set_tip(button, name)
        return button

    def _paint(self, colours: Theme) -> None:
        self._swap.setIcon(icon("swap", colours.text))
        self._close.setIcon(icon("close", colours.text))

    # ---- what is shown

    @property
    def is_open(self) -> bool:
        """Whether there is a second page, folded or not."""
        return self._frame.wanted

    def open(self, id: int) -> None:
        """Show an article beside the page."""
        try:
            article = self._window.library.article(id)
        except ReaderError as error:
            self._messages.warn(str(error))
            return
        self._original_of = None
        self.page.show_article(article)
        self._show(title_of(article.title))

    def toggle_original(self) -> None:
        """Show the original page of the open article beside it, or close the second page."""
        article = self._window.article
        if self.is_open:
            self.close()
        elif article is not None:
            self._open_original(article, must=True)

    def _open_original(self, article: Article, *, must: bool = False) -> None:
        from reader.ingest.reprocess import original

        def shown(found: Article | None) -> None:
            if self._window.article is None or self._window.article.id != article.id:
                return  # another one was opened in the meantime
            if found is None and must:
                self._messages.tell(_NOT_KEPT)
            elif must or self._original_of is not None:
                self._original_of = article.id
                if found is None:
                    self.page.show_nothing(_NOT_KEPT)
                else:
                    self.page.show_original(found)
                self._show(f"Original page · {title_of(article.title)}")

        work = partial(original, self._window.library, article.id)
        self._window.context.jobs.start("Reading the original page", work, shown)

    def _show(self, title: str) -> None:
        page = self._window.page
        is_new, self._frame.wanted = not self._frame.wanted, True
        self._title.setText(title)
        self._swap.setVisible(self._original_of is None)
        self._frame.fold()
        if is_new:
            half = self._frame.width() // 2
            self._frame.setSizes([self._frame.width() - half, half])
        if not self._frame.has_room and not page.isHidden():
            hide = self._window.qactions["window.show_panes"].trigger
            self._messages.tell(_NO_ROOM, "Hide the List", hide, id="window.show_panes")

    def close(self) -> None:
        """Close the second page; the first has the keyboard again if the second had it."""
        had_keyboard = self.part.isAncestorOf(self._window.focusWidget() or self._window)
        self._frame.wanted = False
        self._original_of = None
        self._frame.fold()
        self.page.show_nothing()
        if had_keyboard:
            self._window.go_to_page()

    def swap(self) -> None:
        """Show the second article on the first page, and the first on the second."""
        first, second = self._window.article, self.page.viewer.article
        if second is not None and self._original_of is None:
            here, there = self._window.viewer.place(), self.page.viewer.place()
            self._window.navigation.open_listed(second.id, there)
            if first is None:
                self.close()
            else:
                self.page.show_article(first._replace(position=here))
                self._show(title_of(first.title))

    def _follow(self, article: Article | None) -> None:
        """Show the original of another article if the one beside it was an original."""
        shown = self._original_of
        if shown is not None and article is not None and article.id != shown:
            self._original_of = article.id
            self._open_original(article)
