"""Statistics: what the diary says, summed up for days, weeks and months by name."""

from datetime import date, timedelta

import pytest

from reader import phrases
from reader.library.library import Library
from reader.library.reading.log import Day, Known, Share
from reader.library.reading.statistics import Bar, average, of, pace, streaks
from reader.model import Clipping

_TODAY = date(2025, 3, 5)  # a Wednesday


def back(days: int) -> str:
    return (_TODAY - timedelta(days=days)).isoformat()


@pytest.fixture
def read(library: Library) -> Library:
    for number in range(12):
        library.add(
            Clipping(f"https://example.org/{number}", f"T{number}", site=f"site {number}",
                     tags=(f"tag {number}",), html="<p>Text.</p>")
        )  # fmt: skip
    with library._database.writing() as connection:
        connection.execute("DELETE FROM day")
    for days, article, seconds, words in (
        (0, 1, 60, 200), (0, 2, 30, 100), (1, 1, 10, 20), (2, 3, 5, 7), (27, 4, 40, 1),
        (28, 4, 2, 3), (3, 1, 100, 5), (76, 5, 6, 8), (80, 6, 9, 9), (338, 7, 11, 12),
        (339, 8, 13, 14),
    ):  # fmt: skip
        library.reading_log.note(back(days), article, seconds, words)
    return library


def shown(bars: tuple[Bar, ...]) -> list[tuple[str, int, int, int]]:
    """Return the bars in which anything was read: label, articles, words, seconds."""
    return [(bar.label, bar.articles, bar.words, bar.seconds) for bar in bars if bar.articles]


def test_days_weeks_and_months_have_what_lies_in_them(read: Library) -> None:
    found = of(read.reading_log, _TODAY)
    assert [len(each) for each in (found.days, found.weeks, found.months)] == [28, 12, 12]
    assert shown(found.days) == [
        ("6", 1, 1, 40), ("2", 1, 5, 100), ("3", 1, 7, 5), ("4", 1, 20, 10), ("5", 2, 300, 90),
    ]  # fmt: skip
    assert shown(found.weeks) == [
        ("16 Dec", 1, 8, 6), ("3 Feb", 1, 4, 42), ("24 Feb", 1, 5, 100), ("3 Mar", 3, 327, 105),
    ]  # fmt: skip
    assert shown(found.months) == [
        ("Apr", 1, 12, 11), ("Dec", 2, 17, 15), ("Feb", 1, 4, 42), ("Mar", 3, 332, 205),
    ]  # fmt: skip
    first, last = found.days[0], found.days[-1]
    assert (first.name, last.name) == ("6 Feb 2025", "5 Mar 2025")
    assert found.weeks[-1].name == "the week of 3 Mar 2025"
    assert (found.weeks[0].name, found.months[0].name) == ("the week of 16 Dec 2024", "Apr 2024")
    assert [bar.label for bar in found.months][-3:] == ["Jan", "Feb", "Mar"]


def test_all_that_was_ever_read_is_summed_up(read: Library) -> None:
    found = of(read.reading_log, _TODAY)
    assert (found.seconds, found.words, found.articles) == (286, 379, 8)
    assert (found.streak, found.longest_streak) == (4, 4)
    assert found.average == round((90 + 10 + 5 + 100 + 40) / 28)


def test_sites_and_tags_are_those_of_a_year_the_longest_first(read: Library) -> None:
    found = of(read.reading_log, _TODAY)
    assert found.sites[:3] == (Share("site 0", 170), Share("site 3", 42), Share("site 1", 30))
    assert found.tags[:3] == (Share("tag 0", 170), Share("tag 3", 42), Share("tag 1", 30))
    assert "site 6" in dict(found.sites)
    assert "site 7" not in dict(found.sites), "that was more than twelve months ago"


def test_of_sites_tags_and_opened_only_the_first_are_named(read: Library) -> None:
    for number in range(1, 13):
        read.reading_log.note(back(0), number, 1, 1)
    for number in range(1, 8):
        for _ in range(number):
            read.reading_log.count_view(number)
    found = of(read.reading_log, _TODAY)
    assert (len(found.sites), len(found.tags), len(found.opened)) == (10, 10, 5)
    assert [(each.id, each.views) for each in found.opened] == [(n, n) for n in (7, 6, 5, 4, 3)]
    assert found.views == 28
    oldest = read.article(1)
    assert found.oldest == Known(1, "T0", oldest.added_at, 1)


def test_what_was_added_and_finished_is_in_its_bar(library: Library) -> None:
    library.add(Clipping("https://example.org/1", "A"))
    with library._database.writing() as connection:
        connection.execute("UPDATE day SET date = ?, added = 3, finished = 2", (back(1),))
    bar = of(library.reading_log, _TODAY).days[-2]
    assert bar == Bar("4", "4 Mar 2025", added=3, finished=2)


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ([0], (1, 1)), ([1], (1, 1)), ([2], (0, 1)), ([3, 2, 1, 0], (4, 4)), ([5, 4, 2, 1], (2, 2)),
        ([-1], (0, 0)), ([1, 0, -1], (2, 2)), ([4, 2, 0], (1, 1)),
    ],
)  # fmt: skip
def test_a_streak_is_of_days_in_a_row(days: list[int], wanted: tuple[int, int]) -> None:
    assert streaks([_TODAY - timedelta(days=each) for each in days], _TODAY) == wanted


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ({0: 100}, 100), ({1: 100}, 50), ({27: 280}, 10), ({28: 280}, 0), ({28: 1, 27: 280}, 10),
        ({3: 0, 1: 100}, 50), ({-3: 90}, 90), ({}, 0), ({1: 3}, 2),
    ],
)  # fmt: skip
def test_the_average_is_of_four_weeks_at_most(days: dict[int, int], wanted: int) -> None:
    told = [Day(back(each), seconds) for each, seconds in days.items()]
    assert average(told, _TODAY) == wanted


@pytest.mark.parametrize(
    ("seconds", "words", "found"),
    [
        (0, 0, phrases.WORDS_A_MINUTE),
        (19 * 60, 19 * 400, phrases.WORDS_A_MINUTE),
        (20 * 60, 20 * 400, 400),
        (20 * 60, 0, phrases.WORDS_A_MINUTE),
        (20 * 60, 1, 60),
        (20 * 60, 10**7, 900),
    ],
)
def test_the_pace_is_known_after_some_reading_and_within_reason(
    seconds: int, words: int, found: float
) -> None:
    assert pace([Day("2026-01-01", seconds, words)]) == found
