"""A dialog that lists the damage of an open library, and replaces damaged parts from elsewhere."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader import damage
from reader.damage import Kind, KnownDamage
from reader.errors import LibraryError, NoSuchArticle
from reader.gui.context import Context
from reader.gui.jobs.bar import JobsBar
from reader.gui.recovery import pages
from reader.gui.recovery.foot import Foot
from reader.gui.recovery.page_view import PageView
from reader.gui.recovery.trouble import Way
from reader.gui.widgets.dialogs import Dialog
from reader.library.backup.copy import Copy
from reader.library.repair.check import Outcome
from reader.model import ImportResult, Theme
from reader.model import Outcome as Added
from reader.progress import Report

_SIZE = (760, 560)
_NARROW = 340
_FROM_SITE = frozenset(
    (Kind.UNREADABLE, Kind.TEXT, Kind.SOURCE, Kind.PICTURE_MISSING, Kind.PICTURE_CHANGED)
)
"""Damage that downloading the article again repairs."""


class DamageDialog(Dialog):
    """The damage that the last check found; ``repair`` repairs a library that is not written to."""

    def __init__(
        self,
        context: Context,
        colours: Theme,
        repair: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Damage")
        self._context, self._library = context, context.library
        self.findings: tuple[KnownDamage, ...] = ()
        self.view = PageView(colours)
        self.foot = Foot()
        self.repair = self.foot.buttons[Way.REPAIR]
        self.copy = self.foot.buttons[Way.COPY]
        self.download = self.foot.buttons[Way.DOWNLOAD]
        self._lay_out()
        self.foot.buttons[Way.CLOSE].clicked.connect(self.reject)
        self._repair_in_window = repair
        self.repair.clicked.connect(self._repair)
        self.copy.clicked.connect(self._take_from_copy)
        self.download.clicked.connect(self._download)
        self.view.list.selectionModel().selectionChanged.connect(lambda *_: self._show_state())
        self.show_findings()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(JobsBar(self._context.jobs))
        layout.addWidget(self.foot)
        self.setMinimumWidth(_NARROW)
        self.resize(*_SIZE)

    def show_findings(self) -> None:
        """Show the findings of the last check."""
        record = self._library.checkup.record()
        self.findings = record.findings
        self.view.show_page(pages.of_findings(record.findings, record.checked_at))
        some = (Way.COPY, Way.DOWNLOAD, Way.REPAIR) if self.findings else ()
        self.foot.offer(*some, Way.CLOSE)
        self._show_state()

    @property
    def finding(self) -> KnownDamage | None:
        """The selected finding, None if there is none."""
        row = self.view.list.row()
        return self.findings[row] if 0 <= row < len(self.findings) else None

    def _show_state(self) -> None:
        """Enable the actions that help with the selected finding."""
        finding, can_change = self.finding, not self._library.read_only
        is_article = can_change and finding is not None and finding.damage.article > 0
        self.copy.setEnabled(is_article)
        self.download.setEnabled(
            is_article and finding is not None and finding.damage.kind in _FROM_SITE
        )

    # ---- what helps

    def _repair(self) -> None:
        """Heal the certain damage; a file that nothing is written to gets a window of its own."""
        if self._library.is_damaged:
            self._repair_in_window()
            return
        work = self._library.checkup.check_and_heal
        self._context.jobs.start("Repairing", work, self._healed)

    def _healed(self, outcome: Outcome) -> None:
        self._context.history.changed.emit()
        self.show_findings()
        if self.findings:
            told = damage.healed(outcome.healed) or "Nothing could be put right by itself."
            self.view.note.setText(told)
            self.view.note.show()

    def _download(self) -> None:
        from reader.ingest.web import download

        if (finding := self.finding) is not None:
            ids = [finding.damage.article]
            work = partial(download, self._library, ids)
            self._context.jobs.start("Downloading", work, self._downloaded, articles=ids)

    def _downloaded(self, result: ImportResult) -> None:
        if any(row.outcome is Added.FAILED for row in result.rows):
            self.view.note.setText("The article could not be downloaded. Nothing was changed.")
            self.view.note.show()
        else:
            self._check_again()

    def _take_from_copy(self) -> None:
        if (finding := self.finding) is not None:
            work = partial(self._taken, finding)
            self._context.jobs.start("Taking from a copy", work, lambda _: self._check_again())

    def _taken(self, finding: KnownDamage, report: Report) -> None:
        """Restore an article from the newest copy that was made while it was whole."""
        backups = self._library.backups
        copy = _copy_before(finding, backups.all(report))
        try:
            uid = self._library.article(finding.damage.article).uid
        except NoSuchArticle as error:
            raise LibraryError("The article is not in the library any more.") from error
        backups.restore_articles(copy, [uid], report)

    def _check_again(self) -> None:
        self._context.history.changed.emit()
        title = "Checking the library"
        self._context.jobs.start(title, self._library.check, lambda _: self.show_findings())


def _copy_before(finding: KnownDamage, copies: list[Copy]) -> Copy:
    """Return the newest copy made before damage was seen, else the newest of all."""
    if not copies:
        raise LibraryError("There is no copy of the library to take it from.")
    until = pages.seconds(finding.first_seen)
    return next((each for each in copies if each.made_at < until), copies[0])
