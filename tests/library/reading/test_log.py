"""What reading leaves behind adds up, whatever becomes of the articles."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from reader.anchor import Anchor
from reader.library.library import Library
from reader.library.reading.log import Day
from reader.library.reading.statistics import average, of, streaks
from reader.library.store import migrate
from reader.model import FINISHED, Clipping, Query, State

TODAY = date.today()


@pytest.fixture
def add(library: Library) -> Callable[..., int]:
    def file(name: str, **told: object) -> int:
        made = Clipping(f"https://example.org/{name}", name, html=f"<p>{name}</p>", words=500)
        return library.add(made._replace(**told)).id  # type: ignore[arg-type]

    return file


def _back(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def test_reading_adds_up_by_day(library: Library, add: Callable[..., int]) -> None:
    one, two = add("One"), add("Two")
    for article, seconds, words in ((one, 30, 100), (two, 60, 200), (one, 10, 0)):
        library.reading_log.note(_back(0), article, seconds, words)
    library.reading_log.note(_back(1), one, 5, 7)
    assert library.reading_log.days() == [Day(_back(1), 5, 7), Day(_back(0), 100, 300, added=2)]
    assert library.reading_log.articles() == 2


def test_weeks_and_months_count_an_article_once(library: Library, add: Callable[..., int]) -> None:
    one = add("One")
    monday = date(2026, 11, 23)
    for day in (23, 24, 25):
        library.reading_log.note(f"2026-11-{day}", one, 60, 100)
    found = of(library.reading_log, monday + timedelta(days=2))
    assert [bar.articles for bar in found.days[-3:]] == [1, 1, 1]
    assert (found.weeks[-1].articles, found.weeks[-1].words) == (1, 300)
    assert (found.months[-1].articles, found.months[-1].seconds) == (1, 180)
    assert found.weeks[-1].name == "the week of 23 Nov 2026"
    assert [bar.label for bar in found.months] == (
        "Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov".split()
    )
    assert (len(found.days), len(found.weeks)) == (28, 12)


def test_finished_follows_undo_and_redo(library: Library, add: Callable[..., int]) -> None:
    ids = [add("One"), add("Two")]
    library.set_state(ids, State.ARCHIVE, done=True)
    assert library.reading_log.days() == [Day(_back(0), added=2, finished=2)]
    library.history.undo()
    assert library.reading_log.days() == [Day(_back(0), added=2)]
    library.history.redo()
    assert library.reading_log.days() == [Day(_back(0), added=2, finished=2)]


def test_two_articles_that_are_one_have_the_reading_of_both(
    library: Library, add: Callable[..., int]
) -> None:
    one, two = add("One", html="<p>same</p>"), add("Two", html="<p>same</p>")
    library.reading_log.note(_back(0), one, 30, 100)
    library.reading_log.note(_back(0), two, 60, 200)
    add("Two", html="<p>same</p>", aliases=("https://example.org/One",))
    assert library.count(Query()) == 1
    assert library.reading_log.days() == [Day(_back(0), 90, 300, added=1)]
    assert library.reading_log.articles() == 1


def test_sites_and_tags_are_the_ones_of_now(library: Library, add: Callable[..., int]) -> None:
    one, two = add("One", site="a.example"), add("Two", byline="Ada", tags=("old",))
    library.reading_log.note(_back(0), one, 30, 0)
    library.reading_log.note(_back(0), two, 60, 0)
    library.tags.add([one, two], "new")
    library.tags.remove([two], "old")
    assert [*library.reading_log.sites(_back(1))] == [("Ada", 60), ("a.example", 30)]
    assert [*library.reading_log.tags(_back(1))] == [("new", 90)]
    assert library.reading_log.tags(_back(-1)) == []


def test_what_waits_longest_and_what_was_opened_most(
    library: Library, add: Callable[..., int]
) -> None:
    one, two = add("One"), add("Two")
    library.reading_log.count_view(two)
    library.reading_log.count_view(two)
    library.reading_log.count_view(one)
    oldest = library.reading_log.oldest_waiting()
    assert oldest is not None
    assert oldest.id == one
    assert [(known.id, known.views) for known in library.reading_log.most_opened()] == [
        (two, 2),
        (one, 1),
    ]
    assert library.reading_log.views() == 3


def test_clearing_forgets_the_reading_and_the_views_if_wanted(
    library: Library, add: Callable[..., int]
) -> None:
    one = add("One")
    library.reading_log.count_view(one)
    library.reading_log.note(_back(0), one, 30, 100)
    library.reading_log.note(_back(9), one, 30, 100)
    library.reading_log.clear()
    assert library.reading_log.days() == [Day(_back(0), added=1)]
    assert (library.reading_log.articles(), library.reading_log.views()) == (0, 1)
    library.reading_log.clear(views=True)
    assert library.reading_log.views() == 0
    assert library.history.undo_text() == "", "it is no step"


def test_an_older_library_knows_what_was_added_and_finished(tmp_path: Path) -> None:
    steps = migrate._steps()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "_steps", lambda: {n: sql for n, sql in steps.items() if n < 6})
        with Library.open(tmp_path) as library:
            connection = library._database.connection
            for number, (added, read) in enumerate((("2024-05-06T12:00:00Z", ""), ("odd", "odd"))):
                connection.execute(
                    "INSERT INTO article (uid, url, title, title_key, byline, site, site_key, "
                    "language, excerpt, words, published_at, added_at, downloaded_at, read_at, "
                    "state, place) VALUES (?1, ?1, '', '', '', '', '', '', '', 0, '', ?2, '', ?3, "
                    "'archive', '')",
                    (str(number), added, read),
                )
            connection.execute("UPDATE article SET read_at = '2024-05-07T12:00:00Z' WHERE id = 1")
    with Library.open(tmp_path) as library:
        assert library.reading_log.days() == [
            Day("2024-05-06", added=1),
            Day("2024-05-07", finished=1),
        ]


def test_a_streak_lasts_while_today_may_still_be_read_on() -> None:
    days = [TODAY - timedelta(days=back) for back in (9, 8, 7, 2, 1)]
    assert streaks(days, TODAY) == (2, 3)
    assert streaks(days, TODAY + timedelta(days=1)) == (0, 3)
    assert streaks([], TODAY) == (0, 0)


def test_a_day_of_a_clock_that_was_ahead_does_not_count() -> None:
    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=200)]
    assert streaks(days, TODAY) == (2, 2)


def test_the_average_begins_with_the_first_day_of_reading() -> None:
    assert average([Day(_back(1), seconds=600)], TODAY) == 300
    assert average([Day(_back(99), seconds=9999), Day(_back(0), seconds=280)], TODAY) == 10
    assert average([Day(_back(5), added=3)], TODAY) == 0


def test_nothing_read_yet_is_all_nought(library: Library) -> None:
    found = of(library.reading_log, TODAY)
    assert (found.seconds, found.streak, found.oldest, found.opened, found.sites) == (
        0, 0, None, (), (),
    )  # fmt: skip
    assert not any(bar.seconds or bar.added for bar in (*found.days, *found.months))


def test_days_are_those_of_the_persons_own_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        with Library.open(tmp_path) as library:
            library.add(Clipping("https://example.org/a", "A"))
            assert [day.date for day in library.reading_log.days()] == [date.today().isoformat()]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_is_finished_stays_finished(library: Library, add: Callable[..., int]) -> None:
    id = add("One")
    for progress, kept in ((0.4, 0.4), (0.2, 0.2), (FINISHED, FINISHED), (0.1, FINISHED), (1, 1)):
        library.reading_log.keep_position(id, Anchor(1), progress)
        assert library.article(id).progress == kept
    library.reading_log.keep_position(id, Anchor(3), 0.3)
    assert (library.article(id).progress, library.article(id).position) == (1, Anchor(3))
