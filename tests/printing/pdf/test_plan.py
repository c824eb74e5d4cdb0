"""The structure that is heard is that of the article."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from tests.printing.conftest import MakeArticle, MakeBook, write
from tests.printing.pdf.outlined import attribute, elements, told

from reader.sheet import Sheet

Heard = Callable[..., str]
_NAME = "a" * 64 + ".png"


@pytest.fixture
def heard(article: MakeArticle, book: MakeBook, tmp_path: Path) -> Heard:
    """Return a function that prints an article and returns its structure."""

    def make(markdown: str = "", html: str = "", **more: object) -> str:
        sheet = Sheet(tagged=True)._replace(**more)  # type: ignore[arg-type]
        write(book(article(markdown, html=html, title="T"), sheet=sheet), tmp_path / "a.pdf")
        return told(tmp_path / "a.pdf")

    return make


@pytest.mark.parametrize("levels", ["135", "3", "2142", "6", "1234561", "313", "24241"])
def test_headings_never_skip_a_level(heard: Heard, levels: str) -> None:
    text = "\n".join(f"<h{level}>head</h{level}>" for level in levels)
    found = [int(level) for level in re.findall(r"H(\d)\[", heard(html=f"<p>x</p>\n{text}"))]
    assert len(found) == len(levels) + 1
    assert found[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(found))
    for (level, other), (tag, other_tag) in zip(pairwise(levels), pairwise(found[1:]), strict=True):
        assert (other_tag > tag) == (other > level and tag < 6)


def test_a_heading_is_the_first_level_if_there_is_no_title(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    write(book(article("## One", title=""), sheet=Sheet(tagged=True)), tmp_path / "a.pdf")
    assert "H1[One]" in told(tmp_path / "a.pdf")


def test_markers_are_labels_and_inner_lists_stand_in_their_items(heard: Heard) -> None:
    said = heard("1. one\n2. two\n    - inner\n3. three\n")
    inner = "L[LI[Lbl[◦ ]LBody[P[inner]]]]"
    assert (
        "L[LI[Lbl[1. ]LBody[P[one]]]"
        f"LI[Lbl[2. ]LBody[P[two]{inner}]]LI[Lbl[3. ]LBody[P[three]]]]" in said
    )


@pytest.mark.parametrize("second", ["<ul><li>b</li></ul>", "<ol><li>b</li></ol>"])
def test_neighbouring_lists_are_two(heard: Heard, second: str) -> None:
    said = heard(html=f"<ul><li>a</li></ul>\n{second}")
    assert said.count("L[LI") == 2


def test_an_item_that_begins_with_something_else_is_an_item(heard: Heard) -> None:
    said = heard(html="<ul><li><pre><code>x</code></pre></li><li>y</li></ul>")
    assert "L[LI[Lbl[• ]LBody[Code[x]]]LI[Lbl[• ]LBody[P[y]]]]" in said


def test_a_list_tells_how_it_is_numbered(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    html = "<ol><li>a</li></ol>\n<p>x</p>\n<ul><li>b<ul><li>c</li></ul></li></ul>"
    write(book(article(html=html), sheet=Sheet(tagged=True)), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        lists = [each for each in elements(pdf) if each.S == "/L"]
        numbered = [str(attribute(each, "ListNumbering")) for each in lists]
    assert numbered == ["/Decimal", "/Disc", "/Circle"]


def test_terms_are_labels_of_their_definitions(heard: Heard) -> None:
    said = heard(html="<dl><dt>a</dt><dt>b</dt><dd><p>c</p></dd><dt>d</dt><dd><p>e</p></dd></dl>")
    assert "L[LI[Lbl[a]Lbl[b]LBody[P[c]]]LI[Lbl[d]LBody[P[e]]]]" in said


def test_a_note_has_its_number_as_label_and_an_id(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    text = "a[^1] b[^2]\n\n[^1]: one\n\n    > more\n\n[^2]: two"
    write(book(article(text), sheet=Sheet(tagged=True)), tmp_path / "a.pdf")
    notes = re.findall(r"Note\[Lbl\[Link\[\s?(\d)@\]\]P\[\.\s(\w+)", told(tmp_path / "a.pdf"))
    assert notes == [("1", "one"), ("2", "two")]
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        ids = [bytes(each.ID) for each in elements(pdf) if each.S == "/Note"]
        listed = pdf.Root.StructTreeRoot.IDTree.Kids[0].Names
    assert len({*ids}) == 2
    assert {bytes(name) for name in [*listed][::2]} == {*ids}


def test_a_picture_is_described_by_its_words_or_by_its_caption(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    def picture(alt: str, size: int = 40) -> str:
        return f'<img src="{_NAME}" width="{size}" height="{size}" alt="{alt}">'

    html = (
        f"<p>{picture('A hill')}</p>\n<figure><p>{picture('')}</p>"
        "<figcaption>By the sea</figcaption></figure>\n"
        f"<p>{picture('')}</p>\n<p>{picture('', 2)}</p>"
    )
    write(book(article(html=html), sheet=Sheet(tagged=True)), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        figures = [each for each in elements(pdf) if each.S == "/Figure"]
        words = [str(each.Alt) for each in figures]
        assert all(len(attribute(each, "BBox")) == 4 for each in figures)
    assert words == ["A hill", "Picture: By the sea", "Picture without description"]
    assert "Caption[By the sea]" in told(tmp_path / "a.pdf")


def test_a_caption_of_a_table_stands_in_it(heard: Heard) -> None:
    rows = "<tbody><tr><th>a</th><td>b</td></tr></tbody>"
    said = heard(html=f"<table><caption>Of all</caption>{rows}</table>")
    assert "Table[Caption[Of all]" in said


def test_a_very_long_paragraph_is_one(heard: Heard) -> None:
    said = heard("word " * 5000 + "end.\n\n- " + "item " * 4000, paper="A5")
    assert said.count("P[word") == said.count("P[item") == 1
    assert re.search(r"P\[word [^\]]* end\.\]", said)


def test_a_table_in_an_item_stands_in_it(heard: Heard) -> None:
    table = "<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>"
    said = heard(html=f"<ul><li>x{table}</li><li>y</li></ul>\n{table}")
    assert re.search(r"LBody\[P\[x\]Table\[.*?\]\]\]\]LI\[Lbl\[• \]LBody\[P\[y\]\]\]\]Table", said)


def test_contents_are_listed_as_such(article: MakeArticle, book: MakeBook, tmp_path: Path) -> None:
    made = book(*(article("x", title=f"T{n}") for n in range(2)), sheet=Sheet(tagged=True))
    write(made, tmp_path / "a.pdf")
    assert re.search(r"TOC\[TOCI\[Link\[T0.*TOCI\[Link\[T1", told(tmp_path / "a.pdf"), re.DOTALL)
