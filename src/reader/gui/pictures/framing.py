"""How a picture stands in its frame: its scale, and the part of it that is seen."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF

STEP = 1.25
_LARGEST = 16.0
_SMALLEST = 0.02
_GROWN = 2.0  # the most by which a small picture grows to fit


class Framing(NamedTuple):
    """A picture of ``size`` pixels in a frame; all other lengths are pixels of the frame.

    ``scale`` is the size of a pixel of the picture. ``centre`` is the place of the picture, in its
    own pixels, that stands in the middle of the frame. A ``fitted`` one follows its frame.
    """

    size: QSizeF
    frame: QSizeF
    scale: float
    centre: QPointF
    fitted: bool = True

    @property
    def rect(self) -> QRectF:
        """The place of the whole picture in the frame."""
        size = self.size * self.scale
        left = self.frame.width() / 2 - self.centre.x() * self.scale
        top = self.frame.height() / 2 - self.centre.y() * self.scale
        return QRectF(left, top, size.width(), size.height())

    @property
    def seen(self) -> QRectF:
        """The part of the picture that is in the frame, in pixels of the picture."""
        whole, frame = self.rect, QRectF(0, 0, self.frame.width(), self.frame.height())
        part = whole.intersected(frame).translated(-whole.topLeft())
        return QRectF(part.topLeft() / self.scale, part.size() / self.scale)

    @property
    def is_larger(self) -> bool:
        """Whether the picture is larger than the frame."""
        size = self.rect.size()
        return size.width() > self.frame.width() + 1 or size.height() > self.frame.height() + 1

    def scaled(self, scale: float, at: QPointF | None = None) -> "Framing":
        """Return another scale; the place of the picture at a point of the frame stays there."""
        scale = min(max(scale, min(_SMALLEST, self.scale)), max(_LARGEST, self.scale))
        middle = QPointF(self.frame.width() / 2, self.frame.height() / 2)
        off = (middle if at is None else at) - middle
        place = self.centre + off / self.scale
        return self._replace(scale=scale, centre=place - off / scale, fitted=False)._kept()

    def moved(self, by: QPointF) -> "Framing":
        """Return the picture moved within its frame, as far as it has parts that are not seen."""
        return self._replace(centre=self.centre - by / self.scale)._kept()

    def within(self, frame: QSizeF, pixel: float) -> "Framing":
        """Return the picture in a frame of another size; ``pixel`` is that of the screen."""
        if self.fitted:
            return fit(self.size, frame, pixel)
        return self._replace(frame=frame)._kept()

    def _kept(self) -> "Framing":
        """Leave no part of the frame empty that the picture could fill."""
        half = self.frame / (2 * self.scale)
        x = _between(self.centre.x(), half.width(), self.size.width())
        y = _between(self.centre.y(), half.height(), self.size.height())
        return self._replace(centre=QPointF(x, y))


def fit(size: QSizeF, frame: QSizeF, pixel: float = 1.0) -> Framing:
    """Return a picture that is wholly seen; a small one grows a little."""
    room = min(frame.width() / max(1.0, size.width()), frame.height() / max(1.0, size.height()))
    scale = max(1e-4, min(room, _GROWN * pixel))
    return Framing(size, frame, scale, QPointF(size.width() / 2, size.height() / 2))


def _between(value: float, half: float, size: float) -> float:
    return size / 2 if 2 * half >= size else min(max(value, half), size - half)
