"""Printing from the window: by the print window, or directly to a PDF."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from reader import phrases
from reader.document.images import Pictures
from reader.errors import ReaderError
from reader.gui.context import Chosen, Context
from reader.gui.jobs.jobs import apart
from reader.gui.printing.print_window import ArticleChoice, PrintWindow
from reader.gui.widgets.plain_text import progress_dialog
from reader.model import Article, Query, State
from reader.printing import weekly
from reader.printing.book import Book
from reader.printing.names import file_name
from reader.printing.pdf.write import Steps, to_pdf
from reader.printing.piece import Entry, entry_of
from reader.progress import Cancelled
from reader.sheet import Sheet


class Printing:
    """Prints the open article, the selected ones, or a whole shelf.

    ``shelf`` returns the title and the query of the list.
    """

    def __init__(
        self, context: Context, selection: Chosen, shelf: Callable[[], tuple[str, Query]]
    ) -> None:
        self._window = context.window
        self._library = context.library
        self._messages = context.messages
        self._settings = context.settings
        self._selection = selection
        self._shelf = shelf

    def print_article(self) -> None:
        """Open the print window for the article, the selected articles, or the shelf."""
        choices = self.choices()
        if not choices:
            return
        pictures = Pictures(self._library.picture_path)
        dialog = PrintWindow(choices, self._library.article, pictures, self._settings, self._window)
        dialog.reported.connect(self._messages.tell)
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()
            pictures.close()

    def choices(self) -> list[ArticleChoice]:
        """Return the choices of articles to print, the most likely one first."""
        choices: list[ArticleChoice] = []
        article, chosen = self._selection.article, self._selection.rows()
        if article is not None:
            choices.append(
                ArticleChoice("This article", article.title, lambda: [entry_of(article)])
            )
        if len(chosen) > 1:
            text = f"The {len(chosen):,} selected articles, as a book"
            choices.insert(0, ArticleChoice(text, "Articles", lambda: self._entries(chosen)))
        title, query = self._shelf()
        count = self._library.count(query)
        if count > 1:
            text = f"The whole shelf “{title}” ({count:,}), as a book"
            choices.append(
                ArticleChoice(text, title, lambda: self._entries(self._library.ids(query)))
            )
        if choices and self._library.count(Query(State.QUEUE)):
            choices.append(self._weekly())
        return choices

    def _weekly(self) -> ArticleChoice:
        """Return the choice of the newest of the queue; its articles are looked up if chosen."""
        dates, name = weekly.dates(), weekly.file_name()
        text = f"{weekly.TITLE}: {dates}"
        return ArticleChoice(text, weekly.TITLE, self._issue, dates, name, weekly.PRESET)

    def _issue(self) -> list[Entry]:
        issue = weekly.weekly(self._library)
        issue.check()
        return [entry_of(row) for row in issue.rows]

    def _entries(self, ids: Sequence[int]) -> list[Entry]:
        return [entry_of(row) for row in self._library.rows_of(ids)]

    def save_pdf(self) -> None:
        """Ask for a file, write a PDF with the last used options, and report the outcome."""
        article = self._selection.article
        if article is None:
            return
        settings = self._settings.value
        default = str(Path.home() / file_name(article, settings.pdf_name))
        name, _ = QFileDialog.getSaveFileName(self._window, "Save as PDF", default, "PDF (*.pdf)")
        if name:
            target = Path(name) if name.lower().endswith(".pdf") else Path(f"{name}.pdf")
            self._write(article, target, settings.sheet)

    def _write(self, article: Article, target: Path, sheet: Sheet) -> None:
        pictures = Pictures(self._library.picture_path)
        book = Book([entry_of(article)], self._library.article, sheet, pictures)
        try:
            self._with_progress(to_pdf(book, target, apart))
            pages = phrases.printed(len(book.pages), book.remarks)
            self._messages.tell(f"Saved {target.name}: {pages}.")
        except Cancelled:
            self._messages.tell("Stopped. No PDF was saved.")
        except ReaderError as error:
            self._messages.warn(str(error), "Try Again", self.save_pdf)
        finally:
            pictures.close()

    def _with_progress(self, work: Steps) -> None:
        """Run the work to its end; show a dialog with Stop if it takes long."""
        dialog = progress_dialog(self._window, "Making the pages…", "Stop")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setMinimumDuration(400)
        try:
            with closing(work):
                for done, total, text in work:
                    dialog.setMaximum(total)
                    dialog.setLabelText(text)
                    dialog.setValue(done)  # also processes events
                    if dialog.wasCanceled():
                        raise Cancelled
        finally:
            dialog.close()
            dialog.deleteLater()
