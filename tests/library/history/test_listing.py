"""The entries of the history: newest first, by time, words and article, and events among them."""

from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest
from tests.library.history.test_changes import filled

from reader import phrases, step_phrases
from reader.library.history import changes, listing
from reader.library.library import Library
from reader.library.store import clock, migrate
from reader.model import Clipping, State
from reader.steps import Label, Standing, Verb, Wanted

_ALL = Wanted()


def sentences(library: Library, about: Wanted = _ALL) -> list[str]:
    """Return the descriptions of a page of the history."""
    return [phrases.step(each.label) for each in library.history.steps(about)]


def test_steps_are_listed_newest_first_with_their_time_and_count(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library:
        before = clock.now()
        library.set_state([1, 2], State.ARCHIVE)
        library.set_title(3, "New")
        library.history.undo()
        entries = library.history.steps()
    assert [(phrases.step(each.label), each.size, each.standing) for each in entries] == [
        ("Renamed “Old”", 1, Standing.UNDONE),
        ("Archived 2 articles", 2, Standing.DONE),
    ]
    assert all(before <= each.at <= clock.now() for each in entries)


def test_pages_follow_each_other_without_a_gap(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library:
        for number in range(7):
            library.set_title(1, f"{number}")
        whole = library.history.steps()
        pages, mark = [], ""
        while page := library.history.steps(Wanted(after=mark, limit=3)):
            pages += page
            mark = page[-1].mark
    assert pages == whole
    assert len(whole) == 7


def test_steps_are_found_by_words_of_their_label_and_of_titles(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library:
        library.set_title(2, "Élan vital")
        library.set_state([1, 2], State.ARCHIVE)
        library.tags.add([3], "maps")
        assert sentences(library, Wanted("elan archived")) == ["Archived 2 articles"]
        assert sentences(library, Wanted("MAPS")) == ["Tagged “maps”: “Old”"]
        assert sentences(library, Wanted("nothing of that")) == []


def test_steps_are_found_by_article_and_time(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library:
        library.set_title(1, "New")
        library.set_favourite([1, 2], True)
        library.duplicates.tell_apart(2, 3)
        assert sentences(library, Wanted(article=1)) == [
            "Made a favourite: 2 articles", "Renamed “Old”",
        ]  # fmt: skip
        assert sentences(library, Wanted(article=3)) == ["Not the same: “Old” and “Old”"]
        now = datetime.now(UTC)
        future = now.replace(year=now.year + 1).isoformat()
        assert sentences(library, Wanted(since=future)) == []
        assert len(sentences(library, Wanted(before=future))) == 3
        assert sentences(library, Wanted(before="2001-01-01T00:00:00Z")) == []


def test_deletions_for_good_are_events_with_the_titles_of_the_log(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library:
        library.set_title(2, "Gone soon")
        library.set_state([2, 3], State.TRASH)
        library.trash.delete([2, 3])
        event = library.history.steps()[0]
        assert (event.label.verb, event.size, event.standing, event.id) == (
            Verb.DELETE, 2, Standing.EVENT, 0,
        )  # fmt: skip
        found = library.history.details(event)
        assert [each.title for each in found] == ["Gone soon", "Old"]
        assert all(step_phrases.fate(each).startswith("deleted for good today") for each in found)
        assert len(library.history.details(event, 1, 1)) == 1
        (tmp_path / "deleted.log").unlink()
        assert [each.title for each in library.history.details(event)] == ["", ""]


def test_a_single_deletion_has_its_title_and_comes_between_the_steps(tmp_path: Path) -> None:
    with filled(tmp_path, 2) as library:
        library.set_state([2], State.TRASH)
        library.trash.delete([2])
        library.set_title(1, "New")
        assert sentences(library) == ["Renamed “Old”", "Deleted for good: “Old”"]
        after = library.history.steps(Wanted(limit=1))[0].mark
        assert sentences(library, Wanted(after=after)) == ["Deleted for good: “Old”"]
        assert sentences(library, Wanted("deleted good")) == ["Deleted for good: “Old”"]


def test_an_event_is_listed_and_is_never_undone(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library:
        library.set_title(1, "New")
        with library._database.writing() as connection:
            changes.note(connection, Label(Verb.REPAIR, {"count": 7}))
        event = library.history.steps()[0]
        assert (event.label.verb, event.size, event.standing) == (Verb.REPAIR, 7, Standing.EVENT)
        assert library.history.undo(step=event.id) is None
        assert library.history.undo_text() == "Renamed “Old”"


def test_a_damaged_label_and_one_of_a_newer_reader_are_listed(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library:
        library.set_title(1, "New")
        library.set_title(1, "Newer")
        with library._database.writing() as connection:
            connection.execute("UPDATE change_group SET told = 'x', verb = 'y' WHERE id = 1")
        assert len(library.history.steps()) == 2
        assert listing.time_of("x") == ""


def test_no_page_scans_the_log(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library, library._database.reading() as connection:
        for sql in _traced(connection, lambda: [*listing.entries(connection, tmp_path)]):
            plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
            assert not [detail for *_, detail in plan if str(detail).startswith("SCAN change")
                        and "INDEX" not in str(detail)]  # fmt: skip


def _traced(connection: apsw.Connection, work: object) -> list[str]:
    statements: list[str] = []
    connection.trace_v2(apsw.SQLITE_TRACE_STMT, lambda told: statements.append(str(told["sql"])))
    assert callable(work)
    work()
    connection.trace_v2(0, None)
    return [each.replace("?", "1") for each in statements]


@pytest.mark.parametrize("undone", [0, 1, 2])
def test_steps_of_older_schemas_have_the_time_of_their_rows(tmp_path: Path, undone: int) -> None:
    connection = apsw.Connection(str(tmp_path / "library.db"))
    connection.pragma("application_id", migrate.APPLICATION_ID)
    migrate.make(connection, 11)
    for step in (1, 2):
        sql = "INSERT INTO change_group (id, undone, verb, told) VALUES (?, ?, 'archive', '{}')"
        connection.execute(sql, (step, undone))
        connection.execute(
            "INSERT INTO change (step, entity, field, old, new, stamp) "
            "VALUES (?, 'u', 'state', 'queue', 'archive', ?)",
            (step, f"170000000{step}000-00000-a"),
        )
    connection.close()
    with Library.open(tmp_path) as library:
        assert [(each.id, each.at) for each in library.history.steps()] == [
            (2, "2023-11-14T22:13:22Z"), (1, "2023-11-14T22:13:21Z"),
        ]  # fmt: skip
        newest = library.history.newest(undone=undone == 1)
        assert (newest.id if newest else 0) == (2, 1, 0)[undone]
        library.add(Clipping("https://example.org/1", title="Old"))
        library.set_title(1, "New")
        assert len(library.history.steps()) == 3
