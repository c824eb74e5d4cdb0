"""What the command line says: lists in columns, reports, and nothing a terminal would obey."""

import io
import json
import sys

import pytest

from reader.commands import terminal
from reader.library.library import Library
from reader.model import Clipping, ImportResult, ImportRow, Outcome
from reader.reasons import Reason, Remark


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("", 3, "   "), ("ab", 4, "ab  "), ("abc", 4, "abc "), ("abcd", 4, "abc…"),
        ("abcde", 4, "abc…"),
        ("山川", 5, "山川 "), ("山川草", 5, "山川…"), ("山川草", 4, "山… "),
        ("e\u0301e", 3, "e\u0301e "),
        ("e\u0301e\u0301x", 3, "e\u0301e\u0301…"), ("ＡＢ", 4, "Ａ… "),
    ],
)  # fmt: skip
def test_a_text_is_fitted_into_columns(text: str, columns: int, shown: str) -> None:
    assert terminal.fitted(text, columns) == shown


def test_what_a_terminal_would_obey_is_shown_as_a_sign() -> None:
    assert terminal.safe("a\x1b[2Jb\x07\u202ec\x9b\n\td é山") == "a�[2Jb��c�\n\td é山"


def test_a_list_is_a_line_for_each_in_columns(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(8):
        library.add(Clipping(f"https://a.example/{number}", f"T{number}", html="<p>x"))
    long = Clipping("https://b.example/", "x" * 60, html="<p>y", site="b.example", words=2380)
    for clipping in (
        long, Clipping("", "By\x1bline", html="<p>z", byline="Ann Able", words=1),
        Clipping("https://w.example/", "Waits", site="w.example"),
    ):  # fmt: skip
        library.add(clipping)
    library.set_favourite([9], True)
    library.reading_log.count_view(10)
    rows = library.rows_of([9, 10, 11])
    terminal.print_rows(rows)
    said = capsys.readouterr().out.split("\n")
    assert said == [
        f" 9 •★ {'x' * 51}… {'b.example':22} {'10 min':>10}",
        f"10    {'By�line':52} {'Ann Able':22} {'1 min':>10}",
        f"11 •  {'Waits':52} {'w.example':22} {'waiting':>10}", "",
    ]  # fmt: skip
    terminal.print_rows(rows * 4, numbered=True)
    said = capsys.readouterr().out.split("\n")
    assert [each[:8] for each in (said[0], said[11])] == [" 1.  9 •", "12. 11 •"]


def _error(sentence: str) -> tuple[Remark, ...]:
    return (Remark(Reason.ERROR, text=sentence),)


def _result() -> ImportResult:
    return ImportResult(
        (
            ImportRow("a.md", Outcome.ADDED, 1),
            ImportRow("b\x1b", Outcome.FAILED, 0, _error("It is gone.")),
            ImportRow("c.md", Outcome.UNCHANGED, 2, _error("It is here.")),
        )
    )


def test_what_came_of_things_is_told_row_by_row(capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.print_result(_result()) == 1
    said = capsys.readouterr()
    assert said.err == "reader: b�: It is gone.\nc.md: It is here.\n"
    assert said.out == f"{_result()}.\n"
    assert terminal.print_result(ImportResult(_result().rows[::2]), as_json=True) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(x["name"], x["outcome"], x["article"], x["note"]) for x in rows] == [
        ("a.md", "added", 1, ""), ("c.md", "unchanged", 2, "It is here."),
    ]  # fmt: skip


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_report_is_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, said in (
        (_Terminal(), f"\r\x1b[K1/2 a�{'x' * 68}\r\x1b[Kb\r\x1b[K"), (io.StringIO(), ""),
    ):  # fmt: skip
        monkeypatch.setattr(sys, "stderr", stream)
        terminal.report(1, 2, "a\x1b" + "x" * 99)
        terminal.report(1, 0, "b")
        terminal.clear_report()
        assert stream.getvalue() == said


@pytest.mark.parametrize("as_json", [False, True])
def test_the_progress_goes_before_anything_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    screen = _Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(sys, "stdout", screen)
    terminal.report(1, 2, "a.md")
    terminal.print_result(_result(), as_json=as_json)
    progress, _, told = screen.getvalue().removeprefix("\r\x1b[K").partition("\r\x1b[K")
    assert progress == "1/2 a.md"
    assert told.startswith("[" if as_json else "reader: b�: It is gone.\n")
    assert "\x1b" not in told


def test_json_is_whole_and_readable(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.print_json({"a": "é", "b": [1]})
    assert capsys.readouterr().out == '{\n "a": "é",\n "b": [\n  1\n ]\n}\n'
