"""What fits into some minutes: the order of the queue, nothing passed over for ever."""

from datetime import UTC, datetime, timedelta

from reader.anchor import Anchor
from reader.library.library import Library
from reader.library.session import WAITED_DAYS, minutes_of, pick
from reader.model import FINISHED, Clipping, Query, State
from reader.phrases import WORDS_A_MINUTE

NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=WAITED_DAYS + 1)


def fill(library: Library, *minutes: int) -> list[int]:
    known = library.counts().total
    return [
        library.add(
            Clipping(
                f"https://example.org/{known + number}",
                f"Article {number}",
                html="<p>x</p>",
                words=each * WORDS_A_MINUTE,
            )
        ).id
        for number, each in enumerate(minutes)
    ]


def picked(library: Library, minutes: int, now: datetime = NOW) -> list[int]:
    return [row.id for row in pick(library, minutes, now).rows]


def test_the_queue_is_filled_in_its_order_without_what_is_too_long(library: Library) -> None:
    a, b, c, d, e = fill(library, 8, 30, 9, 6, 3)
    assert picked(library, 20) == [a, c, e]
    library.queue.to_top([d])
    assert picked(library, 20) == [d, a, e]
    assert b not in picked(library, 29)


def test_the_minutes_are_never_more_than_one_has(library: Library) -> None:
    fill(library, *(1 + number * 7 % 23 for number in range(40)))
    for minutes in (1, 2, 5, 10, 20, 45, 90, 600):
        rows = pick(library, minutes).rows
        assert 0 < sum(map(minutes_of, rows)) <= minutes
        assert len({row.id for row in rows}) == len(rows)


def test_what_was_begun_counts_with_its_rest_and_what_is_read_is_left_out(
    library: Library,
) -> None:
    a, b, c = fill(library, 40, 10, 5)
    library.reading_log.keep_position(a, Anchor(3), 0.75)
    library.reading_log.keep_position(b, Anchor(9), 0.98)
    found = pick(library, 20).rows
    assert [(row.id, minutes_of(row)) for row in found] == [(a, 10), (c, 5)]


def test_one_that_has_waited_for_a_month_comes_in_behind_the_first(library: Library) -> None:
    fresh, old = fill(library, 12, 8), fill(library, 7, 9)
    library.queue.to_end(old)
    with library._database.writing() as connection:
        long_ago = (NOW - timedelta(days=400)).strftime("%Y-%m-%dT%H:%M:%SZ")
        sql = "UPDATE article SET added_at = ? WHERE id = ?"
        connection.execute(sql, (long_ago, old[0]))
    assert picked(library, 20) == [fresh[0], old[0]]
    assert picked(library, 13) == [fresh[0]], "what is first stays first"
    library.set_state(old, State.ARCHIVE)
    assert picked(library, 20) == fresh


def test_what_waits_for_its_text_or_lies_elsewhere_is_not_picked(library: Library) -> None:
    a, b = fill(library, 5, 5)
    library.add(Clipping("https://example.org/waiting", "Waiting"))
    library.set_state([a], State.TRASH)
    assert picked(library, 60, LATER) == [b]
    assert pick(library, 4).rows == ()
    assert pick(library, 0).rows == ()


def test_what_else_would_fit_can_be_chosen_instead(library: Library) -> None:
    ids = fill(library, 10, 25, 10, 10, 10)
    found = pick(library, 20)
    assert [row.id for row in found.rows] == [ids[0], ids[2]]
    assert [row.id for row in found.also] == [ids[3], ids[4]]


def added(library: Library, id: int, before: timedelta) -> None:
    moment = (NOW - before).strftime("%Y-%m-%dT%H:%M:%SZ")
    with library._database.writing() as connection:
        connection.execute("UPDATE article SET added_at = ? WHERE id = ?", (moment, id))


def test_a_month_has_passed_after_thirty_days_to_the_second(library: Library) -> None:
    first, second, last = fill(library, 10, 10, 10)
    for seconds, picks in ((0, [first, second]), (1, [first, last])):
        added(library, last, timedelta(days=30, seconds=seconds))
        assert picked(library, 20) == picks


def test_of_all_that_have_waited_the_oldest_alone_is_let_in(library: Library) -> None:
    ids = fill(library, 5, 5, 5, 5, 5)
    added(library, ids[3], timedelta(days=50))
    added(library, ids[4], timedelta(days=60))
    assert picked(library, 10) == [ids[0], ids[4]]
    assert picked(library, 15) == [ids[0], ids[1], ids[4]], "in the order of the queue"
    added(library, ids[0], timedelta(days=90))
    assert picked(library, 10) == [ids[0], ids[4]], "the first one is in already"


def test_what_is_almost_read_is_read(library: Library) -> None:
    (id,) = fill(library, 40)
    library.reading_log.keep_position(id, Anchor(1), FINISHED - 0.01)
    assert picked(library, 60) == [id]
    library.reading_log.keep_position(id, Anchor(1), FINISHED)
    assert picked(library, 60) == []


def test_an_article_fits_exactly_or_not_at_all(library: Library) -> None:
    (id,) = fill(library, 10)
    assert (picked(library, 10), picked(library, 9)) == ([id], [])


def test_only_twelve_others_are_offered(library: Library) -> None:
    ids = fill(library, *[10] * 15)
    found = pick(library, 10, NOW)
    assert [row.id for row in found.rows] == ids[:1]
    assert [row.id for row in found.also] == ids[1:13]


def test_only_the_beginning_of_a_long_queue_is_looked_at(library: Library) -> None:
    with library.together():
        ids = fill(library, *[60] * 499, 5, 5)
    assert picked(library, 10) == [ids[499]]


def test_only_the_oldest_fifty_are_asked_whether_they_have_waited(library: Library) -> None:
    for count, picks in ((49, 1), (50, 0)):
        with library.together():
            library.set_state(library.ids(Query()), State.TRASH)
            first, *ids = fill(library, 1, *[60] * 600)
            waited = library.add(Clipping(f"https://example.org/w{count}", html="x", words=238)).id
            library.queue.to_end([waited])
            for id in ids[:count]:
                added(library, id, timedelta(days=99))
            added(library, waited, timedelta(days=40))
        assert picked(library, 20) == [first, waited][: 1 + picks]
