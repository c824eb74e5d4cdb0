"""A library is opened; what takes long, such as bringing an older one up to date, is shown."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from reader.errors import LibraryError
from reader.gui.jobs.jobs import Jobs
from reader.gui.widgets.plain_text import Label
from reader.library.library import Library
from reader.progress import Report

_SHOWN_AFTER_MS = 300
_WIDTH = 380

Open = Callable[[Path, Report], Library]


class Opening(QWidget):
    """A small window that says what is done and how far it is; it goes when that is done."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(None, Qt.WindowType.Dialog)
        self.setWindowTitle("Reader")
        self.setFixedWidth(_WIDTH)
        self._jobs = jobs
        self._text = Label()
        self._text.setWordWrap(True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Progress")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 22)
        layout.setSpacing(12)
        layout.addWidget(self._text)
        layout.addWidget(self._progress)
        jobs.changed.connect(self._show_progress)

    def text(self) -> str:
        """Return what the window says."""
        return self._text.text()

    def _show_progress(self) -> None:
        for job in self._jobs.running[-1:]:
            self._text.setText(job.text or job.title)
            self._progress.setRange(0, job.total)
            self._progress.setValue(job.done)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay: half an opening is none."""
        event.ignore()


def opened(folder: Path, open: Open) -> Library | LibraryError:
    """Open the library in a folder with ``open(folder, report)``, or return what is in the way.

    A window appears if it takes long, and the event loop is alive meanwhile.
    """
    loop = QEventLoop()
    found: list[Library | Exception] = []

    def end(outcome: Library | Exception) -> None:
        found.append(outcome)
        loop.quit()

    jobs = Jobs(end)
    window = Opening(jobs)
    waiting = QTimer(window, singleShot=True, interval=_SHOWN_AFTER_MS)
    waiting.timeout.connect(window.show)
    waiting.start()
    title = "Opening the library…"
    jobs.start(title, lambda report: open(folder, report), end, stoppable=False)
    loop.exec()
    jobs.close()
    window.hide()
    window.deleteLater()
    outcome = found[0]
    if isinstance(outcome, Library | LibraryError):
        return outcome
    raise outcome
