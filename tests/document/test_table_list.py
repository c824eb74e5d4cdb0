"""A table as a list says all that it says as a table, and each row by itself."""

from hypothesis import given
from tests.body.bodies import bodies

from reader.body.blocks import Cell, NoteMark, Paragraph, Style, Table, Text
from reader.document.table_list import listed


def _table(*rows: str, head: int = 1) -> Table:
    cells = [tuple(Cell((Text(said),) if said else ()) for said in row.split("|")) for row in rows]
    return Table(tuple(cells), head)


def _said(table: Table) -> list[str]:
    return [
        "".join(run.text for run in each.runs if isinstance(run, Text)).replace("\xa0", " ")
        for each in listed(table)
    ]


def test_each_row_names_its_cells_by_their_heads() -> None:
    assert _said(_table("Name|Age", "Ann|9", "Bob|7")) == [
        "Name: Ann · Age: 9", "Name: Bob · Age: 7"
    ]  # fmt: skip


def test_a_table_without_heads_names_none() -> None:
    assert _said(_table("a|b", "c|d", head=0)) == ["a · b", "c · d"]
    assert _said(_table("a|b", head=1)) == ["a · b"], "heads of nothing are its only row"


def test_long_cells_have_lines_of_their_own() -> None:
    long = "word " * 12
    assert _said(_table("A|B|C", f"1|{long}|2")) == [f"A: 1\nB: {long}\nC: 2"]


def test_the_first_row_names_columns_without_a_cell_too() -> None:
    assert _said(_table("A|B|C", "1||", "|2|", "3")) == ["A: 1 · B:  · C: ", "B: 2", "A: 3"]
    assert _said(_table("A|B|C", "1", "2|3")) == ["A: 1 · B:  · C: ", "A: 2 · B: 3"]


def test_a_cell_over_several_rows_is_said_in_each_and_one_over_columns_has_their_heads() -> None:
    tall = Cell((Text("tall"),), rows=2)
    wide = Cell((Text("wide"),), columns=2)
    head = tuple(Cell((Text(name),)) for name in "ABC")
    table = Table((head, (tall, wide), tuple(Cell((Text(each),)) for each in "xy")), 1)
    assert _said(table) == ["A: tall · B · C: wide", "A: tall · B: x · C: y"]


def test_heads_are_bold_and_what_is_repeated_is_not_of_the_text() -> None:
    head = (Cell((Text("A", link="#x"), NoteMark("n"))), Cell((Text("B"),)))
    rows = tuple((Cell((Text("1"),)), Cell((Text("2"),), header=True)) for _ in range(2))
    first, second = listed(Table((head, *rows), 1))
    assert isinstance(first, Paragraph)
    assert [run for run in first.runs if isinstance(run, NoteMark)] == [NoteMark("n")]
    assert not [run for run in second.runs if isinstance(run, NoteMark)]
    own = [run.text for run in second.runs if isinstance(run, Text) and not run.added]
    assert own == ["1", "2"]
    assert [
        run.text for run in second.runs if isinstance(run, Text) and Style.STRONG not in run.style
    ] == ["1", "\xa0· "]


@given(bodies)
def test_no_word_of_any_table_is_lost(body: object) -> None:
    for block in getattr(body, "blocks", ()):
        if isinstance(block, Table):
            said = "".join(_said(block))
            for row in block.rows:
                for run in (run for cell in row for run in cell.runs if isinstance(run, Text)):
                    assert run.text.replace("\xa0", " ") in said
