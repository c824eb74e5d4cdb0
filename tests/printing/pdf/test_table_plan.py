"""A table is heard as one, with rows that are equally long and heads that say what they are for."""

from pathlib import Path

import pikepdf
from tests.printing.conftest import MakeArticle, MakeBook, write
from tests.printing.pdf.outlined import attribute, elements, told

from reader.sheet import Sheet


def _cells(file: Path) -> list[list[tuple[str, int, int, str]]]:
    """Return type, columns, rows and scope of the cells of each row."""
    with pikepdf.open(file) as pdf:
        rows = [each for each in elements(pdf) if each.S == "/TR"]
        return [
            [
                (
                    str(cell.S)[1:],
                    int(attribute(cell, "ColSpan") or 1),
                    int(attribute(cell, "RowSpan") or 1),
                    str(attribute(cell, "Scope") or "")[1:],
                )
                for cell in row.K
            ]
            for row in rows
        ]


def _written(article: MakeArticle, book: MakeBook, folder: Path, html: str) -> Path:
    write(book(article(html=html), sheet=Sheet(tagged=True, paper="A5")), folder / "a.pdf")
    return folder / "a.pdf"


def test_a_table_on_many_pages_is_one(article: MakeArticle, book: MakeBook, tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>r{n}</td><td>{n}</td></tr>" for n in range(320))
    html = f"<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>{rows}</tbody></table>"
    file = _written(article, book, tmp_path, html)
    said = told(file)
    assert said.count("Table[") == said.count("THead[") == said.count("TBody[") == 1
    assert said.count("TR[") == 321
    assert said.count("TH[a]") == 1, "repeated heads are artifacts"


def test_spans_and_missing_cells_make_rows_equally_long(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    html = (
        '<table><thead><tr><th>a</th><th colspan="2">b</th></tr></thead><tbody>'
        '<tr><th rowspan="2">c</th><td>d</td><td></td></tr><tr><td>e</td></tr></tbody></table>'
    )
    assert _cells(_written(article, book, tmp_path, html)) == [
        [("TH", 1, 1, "Column"), ("TH", 2, 1, "Column")],
        [("TH", 1, 2, "Row"), ("TD", 1, 1, ""), ("TD", 1, 1, "")],
        [("TD", 1, 1, ""), ("TD", 1, 1, "")],
    ]


def test_a_row_of_heads_inside_of_a_table_is_for_its_columns(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    html = (
        "<table><thead></thead><tbody><tr><td>a</td><td>b</td></tr>"
        "<tr><th>c</th><th>d</th></tr><tr><th>e</th><td>f</td></tr></tbody></table>"
    )
    scopes = [[cell[3] for cell in row] for row in _cells(_written(article, book, tmp_path, html))]
    assert scopes == [["", ""], ["Column", "Column"], ["Row", ""]]


def test_a_table_without_heads_has_those_of_its_first_row(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    html = (
        "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>"
    )
    said = told(_written(article, book, tmp_path, html))
    assert "TR[TH[a]TH[b]]" in said
    assert "TR[TD[c]TD[d]]" in said


def test_a_table_of_one_row_is_no_table_for_the_ear(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    html = "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    assert "Div[P[a]P[b]]" in told(_written(article, book, tmp_path, html))
