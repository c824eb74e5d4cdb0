"""What a person does to articles: each a step that can be undone, done behind the window."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QWidget

from reader import phrases
from reader.gui.jobs.jobs import Jobs
from reader.gui.widgets.dialogs import passing
from reader.gui.widgets.messages import MessageBar
from reader.library.library import Library
from reader.model import Article, State
from reader.progress import Report
from reader.steps import Step

_TITLES = {
    State.QUEUE: "Putting {} into the queue",
    State.ARCHIVE: "Archiving {}",
    State.TRASH: "Moving {} to the trash",
}


class Changes(QObject):
    """Changes the chosen articles and offers Undo.

    ``chosen`` gives the ids that are meant, ``current`` the article on the page; ``done``
    is called when the library is another than before. ``finished`` tells that the article on
    the page was archived, ``taken_back`` that undo has brought it back.
    """

    finished = Signal(int)
    taken_back = Signal(int)

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        messages: MessageBar,
        chosen: Callable[[], list[int]],
        current: Callable[[], Article | None],
        done: Callable[[], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._finished: list[tuple[int, int]] = []
        self._library = library
        self._jobs = jobs
        self._messages = messages
        self._chosen = chosen
        self._current = current
        self._done = done
        self._window = window

    def read_later(self) -> None:
        """Put the articles into the queue, or take them out where all are in it."""
        ids = self._chosen()

        def work() -> int:
            queued = all(row.state is State.QUEUE for row in self._library.rows_of(ids))
            return self._library.set_state(ids, State.ARCHIVE if queued else State.QUEUE)

        self.change(work, many=len(ids))

    def archive(self) -> None:
        """Done with them: into the archive; where it is the one on the page, go on."""
        ids, article = self._chosen(), self._current()
        if article is None or ids != [article.id]:
            self._set_state(State.ARCHIVE, done=True)
        else:
            self.finish(article)

    def finish(self, article: Article) -> None:
        """Done with the article on the page: into the archive, and on to the next."""

        def then(step: Step) -> None:
            self._finished.append((step.id, article.id))
            self.finished.emit(article.id)

        change = partial(self._library.set_state, [article.id], State.ARCHIVE, done=True)
        self.change(change, then)

    def trash(self) -> None:
        """Move them to the trash."""
        self._set_state(State.TRASH)

    def restore(self) -> None:
        """Bring them back from the trash to where they were."""
        ids = self._chosen()
        self.change(lambda: self._library.trash.restore(ids), many=len(ids))

    def to_top(self) -> None:
        """Move them to the top of the queue."""
        ids = self._chosen()
        self.change(lambda: self._library.queue.to_top(ids))

    def to_end(self) -> None:
        """Move them to the end of the queue."""
        ids = self._chosen()
        self.change(lambda: self._library.queue.to_end(ids))

    def next_up(self) -> None:
        """Let them follow the article that is read; that one itself comes first."""
        ids, article = self._chosen(), self._current()
        current = article.id if article and ids != [article.id] else None
        self.change(lambda: self._library.queue.next_up(ids, current))

    def move_up(self) -> None:
        """Move them up by one."""
        ids = self._chosen()
        self.change(lambda: self._library.queue.up(ids), quiet=True)

    def move_down(self) -> None:
        """Move them down by one."""
        ids = self._chosen()
        self.change(lambda: self._library.queue.down(ids), quiet=True)

    def put_behind(self, ids: list[int], other: int) -> None:
        """Move articles behind another one in the queue; to the top where that is 0."""
        queue = self._library.queue
        self.change(lambda: queue.put_behind(ids, other) if other else queue.to_top(ids))

    def favourite(self) -> None:
        """Make them favourites, or no longer where all are."""
        ids = self._chosen()

        def work() -> int:
            wanted = not all(row.favourite for row in self._library.rows_of(ids))
            return self._library.set_favourite(ids, wanted)

        self.change(work, many=len(ids))

    def edit_tags(self) -> None:
        """Ask for the tags of the articles."""
        from reader.gui.editing.tag_dialog import TagDialog

        ids, parent = self._chosen(), self._window
        if not ids:
            return
        tags = [tag for tag, _ in self._library.counts().tags]
        dialog = TagDialog(tags, self._library.tags.of(ids), len(ids), parent)
        with passing(dialog) as agreed:
            told = (ids, dialog.added(), dialog.removed())
        if agreed:
            self.change(lambda: self._library.tags.change(*told), many=len(ids))

    def rename(self) -> None:
        """Ask for another title of the article on the page."""
        article = self._current()
        if article is None:
            return
        title, agreed = QInputDialog.getText(
            self._window, "Edit Title", "Title:", text=article.title
        )
        if agreed and title.strip():
            self.change(lambda: self._library.set_title(article.id, title.strip()))

    def undo(self) -> None:
        """Take back the last change, whenever it was made."""
        self._turn("Undoing", self._library.undo, "Undone")

    def redo(self) -> None:
        """Make the change that was taken back again."""
        self._turn("Doing again", self._library.redo, "Done again")

    def _turn(self, title: str, work: Callable[[Report], Step | None], word: str) -> None:
        self._jobs.change(title, work, lambda step: self._turned(step, word), self._failed)

    def _failed(self, error: Exception) -> None:
        self._messages.warn(str(error))

    def _set_state(self, state: State, *, done: bool = False) -> None:
        ids = self._chosen()
        title = _TITLES[state].format(phrases.plural(len(ids), "article"))

        def work(report: Report) -> int:
            return self._library.set_state(ids, state, done=done, report=report)

        self._change(title, work, lambda _: None)

    def change(
        self,
        change: Callable[[], object],
        then: Callable[[Step], None] = lambda _: None,
        *,
        quiet: bool = False,
        many: int = 1,
    ) -> None:
        """Do a change of the library behind the window, and offer Undo where there was any.

        ``then`` is given the step once the window shows it; what is seen at once
        is ``quiet``. ``many`` says how many articles it is about.
        """
        title = f"Changing {phrases.plural(many, 'article')}"
        self._change(title, lambda _: change(), then, quiet=quiet, stoppable=False)

    def _change(
        self,
        title: str,
        change: Callable[[Report], object],
        then: Callable[[Step], None],
        *,
        quiet: bool = False,
        stoppable: bool = True,
    ) -> None:
        def work(report: Report) -> tuple[object, Step | None]:
            return change(report), self._library.history.made()

        def changed(outcome: tuple[object, Step | None]) -> None:
            number, step = outcome
            if number and step and not quiet:
                self._messages.tell(f"{phrases.step(step.label)}.", "Undo", self.undo)
            self._done()
            if number and step:
                then(step)

        def failed(error: Exception) -> None:
            told = {"quiet": quiet, "stoppable": stoppable}
            again = partial(self._change, title, change, then, **told)
            self._messages.warn(str(error), "Try Again", again)

        self._jobs.change(title, work, changed, failed, stoppable=stoppable)

    def tell(self, text: str) -> None:
        """Say why nothing was changed."""
        self._messages.tell(text)

    def _turned(self, step: Step | None, word: str) -> None:
        said = phrases.step(step.label) if step else ""
        self._messages.tell(f"{word}: {said}." if step else "There is nothing left to change.")
        self._done()
        finished = [each for each in self._finished if step and each[0] == step.id]
        for each in finished if word == "Undone" else ():
            self._finished.remove(each)
            self.taken_back.emit(each[1])
