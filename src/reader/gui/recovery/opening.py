"""Opening of a library; a window shows the progress if it takes long, as a migration may."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from reader.errors import LibraryError
from reader.gui.jobs.jobs import Jobs
from reader.gui.widgets.plain_text import Label
from reader.library.library import Library
from reader.progress import Report

_SHOWN_AFTER_MS = 300
_WIDTH = 380

Open = Callable[[Path, Report], Library]


class Opening(QWidget):
    """A small window that shows the progress while a library is opened.

    ``stop`` is shown only if the work may be stopped.
    """

    def __init__(self, jobs: Jobs, *, stoppable: bool = False) -> None:
        super().__init__(None, Qt.WindowType.Dialog)
        self.setWindowTitle("Reader")
        self.setFixedWidth(_WIDTH)
        self._jobs = jobs
        self._text = Label()
        self._text.setWordWrap(True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Progress")
        self.stop = QPushButton("Stop")
        self.stop.setShortcut("Esc")
        self.stop.setVisible(stoppable)
        self.stop.clicked.connect(self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 22)
        layout.setSpacing(12)
        layout.addWidget(self._text)
        layout.addWidget(self._progress)
        layout.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignRight)
        jobs.changed.connect(self._show_progress)

    def text(self) -> str:
        """Return the text of the window."""
        return self._text.text()

    def _show_progress(self) -> None:
        for job in self._jobs.running[-1:]:
            self._text.setText(job.text or job.title)
            self._progress.setRange(0, job.total)
            self._progress.setValue(job.done)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Refuse to close before the library is open, but stop work that may be stopped."""
        event.ignore()
        if self.stop.isVisible():
            self._stop()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        for job in self._jobs.running:
            job.stop()


def open_with_progress(
    folder: Path, open: Open, title: str = "Opening the library…", *, stoppable: bool = False
) -> Library | LibraryError:
    """Open the library in a folder with ``open(folder, report)``; return it or the error.

    A window appears if it takes long; the event loop runs meanwhile. If ``stoppable``, it has a
    button that makes ``report`` raise Cancelled, which ``open`` must turn into a LibraryError.
    """
    loop = QEventLoop()
    outcomes: list[Library | Exception] = []

    def end(outcome: Library | Exception) -> None:
        outcomes.append(outcome)
        loop.quit()

    jobs = Jobs(end)
    window = Opening(jobs, stoppable=stoppable)
    waiting = QTimer(window, singleShot=True, interval=_SHOWN_AFTER_MS)
    waiting.timeout.connect(window.show)
    waiting.start()
    jobs.start(title, lambda report: open(folder, report), end, stoppable=stoppable)
    loop.exec()
    jobs.close()
    window.hide()
    window.deleteLater()
    outcome = outcomes[0]
    if isinstance(outcome, Library | LibraryError):
        return outcome
    raise outcome
