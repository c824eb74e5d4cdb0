"""What is done with copies is in the history too: a restored library, a merged copy, a repair."""

import shutil
from pathlib import Path

from tests.library.history.test_changes import filled

from reader import phrases
from reader.library import conflicts
from reader.library.backup import restoring
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.repair import rescue
from reader.steps import Standing, Wanted


def newest(folder: Path) -> tuple[str, Standing]:
    """Return the newest entry of the history of a library."""
    with Library.open(folder) as library:
        entry = library.history.steps(Wanted(limit=1))[0]
    return phrases.step(entry.label), entry.standing


def test_a_restored_library_tells_when_it_was_restored(tmp_path: Path) -> None:
    with filled(tmp_path, 2) as library:
        library.set_title(1, "New")
        copy = library.backups.take(Reason.ASKED)
        library.set_title(2, "Later")
    restoring.restore_library(copy, tmp_path)
    assert newest(tmp_path) == ("Restored from a copy: 2 articles", Standing.EVENT)
    with Library.open(tmp_path) as library:
        assert library.history.undo_text() == "Renamed “Old”"


def test_a_merged_conflict_copy_is_named(tmp_path: Path) -> None:
    filled(tmp_path, 2).close()
    theirs = tmp_path / "library (conflicted copy).db"
    shutil.copy(tmp_path / "library.db", theirs)
    conflicts.merge(tmp_path, theirs)
    assert newest(tmp_path) == (f"Merged the copy “{theirs.name}”", Standing.EVENT)


def test_a_repair_is_an_event(tmp_path: Path) -> None:
    with filled(tmp_path, 20) as library:
        library.set_title(1, "New")
    file = tmp_path / "library.db"
    content = bytearray(file.read_bytes())
    content[:100] = b"\0" * 100
    file.write_bytes(content)
    rescue.mend(file, with_loss=True)
    assert newest(tmp_path) == ("Repaired the library", Standing.EVENT)
