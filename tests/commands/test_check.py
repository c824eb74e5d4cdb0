"""A check tells what is damaged, where and since when, heals, and can be asked by scripts."""

import json
from pathlib import Path

import apsw
import pytest
from tests.commands.running import Capsys, Lines, Run, output, trouble
from tests.damaging import flip, unheard

LINES: Lines = [
    ("check", lambda seen: (seen.code, seen.out), (0, "The library is whole.\n")),
    ("check --no-heal", lambda seen: (seen.code, seen.out), (0, "The library is whole.\n")),
    ("check --json", lambda seen: json.loads(seen.out),
     {"whole": True, "damage": [], "damaged": [], "healed": []}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_a_whole_library_is_said_to_be_whole(
    run: Run, line: str, ask: object, wanted: object
) -> None:
    assert ask(run(line)) == wanted  # type: ignore[operator]


def _file(run: Run) -> Path:
    return run("list").library.folder / "library.db"


def test_what_is_certain_is_healed_and_told(run: Run) -> None:
    file = _file(run)
    assert flip(file, "article", "title")
    seen = run("check --no-heal")
    assert seen.code == 1
    assert "Fields of articles were damaged on the disk" in seen.out
    assert "first seen" in seen.out
    seen = run("check")
    assert (seen.code, seen.out) == (0, "1 field was restored.\nThe library is whole.\n")
    assert run("check").out == "The library is whole.\n"


def test_what_is_not_certain_is_told_with_its_place_and_its_time(run: Run) -> None:
    file = _file(run)
    run("check")
    with apsw.Connection(str(file)) as disk, unheard(disk):
        disk.execute("UPDATE content SET source_type = 'what the disk made of it'")
    seen = run("check --json")
    told = json.loads(seen.out)
    assert (seen.code, told["whole"]) == (1, False)
    item = told["damaged"][0]
    assert (item["kind"], item["table"], item["columns"]) == ("source", "content", ["source_type"])
    assert item["article"] and item["first_seen"] and item["whole_at"] and item["remedy"]
    assert "whole" in run("check").out.splitlines()[-1]


def test_of_a_library_that_does_not_open_it_is_said_what_can_be_read(
    run: Run, capsys: Capsys
) -> None:
    file = _file(run)
    check = ("--library", str(file.parent), "check")
    data = bytearray(file.read_bytes())
    data[:100] = bytes(100)
    file.write_bytes(data)
    assert "4 articles of 4 can be read whole. “reader repair”" in output(capsys, *check, code=1)
    assert json.loads(output(capsys, *check, "--json", code=1))["whole"] is False


def test_a_file_that_never_was_a_library_is_not_checked(run: Run, capsys: Capsys) -> None:
    file = _file(run)
    file.write_bytes(b"something else" * 1000)
    assert "left as it" in trouble(capsys, "--library", str(file.parent), "check")
