"""The furthest place is kept apart from the one where reading stopped."""

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from reader.anchor import Anchor, Reached
from reader.library.library import Library
from reader.model import Clipping

NONE = Reached()


@pytest.fixture
def id(library: Library) -> int:
    """Return the id of an article with a text."""
    return library.add(Clipping("https://example.org/a", "A", html="<p>Text</p>", words=1)).id


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """Give the library of another device."""
    with Library.open(tmp_path / "other") as made:
        yield made


def _read(library: Library, id: int, *places: float, read: bool = True) -> Reached:
    for place in places:
        library.reading_log.keep_position(id, Anchor(round(place * 100)), place, read=read)
    return library.article(id).furthest


def test_it_is_where_reading_stopped_until_one_goes_back(library: Library, id: int) -> None:
    assert _read(library, id, 0.2, 0.6) == NONE
    assert _read(library, id, 0.3, 0.1, 0.5) == Reached(0.6, Anchor(60))
    assert library.article(id).position == Anchor(50)
    assert _read(library, id, 0.7) == NONE


def test_a_leap_ahead_is_not_read_before_one_reads_on_there(library: Library, id: int) -> None:
    _read(library, id, 0.2)
    assert _read(library, id, 0.9, read=False) == Reached(0.2, Anchor(20))
    assert library.article(id).progress == 0.9
    assert _read(library, id, 0.1) == Reached(0.2, Anchor(20))
    assert _read(library, id, 0.9, read=False) == Reached(0.2, Anchor(20))
    assert _read(library, id, 0.91) == NONE


def test_it_is_kept_of_an_article_that_was_finished(library: Library, id: int) -> None:
    _read(library, id, 1.0)
    assert _read(library, id, 0.3) == Reached(1.0, Anchor(100))
    assert library.article(id).progress == 1


def test_starting_again_keeps_it_and_can_be_undone(library: Library, id: int) -> None:
    _read(library, id, 1.0, 0.4)
    assert library.reading_log.start_again([id]) == 1
    again = library.article(id)
    assert (again.progress, again.position) == (0, Anchor())
    assert again.furthest == Reached(1.0, Anchor(100))
    assert library.history.undo_text() == "Started again: “A”"
    library.history.undo()
    before = library.article(id)
    assert (before.progress, before.position) == (1, Anchor(40))
    assert before.furthest == again.furthest


@pytest.mark.parametrize(("read", "back"), [(0.1, 0.4), (0.7, 0.7)])
def test_the_place_comes_back_unless_reading_came_further(
    library: Library, id: int, read: float, back: float
) -> None:
    _read(library, id, 0.4)
    library.reading_log.start_again([id])
    _read(library, id, read)
    library.history.undo()
    article = library.article(id)
    assert (article.progress, article.position) == (back, Anchor(round(100 * back)))
    assert _read(library, id, 0.2) == Reached(back, Anchor(round(100 * back)))


def test_after_starting_again_an_article_is_read_anew(library: Library, id: int) -> None:
    _read(library, id, 1.0)
    library.reading_log.start_again([id])
    assert _read(library, id, 0.2) == Reached(1.0, Anchor(100))
    assert library.article(id).progress == 0.2


def test_it_travels_to_other_devices(library: Library, other: Library, id: int) -> None:
    _read(library, id, 0.8, 0.3)
    other.history.apply([*library.history.export({})])
    assert other.article(1).furthest == Reached(0.8, Anchor(80))


def test_an_older_library_has_read_as_far_as_it_tells(tmp_path: Path) -> None:
    with Library.open(tmp_path / "older") as library:
        id = library.add(Clipping("https://example.org/a", "A", html="<p>Text</p>", words=1)).id
        _read(library, id, 0.6)
    connection = apsw.Connection(str(tmp_path / "older" / "library.db"))
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%furthest%'"
    for (name,) in connection.execute(names).fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("DROP TABLE looked_up; ALTER TABLE article DROP COLUMN furthest")
    connection.execute("PRAGMA user_version = 16")
    connection.close()
    with Library.open(tmp_path / "older") as library:
        assert library.article(id).progress == 0.6
        assert library.check() == ()
        assert _read(library, id, 0.1) == Reached(0.6, Anchor(60))


@pytest.mark.parametrize("text", ["", "x", "nan 0:0", "-1 0:0", "7 3:4", "0.5", "inf 0:0", " "])
def test_damaged_places_are_none_or_the_beginning(text: str) -> None:
    assert Reached.parse(text).anchor == Anchor()
    assert 0 <= Reached.parse(text).share <= 1
    assert str(Reached.parse(str(Reached(0.5, Anchor(3, 4))))) == "0.5 3:4"
