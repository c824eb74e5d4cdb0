"""Saved searches: named, asked anew, moved and deleted, each to be undone, in their order."""

from collections.abc import Callable

import pytest

from reader.errors import LibraryError
from reader.library.library import Library
from reader.library.shelves import fractional_index


def test_each_is_added_as_the_last_however_many_there_are(library: Library) -> None:
    with library.together():
        uids = [library.saved.add(f"{number}", "x") for number in range(150)]
    assert [each.uid for each in library.saved.all()] == uids
    with library._database.reading() as connection:
        places = [place for (place,) in connection.execute("SELECT place FROM saved ORDER BY 1")]
    assert places[0] == fractional_index.between("", "")
    assert len({*places}) == 150
    assert max(map(len, places)) <= 3


def test_one_that_is_added_after_the_last_was_deleted_is_the_last(library: Library) -> None:
    uids = [library.saved.add(name, name) for name in "abc"]
    library.saved.delete(uids[2])
    last = library.saved.add("d", "d")
    assert [each.uid for each in library.saved.all()] == [*uids[:2], last]
    library.history.undo()
    library.history.undo()
    assert [each.uid for each in library.saved.all()] == uids


def test_saved_searches_say_what_was_done_and_whether(library: Library) -> None:
    with pytest.raises(LibraryError, match="needs a name"):
        library.saved.add(" \0 ", "x")
    uid = library.saved.add("  Long   reads ", "words:>3000")
    assert library.history.undo_text() == "Saved the search “Long reads”"
    assert library.saved.rename(uid, "Long reads") == library.saved.ask(uid, "words:>3000") == 0
    changes: dict[str, Callable[[], int]] = {
        f"Renamed the search to “{'n' * 100}”": lambda: library.saved.rename(uid, "n" * 101),
        "Changed a saved search": lambda: library.saved.ask(uid, "y"),
        "Deleted a saved search": lambda: library.saved.delete(uid),
    }
    for label, change in changes.items():
        assert change() == 1
        assert library.history.undo_text() == label
    assert library.saved.delete(uid) == library.saved.delete("none") == 0
    assert library.saved.move(uid, 1) == library.saved.move("none", 1) == 0
    library.history.undo()
    assert [each[1:] for each in library.saved.all()] == [("n" * 100, "y")]


@pytest.mark.parametrize("by", [-3, -2, -1, 0, 1, 2, 3])
@pytest.mark.parametrize("at", range(4))
def test_a_saved_search_moves_as_in_a_plain_list(library: Library, at: int, by: int) -> None:
    uids = [library.saved.add(name, name) for name in "abcd"]
    there_is_room = 0 <= at + by < 4
    wanted = [*uids]
    if there_is_room:
        wanted.insert(at + by, wanted.pop(at))
    assert library.saved.move(uids[at], by) == (there_is_room and by != 0)
    assert [each.uid for each in library.saved.all()] == wanted
