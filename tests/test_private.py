"""What is made for the owner alone is so under any umask, and what exists is put right."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import private

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only POSIX knows modes")


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_new_files_and_folders_are_the_owners_alone(tmp_path: Path, umask: int) -> None:
    folder = tmp_path / "a" / "b"
    private.make_folder(folder)
    private.make_folder(folder)
    assert (mode(folder), mode(folder.parent)) == (0o700, 0o700)
    private.make_file(folder / "empty")
    with open(folder / "written", "w", opener=private.opener) as out:
        out.write("text")
    assert {mode(each) for each in folder.iterdir()} == {0o600}
    with pytest.raises(FileExistsError):
        private.make_file(folder / "written")


def test_what_exists_is_protected_and_keeps_the_owners_permissions(tmp_path: Path) -> None:
    for name, before, after in (
        ("open", 0o644, 0o600),
        ("run", 0o775, 0o700),
        ("ro", 0o444, 0o400),
    ):
        file = tmp_path / name
        file.touch()
        file.chmod(before)
        private.protect(file)
        assert mode(file) == after
    private.protect(tmp_path / "missing")


def test_a_folder_cannot_be_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError):
        private.make_folder(tmp_path / "file" / "folder")
