"""The files of a library: its own, and nothing that lies beside them."""

from pathlib import Path

import pytest

from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.moving.folders import files, usage
from reader.library.store import access


def test_the_files_are_those_of_the_library_and_nothing_else(new_library: Path) -> None:
    (new_library / "images").mkdir()
    for name in (
        "images/a.png", "images/a.png.12.34.new", "rules.txt", "deleted.log", "library-before-3.db",
        "library-damaged-2026-01-02.db", "library.db-is-damaged", "mine.txt", "library.db-moved",
        "library.db.new", "library.db-wal",
    ):  # fmt: skip
        (new_library / name).write_text("x")
    found = {str(file.relative_to(new_library)) for file in files(new_library)}
    assert found == {
        "images/a.png", "rules.txt", "deleted.log", "library-before-3.db",
        "library-damaged-2026-01-02.db", "library.db-is-damaged",
    }  # fmt: skip


def test_a_folder_that_is_not_there_takes_nothing(tmp_path: Path) -> None:
    assert usage(tmp_path / "none").total == 0


def test_copies_count_without_the_pictures_that_they_share(library: Library) -> None:
    library.keep_picture(b"x" * 5000, "png")
    before = usage(library.folder)
    copy = library.backups.take(Reason.ASKED)
    after = usage(library.folder)
    assert after.pictures == before.pictures == 5000
    assert after.copies - before.copies == copy.new_bytes
    next((library.folder / "images").iterdir()).unlink()
    assert usage(library.folder).copies == after.copies + 5000


@pytest.mark.parametrize("state", ["damaged", "replaced"])
def test_a_file_that_is_kept_aside_goes_along(new_library: Path, state: str) -> None:
    for number in range(2):
        aside = access.aside(new_library / "library.db", state)
        aside.write_text(f"{number}")
    assert len([*files(new_library)]) == 2
