"""Which article is open: opening one, and going back and forward among those that were."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reader.errors import NoSuchArticle, ReaderError
from reader.gui.context import Context, Selection
from reader.gui.list.articles import ArticleList
from reader.gui.viewer.kept import Kept
from reader.gui.viewer.viewer import Viewer
from reader.model import Article, State

_MOST = 200


class Navigation(QObject):
    """Opens articles on the page, and selects them in the list.

    ``opened`` carries an article that was opened, and whether that may count as a view; ``shown``
    the article on the page also when it has changed, None if none is open any longer.
    ``page_wanted`` is emitted before an article is opened that the user wants to read, and
    ``emptied`` carries the text in place of an article, ``""`` for the default.
    """

    page_wanted = Signal()
    opened = Signal(object, bool)
    shown = Signal(object)
    emptied = Signal(str)

    def __init__(
        self, context: Context, selection: Selection, articles: ArticleList, viewer: Viewer
    ) -> None:
        super().__init__(articles)
        self._library = context.library
        self._messages = context.messages
        self._selection = selection
        self._list = articles
        self._viewer = viewer
        self._visited = Visited()
        self.is_elsewhere: Callable[[int], bool] = lambda _id: False

    def open(self, id: int) -> None:
        """Show an article on the page, unless it is shown elsewhere, as in another tab."""
        if self.is_elsewhere(id):
            return
        try:
            article = self._library.article(id)
        except NoSuchArticle as error:
            self._messages.warn(str(error))
        except ReaderError as error:
            self.open_nothing(f"This article cannot be read\n{error}")
        else:
            self._show(article, counts=True)

    def open_listed(self, id: int) -> None:
        """Show an article on the page, and select it in the list."""
        self._list.select(id)
        self.page_wanted.emit()
        self.open(id)

    def open_again(self, id: int) -> None:
        """Show the article of the last time if it still exists, without counting a view."""
        try:
            article = self._library.article(id) if id else None
        except ReaderError:  # deleted, or unreadable
            article = None
        if article is None or article.state is State.TRASH:
            self.open_nothing()
        else:
            self._list.select(id)
            self._show(article, counts=False)

    def open_nothing(self, text: str = "") -> None:
        """Close the open article, and show a hint or ``text`` in its place."""
        self._selection.open(None)
        self._viewer.show_nothing(text)
        self.shown.emit(None)
        self.emptied.emit(text)

    def renew(self) -> None:
        """Show the open article as it is now in the library."""
        if self._selection.article is None:
            return
        try:
            article = self._library.article(self._selection.article.id)
        except NoSuchArticle:  # deleted permanently, here or by another process
            self.open_nothing()
            return
        self._selection.open(article)
        self._viewer.update_article(article)
        self.shown.emit(article)

    def show_again(self, article: Article, kept: Kept | None, *, counts: bool) -> None:
        """Show the article of a tab, as it was left if its page was kept."""
        self._list.select(article.id)
        self._visited.visit(article.id)
        self._selection.open(article)
        if kept is None:
            self._viewer.show_article(article)
        else:
            self._viewer.show_kept(kept, article)
        self.shown.emit(article)
        self.opened.emit(article, counts)

    @property
    def before(self) -> int:
        """The id of the article before the open one on the way back, 0 if there is none."""
        return self._visited.before()

    def swap_history(self, other: "Visited | None" = None) -> "Visited":
        """Go on with another history, an empty one if None; return the one until now."""
        before, self._visited = self._visited, other or Visited()
        return before

    def step(self, by: int) -> None:
        """Open the next or previous article of the list."""
        id = self._list.step(by)
        if id is not None:
            self.open(id)

    @property
    def can_go_back(self) -> bool:
        """Whether a link was followed within the article, or another article was open before."""
        return self._viewer.can_go_back or self._visited.can_go(-1)

    @property
    def can_go_forward(self) -> bool:
        """Whether the user has gone back from an article."""
        return self._visited.can_go(1)

    def go_back(self) -> None:
        """Go back to the place of a link within the article, or to the article before."""
        if self._viewer.can_go_back:
            self._viewer.go_back()
        else:
            self._revisit(-1)

    def go_forward(self) -> None:
        """Go forward to the article that was open before going back."""
        self._revisit(1)

    def _revisit(self, by: int) -> None:
        while self._visited.can_go(by):
            id = self._visited.go(by)
            if self._library.rows_of([id]):
                self.open_listed(id)
                return
            self._visited.forget(id)

    def _show(self, article: Article, *, counts: bool) -> None:
        self._visited.visit(article.id)
        self._selection.open(article)
        self._viewer.update_article(article)  # keeps the place if it is shown already
        self.shown.emit(article)
        self.opened.emit(article, counts)


class Visited:
    """Ids of articles in the order of their opening, and the place among them."""

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._here = -1

    def visit(self, id: int) -> None:
        """Add an article after the current one, which ends the way forward."""
        if self._here >= 0 and self._ids[self._here] == id:
            return
        self._ids = [*self._ids[: self._here + 1], id][-_MOST:]
        self._here = len(self._ids) - 1

    def before(self) -> int:
        """Return the id before the current one, 0 if there is none."""
        return self._ids[self._here - 1] if self._here > 0 else 0

    def can_go(self, by: int) -> bool:
        """Return whether there is an article ``by`` places away."""
        return 0 <= self._here + by < len(self._ids)

    def go(self, by: int) -> int:
        """Go ``by`` places and return the id there."""
        self._here += by
        return self._ids[self._here]

    def forget(self, id: int) -> None:
        """Remove an article that does not exist any longer."""
        before = self._ids[: self._here + 1]
        self._here -= before.count(id)
        self._ids = [x for x in self._ids if x != id]
