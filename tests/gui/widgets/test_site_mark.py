"""The mark of a site."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from reader import themes
from reader.gui.widgets.site_mark import colour_of, letter_of, paint_site_mark

SIDE = 32


def painted(site: str, image: QImage | None = None, *, theme: str = "light") -> QImage:
    """Return the mark of a site on a transparent ground."""
    canvas = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    canvas.fill(0)
    painter = QPainter(canvas)
    paint_site_mark(painter, QRect(0, 0, SIDE, SIDE), site, image, themes.theme(theme))
    painter.end()
    return canvas


def luminance(colour: QColor) -> float:
    """Return the relative luminance of WCAG."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_white_is_legible_on_the_colour_of_every_site() -> None:
    for number in range(400):
        colour = colour_of(f"site{number}.example")
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_a_site_keeps_its_colour_however_it_is_written() -> None:
    assert colour_of("Example.org") == colour_of(" www.example.org")
    assert len({colour_of(f"{n}.example").name() for n in range(40)}) > 20


@pytest.mark.parametrize(
    ("site", "letter"),
    [
        ("Alliance Monitor", "A"),
        ("www.example.org", "E"),
        ("“Quoted”", "Q"),
        ("straße", "S"),
        ("3sat", "3"),
        ("読書", "読"),
        ("المرسى", "ا"),
        ("", "•"),
        ("  ", "•"),
        ("🦆", "•"),
    ],
)
def test_the_letter_of_a_site_is_its_first(site: str, letter: str) -> None:
    assert letter_of(site) == letter


def test_a_site_without_an_icon_is_a_letter_on_its_colour() -> None:
    image = painted("Example")
    corner, edge = image.pixelColor(0, 0), image.pixelColor(SIDE // 2, 1)
    assert corner.alpha() < 255
    assert edge.rgb() == colour_of("Example").rgb()
    light = [image.pixelColor(x, y).lightness() for x in range(SIDE) for y in range(SIDE)]
    assert max(light) > 240, "a white letter"


def test_an_icon_is_painted_in_its_proportions() -> None:
    icon = QImage(40, 20, QImage.Format.Format_RGB32)
    icon.fill(QColor("#ff0000"))
    image = painted("Example", icon)
    assert image.pixelColor(SIDE // 2, SIDE // 2).red() == 255
    assert image.pixelColor(SIDE // 2, 2).alpha() == 0, "not stretched"


def test_a_dark_icon_is_seen_in_the_dark() -> None:
    icon = QImage(16, 16, QImage.Format.Format_ARGB32_Premultiplied)
    icon.fill(0)
    assert painted("Example", icon, theme="dark").pixelColor(SIDE // 2, 3).lightness() > 180
    assert painted("Example", icon).pixelColor(SIDE // 2, 3).alpha() == 0


def test_an_icon_that_cannot_be_read_is_replaced_by_the_letter() -> None:
    assert painted("Example", QImage()) == painted("Example")
