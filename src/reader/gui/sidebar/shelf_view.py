"""The selected shelf in the list: its articles in their order, and its head."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reader import phrases
from reader.gui.context import Context
from reader.gui.list.articles import ArticleList
from reader.gui.list.head import ListHead, ordered
from reader.gui.search.field import SearchField
from reader.gui.sidebar.lines import Shelf
from reader.model import Query


class ShelfView(QObject):
    """Shows one shelf at a time, None before the first one.

    ``shown`` is emitted after the list has changed to a shelf, ``question_asked`` carries the text
    of a saved search. ``show_count`` shows the number of search results.
    """

    shown = Signal()
    question_asked = Signal(str)

    def __init__(
        self,
        context: Context,
        articles: ArticleList,
        head: ListHead,
        field: SearchField,
        show_count: Callable[[int], None],
    ) -> None:
        super().__init__(articles)
        self.shelf: Shelf | None = None
        self._library = context.library
        self._settings = context.settings
        self._list = articles
        self._head = head
        self._field = field
        self._show_count = show_count
        head.changed.connect(self.sort)

    def show(self, shelf: Shelf) -> None:
        """Show a shelf, or search if it is a saved search."""
        if shelf.question:
            self.question_asked.emit(shelf.question)
            return
        self.shelf = shelf
        if self._field.text():
            self._field.clear()  # shows the shelf again
            return
        title, query = self.query()
        self._head.show_shelf(title, query, shelf.query.sort)
        self._list.show_query(query)
        self.show_length()
        self._settings.update(shelf=shelf.key)
        self.shown.emit()

    def show_again(self) -> None:
        """Show the shelf that was shown before a search."""
        if self.shelf is not None:
            self.show(self.shelf)

    def query(self) -> tuple[str, Query]:
        """Return the title of the shelf, and its query in the order that the user has chosen."""
        assert self.shelf is not None
        order = self._settings.value.sorts.get(self.shelf.key, "")
        return self.shelf.title, ordered(self.shelf.query, order)

    def sort(self, order: str) -> None:
        """Show the shelf in another order, and keep it in the settings."""
        if self.shelf is not None:
            self._settings.update(sorts={**self._settings.value.sorts, self.shelf.key: order})
            self.show(self.shelf)

    def show_length(self) -> None:
        """Show the reading time of the queue, or the number of search results."""
        if self._list.query is None:
            self._show_count(self._list.model().rowCount())
            return
        is_queue = self.shelf is not None and self.shelf.key == "queue"
        self._head.show_sum(phrases.length(self._library.queue.length()) if is_queue else "")
