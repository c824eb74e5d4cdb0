"""What a list shows comes in its order from wherever it is asked, in every order of a shelf."""

import random
from pathlib import Path

import pytest

from reader.gui.list.listings import QueryListing, SearchListing
from reader.library.library import Library
from reader.model import Clipping, Query, Sort, State

_QUERIES = [
    *(Query(sort=sort, descending=way) for sort in Sort for way in (True, False)),
    Query(State.QUEUE, sort=Sort.PLACE, descending=False),
    Query(tag="art"),
    Query(tag="art", sort=Sort.LENGTH, descending=False),
    Query(site="S1", sort=Sort.TITLE),
    Query(favourite=True),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = Library.open(Path(tmp_path_factory.mktemp("listings")))
    chance = random.Random(3)
    with made.together():
        for number in range(400):
            title = chance.choice(["A", "B", "C", f"T{number}"])
            clipping = Clipping(f"https://e.org/{number}", title, site=f"S{number % 3}")
            id = made.add(clipping._replace(words=chance.choice([10, 20, 30]))).id
            if number % 3:
                made.tags.add([id], "art")
            made.set_favourite([id], number % 2 == 0)
    with made._database.writing() as connection:
        connection.execute("UPDATE article SET added_at = '2026-01-0' || (id % 3 + 1)")
    return made


@pytest.mark.parametrize("query", _QUERIES, ids=str)
def test_rows_are_the_same_from_wherever_they_are_asked(library: Library, query: Query) -> None:
    listing = QueryListing(library, query)
    every = library.ids(query)
    assert listing.count() == len(every)
    chance = random.Random(5)
    for _ in range(25):
        offset = chance.randrange(len(every))
        rows = listing.rows(offset, 40)
        assert [row.id for row in rows] == every[offset : offset + 40]


@pytest.mark.parametrize("query", _QUERIES, ids=str)
def test_with_milestones_everything_stands_where_it_stood(
    library: Library, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.gui.list.listings._STEP", 30)
    listing = QueryListing(library, query)
    every = library.ids(query)
    assert listing.count() == len(every)
    assert listing.is_large
    steps = 0
    while listing.walk():
        steps += 1
    assert steps == len(every) // 30
    for place in (0, 29, 30, 31, 59, 60, 89, len(every) - 1):
        assert listing.index_of(every[place]) == place
        assert [row.id for row in listing.rows(place, 7)] == every[place : place + 7]
    assert listing.index_of(10**9) is None


def test_an_article_that_has_gone_since_is_no_mark(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        ids = [library.add(Clipping(f"https://e.org/{n}", f"{n:02}")).id for n in range(30)]
        query = Query(sort=Sort.TITLE, descending=False)
        listing = QueryListing(library, query)
        listing.count()
        listing.rows(10, 5)
        library.set_state([ids[10], ids[14]], State.TRASH)
        library.trash.delete([ids[10], ids[14]])
        assert [row.title for row in listing.rows(12, 2)] == ["13", "15"]


def test_what_was_found_goes_on_without_what_is_gone(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        ids = [library.add(Clipping(f"https://e.org/{n}", f"{n}")).id for n in range(3)]
        found = SearchListing(library, lambda: list(ids))
        library.set_state([ids[1]], State.TRASH)
        library.trash.delete([ids[1]])
        assert [row.id for row in found.rows(0, 10)] == [ids[0], ids[2]]
        assert found.index_of(ids[2]) == 2


@pytest.mark.parametrize("query", _QUERIES, ids=str)
@pytest.mark.parametrize("searched", [False, True])
def test_titles_that_begin_so_are_gone_through_in_order_and_around_the_ends(
    library: Library, query: Query, searched: bool
) -> None:
    ids = library.ids(query)
    listing = SearchListing(library, lambda: ids) if searched else QueryListing(library, query)
    listing.count()
    expected = [row.id for row in library.rows_of(ids) if row.title.casefold().startswith("t1")]
    assert len(expected) > 3
    here, found = 0, []
    for _ in range(len(expected) + 1):
        found.append(here := listing.beginning("T1", here, back=False) or 0)
    assert found == [*expected, expected[0]]
    assert listing.beginning("t1", expected[0], back=True) == expected[-1]
    assert listing.beginning("t1", expected[2], back=True) == expected[1]
    for nothing in ("zebra", "", " ", "'%"):
        assert listing.beginning(nothing, here, back=False) is None
