"""The size and painting of pictures in the text.

Sizes come from the document, so nothing is read for the layout and nothing moves when a picture
arrives.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLine,
)

from reader.body.blocks import words_of
from reader.document.fonts import MEASURED_AT, font, metrics
from reader.document.formats import Mark
from reader.document.images import DARK_INK, Pictures
from reader.model import Look

_UNKNOWN = QSizeF(480, 320)
_CELL_PADDING = 16
_PAPER_DPI = 300
_OBJECT = QTextFormat.ObjectTypes.ImageObject.value
_ALIGNMENT = QTextFormat.Property.TextVerticalAlignment.value
_MIDDLE = QTextCharFormat.VerticalAlignment.AlignMiddle.value
_SIGN = "▢"
_SIGN_HEIGHT, _SIGN_LETTERS = 1.25, 60


class PictureObject(QPyTextObject):
    """Draws pictures, at most ``tallest`` pixels high; ``on_paper`` decodes them at once."""

    def __init__(self, pictures: Pictures, look: Look, *, on_paper: bool) -> None:
        super().__init__()
        self._pictures = pictures
        self._theme = look.theme
        self._grey = look.grey
        self._on_paper = on_paper
        self.links: list[tuple[str, QRectF]] = []
        self.scale = 1.0
        self.column = 0.0
        self.tallest = 1e9

    def intrinsicSize(self, doc: QTextDocument, _pos: int, form: QTextFormat) -> QSizeF:
        """Return the size of a picture at this zoom, within the column."""
        wide, high = form.doubleProperty(Mark.WIDTH), form.doubleProperty(Mark.HEIGHT)
        missing = not form.stringProperty(QTextFormat.Property.ImageName.value)
        size = QSizeF(wide, high) if wide and high else _UNKNOWN
        if _is_sign(form):
            size = _sign_size(form)
        elif missing and not (wide and high):
            size = QSizeF(320, 64)
        size = size * self.scale  # “*=” would change _UNKNOWN itself
        share = form.doubleProperty(Mark.SHARE) or 1.0
        room = self.column or doc.textWidth()
        room -= form.doubleProperty(Mark.LEAD) * self.scale
        room = max(12.0, room * share - (_CELL_PADDING * self.scale if share < 1 else 0))
        fit = min(1.0, room / size.width(), self.tallest / size.height())
        high = self._taken(size.height() * fit, form)
        return QSizeF(max(1.0, size.width() * fit), max(1.0, high))

    def _taken(self, high: float, form: QTextFormat) -> float:
        """Return the height that a picture takes in its line.

        A small one stands in the middle of the small letters, so that a part of it is below their
        line. Qt keeps the descent of the typeface free; if that is too little, it puts a picture in
        the middle of the line, which is for Qt a quarter of the small letters at 96 dpi.
        """
        unscaled = form.doubleProperty(Mark.AXIS)
        if not unscaled:
            return high
        letters = unscaled * self.scale
        is_middle = form.intProperty(_ALIGNMENT) == _MIDDLE
        return high + letters - unscaled / 2 if is_middle else (high + letters) / 2

    def _place(self, rect: QRectF, form: QTextFormat) -> QRectF:
        """Return the place of a picture: a small one hangs below the room that it takes."""
        if not form.doubleProperty(Mark.AXIS):
            return rect
        high = rect.width() * form.doubleProperty(Mark.HEIGHT) / form.doubleProperty(Mark.WIDTH)
        return QRectF(rect.left(), rect.top(), rect.width(), high)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _doc: QTextDocument,
        _pos: int,
        form: QTextFormat,
    ) -> None:
        """Paint a picture, a pale frame until it arrives, or the alternative text if missing."""
        rect = self._place(QRectF(rect), form)
        if self._on_paper and (link := form.toCharFormat().anchorHref()):
            self.links.append((link, painter.deviceTransform().mapRect(rect)))
        name = form.stringProperty(QTextFormat.Property.ImageName.value)
        image = self._image(painter, rect, name) if name else QImage()
        if image is None:
            painter.fillRect(rect, QColor(self._theme.panel))
        elif image.isNull():
            self._draw_missing(painter, rect, _words(form), in_line=_is_sign(form))
        else:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self._theme.dark and image.text(DARK_INK):
                painter.fillRect(rect, QColor(self._theme.text))
            painter.drawImage(rect, image)
            painter.restore()

    def _image(self, painter: QPainter, rect: QRectF, name: str) -> QImage | None:
        if self._on_paper:
            dots = painter.deviceTransform().mapRect(rect).size()
            factor = min(1.0, _PAPER_DPI / max(1, painter.device().logicalDpiX()))
            image = self._pictures.now(name, *_pixels(dots * factor))
            return image.convertToFormat(QImage.Format.Format_Grayscale8) if self._grey else image
        return self._pictures.image(
            name, *_pixels(rect.size() * painter.device().devicePixelRatioF())
        )

    def _draw_missing(self, painter: QPainter, rect: QRectF, words: str, *, in_line: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.rule), self.scale))
        if not self._on_paper:
            painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4 * self.scale, 4 * self.scale)
        small = font("sans", 9)
        largest = rect.height() if in_line else 12 * self.scale
        small.setPixelSize(max(1, round(min(largest, rect.height() * 0.62))))
        painter.setFont(small)
        painter.setPen(QColor(self._theme.muted))
        side = min(10 * self.scale, rect.height() * 0.3 if in_line else rect.width() * 0.06)
        inner = rect.adjusted(side, 0, -side, 0)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        if in_line:
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
            metrics = QFontMetricsF(small)
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inner.width() + 1)
        painter.drawText(inner, int(flags), words)
        painter.restore()


def picture_at(document: QTextDocument, point: QPointF) -> tuple[str, str]:
    """Return the name and the alternative text of the picture at a point, ``""`` if none is."""
    cursor = after_picture_at(document, point)
    if cursor is None:
        return "", ""
    form = cursor.charFormat()
    return form.stringProperty(QTextFormat.Property.ImageName.value), form.stringProperty(Mark.ALT)


def after_picture_at(document: QTextDocument, point: QPointF) -> QTextCursor | None:
    """Return a cursor after the picture at a point, None if none is there."""
    position = document.documentLayout().hitTest(point, Qt.HitTestAccuracy.ExactHit)
    if position < 0:
        return None
    for each in (position, position - 1):
        cursor = QTextCursor(document)
        cursor.setPosition(max(0, min(each + 1, document.characterCount() - 1)))
        if cursor.charFormat().objectType() == _OBJECT and _is_over(cursor, point):
            return cursor
    return None


def _is_over(after: QTextCursor, point: QPointF) -> bool:
    """Return whether a point is between the sides of the character before a cursor."""
    block = after.block()
    line = block.layout().lineForTextPosition(after.positionInBlock() - 1)
    left = after.document().documentLayout().blockBoundingRect(block).left()
    if not line.isValid():
        return False
    sides = [x_of(line, after.positionInBlock() - before) for before in (1, 0)]
    return min(sides) <= point.x() - left <= max(sides)


def x_of(line: QTextLine, position: int) -> float:
    """Return the x of a position of a block in its line."""
    x: object = line.cursorToX(position)  # with its position, in some versions of PySide
    return float(x[0] if isinstance(x, tuple) else x)  # type: ignore[arg-type]


def _is_sign(form: QTextFormat) -> bool:
    """Return whether a missing picture is shown as a small sign in its line."""
    name = form.stringProperty(QTextFormat.Property.ImageName.value)
    return form.hasProperty(Mark.INLINE) and not name


def _words(form: QTextFormat) -> str:
    words = words_of(form.stringProperty(Mark.ALT))
    return words or (_SIGN if _is_sign(form) else "This picture is missing")


def _sign_size(form: QTextFormat) -> QSizeF:
    """Return the size at 96 dpi of the sign for a missing picture in a line of text."""
    high = form.doubleProperty(Mark.INLINE) * 96 / 72 * _SIGN_HEIGHT
    wide = metrics("sans").horizontalAdvance(_words(form)[:_SIGN_LETTERS])
    return QSizeF(wide * high * 0.62 / MEASURED_AT + 0.7 * high, high)


def _pixels(size: QSizeF) -> tuple[int, int]:
    whole: QSize = size.toSize()
    return max(1, whole.width()), max(1, whole.height())
