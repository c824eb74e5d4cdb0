"""Adding articles from the window: dialogs, the clipboard, things dropped on it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from reader.gui.jobs import Jobs
from reader.gui.messages import MessageBar
from reader.library.library import Library
from reader.model import ImportResult, Outcome
from reader.progress import Report

_FILTER = "Articles (*.md *.markdown *.mdown *.mkd *.html *.htm *.xhtml *.txt);;All files (*)"


class Adding:
    """Brings in what a person points at and says what became of it; ``done`` comes after."""

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        messages: MessageBar,
        done: Callable[[ImportResult], None],
        window: QWidget,
    ) -> None:
        self._library = library
        self._jobs = jobs
        self._messages = messages
        self._done = done
        self._window = window

    def add_files(self) -> None:
        """Let the person choose files."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Add Files", "", _FILTER)
        self.paths([Path(name) for name in names])

    def add_folder(self) -> None:
        """Let the person choose a folder; everything readable in it comes in."""
        name = QFileDialog.getExistingDirectory(self._window, "Add Folder")
        self.paths([Path(name)] if name else [])

    def paste(self) -> None:
        """Add what the clipboard holds."""
        self.mime(QGuiApplication.clipboard().mimeData())

    def accepts(self, mime: QMimeData) -> bool:
        """Return whether there is anything in it that can be an article."""
        return any(url.isLocalFile() for url in mime.urls()) or mime.hasText() or mime.hasHtml()

    def mime(self, mime: QMimeData) -> None:
        """Add files, else the page, else the text."""
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if files:
            self.paths(files)
        elif mime.hasHtml() and mime.html().strip():
            self._text(mime.html(), "html")
        elif mime.text().strip():
            self._text(mime.text(), "")
        else:
            self._messages.tell("There is no text on the clipboard. Copy an article, then paste.")

    def paths(self, paths: Sequence[Path]) -> None:
        """Add files and folders in the background."""
        if paths:
            self._start(partial(_add_paths, self._library, list(paths)))

    def welcome(self) -> None:
        """Add the sample articles."""
        self._start(partial(_add_welcome, self._library), quiet=True)

    def _text(self, text: str, kind: str) -> None:
        self._start(partial(_add_text, self._library, text, kind))

    def _start(self, work: Callable[[Report], ImportResult], *, quiet: bool = False) -> None:
        self._jobs.start("Adding", work, lambda result: self._say(result, quiet))

    def _say(self, result: ImportResult, quiet: bool) -> None:
        self._done(result)
        told = [row for row in result.rows if row.outcome is Outcome.FAILED or row.note]
        if told:
            self._messages.warn(f"{result}.", "Details", lambda: self._details(result))
        elif not quiet:
            self._messages.tell(f"{result}.")

    def _details(self, result: ImportResult) -> None:
        box = QMessageBox(self._window)
        box.setTextFormat(box.textFormat().PlainText)
        box.setText(f"{result}.")
        lines = [f"{row.name}: {row.note or row.outcome}" for row in result.rows]
        box.setDetailedText("\n".join(lines))
        box.exec()


def _add_paths(library: Library, paths: list[Path], report: Report) -> ImportResult:
    from reader.ingest.save import add_paths

    return add_paths(library, paths, report)


def _add_text(library: Library, text: str, kind: str, report: Report) -> ImportResult:
    from reader.ingest.save import add_text

    report(0, 0, "")
    return add_text(library, text, kind=kind)


def _add_welcome(library: Library, report: Report) -> ImportResult:
    from reader.ingest.save import add_welcome

    report(0, 0, "")
    return add_welcome(library)
