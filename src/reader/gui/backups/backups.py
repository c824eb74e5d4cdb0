"""Copies of the library in the window: made by hand, compared, restored, saved and deleted."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from reader import phrases
from reader.backup_phrases import consequences, moment
from reader.errors import ReaderError
from reader.gui.backups import copies
from reader.gui.context import Context
from reader.gui.widgets.dialogs import confirmed
from reader.gui.widgets.plain_text import message_box
from reader.library.backup.copy import Copy, Difference, Reason
from reader.model import Theme
from reader.progress import Report

if TYPE_CHECKING:
    from reader.gui.backups.dialog import BackupsDialog
    from reader.gui.window import Window
    from reader.library.backup.backups import Backups as Copies
    from reader.library.backup.restored_articles import Restoration

_COPYING = "Making a copy of the library"
_AGAIN = "Reader closes for the moment and opens again."


class Services(NamedTuple):
    """Functions of other rooms.

    ``colours`` returns the theme, ``repair`` repairs the library, ``settings`` shows the settings
    of the backups.
    """

    colours: Callable[[], Theme]
    repair: Callable[[], None]
    settings: Callable[[], object]


def services_of(window: "Window") -> Services:
    """Return the services of a window."""
    return Services(
        lambda: window.colours,
        lambda: window.controllers.health.repair(),
        lambda: window.controllers.preferences.open_settings().choose("Backups"),
    )


class Backups:
    """Shows the copies, and carries out the wishes of the user there.

    ``restore_wanted`` is set if the whole library is to be restored from a copy once the window has
    closed.
    """

    def __init__(self, context: Context, services: Services) -> None:
        self._context = context
        self._library = context.library
        self._jobs = context.jobs
        self._messages = context.messages
        self._services = services
        self._dialog: BackupsDialog | None = None
        self.restore_wanted: Copy | None = None
        context.history.changed.connect(self._look_again)

    @property
    def dialog(self) -> "BackupsDialog | None":
        """The dialog, None if it is closed."""
        dialog = self._dialog
        return dialog if dialog is not None and isValid(dialog) and dialog.isVisible() else None

    def show(self) -> None:
        """Show the copies, or bring their dialog to the front."""
        from reader.gui.backups.dialog import BackupsDialog

        dialog = self.dialog
        if dialog is None:
            if self._dialog is not None and isValid(self._dialog):
                self._dialog.deleteLater()
            dialog = self._dialog = BackupsDialog(self._context, self._services.colours)
            self._connect(dialog)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _connect(self, dialog: "BackupsDialog") -> None:
        dialog.head.now.clicked.connect(self.back_up)
        dialog.head.settings.clicked.connect(self._services.settings)
        dialog.head.repair.clicked.connect(self._repair)
        dialog.restore_wanted.connect(self.restore)
        dialog.whole_wanted.connect(self.ask_to_restore)
        dialog.beside_wanted.connect(self.choose_beside)
        dialog.save_wanted.connect(self.choose_file)
        dialog.delete_wanted.connect(self.ask_to_delete)

    def _look_again(self) -> None:
        if (dialog := self.dialog) is not None:
            dialog.look()

    def _repair(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self._services.repair()

    def _copies(self) -> "Copies":
        """Return the copies; in the background only, as a second place may take long to answer."""
        return copies.of(self._library, self._context.settings.value)

    @property
    def _parent(self) -> QWidget:
        return self.dialog or self._context.window

    # ---- making a copy

    def back_up(self) -> None:
        """Make a copy now, as a job, and report the number of its articles."""
        if any(job.title == _COPYING for job in self._jobs.running):
            self._messages.tell("Reader is already making a copy.")
            return

        def done(copy: Copy) -> None:
            articles = phrases.plural(copy.articles, "article")
            self._tell(f"A copy of {articles} was made and checked.")
            self._look_again()

        def work(report: Report) -> Copy:
            return self._copies().take(Reason.ASKED, {}, report)

        self._jobs.start(_COPYING, work, done, self._failed)

    def _tell(self, text: str) -> None:
        self._messages.tell(text)

    def _failed(self, error: Exception) -> None:
        """Explain a failure, in front of the dialog if it is open."""
        if not isinstance(error, ReaderError) or self.dialog is None:
            self._messages.report(error)
            return
        _explain(self.dialog, "That could not be done", str(error))
        self._look_again()

    # ---- restoring articles

    def restore(self, copy: Copy, uids: Sequence[str]) -> None:
        """Restore articles from a copy, as an undo step, and close the dialog then."""
        title = f"Restoring {phrases.plural(len(uids), 'article')}"
        if (dialog := self.dialog) is not None:
            dialog.accept()  # what happens is seen in the window, with Undo
        self._jobs.change(
            title,
            lambda report: self._copies().restore_articles(copy, [*uids], report),
            self._tell_restored,
            self._failed,
        )

    def _tell_restored(self, restoration: "Restoration") -> None:
        """Show the restored articles in a sentence, with Undo, and the number of failures."""
        history, step = self._context.history, restoration.step
        wrong = incomplete(restoration)
        if step is not None:
            history.tell_undoable(" ".join(filter(None, (f"{phrases.step(step.label)}.", wrong))))
        else:
            self._messages.tell(wrong or "The library has them as they are in the copy.")
        history.changed.emit()

    # ---- restoring the whole library

    def ask_to_restore(self, copy: Copy, difference: Difference | None) -> None:
        """Ask whether to restore the whole library, with the changes; then close the window."""
        when = moment(copy.made_at, time.time())
        text = f"Restore the whole library as it was {when}?"
        more = f"{changes(difference)} A copy of the present is made first. {_AGAIN}"
        if confirmed(self._parent, text, more, "Restore Whole Library"):
            self.restore_wanted = copy
            if self.dialog is not None:
                self.dialog.reject()
            self._context.window.close()

    # ---- a copy elsewhere

    def choose_beside(self, copy: Copy) -> None:
        """Ask for a folder, write the copy there as a library of its own, and offer to open it."""
        name = QFileDialog.getExistingDirectory(
            self._parent, "Open Beside: Choose an Empty Folder", str(self._library.folder.parent)
        )
        if not name:
            return

        def work(report: Report) -> Path:
            from reader.library.backup import restoring

            restoring.write_beside(copy, Path(name), report)
            return Path(name)

        self._jobs.start("Writing the copy", work, self._offer_to_open, self._failed)

    def _offer_to_open(self, folder: Path) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._messages.tell(f"The copy is a library in {folder}.", "Open", partial(_open, folder))

    def choose_file(self, copy: Copy) -> None:
        """Ask for a file, and write the copy there as a plain database."""
        when = time.strftime("%Y-%m-%d %H-%M", time.localtime(copy.made_at))
        wanted = self._library.folder.parent / f"Reader {when}.db"
        name, _ = QFileDialog.getSaveFileName(
            self._parent, "Save the Copy As", str(wanted), "Libraries (*.db)"
        )
        if not name:
            return

        def done(_: object) -> None:
            self._tell(f"The copy is saved as {name}; pictures are not in it.")

        self._jobs.start("Saving the copy",
                         lambda report: self._copies().write_out(copy, Path(name), report), done,
                         self._failed)  # fmt: skip

    # ---- deleting

    def ask_to_delete(self, copy: Copy) -> None:
        """Ask, then delete a copy."""
        when = moment(copy.made_at, time.time())
        text = f"Delete the copy of {when}?"
        more = (
            f"{phrases.plural(copy.articles, 'article')} can then not be restored from it. The "
            "library and other copies stay as they are."
        )
        if confirmed(self._parent, text, more, "Delete Copy"):
            self._delete(copy)

    def _delete(self, copy: Copy) -> None:
        def delete(_: Report) -> None:
            self._copies().delete(copy)

        def done(_: object) -> None:
            self._look_again()

        self._jobs.start("Deleting a copy", delete, done, self._failed, stoppable=False)


def changes(difference: Difference | None) -> str:
    """Return in sentences how the library changes if all is restored; None if it is not known."""
    if difference is None:
        return "Articles and changes added since then will not be in the library."
    return consequences(len(difference.deleted), len(difference.changed), len(difference.added))


def incomplete(restoration: "Restoration") -> str:
    """Return in sentences which parts of a restoration are missing; ``""`` if none are."""
    from reader.library.backup.restored_articles import FAILED

    failed, pictures = restoration.count(*FAILED), sum(each.missing for each in restoration.rows)
    sentences = [
        f"{phrases.plural(failed, 'article')} could not be restored: the copy does not hold "
        f"{'it' if failed == 1 else 'them'} whole." if failed else "",
        f"{phrases.plural(pictures, 'picture')} {'is' if pictures == 1 else 'are'} not there any "
        "more." if pictures else "",
    ]  # fmt: skip
    return " ".join(filter(None, sentences))


def _open(folder: Path) -> None:
    """Open a library in a window of its own."""
    import sys

    QProcess.startDetached(sys.executable, ["-m", "reader", "--library", str(folder)])


def _explain(parent: QWidget, text: str, more: str) -> None:
    box = message_box(parent, text, more)
    box.exec()
    box.deleteLater()
