"""Names of files that every system takes."""

from pathlib import Path

import pytest
from tests.printing.conftest import MakeArticle

from reader.errors import PrintError
from reader.file_names import plain
from reader.printing.names import FIELDS, check_template, file_name, free_name


def test_a_template_is_filled(article: MakeArticle) -> None:
    made = article("x", title="A: b/c?", site="Site")
    assert file_name(made, "{date} {site} - {title}") == "2026-11-25 Site - A b c.pdf"
    assert file_name(made, "{number} {author}", 7) == "007 Author.pdf"


def test_what_an_article_lacks_leaves_no_trace(article: MakeArticle) -> None:
    made = article("x", title="T", site="", published_at="")
    assert file_name(made, "{date} {site} - {title}") == "T.pdf"
    assert file_name(made, "{title} - {site} - {date}") == "T.pdf"


@pytest.mark.parametrize("wrong", ["", "name", "{titel}", "{0}", "{", "{title.__class__}"])
def test_a_wrong_template_is_explained(article: MakeArticle, wrong: str) -> None:
    with pytest.raises(PrintError, match=r"its fields are \{title\}"):
        check_template(wrong)


def test_names_are_short_and_never_empty() -> None:
    assert plain("..//\x00") == "Article.pdf"
    assert len(plain("漢" * 500).encode()) <= 190


def test_two_of_a_name_do_not_meet(tmp_path: Path) -> None:
    taken: set[str] = set()
    names = [free_name(tmp_path, name, taken).name for name in ("A.pdf", "a.pdf", "A.pdf")]
    assert names == ["A.pdf", "a 2.pdf", "A 3.pdf"]


def test_every_field_of_a_template_is_filled(article: MakeArticle) -> None:
    made = article(
        "x", title="T", site="S", byline="B", published_at="2025-01-02T03:04:05Z",
        added_at="2026-11-26T01:00:00Z",
    )  # fmt: skip
    filled = {"title": "T", "site": "S", "author": "B", "date": "2025-01-02", "added": "2026-11-26"}
    filled["number"] = "012"
    assert {*filled} == {*FIELDS}
    for field, expected in filled.items():
        assert file_name(made, f"{{{field}}}", 12) == f"{expected}.pdf"
    assert file_name(made) == "T.pdf"
    assert file_name(made, "{number}") == "001.pdf"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ('What? A "new" <start>: c:\\d/e|f*', "What A new start c d e f"),
        ("one\ttwo\nthree\x1ffour", "one two three four"),
        ("a - – — b", "a — b"),
        ("a — - b - – c", "a - b – c"),
        (" - . ,_hello_, . – ", "hello"),
        (".hidden", "hidden"),
        ("well-known a-b", "well-known a-b"),
        ("   ", "Article"),
        ("Zoë’s Café", "Zoë’s Café"),
        ("!", "!"),
        ("invoice\u202egpj.exe\x7f", "invoice gpj.exe"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert plain(title) == f"{name}.pdf"


def test_a_long_name_ends_with_a_whole_letter_and_with_no_dash() -> None:
    assert plain("x" * 180) == "x" * 180 + ".pdf"
    assert plain("x" * 181) == "x" * 180 + ".pdf"
    assert plain("x" * 179 + "é") == "x" * 179 + ".pdf"
    assert plain("x" * 177 + " - y") == "x" * 177 + ".pdf"


def test_names_are_taken_whatever_their_case(tmp_path: Path) -> None:
    taken = {"straße.pdf"}
    assert free_name(tmp_path, "STRASSE.pdf", taken) == tmp_path / "STRASSE.pdf"
    assert free_name(tmp_path, "Strasse.pdf", taken) == tmp_path / "Strasse 2.pdf"
    assert taken == {"straße.pdf", "strasse.pdf", "strasse 2.pdf"}
