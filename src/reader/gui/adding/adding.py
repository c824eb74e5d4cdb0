"""Adding articles from the window: by the sheet, dialogs, the clipboard, or drag and drop."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.errors import NoSuchArticle
from reader.gui.adding import outcome
from reader.gui.adding.entries import addresses_in, path_of, paths_in
from reader.gui.adding.exports import Sorted, sort_out
from reader.gui.adding.filing import Filing, file
from reader.gui.context import Context, Selection
from reader.gui.list.row_drag import ARTICLES
from reader.gui.widgets.messages import Offer
from reader.gui.widgets.plain_text import message_box
from reader.library.library import Library
from reader.model import ImportResult, Outcome, State
from reader.progress import Report
from reader.reasons import Reason

if TYPE_CHECKING:
    from reader.gui.adding.add_sheet import AddSheet, Wanted
    from reader.gui.adding.drop_note import DropNote
    from reader.gui.adding.watched_folder import WatchedFolder
    from reader.ingest.urls import Login

_AS_USUAL = Filing()
_FILTER = (
    "Articles (*.md *.markdown *.mdown *.mkd *.html *.htm *.xhtml *.mhtml *.mht *.webarchive "
    "*.maff *.htz *.htmlz *.zip *.eml *.pdf *.epub *.txt *.url *.website *.webloc *.desktop);;"
    "All files (*)"
)


class Adding(QObject):
    """Adds files, URLs and text, and reports the outcome.

    ``added`` carries an ImportResult, ``watched`` the folder that is watched, ``""`` if none is;
    ``open_wanted`` carries the id of an article, ``exports_found`` the paths of an export of
    another program, which is imported instead.
    """

    added = Signal(object)
    watched = Signal(str)
    open_wanted = Signal(int)
    exports_found = Signal(object)

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
        watching.added.connect(self._come)
        watching.changed.connect(self.watched)
        return watching

    @cached_property
    def sheet(self) -> "AddSheet":
        """The sheet that takes addresses and paths."""
        from reader.gui.adding.add_sheet import AddSheet

        sheet = AddSheet(self._window)
        sheet.wanted.connect(self._add_wanted)
        sheet.files_wanted.connect(self.add_files)
        sheet.folder_wanted.connect(self.add_folder)
        return sheet

    @cached_property
    def drop_note(self) -> "DropNote":
        """The note over the window while something is dragged over it."""
        from reader.gui.adding.drop_note import DropNote

        return DropNote(self._window)

    def open_sheet(self, anchor: QWidget | None = None) -> None:
        """Open the sheet below ``anchor`` if that is visible, or close it if it is open."""
        if anchor is not None and not anchor.isVisible():
            anchor = None
        if self.sheet.isVisible():
            self.sheet.close_popover()
            return
        offered = self._context.settings.value.offer_clipboard
        clipboard = QGuiApplication.clipboard().text() if offered else ""
        tags = [name for name, _ in self._library.counts().tags]
        self.sheet.open_sheet(anchor, tags, clipboard)

    def _add_wanted(self, wanted: "Wanted") -> None:
        entries, filing = wanted
        self.paths(entries.paths, filing=filing)
        if entries.addresses:
            self.addresses(entries.addresses, typed=entries.addresses, filing=filing)

    def add_files(self, filing: Filing = _AS_USUAL) -> None:
        """Let the user choose files to add."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Add Files", "", _FILTER)
        self.paths([Path(name) for name in names], filing=filing)

    def add_folder(self, filing: Filing = _AS_USUAL) -> None:
        """Let the user choose a folder, and add every readable file in it."""
        name = QFileDialog.getExistingDirectory(self._window, "Add Folder")
        self.paths([Path(name)] if name else [], filing=filing)

    def addresses(
        self,
        addresses: Sequence[str],
        then: Callable[[ImportResult], None] | None = None,
        *,
        typed: Sequence[str] = (),
        filing: Filing = _AS_USUAL,
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
            ids = dict.fromkeys(row.article for row in result.rows if row.article)
            waiting = [row.id for row in self._library.rows_of([*ids]) if not row.downloaded]
            if waiting:
                self._download_filed(result, waiting, logins)
            else:
                self._report(result)

        work = partial(add_addresses, self._library, addresses, typed=typed)
        self._jobs.write(self._filed(work, filing), stored)

    def _come(self, result: ImportResult, origin: str = "", *, quiet: bool = False) -> None:
        """Report on added files, after the articles of links among them are downloaded."""
        waiting = [row.article for row in result.rows if Reason.WAITING in row.reasons]
        if waiting:
            self.added.emit(result)
            self._download_filed(result, waiting, origin=origin)
        else:
            self._report(result, origin, quiet=quiet)

    def _filed(
        self, work: Callable[[], ImportResult], filing: Filing
    ) -> Callable[[], ImportResult]:
        """Return ``work`` that also files the articles it has added."""
        open_one = self._selection.article
        current = open_one.id if open_one is not None else None

        def both() -> ImportResult:
            result = work()
            file(self._library, result, filing, current)
            return result

        return both

    def _download_filed(
        self,
        filed: ImportResult,
        ids: Sequence[int],
        logins: "Sequence[Login]" = (),
        origin: str = "",
    ) -> None:
        """Download articles that have just been stored, and report on both as one."""
        from reader.ingest.rows import with_text

        def done(result: ImportResult) -> None:
            fetched = dict(zip(ids, result.rows, strict=False))
            rows = [with_text(row, fetched.get(row.article)) for row in filed.rows]
            rows = [row for row in rows if Reason.IN_TRASH not in row.reasons]
            failed = [id for id, row in fetched.items() if row.outcome is Outcome.FAILED]
            again = partial(self.download, failed, logins=logins) if failed else None
            self._report(ImportResult(tuple(rows)), origin, again=again, quiet=not rows)

        self._fetch(ids, logins, done)

    def download(
        self, ids: Sequence[int], *, quiet: bool = False, logins: "Sequence[Login]" = ()
    ) -> None:
        """Download the text and pictures of articles in the background."""

        def done(result: ImportResult) -> None:
            failed = any(row.outcome is Outcome.FAILED for row in result.rows)
            again = partial(self.download, ids, logins=logins) if failed else None
            self._report(result, quiet=quiet, again=again)

        self._fetch(ids, logins, done)

    def _fetch(
        self, ids: Sequence[int], logins: "Sequence[Login]", done: Callable[[ImportResult], None]
    ) -> None:
        work = partial(_download, self._library, list(ids))
        work = partial(work, logins=logins) if logins else work
        self._jobs.start("Downloading", work, done, articles=ids)

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
        """Return whether the data can be added as an article, and are none of the library."""
        if mime.hasFormat(ARTICLES):
            return False
        return any(url.isLocalFile() for url in mime.urls()) or mime.hasText() or mime.hasHtml()

    def invites(self, mime: QMimeData) -> bool:
        """Invite to drop the dragged data if it can be added; return whether it can."""
        if taken := self.accepts(mime):
            self.drop_note.appear()
        return taken

    def mime(self, mime: QMimeData | None) -> None:
        """Add the files, or else the URLs, the page or the text; None is an empty clipboard."""
        mime = mime or QMimeData()
        files = [path for url in mime.urls() if (path := path_of(url)) is not None]
        files = files or paths_in(mime.text())
        web = addresses_in(mime.text()) or [
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
        self,
        paths: Sequence[Path],
        then: Callable[[ImportResult], None] | None = None,
        *,
        filing: Filing = _AS_USUAL,
    ) -> None:
        """Add files and folders in the background; exports of other programs are imported."""

        def sorted_out(found: Sorted) -> None:
            for export in found.exports:
                self.exports_found.emit(export)
            if found.others:
                work = partial(_add_paths, self._library, list(found.others))
                self._start(work, then=then, filing=filing)

        if paths:
            self._jobs.start("", lambda _: sort_out(paths), sorted_out, stoppable=False)

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
        filing: Filing = _AS_USUAL,
    ) -> None:
        def done(result: ImportResult) -> None:
            self._come(result, quiet=quiet)
            if then is not None:
                then(result)

        def filed(report: Report) -> ImportResult:
            return self._filed(partial(work, report), filing)()

        self._jobs.start("Adding", filed, done)

    def _report(
        self,
        result: ImportResult,
        origin: str = "",
        *,
        quiet: bool = False,
        again: Callable[[], None] | None = None,
    ) -> None:
        """Report a result; ``again`` repeats the downloads that failed."""
        self.added.emit(result)
        if quiet:
            return
        titles = self._title_of_one(result)
        text, is_error = outcome.told(result, titles, origin)
        opens = [Offer("Open", partial(self.open_wanted.emit, id)) for id in titles]
        if not is_error:
            self._messages.tell(text, offers=[*opens, *self._undo_offers(result)])
        elif len(result.rows) > 1:
            details = partial(self._details, result)
            self._messages.warn(text, "Details", details, offers=self._undo_offers(result))
        elif again is not None:
            self._messages.warn(text, "Try Again", again, offers=opens)
        else:
            self._messages.warn(text, offers=opens)

    def _title_of_one(self, result: ImportResult) -> dict[int, str]:
        """Return the title of the only article of a result by its id, if it exists."""
        if len(result.rows) != 1 or not (id := result.rows[0].article):
            return {}
        try:
            return {id: self._library.rows_of([id])[0].title}
        except NoSuchArticle:  # deleted meanwhile
            return {}

    def _undo_offers(self, result: ImportResult) -> list[Offer]:
        """Return the offer to move the new articles of a result to the trash."""
        new = [row.article for row in result.rows if row.outcome is Outcome.ADDED]

        def undo() -> None:
            move = partial(self._library.set_state, new, State.TRASH)
            self._context.history.run(move, count=len(new))

        return [Offer("Undo", undo)] if new else []

    def _details(self, result: ImportResult) -> None:
        box = message_box(self._window, f"{result}.")
        box.setDetailedText("\n".join(map(outcome.note, result.rows)))
        box.exec()


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
