"""Libraries on drives: an absent drive is told, and never replaced by an empty library."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli import main


@pytest.fixture
def page(tmp_path: Path) -> str:
    (tmp_path / "one.md").write_text("# One\n\nText.\n")
    return str(tmp_path / "one.md")


def test_no_library_is_made_below_a_folder_that_is_not_there(
    tmp_path: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    library = tmp_path / "drive" / "library"
    for words in (["add", page], [], ["list"]):
        assert main(["--library", str(library), *words]) == 1
        assert str(tmp_path / "drive") in capsys.readouterr().err
    assert not (tmp_path / "drive").exists()
    (tmp_path / "drive").mkdir()
    assert main(["--library", str(library), "add", page]) == 0


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on another file system than the settings."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system")
    folder = Path(tempfile.mkdtemp(dir=memory))
    yield folder
    shutil.rmtree(folder)


def test_a_drive_that_is_not_connected_is_told(
    tmp_path: Path, drive: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mount = tmp_path / "mount"
    library = mount / "library"
    mount.symlink_to(drive)
    assert main(["--library", str(library), "add", page]) == 0
    mount.unlink()
    mount.mkdir()
    for words in (["add", page], []):
        capsys.readouterr()
        assert main(["--library", str(library), *words]) == 1
        assert "not connected" in capsys.readouterr().err
    assert list(mount.iterdir()) == []
    mount.rmdir()
    mount.symlink_to(drive)
    assert main(["--library", str(library), "list"]) == 0
    shutil.rmtree(drive / "library")  # by a person, who wants a new one
    assert main(["--library", str(library), "add", page]) == 0


@pytest.mark.parametrize("text", ["", "[]", '{"x": "y"}', "{", "\xff", "[" * 100_000])
def test_a_damaged_list_of_drives_is_an_empty_one(
    text: str, tmp_path: Path, page: str, home: Path
) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "libraries.json").write_text(text, "latin-1")
    assert main(["--library", str(tmp_path / "library"), "add", page]) == 0
