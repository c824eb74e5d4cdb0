"""A table of the page in its window: sorted, filtered, copied and saved."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reader.body.blocks import Cell, Style, Table, Text
from reader.gui.tables.sheet import Extract, sheet_of
from reader.gui.tables.window import TableWindow
from reader.gui.window import Window
from reader.model import Article

MARKDOWN = """
| Name | Size | Site |
| --- | ---: | --- |
| beta | 10 | [two](https://example.org/2) |
| alpha | 9 | `code` |
| gamma | 1,000 | =SUM(A1) |
"""


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., Window], add: Callable[..., Article]) -> Window:
    add("One", MARKDOWN)
    made = make_window()
    qtbot.waitUntil(lambda: made.viewer.document_ready)
    return made


@pytest.fixture
def table(qtbot: QtBot, window: Window) -> TableWindow:
    window.controllers.page.tables.open_nearest()
    qtbot.waitUntil(lambda: bool(window.findChildren(TableWindow)))
    return window.findChildren(TableWindow)[0]


def _shown(table: TableWindow, column: int = 0) -> list[str]:
    model = table.model
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_a_head_sorts_up_down_and_back(table: TableWindow) -> None:
    assert _shown(table) == ["beta", "alpha", "gamma"]
    table.sort(1)
    assert _shown(table, 1) == ["9", "10", "1,000"]
    table.sort(1)
    assert _shown(table, 1) == ["1,000", "10", "9"]
    table.sort(1)
    assert _shown(table) == ["beta", "alpha", "gamma"]
    table.sort(0)
    table.natural.click()
    assert _shown(table) == ["beta", "alpha", "gamma"]


def test_the_filter_keeps_rows_with_all_words(table: TableWindow) -> None:
    table.filter.setText("ALPHA code")
    assert _shown(table) == ["alpha"]
    assert table.count.text() == "1 of 3 rows"
    table.filter.setText("nothing of this")
    assert _shown(table) == []
    assert table.model.headerData(0, Qt.Orientation.Horizontal) == "Name"


def test_cells_are_copied_in_every_form(table: TableWindow) -> None:
    model, flag = table.model, QItemSelectionModel.SelectionFlag.Select
    table.cells.selectionModel().select(QItemSelection(model.index(0, 1), model.index(1, 2)), flag)
    table.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "10\ttwo\n9\tcode"
    assert "[two](https://example.org/2)" in bytes(data.data("text/markdown").data()).decode()
    assert '<a href="https://example.org/2">two</a>' in data.html()
    QGuiApplication.clipboard().clear()


def test_all_of_it_is_saved_as_it_is_shown(
    table: TableWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "table.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    table.sort(0)
    table.save.click()
    assert file.read_text("utf-8-sig").splitlines() == [
        "Name,Size,Site", "alpha,9,code", "beta,10,two", 'gamma,"1,000", =SUM(A1)',
    ]  # fmt: skip
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no/x"), ""))
    table.save.click()
    assert "could not be saved" in table.messages.text()


def test_return_on_a_cell_opens_its_link(table: TableWindow) -> None:
    links: list[str] = []
    table.link_wanted.disconnect()
    table.link_wanted.connect(links.append)
    for row in (0, 1):
        table.cells.opened.emit(table.model.index(row, 2))
    assert links == ["https://example.org/2"]


def test_merged_cells_are_in_each_row_and_in_one_column() -> None:
    def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
        return Cell((Text(text, Style.CODE),), columns=columns, rows=rows)

    rows = ((cell("a", rows=2), cell("b", columns=2)), (cell("c"), cell("d")), (cell("e"),))
    sheet = sheet_of(Table(rows), lambda *_: None)
    assert [line.texts for line in sheet.lines] == [
        ("a", "b", ""), ("a", "c", "d"), ("e", "", ""),
    ]  # fmt: skip
    assert sheet.names == ("1", "2", "3")
    assert Extract(sheet.lines, (0, 2)).as_text() == "a\t\na\td\ne\t"
