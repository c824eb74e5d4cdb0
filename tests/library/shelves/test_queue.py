"""The queue: a person's own order, kept over undo, import, restart and two windows at once."""

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.anchor import Anchor
from reader.errors import LibraryError
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Clipping, Length, Query, Sort, State

QUEUE = SHELF_QUERIES["queue"]


def fill(library: Library, count: int, words: int = 238) -> list[int]:
    with library.together():
        return [
            library.add(
                Clipping(f"https://example.org/{n}", f"Article {n}", html="<p>x</p>", words=words)
            ).id
            for n in range(count)
        ]


def order(library: Library) -> list[int]:
    return library.ids(QUEUE)


def places_of(library: Library) -> dict[int, str]:
    return {id: library.article(id).place for id in order(library)}


def test_top_end_and_next_up_are_steps_that_undo_takes_back(library: Library) -> None:
    a, b, c, d, e = fill(library, 5)
    assert library.queue.to_top([d]) == 1
    assert order(library) == [d, a, b, c, e]
    assert library.history.undo_text() == "To the top of the queue: “Article 3”"
    assert library.queue.to_end([a, d]) == 2
    assert order(library) == [b, c, e, a, d]
    assert library.queue.next_up([a, b], c) == 2
    assert order(library) == [c, a, b, e, d]
    for _ in range(3):
        library.history.undo()
    assert order(library) == [a, b, c, d, e]
    library.history.redo()
    assert order(library) == [d, a, b, c, e]


def test_only_what_moves_gets_another_place(library: Library) -> None:
    ids = fill(library, 30)
    before = places_of(library)
    library.queue.put_behind([ids[20], ids[3]], ids[10])
    after = places_of(library)
    assert {id for id in ids if before[id] != after[id]} == {ids[20], ids[3]}
    assert order(library)[9:12] == [ids[10], ids[20], ids[3]]


def test_one_up_and_one_down_stop_at_the_ends(library: Library) -> None:
    a, b, c, d = fill(library, 4)
    assert library.queue.up([c, d]) == 2
    assert order(library) == [a, c, d, b]
    assert library.queue.up([c, d]) == 2
    assert order(library) == [c, d, a, b]
    assert library.queue.up([c, d]) == 0
    assert library.queue.down([d]) == 1
    assert order(library) == [c, a, d, b]
    assert library.queue.down([b]) == 0
    assert library.history.undo_text() == "Moved in the queue: “Article 3”", "no step of nothing"


def test_what_stands_there_already_is_no_step(library: Library) -> None:
    a, b, c = fill(library, 3)
    assert library.queue.to_top([a, b]) == 0
    assert library.queue.to_end([c]) == 0
    assert library.queue.put_behind([b], b) == 0
    assert library.queue.put_before([b], c) == 0
    assert library.queue.next_up([b], a) == 0
    assert library.queue.next_up([a], a) == 0
    assert library.history.undo_text() == ""


def test_an_archived_article_comes_into_the_queue_where_it_is_put(library: Library) -> None:
    a, b, c = fill(library, 3)
    library.set_state([c, b], State.ARCHIVE)
    library.queue.to_top([c])
    assert order(library) == [c, a]
    library.history.undo()
    assert library.article(c).state is State.ARCHIVE
    library.queue.next_up([a], b)
    assert order(library) == [a], "what is read is not in the queue: to the top"


def test_what_comes_in_stands_at_the_end(library: Library) -> None:
    ids = fill(library, 4)
    library.queue.to_end([ids[0]])
    fresh = library.add(Clipping("https://example.org/new", "New")).id
    assert order(library) == [*ids[1:], ids[0], fresh]
    library.add(Clipping("https://example.org/1", "Article 1", html="<p>other</p>"))
    assert order(library) == [*ids[1:], ids[0], fresh], "what comes in again stays"


def test_equal_places_are_in_the_order_of_uids_and_something_fits_between(
    library: Library,
) -> None:
    a, d, c, b, e = fill(library, 5)
    with library._database.writing() as connection:
        for uid, id in (("1", b), ("2", c), ("3", d)):
            sql = "UPDATE article SET place = 'a1', uid = ? WHERE id = ?"
            connection.execute(sql, (uid, id))
    assert order(library) == [a, b, c, d, e]
    assert library.queue.behind(b) == c
    library.queue.put_behind([e], b)
    assert order(library) == [a, b, e, c, d]
    library.queue.put_before([d], b)
    assert order(library) == [a, d, b, e, c]
    library.history.undo()
    library.history.undo()
    assert order(library) == [a, b, c, d, e]


def test_a_place_that_was_given_away_does_no_harm(library: Library) -> None:
    a, b, c = fill(library, 3)
    library.queue.put_behind([c], a)
    library.set_state([c], State.TRASH)
    library.queue.put_before([b], a)
    library.queue.put_behind([b], a)
    d = library.add(Clipping("https://example.org/d", "D")).id
    library.queue.put_behind([d], a)
    library.set_state([c], State.QUEUE)
    found = order(library)
    assert sorted(found) == sorted([a, b, c, d])
    library.queue.put_behind([b], found[1])
    assert order(library).index(b) == order(library).index(found[1]) + 1


def test_two_windows_that_move_the_same_article_agree(tmp_path: Path, library: Library) -> None:
    ids = fill(library, 6)
    with Library.open(library.folder) as other:
        library.queue.to_top([ids[4]])
        other.queue.put_behind([ids[4]], ids[1])
        assert order(library) == order(other) == [ids[0], ids[1], ids[4], *ids[2:4], ids[5]]
        # The first window still means the order it had shown.
        library.queue.put_before([ids[4]], ids[5])
        other.set_state([ids[2]], State.ARCHIVE)
        library.queue.put_behind([ids[0]], ids[2])
        assert order(library) == order(other) == [ids[1], ids[0], ids[3], ids[4], ids[5]]


def test_undo_of_one_window_leaves_what_another_did_later(library: Library) -> None:
    a, b, c = fill(library, 3)
    library.queue.to_top([c])
    place = library.article(c).place
    with Library.open(library.folder) as other:
        other.queue.to_end([c])
    library.history.undo()
    assert library.article(c).place == place
    library.history.undo()
    assert order(library) == [a, b, c]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 7), st.integers(0, 7)), max_size=25))
def test_any_moves_are_what_a_plain_list_would_do(moves: list[tuple[int, int, int]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "x") as library:
        plain = fill(library, 8)
        for verb, one, other in moves:
            id, target = plain[one], plain[other]
            rest = [each for each in plain if each != id]
            where = rest.index(target) if target != id else one
            match verb:
                case 0:
                    library.queue.to_top([id])
                    where = 0
                case 1:
                    library.queue.to_end([id])
                    where = 7
                case 2:
                    library.queue.put_before([id], target)
                case 3:
                    library.queue.put_behind([id], target)
                    where += target != id
                case 4:
                    library.queue.up([id])
                    where = max(0, one - 1)
                case 5:
                    library.queue.down([id])
                    where = one + 1
                case _:
                    library.history.undo()
                    library.history.redo()
                    continue
            plain = [*rest[:where], id, *rest[where:]]
            assert order(library) == plain


def test_a_place_beside_nothing_is_a_sentence(library: Library) -> None:
    ids = fill(library, 2)
    with pytest.raises(LibraryError, match="no article 99"):
        library.queue.put_behind([ids[0]], 99)
    assert library.queue.to_top([]) == 0
    assert library.history.undo_text() == ""


def test_how_long_the_queue_is_keeps_up_with_all_that_happens(library: Library) -> None:
    chance = random.Random(4)
    ids = fill(library, 12, words=100)
    for turn in range(120):
        id = chance.choice(ids)
        match turn % 5:
            case 0:
                library.set_state([id], chance.choice([*State]), done=chance.random() < 0.5)
            case 1:
                library.reading_log.keep_position(id, Anchor(1, 1), chance.random())
            case 2:
                words = chance.randrange(500)
                library.add(
                    Clipping(f"https://example.org/{id - 1}", html=f"<p>{turn}</p>", words=words)
                )
            case 3:
                library.history.undo()
            case _:
                library.reading_log.count_view(id)
        rows = library.rows(QUEUE)
        left = sum(int(row.words * (1 - row.progress)) for row in rows)
        assert library.queue.length() == Length(len(rows), left)
        assert library.counts().begun == len(library.rows(Query(begun=True)))


def test_begun_is_what_one_goes_on_with_newest_first(library: Library) -> None:
    a, b, c, d, e = fill(library, 5)
    for id, progress, opened in ((a, 0.2, "1"), (b, 0.5, "3"), (c, 0.97, "4"), (d, 0.4, "2")):
        library.reading_log.keep_position(id, Anchor(), progress)
        with library._database.writing() as connection:
            connection.execute("UPDATE article SET opened_at = ? WHERE id = ?", (opened, id))
    assert SHELF_QUERIES["begun"].sort is Sort.OPENED
    assert library.ids(SHELF_QUERIES["begun"]) == [b, d, a]
    library.set_state([b], State.TRASH)
    library.set_state([d], State.ARCHIVE, done=True)
    assert library.ids(SHELF_QUERIES["begun"]) == [a], "what is done with is not gone on with"
    library.set_state([a], State.ARCHIVE)
    assert library.ids(SHELF_QUERIES["begun"]) == [a]
    assert library.count(SHELF_QUERIES["begun"]) == library.counts().begun == 1
    assert e not in library.ids(SHELF_QUERIES["begun"])


def test_the_shelves_of_the_queue_are_read_from_indexes(library: Library) -> None:
    from reader.library.articles import queries

    for key, index in (("queue", "queue_by_standing"), ("begun", "begun_by_opened")):
        sql, values = queries.ids(SHELF_QUERIES[key])
        with library._database.reading() as connection:
            plan = str(connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall())
        assert index in plan
        assert "TEMP B-TREE" not in plan


def test_a_surprise_is_any_queued_article_the_older_half_twice_as_often(library: Library) -> None:
    ids = fill(library, 10)
    chance = random.Random(8)
    found = Counter(library.queue.surprise(chance=chance) for _ in range(6000))
    assert set(found) == set(ids)
    for id in ids:
        assert found[id] == pytest.approx(800 if id in ids[:5] else 400, rel=0.2)


def test_a_surprise_is_another_one_than_what_is_read(library: Library) -> None:
    assert library.queue.surprise() is None
    a, b = fill(library, 2)
    assert {library.queue.surprise(but=a) for _ in range(30)} == {b}
    library.set_state([b], State.ARCHIVE)
    assert library.queue.surprise(but=a) is None
    assert library.queue.surprise() == a


def test_a_library_from_before_knows_what_is_left_and_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.library.store import migrate

    steps = migrate._steps()
    monkeypatch.setattr(migrate, "_steps", lambda: {n: sql for n, sql in steps.items() if n < 4})
    with Library.open(tmp_path / "old") as library:
        connection = library._database.connection
        for id, state, progress, read in (
            (1, "queue", 0.5, ""),
            (2, "queue", 0, ""),
            (3, "archive", 0.5, "2026"),
            (4, "archive", 0.25, ""),
            (5, "trash", 0.5, ""),
        ):
            connection.execute(
                "INSERT INTO article (id, uid, url, title, title_key, byline, site, site_key, "
                "language, excerpt, words, published_at, added_at, downloaded_at, read_at, state, "
                "place, progress) VALUES (?1, ?1, ?1, '', '', '', '', '', '', '', 100, '', '', '', "
                "?4, ?2, 'a' || ?1, ?3)",
                (id, state, progress, read),
            )
    monkeypatch.undo()
    with Library.open(tmp_path / "old") as library:
        assert library.queue.length() == Length(2, 150)
        assert library.ids(SHELF_QUERIES["begun"]._replace(sort=Sort.PLACE)) == [4, 1]
        assert library.counts().begun == 2
        assert library.check() == ()


@pytest.mark.parametrize("ids", [[0], [4], [2], [1, 3], [3, 1], [4, 0], [0, 1, 2, 3, 4], [2, 2]])
@pytest.mark.parametrize(
    "way", ["to_top", "to_end", "up", "down", "put_behind", "put_before", "next_up"]
)
def test_every_way_to_move_is_what_a_plain_list_would_do(
    library: Library, way: str, ids: list[int]
) -> None:
    all = fill(library, 5)
    moved = [*dict.fromkeys(all[number] for number in ids)]
    rest = [id for id in all if id not in moved]
    other = all[2]
    first, last = (end(map(all.index, moved)) for end in (min, max))
    ahead = [id for id in all[: max(first - 1, 0)] if id not in moved]
    after = [id for id in all[: last + 2] if id not in moved]
    behind_other = [id for id in all[:3] if id not in moved]
    before_other = [id for id in all[:2] if id not in moved]
    at = {
        "to_top": 0, "to_end": len(rest), "up": len(ahead), "down": len(after),
        "put_behind": len(behind_other), "put_before": len(before_other),
        "next_up": len(behind_other),
    }[way]  # fmt: skip
    if way == "next_up":
        moved = [id for id in moved if id != other]
        rest = [id for id in all if id not in moved]
        at = rest.index(other) + 1
    expected = [*rest[:at], *moved, *rest[at:]]
    arguments = [other] if way in ("put_behind", "put_before", "next_up") else []
    done = getattr(library.queue, way)([all[number] for number in ids], *arguments)
    assert order(library) == expected
    assert done == (len(moved) if expected != all else 0)
    assert bool(library.history.undo_text()) == (expected != all)


def test_what_is_queued_what_follows_and_a_current_that_is_not_queued(library: Library) -> None:
    a, b, c, d = fill(library, 4)
    library.set_state([b], State.ARCHIVE)
    assert library.queue.having([d, b, 99, a]) == [d, a]
    assert [library.queue.behind(id) for id in (a, b, c, d)] == [c, c, d, None]
    assert library.queue.next_up([d], b) == 1
    assert order(library) == [d, a, c]
    assert library.queue.next_up([c], None) == 1
    assert order(library) == [c, d, a]
    assert library.queue.next_up([c], c) == 0
