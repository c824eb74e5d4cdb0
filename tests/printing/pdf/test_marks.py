"""Marks come through Qt's PDF with their numbers, wherever the painter stands, and unseen."""

from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPdfWriter
from pytestqt.qtbot import QtBot

from reader.printing.pdf.marks import END, draw_mark, has_marks, parts_after_marks

_Y, _OTHER = -50_000, -60_000


def _content(file: Path, *, scale: float) -> bytes:
    """Return a page with a line of 1, 2 and 3 dots, marked 7 and END, and another mark."""
    writer = QPdfWriter(str(file))
    painter = QPainter(writer)
    painter.setPen(QColor(255, 0, 0))
    painter.translate(30, 40)
    painter.scale(scale, scale)
    painter.drawLine(QPointF(0, 0), QPointF(1, 0))
    draw_mark(painter, 7, _Y)
    painter.drawLine(QPointF(0, 0), QPointF(2, 0))
    draw_mark(painter, 8, _OTHER)
    draw_mark(painter, END, _Y)
    painter.drawLine(QPointF(0, 0), QPointF(3, 0))
    assert painter.pen().color() == Qt.GlobalColor.red
    assert (painter.transform().dx(), painter.transform().m11()) == (30, scale)
    painter.end()
    with pikepdf.open(file) as pdf:
        return pdf.pages[0].obj.Contents.read_bytes()


@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_marks_stand_between_what_was_painted_before_and_after(
    qtbot: QtBot, tmp_path: Path, scale: float
) -> None:
    parts = [*parts_after_marks(_content(tmp_path / "a.pdf", scale=scale), _Y)]
    assert [mark for mark, _ in parts] == [END, 7, END]
    for dots, (_, part) in enumerate(parts, 1):
        lines = [other for other in (1, 2, 3) if b"\n%d 0 l\n" % other in part]
        assert lines == [dots]
        assert b" %d m\n" % _Y not in part
        assert has_marks(part, _OTHER) is (dots == 2)


def test_a_content_without_marks_is_one_part() -> None:
    assert [*parts_after_marks(b"q\nQ\n", _Y)] == [(END, b"q\nQ\n")]
    assert not has_marks(b"q\nQ\n", _Y)
