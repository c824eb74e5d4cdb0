"""Sets of pages are measured word by word, with what a page says of itself."""

import gzip
import json
from pathlib import Path

import pytest
from benchmarks import extraction
from benchmarks.page_metadata import authors_right, title_right
from benchmarks.page_sets import token_f1

_TEXT = "The river rose in the night, and by morning the mill stood in water to its windows."
_PAGE = f"""<html><head><title>The mill in the water | The Valley Paper</title>
<meta name="author" content="Ann Able"><meta name="date" content="2026-02-03"></head>
<body><nav><a href="/">Home and menu</a></nav><article><h1>The mill in the water</h1><p>{_TEXT}</p>
<p>{_TEXT}</p></article></body></html>"""
_TRUTH = {
    "articleBody": f"{_TEXT} {_TEXT}", "url": "https://example.org/mill",
    "title": "The mill in the water",
    "author": "Ann Able", "published": "2026-02-03T10:00", "with": ["the mill stood in water"],
    "without": ["Home and menu"],
}  # fmt: skip


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    (folder / "html").mkdir(parents=True)
    entries = {"1": {**_TRUTH, "type": "article"}, "2": {**_TRUTH, "type": "forum"}}
    entries["2"]["articleBody"] = "nothing of the kind"
    for id in entries:
        (folder / "html" / f"{id}.html.gz").write_bytes(gzip.compress(_PAGE.encode()))
    (folder / "ground-truth.json").write_text(json.dumps(entries))
    return tmp_path


def test_pages_are_measured_by_their_kinds(pages: Path) -> None:
    figures = [*extraction.measure(pages=pages, worst=True)]
    values = {figure.name: figure.value for figure in figures}
    assert values["own, article, 1 pages: token F1"] > 90
    assert values["own, forum, 1 pages: token F1"] < 20
    assert values["    pages under 0.7"] == 100  # of the last kind
    assert values["    passages within it that are there, of 1"] == 100
    assert values["    passages outside it that are there, of 1"] == 0
    for name in ("title", "authors", "date"):
        assert values[f"    {name} right, of 2"] == 100
    assert figures[-1].name == "    own/2, forum"
    assert "https://example.org/mill" in str(figures[-1])


def test_words_are_counted_and_each_sign_of_chinese_is_one() -> None:
    assert token_f1("One, two two", "two ONE") == pytest.approx(0.8)
    assert token_f1("山川", "川") == pytest.approx(2 / 3)
    assert (token_f1("", ""), token_f1("a", "")) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("found", "right"),
    [
        ("rain  on “Hills”", True), ("Rain on hills | The Paper", True),
        ("The Paper: Rain on hills", True), ("Rain on hills - Example", True),
        ("Rain on hills – and its end", False), ("Rain", False), ("", False),
    ],
)  # fmt: skip
def test_a_title_is_right_with_or_without_its_site(found: str, right: bool) -> None:
    assert title_right("Rain on hills", found, "The Paper", "www.example.org") is right


def test_authors_are_right_in_any_order() -> None:
    assert authors_right(("By Ann Able and Ben Bold",), ("ben bold", "Ann Able"))
    assert authors_right(("Ann Able", "Ben Bold"), ("Ann Able; Ben Bold",))
    assert not authors_right(("Ann Able",), ("Ann Able, Ben Bold",))
