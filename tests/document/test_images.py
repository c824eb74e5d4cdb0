"""Pictures arrive later, in the size they are shown in; broken and giant ones are none."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pytestqt.qtbot import QtBot

from reader.document.images import DARK_INK, Pictures


@pytest.fixture
def pictures(qtbot: QtBot, tmp_path: Path) -> Iterator[Pictures]:
    Image.new("RGB", (2000, 1000), "red").save(tmp_path / "wide.jpg")
    Image.new("RGB", (40, 30), "blue").save(tmp_path / "small.png")
    turned = Image.new("RGB", (400, 200), "green")
    exif = Image.Exif()
    exif[0x0112] = 6
    turned.save(tmp_path / "turned.jpg", exif=exif)
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nrubbish")
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    (tmp_path / "bomb.png").write_bytes(out.getvalue())
    made = Pictures(lambda name: tmp_path / name if (tmp_path / name).exists() else None)
    yield made
    made.close()


def test_a_picture_arrives_scaled(qtbot: QtBot, pictures: Pictures) -> None:
    with qtbot.waitSignal(pictures.arrived):
        assert pictures.image("wide.jpg", 300, 150) is None
    image = pictures.image("wide.jpg", 300, 150)
    assert image is not None
    assert (image.width(), image.height()) == (300, 150)
    assert pictures.idle


def test_meanwhile_another_size_does(qtbot: QtBot, pictures: Pictures) -> None:
    with qtbot.waitSignal(pictures.arrived):
        pictures.image("wide.jpg", 300, 150)
    other = pictures.image("wide.jpg", 600, 300)
    assert other is not None
    assert other.width() == 300
    qtbot.waitUntil(lambda: pictures.idle)


def test_small_ones_are_not_enlarged_and_turned_ones_stand(pictures: Pictures) -> None:
    assert pictures.now("small.png", 400, 300).width() == 40
    turned = pictures.now("turned.jpg", 100, 200)
    assert turned.height() == 2 * turned.width()


@pytest.mark.parametrize("name", ["broken.png", "bomb.png", "missing.png"])
def test_what_is_no_picture_is_a_null_image(pictures: Pictures, name: str) -> None:
    assert pictures.now(name, 100, 100).isNull()


@pytest.mark.parametrize(
    ("ink", "whole", "said"),
    [("black", False, "yes"), ("white", False, ""), ("red", False, ""), ("black", True, "")],
)
def test_dark_lines_on_nothing_are_known(
    pictures: Pictures, tmp_path: Path, ink: str, whole: bool, said: str
) -> None:
    made = Image.new("RGBA", (200, 60), "black" if whole else (0, 0, 0, 0))
    ImageDraw.Draw(made).line((0, 30, 200, 30), ink, 12)
    made.save(tmp_path / "drawn.png")
    assert pictures.now("drawn.png", 200, 60).text(DARK_INK) == said
