"""Plain text: its title, its paragraphs, and what its head says."""

from pathlib import Path

import pytest

from reader.body.from_html import from_html
from reader.body.to_text import to_text
from reader.ingest import files
from reader.ingest.plain_text import about_text, as_html
from reader.model import Clipping

_LONG = "Some words that go on and on until they are far too many to stand for a title of anything."


def _keep(_data: bytes, _ending: str) -> str:
    raise AssertionError("there is no picture")


def _file(tmp_path: Path, text: str) -> Clipping:
    file = tmp_path / "the_file.txt"
    file.write_text(text, encoding="utf-8")
    return files.read(file, _keep).clipping


def _paste(text: str, kind: str = "") -> Clipping:
    return files.clipping_of_text(text, _keep, kind=kind)


def test_a_short_first_line_is_the_title_and_not_said_again(tmp_path: Path) -> None:
    text = "\n\n  The old mill\n\nIt stood by the river.\n\nIt fell."
    for made in (_file(tmp_path, text), _paste(text)):
        assert made.title == "The old mill"
        assert to_text(from_html(made.html)).split() == "It stood by the river. It fell.".split()


@pytest.mark.parametrize(
    "text",
    [
        "The old mill\nstood by the river.\n\nIt fell.",  # no blank line follows
        f"{_LONG} {_LONG}\n\nIt fell.",  # too long
        "The old mill",  # nothing follows
        "* * *\n\nIt fell.",  # no word in it
    ],
)
def test_any_other_first_line_stays_in_the_text(tmp_path: Path, text: str) -> None:
    made = _file(tmp_path, text)
    assert made.title == "the file"
    assert to_text(from_html(made.html)).split() == text.split()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A letter home\n\n- first\n- second", "markdown"),
        ("<p>A letter home</p><p>Dear all</p>", "html"),
        ("<h3>A letter home</h3><p>Dear all</p>", "html"),
    ],
)
def test_pastes_of_all_kinds_are_titled_so(text: str, kind: str) -> None:
    assert _paste(text, kind).title == "A letter home"


def test_a_paste_without_a_title_is_called_by_its_first_words() -> None:
    title = _paste(f"{_LONG} {_LONG}").title
    assert len(title) <= 80
    assert title.endswith("…")
    assert _LONG.startswith(title[:-1])


def test_a_link_in_the_first_line_is_not_lost() -> None:
    made = _paste('<p><a href="https://example.org/">A title</a></p><p>Text</p>', "html")
    assert made.title == "A title"
    assert "https://example.org/" in made.html


def test_fields_at_the_head_say_what_a_text_is() -> None:
    book = about_text("An eBook\n\nTitle: The Mill\n\nAuthor: Ann Lee\n\nText")
    assert (book.title, book.byline) == ("The Mill", "Ann Lee")
    mail = about_text(
        "From: Ann Lee <ann@example.org>\nDate: Mon, 3 May 2021 10:00:00 +0200\n"
        "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n\nHello"
    )
    assert mail[:2] == ("Grüße", "Ann Lee")
    assert mail.published_at == "2021-05-03"
    assert about_text("Note: this is a sentence.\n\nText").title == ""


def test_a_centred_line_below_the_head_is_the_title() -> None:
    head = (
        "Working Group         A. Lee\nMemo: 12            May 2020\n\n            The Mill\n\nText"
    )
    assert about_text(head).title == "The Mill"


def test_an_underlined_line_is_a_heading(tmp_path: Path) -> None:
    assert _file(tmp_path, "The mill\n========\nIt stood.\n\nIt fell.").title == "the file"
    made = _file(tmp_path, "The mill\n========\n\nIt stood.\n\nIts end\n-------\n\nIt fell.")
    assert made.title == "The mill"
    assert "<h2>Its end</h2>" in made.html


def test_indented_lines_begin_paragraphs() -> None:
    text = "    The mill stood by the river for a very long time\nand fell.\n    Nobody saw it."
    assert as_html(text).count("<p>") == 2
