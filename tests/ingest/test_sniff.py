"""What bytes are is told by what is in them, whatever they are called."""

import io
import zipfile

import pytest

from reader.ingest.sniff import Kind, is_heif, is_svg, kind_of


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


@pytest.mark.parametrize(
    "data",
    [
        b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00", b"\xff\x0a",
        b"\x00\x00\x00\x0cJXL ", b"BM\x09\x09\x09\x09" + bytes(4),
        b"\x00\x00\x00\x14ftypmif1\x00\x00\x00\x00avis",
        *(b"\x00\x00\x00\x10ftyp" + each for each in
          (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"avif", b"avis")),
        b"\xef\xbb\xbf<svg>", b"<svg/>", b"<s:svg xmlns:s='x'>", b" <?xml?> <!-- --> <SVG >",
        b"<!DOCTYPE svg PUBLIC 'a' [<!ENTITY b 'c'>] ><svg>",
    ],
)  # fmt: skip
def test_a_picture_is_known_by_its_first_bytes(data: bytes) -> None:
    assert kind_of(data) == "picture"
    assert kind_of(b"x" + data) != "picture"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"x" * 1019 + b"%PDF-", "pdf"), (b"x" * 1020 + b"%PDF-", "text"), (b" <p>%PDF-", "page"),
        (b"PK\x05\x06", "zip"), (b"x" * 4093 + b"<p>", "page"), (b"x" * 4095 + b"<p>", "text"),
        *((f"<{tag}>".encode(), "page") for tag in
          ("!DOCTYPE html", "html", "head", "body", "meta", "article", "div", "p")),
        (b"<pre>", "text"), (b"<span>", "text"), (b"RIFF____WEBP", "picture"),
        (b"RIFF____WAVE", "text"), (b"\x00\x00\x00\x14ftypmif1____heic", "picture"),
        (b"\x00\x00\x00\x13ftypmif1____heic", "picture"),
        (b"\x00\x00\x00\x10ftypmif1____heic", "other"),
        (b"\x00\x00\x00\x14ftypmif1heic____", "other"),
    ],
)  # fmt: skip
def test_bytes_are_looked_at_as_far_as_they_tell(data: bytes, kind: Kind) -> None:
    assert kind_of(data) == kind
