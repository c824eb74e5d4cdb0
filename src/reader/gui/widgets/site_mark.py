"""The mark of a site: its icon, or else its first letter on a colour of its own."""

import unicodedata
from zlib import crc32

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath

from reader.model import Theme

_LIGHTNESS = 78  # of 255: white letters are read on it, whatever the hue
_SATURATION = 130
_ROUND = 0.2
_LETTER = 0.66
_NO_LETTER = "•"


def paint_site_mark(
    painter: QPainter, rect: QRect, site: str, image: QImage | None, theme: Theme
) -> None:
    """Paint the mark of a site into a rectangle; ``image`` is its icon, None if it has none."""
    painter.save()
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    if image is None or image.isNull():
        _paint_letter(painter, rect, site)
    else:
        path = QPainterPath()
        path.addRoundedRect(QRectF(rect), rect.width() * _ROUND, rect.width() * _ROUND)
        painter.setClipPath(path)
        if theme.dark:  # icons are drawn for a light ground, and often transparent
            painter.fillPath(path, QColor(theme.text))
        painter.drawImage(QRectF(_fitted(rect, image.size())), image)
    painter.restore()


def colour_of(site: str) -> QColor:
    """Return the colour of a site: always the same, and one that white is legible on."""
    hue = crc32(_comparable(site).encode("utf-8", "replace")) % 360
    return QColor.fromHsl(hue, _SATURATION, _LIGHTNESS)


def letter_of(site: str) -> str:
    """Return the first letter or digit of a site as a capital, a dot if it has neither."""
    for letter in _comparable(site):
        if unicodedata.category(letter)[0] in "LN":
            return letter.upper()[:1]
    return _NO_LETTER


def _comparable(site: str) -> str:
    return site.strip().casefold().removeprefix("www.")


def _paint_letter(painter: QPainter, rect: QRect, site: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour_of(site))
    painter.drawRoundedRect(QRectF(rect), rect.width() * _ROUND, rect.width() * _ROUND)
    font = QFont(painter.font())
    font.setPixelSize(max(6, round(rect.height() * _LETTER)))
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    painter.setPen(QColor("#ffffff"))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), letter_of(site))


def _fitted(rect: QRect, size: QSize) -> QRect:
    """Return the largest rectangle of the image's proportions in the middle of another."""
    fitted = QRect(rect.topLeft(), size.scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio))
    fitted.moveCenter(rect.center())
    return fitted
