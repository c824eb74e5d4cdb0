"""Stamps: they rise in every process, and a clock that is years ahead leads nobody astray."""

import time
from pathlib import Path

import pytest

from reader.library.history import stamps
from reader.library.history.exchange import Row
from reader.library.history.stamps import DRIFT_MS, following
from reader.library.library import Library
from reader.model import Clipping

_NOW = 1_800_000_000_000
_YEAR_MS = 365 * 86_400_000


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the milliseconds that the clock says, to be changed."""
    said = [_NOW]
    monkeypatch.setattr(time, "time_ns", lambda: said[0] * 1_000_000)
    return said


def last(library: Library, field: str = "title") -> str:
    sql = "SELECT max(stamp) FROM change WHERE field = ?"
    return str(library._all(sql, [field])[0][0])


def from_elsewhere(library: Library, moment: int, title: str) -> None:
    """Let a title arrive that a device with another clock has given."""
    uid = library.article(1).uid
    stamp = f"{moment:013d}-00000-elsewhere"
    library.history.apply([Row("elsewhere", 1, stamp, uid, "title", "", title)])


@pytest.fixture
def filled(library: Library, clock: list[int]) -> Library:
    for number in range(2):
        library.add(Clipping(f"https://example.org/{number}", title="Old"))
    return library


def test_a_stamp_follows_what_was_heard_of_while_that_is_at_most_a_day_ahead(
    filled: Library,
) -> None:
    from_elsewhere(filled, _NOW + DRIFT_MS, "Theirs")
    filled.set_title(2, "Mine")
    assert last(filled)[:19] == f"{_NOW + DRIFT_MS:013d}-00001"


@pytest.mark.parametrize("ahead", [DRIFT_MS + 2000, 3 * _YEAR_MS])
def test_a_clock_further_ahead_is_followed_by_the_next_change_of_that_article_alone(
    filled: Library, clock: list[int], ahead: int
) -> None:
    from_elsewhere(filled, _NOW + ahead, "Theirs")
    assert filled.article(1).title == "Theirs"
    filled.set_title(1, "Mine")
    assert last(filled)[:19] == f"{_NOW + ahead:013d}-00001"
    clock[0] += 1000
    filled.set_favourite([2], True)
    assert last(filled, "favourite")[:13] == f"{_NOW + 1000:013d}"
    from_elsewhere(filled, _NOW + ahead, "Theirs again")
    assert filled.article(1).title == "Mine", "what a person did last counts"


def test_what_is_ahead_is_still_known_after_a_restart(new_library: Path, clock: list[int]) -> None:
    with Library.open(new_library) as library:
        library.add(Clipping("https://example.org/1"))
        from_elsewhere(library, _NOW + _YEAR_MS, "Theirs")
    with Library.open(new_library) as library:
        library.set_title(1, "Mine")
        assert last(library)[:19] == f"{_NOW + _YEAR_MS:013d}-00001"
        library.set_favourite([1], True)  # of the same article
        assert last(library, "favourite") > last(library)


def test_stamps_rise_when_two_connections_take_turns_and_the_clock_goes_back(
    new_library: Path, clock: list[int]
) -> None:
    with Library.open(new_library) as one, Library.open(new_library) as other:
        one.add(Clipping("https://example.org/1"))
        seen = []
        for number, moment in enumerate((0, -_YEAR_MS, 5, -7, 9)):
            clock[0] = _NOW + moment
            (one, other)[number % 2].set_title(1, f"Title {number}")
            seen.append(last(one))
        assert seen == sorted(set(seen))
        told = one._all("SELECT seq FROM change ORDER BY id")
        assert told == sorted(set(told))


def test_numbers_are_not_given_twice_when_the_last_row_is_gone(library: Library) -> None:
    id = library.add(Clipping("https://example.org/1")).id
    library.set_title(id, "Last")
    (before,) = library.history.known().values()
    library.trash.restore([id])
    with library._database.writing() as connection:
        connection.execute("DELETE FROM change WHERE field = 'title'")
    library.set_favourite([id], True)
    sql = "SELECT seq FROM change WHERE field = 'favourite'"
    assert library._all(sql)[0][0] > before


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("0000000000005-00007-ab", True),
        ("0000000000005-00007-ab.cd", True),
        ("9999999999999-00007-ab", False),  # nothing could follow
        ("0000000000005-00007-", False),
        ("000000000005-00007-ab", False),
        ("0000000000005-00007-a b", False),
        ("0000000000005-00007-ab\n", False),
        ("", False),
    ],
)
def test_only_what_can_be_followed_is_a_stamp(text: str, is_one: bool) -> None:
    assert stamps.is_stamp(text) is is_one


def test_a_full_millisecond_is_followed_by_the_next() -> None:
    assert following("0000000000005-99999-ab") == (6, 0)
