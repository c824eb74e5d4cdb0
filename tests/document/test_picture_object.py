"""Pictures in the text are drawn when they have come, framed while they are missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter
from pytestqt.qtbot import QtBot

from reader import themes
from reader.body.blocks import Cell, Paragraph, Picture, Table
from reader.document.build import Document
from reader.document.fonts import load_fonts
from reader.document.images import Pictures
from reader.model import Look

_NAME = "0" * 64 + ".png"


@pytest.fixture
def pictures(qtbot: QtBot, tmp_path: Path) -> Iterator[Pictures]:
    load_fonts()
    Image.new("RGB", (200, 100), (200, 30, 30)).save(tmp_path / "red.png")
    made = Pictures(lambda name: tmp_path / "red.png" if name == _NAME else None)
    yield made
    made.close()


def _document(pictures: Pictures, *blocks: Paragraph | Table, on_paper: bool = False) -> Document:
    document = Document(Look(themes.theme("light")), pictures, on_paper=on_paper)
    document.setTextWidth(400)
    document.grow(iter(blocks))
    return document


def _drawn(document: Document) -> QImage:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    document.drawContents(painter, QRectF(0, 0, 400, 300))
    painter.end()
    return image


def _colours(image: QImage) -> set[str]:
    places = [(x, y) for x in range(0, 400, 5) for y in range(0, 300, 5)]
    return {image.pixelColor(x, y).name() for x, y in places}


def test_a_picture_is_drawn_when_it_has_come(qtbot: QtBot, pictures: Pictures) -> None:
    document = _document(pictures, Paragraph((Picture(_NAME, 200, 100),)))
    assert "#c81e1e" not in _colours(_drawn(document))
    qtbot.waitUntil(lambda: pictures.idle)
    image = _drawn(document)
    assert "#c81e1e" in _colours(image)
    assert image.pixelColor(200, 60).name() == "#c81e1e", "it stands in the middle"
    assert image.pixelColor(50, 60).name() == "#ffffff", "and is not enlarged"


def test_a_missing_picture_is_a_frame_with_its_words(qtbot: QtBot, pictures: Pictures) -> None:
    for picture in (Picture("", alt="A tree"), Picture("1" * 64 + ".png", 200, 100, "A tree")):
        document = _document(pictures, Paragraph((picture,)))
        _drawn(document)
        qtbot.waitUntil(lambda: pictures.idle)
        assert {"#f5f6f8", "#ffffff"} <= _colours(_drawn(document))


def test_a_picture_in_a_table_keeps_to_its_column(qtbot: QtBot, pictures: Pictures) -> None:
    cells = tuple(Cell((Picture(_NAME, 2000, 1000),)) for _ in range(4))
    document = _document(pictures, Table((cells,)))
    assert document.size().width() <= 400
    _drawn(document)
    qtbot.waitUntil(lambda: pictures.idle)
    assert "#c81e1e" in _colours(_drawn(document))


def test_on_paper_nothing_waits(pictures: Pictures, tmp_path: Path) -> None:
    document = _document(pictures, Paragraph((Picture(_NAME, 200, 100),)), on_paper=True)
    writer = QPdfWriter(str(tmp_path / "a.pdf"))
    painter = QPainter(writer)
    document.drawContents(painter)
    painter.end()
    assert b"/Subtype /Image" in (tmp_path / "a.pdf").read_bytes()
