"""What an empty page or list says stands in its middle: a large line, and a softer hint below."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from tests.gui.painted import inked

from reader import themes
from reader.gui.widgets.placeholder import paint_message

THEME = themes.theme("light")._replace(text="#ff0000", muted="#0000ff")


def _paint(text: str, *, wide: int = 500, high: int = 400) -> tuple[QRect, QRect]:
    """Return where the red ink of the title and the blue ink of the hint are."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    font = QFont()
    font.setPointSizeF(14)
    paint_message(painter, image.rect(), text, THEME, font)
    painter.end()
    return inked(image, THEME.text), inked(image, THEME.muted)


def test_the_title_stands_in_the_middle_and_the_hint_below_it() -> None:
    title, hint = _paint("HHHHHH\nHHHHHHHHHHHH")
    for each in title, hint:
        assert abs(each.center().x() - 250) <= 3
    assert 400 * 0.36 <= title.top() <= 400 * 0.36 + 12
    assert 10 <= hint.top() - title.bottom() <= 30
    assert 1.2 <= title.height() / hint.height() <= 1.4
    assert hint.width() > title.width()


def test_long_lines_are_broken_within_the_edges() -> None:
    one, _ = _paint("HHHH\nH")
    title, hint = _paint("HHHH " * 12 + "\n" + "HHHH " * 12, wide=300)
    assert title.height() > 2 * one.height()
    for each in title, hint:
        assert 24 <= each.left() < each.right() <= 276
    assert title.bottom() < hint.top(), "the hint makes room for every line of the title"


def test_a_title_alone_has_no_hint() -> None:
    title, hint = _paint("HHHH")
    assert not title.isNull()
    assert hint.isNull()
