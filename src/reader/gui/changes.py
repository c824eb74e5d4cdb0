"""What a person does to articles: each a step that can be undone, done behind the window."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QInputDialog, QWidget

from reader.gui.jobs import Jobs
from reader.gui.messages import MessageBar
from reader.library.library import Library
from reader.model import Article, State


class Changes:
    """Changes the chosen articles and offers Undo.

    ``chosen`` gives the ids that are meant, ``current`` the article on the page; ``done``
    is called when the library is another than before.
    """

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
        self._library = library
        self._jobs = jobs
        self._messages = messages
        self._chosen = chosen
        self._current = current
        self._done = done
        self._window = window

    def read_later(self) -> None:
        """Put the articles into the queue, or take them out."""
        article = self._current()
        queued = article is not None and article.state is State.QUEUE
        self._set_state(State.ARCHIVE if queued else State.QUEUE)

    def archive(self) -> None:
        """Done with them: into the archive."""
        self._set_state(State.ARCHIVE, done=True)

    def trash(self) -> None:
        """Move them to the trash."""
        self._set_state(State.TRASH)

    def restore(self) -> None:
        """Bring them back from the trash into the queue."""
        self._set_state(State.QUEUE)

    def favourite(self) -> None:
        """Make them favourites, or no longer."""
        article = self._current()
        wanted = not (article and article.favourite)
        ids = self._chosen()
        self._change(lambda: self._library.set_favourite(ids, wanted))

    def edit_tags(self) -> None:
        """Ask for the tags of the articles."""
        from reader.gui.tag_dialog import TagDialog

        ids = self._chosen()
        if not ids:
            return
        known = [tag for tag, _ in self._library.counts().tags]
        having = [self._library.article(each).tags for each in ids[:500]]
        dialog = TagDialog(known, having, self._window)
        if dialog.exec():
            for tag in dialog.added():
                self._change(partial(self._library.add_tag, ids, tag))
            for tag in dialog.removed():
                self._change(partial(self._library.remove_tag, ids, tag))

    def rename(self) -> None:
        """Ask for another title of the article on the page."""
        article = self._current()
        if article is None:
            return
        title, agreed = QInputDialog.getText(
            self._window, "Edit Title", "Title:", text=article.title
        )
        if agreed and title.strip():
            self._change(lambda: self._library.set_title(article.id, title.strip()))

    def undo(self) -> None:
        """Take back the last change, whenever it was made."""
        self._jobs.write(self._library.undo, lambda label: self._turned(label, "Undone"))

    def redo(self) -> None:
        """Make the change that was taken back again."""
        self._jobs.write(self._library.redo, lambda label: self._turned(label, "Done again"))

    def _set_state(self, state: State, *, done: bool = False) -> None:
        ids = self._chosen()
        self._change(lambda: self._library.set_state(ids, state, done=done))

    def _change(self, change: Callable[[], int]) -> None:
        def work() -> tuple[int, str]:
            return change(), self._library.undo_label()

        def failed(error: Exception) -> None:
            self._messages.warn(str(error), "Try Again", lambda: self._change(change))

        self._jobs.write(work, self._changed, failed)

    def _changed(self, outcome: tuple[int, str]) -> None:
        changed, label = outcome
        if changed:
            self._messages.tell(f"{label}.", "Undo", self.undo)
        self._done()

    def _turned(self, label: str, word: str) -> None:
        self._messages.tell(f"{word}: {label}." if label else "There is nothing left to change.")
        self._done()
