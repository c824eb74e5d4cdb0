"""What can be pressed beside parts of the page: copying code, opening a table.

They are painted with the page and found by their places, so that hundreds of them cost nothing.
"""

from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
    QTextBlock,
    QTextCursor,
)

from reader.document.build import Document
from reader.document.code_heads import CodeHead, heads_among
from reader.document.decorate import blocks_in
from reader.document.fonts import font
from reader.document.tables import OPENER, FittedTable, is_rtl
from reader.gui.widgets.theme import icon

_TYPE, _ICON, _AIR, _TALL = 12.0, 16.0, 8.0, 28.0  # pixels at 96 dpi
_ROUND = 6.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute  # as code, in every window
_LONG = 12  # rows of a table that offers to be opened without the pointer over it


class Use(Enum):
    """The use of a tool."""

    COPY = auto()
    OPEN = auto()


class Tool(NamedTuple):
    """A tool at a place of the document: of the code with a group, or the table at a position.

    One that ``waits`` is seen only while the pointer or the keyboard is at its part, ``around``.
    """

    use: Use
    number: int
    area: QRectF
    around: QRectF
    waits: bool = False

    @property
    def text(self) -> str:
        """The words on it."""
        return "Copy" if self.use is Use.COPY else "Open Table"

    @property
    def key(self) -> tuple[Use, int]:
        """What names it while its place changes."""
        return self.use, self.number


class PageTools:
    """The tools of a document; ``over`` is the place of the pointer."""

    def __init__(self) -> None:
        self.over: QPointF | None = None
        self._shown_focus: tuple[Use, int] | None = None
        self.is_over = False
        self._near: set[tuple[Use, int]] = set()
        self._focused: tuple[tuple[Use, int], int] | None = None

    def focus(self, tool: tuple[Use, int] | None, position: int) -> None:
        """Remember the tool that the keyboard went to, and the place of the cursor then."""
        self._focused = None if tool is None else (tool, position)

    def focused_at(self, cursor: QTextCursor) -> tuple[Use, int] | None:
        """Return the tool that the keyboard went to, unless the cursor is elsewhere since."""
        if self._focused is None or cursor.hasSelection():
            return None
        tool, position = self._focused
        return tool if cursor.position() == position else None

    def paint(
        self, document: Document, painter: QPainter, clip: QRectF, focused: tuple[Use, int] | None
    ) -> None:
        """Paint the heads of code and the tools in ``clip``, in the document's coordinates."""
        self._shown_focus = focused
        blocks = _blocks(document, clip)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        heads = list(_heads(document, blocks))
        for head in heads:
            _paint_head(document, painter, head)
        for tool in _tools(document, blocks, heads):
            if not tool.waits or self._is_near(tool):
                self._paint_tool(document, painter, tool)
        painter.restore()

    def point(self, document: Document, place: QPointF | None) -> bool:
        """Take the place of the pointer; return whether something looks different then."""
        near: list[Tool] = []
        if place is not None:
            near = self.tools(document, QRectF(place, place).adjusted(0, -1, 1, 1))
            near = [tool for tool in near if tool.around.contains(place)]
        pressable = {tool.key for tool in near if place is not None and tool.area.contains(place)}
        before = self._near, self.is_over
        self.over, self.is_over = place, bool(pressable)
        self._near = {tool.key for tool in near}
        return before != (self._near, self.is_over)

    def at(self, document: Document, place: QPointF) -> Tool | None:
        """Return the tool at a place of the document."""
        for tool in self.tools(document, QRectF(place, place).adjusted(0, -1, 1, 1)):
            if tool.area.contains(place):
                return tool
        return None

    def tools(self, document: Document, clip: QRectF) -> list[Tool]:
        """Return the tools in ``clip``, and those close to it."""
        blocks = _blocks(document, clip)
        return list(_tools(document, blocks, _heads(document, blocks)))

    def _is_near(self, tool: Tool) -> bool:
        over = self.over
        return tool.key == self._shown_focus or (over is not None and tool.around.contains(over))

    def _paint_tool(self, document: Document, painter: QPainter, tool: Tool) -> None:
        theme, scale, area = document.look.theme, document.scale, tool.area
        is_over = self.over is not None and area.contains(self.over)
        is_focused = tool.key == self._shown_focus
        painter.setPen(QPen(QColor(theme.accent), 2 * scale) if is_focused else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.hover) if is_over else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), _ROUND * scale, _ROUND * scale)
        side, air = _ICON * scale, _AIR * scale
        mark = QRectF(area.left() + air, area.center().y() - side / 2, side, side)
        name = "copy" if tool.use is Use.COPY else "out"
        dots = painter.device().devicePixelRatioF()
        image = _mark(name, theme.text, max(1, round(side * dots)))
        painter.drawPixmap(mark, image, QRectF(image.rect()))
        painter.setFont(_font(scale))
        painter.setPen(QColor(theme.text))
        words = area.adjusted(air + side + 0.75 * air, 0, 0, 0)
        painter.drawText(words, int(_LEFT | Qt.AlignmentFlag.AlignVCenter), tool.text)


def _blocks(document: Document, clip: QRectF) -> list[tuple[QTextBlock, QRectF]]:
    """Return the blocks near ``clip``: what opens a table belongs to the block below it."""
    return list(blocks_in(document, clip.adjusted(0, 0, 0, OPENER * document.scale)))


def _heads(document: Document, blocks: list[tuple[QTextBlock, QRectF]]) -> Iterator[CodeHead]:
    column = QRectF(document.overhang, 0, document.column, 1)
    return heads_among(blocks, column, document.formats.em * document.scale, document.scale)


def _paint_head(document: Document, painter: QPainter, head: CodeHead) -> None:
    """Paint the name of the language and a hairline below the head."""
    theme, scale, area = document.look.theme, document.scale, head.area
    painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), QColor(theme.rule))
    painter.setFont(_font(scale))
    painter.setPen(QColor(theme.muted))
    room = area.adjusted(2 * _AIR * scale, 0, -100 * scale, 0)
    painter.drawText(room, int(_LEFT | Qt.AlignmentFlag.AlignVCenter), head.language or "Code")


def _tools(
    document: Document, blocks: list[tuple[QTextBlock, QRectF]], heads: Iterable[CodeHead]
) -> Iterator[Tool]:
    scale = document.scale
    for head in heads:
        wide, tall = _wide("Copy", scale), _TALL * scale
        right = head.area.right() - 4 * scale
        area = QRectF(right - wide, head.area.center().y() - tall / 2, wide, tall)
        yield Tool(Use.COPY, head.group, area, head.area)
    ends = {each.portions[-1].lastPosition() + 1: each for each in document.tables}
    if not ends:
        return
    for block, _ in blocks:
        if (table := ends.get(block.position())) is not None:
            yield _opener(document, table)


def _opener(document: Document, table: FittedTable) -> Tool:
    """Return the tool below a table, at the end of its lines."""
    scale, last = document.scale, table.portions[-1]
    layout = document.documentLayout()
    cells = (last.cellAt(last.rows() - 1, column) for column in range(last.columns()))
    rects = [layout.blockBoundingRect(cell.lastCursorPosition().block()) for cell in cells]
    bottom = max(rect.bottom() for rect in rects) + last.format().cellPadding() * scale
    wide = min(document.textWidth(), table.fit.width * scale)
    left = document.overhang + (document.column - wide) / 2
    if wide < document.column:
        lead = table.lead * scale
        left = document.overhang + (document.column - wide - lead if is_rtl(last) else lead)
    tool = _wide("Open Table", scale)
    at = left if is_rtl(last) else left + wide - tool
    area = QRectF(max(0.0, at), bottom + 3 * scale, tool, _TALL * scale)
    top = layout.blockBoundingRect(table.portions[0].firstCursorPosition().block()).top()
    around = QRectF(left, top, wide, area.bottom() - top)
    stands_out = table.fit.width * scale > document.column + 1
    is_long = len(table.block.rows) > _LONG
    return Tool(Use.OPEN, last.firstPosition(), area, around, not (stands_out or is_long))


@lru_cache(maxsize=32)
def _mark(name: str, colour: str, pixels: int) -> QPixmap:
    return icon(name, colour).pixmap(pixels, pixels)


@lru_cache(maxsize=32)
def _wide(text: str, scale: float) -> float:
    words = QFontMetricsF(_font(scale)).horizontalAdvance(text)
    return words + (2.75 * _AIR + _ICON) * scale


@lru_cache(maxsize=32)
def _font(scale: float) -> QFont:
    small = font("sans", 9)
    small.setPixelSize(max(8, round(_TYPE * scale)))
    return small
