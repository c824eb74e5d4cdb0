"""Pictures in the text are drawn when they have come, framed while they are missing."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPdfWriter,
    QTextCharFormat,
    QTextFormat,
)
from pytestqt.qtbot import QtBot

from reader import themes
from reader.body.blocks import Cell, Given, Paragraph, Picture, Quote, Table, Text
from reader.document.build import Document
from reader.document.fonts import load_fonts
from reader.document.formats import Mark
from reader.document.images import Pictures
from reader.document.picture_object import PictureObject, picture_at, x_of
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


# ---- sizes


@pytest.mark.parametrize(
    ("picture", "more", "size"),
    [
        (Picture(_NAME, 200, 100), {}, (200, 100)),
        (Picture(_NAME, 800, 100), {}, (400, 50)),
        (Picture(_NAME, 200, 600), {"tallest": 300}, (100, 300)),
        (Picture(_NAME, 800, 600), {"tallest": 290}, (290 / 600 * 800, 290)),
        (Picture(_NAME, 0, 0), {}, (400, 400 / 480 * 320)),
        (Picture(_NAME, 100, 0), {"scale": 0.5}, (240, 160)),
        (Picture("", 0, 0), {}, (320, 64)),
        (Picture("", 120, 40), {}, (120, 40)),
        (Picture(_NAME, 100, 50), {"scale": 2}, (200, 100)),
        (Picture(_NAME, 400, 50), {"indent": 2}, (340, 340 / 8)),
        (Picture(_NAME, 400, 50), {"indent": 2, "scale": 2}, (280, 280 / 8)),
        (Picture(_NAME, 400, 200), {"share": 0.5}, (200 - 16, (200 - 16) / 2)),
        (Picture(_NAME, 400, 200), {"share": 0.5, "scale": 2}, (200 - 32, (200 - 32) / 2)),
        (Picture(_NAME, 400, 200), {"indent": 14}, (12, 6)),
        (Picture(_NAME, 9000, 1), {}, (400, 1)),
        (Picture(_NAME, 1, 9000), {"tallest": 200}, (1, 200)),
    ],
)
def test_a_picture_takes_its_own_room_within_what_there_is(
    pictures: Pictures, picture: Picture, more: dict[str, float], size: tuple[float, float]
) -> None:
    handler = PictureObject(pictures, Look(themes.theme("light")), on_paper=False)
    handler.scale = more.get("scale", 1.0)
    handler.tallest = more.get("tallest", 1e9)
    form = QTextCharFormat()
    form.setProperty(QTextFormat.Property.ImageName.value, picture.name)
    form.setProperty(Mark.WIDTH, float(picture.width))
    form.setProperty(Mark.HEIGHT, float(picture.height))
    form.setProperty(Mark.LEAD, 30.0 * more.get("indent", 0))
    form.setProperty(Mark.SHARE, more.get("share", 1.0))
    for _ in range(2):
        found = handler.intrinsicSize(_document(pictures), 0, form)
        assert (found.width(), found.height()) == pytest.approx(size), "each time it is asked"


# ---- pixels


def _frame(image: QImage, colour: str) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of what has a colour."""
    found = [
        (x, y) for x in range(image.width()) for y in range(image.height())
        if image.pixelColor(x, y).name() == colour
    ]  # fmt: skip
    xs, ys = zip(*found, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def test_what_is_to_come_is_a_quiet_panel_of_its_size(pictures: Pictures) -> None:
    document = _document(pictures, Paragraph((Picture(_NAME, 200, 100),)))
    image = _drawn(document)
    left, top, right, bottom = _frame(image, document.look.theme.panel)
    assert (left, right - left, bottom - top) == (100, 199, 99)
    assert _colours(image) == {"#ffffff", document.look.theme.panel}


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_words_of_a_missing_picture_stand_in_the_middle_of_a_frame(
    pictures: Pictures, scale: float
) -> None:
    theme = themes.theme("light")
    handler = PictureObject(pictures, Look(theme), on_paper=False)
    handler.scale = scale
    shown: dict[str, QImage] = {}
    for alt in ("", "This picture is missing", "Something else", "many words " * 8):
        form = QTextCharFormat()
        form.setProperty(Mark.ALT, alt)
        image = QImage(400, 300, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        pen = painter.pen()
        handler.drawObject(painter, QRectF(40, 50, 300, 120), _document(pictures), 0, form)
        assert painter.pen() == pen, "the painter is as it was"
        painter.end()
        shown[alt] = image
    assert shown[""] == shown["This picture is missing"] != shown["Something else"]
    panel, image = QColor(theme.panel), shown["Something else"]
    left, top, right, bottom = _frame(image, theme.panel)
    assert (left, top) == pytest.approx((41, 51), abs=scale)
    assert (right, bottom) == pytest.approx((338, 168), abs=scale)
    assert image.pixelColor(40, 50).name() == "#ffffff", "its corners are round"
    assert image.pixelColor(190, 50).lightness() < panel.lightness(), "its border is seen"
    words = {
        name: [
            (x, y) for x in range(44, 336) for y in range(54, 166)
            if each.pixelColor(x, y).lightness() < panel.lightness() - 25
        ]
        for name, each in shown.items()
    }  # fmt: skip
    for found in (words["Something else"], words[""]):
        xs, ys = zip(*found, strict=True)
        assert (min(xs) + max(xs)) / 2 == pytest.approx(190, abs=4)
        assert (min(ys) + max(ys)) / 2 == pytest.approx(110, abs=4)
        assert 8 * scale < max(ys) - min(ys) < 16 * scale, "twelve pixels high"
    xs, ys = zip(*words["many words " * 8], strict=True)
    assert max(ys) - min(ys) > 24 * scale, "in lines"
    assert (min(xs), max(xs)) == pytest.approx((190, 190), abs=150 - min(10 * scale, 18) + 1)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["#101010", "#f0f0f0"])
def test_dark_ink_has_light_ground_where_the_page_is_dark(
    pictures: Pictures, tmp_path: Path, theme: str, ink: str
) -> None:
    lines = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    lines.paste(Image.new("RGBA", (20, 100), ink), (90, 0))
    lines.save(tmp_path / "red.png")
    look = Look(themes.theme(theme))
    document = Document(look, pictures)
    document.setTextWidth(400)
    document.grow(iter([Paragraph((Picture(_NAME, 200, 100),))]))
    pictures.now(_NAME, 200, 100)
    image = _drawn(document)
    helped = theme == "dark" and ink == "#101010"
    ground = look.theme.text if helped else "#ffffff"
    assert image.pixelColor(110, 60).name() == ground
    assert image.pixelColor(200, 60).name() == ink
    assert image.pixelColor(90, 60).name() == "#ffffff"


@pytest.mark.parametrize("on_paper", [True, False])
def test_paper_knows_where_links_of_pictures_are(pictures: Pictures, on_paper: bool) -> None:
    linked = Picture(_NAME, 200, 100, "", "https://example.org/p")
    document = _document(
        pictures, Paragraph((linked,)), Paragraph((Picture(_NAME, 20, 10),)), on_paper=on_paper
    )
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.scale(2, 2)
    painter.translate(10, 20)
    document.drawContents(painter)
    painter.end()
    found = document.take_picture_links()
    if not on_paper:
        assert found == []
        return
    ((href, rect),) = found
    assert href == "https://example.org/p"
    top = document.documentLayout().blockBoundingRect(document.firstBlock()).top()
    assert rect == QRectF(220, 2 * (20 + top), 400, 200)
    assert document.take_picture_links() == []


@pytest.mark.parametrize("grey", [True, False])
def test_paper_has_three_hundred_dots_to_an_inch_and_grey_if_wished(
    pictures: Pictures, tmp_path: Path, grey: bool
) -> None:
    Image.new("RGB", (4000, 2000), (200, 30, 30)).save(tmp_path / "red.png")
    look = Look(themes.theme("light"), grey=grey)
    document = Document(look, pictures, on_paper=True)
    document.set_zoom(1200 / 96)
    document.setTextWidth(1200 * 5)
    document.grow(iter([Paragraph((Picture(_NAME, 4000, 2000),))]))
    writer = QPdfWriter(str(tmp_path / "a.pdf"))
    writer.setResolution(1200)
    painter = QPainter(writer)
    document.drawContents(painter)
    painter.end()
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        (found,) = (each for each in streams if each.get("/Subtype") == "/Image")
        shown = pikepdf.PdfImage(found).as_pil_image().convert("RGB")
    assert shown.size == (1500, 750)
    red, green, blue = shown.getpixel((700, 300))  # type: ignore[misc]
    assert (red == green == blue) is grey


# ---- a missing picture in a line


def _sign(alt: str = "", size_pt: float = 13.0, *, wide: int = 0) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setProperty(Mark.INLINE, size_pt)
    form.setProperty(Mark.ALT, alt)
    form.setProperty(Mark.WIDTH, float(wide))
    form.setProperty(Mark.HEIGHT, float(wide))
    return form


@pytest.mark.parametrize("scale", [0.5, 1.0, 12.5])
@pytest.mark.parametrize("alt", ["", "plus", "a formula " * 40, "شعار", "\n\t"])
def test_a_missing_picture_in_a_line_is_a_sign_as_high_as_the_line(
    pictures: Pictures, alt: str, scale: float
) -> None:
    handler = PictureObject(pictures, Look(themes.theme("light")), on_paper=False)
    handler.scale, handler.column = scale, 400 * scale
    size = handler.intrinsicSize(_document(pictures), 0, _sign(alt, wide=300))
    em = 13 * 96 / 72 * scale
    assert em < size.height() < 1.4 * em
    assert size.width() <= 400 * scale
    other = handler.intrinsicSize(_document(pictures), 0, _sign("some words"))
    assert (size.width() > other.width()) is (len(alt) > 10)


def test_a_picture_in_a_line_that_is_there_keeps_its_size(pictures: Pictures) -> None:
    handler = PictureObject(pictures, Look(themes.theme("light")), on_paper=False)
    form = _sign("icon", wide=16)
    form.setProperty(QTextFormat.Property.ImageName.value, _NAME)
    size = handler.intrinsicSize(_document(pictures), 0, form)
    assert (size.width(), size.height()) == (16, 16)


def test_a_missing_picture_alone_keeps_its_frame_and_in_a_line_it_is_a_sign(
    pictures: Pictures,
) -> None:
    document = Document(Look(themes.theme("light")), pictures)
    document.lay_out(400)
    inside = Paragraph((Text("before "), Picture("", alt="plus"), Text(" after")))
    document.grow(iter([inside, Paragraph((Picture("", alt="alone"),))]))
    heights = []
    block = document.firstBlock()
    while block.isValid():
        heights.append(block.layout().lineAt(0).height())
        block = block.next()
    assert heights[0] < 40 < 64 <= heights[1]


_WORDS = Text("many words that go on for more than one line of the column " * 3)


def _lines(document: Document) -> list[tuple[float, float, float]]:
    """Return the top, the line of the letters and the bottom of each line of the first block."""
    layout = document.firstBlock().layout()
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    return [(line.y(), line.y() + line.ascent(), line.y() + line.height()) for line in lines]


@pytest.mark.parametrize("leading", [1.2, 1.42, 1.8])
@pytest.mark.parametrize("zoom", [1.0, 2.0, 12.5])
def test_no_words_lie_on_a_high_picture_in_their_paragraph(
    pictures: Pictures, leading: float, zoom: float
) -> None:
    look = Look(themes.theme("light"), leading=leading)
    document = Document(look, pictures)
    document.set_zoom(zoom)
    document.lay_out(400 * zoom)
    high = Picture(_NAME, 200, 300)
    document.grow(iter([Paragraph((_WORDS, high, _WORDS, high, _WORDS))]))
    lines = _lines(document)
    tall = [number for number, (top, base, _) in enumerate(lines) if base - top > 290 * zoom]
    assert len(tall) == 2
    apart = [other[0] - one[2] for one, other in pairwise(lines)]
    assert apart == pytest.approx([apart[0]] * len(apart), abs=1.5 * zoom)
    assert abs(apart[0]) < 12 * zoom, "neither words on the picture nor a hole below it"


@pytest.mark.parametrize("zoom", [1.0, 12.5])
def test_a_picture_as_high_as_the_type_leaves_its_line_as_it_is(
    pictures: Pictures, zoom: float
) -> None:
    heights = []
    for picture in (Picture(_NAME, 512, 512, given=Given(16, 16)), Text("a")):
        document = Document(Look(themes.theme("light")), pictures)
        document.set_zoom(zoom)
        document.lay_out(400 * zoom)
        document.grow(iter([Paragraph((_WORDS, picture, _WORDS))]))
        heights.append(document.size().height())
    assert heights[0] == pytest.approx(heights[1])


@pytest.mark.parametrize("high", [16, 40])
@pytest.mark.parametrize("zoom", [1.0, 3.0])
def test_a_small_picture_stands_in_the_middle_of_the_small_letters(
    qtbot: QtBot, pictures: Pictures, high: int, zoom: float
) -> None:
    document = Document(Look(themes.theme("light")), pictures)
    document.set_zoom(zoom)
    document.lay_out(400)
    document.grow(iter([Paragraph((Text("a "), Picture(_NAME, 2 * high, high), Text(" b")))]))
    _drawn(document)
    qtbot.waitUntil(lambda: pictures.idle)
    image = _drawn(document)
    red = [
        y for y in range(300) if "#c81e1e" in {image.pixelColor(x, y).name() for x in range(400)}
    ]
    letters = document.formats.em / 16 * high * zoom
    assert len(red) == pytest.approx(letters, abs=1.5)
    _, base, _ = _lines(document)[0]
    middle = base - QFontMetricsF(document.formats.base).xHeight() * zoom / 2
    assert (red[0] + red[-1] + 1) / 2 == pytest.approx(middle, abs=1.5 * zoom)


@pytest.mark.parametrize("on_paper", [False, True])
def test_a_missing_picture_never_shows_the_name_of_a_file(
    pictures: Pictures, *, on_paper: bool
) -> None:
    drawn = [
        _drawn(_document(pictures, Paragraph((Picture("", alt=alt),)), on_paper=on_paper))
        for alt in ("IMG_2001.jpg", "", "A harbour")
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_the_frame_of_a_missing_picture_has_no_ground_on_paper(pictures: Pictures) -> None:
    missing = Paragraph((Picture("", alt="A harbour"),))
    grounds = [
        "#f5f6f8" in _colours(_drawn(_document(pictures, missing, on_paper=on_paper)))
        for on_paper in (False, True)
    ]
    assert grounds == [True, False]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_picture_of_a_quotation_is_found_from_side_to_side(
    pictures: Pictures, direction: str
) -> None:
    document = Document(Look(themes.theme("light")), pictures, direction=direction)
    words = Text("Some words, " if direction == "ltr" else "על הים, ")
    document.grow(iter((Quote((Paragraph((words, Picture(_NAME, 100, 50, "Red"))),)),)))
    document.lay_out(500)
    block = document.firstBlock()
    corner = document.documentLayout().blockBoundingRect(block).topLeft()
    line, at = block.layout().lineAt(0), len(words.text)
    left, right = sorted(corner.x() + x_of(line, each) for each in (at, at + 1))
    middle = corner.y() + line.y() + 20
    assert right - left > 90
    for x, name in ((left - 4, ""), (left + 4, _NAME), (right - 4, _NAME), (right + 4, "")):
        assert picture_at(document, QPointF(x, middle))[0] == name
