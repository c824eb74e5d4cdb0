"""The window of a library that does not open: its state, and the ways out.

A damaged library is examined. If nothing is lost, it is repaired at once and opens; otherwise the
window shows its whole and its damaged part, repairs it when asked to, and reports the result.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from reader.errors import LibraryError
from reader.gui.jobs.bar import JobsBar
from reader.gui.jobs.jobs import Jobs
from reader.gui.recovery import pages, recovery, trouble
from reader.gui.recovery.foot import Foot
from reader.gui.recovery.page_view import PageView
from reader.gui.recovery.recovery import Looked, Opened
from reader.gui.recovery.trouble import REMEDIES, Trouble, Way
from reader.gui.widgets import theme
from reader.gui.widgets.dialogs import Dialog, chosen
from reader.library.backup.copy import Copy
from reader.library.repair.salvaged import Mended
from reader.model import Theme
from reader.progress import Report

_SIZE = (880, 640)
_NARROW = 340
_LOOKED_INTO = (Trouble.DAMAGED, Trouble.FOREIGN, Trouble.EMPTY)
_ALWAYS = (Way.CHOOSE, Way.CLOSE)


class RecoveryWindow(Dialog):
    """Explains the trouble, and offers ways out; ``opened`` is the library once it is open."""

    def __init__(
        self,
        folder: Path,
        error: LibraryError,
        parent: QWidget | None = None,
        *,
        with_loss: bool = False,
        colours: Theme | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Reader")
        self.setObjectName("recovery")
        self.folder = folder
        self.opened: Opened | None = None
        self._with_loss = with_loss
        self._copies: tuple[Copy, ...] = ()
        self._mended: Mended | None = None
        self.jobs = Jobs(self._failed, self)
        self.view = PageView(colours or theme.resolve("system"))
        self.foot = Foot()
        self.buttons = self.foot.buttons
        self._lay_out()
        self._connect()
        self.show_error(error)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(JobsBar(self.jobs))
        layout.addWidget(self.foot)
        self.setMinimumWidth(_NARROW)
        self.resize(*_SIZE)

    def _connect(self) -> None:
        acts: dict[Way, Callable[[], None]] = {
            Way.REPAIR: self._repair,
            Way.RESTORE: self._restore,
            Way.WHOLE: self._open_what_is_whole,
            Way.CHECK: self._try_again,
            Way.CHOOSE: self._choose,
            Way.SAVE: self._save_report,
            Way.OPEN: self._open_repaired,
            Way.CLOSE: self.reject,
        }
        for way, act in acts.items():
            self.buttons[way].clicked.connect(act)
        self.jobs.changed.connect(self._ready)

    # ---- the trouble

    def show_error(self, error: LibraryError) -> None:
        """Show an error, and look into the library if it is damaged."""
        kind = trouble.of(self.folder, error)
        self._show_trouble(kind, error)
        work: Callable[[Report], Looked]
        if kind in _LOOKED_INTO:
            work = partial(recovery.look, self.folder, with_loss=self._with_loss)
        else:
            work = partial(recovery.look_for_copies, self.folder)
        self._start("Looking at the library", work, lambda looked: self._show(looked, kind, error))

    def _show_trouble(self, kind: Trouble, error: LibraryError) -> None:
        self.view.show_page(pages.of_trouble(kind, error, self._copies))
        self._offer(*REMEDIES[kind].ways)

    def _show(self, looked: Looked, kind: Trouble, error: LibraryError) -> None:
        """Show the state of the library, or open it if nothing of it is lost."""
        self._copies = looked.copies
        if looked.mended is not None and looked.mended.aside is not None:
            self._show_repaired(looked.mended)
        elif looked.findings is None and kind is not Trouble.DAMAGED:
            self._show_trouble(kind, error)
        else:
            readable = looked.findings is not None and looked.findings.articles > 0
            can_repair = readable and not looked.is_read_only
            page = pages.of_damage(
                looked.findings, looked.copies, self.folder, can_repair=not looked.is_read_only
            )
            self.view.show_page(page)
            ways = REMEDIES[Trouble.DAMAGED].ways
            self._offer(
                *(each for each in ways if each is not Way.REPAIR or can_repair), readable=readable
            )

    def _offer(self, *ways: Way, readable: bool = True) -> None:
        """Show the buttons that make sense now."""
        useless = {Way.RESTORE: not self._copies, Way.WHOLE: not readable}
        self.foot.offer(*(each for each in (*ways, *_ALWAYS) if not useless.get(each)))
        self.fit_lines()

    # ---- the ways out

    def _repair(self) -> None:
        work = partial(recovery.repair, self.folder)
        self._start("Repairing the library", work, self._show_report)

    def _show_repaired(self, mended: Mended) -> None:
        """Open a library that lost nothing, or report the origin of its parts."""
        if mended.rows or mended.findings.origins or mended.findings.damaged:
            self._show_report(mended)
        else:
            self._mended = mended
            self._open_repaired()

    def _show_report(self, mended: Mended) -> None:
        self._mended = mended
        self.view.show_page(pages.of_repair(mended, self._copies[0] if self._copies else None))
        self.foot.offer(Way.OPEN, Way.SAVE, Way.CLOSE)

    def _open_repaired(self) -> None:
        mended = self._mended
        assert mended is not None
        again = pages.found_again(mended.findings)
        leaves = bool(again) and self._leaves_out(len(again))
        work = partial(recovery.open_repaired, self.folder, mended, [*again] if leaves else [])
        self._start("Opening the library", work, self._go_on)

    def _leaves_out(self, count: int) -> bool:
        """Ask whether articles that may have been deleted before go to the trash."""
        many = "An article was" if count == 1 else f"{count:,} articles were"
        text = f"{many} found again in unused parts of the file"
        more = "You may have deleted them before. In the trash they are kept like all others there."
        return chosen(self, f"{text}.", more, ("Keep", "Move to Trash")) == "Move to Trash"

    def _save_report(self) -> None:
        page = self.view.page
        assert page is not None
        name = str(Path.home() / "Repair of the library.txt")
        target, _ = QFileDialog.getSaveFileName(self, "Save Report", name)
        if target:
            work = partial(recovery.save_report, pages.as_text(page), Path(target))
            self._start("Saving the report", work, lambda _: None)

    def _restore(self) -> None:
        copy = self._copies[self.view.row(pages.COPIES)]
        if not self.folder.is_dir():  # its drive is missing
            self._restore_elsewhere(copy)
            return
        text = f"Restore the copy of {pages.day_of(copy)}?"
        more = (
            f"It has {copy.articles:,} articles. The present file of the library is kept beside "
            "it, and nothing that it holds is deleted."
        )
        if chosen(self, text, more, ("Restore", "Cancel")) == "Restore":
            self._start(
                "Restoring the copy", partial(recovery.restore, self.folder, copy), self._go_on
            )

    def _restore_elsewhere(self, copy: Copy) -> None:
        title = "Choose an Empty Folder for the Library"
        if target := QFileDialog.getExistingDirectory(self, title, str(Path.home())):
            work = partial(recovery.restore_elsewhere, Path(target), copy)
            self._start("Restoring the copy", work, self._go_on)

    def _open_what_is_whole(self) -> None:
        work = partial(recovery.open_what_is_whole, self.folder)
        self._start("Reading the library", work, self._go_on)

    def _try_again(self) -> None:
        work = partial(recovery.open_whole, self.folder)
        self._start("Opening the library", work, self._go_on, self._show_failure)

    def _choose(self) -> None:
        title = "Choose Another Library"
        found = QFileDialog.getExistingDirectory(self, title, str(self.folder))
        if found:
            self.folder, self._copies = Path(found), ()
            self._try_again()

    # ---- jobs

    def _start(
        self,
        title: str,
        work: Callable[[Report], object],
        then: Callable[..., None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self.foot.set_enabled(False)

        def done(value: object) -> None:
            self.foot.set_enabled(True)
            then(value)

        self.jobs.start(title, work, done, failed or self._failed)

    def _ready(self) -> None:
        """Enable the buttons if no job is running."""
        self.foot.set_enabled(not self.jobs.running)
        if not self.jobs.running:
            for button in self.buttons.values():
                if button.isDefault():
                    button.setFocus()
        self.fit_lines()  # the bar of the jobs came or went

    def _show_failure(self, error: Exception) -> None:
        """Show the error of another attempt, of whichever kind it is by now."""
        if isinstance(error, LibraryError):
            self.show_error(error)
        else:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._ready()
        if isinstance(error, LibraryError):
            self.view.head.sentence.setText(str(error))
            self.fit_lines()
        else:
            from reader.gui.widgets.messages import show_report

            show_report(error, self)

    def _go_on(self, opened: Opened) -> None:
        self.opened = opened
        self.accept()

    # ---- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the new width."""
        super().resizeEvent(event)
        self.fit_lines()

    def done(self, result: int) -> None:
        """Stop the jobs before the window closes."""
        self.jobs.close()
        super().done(result)
