"""Marks of sites in the rows: the same as elsewhere, and painted once."""

from unittest.mock import patch

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.list.site_marks import Site, SiteMarks
from reader.gui.widgets.site_mark import paint_site_mark

THEME = themes.theme("light")
AREA = QRect(4, 4, 16, 16)


def _image(ratio: float) -> QImage:
    image = QImage(round(24 * ratio), round(24 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    return image


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_kept_mark_is_the_mark_itself(qtbot: QtBot, ratio: float) -> None:
    assert qtbot
    marks, painted, kept = SiteMarks(), _image(ratio), _image(ratio)
    with QPainter(painted) as painter:
        paint_site_mark(painter, AREA, "site.example", None, THEME)
    for _ in range(2):
        with QPainter(kept) as painter:
            marks.paint(painter, AREA, Site("site.example"), THEME)
    middle = kept.pixelColor(round(8 * ratio), round(8 * ratio))
    assert middle == painted.pixelColor(round(8 * ratio), round(8 * ratio))
    assert middle.name() != "#ffffff"


def test_a_mark_is_painted_once_for_each_theme_and_few_are_kept(qtbot: QtBot) -> None:
    assert qtbot
    marks, image = SiteMarks(), _image(1.0)
    with (
        patch("reader.gui.list.site_marks.paint_site_mark") as paint,
        QPainter(image) as painter,
    ):
        for theme in (THEME, THEME, themes.theme("dark")):
            marks.paint(painter, AREA, Site("site.example"), theme)
        assert paint.call_count == 2
        for number in range(3000):
            marks.paint(painter, AREA, Site(str(number)), THEME)
    assert len(marks._kept) <= 1000


def test_an_icon_takes_the_place_of_the_letter(qtbot: QtBot) -> None:
    assert qtbot
    marks, shown, icon = SiteMarks(), _image(1.0), QImage(16, 16, QImage.Format.Format_RGB32)
    icon.fill(Qt.GlobalColor.red)
    with QPainter(shown) as painter:
        marks.paint(painter, AREA, Site("site.example"), THEME)
        marks.paint(painter, AREA, Site("site.example", icon), THEME)
    assert shown.pixelColor(12, 12).name() == "#ff0000"
