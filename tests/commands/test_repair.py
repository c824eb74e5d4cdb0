"""A damaged library is examined and repaired."""

import shutil
from pathlib import Path

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run
from tests.damaging import overwrite, pages

from reader import instance
from reader.cli import main
from reader.commands import repair
from reader.library.library import Library
from reader.library.repair.salvaged import Source
from reader.model import Clipping

WHOLE = "The library is whole; nothing is damaged.\n"
LINES: Lines = [
    ("repair", lambda x: (x.code, x.out), (0, WHOLE)),
    ("repair --yes", lambda x: (x.code, x.out), (0, WHOLE)),
]


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_every_source_of_a_repair_has_words() -> None:
    assert set(repair._SOURCES) == set(Source)


@pytest.fixture
def folder(four_articles: Path, tmp_path: Path) -> Path:
    """Return the library of four articles, with a copy."""
    folder = Path(shutil.copytree(four_articles, tmp_path / "library"))
    with Library.open(folder) as library:
        library.set_title(1, "Alpha and more")
    assert main(["--library", str(folder), "backup"]) == 0
    return folder


def _repair(folder: Path, capsys: Capsys, *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["--library", str(folder), "repair", *words])
    return code, *capsys.readouterr()


def _damage(folder: Path, owner: str) -> bytes:
    file = folder / "library.db"
    found = [each for each in pages(file) if (each.owner, each.kind) == (owner, "leaf")]
    overwrite(file, found[-1].number, seed=1)
    return file.read_bytes()


def test_a_damaged_index_is_repaired_without_a_question(folder: Path, capsys: Capsys) -> None:
    damaged = _damage(folder, "queue_by_standing")
    code, out, error = _repair(folder, capsys)
    assert (code, error) == (0, "")
    assert "An index of the library is damaged" in out
    assert "4 of 4 articles" in out or "4 articles of 4" in out
    (aside,) = folder.glob("library-damaged-*.db")
    assert aside.read_bytes() == damaged
    assert str(aside) in out
    assert _repair(folder, capsys) == (0, WHOLE, "")


def test_parts_that_are_lost_are_left_out_only_if_that_is_agreed_to(
    folder: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder / "backups")
    damaged = _damage(folder, "change")
    code, _, error = _repair(folder, capsys)
    assert code == 1
    assert "say “--yes”" in error
    assert (folder / "library.db").read_bytes() == damaged
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: "n")
    code, out, _ = _repair(folder, capsys)
    assert code == 1
    assert out.endswith("Nothing was changed.\n")
    assert (folder / "library.db").read_bytes() == damaged
    monkeypatch.setattr("builtins.input", lambda _: "y")
    code, out, _ = _repair(folder, capsys)
    assert code == 0
    assert "The library is repaired." in out
    assert any(each.read_bytes() == damaged for each in folder.glob("library-damaged-*"))


def test_a_file_in_which_nothing_can_be_read_is_replaced_by_the_newest_copy(
    folder: Path, capsys: Capsys
) -> None:
    file = folder / "library.db"
    file.write_bytes(b"nothing at all " * 1000)
    before = file.read_bytes()
    code, _, error = _repair(folder, capsys)
    assert code == 1
    assert "reader repair --yes" in error
    assert file.read_bytes() == before
    code, out, _ = _repair(folder, capsys, "--yes")
    assert code == 0
    assert "Restored the copy of" in out
    assert any(each.read_bytes() == before for each in folder.glob("library-damaged-*"))
    with Library.open(folder, create=False) as library:
        assert library.article(1).title == "Alpha and more"


def test_without_a_copy_the_file_is_left_as_it_is(folder: Path, capsys: Capsys) -> None:
    shutil.rmtree(folder / "backups")
    (folder / "library.db").write_bytes(b"nothing at all " * 1000)
    code, _, error = _repair(folder, capsys, "--yes")
    assert code == 1
    assert error.endswith(".\n")
    assert (folder / "library.db").read_bytes() == b"nothing at all " * 1000


def test_a_library_that_a_window_has_open_is_left_alone(
    folder: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    tmp_path.chmod(0o700)
    damaged = _damage(folder, "article")
    with instance.alone(folder):
        code, _, error = _repair(folder, capsys, "--yes")
    assert code == 1
    assert "close the window" in error
    assert (folder / "library.db").read_bytes() == damaged


@pytest.mark.parametrize("is_there", [True, False])
def test_a_library_that_is_gone_comes_back_from_its_newest_copy(
    folder: Path, capsys: Capsys, is_there: bool
) -> None:
    file = folder / "library.db"
    file.write_bytes(b"") if is_there else file.unlink()
    assert main(["--library", str(folder), "list"]) == 1
    assert "reader restore newest" in capsys.readouterr().err
    assert _repair(folder, capsys, "--yes")[0] == 0
    with Library.open(folder, create=False) as library:
        assert library.counts().total == 4


def test_a_conflict_copy_of_a_sync_program_is_merged(
    folder: Path, capsys: Capsys, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    with Library.open(other) as library:
        library.add(Clipping("https://elsewhere.example/", "Elsewhere", html="<p>Text.</p>"))
    conflict = folder / "library (conflicted copy 2026-11-29).db"
    shutil.copy(other / "library.db", conflict)
    code, out, _ = _repair(folder, capsys)
    assert code == 0
    assert f"{conflict.name}: 1 article came in, 0 changed; kept as" in out
    assert not conflict.exists()
    with Library.open(folder, create=False) as library:
        assert library.find("https://elsewhere.example/")
