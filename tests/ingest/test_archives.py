"""Pages saved by a browser come in with their pictures, whatever the archive claims."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from reader import phrases
from reader.body.caveats import caveats_of
from reader.errors import IngestError
from reader.ingest import archives
from reader.ingest.archives import read_mhtml, read_webarchive, read_zip
from reader.ingest.files import read
from reader.model import Caveat

_TEXT = "".join(
    f"<p>Sentence {n}, with commas, and words enough for a text.</p>" for n in range(20)
)


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (200, 200), "blue").save(out, "PNG")
    return out.getvalue()


def _keep(_data: bytes, ending: str) -> str:
    return "a" * 64 + f".{ending}"


def _mhtml() -> bytes:
    import base64

    page = (
        f"<html><head><title>Saved story</title></head><body><nav><a href=/x>Menu</a></nav>"
        f"<article>"
        f"{_TEXT}<img src='cid:one'><img src='b.png'>{_TEXT}</article></body></html>"
    )
    image = base64.b64encode(_png()).decode()
    parts = [
        ("text/html; charset=utf-8", "Content-Location: https://example.org/a/story", page),
        ("image/png", "Content-ID: <one>\r\nContent-Transfer-Encoding: base64", image),
        (
            "image/png",
            "Content-Location: https://example.org/a/b.png\r\nContent-Transfer-Encoding: base64",
            image,
        ),
    ]
    body = "".join(
        f"--B\r\nContent-Type: {kind}\r\n{more}\r\n\r\n{data}\r\n" for kind, more, data in parts
    )
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a/story?utm_source=x\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary=B\r\n\r\n'
    )
    return (head + body + "--B--\r\n").encode()


def test_a_web_archive_is_the_article_of_its_address(tmp_path: Path) -> None:
    file = tmp_path / "story.mhtml"
    file.write_bytes(_mhtml())
    made = read(file, _keep).clipping
    assert made.url == "https://example.org/a/story"
    assert made.title == "Saved story"
    assert "Menu" not in made.html
    assert made.html.count("a" * 64) == 2
    assert made.source_type == "multipart/related"


def test_a_zipped_page_comes_with_its_pictures(tmp_path: Path) -> None:
    file = tmp_path / "page.zip"
    with zipfile.ZipFile(file, "w") as out:
        out.writestr(
            "page/index.html", f"<html><title>Zipped</title><p>{_TEXT}<img src='img/a.png'>"
        )
        out.writestr("page/img/a.png", _png())
        out.writestr("../../evil.png", _png())
    made = read(file, _keep).clipping
    assert made.title == "Zipped"
    assert "a" * 64 in made.html
    assert sorted(each.name for each in tmp_path.iterdir()) == ["page.zip"]


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        ({"a.html": 10, "b.htm": 30, "c.xhtml": 20}, "b.htm"),
        ({"a.html": 30, "index.html": 10}, "index.html"),
        ({"a.html": 30, "My INDEX.HTML": 10}, "My INDEX.HTML"),
        ({"in/index.html": 30, "a.html": 10}, "a.html"),
        ({"in/a.html": 30, "in/index.html": 10, "in/deep/index.html": 99}, "in/index.html"),
        ({"a.html": 30, "index.htm": 10, "index.html.png": 99, "index.js": 99}, "a.html"),
    ],
)
def test_the_page_is_the_first_in_the_highest_folder(names: dict[str, int], chosen: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, size in names.items():
            archive.writestr(name, f"{name:x<{size + 20}}")
    assert read_zip(out.getvalue()).html.rstrip("x") == chosen.rstrip("x")


def test_a_plain_page_is_kept_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.html"
    file.write_text("<h1>Notes</h1><div class='sidebar'><p>Mine, all of it.</p></div>")
    assert "Mine, all of it." in read(file, _keep).clipping.html


@pytest.mark.parametrize(
    "data", [b"", b"garbage", b"From: x\r\n\r\n", b"Content-Type: multipart/related\r\n\r\n"]
)
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(IngestError):
        read_mhtml(data)
    with pytest.raises(IngestError):
        read_zip(data)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_LARGEST_PART", 1_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("index.html", "<p>x")
        out.writestr("a.png", b"0" * 20_000_000)
    with pytest.raises(IngestError, match="far too large"):
        read_zip(packed.getvalue())


def _two_pages(extra: bytes = b"") -> bytes:
    return (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"\n\n--B\n'
        b"Content-Type: text/html; charset=utf-8\nContent-Location: https://example.org/p\n\n"
        b"<title>T</title><p>Some text.</p>\n--B\nContent-Type: text/plain\n\nmore\n" + extra
    )


def test_an_archive_that_was_cut_says_so(tmp_path: Path) -> None:
    file = tmp_path / "page.mhtml"
    file.write_bytes(_two_pages(b"--B--\n"))
    assert phrases.remarks(read(file, _keep).remarks) == ""
    file.write_bytes(_two_pages())
    made = read(file, _keep)
    assert "truncated" in phrases.remarks(made.remarks)
    assert caveats_of(made.clipping.html) == (Caveat.DAMAGED,)


def test_a_damaged_picture_in_an_archive_is_a_missing_one(tmp_path: Path) -> None:
    file = tmp_path / "page.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as out:
        out.writestr("index.html", f"<title>T</title><p>{_TEXT}<img src='a.png'>")
        out.writestr("a.png", _png())
    file.write_bytes(file.read_bytes().replace(b"\x89PNG", b"\x89ANG", 1))
    made = read(file, _keep)
    assert made.clipping.title == "T"
    assert made.clipping.pictures == ()
    assert "damaged" in phrases.remarks(made.remarks)


def test_a_damaged_page_in_an_archive_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    file = tmp_path / "page.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as out:
        out.writestr("index.html", f"<title>T</title><p>{_TEXT}")
    file.write_bytes(file.read_bytes().replace(b"<title>T", b"<title>U", 1))
    made = read(file, _keep)
    assert made.clipping.title == "U"
    assert "damaged" in phrases.remarks(made.remarks)


def test_a_blank_line_before_the_headers_does_no_harm() -> None:
    assert read_mhtml(b"\r\n \r\n" + _mhtml()).html == read_mhtml(_mhtml()).html


def _webarchive(**more: object) -> bytes:
    import plistlib

    page = {
        "WebResourceData": f"<p>é</p>{_TEXT}<img src='b.png'>".encode(),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": "https://example.org/a/story",
    }
    image = {"WebResourceData": _png(), "WebResourceURL": "https://example.org/a/b.png"}
    archive = {"WebMainResource": page, "WebSubresources": [image], **more}
    return plistlib.dumps(archive, fmt=plistlib.FMT_BINARY)


def test_a_web_archive_of_safari_comes_in_with_pictures_and_url(tmp_path: Path) -> None:
    file = tmp_path / "story.webarchive"
    file.write_bytes(_webarchive())
    new = read(file, _keep).clipping
    assert new.url == "https://example.org/a/story"
    assert len(new.pictures) == 1
    assert "<p>é</p>" in new.html


def test_a_web_archive_is_known_without_its_ending(tmp_path: Path) -> None:
    file = tmp_path / "story"
    file.write_bytes(_webarchive())
    assert read(file, _keep).clipping.url == "https://example.org/a/story"


def test_the_parts_of_frames_belong_to_the_page() -> None:
    frame = {"WebSubresources": [{"WebResourceData": b"x", "WebResourceURL": "https://e.org/f"}]}
    assert (
        read_webarchive(_webarchive(WebSubframeArchives=[frame])).parts["https://e.org/f"] == b"x"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"", b"bplist00", _webarchive()[:200], _webarchive(WebMainResource={}),
        _webarchive(WebMainResource=7), _webarchive(WebSubresources="x"),
    ],
)  # fmt: skip
def test_a_damaged_web_archive_is_a_sentence(data: bytes) -> None:
    with pytest.raises(IngestError, match="web archive"):
        read_webarchive(data)


def test_a_maff_archive_names_the_url_of_its_page() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("123/index.html", f"<p>{_TEXT}</p>")
        archive.writestr(
            "123/index.rdf",
            '<RDF:RDF><RDF:Description><MAF:originalurl RDF:resource="https://example.org/?a=1&amp;b=2"/>'
            "</RDF:Description></RDF:RDF>",
        )
    assert read_zip(out.getvalue()).address == "https://example.org/?a=1&b=2"


@pytest.mark.parametrize("name", ["page.htz", "page.htmlz", "page.zip", "page"])
def test_a_zipped_page_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("index.html", f"<html><body>{_TEXT}<img src='i\\A.png'></body></html>")
        archive.writestr("I/a.png", _png())
    new = read(file, _keep).clipping
    assert "Sentence 19" in new.html
    assert len(new.pictures) == 1


def test_a_page_of_a_single_file_knows_its_address(tmp_path: Path) -> None:
    said = "<!-- Page saved with SingleFile \n url: https://example.org/s \n saved date: x -->"
    file = tmp_path / "s.html"
    file.write_text(f"<html>{said}<body><nav>Menu</nav><article>{_TEXT}</article></body></html>")
    made = read(file, _keep).clipping
    assert made.url == "https://example.org/s"
    assert "Menu" not in made.html
