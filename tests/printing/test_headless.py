"""Printing without a window: one file or many, with progress, stopped and in trouble."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from tests.printing.conftest import MakeArticle

from reader import phrases
from reader.errors import ReaderError
from reader.model import Article, Outcome
from reader.printing.headless import print_book, print_each
from reader.printing.piece import entry_of
from reader.sheet import Sheet


@pytest.fixture
def find(article: MakeArticle) -> Callable[[int], Article]:
    def found(id: int) -> Article:
        if id > 3:
            raise ReaderError(f"There is no article {id}.")
        return article(f"Words of {id}. " * 40, id=id, title="Same" if id > 1 else "First")

    return found


def _nothing(_: str) -> Path | None:
    return None


def test_a_book_is_written_and_its_pages_are_counted(
    find: Callable[[int], Article], tmp_path: Path
) -> None:
    told: list[tuple[int, int, str]] = []
    entries = [entry_of(find(id)) for id in (1, 2)]
    count, _ = print_book(
        entries, find, _nothing, tmp_path / "a.pdf", Sheet(), title="Both",
        report=lambda *step: told.append(step),
    )  # fmt: skip
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) == count == 4
        assert str(pdf.docinfo["/Title"]) == "Both"
    pages = [step for step in told if step[2].startswith("Page ")]
    assert [step[:2] for step in pages] == [(n, 4) for n in range(1, 5)]
    assert (0, 2, "First") in told
    assert told[-1][:2] == (4, 4)


def test_stopping_a_book_leaves_nothing(find: Callable[[int], Article], tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, _total: int, text: str) -> None:
        if text.startswith("Page") and done == 2:
            raise Stopped

    entries = [entry_of(find(id)) for id in (1, 2)]
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(Stopped):
        print_book(entries, find, _nothing, folder / "a.pdf", Sheet(), report=stop)
    assert list(folder.iterdir()) == []


def test_each_has_a_file_of_its_own_and_a_row(
    find: Callable[[int], Article], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    told: list[tuple[int, int, str]] = []
    result = print_each(
        [1, 2, 9, 3], find, _nothing, folder, Sheet(), template="{number} {title}",
        report=lambda *step: told.append(step),
    )  # fmt: skip
    assert sorted(each.name for each in folder.iterdir()) == [
        "001 First.pdf", "002 Same.pdf", "004 Same.pdf",
    ]  # fmt: skip
    rows = result.rows
    assert [row.outcome for row in rows] == [
        Outcome.ADDED, Outcome.ADDED, Outcome.FAILED, Outcome.ADDED,
    ]  # fmt: skip
    assert [row.article for row in rows] == [1, 2, 9, 3]
    assert [Path(row.name).name for row in rows] == [
        "001 First.pdf", "002 Same.pdf", "9", "004 Same.pdf",
    ]  # fmt: skip
    assert "no article 9" in phrases.remarks(rows[2].remarks)
    assert {step[:2] for step in told} == {(0, 4), (1, 4), (3, 4)}


_PRINT = """
import sys
from pathlib import Path
from reader.printing.headless import print_each
from reader.sheet import Sheet
result = print_each([], None, None, Path(sys.argv[1]), Sheet())
print(len(result.rows))
"""


def test_no_screen_is_needed(tmp_path: Path) -> None:
    screens = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    plain = {name: value for name, value in os.environ.items() if name not in screens}
    command = [sys.executable, "-c", _PRINT, str(tmp_path)]
    ran = subprocess.run(command, env=plain, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "0\n"), ran.stderr


def test_two_of_a_title_do_not_meet(find: Callable[[int], Article], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    print_each([2, 3], find, _nothing, folder, Sheet())
    assert sorted(each.name for each in folder.iterdir()) == ["Same 2.pdf", "Same.pdf"]
