"""Copies in words: why they were made, when, and what changed since."""

import time

import pytest

from reader import backup_phrases
from reader.library.backup.copy import Reason
from reader.steps import Verb

_NOW = time.mktime((2026, 11, 29, 15, 30, 0, 0, 0, -1))


def _at(day: int, hour: int = 12, month: int = 11, year: int = 2026) -> float:
    return time.mktime((year, month, day, hour, 5, 0, 0, 0, -1))


def test_every_reason_for_a_copy_has_words() -> None:
    words = {backup_phrases.reason(reason) for reason in Reason}
    assert len(words) == len(Reason)
    assert "for another reason" not in words
    assert backup_phrases.reason("one of a newer Reader") == "for another reason"


@pytest.mark.parametrize(
    ("reason", "told", "words"),
    [
        ("bulk", {"verb": "archive", "count": 500}, "before 500 articles were archived"),
        ("bulk", {"verb": "archive", "count": 1}, "before 1 article was archived"),
        ("bulk", {"verb": "no such", "count": 1200}, "before 1,200 articles were changed"),
        ("bulk", {"verb": "untag", "count": 9, "name": "{art}"}, "before 9 articles lost the tag"),
        ("bulk", {"verb": "archive"}, "before many articles were changed"),
        ("bulk", {"count": "a lot"}, "before many articles were changed"),
        ("import", {"source": "Pocket"}, "before the import from Pocket"),
        ("import", {"count": 517}, "before 517 articles were added"),
        ("import", {}, "before an import"),
        ("trash", {"count": 1}, "before 1 article was deleted for good"),
        ("trash", {}, "before the trash was emptied"),
    ],
)
def test_the_arguments_of_a_reason_are_told(
    reason: str, told: dict[str, object], words: str
) -> None:
    assert backup_phrases.reason(reason, told).startswith(words)


def test_a_bulk_change_by_any_verb_is_a_sentence() -> None:
    for verb in Verb:
        told = backup_phrases.reason("bulk", {"verb": verb, "count": 7, "name": "a", "new": "b"})
        assert told.startswith("before 7 articles ")
        assert "{" not in told


def test_days_are_called_what_people_call_them() -> None:
    def told(then: float) -> tuple[str, str, str]:
        return (
            backup_phrases.heading(then, _NOW),
            backup_phrases.short_time(then, _NOW),
            backup_phrases.moment(then, _NOW),
        )

    assert told(_at(29)) == ("Today", "12:05", "today, 12:05")
    assert told(_at(28, 21)) == ("Yesterday", "21:05", "yesterday, 21:05")
    assert told(_at(24)) == ("This week", "Tue", "24 November 2026, 12:05")
    assert told(_at(22)) == ("November 2026", "22 Nov", "22 November 2026, 12:05")
    assert told(_at(3, month=5, year=2025))[:2] == ("May 2025", "3 May")


def test_a_clock_that_was_set_back_leaves_copies_in_the_future() -> None:
    assert backup_phrases.heading(_at(30), _NOW) == "November 2026"
    assert backup_phrases.heading(_at(1, year=2031, month=2), _NOW) == "February 2031"


@pytest.mark.parametrize("then", [0.0, -5.0, 1e18, float("inf")])
def test_an_unknown_or_impossible_time_is_no_trouble(then: float) -> None:
    assert backup_phrases.heading(then, _NOW) == "At an unknown time"
    assert backup_phrases.short_time(then, _NOW) == "–"
    assert backup_phrases.moment(then, _NOW) == ""
    assert backup_phrases.last_of_days([then], _NOW) == set()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "a moment"), (59, "a moment"), (60, "1 minute"), (725, "12 minutes"),
        (3600, "1 hour"), (90_000, "1 day"), (3 * 86_400, "3 days"),
    ],
)  # fmt: skip
def test_ages_are_rounded_down(seconds: float, words: str) -> None:
    assert backup_phrases.age(seconds) == words


def test_the_last_of_each_earlier_day_is_known() -> None:
    times = [_at(29), _at(28), _at(26, 9), _at(26, 21), _at(25)]
    assert backup_phrases.last_of_days(times, _NOW) == {_at(26, 21), _at(25)}


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((), ""), (("title",), "title"), (("title", "tag/x", "tag/y"), "title and tags"),
        (("state", "text", "published_at"), "shelf, text and date"),
        (("of_a_newer_reader",), "of a newer reader"),
    ],
)  # fmt: skip
def test_changed_fields_are_told_once_each(names: tuple[str, ...], words: str) -> None:
    assert backup_phrases.fields(names) == words
