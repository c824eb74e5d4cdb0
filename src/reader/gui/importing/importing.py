"""Imports in the window: opened from the menu or by a drop, run, reported, undone."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from reader import phrases
from reader.errors import ReaderError
from reader.gui.context import Context
from reader.gui.importing import sums, work
from reader.gui.importing.one_import import OneImport
from reader.gui.importing.window import ImportWindow
from reader.gui.importing.work import Done
from reader.gui.list.listings import SearchListing
from reader.gui.widgets.dialogs import confirmed
from reader.gui.widgets.messages import Offer
from reader.importing import garbage
from reader.model import Theme
from reader.outcomes import Outcome
from reader.progress import Report
from reader.steps import Step

if TYPE_CHECKING:
    from reader.gui.window import Window

_TITLE = "Imported"
_SETTLED_MS = 1000
_SAVED = "The report is saved as {}."
_FILTER = "Text (*.txt);;Table (*.csv)"


class Services(NamedTuple):
    """Functions of other rooms: the theme, ways to show an article, many, and missing texts."""

    colours: Callable[[], Theme]
    open_article: Callable[[int], None]
    show_articles: Callable[[Sequence[int]], None]
    show_missing: Callable[[Sequence[int]], None]


def services_of(window: "Window") -> Services:
    """Return the services of a window."""

    def show(ids: Sequence[int]) -> None:
        window.search_field.clear()
        window.list.show_results(SearchListing(window.library, lambda: ids), lambda _: ())
        window.list_head.show_results(phrases.plural(len(ids), "article"), title=_TITLE)
        window.shelves.show_search(_TITLE)
        window.go_to_list()

    def show_missing(ids: Sequence[int]) -> None:
        window.controllers.missing_texts.show(ids)

    return Services(lambda: window.colours, window.navigation.open_listed, show, show_missing)


class Importing(QObject):
    """Shows the windows of imports, and carries out the wishes of the user there."""

    def __init__(self, context: Context, services: Services) -> None:
        super().__init__(context.window)
        self._context = context
        self._library = context.library
        self._jobs = context.jobs
        self._messages = context.messages
        self._services = services
        self._windows: list[ImportWindow] = []

    @property
    def windows(self) -> list[ImportWindow]:
        """The windows that are open."""
        return [window for window in self._there() if window.isVisible()]

    def show_articles(self, ids: Sequence[int]) -> None:
        """Show articles in the list."""
        self._services.show_articles(ids)

    # ---- opening

    def show(self) -> None:
        """Show the start, or an import that goes on in the background."""
        running = [each for each in self._there() if each.import_ and each.import_.is_running]
        hidden = [each for each in running if not each.isVisible()]
        window = hidden[0] if hidden else self._window_for_start()
        if not hidden:
            self._look(window)
        _raise(window)

    def begin(self, paths: Sequence[Path]) -> None:
        """Show the dry run of an import of some files."""
        if not paths:
            return
        self._begin_in(self._window_for_start(), paths)

    def _begin_in(self, window: ImportWindow, paths: Sequence[Path]) -> None:
        if window.import_ is not None and window.import_.is_running:
            window = self._make()
        import_ = OneImport(self._context, paths)
        import_.finished.connect(partial(self._tell, window, import_))
        window.show_import(import_)
        _raise(window)
        import_.look()

    def _window_for_start(self) -> ImportWindow:
        """Return a window that shows no import yet, a new one if there is none."""
        for window in self.windows:
            if window.import_ is None:
                return window
        return self._make()

    def _make(self) -> ImportWindow:
        window = ImportWindow(self._context, self._services.colours)
        self._windows.append(window)
        window.paths_wanted.connect(partial(self._begin_in, window))
        window.files_wanted.connect(partial(self._choose_files, window))
        window.folder_wanted.connect(partial(self._choose_folder, window))
        window.report_wanted.connect(partial(self._open_report, window))
        window.start_wanted.connect(partial(self._start_again, window))
        window.save_wanted.connect(partial(self._save, window))
        window.show_wanted.connect(partial(self._show_imported, window))
        window.undo_wanted.connect(partial(self._undo, window))
        window.delete_wanted.connect(partial(self._delete_original, window))
        window.texts_wanted.connect(partial(self._show_missing, window))
        window.article_chosen.connect(self._services.open_article)
        window.finished.connect(lambda _: self._closed(window))
        return window

    def _there(self) -> list[ImportWindow]:
        self._windows = [window for window in self._windows if isValid(window)]
        return self._windows

    def _closed(self, window: ImportWindow) -> None:
        """Delete a window, unless its import goes on."""
        if window.import_ is not None and window.import_.is_running:
            return
        self._windows = [each for each in self._windows if each is not window]
        window.deleteLater()
        if not self._windows:
            QTimer.singleShot(_SETTLED_MS, self, garbage.settle)

    def _choose_files(self, window: ImportWindow) -> None:
        names, _ = QFileDialog.getOpenFileNames(window, "Import Files")
        if names:
            self._begin_in(window, [Path(name) for name in names])

    def _choose_folder(self, window: ImportWindow) -> None:
        if name := QFileDialog.getExistingDirectory(window, "Import a Folder"):
            self._begin_in(window, [Path(name)])

    # ---- earlier imports

    def _start_again(self, window: ImportWindow) -> None:
        window.show_start()
        self._look(window)

    def _look(self, window: ImportWindow) -> None:
        """Read the earlier imports in the background, and show them."""

        def fail(error: Exception) -> None:
            self._if_there(window, lambda: window.start.show_trouble(self._sentence(error)))

        self._jobs.start(
            "",
            lambda _: work.earlier(self._library),
            lambda found: self._if_there(window, lambda: window.start.show_reports(found)),
            fail,
            stoppable=False,
        )

    def _open_report(self, window: ImportWindow, key: str) -> None:
        def show(done: Done) -> None:
            self._if_there(window, lambda: window.show_report(done))

        def open(_: Report) -> Done:
            return work.opened(self._library, key)

        self._jobs.start("", open, show, partial(self._failed, window), stoppable=False)

    def _delete_original(self, window: ImportWindow) -> None:
        """Ask, then delete the original file of an import that is kept in the library."""
        done = window.report
        if done is None:
            return
        more = (
            f"It takes {phrases.bytes_of(done.size)}. The articles and the report stay, but the "
            "import cannot be repeated from the library any more."
        )
        if not confirmed(window, "Delete the original of this import?", more, "Delete"):
            return
        key = done.report.key

        def delete(_: Report) -> None:
            work.delete_original(self._library, key)

        def deleted(_: object) -> None:
            self._if_there(window, lambda: window.show_without_original("It was deleted."))

        self._jobs.start("", delete, deleted, partial(self._failed, window), stoppable=False)

    # ---- a report

    def _save(self, window: ImportWindow) -> None:
        """Ask for a file, and write the report, or the plan, there."""
        done, import_ = window.report, window.import_
        found = import_.found if import_ is not None else None
        proposed = Path.home() / f"Import of {Path(window.name).stem[:80]}.txt"
        target, _ = QFileDialog.getSaveFileName(window, "Save Report", str(proposed), _FILTER)
        if not target or (done is None and found is None):
            return

        def save(_: Report) -> None:
            if done is not None:
                work.save_report(done.report, Path(target))
            elif found is not None:
                work.save_plan(found.plan, Path(target))

        def saved(_: object) -> None:
            self._if_there(window, lambda: window.tell(_SAVED.format(target)))

        self._jobs.start("Saving the report", save, saved, partial(self._failed, window),
                         stoppable=False)  # fmt: skip

    def _show_imported(self, window: ImportWindow) -> None:
        """Show the articles of an import in the list."""
        done = window.report
        if done is not None:
            window.accept()
            self._services.show_articles(_articles(done))

    def _show_missing(self, window: ImportWindow) -> None:
        """Show which texts of an import are missing."""
        if window.report is not None:
            self._services.show_missing(_articles(window.report))

    def _undo(self, window: ImportWindow) -> None:
        """Take an import back."""
        done = window.report
        if done is not None:
            self._undo_step(done.step, window)

    def _undo_step(self, step: int, window: ImportWindow | None = None) -> None:
        def undone(found: Step | None) -> None:
            told = f"Undone: {phrases.step(found.label)}." if found else "It is undone already."
            self._context.history.changed.emit()
            if window is not None and isValid(window) and window.isVisible():
                window.show_undone(told)
            else:
                self._messages.tell(told)

        undo = self._library.history.undo
        self._jobs.change("Undoing the import", partial(undo, step=step, part=True), undone,
                          partial(self._failed, window))  # fmt: skip

    def _tell(self, window: ImportWindow, import_: OneImport) -> None:
        """Report on an import whose window was closed meanwhile."""
        if not isValid(window) or window.isVisible():
            return
        done = import_.done
        if done is None:
            self._messages.warn(import_.trouble, "Show", partial(_raise, window))
            return
        undo = [Offer("Undo", partial(self._undo_step, done.step))] if done.step else []
        report = partial(_raise, window)
        self._messages.tell(told(import_.name, done), "Report", report, offers=undo)

    # ---- trouble

    def _failed(self, window: ImportWindow | None, error: Exception) -> None:
        """Show an error in the window, or in the main one if that is closed."""
        if window is not None and isValid(window) and window.isVisible():
            window.tell(self._sentence(error), is_bad=True)
        else:
            self._messages.report(error)

    def _sentence(self, error: Exception) -> str:
        if not isinstance(error, ReaderError):
            self._messages.report(error)
            return "This could not be done: an error in Reader was in the way."
        return str(error)

    def _if_there(self, window: ImportWindow, show: Callable[[], object]) -> None:
        if isValid(window) and window.isVisible():
            show()


def _articles(done: Done) -> list[int]:
    ids = [row.article for row in done.report.result.rows if row.article]
    return list(dict.fromkeys(ids))


def told(name: str, done: Done) -> str:
    """Return the outcome of an import: ``Imported pocket.zip: 4,517 were added, 7 could not …``."""
    parts = [
        f"{count:,} {sums.words(outcome, count, is_done=True)}"
        for outcome in (Outcome.ADDED, Outcome.UPDATED, Outcome.FAILED)
        if (count := done.sums.number_of(outcome))
    ]
    return f"Imported {name}: {', '.join(parts) or 'nothing was new'}."


def _raise(window: QWidget) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
