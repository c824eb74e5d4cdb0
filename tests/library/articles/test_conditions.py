"""A list and a search ask for the same articles in the same words."""

from collections.abc import Sequence
from typing import Any

import apsw
import pytest
from tests.library.conftest import add_text, ask

from reader.library.articles import conditions, queries
from reader.library.library import Library
from reader.library.search import query_parser, query_sql
from reader.library.store.database import rows
from reader.model import Query, State

_SAME = [
    (Query(State.QUEUE), "is:queue"),
    (Query(State.ARCHIVE), "is:archived"),
    (Query(State.TRASH), "is:trash"),
    (Query(favourite=True), "is:fav"),
    (Query(tag="Art"), "tag:ART"),
    (Query(language="en"), "lang:en"),
    (Query(language="en", favourite=True), "is:fav lang:en"),
    (Query(State.QUEUE, language="en"), "is:queue lang:en"),
]


@pytest.fixture
def shelf(library: Library) -> Library:
    with library.together():
        for number in range(24):
            id = add_text(library, "bees", language=("en", "en-GB", "de")[number % 3])
            library.set_state([id], [*State][number % 4 % 3])
            library.set_favourite([id], number % 5 < 2)
            if number % 2:
                library.tags.add([id], ("art", "art/old", "ark")[number % 5 % 3])
    return library


def _asked(connection: apsw.Connection, text: str) -> list[tuple[str, Sequence[Any]]]:
    asked: list[tuple[str, Any]] = []

    def trace(_: object, sql: str, values: Any) -> bool:
        asked.append((sql, values))
        return True

    connection.exec_trace = trace
    query_sql.found(connection, query_parser.question(text), 100)
    connection.exec_trace = None
    return asked


@pytest.mark.parametrize(("query", "text"), _SAME)
def test_a_list_and_a_search_find_the_same(shelf: Library, query: Query, text: str) -> None:
    ids = shelf.ids(query)
    assert 0 < len(ids) < 24
    assert set(ask(shelf, text)) == set(ids)


@pytest.mark.parametrize(("query", "text"), _SAME)
def test_a_list_and_a_search_use_the_same_sql(shelf: Library, query: Query, text: str) -> None:
    condition, values = queries.where(query)
    with shelf._database.reading() as connection:
        ((sql, asked),) = _asked(connection, text)
    trash = conditions.outside_trash(by_origin=bool(query.language))
    parts = [part for part in condition.split(" AND ") if part != trash or query.state is None]
    assert all(f"({part})" in sql for part in parts)
    assert [*values, 100] == [*asked]


@pytest.mark.parametrize("text", ["tag:art", "bees tag:art", "bees -tag:art", "tag:ar*"])
def test_a_tag_is_found_in_covering_indexes(shelf: Library, text: str) -> None:
    with shelf._database.reading() as connection:
        sql, values = _asked(connection, text)[-1]
        plan = [row[3] for row in rows(connection, f"EXPLAIN QUERY PLAN {sql}", values)]
    assert any("tag USING COVERING INDEX" in step for step in plan)
    assert any("tag_within USING COVERING INDEX" in step for step in plan)
    assert any("article_tag USING PRIMARY KEY" in step for step in plan)


def test_a_beginning_is_all_that_begins_so_and_nothing_else(shelf: Library) -> None:
    all = {*ask(shelf, "tag:ar*", limit=99)}
    assert all == {*shelf.ids(Query(tag="art"))} | {*shelf.ids(Query(tag="ark"))}
    assert all == {*ask(shelf, "tag:art OR tag:ark")}
