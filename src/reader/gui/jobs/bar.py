"""A bar that shows the progress of background jobs, with a button to stop them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QWidget

from reader.gui.jobs.jobs import Job, Jobs
from reader.gui.widgets.plain_text import Label


class JobsBar(QWidget):
    """Shows the title and progress of the newest job, and Stop if any job can be stopped.

    It is hidden if there is no job. With ``over``, it floats at the foot of that widget, so that
    nothing moves when it comes and goes.
    """

    def __init__(self, jobs: Jobs, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setObjectName("jobs")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._jobs = jobs
        self._text = Label()
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedSize(120, 4)
        self._progress.setAccessibleName("Progress")
        self._stop = QToolButton()
        self._stop.setText("Stop")
        self._stop.clicked.connect(self._stop_newest)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._progress)
        layout.addWidget(self._stop)
        jobs.changed.connect(self._show)
        self._over = over
        if over is not None:
            over.installEventFilter(self)
        self._show()

    def _show(self) -> None:
        shown = self._jobs_shown()
        self.setVisible(bool(shown))
        if not shown:
            return
        job = shown[-1]
        more = f" (and {len(shown) - 1} more)" if len(shown) > 1 else ""
        self._text.setText(f"{job.title}{more}  {job.text}")
        self._stop.setVisible(any(job.stoppable for job in shown))
        self._progress.setRange(0, job.total)
        self._progress.setValue(job.done)
        self._place()

    def _place(self) -> None:
        if self._over is not None and not self.isHidden():
            area, high = self._over.rect(), self.sizeHint().height()
            self.setGeometry(0, area.height() - high, area.width(), high)
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the widget below."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _stop_newest(self) -> None:
        for job in [job for job in self._jobs_shown() if job.stoppable][-1:]:
            job.stop()

    def _jobs_shown(self) -> list[Job]:
        return [job for job in self._jobs.running if job.title and job.shown]
