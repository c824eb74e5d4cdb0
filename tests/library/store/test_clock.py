"""Wrong clocks: nothing gets old by a jump, stamps never go back, and no time is too odd."""

import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from reader.library import session
from reader.library.library import Library
from reader.library.store import clock
from reader.library.store.clock import DAY, Clock, advanced
from reader.model import Clipping, State

_NOW = 1_800_000_000
_YEAR = 365 * DAY


def at(monkeypatch: pytest.MonkeyPatch, seconds: float, run: str = "") -> None:
    """Set the clock, in a run of the program of its own if it has a name."""
    monkeypatch.setattr(time, "time", lambda: seconds)
    monkeypatch.setattr(time, "time_ns", lambda: int(seconds * 1e9))
    monkeypatch.setattr(clock.advanced, "__defaults__", (run or clock._RUN,))


def stamps(library: Library) -> list[str]:
    with library._database.reading() as connection:
        return [stamp for (stamp,) in connection.execute("SELECT stamp FROM change ORDER BY id")]


def trashed(library: Library, number: int, moment: float) -> int:
    id = library.add(Clipping(f"https://example.org/{number}")).id
    library.set_state([id], State.TRASH)
    with library._database.writing() as connection:
        sql = "UPDATE article SET trashed_at = ? WHERE id = ?"
        connection.execute(sql, (clock.text(int(moment)), id))
    return id


@pytest.mark.parametrize("jump", [2 * DAY, 200 * DAY, _YEAR * 8000, -20 * DAY, -_YEAR * 50])
def test_one_run_with_a_wrong_clock_does_not_move_the_librarys(jump: int) -> None:
    known = Clock(_NOW)
    wrong = advanced(known, _NOW + jump, "wrong")
    later = advanced(wrong, _NOW + jump + 3 * DAY, "wrong")  # it goes on for days
    assert (wrong.trusted, later.trusted) == (_NOW, _NOW)
    assert advanced(later, _NOW + 60, "right") == Clock(_NOW + 60)


@pytest.mark.parametrize("days", [1, 2, 7, 30, 400])
def test_with_a_right_clock_it_is_behind_by_one_run_at_most(days: int) -> None:
    known = Clock(_NOW)
    for number in range(1, 6):
        now = _NOW + number * days * DAY
        known = advanced(known, now, f"run {number}")
        assert known.trusted >= now - 2 * days * DAY
    assert known.trusted >= now - days * DAY


def test_a_library_from_the_future_comes_back_within_a_month() -> None:
    known = Clock(_NOW + 80 * _YEAR)
    for day in range(32):
        known = advanced(known, _NOW + day * DAY, f"run {day}")
    assert known == Clock(_NOW + 31 * DAY)


def test_the_trash_of_today_outlives_a_clock_that_is_wrong_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path) as library:
        at(monkeypatch, _NOW)
        id = trashed(library, 1, _NOW)
        at(monkeypatch, _NOW + 200 * DAY, "wrong")
        other = library.add(Clipping("https://example.org/2")).id
        for _ in range(3):
            library.trash.is_due(30)
            assert library.trash.empty(30) == 0
        at(monkeypatch, _NOW + DAY, "right")
        assert library.trash.empty(30) == 0
        assert {library.article(each).id for each in (id, other)} == {id, other}


def test_the_trash_is_emptied_by_a_right_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path) as library:
        at(monkeypatch, _NOW)
        trashed(library, 1, _NOW)
        deleted = 0
        for day in (29, 31, 33):
            at(monkeypatch, _NOW + day * DAY, f"day {day}")
            assert library.trash.is_due(30)  # at least to note the jump
            deleted += library.trash.empty(30)
            assert deleted == (day > 30)


def test_what_went_to_the_trash_by_a_wrong_clock_has_its_days_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    with Library.open(tmp_path) as library:
        library.add(Clipping("https://example.org/0"))
        ahead = trashed(library, 1, now + 70 * _YEAR)
        library.trash.empty(30)
        assert library.trash.outdated(30) == []
        at(monkeypatch, now + 20 * DAY, "one")
        library.trash.empty(30)
        at(monkeypatch, now + 31 * DAY, "two")
        assert library.trash.empty(30) == 1
        assert ahead not in library.trash.outdated(0)


def test_an_article_enters_the_trash_no_earlier_than_the_library_knows_it_is(
    library: Library,
) -> None:
    ids = [library.add(Clipping(f"https://example.org/{number}")).id for number in range(2)]
    later = int(time.time()) + 3 * _YEAR  # so the computer's clock has gone back
    with library._database.writing() as connection:
        connection.execute("UPDATE setting SET value = ? WHERE name = 'clock'", (f"{later} 0 x",))
    library.set_state(ids[:1], State.TRASH)
    library.add(Clipping("https://example.org/9"), state=State.TRASH)
    with library._database.reading() as connection:
        found = connection.execute("SELECT trashed_at FROM article WHERE state = 'trash'")
        assert {when for (when,) in found} == {clock.text(later)}
    assert library.trash.outdated(30) == []


def test_emptying_by_hand_does_not_ask_the_clock(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    trashed(library, 1, time.time() + _YEAR)
    at(monkeypatch, 0)
    assert library.trash.empty(0) == 1


def test_restoring_goes_by_the_order_of_changes_not_by_their_time(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = library.add(Clipping("https://example.org/1")).id
    at(monkeypatch, _NOW)
    library.set_state([id], State.ARCHIVE)
    library.set_state([id], State.TRASH)
    library.trash.restore([id])
    at(monkeypatch, _NOW - _YEAR)
    library.set_state([id], State.QUEUE)
    library.set_state([id], State.TRASH)
    library.trash.restore([id])
    assert library.article(id).state is State.QUEUE


_TAG = """
import sys, time
from pathlib import Path
from reader.library.library import Library
moment = float(sys.argv[2])
time.time, time.time_ns = lambda: moment, lambda: int(moment * 1e9)
with Library.open(Path(sys.argv[1])) as library:
    library.set_title(1, sys.argv[3])
    library.reading_log.count_view(1)
"""


def test_stamps_never_go_back_in_any_process(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(Clipping("https://example.org/1"))
        before = stamps(library)
        for number, moment in enumerate((_NOW + _YEAR, _NOW, 0, _NOW - _YEAR, 4e9, 1)):
            arguments = [str(tmp_path), str(moment), f"Title {number}"]
            subprocess.run([sys.executable, "-c", _TAG, *arguments], check=True)
            library.tags.add([1], f"tag {number}")
            after = stamps(library)
            assert all(one < other for one, other in pairwise(after))
            assert not before or after[-1] > before[-1]
            before = after


def test_stamps_of_a_moment_do_not_run_out(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [library.add(Clipping(f"https://example.org/{number}")).id for number in range(3)]
    with library._database.writing() as connection:
        connection.execute("UPDATE device SET clock = '5000000000000-99998-x'")
    library.set_favourite(ids, True)
    assert [stamp[:19] for stamp in stamps(library)[-3:]] == [
        "5000000000000-99999", "5000000000001-00000", "5000000000001-00001",
    ]  # fmt: skip


@pytest.mark.parametrize("moment", [0, -5.0, 2**31 + 1, 253_402_300_799, 1e15])
def test_no_time_is_too_odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: float) -> None:
    at(monkeypatch, moment)
    with Library.open(tmp_path) as library:
        id = library.add(Clipping("https://example.org/1", html="<p>x</p>")).id
        library.reading_log.count_view(id)
        library.set_state([id], State.ARCHIVE, done=True)
        library.set_state([id], State.TRASH)
        for days in (1, 3650, 10**12):
            assert library.trash.outdated(days) == []
            assert library.trash.empty(days) == 0
        library.history.undo()
        assert session.pick(library, 20).rows == ()
        assert len(library.article(id).added_at) == 20
        at(monkeypatch, _NOW)
        library.set_favourite([id], True)
        assert all(one < other for one, other in pairwise(stamps(library)))


# ---- to the second

_MONTH = 30 * DAY


@pytest.mark.parametrize(
    ("known", "now", "run", "wanted"),
    [
        (Clock(), 5, "a", Clock(5)),
        (Clock(_NOW), _NOW, "a", Clock(_NOW)),
        (Clock(_NOW), _NOW + DAY, "a", Clock(_NOW + DAY)),
        (Clock(_NOW), _NOW + DAY + 1, "a", Clock(_NOW, _NOW + DAY + 1, "a")),
        (Clock(_NOW), _NOW - 1, "a", Clock(_NOW, _NOW - 1, "a")),
        # a jump forward is confirmed a day later, by another run
        (Clock(_NOW, _NOW + 5 * DAY, "a"), _NOW + 6 * DAY, "b", Clock(_NOW + 6 * DAY)),
        (Clock(_NOW, _NOW + 5 * DAY, "a"), _NOW + 6 * DAY - 1, "b",
         Clock(_NOW, _NOW + 5 * DAY, "a")),
        (Clock(_NOW, _NOW + 5 * DAY, "a"), _NOW + 7 * DAY, "a", Clock(_NOW, _NOW + 5 * DAY, "a")),
        (Clock(_NOW, _NOW + 5 * DAY, "a"), _NOW + 5 * DAY, "b", Clock(_NOW, _NOW + 5 * DAY, "a")),
        (Clock(_NOW, _NOW + 5 * DAY, "a"), _NOW + 4 * DAY, "b", Clock(_NOW, _NOW + 4 * DAY, "b")),
        # one back a month later
        (Clock(_NOW, _NOW - 90 * DAY, "a"), _NOW - 60 * DAY, "b", Clock(_NOW - 60 * DAY)),
        (Clock(_NOW, _NOW - 90 * DAY, "a"), _NOW - 60 * DAY - 1, "b",
         Clock(_NOW, _NOW - 90 * DAY, "a")),
        (Clock(_NOW, _NOW - 90 * DAY, "a"), _NOW - 60 * DAY, "a",
         Clock(_NOW, _NOW - 90 * DAY, "a")),
        # another jump is not the same
        (Clock(_NOW, _NOW - 90 * DAY, "a"), _NOW + 2 * DAY, "b", Clock(_NOW, _NOW + 2 * DAY, "b")),
        (Clock(_NOW, _NOW + 90 * DAY, "a"), _NOW - DAY, "b", Clock(_NOW, _NOW - DAY, "b")),
    ],
)  # fmt: skip
def test_a_clock_goes_on_to_the_second(known: Clock, now: int, run: str, wanted: Clock) -> None:
    assert advanced(known, now, run) == wanted


def stored(library: Library) -> str:
    with library._database.reading() as connection:
        return str(connection.execute("SELECT value FROM setting WHERE name = 'clock'").get)


def test_the_clock_is_written_when_an_hour_has_passed_or_it_jumps(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seconds, said in (
        (0, f"{_NOW}"), (3599, f"{_NOW}"), (3600, f"{_NOW + 3600}"),
        (3599, f"{_NOW + 3600} {_NOW + 3599} r"),
        (3601, f"{_NOW + 3601}"), (3 * DAY, f"{_NOW + 3601} {_NOW + 3 * DAY} r"),
    ):  # fmt: skip
        at(monkeypatch, _NOW + seconds, "r")
        library.add(Clipping("https://example.org/1", title=str(seconds)))
        assert stored(library) == said


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("5", Clock(5)), ("5 6 r", Clock(5, 6, "r")), ("5 x r", Clock(5, 0, "r")),
        ("5 6", Clock(5, 6)),
        ("", Clock()), ("x 6 r", Clock()), ("-5", Clock()), ("5 6 r more", Clock(5, 6, "r")),
    ],
)  # fmt: skip
def test_whatever_is_stored_is_a_clock(library: Library, value: str, wanted: Clock) -> None:
    with library._database.reading() as connection:
        sql = "INSERT OR REPLACE INTO setting VALUES ('clock', ?)"
        connection.execute(sql, (value,))
        assert clock.read(connection) == wanted


def test_what_has_surely_passed_is_the_less_of_both_clocks(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library._database.reading() as connection:
        sql = "INSERT OR REPLACE INTO setting VALUES ('clock', ?)"
        connection.execute(sql, (f"{_NOW}",))
        for seconds, certain in (
            (60, 60),
            (DAY, DAY),
            (2 * DAY, 0),
            (-60, -60),
            (-99 * DAY, -99 * DAY),
        ):
            at(monkeypatch, _NOW + seconds, "r")
            assert clock.certain(connection) == _NOW + certain


def test_moments_are_written_as_the_library_sorts_them() -> None:
    assert clock.text(0) == clock.text(-1) == "1970-01-01T00:00:00Z"
    assert clock.text(_NOW) == "2027-01-15T08:00:00Z"
    assert clock.text(253_402_300_799) == clock.text(10**15) == "9999-12-31T23:59:59Z"
