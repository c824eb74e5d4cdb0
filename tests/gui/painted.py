"""A painter that writes down what it paints, to look at it piece by piece."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPaintDevice, QPainter, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate

from reader.model import Row, State


class Piece(NamedTuple):
    """A piece: its kind, text if it is text, where it is, and the colour it has."""

    kind: str
    text: str
    area: QRectF
    colour: str
    weight: int = 0


class Recorder(QPainter):
    """Paints into a picture or a widget and keeps a list of its own pieces."""

    def __init__(self, image: QPaintDevice) -> None:
        super().__init__(image)
        self.pieces: list[Piece] = []

    def drawText(self, *what: object) -> None:  # type: ignore[override]
        super().drawText(*what)  # type: ignore[call-overload]
        area, flags, text = what
        assert isinstance(area, QRect | QRectF)
        assert isinstance(flags, int)
        metrics = QFontMetricsF(self.font())
        wide, high = metrics.horizontalAdvance(str(text)), metrics.height()
        room = QRectF(area)
        left = room.right() - wide if flags & Qt.AlignmentFlag.AlignRight.value else room.left()
        if flags & Qt.AlignmentFlag.AlignHCenter.value:
            left += (room.width() - wide) / 2
        top = room.bottom() - high if flags & Qt.AlignmentFlag.AlignBottom.value else room.top()
        if flags & Qt.AlignmentFlag.AlignVCenter.value:
            top += (room.height() - high) / 2
        self._note("text", str(text), QRectF(left, top, wide, high), self.pen().color())

    def fillRect(self, *what: object) -> None:
        super().fillRect(*what)  # type: ignore[call-overload]
        *sides, colour = what
        area = sides[0] if len(sides) == 1 else QRect(*sides)
        assert isinstance(area, QRect | QRectF)
        assert isinstance(colour, QColor)
        self._note("ground", "", QRectF(area), colour)

    def drawEllipse(self, *what: object) -> None:
        super().drawEllipse(*what)  # type: ignore[call-overload]
        if len(what) == 3:
            centre, x, y = what
            assert isinstance(centre, QPointF)
            assert isinstance(x, float)
            assert isinstance(y, float)
            area = QRectF(centre.x() - x, centre.y() - y, 2 * x, 2 * y)
        else:
            (area,) = what  # type: ignore[assignment]
        filled = self.brush().style() is not Qt.BrushStyle.NoBrush
        kind = "dot" if filled else "ring"
        self._note(kind, "", QRectF(area), self.brush().color() if filled else self.pen().color())

    def drawArc(self, area: QRectF, start: int, span: int) -> None:  # type: ignore[override]
        super().drawArc(area, start, span)
        self._note("arc", f"{start} {span}", QRectF(area), self.pen().color())

    def drawLine(self, *what: object) -> None:
        super().drawLine(*what)  # type: ignore[call-overload]
        first, second = what
        assert isinstance(first, QPoint | QPointF)
        assert isinstance(second, QPoint | QPointF)
        self._note("line", "", QRectF(QPointF(first), QPointF(second)), self.pen().color())

    def drawPolyline(self, shape: QPolygonF) -> None:  # type: ignore[override]
        super().drawPolyline(shape)
        area = shape.boundingRect()
        self._note("arrow", "", QRectF(area), self.pen().color())

    def drawRoundedRect(self, area: QRect, x: float, y: float) -> None:  # type: ignore[override]
        super().drawRoundedRect(area, x, y)
        if self.brush().style() is not Qt.BrushStyle.NoBrush:
            self._note("ground", "", QRectF(area), self.brush().color())
        if self.pen().style() is not Qt.PenStyle.NoPen:
            self._note("frame", "", QRectF(area), self.pen().color())

    def drawRect(self, area: QRect | QRectF) -> None:  # type: ignore[override]
        super().drawRect(area)
        filled = self.pen().style() is Qt.PenStyle.NoPen
        colour = self.brush().color() if filled else self.pen().color()
        self._note("ground" if filled else "frame", "", QRectF(area), colour)

    def drawImage(self, *what: object) -> None:
        super().drawImage(*what)  # type: ignore[call-overload]
        area = what[0]
        assert isinstance(area, QRect | QRectF)
        self._note("picture", "", QRectF(area), QColor())

    def of(self, kind: str) -> list[Piece]:
        """Return the pieces of a kind."""
        return [each for each in self.pieces if each.kind == kind]

    def _note(self, kind: str, text: str, area: QRectF, colour: QColor) -> None:
        weight = int(self.font().weight()) if kind == "text" else 0
        self.pieces.append(Piece(kind, text, area, colour.name(), weight))


@contextmanager
def recorded(image: QImage) -> Iterator[Recorder]:
    """Lend a recorder on an empty picture."""
    image.fill(Qt.GlobalColor.white)
    painter = Recorder(image)
    try:
        yield painter
    finally:
        painter.end()


def inked(image: QImage, colour: str = "") -> QRect:
    """Return where there are pixels of just this colour; of none, where it is not empty."""
    wanted, ground = QColor(colour).rgb(), image.pixel(image.width() - 1, 0)
    found = [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if (image.pixel(x, y) == wanted if colour else image.pixel(x, y) != ground)
    ]
    if not found:
        return QRect()
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return QRect(QPoint(min(xs), min(ys)), QPoint(max(xs), max(ys)))


def painted_by(
    delegate: QStyledItemDelegate, index: object, wide: int, high: int
) -> tuple[Recorder, QImage]:
    """Return what a delegate paints of a row; it has to leave the painter as it was."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    option = SimpleNamespace(rect=QRect(0, 0, wide, high))
    with recorded(image) as painter:
        before = painter.font(), painter.pen(), painter.brush()
        delegate.paint(painter, option, index)  # type: ignore[arg-type]
        assert (painter.font(), painter.pen(), painter.brush()) == before
    return painter, image


def row_saying(**more: object) -> Row:
    """Return an unread row of the queue, but for what is given."""
    told: dict[str, object] = {
        "id": 7, "title": "Short title", "byline": "Author", "site": "site.example", "words": 500,
        "added_at": "2026-01-01T00:00:00Z", "opened_at": "", "progress": 0.0,
        "state": State.QUEUE, "favourite": False, "downloaded": True, "lead": "",
    }  # fmt: skip
    return Row(**{**told, **more})  # type: ignore[arg-type]
