"""Names of files that every system takes."""

from pathlib import Path

import pytest
from tests.printing.conftest import MakeArticle

from reader.errors import PrintError
from reader.printing.names import check_template, file_name, free_name, plain


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
    with pytest.raises(PrintError, match=r"it may hold \{title\}"):
        check_template(wrong)


def test_names_are_short_and_never_empty() -> None:
    assert plain("..//\x00") == "Article.pdf"
    assert len(plain("漢" * 500).encode()) <= 190


def test_two_of_a_name_do_not_meet(tmp_path: Path) -> None:
    taken: set[str] = set()
    names = [free_name(tmp_path, name, taken).name for name in ("A.pdf", "a.pdf", "A.pdf")]
    assert names == ["A.pdf", "a 2.pdf", "A 3.pdf"]
