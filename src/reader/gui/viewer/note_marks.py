"""The notes of highlights beside the page: words if there is room, else a mark."""

from bisect import bisect_left

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from reader.document.highlights import line_colour
from reader.document.hits import position_at
from reader.gui.viewer.page_highlights import details_of
from reader.gui.viewer.scroll_anchor import y_of
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.plain_text import caption, set_tip
from reader.gui.widgets.return_key import press_by_return
from reader.library.highlights.highlights import Stored
from reader.model import Theme

_WIDE, _ROOM, _ASIDE = 160, 184, 12
_SIDE = 24  # of a mark without words
_BAR, _PAD, _BETWEEN = 3, 10, 8
_MOST_LINES = 6
_LONGEST = 400
_WRAPPED = Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextWrapAnywhere.value
_LETTERS = {"yellow": "Y", "green": "G", "blue": "B", "pink": "Pi", "purple": "Pu"}


class NoteMarks(QWidget):
    """Places a mark beside each highlight with a note, as far as it is seen.

    With high contrast, each highlight has one, with the letter of its colour. ``pressed`` carries
    the number of a highlight and its mark.
    """

    pressed = Signal(int, object)

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer)
        self.hide()
        self._viewer = viewer
        self._marks: dict[int, NoteMark] = {}
        viewer.verticalScrollBar().valueChanged.connect(self.place)
        viewer.arranged.connect(self.place)

    def mark_of(self, number: int) -> "NoteMark | None":
        """Return the mark of a highlight, None if it is not seen."""
        return self._marks.get(number)

    def place(self) -> None:
        """Show the marks of the highlights that are seen."""
        viewer = self._viewer
        wanted = self._wanted()
        for number in [*self._marks]:
            if number not in wanted:
                gone = self._marks.pop(number)
                gone.hide()
                gone.deleteLater()
        free = viewer.end_margin()
        wide = _WIDE if free.width() >= _ROOM else 0
        lowest = -1_000_000
        for number, y in sorted(wanted.items(), key=lambda pair: pair[1]):
            mark = self._marks.get(number) or self._made(number)
            mark.setAccessibleName(viewer.highlights.name_of(number))
            mark.show_note(viewer.highlights.stored[number], viewer.look.theme, wide)
            size = mark.sizeHint()
            top = max(round(y), lowest + _BETWEEN if wide else round(y))
            mark.setGeometry(QRect(self._corner(free, size.width(), wide), size).translated(0, top))
            mark.show()
            lowest = top + size.height()

    def _corner(self, free: QRect, width: int, wide: int) -> QPoint:
        aside = _ASIDE if wide else max(0, min(_ASIDE, (free.width() - width) // 2))
        if self._viewer.is_rtl:
            return QPoint(max(0, free.right() + 1 - aside - width), 0)
        return QPoint(min(free.left() + aside, free.right() + 1 - width), 0)

    def _made(self, number: int) -> "NoteMark":
        mark = self._marks[number] = NoteMark(self._viewer)
        mark.clicked.connect(lambda: self.pressed.emit(number, mark))
        return mark

    def _wanted(self) -> dict[int, float]:
        """Return the numbers of the highlights with marks that are seen, and their heights."""
        viewer, found = self._viewer, dict[int, float]()
        top, high = viewer.verticalScrollBar().value(), viewer.viewport().height()
        marks_all = not viewer.look.theme.highlights
        ranges = viewer.highlight_ranges()
        if not ranges:
            return found
        first, last = self._position(top - high), self._position(top + 2 * high)
        for number, (start, _) in ranges.items():
            is_near = first <= start <= last
            if is_near and (marks_all or viewer.highlights.stored[number].highlight.note):
                at = viewer.to_viewport(QPointF(0, y_of(viewer, start)))
                if at is not None and -high / 2 < at.y() < high:
                    found[number] = at.y() + viewer.viewport().y()
        return found

    def _position(self, y: float) -> int:
        """Return the position of the text near a height of the document."""
        if y <= 0:
            return 0
        found = position_at(self._viewer.page, QPointF(0, y))
        return found if found >= 0 else self._viewer.page.characterCount()


class NoteMark(QAbstractButton):
    """The note of a highlight, or a mark for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("noteMark")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        press_by_return(self)
        self._wide = 0
        self._line, self._text, self._muted, self._ring = (QColor() for _ in range(4))
        self._note = self._details = self._letter = ""

    def show_note(self, stored: Stored, theme: Theme, wide: int) -> None:
        """Show a note in the colours of a theme, in words if it is ``wide``."""
        highlight = stored.highlight
        line = line_colour(theme, highlight.colour)
        self._line, self._text, self._muted = map(QColor, (line, theme.text, theme.muted))
        self._ring = QColor(theme.accent)
        self._letter = "" if theme.highlights else _LETTERS.get(highlight.colour, "?")
        self._note, self._details = highlight.note, details_of(stored)
        self._wide = wide if highlight.note else 0
        set_tip(self, highlight.note)
        self.setAccessibleDescription(caption(highlight.note))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of its words, or of the mark."""
        if not self._wide:
            return QSize(_SIDE, _SIDE)
        high = self._words().height() + (self._line_high() if self._details else 0)
        return QSize(self._wide, max(_SIDE, high))

    def _words(self) -> QRect:
        metrics = self.fontMetrics()
        room = QRect(0, 0, self._wide - _BAR - _PAD, _MOST_LINES * metrics.lineSpacing())
        return metrics.boundingRect(room, _WRAPPED, self._note[:_LONGEST]).intersected(room)

    def _shown(self, room: QRect) -> str:
        """Return as much of the note as there is room for."""
        metrics, note = self.fontMetrics(), self._note

        def fits(text: str) -> bool:
            return metrics.boundingRect(room, _WRAPPED, text).height() <= room.height()

        if len(note) <= _LONGEST and fits(note):
            return note
        lengths = range(min(len(note), _LONGEST))
        most = bisect_left(lengths, True, key=lambda length: not fits(f"{note[:length]}…"))
        return f"{note[: most - 1].rstrip()}…"

    def _line_high(self) -> int:
        return QFontMetrics(self.font()).lineSpacing() + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words beside a bar in the colour of the highlight, or the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter) if self._wide else self._paint_mark(painter)
        if self.hasFocus():
            painter.setPen(QPen(self._ring, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_words(self, painter: QPainter) -> None:
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        bar = QRect(self.width() - _BAR if is_rtl else 0, 0, _BAR, self.height())
        painter.fillRect(bar, self._line)
        inside = self.rect().adjusted(
            0 if is_rtl else _BAR + _PAD, 0, -_BAR - _PAD if is_rtl else 0, 0
        )
        foot = self._line_high() if self._details else 0
        painter.setPen(self._text)
        room = inside.adjusted(0, 0, 0, -foot)
        painter.drawText(room, _WRAPPED, self._shown(room))
        if self._details:
            painter.setPen(self._muted)
            line = QRect(inside.left(), inside.bottom() + 1 - foot, inside.width(), foot)
            said = self.fontMetrics().elidedText(
                self._details, Qt.TextElideMode.ElideRight, line.width()
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter.value, said)

    def _paint_mark(self, painter: QPainter) -> None:
        if self._letter:
            painter.setPen(self._text)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter.value, self._letter)
            return
        painter.setPen(QPen(self._line, 1.7))
        sheet = QRectF(6, 5, 12, 14)
        painter.drawRoundedRect(sheet, 2, 2)
        for y, length in ((9.5, 6), (12.5, 6), (15.5, 3.5)):
            painter.drawLine(sheet.left() + 3, y, sheet.left() + 3 + length, y)  # type: ignore[call-overload]
