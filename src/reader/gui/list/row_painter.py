"""The painting of a row of the list: every piece has its place, whatever the others are."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QTextLayout,
)
from PySide6.QtWidgets import QApplication

from reader.document.images import Pictures
from reader.gui.list.placed import Placed
from reader.gui.list.row import Marked, RowText, SnippetOf, text_of
from reader.gui.list.site_marks import Site, SiteMarks
from reader.gui.list.snippet import LINES, SnippetLook, paint_snippet, text_option
from reader.gui.widgets.theme import icon
from reader.model import Row, Theme

_BASE = 13  # pixels of the interface's type that all measures below are made for
_GUTTER, _END, _GAP = 32, 16, 12
_HEIGHT, _COMPACT, _EXCERPT = 84, 36, 34
_PICTURE, _PICTURE_ROUND, _MARK, _CHECK, _DOT = 52, 8, 16, 18, 8
_LINE, _SMALL_LINE, _BETWEEN = 20, 16, 4
_BAR = 3  # pixels of the line of progress, and of the edge of a selected row
_LEAST_SITE = 40
_POINT = " · "


class RowState(NamedTuple):
    """How a row is shown; ``checked`` is None unless check boxes are shown."""

    number: int = 0
    selected: bool = False
    hovered: bool = False
    focused: bool = False
    checked: bool | None = None
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight


class RowPainter:
    """Paints rows; creates fonts and metrics once for each size.

    All places are thought of from left to right, and mirrored last. ``height`` is that of all rows,
    ``gutter`` the room before their text.
    """

    def __init__(self, pictures: Pictures, theme: Theme, size: float = 1.0) -> None:
        self._pictures = pictures
        self.theme = theme
        self._marks_of_sites = SiteMarks()
        self._numbers = 0
        self._snippet_of: SnippetOf | None = None
        self._compact = False
        self._excerpt_of: Callable[[int], str] | None = None
        self.set_size(size)

    def set_size(self, size: float) -> None:
        """Scale the text of the list."""
        base = QApplication.font()
        points = base.pointSizeF() if base.pointSizeF() > 0 else 10.0
        self._title, self._small = QFont(base), QFont(base)
        self._title.setPointSizeF(points * size * 14 / _BASE)
        self._unread = QFont(self._title)
        self._unread.setWeight(QFont.Weight.DemiBold)
        self._small.setPointSizeF(points * size * 12 / _BASE)
        self._title_metrics = QFontMetrics(self._unread)
        self._small_metrics = QFontMetrics(self._small)
        dots = QApplication.primaryScreen().logicalDotsPerInchY() / 72
        self._unit = points * dots * size / _BASE
        self._line = max(self._scaled(_LINE), self._title_metrics.height())
        self._small_line = max(self._scaled(_SMALL_LINE), self._small_metrics.height())
        self._measure()

    def set_form(self, *, compact: bool, excerpt_of: Callable[[int], str] | None) -> None:
        """Show rows in one line or more, each with its excerpt unless ``excerpt_of`` is None."""
        self._compact, self._excerpt_of = compact, excerpt_of
        self._measure()

    def set_snippets(self, snippet_of: SnippetOf | None) -> None:
        """Show a snippet in each row, or none if ``snippet_of`` is None."""
        self._snippet_of = snippet_of
        self._measure()

    def set_numbers(self, most: int) -> None:
        """Show row numbers up to ``most``, or none if it is 0."""
        self._numbers = most
        self._measure()

    def _measure(self) -> None:
        own = self._scaled(_COMPACT if self._compact else _HEIGHT)
        text = self._line if self._compact else 2 * self._line + self._small_line
        self._own_height = max(own, text + self._scaled(8))
        more = (self._excerpt_of or self._snippet_of) is not None
        below = max(self._scaled(_EXCERPT), self._below_height())
        self.height = self._own_height + (below if more else 0)
        most = "0" * len(f"{self._numbers:,}") if self._numbers else ""
        self.gutter = max(self._scaled(_GUTTER), self._small_metrics.horizontalAdvance(most) + 12)

    def _scaled(self, pixels: float) -> int:
        return max(1, round(pixels * self._unit))

    # ---- painting

    def paint(self, painter: QPainter, area: QRect, row: Row | None, state: RowState) -> None:
        """Paint a row; only its ground if it is None."""
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text has its own
        placed = Placed(painter, area, state.direction)
        self._paint_ground(placed, state)
        if row is not None:
            text = text_of(row)
            self._paint_gutter(placed, text, state)
            below = self._below(row)
            if self._compact:
                left = self._paint_line(placed, row, text, state)
            else:
                left = self._paint_block(placed, row, text, state, bool(below))
            self._paint_below(placed, below, left, state)
            self._paint_end(placed, text)
        if state.focused:
            self._paint_focus(painter, area)
        painter.restore()

    def _paint_ground(self, placed: Placed, state: RowState) -> None:
        theme = self.theme
        if state.selected:
            placed.fill(placed.whole, theme.selection)
            placed.fill(QRect(0, 0, _BAR, placed.whole.height()), theme.accent)
        elif state.hovered:
            placed.fill(placed.whole, theme.hover)

    def _paint_focus(self, painter: QPainter, area: QRect) -> None:
        painter.setPen(QPen(QColor(self.theme.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(area).adjusted(1, 1, -1, -1))

    def _paint_end(self, placed: Placed, text: RowText) -> None:
        """Paint the separator, or the progress in its place."""
        whole, theme = placed.whole, self.theme
        if not text.progress:
            line = QRect(self.gutter, whole.height() - 1, whole.width() - self.gutter, 1)
            placed.fill(line, theme.rule)
            return
        wide = whole.width() - self.gutter - self._scaled(_END)
        line = QRect(self.gutter, whole.height() - _BAR, wide, _BAR)
        placed.fill(line, theme.rule)
        line.setWidth(max(_BAR, round(wide * text.progress)))
        placed.fill(line, theme.accent)

    def _paint_gutter(self, placed: Placed, text: RowText, state: RowState) -> None:
        """Paint a check box; or the dot of an unread article, and its number."""
        middle, own = self.gutter / 2, self._own_height / 2
        if state.checked is not None:
            self._paint_check(placed, QPointF(middle, own), state.checked)
            return
        number = bool(self._numbers) and not self._compact
        if text.unread:
            y = own - self._scaled(9) if number else own
            placed.dot(QPointF(middle, y), self._scaled(_DOT) / 2, self.theme.accent)
        if number:
            y = round(own) + (self._scaled(6) if text.unread else 0) - self._small_line // 2
            place = QRect(_BAR, y, self.gutter - _BAR, self._small_line)
            middle_of = Qt.AlignmentFlag.AlignHCenter
            placed.text(place, self._small, self._soft(state), f"{state.number:,}", middle_of)

    def _paint_check(self, placed: Placed, middle: QPointF, checked: bool) -> None:
        side, theme, painter = self._scaled(_CHECK), self.theme, placed.painter
        box = QRect(round(middle.x() - side / 2) + 1, round(middle.y() - side / 2), side, side)
        area = QRectF(placed.at(box)).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(theme.accent if checked else theme.edge), 1.5))
        painter.setBrush(QColor(theme.accent if checked else theme.page))
        painter.drawRoundedRect(area, 5, 5)
        if checked:
            icon("check", theme.on_accent).paint(painter, placed.at(box.adjusted(1, 1, -1, -1)))

    def _paint_block(
        self, placed: Placed, row: Row, text: RowText, state: RowState, above: bool
    ) -> QRect:
        """Paint picture, title and details of a row of three lines; return the area below.

        They stand in the middle, or ``above`` the text below them.
        """
        end = placed.whole.width() - self._scaled(_END)
        side = self._scaled(_PICTURE)
        if row.lead and end - self.gutter > 3 * side:
            high = self.height if above else self._own_height
            area = QRect(end - side, (high - side) // 2, side, side)
            self._paint_picture(placed.painter, placed.at(area), row.lead)
            end -= side + self._scaled(_GAP)
        wide = max(1, end - self.gutter)
        lines = self._lines(text, wide)
        between = self._scaled(_BETWEEN)
        high = len(lines) * self._line + between + self._small_line
        room = self.height - self._below_height() if above else self._own_height
        top = (room - high) // 2
        for line in lines:
            self._paint_title(placed, QRect(self.gutter, top, wide, self._line), line, text, state)
            top += self._line
        area = QRect(self.gutter, top + between, wide, self._small_line)
        self._paint_details(placed, self._paint_signs(placed, area, row, text), row, text, state)
        return area.translated(0, self._small_line)

    def _paint_line(self, placed: Placed, row: Row, text: RowText, state: RowState) -> QRect:
        """Paint site, title and time of a row of one line; return the area below."""
        wide = placed.whole.width() - self.gutter - self._scaled(_END)
        whole = QRect(self.gutter, 0, max(1, wide), self._own_height)
        area = self._paint_mark(placed, self._paint_signs(placed, whole, row, text), row)
        said = text.trouble or next(iter(text.details[:1]), "")
        long = self._small_metrics.horizontalAdvance(said)
        if said and long < area.width() / 2:
            end = QRect(area.right() + 1 - long, 0, long, area.height())
            placed.text(end, self._small, self._loud(text, state), said)
            area.setWidth(area.width() - long - self._scaled(8))
        line = self._elided(text.title, area.width())
        self._paint_title(placed, area, line, text, state)
        return whole.translated(0, self._own_height - self._scaled(8))

    def _lines(self, text: RowText, wide: int) -> list[str]:
        """Break a title into one line or two; the second ends in an ellipsis if it is too long."""
        layout = QTextLayout(text.title, self._font(text))
        layout.setTextOption(text_option(rtl=text.rtl))
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(wide)
        layout.endLayout()
        cut = _letters(text.title, first.textLength())
        rest = text.title[cut:].strip()
        return [text.title[:cut].rstrip(), *([self._elided(rest, wide)] if rest else [])]

    def _elided(self, line: str, wide: int) -> str:
        return self._title_metrics.elidedText(line, Qt.TextElideMode.ElideRight, wide)

    def _paint_title(
        self, placed: Placed, area: QRect, line: str, text: RowText, state: RowState
    ) -> None:
        """Paint a line of a title at the side that its own direction begins at."""
        theme, flag = self.theme, Qt.AlignmentFlag
        side = flag.AlignRight if text.rtl else flag.AlignLeft
        colour = theme.selection_text if state.selected else theme.text
        placed.text(area, self._font(text), colour, line, side | flag.AlignAbsolute)

    def _paint_signs(self, placed: Placed, area: QRect, row: Row, text: RowText) -> QRect:
        """Paint star and check mark at the end of a line; return the rest of the line."""
        side = self._small_line
        signs = [("favourite-on", self.theme.accent)] if row.favourite else []
        signs += [("check", self.theme.muted)] if text.finished else []
        for name, colour in signs:
            place = QRect(area.right() + 1 - side, area.center().y() - side // 2 + 1, side, side)
            icon(name, colour).paint(placed.painter, placed.at(place))
            area = area.adjusted(0, 0, -side - self._scaled(4), 0)
        return area

    def _paint_mark(self, placed: Placed, area: QRect, row: Row) -> QRect:
        """Paint the mark of the site, if it has one; return the rest of the line."""
        if not row.source:
            return area
        side = self._scaled(_MARK)
        place = QRect(area.left(), area.top() + (area.height() - side) // 2, side, side)
        side_of_image = round(side * placed.painter.device().devicePixelRatioF())
        image = self._pictures.image(row.icon, side_of_image, side_of_image) if row.icon else None
        site = Site(row.source, image)
        self._marks_of_sites.paint(placed.painter, placed.at(place), site, self.theme)
        return area.adjusted(side + self._scaled(6), 0, 0, 0)

    def _paint_details(
        self, placed: Placed, area: QRect, row: Row, text: RowText, state: RowState
    ) -> None:
        """Paint the site and the details beside it; the site is shortened first.

        Each piece is painted by itself: the direction of one does not reorder the others.
        """
        area = self._paint_mark(placed, area, row)
        long = self._small_metrics.horizontalAdvance
        told = [text.trouble, *text.details[1:]] if text.trouble else [*text.details]
        if text.trouble:
            area.setWidth(area.width() - self._small_line - self._scaled(3))
        site, own = text.site, long(text.site)
        least = min(self._scaled(_LEAST_SITE), own)
        while (wide := sum(long(_POINT + each) for each in told)) + least > area.width() and told:
            told.pop()
        room = max(0, area.width() - wide)
        if own > room:
            site = self._small_metrics.elidedText(site, Qt.TextElideMode.ElideRight, room)
        if state.direction is Qt.LayoutDirection.LeftToRight and not text.trouble and site:
            told = [_POINT + _POINT.join(told)] if told else []  # one piece is faster
        for number, piece in enumerate(filter(None, [site, *told])):
            joint = _POINT if number and not piece.startswith(_POINT) else ""
            area = self._paint_piece(placed, area, joint, self._soft(state))
            loud = self._loud(text, state) if piece == text.trouble else self._soft(state)
            area = self._paint_piece(placed, area, piece, loud)

    def _paint_piece(self, placed: Placed, area: QRect, piece: str, colour: str) -> QRect:
        """Paint a piece at the start of an area; return the rest of the area."""
        if not piece:
            return area
        if colour == self.theme.bad:
            side = self._small_line
            place = QRect(area.left(), area.top() + (area.height() - side) // 2, side, side)
            icon("warning", colour).paint(placed.painter, placed.at(place))
            area = area.adjusted(side + self._scaled(3), 0, 0, 0)
        wide = self._small_metrics.horizontalAdvance(piece)
        place = QRect(area.left(), area.top(), wide, area.height())
        placed.text(place, self._small, colour, piece)
        return area.adjusted(wide, 0, 0, 0)

    def _below(self, row: Row) -> Marked:
        """Return the snippet of a search, or the excerpt."""
        if self._snippet_of is not None:
            return self._snippet_of(row.id)
        excerpt = self._excerpt_of(row.id) if self._excerpt_of is not None else ""
        return [(excerpt, False)] if excerpt else []

    def _below_height(self) -> int:
        return LINES * self._small_line + self._scaled(4)

    def _paint_below(self, placed: Placed, parts: Marked, area: QRect, state: RowState) -> None:
        if parts:
            area = QRect(area.left(), area.top() + self._scaled(4), area.width(), self.height)
            look = SnippetLook(self._small, self._small_line, self._soft(state), self.theme)
            paint_snippet(placed.painter, placed.at(area), parts, look)

    def _paint_picture(self, painter: QPainter, area: QRect, name: str) -> None:
        side = round(area.width() * painter.device().devicePixelRatioF())
        image = self._pictures.image(name, 2 * side, 2 * side)
        path = QPainterPath()
        path.addRoundedRect(QRectF(area), _PICTURE_ROUND, _PICTURE_ROUND)
        painter.save()
        painter.setClipPath(path)
        if image is None or image.isNull():
            painter.fillRect(area, QColor(self.theme.panel))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(area), image, _middle(image))
        painter.restore()

    def _font(self, text: RowText) -> QFont:
        return self._unread if text.unread else self._title

    def _soft(self, state: RowState) -> str:
        return self.theme.selection_text if state.selected else self.theme.muted

    def _loud(self, text: RowText, state: RowState) -> str:
        return self.theme.bad if text.trouble else self._soft(state)


def _letters(text: str, units: int) -> int:
    """Return how many letters a number of UTF-16 code units are, as Qt counts them."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def _middle(image: QImage) -> QRectF:
    side = min(image.width(), image.height())
    return QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)
