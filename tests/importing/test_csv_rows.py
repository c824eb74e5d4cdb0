from pathlib import Path

import pytest
from tests.importing.exports import items

from reader.reasons import Reason

HEADER = "title,url,time_added,tags,status\n"
GOOD = "Good,https://example.org/g,1600000000,,unread\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_tables_of_any_encoding_are_read(
    tmp_path: Path, encoding: str, sign: str, end: str
) -> None:
    text = HEADER + "“Café” – noir,https://example.org/a,1600000000,x|y,archive\n"
    found = items(tmp_path, text.replace(",", sign).replace("\n", end).encode(encoding))
    assert found.key == "pocket"
    assert [entry.clipping.title for entry in found.entries] == ["“Café” – noir"]
    assert found.lines == [2]


def test_a_line_may_name_the_delimiter(tmp_path: Path) -> None:
    text = "sep=;\r\n" + (HEADER + GOOD).replace(",", ";")
    found = items(tmp_path, text)
    assert found.key == "pocket"
    assert found.lines == [3]


def test_names_of_columns_count_and_not_their_order(tmp_path: Path) -> None:
    found = items(
        tmp_path, "STATUS,Tags,cursor,URL,Title,time_added\narchive,t,,https://a.org/,A,1\n"
    )
    entry = found.entries[0]
    assert (entry.clipping.title, entry.clipping.tags, str(entry.state)) == ("A", ("t",), "archive")


def test_broken_bytes_spoil_nothing_else(tmp_path: Path) -> None:
    rows = (
        "😀 é,https://example.org/a,1,,unread\n".encode() + b"Caf\xe9,https://example.org/b,1,,\n"
    )
    found = items(tmp_path, HEADER.encode() + rows)
    assert [entry.clipping.title for entry in found.entries] == ["😀 é", "Café"]


def test_rows_begin_at_lines_of_the_file(tmp_path: Path) -> None:
    text = HEADER + '"two\nlines, ""quoted""",https://example.org/a,1,,unread\n\n\n' + GOOD
    found = items(tmp_path, text)
    assert [entry.clipping.title for entry in found.entries] == ['two lines, "quoted"', "Good"]
    assert found.lines == [2, 6]


@pytest.mark.parametrize("after", [0, 1, 300])
def test_an_open_quotation_swallows_no_row(tmp_path: Path, after: int) -> None:
    broken = '"Broken,https://example.org/b,1600000000,,unread\n'
    text = HEADER + GOOD + broken + GOOD * after + '"Q, q",https://example.org/q,1,,\n'
    found = items(tmp_path, text)
    assert found.lines == list(range(2, 5 + after))
    remarks = [entry.remarks for entry in found.entries if entry.remarks]
    assert [remark.reason for (remark,) in remarks] == [Reason.OPEN_QUOTE]
    assert found.entries[1].clipping.url == "https://example.org/b"


def test_an_open_quotation_that_cannot_be_mended_is_listed(tmp_path: Path) -> None:
    found = items(tmp_path, HEADER + GOOD + '"Bread, slowly: a\n' + GOOD)
    assert found.lines == [2, 4]
    assert [(each.where.line, each.remark.reason) for each in found.unread] == [
        (3, Reason.OPEN_QUOTE)
    ]


def test_quotation_marks_that_open_on_every_line_end_soon(tmp_path: Path) -> None:
    found = items(tmp_path, HEADER + 'a","x\n' * 3000)
    assert len(found.entries) + len(found.unread) == 3000


def test_cells_may_be_as_long_as_articles(tmp_path: Path) -> None:
    found = items(tmp_path, HEADER + "x" * 200_000 + ",https://example.org/a,1,,unread\n" + GOOD)
    assert found.lines == [2, 3]


def test_rows_with_more_cells_or_fewer_are_read(tmp_path: Path) -> None:
    found = items(tmp_path, HEADER + "t,https://a.org/,1,,archive,extra,extra\nu,https://b.org/\n")
    assert [str(entry.state) for entry in found.entries] == ["archive", "queue"]


@pytest.mark.parametrize("nothing", ["", "\n\n", HEADER, "x", "\0" * 50])
def test_there_may_be_no_rows(tmp_path: Path, nothing: str) -> None:
    assert items(tmp_path, nothing).entries == []
