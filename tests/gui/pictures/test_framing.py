"""A picture is zoomed to a point and moved, and never leaves room empty that it could fill."""

import pytest
from PySide6.QtCore import QPointF, QSizeF

from reader.gui.pictures.framing import Framing, fit

FRAME = QSizeF(1000, 500)


def _at(framing: Framing, point: QPointF) -> QPointF:
    """Return the place of the picture at a point of the frame."""
    return (point - framing.rect.topLeft()) / framing.scale


@pytest.mark.parametrize(
    ("size", "scale"), [((2000, 1000), 0.5), ((400, 1000), 0.5), ((100, 50), 2.0), ((1, 1), 2.0)]
)
def test_it_is_whole_at_first_and_a_small_one_grows_little(
    size: tuple[int, int], scale: float
) -> None:
    framing = fit(QSizeF(*size), FRAME)
    assert framing.scale == pytest.approx(scale)
    assert not framing.is_larger
    assert framing.rect.center() == QPointF(500, 250)


def test_zoom_keeps_what_is_under_the_pointer() -> None:
    framing, pointer = fit(QSizeF(4000, 2000), FRAME), QPointF(700, 300)
    before = _at(framing, pointer)
    for scale in (0.5, 1.0, 3.0):
        framing = framing.scaled(scale, pointer)
        now = _at(framing, pointer)
        assert (now.x(), now.y()) == pytest.approx((before.x(), before.y()))


def test_it_is_moved_to_its_edges_and_no_further() -> None:
    framing = fit(QSizeF(4000, 2000), FRAME).scaled(1.0).moved(QPointF(9000, -9000))
    assert framing.seen.left() == pytest.approx(0)
    assert framing.seen.bottom() == pytest.approx(2000)
    assert fit(QSizeF(100, 50), FRAME).moved(QPointF(40, 40)).rect.center() == QPointF(500, 250)


def test_an_enormous_one_can_be_seen_whole_and_pixel_for_pixel() -> None:
    framing = fit(QSizeF(30_000, 30_000), FRAME)
    assert framing.rect.height() == pytest.approx(500)
    assert framing.scaled(1.0).scale == 1.0
    assert framing.scaled(1e9).scale == 16
