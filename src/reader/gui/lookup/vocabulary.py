"""The vocabulary in the window: shown, deleted with undo, exported, read again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from reader.gui.context import Context
from reader.gui.lookup.vocabulary_window import VocabularyWindow
from reader.gui.viewer.viewer import Viewer
from reader.lookup import anki
from reader.own_export import LookedUp

_NAME = "Vocabulary.tsv"


class Vocabulary(QObject):
    """Shows the words that were looked up; ``open_article`` opens the article with an id."""

    def __init__(
        self, context: Context, viewer: Viewer, open_article: Callable[[int], object]
    ) -> None:
        super().__init__(viewer)
        self._context, self._viewer = context, viewer
        self._open_article = open_article
        self._sought = ""
        viewer.grown.connect(self._seek)
        self.window: VocabularyWindow | None = None

    def show(self) -> VocabularyWindow:
        """Show the window, or bring it to the front."""
        if self.window is None or not self.window.isVisible():
            if self.window is not None:
                self.window.deleteLater()
            self.window = VocabularyWindow(self._context.window)
            self.window.open_wanted.connect(self.open_sentence)
            self.window.delete_wanted.connect(self._delete)
            self.window.export_wanted.connect(self._export)
        self.window.show_words(self._context.library.vocabulary.all())
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        return self.window

    def refresh(self) -> None:
        """Show the words that there are now, if the window is open."""
        if self.window is not None and self.window.isVisible():
            self.window.show_words(self._context.library.vocabulary.all())

    def open_sentence(self, word: LookedUp) -> None:
        """Open the article of a word at its sentence."""
        id = self._context.library.with_uid(word.article)
        if id is None:
            text = f"The article of “{word.name}” is no longer in the library."
            self._context.messages.tell(text)
            return
        if self.window is not None:
            self.window.accept()
        self._sought = word.sentence
        self._open_article(id)
        if self._viewer.document_ready:
            self._seek()

    def save(self, words: list[LookedUp], file: Path) -> None:
        """Write words into a file for Anki."""
        told = f"{len(words):,} words" if len(words) != 1 else "1 word"
        then = partial(self._context.messages.tell, f"Exported {told} to {file.name}.")
        self._context.jobs.start(
            "Exporting", lambda _: anki.write(words, file), lambda _: then(), stoppable=False
        )

    def _seek(self) -> None:
        """Go to the sentence that is sought, now that all of the article is there."""
        sought, self._sought = self._sought, ""
        if sought:
            cursor = self._viewer.document().find(sought)
            if not cursor.isNull():
                self._viewer.show_cursor(cursor)

    def _delete(self, words: list[LookedUp]) -> None:
        uids = [word.uid for word in words]
        change = partial(self._context.library.vocabulary.delete, uids)
        self._context.history.run(change, lambda _: self.refresh())

    def _export(self, words: list[LookedUp]) -> None:
        start = str(Path.home() / _NAME)
        name, _ = QFileDialog.getSaveFileName(self.window, "Export for Anki", start, "*.tsv")
        if name:
            self.save(words, Path(name))
