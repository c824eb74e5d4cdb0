"""Adding articles from the window: by dialogs, the clipboard, or drag and drop."""

import os
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog

from reader import phrases
from reader.gui.context import Context, Selection
from reader.gui.widgets.plain_text import message_box
from reader.library.library import Library
from reader.model import ImportResult, ImportRow, Outcome
from reader.progress import Report

if TYPE_CHECKING:
    from reader.gui.adding.watched_folder import WatchedFolder
    from reader.ingest.urls import Login

_MOST_WAITING = 50
_WIDE = 560  # URLs are long
_FILTER = (
    "Articles (*.md *.markdown *.mdown *.mkd *.html *.htm *.xhtml *.mhtml *.mht *.zip *.txt);;"
    "All files (*)"
)


class Adding(QObject):
    """Adds files, URLs and text, and reports the outcome.

    ``added`` carries an ImportResult, ``watched`` the folder that is watched, ``""`` if none is.
    """

    added = Signal(object)
    watched = Signal(str)

    def __init__(self, context: Context, selection: Selection) -> None:
        super().__init__(context.window)
        self._context = context
        self._window = context.window
        self._library = context.library
        self._jobs = context.jobs
        self._messages = context.messages
        self._selection = selection

    @cached_property
    def watching(self) -> "WatchedFolder":
        """The watched folder."""
        from reader.gui.adding.watched_folder import WatchedFolder

        watching = WatchedFolder(self._context)
        watching.added.connect(self._report)
        watching.changed.connect(self.watched)
        return watching

    def add_files(self) -> None:
        """Let the user choose files to add."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Add Files", "", _FILTER)
        self.paths([Path(name) for name in names])

    def add_folder(self) -> None:
        """Let the user choose a folder, and add every readable file in it."""
        name = QFileDialog.getExistingDirectory(self._window, "Add Folder")
        self.paths([Path(name)] if name else [])

    def save_address(self) -> None:
        """Ask for the URL of an article, and save the article."""
        clipboard = QGuiApplication.clipboard().text().strip()
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle("Save Address")
        dialog.setLabelText("Address of the article:")
        dialog.setOkButtonText("Save")
        dialog.setTextValue(clipboard if _urls_of(clipboard) else "https://")
        dialog.resize(_WIDE, dialog.sizeHint().height())
        if dialog.exec() and dialog.textValue().strip() not in ("", "https://"):
            self.addresses([dialog.textValue()], typed=[dialog.textValue()])

    def addresses(
        self,
        addresses: Sequence[str],
        then: Callable[[ImportResult], None] | None = None,
        *,
        typed: Sequence[str] = (),
    ) -> None:
        """Store URLs at once, and download their articles in the background.

        ``typed`` are the URLs that the user has seen and confirmed: not pasted or dropped ones.
        """
        from reader.ingest.urls import login_of
        from reader.ingest.web import add_addresses

        logins = [login for login in map(login_of, typed) if login]

        def stored(result: ImportResult) -> None:
            self.added.emit(result)
            if then is not None:
                then(result)
            failed = [row for row in result.rows if row.outcome is Outcome.FAILED]
            if failed:
                self._messages.warn(phrases.remarks(failed[0].remarks))
            ids = [row.article for row in result.rows if row.article]
            waiting = [row.id for row in self._library.rows_of(ids) if not row.downloaded]
            if waiting:
                self.download(waiting, logins=logins)
            elif not failed:
                self._messages.tell("This article is already in the library.")

        self._jobs.write(lambda: add_addresses(self._library, addresses, typed=typed), stored)

    def download(
        self, ids: Sequence[int], *, quiet: bool = False, logins: "Sequence[Login]" = ()
    ) -> None:
        """Download the text and pictures of articles in the background."""

        def done(result: ImportResult) -> None:
            failed = [row for row in result.rows if row.outcome is Outcome.FAILED]
            if quiet or not failed or len(result.rows) > 1:
                self._report(result, quiet=quiet)
                return
            self.added.emit(result)
            self._messages.warn(
                phrases.remarks(failed[0].remarks),
                "Try Again",
                lambda: self.download(ids, logins=logins),
            )

        work = partial(_download, self._library, list(ids))
        work = partial(work, logins=logins) if logins else work
        self._jobs.start("Downloading", work, done).articles = frozenset(ids)

    def download_waiting(self) -> None:
        """Download the articles that are still waiting for their text, unless that is hopeless."""
        due = [] if self._library.read_only else self._library.downloads.due(at_start=True)
        if ids := due[:_MOST_WAITING]:
            self.download(ids, quiet=True)

    def download_again(self) -> None:
        """Download the selected articles again; keep a text if the new one is much shorter."""
        ids = self._selection.ids()
        one = self._library.article(ids[0]) if len(ids) == 1 else None
        if ids and (one is None or one.url.startswith("http")):
            self.download(ids)
        else:
            self._messages.tell(
                "This article did not come from the web, so it cannot be downloaded again."
            )

    def paste(self) -> None:
        """Add the contents of the clipboard."""
        self.mime(QGuiApplication.clipboard().mimeData())

    def accepts(self, mime: QMimeData) -> bool:
        """Return whether the data can be added as an article."""
        return any(url.isLocalFile() for url in mime.urls()) or mime.hasText() or mime.hasHtml()

    def mime(self, mime: QMimeData | None) -> None:
        """Add the files, or else the URLs, the page or the text; None is an empty clipboard."""
        mime = mime or QMimeData()
        files = [path for url in mime.urls() if (path := _path_of(url)) is not None]
        web = _urls_of(mime.text()) or [
            url.toString() for url in mime.urls() if url.scheme() in ("http", "https")
        ]
        if files:
            self.paths(files)
        elif web:
            self.addresses(web)
        elif mime.hasHtml() and mime.html().strip():
            self._text(mime.html(), "html")
        elif mime.text().strip():
            self._text(mime.text(), "")
        else:
            self._messages.tell("There is no text on the clipboard. Copy an article, then paste.")

    def paths(
        self, paths: Sequence[Path], then: Callable[[ImportResult], None] | None = None
    ) -> None:
        """Add files and folders in the background."""
        if paths:
            self._start(partial(_add_paths, self._library, list(paths)), then=then)

    def welcome(self) -> None:
        """Add the sample articles."""
        self._start(partial(_add_welcome, self._library), quiet=True)

    def _text(self, text: str, kind: str) -> None:
        self._start(partial(_add_text, self._library, text, kind))

    def _start(
        self,
        work: Callable[[Report], ImportResult],
        *,
        quiet: bool = False,
        then: Callable[[ImportResult], None] | None = None,
    ) -> None:
        def done(result: ImportResult) -> None:
            self._report(result, quiet=quiet)
            if then is not None:
                then(result)

        self._jobs.start("Adding", work, done)

    def _report(self, result: ImportResult, origin: str = "", *, quiet: bool = False) -> None:
        self.added.emit(result)
        remarkable = [row for row in result.rows if row.outcome is Outcome.FAILED or row.remarks]
        if quiet:
            return
        if len(result.rows) == 1 and remarkable:
            self._messages.warn(f"{remarkable[0].name}: {_note(remarkable[0])}")
        elif remarkable:
            self._messages.warn(f"{result}{origin}.", "Details", lambda: self._details(result))
        else:
            self._messages.tell(f"{result}{origin}.")

    def _details(self, result: ImportResult) -> None:
        box = message_box(self._window, f"{result}.")
        lines = [f"{row.name}: {_note(row)}" for row in result.rows]
        box.setDetailedText("\n".join(lines))
        box.exec()


def _note(row: ImportRow) -> str:
    return phrases.remarks(row.remarks) or row.outcome


def _path_of(url: QUrl) -> Path | None:
    """Return the path of a file URL, None if it is another URL.

    Qt decodes names as UTF-8; some file systems have names in other encodings.
    """
    name = url.toLocalFile() if url.isLocalFile() else ""
    if "\ufffd" in name:
        name = os.fsdecode(unquote_to_bytes(bytes(url.toEncoded().data())).removeprefix(b"file://"))
    return Path(name) if name else None


def _urls_of(text: str) -> list[str]:
    """Return the URLs a text consists of, none if it contains anything else."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not all(line.lower().startswith(("http://", "https://")) for line in lines):
        return []
    return lines if all(len(line.split()) == 1 for line in lines) else []


def _download(
    library: Library, ids: list[int], report: Report, logins: "Sequence[Login]" = ()
) -> ImportResult:
    from reader.ingest.web import download

    return download(library, ids, report, logins=logins)


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
