"""Editing articles: their state, tags, title and place in the queue; each is an undo step."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog

from reader import phrases
from reader.gui.context import Context, Selection
from reader.gui.widgets.dialogs import passing
from reader.model import Article, Query, State
from reader.progress import Report
from reader.steps import Step

_TITLES = {
    State.QUEUE: "Putting {} into the queue",
    State.ARCHIVE: "Archiving {}",
    State.TRASH: "Moving {} to the trash",
}


class Editing(QObject):
    """Edits the articles of the selection.

    ``finished`` is emitted when the open article was archived or deleted, ``taken_back`` when that
    was undone; both carry its id.
    """

    finished = Signal(int)
    taken_back = Signal(int)

    def __init__(self, context: Context, selection: Selection) -> None:
        super().__init__(context.window)
        self._context = context
        self._library = context.library
        self._history = context.history
        self._selection = selection
        self._finished: list[tuple[int, int]] = []
        self._history.undone.connect(self._undone)

    def read_later(self) -> None:
        """Put the articles into the queue, or take them out if all are in it."""
        ids = self._selection.ids()

        def work() -> int:
            queued = all(row.state is State.QUEUE for row in self._library.rows_of(ids))
            return self._library.set_state(ids, State.ARCHIVE if queued else State.QUEUE)

        self._history.run(work, count=len(ids))

    def archive(self) -> None:
        """Archive the articles; if it is the open one, go on to the next."""
        ids, article = self._selection.ids(), self._selection.article
        if article is None or ids != [article.id]:
            self._set_state(State.ARCHIVE, done=True)
        else:
            self.finish(article)

    def finish(self, article: Article) -> None:
        """Archive the open article, and go on to the next."""
        change = partial(self._library.set_state, [article.id], State.ARCHIVE, done=True)
        self._history.run(change, partial(self._finish, article.id))

    def _finish(self, id: int, step: Step) -> None:
        """Remember that a step has ended the open article, so that its undo opens it again."""
        self._finished.append((step.id, id))
        self.finished.emit(id)

    def trash(self) -> None:
        """Move the articles to the trash; if the open one is among them, go on to the next."""
        self._set_state(State.TRASH)

    def restore(self) -> None:
        """Restore the articles from the trash to their former state."""
        ids = self._selection.ids()
        self._history.run(lambda: self._library.trash.restore(ids), count=len(ids))

    def to_top(self) -> None:
        """Move the articles to the top of the queue."""
        ids = self._selection.ids()
        self._history.run(lambda: self._library.queue.to_top(ids))

    def to_end(self) -> None:
        """Move the articles to the end of the queue."""
        ids = self._selection.ids()
        self._history.run(lambda: self._library.queue.to_end(ids))

    def next_up(self) -> None:
        """Move the articles behind the open one; the open one itself to the top."""
        ids, article = self._selection.ids(), self._selection.article
        current = article.id if article and ids != [article.id] else None
        self._history.run(lambda: self._library.queue.next_up(ids, current))

    def move_up(self) -> None:
        """Move the articles up by one."""
        ids = self._selection.ids()
        self._history.run(lambda: self._library.queue.up(ids), quiet=True)

    def move_down(self) -> None:
        """Move the articles down by one."""
        ids = self._selection.ids()
        self._history.run(lambda: self._library.queue.down(ids), quiet=True)

    def put_behind(self, ids: list[int], other: int) -> None:
        """Move articles behind another one in the queue, to the top if that is 0."""
        queue = self._library.queue
        self._history.run(lambda: queue.put_behind(ids, other) if other else queue.to_top(ids))

    def put(self, ids: list[int], query: Query) -> None:
        """Put articles on a shelf: into a state, among the favourites, or under a tag."""
        if query.tag:
            self._history.run(lambda: self._library.tags.add(ids, query.tag), count=len(ids))
        elif query.favourite:
            self._history.run(lambda: self._library.set_favourite(ids, True), count=len(ids))
        elif query.state is not None:
            self._set_state(query.state, ids, done=query.state is State.ARCHIVE)

    def favourite(self) -> None:
        """Make the articles favourites, or remove them from the favourites if all are."""
        ids = self._selection.ids()

        def work() -> int:
            wanted = not all(row.favourite for row in self._library.rows_of(ids))
            return self._library.set_favourite(ids, wanted)

        self._history.run(work, count=len(ids))

    def edit_tags(self) -> None:
        """Ask for the tags of the articles."""
        from reader.gui.editing.tag_dialog import TagDialog

        ids, parent = self._selection.ids(), self._context.window
        if not ids:
            return
        tags = [tag for tag, _ in self._library.counts().tags]
        dialog = TagDialog(tags, self._library.tags.of(ids), len(ids), parent)
        with passing(dialog) as agreed:
            told = (ids, dialog.added(), dialog.removed())
        if agreed:
            self._history.run(lambda: self._library.tags.change(*told), count=len(ids))

    def edit_title(self) -> None:
        """Ask for another title of the open article."""
        article = self._selection.article
        if article is None:
            return
        title, agreed = QInputDialog.getText(
            self._context.window, "Edit Title", "Title:", text=article.title
        )
        if agreed and title.strip():
            self._history.run(lambda: self._library.set_title(article.id, title.strip()))

    def _set_state(
        self, state: State, some: list[int] | None = None, *, done: bool = False
    ) -> None:
        """Put articles, by default those of the selection, into a state."""
        ids = self._selection.ids() if some is None else some
        title = _TITLES[state].format(phrases.plural(len(ids), "article"))

        def work(report: Report) -> int:
            return self._library.set_state(ids, state, done=done, report=report)

        if state is State.QUEUE:
            self._history.run_stoppable(title, work)
        else:
            self._history.run_stoppable(title, work, self._then_finish(ids))

    def _then_finish(self, ids: list[int]) -> Callable[[Step], None]:
        """Return the function to call with a step that ends articles: it finishes the open one."""
        article = self._selection.article
        if article is None or article.id not in ids:
            return lambda _: None
        return partial(self._finish, article.id)

    def _undone(self, step: Step) -> None:
        for pair in [pair for pair in self._finished if pair[0] == step.id]:
            self._finished.remove(pair)
            self.taken_back.emit(pair[1])
