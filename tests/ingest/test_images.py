"""Pictures of any kind come home as what can be shown, or as their words; none does harm."""

import base64
import importlib.util
import io
import struct
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFile, ImageOps, PngImagePlugin

from reader.body.blocks import Body, Paragraph, Picture
from reader.ingest import draw, images
from reader.ingest.svg import safe

_HEAD = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
_RED = "<rect width='100%' height='100%' fill='red'/>"
_HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAA"
    "AAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAAB0AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABo"
    "dmMxAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEA"
    "GEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAA"
    "AwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAAB"
    "AAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAACVt"
    "ZGF0AAAAGSgBrxOA9SeBP//gpUf/utZ4fg8Lfnny1PA="
)
_READS_HEIF = any(importlib.util.find_spec(name) for name in ("pillow_heif", "pi_heif"))


class _Kept:
    def __init__(self) -> None:
        self.data = b""

    def __call__(self, data: bytes, ending: str) -> str:
        self.data = data
        return f"kept.{ending}"

    @property
    def image(self) -> Image.Image:
        return Image.open(io.BytesIO(self.data)).convert("RGBA")


@pytest.fixture
def kept() -> _Kept:
    return _Kept()


def _svg(inside: str, size: str = "width='60' height='40'") -> bytes:
    return f"{_HEAD}{size}>{inside}</svg>".encode()


def _home(data: bytes, kept: _Kept) -> Picture:
    picture = images.keep_image(data, "A view", kept)
    assert picture is not None
    return picture


# ---- drawings


def test_a_drawing_comes_home_sharp(kept: _Kept) -> None:
    assert _home(_svg(_RED), kept) == Picture("kept.png", 60, 40, "A view")
    assert kept.image.size == (120, 80)
    assert kept.image.getpixel((119, 79)) == (255, 0, 0, 255)


@pytest.mark.parametrize(
    ("size", "meant"),
    [
        ("viewBox='0 0 40 30'", (40, 30)),
        ("width='100%' height='100%' viewBox='0 0 40,30'", (40, 30)),
        ("width='80' viewBox='0 0 40 30'", (80, 60)),
        ("height='60px' viewBox='0 0 40 30'", (80, 60)),
        ("width='1in' height='72pt'", (96, 96)),
        ("width='10ex' height='2em'", (80, 32)),
        ("", (300, 150)),
        ("viewBox='a b c d'", (300, 150)),
    ],
)
def test_the_size_of_a_drawing_is_what_it_says(
    size: str, meant: tuple[int, int], kept: _Kept
) -> None:
    picture = _home(_svg(_RED, size), kept)
    assert (picture.width, picture.height) == meant
    assert kept.image.size == (2 * meant[0], 2 * meant[1])


def test_a_giant_drawing_is_drawn_smaller_but_counts_as_large(kept: _Kept) -> None:
    assert _home(_svg(_RED, "width='9000' height='6000'"), kept).width == 9000
    assert kept.image.width * kept.image.height < 7_000_000


@pytest.mark.parametrize("size", ["width='1e9' height='1e9'", "width='0' height='40'",
                                  "width='90000' height='2'"])  # fmt: skip
def test_a_drawing_of_no_sane_size_is_missing(size: str, kept: _Kept) -> None:
    assert _home(_svg(_RED, size), kept) == Picture("", alt="A view")


def test_a_drawing_that_is_a_dot_is_none(kept: _Kept) -> None:
    assert images.keep_image(_svg(_RED, "width='1' height='1'"), "", kept) is None


def test_words_in_a_drawing_are_drawn(kept: _Kept) -> None:
    _home(_svg("<text x='5' y='30' font-size='24'>Sum</text>"), kept)
    assert kept.image.getbbox() is not None


def test_labels_in_foreign_objects_are_drawn_in_their_place(kept: _Kept) -> None:
    box = "<div xmlns='http://www.w3.org/1999/xhtml'>In <b>it</b></div>"
    _home(_svg(f"<foreignObject x='30' y='20' width='30' height='20'>{box}</foreignObject>"), kept)
    left, top, _, _ = kept.image.getbbox() or (0, 0, 0, 0)
    assert left > 60 and top > 40


def test_an_older_head_is_no_obstacle(kept: _Kept) -> None:
    said = "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'svg11.dtd'>"
    head = f"<?xml version='1.0'?>\n<!-- made by hand -->{said}"
    assert _home(head.encode() + _svg(_RED), kept).name


@pytest.mark.parametrize(
    "inside",
    [
        "<image href='file:///etc/hostname' width='9' height='9'/>",
        "<image xlink:href='/etc/hostname' width='9' height='9'/>",
        "<image href='..\\..\\secret.png' width='9' height='9'/>",
        "<image href='http://127.0.0.1/a.png' width='9' height='9'/>",
        "<image href='data:image/svg+xml;base64,PHN2Zy8+' width='9' height='9'/>",
        "<use href='other.svg#a'/>",
        "<a href='javascript:alert(1)'><path d='M0 0'/></a>",
        "<script>alert(1)</script>",
        "<foreignObject width='9' height='9'><body xmlns='http://www.w3.org/1999/xhtml'>"
        "<img src='http://127.0.0.1/a.png' onload='x()'/></body></foreignObject>",
        "<rect onclick='alert(1)' width='9' height='9'/>",
        "<rect style='fill: url( \"http://127.0.0.1/a.svg#x\")' width='9' height='9'/>",
        "<style>@import url(http://127.0.0.1/a.css);</style>",
        "<filter id='f'><feImage href='http://127.0.0.1/a.png'/></filter>",
        "<animate attributeName='href' to='http://127.0.0.1/a.png'/>",
        "<image xml:base='http://127.0.0.1/' href='a.png' width='9' height='9'/>",
    ],
)
def test_what_leads_out_of_a_drawing_is_left_out(inside: str) -> None:
    made = safe(_svg(inside + _RED))
    assert made is not None and "red" in made.text
    for sign in ("file:", "/etc", "secret", "127.0.0.1", "svg+xml", "other", "alert", "foreign",
                 "on", "import", "feImage", "animate", "base"):  # fmt: skip
        assert sign not in made.text.replace("version", "")


def test_places_and_small_pictures_inside_a_drawing_stay(kept: _Kept) -> None:
    dot = io.BytesIO()
    Image.new("RGB", (2, 2), "blue").save(dot, "PNG")
    data = base64.b64encode(dot.getvalue()).decode()
    inside = (
        f"<defs><image id='a' href='data:image/png;base64,{data}' width='60' height='40'/></defs>"
    )
    _home(_svg(f"{inside}<use xlink:href='#a'/>"), kept)
    assert kept.image.getpixel((60, 40))[2] > 200  # type: ignore[index]


def test_a_giant_picture_inside_a_drawing_is_left_out() -> None:
    data = base64.b64encode(_bomb(20_000)).decode()
    made = safe(_svg(f"<image href='data:image/png;base64,{data}'/>{_RED}"))
    assert made is not None and "base64" not in made.text


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + _svg("<text>&x;</text>"),
        _svg("<g>" * 5000 + _RED + "</g>" * 5000),
        _svg("<g/>" * 60_000),
        _svg("<g><rect</g>"),
        _svg(""),
        _svg("<script>x()</script>"),
        b"<svg " + b"x" * 5000,
    ],
    ids=["entity", "deep", "many", "broken", "empty", "script", "endless"],
)
def test_a_drawing_that_is_broken_or_hostile_is_missing(data: bytes, kept: _Kept) -> None:
    assert _home(data, kept) == Picture("", alt="A view")


def test_a_drawing_that_multiplies_itself_ends(kept: _Kept) -> None:
    steps = "".join(
        f"<g id='a{step}'>" + f"<use href='#a{step - 1}'/>" * 10 + "</g>" for step in range(1, 12)
    )
    inside = f"<defs><g id='a0'><rect width='9' height='9'/></g>{steps}</defs><use href='#a11'/>"
    before = time.monotonic()
    _home(_svg(inside), kept)
    assert time.monotonic() - before < 2 * draw.SECONDS


def test_drawing_is_ended_when_it_takes_too_long() -> None:
    assert draw.render("svg", _svg(_RED), Path(), seconds=0.0001) == b""


def test_what_ends_the_other_process_does_not_end_this_one() -> None:
    assert draw.render("svg", b"<svg", Path()) == b""
    assert draw.render("no such kind", b"", Path()) == b""


# ---- photographs


@pytest.mark.skipif(not _READS_HEIF, reason="nothing here reads HEIF")
def test_a_photograph_of_a_telephone_comes_home_as_a_usual_one(kept: _Kept) -> None:
    assert _home(_HEIC, kept) == Picture("kept.jpg", 64, 48, "A view")
    red, green, _, _ = kept.image.getpixel((30, 20))  # type: ignore[misc]
    assert red > 150 > green


def test_a_photograph_that_nothing_here_can_read_is_missing(
    kept: _Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "render", lambda *_: b"")
    assert _home(_HEIC, kept) == Picture("", alt="A view")


def test_a_broken_photograph_is_missing(kept: _Kept) -> None:
    assert _home(_HEIC[:200], kept) == Picture("", alt="A view")


# ---- pictures of every other kind


def _encoded(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **more)
    return out.getvalue()


def _writable(kinds: Iterable[str]) -> list[str]:
    Image.init()
    return sorted({*kinds} & {*Image.SAVE})


@pytest.mark.parametrize("kind", _writable(images._KEPT))
def test_a_kind_that_can_be_shown_is_kept_byte_for_byte(kind: str, kept: _Kept) -> None:
    data = _encoded(kind)
    assert _home(data, kept) == Picture(f"kept.{images._KEPT[kind]}", 40, 30, "A view")
    assert kept.data == data


@pytest.mark.parametrize("kind", _writable(images._CONVERTED))
def test_every_other_kind_becomes_one_that_can_be_shown(kind: str, kept: _Kept) -> None:
    assert _home(_encoded(kind, (32, 32)), kept) == Picture("kept.png", 32, 32, "A view")
    assert kept.data.startswith(b"\x89PNG")
    red, green, _, opacity = kept.image.getpixel((20, 20))  # type: ignore[misc]
    assert (red > 240, green < 20, opacity) == (True, True, 255)


def _others() -> Iterator[bytes]:
    """Yield a picture in every kind that Pillow writes and that is not meant to be read."""
    Image.init()
    for kind in sorted({*Image.SAVE} - {*images._KEPT, *images._CONVERTED}):
        with suppress(OSError, ValueError, RuntimeError, AttributeError, KeyError):
            data = _encoded(kind)
            if Image.open(io.BytesIO(data)).format == kind:  # none is another by a new name
                yield data


def test_a_kind_that_nobody_asked_for_is_not_decoded(kept: _Kept) -> None:
    others = list(_others())
    assert len(others) > 5
    for data in others:
        assert _home(data, kept) == Picture("", alt="A view")


@pytest.mark.parametrize("turn", range(10))
def test_a_photograph_has_the_size_it_is_shown_at(turn: int, kept: _Kept) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    picture = _home(_encoded("JPEG", exif=exif), kept)
    lying = Image.new("RGB", (40, 30))
    lying.getexif()[0x0112] = turn
    assert (picture.width, picture.height) == ImageOps.exif_transpose(lying).size


def test_a_turn_in_another_kind_than_jpeg_is_none(kept: _Kept) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert _home(_encoded("PNG", exif=exif), kept).width == 40


@pytest.mark.parametrize(
    ("size", "is_dot"), [((1, 1), True), ((1, 2), False), ((2, 1), False), ((2, 2), False)]
)
@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "SVG"])
def test_only_what_has_one_pixel_is_a_dot(
    kind: str, size: tuple[int, int], is_dot: bool, kept: _Kept
) -> None:
    drawing = _svg(_RED, f"width='{size[0]}' height='{size[1]}'")
    data = drawing if kind == "SVG" else _encoded(kind, size)
    found = images.keep_image(data, "", kept)
    assert found is None if is_dot else found is not None and (found.width, found.height) == size


def test_what_is_too_large_is_missing_and_what_just_fits_is_not(
    kept: _Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _encoded("PNG", (50, 40))
    for name, fits in (("_MAX_PIXELS", 50 * 40), ("MAX_BYTES", len(data))):
        with monkeypatch.context() as bounds:
            bounds.setattr(images, name, fits)
            assert _home(data, kept).name
            bounds.setattr(images, name, fits - 1)
            assert _home(data, kept) == Picture("", alt="A view")


def _bomb(side: int) -> bytes:
    """Return a picture in PNG that says it is very large, and has no pixel."""
    head = b"IHDR" + struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = (head, b"IDAT" + zlib.compress(bytes(100)), b"IEND")
    written = (struct.pack(">I", len(x) - 4) + x + struct.pack(">I", zlib.crc32(x)) for x in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def test_a_bomb_is_refused_by_its_head_and_never_decoded(
    kept: _Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decoding(*_: object) -> None:
        raise AssertionError("it was decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decoding)
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "verify", decoding)
    for side in (7_000, 30_000, 65_535, 2**31 - 1):
        assert _home(_bomb(side), kept) == Picture("", alt="A view")


def test_the_leading_picture_is_the_first_large_one_and_each_is_named_once() -> None:
    small, large, other = (
        Picture("s.png", 119, 500),
        Picture("l.png", 120, 9),
        Picture("o.png", 900, 9),
    )
    runs = (small, Picture("", 900, 900), large, other, small)
    assert images.picture_names(Body((Paragraph(runs),))) == (("s.png", "l.png", "o.png"), "l.png")
    assert images.picture_names(Body((Paragraph((small,)),))) == (("s.png",), "")


def _written_png(side: int, *, blank: bool = False) -> str:
    out, image = io.BytesIO(), Image.new("RGBA", (side, side), "red")
    image.putpixel((0, 0), (255, 0, 0, 255) if blank else (0, 0, 0, 0))
    image.save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


def test_a_picture_written_into_its_url_is_kept_once(kept: _Kept) -> None:
    written = images.Written(kept)
    found = written(_written_png(40))
    assert found == Picture("kept.png", 40, 40)
    kept.data = b""
    assert written(_written_png(40)) == found
    assert kept.data == b""


@pytest.mark.parametrize(
    "url",
    [_written_png(16), _written_png(40, blank=True), "data:", "data:image/png;base64,%%",
     "data:image/png;base64,AAAA",
     "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E", "data:text/html,<b>x</b>"],
)  # fmt: skip
def test_signs_and_broken_pictures_written_into_urls_are_none(kept: _Kept, url: str) -> None:
    assert images.Written(kept)(url) is None


def test_data_in_a_url_are_base64_or_percent_encoded() -> None:
    assert images.data_of("data:image/svg+xml;utf8,%3Csvg%3E%C3%A4") == "<svg>ä".encode()
    assert images.data_of("data:image/png;BASE64,QUJ%44") == b"ABC"
    assert images.data_of("data:image/png;base64,QUI") == b"AB"
