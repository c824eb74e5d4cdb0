"""Values that the parts of a window share: the context and the selection."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reader.document.images import Pictures
from reader.gui.history.history import History
from reader.gui.jobs.jobs import Jobs
from reader.gui.list.articles import ArticleList
from reader.gui.widgets.messages import MessageBar
from reader.library.library import Library
from reader.model import Article
from reader.settings_store import SettingsStore


class Context(NamedTuple):
    """The services that every controller uses; ``window`` is the parent of its dialogs.

    ``key_of`` returns the key of an action by its id, ``""`` if it has none.
    """

    window: QWidget
    library: Library
    jobs: Jobs
    messages: MessageBar
    settings: SettingsStore
    images: Pictures
    history: History
    key_of: Callable[[str], str] = lambda _id: ""


class Chosen(Protocol):
    """The articles that actions apply to."""

    @property
    def article(self) -> Article | None:
        """The open article, None if none is open."""

    def rows(self) -> list[int]:
        """Return the ids of the rows selected in the list."""

    def ids(self) -> list[int]:
        """Return the ids that actions apply to."""


class Selection(QObject):
    """The open article and the selected rows; emits ``changed`` if another article is open."""

    changed = Signal()

    def __init__(self, articles: ArticleList) -> None:
        super().__init__(articles)
        self._list = articles
        self._article: Article | None = None

    @property
    def article(self) -> Article | None:
        """The open article, None if none is open."""
        return self._article

    def open(self, article: Article | None) -> None:
        """Set the open article, or its newer state."""
        self._article = article
        self.changed.emit()

    def rows(self) -> list[int]:
        """Return the ids of the rows selected in the list."""
        return self._list.selected_ids()

    def ids(self) -> list[int]:
        """Return the ids that actions apply to: several selected rows, else the open article."""
        if self._list.several or self._article is None:
            return self.rows()
        return [self._article.id]
