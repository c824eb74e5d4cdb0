"""Several selected articles: their number and reading time in a bar below the list."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction
from PySide6.QtWidgets import QWidget

from reader import phrases
from reader.gui.list.articles import ArticleList
from reader.gui.list.bulk_bar import BulkBar
from reader.library.library import Library

_REST_MS = 300
_AT_ONCE = 400  # articles; the words of more of them are counted once the number rests
_USUAL = (
    "article.read_later", "article.archive", "article.favourite", "article.edit_tags",
    "print.print", "export.show", "article.trash",
)  # fmt: skip
_IN_TRASH = ("article.restore", "article.delete")


class Several(QObject):
    """Shows the bar while more than one row is selected; ``wanted`` carries the id of an action."""

    wanted = Signal(str)

    def __init__(
        self, library: Library, articles: ArticleList, actions: Mapping[str, QAction]
    ) -> None:
        super().__init__(articles)
        self._library = library
        self._list = articles
        self._actions = actions
        self._spoken = ""
        self.bar = BulkBar(actions)
        self.bar.hide()
        self.bar.wanted.connect(self.wanted)
        self.bar.left.connect(self._leave)
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._rest)

    def show(self, count: int) -> None:
        """Show how many rows are selected; hide the bar if they are not several."""
        if count < 2:
            self._resting.stop()
            self._hide()
            return
        in_trash = self._actions["article.restore"].isEnabled()
        self.bar.offer(_IN_TRASH if in_trash else _USUAL)
        self._say(count, timed=count <= _AT_ONCE)
        if self.bar.isHidden():
            self.bar.show()
            self._order()
        self._resting.start()

    def _say(self, count: int, *, timed: bool) -> None:
        words = self._library.counting.length(self._list.selected_ids()).words if timed else 0
        minutes = phrases.plural(phrases.minutes(words), "minute") if words else ""
        text = f"{count:,} selected"
        self._spoken = ", ".join(filter(None, (text, minutes)))
        self.bar.show_selected(text, phrases.reading_time(words), self._spoken)

    def _rest(self) -> None:
        count = self._list.selected_count()
        if count > _AT_ONCE:
            self._say(count, timed=True)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.bar, self._spoken))

    def _hide(self) -> None:
        has_keyboard = self.bar.isAncestorOf(self.bar.window().focusWidget() or self.bar)
        if not self.bar.isHidden() and has_keyboard:
            self._list.setFocus()
        self.bar.hide()

    def _leave(self) -> None:
        self._list.setFocus()
        self._list.end_several()

    def _order(self) -> None:
        """Make the bar follow the list for the Tab key."""
        before: QWidget = self._list
        for button in (*self.bar.buttons.values(), self.bar.more):
            QWidget.setTabOrder(before, button)
            before = button
