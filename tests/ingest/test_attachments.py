"""A file is kept whole and described, however damaged it is."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest

from reader.ingest.attachments import ENDINGS, attachment_of, is_attachment
from reader.ingest.fetch import Fetched
from reader.ingest.files import read


def _fetched(data: bytes, media_type: str = "") -> Fetched:
    return Fetched("https://a.example/files/My%20file.pdf", data, media_type, "", True)


def _pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = "A title"
        pdf.docinfo["/Author"] = "Ann Able"
        pdf.save(out)
    return out.getvalue()


def test_a_pdf_has_its_own_title_and_length() -> None:
    data = _pdf()
    clipping = attachment_of(_fetched(data), "https://a.example/files/My%20file.pdf", "pdf")
    assert (clipping.title, clipping.byline, clipping.source) == ("A title", "Ann Able", data)
    assert clipping.excerpt == "A PDF document of 2 pages, 0.0 MB"
    assert clipping.source_type == "application/pdf"


def test_a_damaged_pdf_is_kept_under_its_name() -> None:
    clipping = attachment_of(_fetched(b"%PDF-1.7"), "https://a.example/f/My%20file.pdf", "pdf")
    assert (clipping.title, clipping.source) == ("My file.pdf", b"%PDF-1.7")
    assert "kept unchanged" in clipping.html


@pytest.mark.parametrize("media_type", [*ENDINGS, "application/octet-stream", "video/webm"])
def test_files_for_other_programs_are_attachments(media_type: str) -> None:
    assert is_attachment(media_type)


@pytest.mark.parametrize(
    "media_type",
    ["", "text/html; charset=x", "text/plain", "image/png", "multipart/mixed", "application/zip"],
)
def test_pages_texts_and_pictures_are_not(media_type: str) -> None:
    assert not is_attachment(media_type)


@pytest.mark.parametrize("name", ["paper.pdf", "paper.txt", "paper"])
def test_a_pdf_on_the_disk_is_kept_as_one_of_the_web(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(_pdf())
    new = read(file, lambda _data, _ending: "").clipping
    assert (new.title, new.byline, new.source) == ("A title", "Ann Able", file.read_bytes())
    assert new.url == file.resolve().as_uri()
    assert is_attachment(new.source_type)


def test_a_book_on_the_disk_is_kept_under_its_name(tmp_path: Path) -> None:
    file = tmp_path / "My_book.epub"
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", "<container/>")
        book.writestr("page.html", "<p>Not the article.</p>")
    new = read(file, lambda _data, _ending: "").clipping
    assert (new.title, new.source_type) == ("My book", "application/epub+zip")
    assert new.source == file.read_bytes()


@pytest.mark.parametrize(
    "kind", ["message/rfc822", "application/x-webarchive", "multipart/related"]
)
def test_saved_pages_and_letters_are_texts(kind: str) -> None:
    assert not is_attachment(kind)
