"""A letter that a mail program saved comes in as an article."""

import base64
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import IngestError
from reader.ingest.files import read
from reader.ingest.letters import is_letter, read_letter

_DOT = base64.b64decode("R0lGODlhAgACAPAAAAAA/wAAACH5BAAAAAAALAAAAAACAAIAAAIChFEAOw==")
_HTML = "<html><body><p>The bees came back in <b>April</b>.</p><img src='cid:hive'></body></html>"


def _keep(_data: bytes, ending: str) -> str:
    return "a" * 64 + f".{ending}"


def _letter(html: str = _HTML, plain: str = "The bees came back, in plain.") -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = "Die Imkerei Müller <imker@example.org>"
    letter["Subject"] = "Neues von den Bienen – März"
    letter["Date"] = "Wed, 15 Mar 2023 10:00:00 +0100"
    letter.set_content(plain)
    if html:
        letter.add_alternative(html, subtype="html")
        part = list(letter.iter_parts())[1]
        assert isinstance(part, EmailMessage)
        part.add_related(_DOT, "image", "gif", cid="<hive>")
    return letter


def test_a_letter_has_its_subject_sender_day_and_pictures(tmp_path: Path) -> None:
    file = tmp_path / "letter.eml"
    file.write_bytes(_letter().as_bytes())
    new = read(file, _keep).clipping
    assert new.title == "Neues von den Bienen – März"
    assert new.byline == "Die Imkerei Müller"
    assert new.published_at.startswith("2023-03-15T10:00")
    assert "came back in <strong>April</strong>" in new.html
    assert "in plain" not in new.html
    assert new.pictures == ("a" * 64 + ".gif",)
    assert new.url == file.resolve().as_uri()


def test_a_letter_of_plain_text_is_read(tmp_path: Path) -> None:
    file = tmp_path / "letter.eml"
    file.write_bytes(_letter(html="").as_bytes())
    assert "The bees came back, in plain." in read(file, _keep).clipping.html


def test_a_letter_is_known_by_its_headers(tmp_path: Path) -> None:
    file = tmp_path / "without ending"
    file.write_bytes(_letter().as_bytes())
    assert read(file, _keep).clipping.title == "Neues von den Bienen – März"
    assert not is_letter(b"From here to the sea\n\nDate: unknown")
    assert not is_letter(b"# A text\n\nSubject: bees")


def test_attached_pages_are_not_the_letter() -> None:
    letter = _letter(html="")
    letter.add_attachment(b"<p>Terms</p>", maintype="text", subtype="html", filename="terms.html")
    assert read_letter(letter.as_bytes()).text.html.strip() == "The bees came back, in plain."


@pytest.mark.parametrize(
    "head",
    [
        b"Subject: =?bogus?q?x?=\nDate: not a day\nFrom: <>\n\nText of it.",
        b"\r\nSubject: =?utf-8?b?####?=\nDate: Wed, 99 Foo 2023\n\nText of it.",
        b"From: \xff\xfe\nSubject: \xe9t\xe9\nDate:\n\nText of it.",
    ],
)
def test_odd_headers_do_not_prevent_reading(head: bytes) -> None:
    assert read_letter(head).text.html == "Text of it."


@given(st.binary(max_size=400))
def test_any_bytes_are_a_letter_or_a_sentence(data: bytes) -> None:
    for head in (b"", b"Subject: x\nContent-Type: multipart/mixed; boundary=B\n\n--B\n"):
        with suppress(IngestError):
            assert read_letter(head + data).text.html.strip()
