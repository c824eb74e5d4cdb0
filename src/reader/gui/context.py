"""What the parts of a window share: the context, and which articles actions are meant for."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reader.document.images import Pictures
from reader.gui.history import History
from reader.gui.jobs.jobs import Jobs
from reader.gui.list.articles import ArticleList
from reader.gui.widgets.messages import MessageBar
from reader.library.library import Library
from reader.model import Article
from reader.settings_store import SettingsStore


class Context(NamedTuple):
    """What every controller works with; ``window`` is the parent of its dialogs."""

    window: QWidget
    library: Library
    jobs: Jobs
    messages: MessageBar
    settings: SettingsStore
    images: Pictures
    history: History


class Selection(QObject):
    """The open article and the rows selected in the list; ``changed`` if another one is open."""

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
        """Take over which article is open, or how it is by now."""
        self._article = article
        self.changed.emit()

    def rows(self) -> list[int]:
        """Return the ids of the rows selected in the list."""
        return self._list.selected_ids()

    def ids(self) -> list[int]:
        """Return the ids that an action is meant for: several rows, else the open article."""
        rows = self.rows()
        if len(rows) > 1 or self._article is None:
            return rows
        return [self._article.id]
