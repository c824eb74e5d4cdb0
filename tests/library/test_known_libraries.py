"""A library whose drive is missing is told, and not begun anew in its place."""

import shutil
import stat
from pathlib import Path

import pytest

from reader import cli, paths
from reader.errors import LibraryError
from reader.library import known_libraries
from reader.library.library import Library
from reader.model import Clipping


def filled(folder: Path) -> Path:
    with known_libraries.opened(folder) as library:
        library.add(Clipping("https://example.org/1"))
        known_libraries.remember(library)
    return folder


@pytest.mark.parametrize("left", ["nothing", "a mount point", "an empty file"])
def test_a_library_that_is_gone_is_not_begun_anew(tmp_path: Path, left: str) -> None:
    folder = filled(tmp_path / "library")
    shutil.rmtree(folder)
    if left != "nothing":
        folder.mkdir()
    if left == "an empty file":
        (folder / "library.db").touch()
    before = sorted(folder.rglob("*"))
    with pytest.raises(LibraryError, match="is missing"):
        known_libraries.opened(folder)
    assert sorted(folder.rglob("*")) == before
    assert folder.exists() == (left != "nothing")
    paths.libraries_file().unlink()  # as the sentence says
    known_libraries.opened(folder).close()


def test_a_library_that_comes_back_is_opened(tmp_path: Path) -> None:
    folder = filled(tmp_path / "library")
    folder.rename(tmp_path / "away")
    with pytest.raises(LibraryError, match="connect that"):
        known_libraries.opened(folder)
    (tmp_path / "away").rename(folder)
    with known_libraries.opened(folder) as library:
        assert library.counts().total == 1


def test_no_library_is_made_below_a_folder_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.md").write_text("# One\n\nText.\n")
    library, page = tmp_path / "drive" / "library", str(tmp_path / "one.md")
    for words in (["add", page], ["list"]):
        assert cli.main(["--library", str(library), *words]) == 1
        assert str(tmp_path / "drive") in capsys.readouterr().err
    assert not (tmp_path / "drive").exists()
    (tmp_path / "drive").mkdir()
    assert cli.main(["--library", str(library), "add", page]) == 0


def test_nobody_misses_an_empty_library(tmp_path: Path) -> None:
    known_libraries.opened(tmp_path / "library").close()
    shutil.rmtree(tmp_path / "library")
    known_libraries.opened(tmp_path / "library").close()
    assert not paths.libraries_file().exists()


@pytest.mark.parametrize("text", ["", "{}", "[1, null]", "[" * 100_000, "\xff", "null"])
def test_a_note_that_is_damaged_is_in_nobodys_way(tmp_path: Path, text: str) -> None:
    file = paths.libraries_file()
    file.parent.mkdir(parents=True)
    file.write_text(text, "latin-1")
    folder = filled(tmp_path / "library")
    shutil.rmtree(folder)
    with pytest.raises(LibraryError):
        known_libraries.opened(folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_commands_tell_that_a_library_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "a.md"
    article.write_text("# Title\n\nText.\n")
    for folder in ("one", "two"):
        assert cli.main(["--library", str(tmp_path / folder), "add", str(article)]) == 0
    shutil.rmtree(tmp_path / "one")
    for command in (["add", str(article)], ["list"], ["tag", "1", "--add", "x"]):
        capsys.readouterr()
        assert cli.main(["--library", str(tmp_path / "one"), *command]) == 1
        assert "is missing" in capsys.readouterr().err
        assert not (tmp_path / "one").exists()
    with Library.open(tmp_path / "two", create=False) as library:
        assert library.counts().total == 1
