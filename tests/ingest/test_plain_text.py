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


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""), ("a", "<p>a</p>"), ("a <b>\n \t\nc", "<p>a &lt;b&gt;</p>\n<p>c</p>"),
        (f"{'x' * 45}\nb", f"<p>{'x' * 45} b</p>"), (f"{'x' * 44}\nb", f"<p>{'x' * 44}<br>b</p>"),
        ("a\nb\nc", "<p>a<br>b<br>c</p>"), (f"{'x' * 45}\nb\nc", f"<p>{'x' * 45}<br>b<br>c</p>"),
        ("    a\n      b", "<pre>a\n  b</pre>"), ("    a", "<p>a</p>"),
        ("    a\n   b", "<p>a<br>b</p>"),
        ("\ta\n\tb", "<pre>a\nb</pre>"), ("Part\n====", "<h1>Part</h1>"),
        ("Part\n***", "<h1>Part</h1>"),
        (" Part \n ~~~ ", "<h2>Part</h2>"), ("Part\n---", "<h2>Part</h2>"),
        ("Part\n==", "<p>Part<br>==</p>"),
        ("Part\n=-=", "<p>Part<br>=-=</p>"), (f"{'x' * 100}\n===", f"<h1>{'x' * 100}</h1>"),
        (f"{'x' * 101}\n===", f"<p>{'x' * 101} ===</p>"), ("a\nb\n===", "<p>a<br>b<br>===</p>"),
        ("  a\nb\n  c\nd", "<p>a<br>b</p>\n<p>c<br>d</p>"), ("a\n  b\n  c", "<p>a<br>b<br>c</p>"),
        ("  a\n  b", "<p>a<br>b</p>"), ("        a\nb\n  c", "<p>a<br>b<br>c</p>"),
        ("  a\nb\n c", "<p>a<br>b<br>c</p>"), ("a\r\n\r\nb", "<p>a</p>\n<p>b</p>"),
    ],
)  # fmt: skip
def test_blocks_of_a_text_have_the_form_they_show(text: str, html: str) -> None:
    assert as_html(text) == html


@pytest.mark.parametrize(
    ("head", "title", "byline"),
    [
        ("Title: T\nAuthor: A", "T", "A"), ("Subject: T\nFrom: A", "T", "A"),
        ("Title: T\nSubject: S\nAuthor: A\nFrom: F", "T", "A"),
        ("Title: T\nTitle: U\nFrom: F", "T", "F"),
        ("Title: T", "", ""), ("title: T\nauthor: A", "", ""), ("Title:T\nFrom: F", "", ""),
        ("From: ann@example.org\nX: y", "", "ann@example.org"),
        ("From: Ann <a@b.c>\nX: y", "", "Ann"),
        ("X-Spam-Y-Z: no\nTitle: T", "T", ""), ("X-A-B-C-D: no\nTitle: T", "", ""),
        ("Title: =?nonsense?q?a?=\nX: y", "=?nonsense?q?a?=", ""),
        ("a\n" * 38 + "Title: T\nX: y", "T", ""), ("a\n" * 39 + "Title: T\nX: y", "", ""),
        (f"{'a' * 7984}\nTitle: T\nX: y", "T", ""), (f"{'a' * 7990}\nTitle: T\nX: y", "", ""),
        ("a\nb\n\n        T\n", "T", ""), ("a\nb\n\n       T\n", "", ""),
        ("a\n\n        T\n", "", ""),
        ("a\nb\n\nc\n\nd\n\n        T\n", "T", ""), ("a\nb\n\nc\n\nd\n\ne\n\n        T\n", "", ""),
        ("a\nb\n\n        T\n        U\n", "", ""), (f"a\nb\n\n        {'x' * 100}", "x" * 100, ""),
        (f"a\nb\n\n        {'x' * 101}", "", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_the_head_of_a_text_says_what_it_is(head: str, title: str, byline: str) -> None:
    assert about_text(head)[:2] == (title, byline)


_PROSE = (
    "The weir below the old mill was rebuilt in the spring, stone upon stone, and\n"
    "for the first time in forty years the salmon reached the upper pools, where\n"
    "children counted them\n"
    "from the footbridge and wrote the numbers on a slate beside the miller's door,\n"
    "until the rain came and washed them off."
)


def test_a_short_line_does_not_break_a_wrapped_paragraph() -> None:
    assert as_html(_PROSE) == f"<p>{_PROSE.replace(chr(10), ' ')}</p>".replace("'", "&#x27;")


@pytest.mark.parametrize(
    "verse",
    [
        "The weir is loud and the mill is very still, the ferryman has gone to bed,\n"
        "and over the hill there climbs the moon and lays a hand upon his head;\n"
        "the children have counted the fish no more, the slate is wiped and lost,\n"
        "and winter, who was knocking at the door, is asking what it cost.",
        "Whoever comes to the mill at night and hears the water in the dark\n"
        "Will say that somebody lights a light and that the light is but a spark\n"
        "But nobody lives at the mill below and nobody has for a hundred years\n"
        "And what he sees is the river's glow and what it says is what he hears",
        "Short lines\nare kept\nas they are",
    ],
)
def test_verse_keeps_its_lines(verse: str) -> None:
    assert as_html(verse).count("<br>") == verse.count("\n")


def test_a_book_is_read_without_its_licence() -> None:
    book = (
        "The Project Gutenberg eBook of The Mill\n\nTitle: The Mill\n\nAuthor: Ann Lee\n\n"
        "*** START OF THE PROJECT GUTENBERG EBOOK THE MILL ***\n\nIt was _very_ late.\n\n"
        "*** END OF THE PROJECT GUTENBERG EBOOK THE MILL ***\n\nSmall print."
    )
    assert as_html(book) == "<p>It was <em>very</em> late.</p>"
    assert about_text(book)[:2] == ("The Mill", "Ann Lee")
    assert as_html("snake_case and _private and __init__") == (
        "<p>snake_case and _private and __init__</p>"
    )


def test_a_page_break_does_not_break_a_sentence() -> None:
    text = (
        "The sender opens the\n\nLee                     Informational             [Page 1]\n\f\n"
        "RFC 9999                  The Weir                May 2026\n\n\ngate and waits."
    )
    assert (
        to_text(from_html(as_html(text))).split() == "The sender opens the gate and waits.".split()
    )
    assert as_html("It ends.\n\fIt begins.") == "<p>It ends.</p>\n<p>It begins.</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("> Did it rain?\n> All day.\nYes, it did.",
         "<blockquote><p>Did it rain?<br>All day.</p></blockquote>\n<p>Yes, it did.</p>"),
        ("> > a\n> b",
         "<blockquote><blockquote><p>a</p></blockquote>\n<p>b</p></blockquote>"),
        ("- the weir\n- the mill,\n  old\n- the ferry",
         "<ul><li>the weir</li><li>the mill,<br>old</li><li>the ferry</li></ul>"),
        ("3. the weir\n4. the mill", '<ol start="3"><li>the weir</li><li>the mill</li></ol>'),
        ("- said nobody", "<p>- said nobody</p>"),
        ("name      fish\nsalmon      12\ntrout        3",
         "<pre>name      fish\nsalmon      12\ntrout        3</pre>"),
        ("+---+\n| a |\n+---+", "<pre>+---+\n| a |\n+---+</pre>"),
        (f"{'x' * 241}\ny", f"<p>{'x' * 241}</p>\n<p>y</p>"),
    ],
)  # fmt: skip
def test_quotes_lists_and_tables_of_a_text_are_what_they_show(text: str, html: str) -> None:
    assert as_html(text) == html


def test_quotes_of_a_text_nest_within_bounds() -> None:
    assert as_html(">" * 20_000 + " deep").count("<blockquote>") == 24
    assert "deep" in as_html(">" * 20_000 + " deep")
