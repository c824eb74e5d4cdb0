"""Places of the article to go to: the furthest one, its beginning, a share of it."""

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from reader.anchor import Anchor
from reader.gui.context import Context
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.elided import Elided
from reader.gui.widgets.plain_text import Label
from reader.gui.widgets.popover import Popover
from reader.gui.widgets.stepper import Stepper

_WIDE = 280
_NEAR = 0.01
_ABOVE_FOOT = 16
_IS_FURTHEST = "This is the furthest place that you have read."


class Places(QObject):
    """Goes to places of the open article."""

    def __init__(self, context: Context, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._context, self._viewer = context, viewer
        self._jump: Jump | None = None

    def go_to_furthest(self) -> None:
        """Go to the furthest place that was read."""
        if self._viewer.furthest.share <= self._viewer.progress() + _NEAR:
            self._context.messages.tell(_IS_FURTHEST)
        else:
            self._viewer.go_to_furthest()

    def start_again(self) -> None:
        """Begin the article anew; the furthest place is kept, and Undo brings the place back."""
        viewer, article = self._viewer, self._viewer.article
        if article is None:
            return
        viewer.flush()
        viewer.leap_to_stored(Anchor())
        again = partial(self._context.library.reading_log.start_again, [article.id])
        self._context.history.run(again)

    def jump(self) -> None:
        """Ask for a share of the article to go to."""
        if self._jump is None:
            self._jump = Jump(self._context.window, self._viewer)
        self._jump.open_jump()


class Jump(Popover):
    """A number of percent: the page follows it at once, Esc returns."""

    def __init__(self, window: QWidget, viewer: Viewer) -> None:
        super().__init__(window, _WIDE)
        self._viewer = viewer
        self._start = viewer.place()
        self._has_left = False
        self.setAccessibleName("Go to a place")
        title = Label("Go to")
        self.percent = Stepper((0, 100), unit=" %")
        self.percent.setAccessibleName("Percent of the article")
        self.percent.setKeyboardTracking(True)
        self.percent.valueChanged.connect(self._follow)
        self._chapter = Elided()
        self._chapter.setObjectName("hint")
        for part in (title, self.percent, self._chapter):
            self.content.addWidget(part)

    def open_jump(self) -> None:
        """Open with the share that is read now."""
        self._start, self._has_left = self._viewer.place(), False
        self.percent.blockSignals(True)
        self.percent.setValue(round(100 * self._viewer.progress()))
        self.percent.blockSignals(False)
        self._chapter.setText(self._viewer.chapter())
        self.open_at(self._viewer, self.percent)
        self.percent.selectAll()

    def place(self) -> None:
        """Stand above the lower edge of the page, so that the line below it is seen."""
        super().place()
        sheet, page = self._frame.geometry(), self._viewer.rect()
        corner = self._viewer.mapTo(self._window, page.bottomLeft())
        sheet.moveBottom(max(sheet.height(), corner.y() - _ABOVE_FOOT))
        sheet.moveLeft(corner.x() + (page.width() - sheet.width()) // 2)
        self._frame.setGeometry(sheet)
        self.update()

    def _follow(self, percent: float) -> None:
        if self._has_left:
            self._viewer.show_share(percent / 100)
        else:
            self._has_left = True
            self._viewer.leap(percent / 100)
        self._chapter.setText(self._viewer.chapter())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stay with Return; return to the former place with Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_popover()
        elif event.key() == Qt.Key.Key_Escape and self._has_left:
            self._viewer.return_to(self._start)
        super().keyPressEvent(event)
