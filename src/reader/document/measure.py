"""The width of a column in letters, and the resolutions in which letters are measured."""

from functools import cache

from PySide6.QtGui import QFontMetricsF, QImage, QPaintDevice

from reader.document.formats import Formats

SCREEN_DPI = 96

_LETTERS = "abcdefghijklmnopqrstuvwxyz " * 2
_IDEOGRAPH = "\u6c38"
_IDEOGRAPHS = 0.53  # in the place of one Latin letter
_LEAST_DIVIDED, _LEAST_WHOLE = 32, 46  # letters in a justified line, with hyphens and without


def wanted(formats: Formats, zoom: float, available: float) -> float:
    """Return the width of the column in pixels: the measure in letters.

    Ideographs fill it without a rest: as many as have the room of the letters, or are available.
    """
    if not formats.script.square:
        return _letter(formats) * formats.look.measure * zoom
    space = formats.look.letter_spacing * formats.em * zoom
    square = QFontMetricsF(formats.base, device(zoom)).horizontalAdvance(_IDEOGRAPH) + space
    number = min(round(formats.look.measure * _IDEOGRAPHS), int((available - 1) / square))
    return max(1, number) * square + 1


def justifies(formats: Formats, column: float) -> bool:
    """Return whether a column, in pixels at zoom 1, is wide enough for justified lines.

    Ideographs always are, since the space is put between all of them.
    """
    least = _LEAST_WHOLE
    if formats.look.hyphenated:
        from reader.document.hyphenation import divider  # a start without it is quicker

        least = _LEAST_WHOLE if divider(formats.look.language) is None else _LEAST_DIVIDED
    return formats.script.square or column >= least * _letter(formats)


def _letter(formats: Formats) -> float:
    """Return the average width of a letter with the space after it, in pixels at zoom 1."""
    wide = QFontMetricsF(formats.base).horizontalAdvance(_LETTERS) / len(_LETTERS)
    return wide + formats.look.letter_spacing * formats.em


@cache
def _device_of(dots: int) -> QPaintDevice:
    """Return a paint device that gives a layout its resolution, in dots per metre.

    Qt keeps only a pointer to it, and PySide a reference that it never drops: keep one for each
    resolution, not one for each document.
    """
    image = QImage(1, 1, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    return image


def device(zoom: float) -> QPaintDevice:
    """Return the paint device that scales a layout."""
    return _device_of(round(SCREEN_DPI * zoom / 0.0254))
