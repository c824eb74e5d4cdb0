"""Numbers and times are said as people say them."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from reader import phrases
from reader.model import FINISHED, Caveat, Failure, FailureKind, Length
from reader.reasons import Reason, Remark

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "said"),
    [(0, ""), (1, "1 min"), (238, "1 min"), (400, "2 min"), (238 * 59, "59 min"),
     (238 * 60, "1 h"), (238 * 125, "2 h 5 min"), (238 * 60_000, "1,000 h")],
)  # fmt: skip
def test_reading_takes_so_long(words: int, said: str) -> None:
    assert phrases.reading_time(words) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 min"), (1, "1 min"), (89, "1 min"), (91, "2 min"), (3600, "1 h"), (3660, "1 h 1 min")],
)
def test_what_was_begun_counts_as_a_minute(seconds: int, said: str) -> None:
    assert phrases.duration(seconds) == said


@pytest.mark.parametrize(
    ("progress", "said"),
    [(0, "10 min"), (0.001, "10 min left"), (0.5, "5 min left"), (FINISHED - 0.001, "1 min left"),
     (FINISHED, "10 min"), (1, "10 min")],
)  # fmt: skip
def test_what_is_left_is_said_between_begin_and_end(progress: float, said: str) -> None:
    assert phrases.time_left(2380, progress) == said
    assert (
        phrases.minutes_left(2380, progress) == max(1, round(10 * (1 - progress))) or progress == 1
    )


def test_a_shelf_is_so_long() -> None:
    assert phrases.length(Length(34, 238 * 310)) == "34 articles · 5 h 10 min"
    assert phrases.length(Length(1, 0)) == "1 article"
    assert phrases.length(Length(0, 0)) == ""


def test_counts_have_their_nouns() -> None:
    assert [phrases.plural(n, "page") for n in (0, 1, 2, 1000)] == [
        "0 pages", "1 page", "2 pages", "1,000 pages"
    ]  # fmt: skip
    assert phrases.pictures_there(2, 14) == "12 of 14 pictures"
    assert phrases.pictures_there(0, 14) == ""


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2026-11-25", "25 November 2026"),
        ("2026-11-25T10:00:00Z", "25 November 2026"),
        ("2026-01", "January 2026"),
        ("2026-12-01", "1 December 2026"),
        ("2026", "2026"),
        ("2026-13-01", ""), ("2026-00-01", ""), ("26-01-01", ""), ("soon", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_day_is_said_as_far_as_it_is_known(iso: str, said: str) -> None:
    assert phrases.day(iso) == said


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (timedelta(seconds=59), "now"),
        (timedelta(seconds=60), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"),
        (timedelta(hours=23.9), "23 h ago"),
        (timedelta(hours=24), "1 d ago"),
        (timedelta(days=13.9), "13 d ago"),
        (timedelta(days=14), "2 wk ago"),
        (timedelta(days=59.9), "8 wk ago"),
        (timedelta(days=60), "Jan 2026"),
        (timedelta(days=365), "Mar 2025"),
    ],
)
def test_an_age_is_said_in_the_unit_that_fits(back: timedelta, said: str) -> None:
    then = (NOW - back).isoformat()
    assert phrases.age(then, NOW) == said
    assert phrases.age(then.replace("+00:00", "Z"), NOW) == said
    assert phrases.age(then.replace("+00:00", ""), NOW) == said


def test_no_age_is_said_of_no_time() -> None:
    assert phrases.age("soon") == ""
    assert phrases.age(datetime.now(UTC).isoformat()) == "now"


@pytest.mark.parametrize(
    ("days", "shown", "said"),
    [
        (-1, "today", "saved today"),
        (0, "today", "saved today"),
        (1, "1 d", "saved 1 day ago"),
        (6, "6 d", "saved 6 days ago"),
        (7, "1 wk", "saved 1 week ago"),
        (59, "8 wk", "saved 8 weeks ago"),
        (60, "Jan 2026", "saved in January 2026"),
    ],
)
def test_an_age_in_days_is_that_of_the_clock_on_the_wall(days: int, shown: str, said: str) -> None:
    then = (NOW - timedelta(days=days)).isoformat()
    assert (
        phrases.days_ago(then, NOW) == phrases.days_ago(then.replace("+00:00", "Z"), NOW) == shown
    )
    assert phrases.saved_ago(then, NOW) == said
    assert phrases.days_ago("soon", NOW) == phrases.saved_ago("", NOW) == ""
    assert phrases.days_ago(datetime.now(UTC).isoformat()) == "today"


@pytest.mark.parametrize(("zone", "shown"), [("XXX-12", "1 d"), ("UTC0", "today")])
def test_a_day_begins_at_midnight_where_one_is(
    monkeypatch: pytest.MonkeyPatch, zone: str, shown: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        now = datetime(2026, 3, 10, 13, tzinfo=UTC)
        assert phrases.days_ago("2026-03-10T11:00:00Z", now) == shown
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_month_of_an_age_is_that_of_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        then, now = "2025-12-31T23:30:00Z", datetime(2026, 6, 1, tzinfo=UTC)
        assert phrases.days_ago(then, now) == phrases.age(then, now) == "Jan 2026"
        assert phrases.saved_ago(then, now) == "saved in January 2026"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_every_reason_has_words() -> None:
    for reason in Reason:
        words = phrases.remark(Remark(reason, (2026, 3, 2), "Text."))
        assert words, reason
        assert "{" not in words, reason


def test_every_failure_has_words() -> None:
    assert set(phrases.FAILURES) == set(FailureKind)


@pytest.mark.parametrize(
    ("failure", "short"),
    [
        (Failure(FailureKind.GONE, 404), "not there (404)"),
        (Failure(FailureKind.OFFLINE), "offline"),
        (Failure(FailureKind.UNSAFE), "no safe connection"),
        (Failure(FailureKind.LOGIN, 401), "needs a login (401)"),
        (Failure(FailureKind.EMPTY), "no text"),
        (Failure(FailureKind.LARGE), "too large"),
        (Failure(FailureKind.SLOW), "too slow"),
    ],
)
def test_a_failure_is_said_in_two_words(failure: Failure, short: str) -> None:
    assert phrases.failure_in_short(failure) == short


def test_a_failure_is_told_in_local_time_with_its_next_attempt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    gone = Failure(FailureKind.GONE, 404, "2026-03-03T23:12:00Z", 3)
    assert phrases.failure_details(gone, now) == (
        "It answered “404 Not Found”, last today at 00:12, three times in all. "
        "Reader does not try again by itself."
    )
    slow = Failure(FailureKind.SLOW, 0, "2026-03-03T09:00:00Z", 1, "2026-03-04T23:30:00Z")
    assert phrases.failure_details(slow, now) == (
        "Tried yesterday at 10:00. Reader tries again tomorrow at 00:30."
    )
    later = phrases.failure_details(slow, now + timedelta(days=2))
    assert later.endswith("Reader tries again soon.")
    odd = Failure(FailureKind.OTHER, 999, "2025-12-31T23:00:00Z", 1200, "soon")
    assert phrases.failure_details(odd, now) == (
        "It answered “999”, last on 1 January 2026 at 00:00, 1,200 times in all. "
        "Reader does not try again by itself."
    )
    assert phrases.failure_heading(Failure(FailureKind.LOGIN, 407)) == "The proxy needs a login"
    assert phrases.local_day("2026-03-03T23:12:00Z") == "2026-03-04"
    assert phrases.local_day("soon") == ""
    monkeypatch.undo()
    time.tzset()


def test_every_caveat_has_words() -> None:
    assert set(phrases.CAVEATS) == set(Caveat)


def test_remarks_have_their_numbers_and_texts() -> None:
    missing = Remark(Reason.PICTURES_MISSING, (1, 2))
    foreign = Remark(Reason.ERROR, text="{0} is gone.")
    assert phrases.remarks([missing, foreign]) == "1 of 2 pictures are missing; {0} is gone."
    assert phrases.remark(Remark(Reason.PAGES, (1,))) == "1 page"
    assert phrases.remarks([]) == ""


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 KB"), (4_200_000, "4.2 MB"),
     (684_000, "684 KB"), (1_500_000_000, "1.5 GB"), (9 * 10**15, "9,000 TB")],
)  # fmt: skip
def test_a_size_is_told_in_the_unit_that_fits(count: int, text: str) -> None:
    assert phrases.bytes_of(count) == text


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), "23–29 November 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 November – 6 December 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 – 3 January 2027"),
        (date(2026, 12, 28), date(2026, 12, 28), "28 December 2026"),
    ],
)
def test_days_name_what_differs(first: date, last: date, said: str) -> None:
    assert phrases.days(first, last) == said
