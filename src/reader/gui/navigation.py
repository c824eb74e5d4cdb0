"""Which article is open: opening one, and going back and forward among places that were read."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent

from reader.anchor import Anchor
from reader.errors import NoSuchArticle, ReaderError
from reader.gui.context import Context, Selection
from reader.gui.list.articles import ArticleList
from reader.gui.viewer.viewer import Viewer
from reader.model import Article, State
from reader.steps import Step, Verb

if TYPE_CHECKING:
    from reader.gui.viewer.kept import Kept

_MOST = 200
_BUTTONS = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}


class Navigation(QObject):
    """Opens articles on the page, and selects them in the list.

    ``opened`` carries an article that was opened, and whether that may count as a view; ``shown``
    the article on the page also when it has changed, None if none is open any longer.
    ``page_wanted`` is emitted before an article is opened that the user wants to read, and
    ``emptied`` carries the text in place of an article, ``""`` for the default. ``way_changed`` is
    emitted when there are other places to go back or forward to within the same article.
    """

    page_wanted = Signal()
    opened = Signal(object, bool)
    shown = Signal(object)
    emptied = Signal(str)
    way_changed = Signal()

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
        viewer.leaping.connect(self._leap)
        for turned in (context.history.undone, context.history.redone):
            turned.connect(self._turned)
        for pane in (viewer, articles):
            pane.viewport().installEventFilter(self)

    def open(self, id: int) -> None:
        """Show an article on the page, unless it is shown elsewhere, as in another tab."""
        if not self.is_elsewhere(id):
            self._open(id)

    def _open(self, id: int, place: Anchor | None = None) -> None:
        try:
            article = self._library.article(id)
        except NoSuchArticle as error:
            self._messages.warn(str(error))
        except ReaderError as error:
            self.open_nothing(f"This article cannot be read\n{error}")
        else:
            self._show(article if place is None else article._replace(position=place))

    def open_listed(self, id: int, place: Anchor | None = None) -> None:
        """Show an article on the page, at its reading position or another place; select it."""
        self._list.select(id)
        self.page_wanted.emit()
        self._open(id, place)

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
        self._keep_place()
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

    def show_again(self, article: Article, kept: "Kept | None", *, counts: bool) -> None:
        """Show the article of a tab, as it was left if its page was kept."""
        self._list.select(article.id)
        self._visited.visit(Stop(article.id, article.title))
        self._selection.open(article)
        if kept is None:
            self._viewer.show_article(article)
        else:
            from reader.gui.viewer.kept import show_kept

            show_kept(self._viewer, kept, article)
        self.way_changed.emit()
        self.shown.emit(article)
        self.opened.emit(article, counts)

    @property
    def before(self) -> int:
        """The id of the article before the open one on the way back, 0 if there is none."""
        return self._visited.before()

    def swap_history(self, other: "Visited | None" = None) -> "Visited":
        """Go on with another history, an empty one if None; return the one until now."""
        self._keep_place()
        before, self._visited = self._visited, other or Visited()
        self.way_changed.emit()
        return before

    def step(self, by: int) -> None:
        """Open the next or previous article of the list."""
        id = self._list.step(by)
        if id is not None:
            self.open(id)

    # ---- back and forward

    def go_back(self) -> None:
        """Go back to the place that was read before, in this article or another."""
        self._revisit(-1)

    def go_forward(self) -> None:
        """Go forward to the place that was read before going back."""
        self._revisit(1)

    def goal(self, by: int) -> str:
        """Return the name of the place back (-1) or forward (1), ``""`` if there is none."""
        here, goal = self._visited.peek(0), self._visited.peek(by)
        if goal is None:
            return ""
        is_same = here is not None and here.article == goal.article
        return (goal.chapter if is_same else "") or goal.title

    def _revisit(self, by: int) -> None:
        self._keep_place()
        while stop := self._visited.go(by):
            if stop.article == self._viewer.article_id:
                self.page_wanted.emit()
                self._viewer.return_to(stop.place or Anchor())
                self.way_changed.emit()
                return
            if self._library.rows_of([stop.article]):
                self.open_listed(stop.article, stop.place)
                return
            self._visited.forget(stop.article)

    def _leap(self) -> None:
        self._keep_place()
        article = self._viewer.article
        if article is not None:
            self._visited.leap(Stop(article.id, article.title))
            self.way_changed.emit()

    def _turned(self, step: Step) -> None:
        """Go where undoing or redoing a step has put the place of the open article."""
        id = self._viewer.article_id
        if step.verb is not Verb.START_AGAIN or id not in step.articles:
            return
        try:
            place = self._library.article(id).position
        except ReaderError:  # deleted, or unreadable
            return
        self._viewer.leap_to_stored(place)

    def _keep_place(self) -> None:
        """Note the present place before the page shows something else."""
        viewer, article = self._viewer, self._viewer.article
        if article is not None:
            chapter = viewer.chapter()
            self._visited.keep(Stop(article.id, article.title, viewer.place(), chapter))

    def _show(self, article: Article, *, counts: bool = True) -> None:
        self._keep_place()
        self._visited.visit(Stop(article.id, article.title))
        self._selection.open(article)
        self._viewer.update_article(article)  # keeps the place if it is shown already
        self.shown.emit(article)
        self.opened.emit(article, counts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back and forward by the buttons of the mouse that are made for it."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            by = _BUTTONS.get(event.button())
            if by is not None:
                self._revisit(by)
                return True
        return super().eventFilter(watched, event)


class Stop(NamedTuple):
    """A place on the way: an article, and the place in it when it was left.

    ``place`` is None as long as it is not left: then it is the stored position.
    """

    article: int
    title: str = ""
    place: Anchor | None = None
    chapter: str = ""


class Visited:
    """The places that were read, in order, and the present one among them."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._here = -1

    def visit(self, stop: Stop) -> None:
        """Add another article behind the present place, which ends the way forward."""
        here = self.peek(0)
        if here is None or here.article != stop.article:
            self.leap(stop)

    def before(self) -> int:
        """Return the id of the article before the present one, 0 if there is none."""
        here = self.peek(0)
        ids = [stop.article for stop in self._stops[: max(0, self._here)]]
        return next((id for id in reversed(ids) if here is None or id != here.article), 0)

    def leap(self, stop: Stop) -> None:
        """Add a place behind the present one, which ends the way forward."""
        self._stops = [*self._stops[: self._here + 1], stop][-_MOST:]
        self._here = len(self._stops) - 1

    def keep(self, stop: Stop) -> None:
        """Replace the present place if it is of this article."""
        here = self.peek(0)
        if here is not None and here.article == stop.article:
            self._stops[self._here] = stop

    def peek(self, by: int) -> Stop | None:
        """Return the place that is ``by`` steps away, None if there is none."""
        at = self._here + by
        return self._stops[at] if 0 <= at < len(self._stops) else None

    def go(self, by: int) -> Stop | None:
        """Go ``by`` steps and return the place there, None if there is none."""
        stop = self.peek(by)
        if stop is not None:
            self._here += by
        return stop

    def forget(self, id: int) -> None:
        """Remove an article that does not exist any longer."""
        self._here -= sum(stop.article == id for stop in self._stops[: self._here + 1])
        self._stops = [stop for stop in self._stops if stop.article != id]
