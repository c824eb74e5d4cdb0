"""When a copy is due, and which one a name means."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.library.backup.conftest import fill, titles
from tests.library.conftest import add_text

from reader.errors import LibraryError, NotCopied
from reader.ingest import reprocess, save, web
from reader.library.backup import backups as backups_
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.model import State

_HOUR = 3600


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give the time of the copies, to be set."""
    now = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def test_it_is_due_after_changes_and_half_an_hour(large: Library, clock: list[float]) -> None:
    assert large.backups.is_due()
    copy = large.backups.take_if_due()
    assert copy and copy.reason is Reason.CHANGES
    assert not large.backups.is_due()
    clock[0] += _HOUR
    assert not large.backups.is_due()
    assert large.backups.take_if_due() is None
    large.set_title(1, "New")
    assert large.backups.is_due()
    clock[0] -= _HOUR - 60
    assert not large.backups.is_due()


def test_a_copy_that_took_long_is_followed_by_a_longer_rest(
    large: Library, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    large.backups.take(Reason.ASKED)
    large.set_title(1, "New")
    monkeypatch.setattr(backups_, "_REST", (0, 1e9))
    clock[0] += _HOUR
    assert not large.backups.is_due()


def test_a_clock_that_was_wrong_neither_stops_copies_nor_makes_them_all_the_time(
    large: Library, clock: list[float]
) -> None:
    clock[0] += 4000 * 86_400
    future = large.backups.take(Reason.ASKED)
    clock[0] -= 4000 * 86_400
    large.set_title(1, "New")
    assert large.backups.is_due()
    large.backups.take_if_due()
    large.set_title(1, "Newer")
    assert not large.backups.is_due()
    assert len(large.backups.all()) == 2
    assert titles(large, future) == ["Title 0", "Title 1"]


def test_before_a_change_a_copy_is_taken_unless_the_newest_has_it_all(large: Library) -> None:
    first = large.backups.before(Reason.BULK)
    assert first is not None
    assert large.backups.before(Reason.TRASH) is None
    assert not large.backups.state().has_changed
    large.set_title(1, "New")
    assert large.backups.state().has_changed
    assert large.backups.before(Reason.TRASH) is not None


def test_after_a_restart_it_is_known_that_nothing_changed(new_library: Path) -> None:
    with Library.open(new_library) as library:
        fill(library, 10)
        library.backups.take(Reason.ASKED)
    with Library.open(new_library) as library:
        assert library.backups.before(Reason.BULK) is None


def test_the_state_adds_up(large: Library) -> None:
    assert large.backups.state().newest is None
    first = large.backups.take(Reason.ASKED)
    large.set_title(1, "New")
    second = large.backups.take(Reason.ASKED)
    state = large.backups.state()
    assert (state.newest, state.count, state.limit) == (second, 2, 2 << 30)
    assert first.size <= state.size < first.size + 1_000_000
    large.backups.use_limit(5)
    assert large.backups.state().limit == 5_000_000


def test_beyond_the_limit_the_oldest_go_but_never_the_newest(large: Library) -> None:
    large.backups.use_limit(1)
    for number in range(3):
        large.set_title(1, f"New {number}")
        newest = large.backups.take(Reason.ASKED)
        assert large.backups.all() == [newest]
    assert titles(large, newest) == ["New 2", "Title 1"]


def test_before_a_copy_is_restored_no_old_one_is_deleted(large: Library) -> None:
    oldest = large.backups.take(Reason.ASKED)
    large.backups.use_limit(1)
    large.set_title(1, "New")
    large.backups.before(Reason.RESTORE)
    assert titles(large, oldest) == ["Title 0", "Title 1"]


def test_a_copy_is_found_by_id_beginning_path_and_newest(large: Library, tmp_path: Path) -> None:
    first = large.backups.take(Reason.ASKED)
    large.set_title(1, "New")
    second = large.backups.take(Reason.ASKED)
    find = large.backups.find
    assert find("newest") == find(second.id) == find(str(second.file)) == second
    assert find(first.id) == first
    with pytest.raises(LibraryError, match="several"):
        find(first.id[:5])
    for name in ("", "nothing", "newest1", "/none/x.copy"):
        with pytest.raises(LibraryError, match="no copy"):
            find(name)
    large.backups.write_out(first, tmp_path / "plain.db")
    found = find(str(tmp_path / "plain.db"))
    assert (found.reason, found.articles) == (Reason.FOUND, 2)
    assert titles(large, found) == ["Title 0", "Title 1"]
    (tmp_path / "other.db").write_text("no database")
    with pytest.raises(LibraryError, match="is no copy"):
        find(str(tmp_path / "other.db"))


def test_without_a_copy_that_is_said(library: Library) -> None:
    with pytest.raises(LibraryError, match="no copy of the library yet"):
        library.backups.find("newest")


def test_plain_files_beside_the_library_count_as_copies(large: Library) -> None:
    beside = large.folder / "library-before-0009.db"
    large.backup(beside)
    os.utime(beside, (1, 1))
    (large.folder / "library-cut.db").write_bytes(beside.read_bytes()[:50_000])
    newest = large.backups.take(Reason.ASKED)
    assert [each.file for each in large.backups.all()] == [newest.file, beside]
    found = large.backups.find("library-before")
    assert (found.reason, titles(large, found)) == (Reason.FOUND, ["Title 0", "Title 1"])
    large.backups.write_out(found, large.folder / "out.db")
    (large.folder / "out.db").unlink()
    large.backups.delete(found)
    assert large.backups.all() == [newest]


# ---- before changes

_MANY = 100


@pytest.fixture
def many(library: Library) -> list[int]:
    """Fill the library with many articles, and take no copy of them yet."""
    with library.together():
        return [add_text(library, f"Text {number}", tags=("old",)) for number in range(_MANY)]


_BULK: dict[str, Callable[[Library, list[int]], object]] = {
    "archive": lambda library, ids: library.set_state(ids, State.ARCHIVE),
    "favourite": lambda library, ids: library.set_favourite(ids, True),
    "tag": lambda library, ids: library.tags.add(ids, "new"),
    "untag": lambda library, ids: library.tags.remove(ids, "old"),
    "tags": lambda library, ids: library.tags.change(ids, ["new"], ["old"]),
    "rename_tag": lambda library, _: library.tags.rename("old", "new"),
    "delete_tag": lambda library, _: library.tags.delete("old"),
    "extract_again": lambda library, ids: reprocess.extract_again(library, ids),
}


@pytest.mark.parametrize("verb", _BULK)
def test_before_a_change_of_many_articles_a_copy_is_taken(
    library: Library, many: list[int], verb: str
) -> None:
    _BULK[verb](library, many)
    (copy,) = library.backups.all()
    assert (copy.reason, copy.told) == (Reason.BULK, {"verb": verb, "count": _MANY})
    with library.backups.opened(copy) as connection:
        sql = "SELECT count(*) FROM article WHERE state = 'queue' AND favourite = 0"
        assert connection.execute(sql).get == _MANY
        assert connection.execute("SELECT name FROM tag").get == "old"


def test_before_a_change_of_few_none_is_taken_and_never_within_a_transaction(
    library: Library, many: list[int]
) -> None:
    library.set_state(many[1:], State.ARCHIVE)
    library.tags.add(many[1:], "new")
    with library.together():
        library.set_favourite(many, True)
    assert library.backups.all() == []


def test_shortly_after_a_copy_none_is_taken_before_what_can_be_undone(
    library: Library, many: list[int], clock: list[float]
) -> None:
    first = library.backups.take(Reason.ASKED)
    clock[0] += 50
    library.set_state(many, State.ARCHIVE)
    assert library.backups.all() == [first]
    clock[0] += 50
    said: list[str] = []
    library.set_state(many, State.QUEUE, report=lambda *each: said.append(each[2]))
    assert len(library.backups.all()) == 2
    assert said[0] == "Making a copy first"
    assert "Copying the library" not in said


def test_a_change_that_can_be_undone_goes_on_without_a_copy(
    library: Library, many: list[int]
) -> None:
    (library.folder / "backups").write_text("no folder")
    assert library.set_state(many, State.ARCHIVE) == _MANY


def test_before_many_files_or_addresses_are_added_a_copy_is_taken(
    library: Library, tmp_path: Path, clock: list[float]
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(_MANY):
        (folder / f"{number}.md").write_text(f"# Title {number}\n\nText.")
    save.add_paths(library, [folder])
    clock[0] += _HOUR
    web.add_addresses(library, [f"https://example.org/{number}" for number in range(_MANY)])
    told = [(each.reason, each.told, each.articles) for each in library.backups.all()]
    count = {"count": _MANY}
    assert told == [(Reason.IMPORT, count, _MANY), (Reason.IMPORT, count, 0)]


def test_before_articles_are_deleted_for_good_a_copy_is_taken(library: Library) -> None:
    ids = [add_text(library, f"Text {number}") for number in range(3)]
    library.set_state(ids, State.TRASH)
    assert library.trash.delete(ids[:1]) == 1
    assert library.trash.empty(0) == 2
    counts = [(each.reason, each.told["count"], each.articles) for each in library.backups.all()]
    assert counts == [(Reason.TRASH, 2, 2), (Reason.TRASH, 1, 3)]
    assert library.trash.empty(0) == 0
    assert len(library.backups.all()) == 2


def test_without_a_copy_nothing_is_deleted_for_good_unless_that_is_meant(
    library: Library,
) -> None:
    ids = [add_text(library, f"Text {number}") for number in range(3)]
    library.set_state(ids, State.TRASH)
    (library.folder / "backups").write_text("no folder")
    for delete in (library.trash.empty, lambda _: library.trash.delete(ids)):
        with pytest.raises(NotCopied, match="Nothing in the trash was deleted"):
            delete(0)
    assert library.counts().trash == 3
    assert library.trash.delete(ids[:1], without_copy=True) == 1
    assert library.trash.empty(0, without_copy=True) == 2


def test_a_copy_tells_how_many_articles_were_known_to_be_damaged(library: Library) -> None:
    id = add_text(library, "Text")
    add_text(library, "More")
    with library._database.writing() as connection:
        connection.execute("UPDATE content SET html = '<p>Harm</p>' WHERE article = ?", (id,))
    assert library.backups.take(Reason.ASKED).damaged == 0, "nobody knows of it yet"
    library.checkup.check_and_heal()
    assert library.backups.take(Reason.ASKED).damaged == 1
    assert library.backups.all()[0].damaged == 1
