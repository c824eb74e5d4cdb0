"""The foot of the page: how far the article is read, in which chapter, and the time left."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader import phrases
from reader.document.direction import isolated
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.plain_text import set_tip

HIGH, QUIET_HIGH = 36, 28
_LINE = 3
_SIDE = 24
_SPACE = 16
_REST_MS = 60


class Foot(QWidget):
    """A line with the part that is read, above the chapter and the minutes that are left.

    ``speed`` returns the words a minute at which this person reads. While the page scrolls, only
    the line moves; the words follow when it rests.
    """

    def __init__(self, viewer: Viewer, speed: Callable[[], float]) -> None:
        super().__init__()
        self._viewer = viewer
        self._speed = speed
        self._chapter = self._left = ""
        self._is_quiet = False
        self.setObjectName("pageFoot")
        self.setAccessibleName("Progress in the article")
        self.setFixedHeight(HIGH)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self.tell)
        bar = viewer.verticalScrollBar()
        bar.valueChanged.connect(self._moved)
        bar.rangeChanged.connect(self._moved)
        viewer.grown.connect(self._moved)
        viewer.arranged.connect(self._moved)
        viewer.counted.connect(self._moved)
        viewer.taken.connect(self._show_if_wanted)
        viewer.taken.connect(self._moved)
        viewer.installEventFilter(self)
        self._show_if_wanted()

    def set_quiet(self, quiet: bool) -> None:
        """Show less, in the middle, or as much as ever."""
        self._is_quiet = quiet
        self.setFixedHeight(QUIET_HIGH if quiet else HIGH)
        self.tell()

    # ---- what it says

    @property
    def percent(self) -> int:
        """How much of the article is above the lower edge of the page."""
        return round(self._viewer.progress() * 100)

    @property
    def minutes(self) -> int:
        """How long the text below the lower edge of the page takes this reader."""
        article = self._viewer.article
        words = article.words * self._viewer.share_below() if article is not None else 0.0
        return max(1, round(words / self._speed())) if words >= 1 else 0

    def spoken(self) -> str:
        """Return the progress for screen readers: ``18 percent, 9 minutes left``."""
        minutes = self.minutes
        left = f", {phrases.plural(minutes, 'minute')} left" if minutes else ""
        page = self._viewer.page_label()
        return f"{f'page {page}, ' if page else ''}{self.percent} percent{left}"

    def tell(self) -> None:
        """Show the chapter, the number of highlights, the progress and the time left."""
        if self._viewer.article is None:
            return
        minutes = self.minutes
        left = f"{phrases.duration(60 * minutes)} left" if minutes else ""
        marked = len(self._viewer.highlights.stored)
        number = phrases.plural(marked, "highlight") if marked else ""
        furthest = round(100 * self._viewer.furthest.share)
        set_tip(self, f"Read as far as {furthest} %" if furthest > self.percent else "")
        page = self._viewer.page_label()
        parts = (page, left) if self._is_quiet else (number, page, f"{self.percent} %", left)
        self._chapter, self._left = self._viewer.chapter(), " · ".join(filter(None, parts))
        self.update()

    def texts(self) -> tuple[str, str]:
        """Return the chapter and the progress as they are shown."""
        return self._chapter, self._left

    # ---- following the page

    def _moved(self) -> None:
        self.update(0, 0, self.width(), _LINE)
        if not self._resting.isActive():
            self._resting.start()

    def _show_if_wanted(self) -> None:
        article = self._viewer.article
        self.setVisible(article is not None and bool(article.html) and not self._viewer.isHidden())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be there as long as the page is."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._show_if_wanted()
        return super().eventFilter(watched, event)

    # ---- Qt

    def sizeHint(self) -> QSize:
        """Return the height of the foot."""
        return QSize(200, HIGH)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the place of the article that was clicked on the line."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._viewer.leap(self._along(event.position()))

    def _along(self, at: QPointF) -> float:
        share = min(max(at.x() / max(1, self.width()), 0.0), 1.0)
        return 1 - share if self._rtl else share

    @property
    def _rtl(self) -> bool:
        return self._viewer.head.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, and the words unless only the line has moved."""
        theme = self._viewer.look.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.page))
        painter.fillRect(0, 0, self.width(), _LINE, QColor(theme.rule))
        done = round(self.width() * self._viewer.progress())
        furthest = round(self.width() * self._viewer.furthest.share)
        for wide, colour in ((furthest, theme.quote), (done, theme.accent)):
            left = self.width() - wide if self._rtl else 0
            painter.fillRect(left, 0, wide, _LINE, QColor(colour))
        if event.rect().bottom() > _LINE:
            self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.92)
        painter.setFont(font)
        painter.setPen(QColor(self._viewer.look.theme.muted))
        side = min(_SIDE, self.width() // 12)
        area = QRect(side, _LINE, self.width() - 2 * side, self.height() - _LINE)
        metrics = painter.fontMetrics()
        if self._is_quiet:
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, isolated(self._left))
            return
        room = area.width() - metrics.horizontalAdvance(self._left) - _SPACE
        chapter = metrics.elidedText(self._chapter, Qt.TextElideMode.ElideRight, max(0, room))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        start, end = (end, start) if self._rtl else (start, end)
        absolute = Qt.AlignmentFlag.AlignAbsolute
        if room > _SIDE:
            painter.drawText(area, int(middle | start | absolute), chapter)
        painter.drawText(area, int(middle | end | absolute), isolated(self._left))
