"""The state of the copies: one sentence, which is true."""

from pathlib import Path

import pytest

from reader.gui.backups.state import Mood, State, is_late, state_of
from reader.library.backup.copy import Backlog, Copy, Reason

_NOW = 1_800_000_000.0
_DAY = 86_400.0


def _backlog(old: float | None, *, changed: bool = True, reached: float | None = None) -> Backlog:
    """Return the state with a copy so many seconds old, None for none."""
    newest = None if old is None else Copy("a", Path("a"), _NOW - old, Reason.CHANGES)
    place = None if reached is None else Path("/media/Backup disk")
    reached_at = _NOW - reached if reached else 0.0
    count = 0 if newest is None else 38
    return Backlog(newest, count, 214_000_000, 2_000_000_000, changed, place, reached_at)


def _state(backlog: Backlog, *, damaged: bool = False, read_only: bool = False) -> State:
    return state_of(backlog, _NOW, is_damaged=damaged, is_read_only=read_only)


@pytest.mark.parametrize(
    ("backlog", "mood", "sentence"),
    [
        (_backlog(725), Mood.GOOD, "The library is whole, and a copy is 12 minutes old"),
        (
            _backlog(2 * _DAY),
            Mood.GOOD,
            "The library has changed since its newest copy, which is 2 days old",
        ),
        (
            _backlog(9 * _DAY),
            Mood.WARN,
            "The library has changed since its newest copy, which is 9 days old",
        ),
        (
            _backlog(90 * _DAY, changed=False),
            Mood.GOOD,
            "The library is whole, and as it was in its newest copy, 90 days ago",
        ),
        (_backlog(None), Mood.WARN, "There is no copy of the library yet"),
    ],
)
def test_a_sentence_says_how_it_stands(backlog: Backlog, mood: Mood, sentence: str) -> None:
    assert _state(backlog)[:2] == (mood, sentence)


def test_a_damaged_library_is_not_called_whole() -> None:
    told = _state(_backlog(725), damaged=True)
    assert told.mood is Mood.BAD
    assert told.sentence == "The library is damaged: no copies are made until it is repaired"


def test_a_read_only_library_without_a_copy_is_not_told_to_wait_for_one() -> None:
    assert "read-only" in _state(_backlog(None), read_only=True).sentence


def test_the_figures_name_room_and_second_place() -> None:
    assert _state(_backlog(725)).figures == "38 copies, 214 MB of at most 2.0 GB"
    assert _state(_backlog(None)).figures == "No copies"
    far = _state(_backlog(725, reached=3600.0)).figures
    assert "second place “Backup disk”: last reached " in far
    assert _state(_backlog(725, reached=0.0)).figures.endswith("“Backup disk”: not reached yet")


def test_a_second_place_that_is_gone_for_days_is_told_of() -> None:
    gone = _backlog(725, reached=8 * _DAY)
    assert is_late(gone, _NOW)
    assert _state(gone).mood is Mood.WARN
    assert "“Backup disk” was last reached " in _state(gone).sentence
    assert not is_late(_backlog(725, reached=6 * _DAY), _NOW)
    assert not is_late(_backlog(725, reached=0.0), _NOW)
    assert not is_late(_backlog(725), _NOW)
