"""Two days all, then daily, weekly and monthly ones; clocks may jump."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.library.backup import retention
from reader.library.backup.copies import newest_first
from reader.library.backup.copy import Copy, Reason

_DAY = 86_400
_NOW = 1_800_000_000.0


def _copies(*days_ago: float) -> list[Copy]:
    made = (_NOW - days * _DAY for days in days_ago)
    return newest_first(
        Copy(f"{at:.0f}-{number}", Path("x"), at, Reason.CHANGES) for number, at in enumerate(made)
    )


def _days(copies: list[Copy]) -> list[float]:
    return [round((_NOW - each.made_at) / _DAY, 2) for each in copies]


def test_all_of_two_days_are_kept() -> None:
    copies = _copies(*(hours / 24 for hours in range(48)))
    assert retention.kept(copies, _NOW) == copies


def test_of_older_ones_the_last_of_days_then_weeks_then_months() -> None:
    half_hourly = _copies(*(number / 48 for number in range(48 * 400)))
    kept = _days(retention.kept(half_hourly, _NOW))
    young = [each for each in kept if each <= 2]
    assert len(young) == 97
    older = [each for each in kept if each > 2]
    assert len(older) < 12 + 10 + 9
    assert len([each for each in older if each <= 12]) == 10
    assert max(older) > 30 * 7
    assert older == sorted(older)


def test_nobody_who_was_away_for_a_year_loses_the_newest() -> None:
    copies = _copies(400, 401, 402)
    assert retention.kept(copies, _NOW)[0] == copies[0]


def test_a_time_in_the_future_deletes_nothing() -> None:
    future, now = _copies(-4000, -4000.5), _copies(0, 0.1, 1)
    assert retention.kept([*future, *now], _NOW) == [*future, *now]


def test_a_clock_that_was_set_back_deletes_nothing_young() -> None:
    copies = _copies(*(-500 + hours / 24 for hours in range(24)))
    assert retention.kept(copies, _NOW) == copies


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_what_is_kept_is_kept_again_and_the_first_always(days: list[float]) -> None:
    copies = _copies(*days)
    kept = retention.kept(copies, _NOW)
    assert kept[0] == copies[0]
    assert retention.kept(kept, _NOW) == kept


def test_the_oldest_go_until_the_size_is_met_but_never_the_newest() -> None:
    copies = _copies(0, 1, 2, 3, 4)
    assert retention.within(copies, 30, lambda some: 10 * len(some)) == copies[:3]
    assert retention.within(copies, 1, lambda some: 10 * len(some)) == copies[:1]
    spared = retention.within(copies, 20, lambda some: 10 * len(some), copies[-1].id)
    assert spared == [copies[0], copies[-1]]


def test_a_copy_with_damaged_articles_never_pushes_out_one_without() -> None:
    good, harmed = _copies(3, 3.1, 30), [
        each._replace(id=f"h{each.id}", damaged=2) for each in _copies(0, 2.9, 29.9)
    ]  # fmt: skip
    every = newest_first([*good, *harmed])
    assert set(_ids(good)) - {good[1].id} <= set(_ids(retention.kept_of_all(every, _NOW)))
    left = retention.within(every, 30, lambda some: 10 * len(some))
    assert _ids(left) == [harmed[0].id, good[0].id, good[1].id]
    left = retention.within(every, 1, lambda some: 10 * len(some))
    assert _ids(left) == [harmed[0].id, good[0].id]


def _ids(copies: list[Copy]) -> list[str]:
    return [each.id for each in copies]
