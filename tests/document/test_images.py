"""Pictures arrive later, in the size they are shown in; broken and giant ones are none."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from reader.document.images import DARK_INK, Key, Pictures


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make pictures of all kinds once; the giant one is all of one colour."""
    folder = tmp_path_factory.mktemp("pictures")
    Image.new("RGB", (2000, 1000), "red").save(folder / "wide.jpg")
    Image.new("RGB", (40, 30), "blue").save(folder / "small.png")
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (400, 200), "green").save(folder / "turned.jpg", exif=exif)
    whole = (folder / "small.png").read_bytes()
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nrubbish")
    (folder / "empty.png").write_bytes(b"")
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    (folder / "small.gif").write_bytes(whole)
    Image.new("1", (8000, 6000)).save(folder / "bomb.png", compress_level=1)
    Image.new("L", (8000, 5334), 90).save(folder / "camera.jpg", quality=20)
    return folder


@pytest.fixture
def pictures(qtbot: QtBot, files: Path, tmp_path: Path) -> Iterator[Pictures]:
    def find(name: str) -> Path | None:
        return next((each / name for each in (files, tmp_path) if (each / name).exists()), None)

    made = Pictures(find)
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


@pytest.mark.parametrize("name", ["broken.png", "empty.png", "cut.png", "bomb.png", "missing.png"])
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


def test_a_large_photograph_is_no_bomb_and_is_read_by_its_contents(pictures: Pictures) -> None:
    image = pictures.now("camera.jpg", 90, 60)
    assert (image.width(), image.height()) == (90, 60)
    assert not pictures.now("small.gif", 40, 30).isNull(), "whatever its name says"


def test_a_picture_covers_what_is_asked_for_whatever_its_shape(pictures: Pictures) -> None:
    for wide, high in ((300, 10), (10, 150), (1, 1), (1999, 999)):
        image = pictures.now("wide.jpg", wide, high)
        assert image.width() >= wide
        assert image.height() >= high
        assert image.width() == pytest.approx(2 * image.height(), abs=2)


def test_each_is_decoded_once_and_told_once(
    qtbot: QtBot, pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[Key] = []
    really = pictures.decode

    def decode(key: Key) -> QImage:
        decoded.append(key)
        return really(key)

    monkeypatch.setattr(pictures, "decode", decode)
    arrived: list[None] = []
    pictures.arrived.connect(lambda: arrived.append(None))
    for _ in range(3):
        assert pictures.image("small.png", 40, 30) is None
    assert not pictures.idle
    qtbot.waitUntil(lambda: pictures.idle)
    assert pictures.image("small.png", 40, 30) is not None
    assert not pictures.now("small.png", 40, 30).isNull()
    assert pictures.idle, "what is there is not asked for again"
    assert decoded == [("small.png", 40, 30)]
    assert len(arrived) == 1


def test_a_missing_picture_is_known_to_be_missing(qtbot: QtBot, pictures: Pictures) -> None:
    assert pictures.image("missing.png", 10, 10) is None
    qtbot.waitUntil(lambda: pictures.idle)
    image = pictures.image("missing.png", 10, 10)
    assert image is not None
    assert image.isNull()
    assert pictures.idle


def test_only_so_many_bytes_are_kept_and_the_latest_of_them(
    pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pictures.now("small.png", 40, 30).sizeInBytes()
    monkeypatch.setattr("reader.document.images._CACHE_BYTES", 3 * one)
    for width in (41, 42):
        pictures.now("small.png", width, 30)
    pictures.now("small.png", 40, 30)  # seen again: not the oldest any more
    for _ in range(3):
        pictures.now("small.png", 43, 30)
    kept = {width for _, width, _ in pictures._cache}
    assert kept == {40, 42, 43}
    assert pictures._bytes == 3 * one
    large = pictures.now("wide.jpg", 2000, 1000)
    assert not large.isNull(), "one is always kept"
    assert len(pictures._cache) == 1
    assert pictures._bytes == large.sizeInBytes()


def test_closing_waits_for_what_is_at_work(qtbot: QtBot, pictures: Pictures) -> None:
    for width in range(1, 40):
        pictures.image("wide.jpg", width, 1)
    pictures.close()
    assert pictures._pool.activeThreadCount() == 0


_FIRST_PICTURE = """
import enum, sys
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from reader.document.images import Pictures

app = QGuiApplication([])
pictures = Pictures(lambda _: Path(sys.argv[1]))
make = enum.EnumMeta._create_
enum.EnumMeta._create_ = lambda *names, **more: print(names[1]) or make(*names, **more)
assert not pictures.decode(("x", 4, 4)).isNull()
"""


def test_no_thread_makes_a_type_of_qt_while_another_does(tmp_path: Path) -> None:
    """PySide makes them at their first use, and crashes if two threads do so at once."""
    Image.new("RGBA", (9, 9)).save(tmp_path / "x.png")
    command = [sys.executable, "-c", _FIRST_PICTURE, str(tmp_path / "x.png")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
