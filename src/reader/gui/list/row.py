"""A row of the list: its text as data, and its painting."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from reader import phrases
from reader.document.images import Pictures
from reader.gui.widgets.theme import icon
from reader.model import Row, Theme

ROW = Qt.ItemDataRole.UserRole
_DONE = 0.995
_LEFT, _RIGHT, _TOP = 22, 14, 11
_GAP = 12
_SNIPPET_LINES = 2
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class RowText(NamedTuple):
    """The text and the state of a row."""

    title: str
    details: str
    unread: bool
    progress: float
    rtl: bool


def text_of(row: Row) -> RowText:
    """Return the text of a row, safe to show: without control and bidirectional characters."""
    title = title_of(row.title)
    details = [
        plain(row.site or row.byline),
        phrases.time_left(row.words, row.progress) if row.downloaded else "waiting",
        phrases.age(row.added_at),
        phrases.pictures_there(row.missing, row.pictures),
    ]
    return RowText(
        title, " · ".join(filter(None, details)), not row.progress, row.progress, _is_rtl(title)
    )


def title_of(title: str) -> str:
    """Return a title as one line, “Untitled” if it is empty."""
    return plain(title) or "Untitled"


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units, as Qt counts it."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def plain(text: str) -> str:
    """Return untrusted text as one line without control and invisible characters."""
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(
        " " if letter in "\n\t\r\u2028\u2029" else letter
        for letter in text
        if letter in "\n\t\r\u2028\u2029\u200d\u200c" or unicodedata.category(letter) not in _HIDDEN
    )
    return " ".join(kept.split())


def plain_part(text: str) -> str:
    """Return a part of untrusted text without control characters; keep spaces at its ends."""
    inner = plain(text).strip()
    before = " " if text[:1].isspace() else ""
    behind = " " if text[-1:].isspace() and inner else ""
    return f"{before}{inner}{behind}"


def _is_rtl(text: str) -> bool:
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


Marked = Sequence[tuple[str, bool]]
"""Parts of a text, each with whether it matches a search."""

SnippetOf = Callable[[int], Marked]
"""Returns the snippet of an article among the search results."""


class RowView(QTableView):
    """A view that knows whether a row is selected or under the pointer.

    The style option of Qt knows it too, but reading it imports a large class at every start.
    """

    hovered = -1

    def is_selected(self, row: int) -> bool:
        """Return whether a row is selected."""
        return self.selectionModel().isRowSelected(row, QModelIndex())


class RowDelegate(QStyledItemDelegate):
    """Paints rows; creates fonts and metrics once for each size."""

    def __init__(
        self, view: "RowView", pictures: Pictures, theme: Theme, size: float = 1.0
    ) -> None:
        super().__init__()
        self._view = view
        self._pictures = pictures
        self.theme = theme
        self._numbers = 0
        self._snippet_of: SnippetOf | None = None
        self.set_size(size)

    def set_size(self, size: float) -> None:
        """Scale the text of the list."""
        base = QApplication.font()
        points = base.pointSizeF() if base.pointSizeF() > 0 else 10.0
        self._title = QFont(base)
        self._title.setPointSizeF(points * 1.06 * size)
        self._unread = QFont(self._title)
        self._unread.setWeight(QFont.Weight.DemiBold)
        self._small = QFont(base)
        self._small.setPointSizeF(points * 0.9 * size)
        self._title_metrics = QFontMetrics(self._unread)
        self._small_metrics = QFontMetrics(self._small)
        self._line = round(self._title_metrics.height() * 1.12)
        self._own_height = 2 * _TOP + 2 * self._line + 4 + self._small_metrics.height()
        self.set_snippets(self._snippet_of)
        self.set_numbers(self._numbers)

    def set_snippets(self, snippet_of: SnippetOf | None) -> None:
        """Show a snippet in each row, or none if ``snippet_of`` is None."""
        self._snippet_of = snippet_of
        more = _SNIPPET_LINES * self._small_metrics.height() + 6 if snippet_of else 0
        self.height = self._own_height + more

    def set_numbers(self, most: int) -> None:
        """Show row numbers up to ``most``, or none if it is 0."""
        self._numbers = most
        wide = self._small_metrics.horizontalAdvance("0" * len(f"{most:,}")) if most else 0
        self._left = max(_LEFT, wide + 12)

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a row; all rows have the same height."""
        return QSize(200, self.height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a row."""
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = self._paint_ground(painter, option.rect, index.row())
        if isinstance(row, Row):
            self._paint_row(painter, option.rect, row, index.row() + 1, selected)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, row: int) -> bool:
        view, theme = self._view, self.theme
        selected = view.is_selected(row)
        if selected:
            painter.fillRect(rect, QColor(theme.selection))
        elif row == view.hovered:
            painter.fillRect(rect, QColor(theme.hover))
        if view.hasFocus() and row == view.currentIndex().row():
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        painter.setPen(QPen(QColor(theme.rule), 1))
        base = rect.bottom() + 0.5
        painter.drawLine(QPointF(rect.left() + self._left, base), QPointF(rect.right(), base))
        return selected

    def _paint_row(
        self, painter: QPainter, rect: QRect, row: Row, number: int, selected: bool
    ) -> None:
        theme, text = self.theme, text_of(row)
        inner = rect.adjusted(self._left, _TOP, -_RIGHT, -_TOP)
        if self._snippet_of is not None:
            inner.setHeight(self._own_height - 2 * _TOP)
            area = rect.adjusted(self._left, self._own_height - 4, -_RIGHT, -6)
            self._paint_snippet(painter, area, self._snippet_of(row.id), selected)
        if row.lead:
            side = inner.height()
            self._paint_picture(
                painter, QRect(inner.right() - side + 1, inner.top(), side, side), row.lead
            )
            inner.adjust(0, 0, -side - _GAP, 0)
        strong = theme.selection_text if selected else theme.text
        below = self._paint_title(painter, inner, text, strong)
        soft = theme.selection_text if selected else theme.muted
        area = QRect(inner.left(), below + 3, inner.width(), self._small_metrics.height())
        if self._numbers:
            self._paint_number(painter, area, number, soft)
        self._paint_details(painter, area, row, text, soft)

    def _paint_title(self, painter: QPainter, inner: QRect, text: RowText, colour: str) -> int:
        """Paint the title in one or two lines, centred vertically; return its bottom."""
        font = self._unread if text.unread else self._title
        layout = QTextLayout(text.title, font)
        layout.setTextOption(_option(rtl=text.rtl))
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(inner.width())
        rest = text.title[first.textLength() :].strip()
        layout.endLayout()
        lines = 2 if rest else 1
        top = inner.top() + (2 - lines) * self._line // 2
        painter.setPen(QColor(colour))
        first.draw(painter, QPointF(inner.left(), top))
        if rest:
            painter.setFont(font)
            area = QRect(inner.left(), top + self._line, inner.width(), self._line)
            shown = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, area.width())
            side = Qt.AlignmentFlag.AlignRight if text.rtl else Qt.AlignmentFlag.AlignLeft
            painter.drawText(area, int(side | Qt.TextFlag.TextSingleLine), shown)
        if text.unread:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.accent))
            dot = QPointF(inner.left() - 10.5, top + self._title_metrics.height() / 2)
            painter.drawEllipse(dot, 3.2, 3.2)
        return top + lines * self._line

    def _paint_snippet(self, painter: QPainter, area: QRect, parts: Marked, selected: bool) -> None:
        """Paint a snippet in two lines, with its matches marked."""
        parts = [(plain_part(part), marked) for part, marked in parts]
        text = "".join(part for part, _ in parts)
        layout = QTextLayout(text, self._small)
        layout.setTextOption(_option(rtl=_is_rtl(text)))
        layout.setFormats(self._marks(parts))
        layout.beginLayout()
        painter.setPen(QColor(self.theme.selection_text if selected else self.theme.muted))
        for number in range(_SNIPPET_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(area.width())
            line.setPosition(QPointF(0, number * self._small_metrics.height()))
        layout.endLayout()
        painter.save()
        painter.setClipRect(area)
        layout.draw(painter, QPointF(area.topLeft()))
        painter.restore()

    def _marks(self, parts: Marked) -> list[QTextLayout.FormatRange]:
        ranges, start = [], 0
        for part, marked in parts:
            length = units(part)
            if marked:
                mark = QTextLayout.FormatRange()
                mark.start, mark.length = start, length
                form = QTextCharFormat()
                form.setBackground(QColor(self.theme.mark))
                form.setForeground(QColor(self.theme.text))
                mark.format = form
                ranges.append(mark)
            start += length
        return ranges

    def _paint_number(self, painter: QPainter, area: QRect, number: int, colour: str) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(colour))
        margin = QRect(area.left() - self._left, area.top(), self._left - 6, area.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(margin, int(flags), f"{number:,}")

    def _paint_details(
        self, painter: QPainter, area: QRect, row: Row, text: RowText, colour: str
    ) -> None:
        high = area.height()
        if row.favourite:
            star = QRect(area.right() - high, area.top(), high, high)
            icon("favourite-on", self.theme.accent).paint(painter, star)
            area.adjust(0, 0, -high - 4, 0)
        if text.progress > 0:
            area.adjust(0, 0, -self._paint_progress(painter, area, text.progress) - 6, 0)
        painter.setFont(self._small)
        painter.setPen(QColor(colour))
        elide = Qt.TextElideMode.ElideRight
        details = self._small_metrics.elidedText(text.details, elide, area.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(area, int(flags), details)

    def _paint_progress(self, painter: QPainter, area: QRect, progress: float) -> int:
        """Paint a progress ring, or a check mark if complete; return its width."""
        side = round(area.height() * 0.82)
        ring = QRectF(area.right() - side, area.center().y() - side / 2 + 0.5, side, side)
        if progress >= _DONE:
            icon("check", self.theme.muted).paint(painter, ring.toRect())
            return side
        ring.adjust(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.rule), 2))
        painter.drawEllipse(ring)
        painter.setPen(QPen(QColor(self.theme.accent), 2))
        painter.drawArc(ring, 90 * 16, -round(progress * 360 * 16))
        return side

    def _paint_picture(self, painter: QPainter, area: QRect, name: str) -> None:
        ratio = painter.device().devicePixelRatioF()
        side = round(area.width() * ratio)
        image = self._pictures.image(name, 2 * side, 2 * side)
        path = QPainterPath()
        path.addRoundedRect(QRectF(area), 5, 5)
        painter.save()
        painter.setClipPath(path)
        if image is None or image.isNull():
            painter.fillRect(area, QColor(self.theme.panel))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(area), image, _middle(image))
        painter.restore()


def _option(*, rtl: bool) -> QTextOption:
    """Return the options of a text: wrapped, and aligned by its direction."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if rtl:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        # The direction alone does not align a QTextLayout to the right.
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    return option


def _middle(image: QImage) -> QRectF:
    side = min(image.width(), image.height())
    return QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)
