"""What bytes are is told by what is in them, whatever they are called."""

import io
import zipfile

import pytest

from reader.ingest.kinds import Kind, is_heif, is_svg, kind_of


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for each in names:
            made.writestr(each, "what is in it")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "text/html", "pdf"),
        (b"\r\n\x00%PDF-1.4\n1 0 obj", "application/octet-stream", "pdf"),
        (b"<html><p>How %PDF-1.7 begins</p>", "application/pdf", "page"),
        (_zip("mimetype", "META-INF/container.xml", "a.xhtml"), "application/zip", "epub"),
        (_zip("META-INF/container.xml"), "text/html", "epub"),
        (_zip("word/document.xml"), "application/epub+zip", "zip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "text/html", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "", "picture"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "", "picture"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt \x00", "image/webp", "other"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf", "", "picture"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "", "picture"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "", "other"),
        (b"<?xml version='1.0'?>\n<!-- x --><svg width='3'/>", "", "picture"),
        (b"<!DOCTYPE html><html><body><svg></svg></body>", "image/svg+xml", "page"),
        (b"BM is how the shop is called", "text/plain", "text"),
        (b"# A title\n\nAnd a text.", "", "text"),
        (b"<p>A text", "text/plain", "text"),
        (b"<p>A text", "", "page"),
        ("Größe".encode(), "text/html", "page"),
        (b"", "", "text"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "text/html", "other"),
    ],
)  # fmt: skip
def test_what_bytes_are_is_in_them(data: bytes, said: str, kind: Kind) -> None:
    assert kind_of(data, said) == kind


def test_a_long_head_without_a_drawing_is_looked_through_at_once() -> None:
    for head in (b" " * 100_000, b"<!---->" * 20_000, b"<!DOCTYPE svg [" * 300, b"<?" * 5000):
        assert not is_svg(head)


def test_a_photograph_is_one_of_the_brands_of_telephones() -> None:
    assert is_heif(b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic")
    assert not is_heif(b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifheic")
    assert not is_heif(b"\xff\xff\xff\xffftyp")
