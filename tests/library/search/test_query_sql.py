"""Every field of a question against what is known of the articles, alone and turned round."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from tests.library.conftest import add_text, ask

from reader.anchor import Anchor
from reader.library.library import Library
from reader.library.search import query_parser, query_sql
from reader.library.search.query_parser import Words
from reader.library.store.database import rows
from reader.model import Article, Clipping, State

_IS: dict[str, Callable[[Article], object]] = {
    "is:unread": lambda a: not a.opened_at or not a.progress,
    "is:opened": lambda a: a.opened_at,
    "is:read": lambda a: a.read_at,
    "is:queue": lambda a: a.state is State.QUEUE,
    "is:archived": lambda a: a.state is State.ARCHIVE,
    "is:trash": lambda a: a.state is State.TRASH,
    "is:fav": lambda a: a.favourite,
    "is:downloaded": lambda a: a.downloaded_at,
    "is:failed": lambda a: a.failure is not None,
    "is:waiting": lambda a: not a.downloaded_at,
    "has:image": lambda a: a.pictures,
    "has:tag": lambda a: a.tags,
    "has:author": lambda a: a.byline,
    "has:highlight": lambda _: False,
    "has:note": lambda _: False,
    "tag:art": lambda a: {"art", "art/old"} & {*a.tags},
    "tag:ar*": lambda a: any(each.startswith("ar") for each in a.tags),
    "lang:en": lambda a: a.language in ("en", "en-GB"),
    "lang:en-gb": lambda a: a.language == "en-GB",
    "lang:e*": lambda a: a.language[:1] == "e",
    "words:>200": lambda a: a.words > 200,
    "words:..": lambda _: False,
    "views:0": lambda a: a.views == 0,
    "added:today": lambda _: True,
    "opened:today": lambda a: a.opened_at,
    "read:1d": lambda a: a.read_at,
    "published:<2020": lambda a: a.published_at and a.published_at < "2020",
    "published:2020..2021": lambda a: "2020" <= a.published_at < "2022",
    "common": lambda _: True,
    "bees": lambda a: "bees" in a.html + a.title,
    "title:bees": lambda a: "bees" in a.title,
    "author:ann": lambda a: a.byline == "Ann",
    "site:daily": lambda a: a.site == "Daily",
    "text:bees": lambda a: "bees" in a.html,
}


_DAYS = ("", "2019-05-05", "2020-01-01", "2021-12-31", "2022-01-01")


class Shelf(NamedTuple):
    """A library and all its articles."""

    library: Library
    articles: list[Article]

    def having(self, holds: Callable[[Article], object], *, trash: bool = False) -> set[int]:
        """Return the articles of which it holds; those in the trash only if asked for."""
        there = [a for a in self.articles if trash or a.state is not State.TRASH]
        return {each.id for each in there if holds(each)}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    library = Library.open(tmp_path_factory.mktemp("shelf"))
    name = "a" * 64 + ".png"
    with library.together():
        for number in range(24):
            told = {
                "words": 100 * (number % 4), "language": ("en", "en-GB", "eo", "")[number % 4],
                "byline": "Ann" if number % 5 == 0 else "", "site": "Daily" * (number % 2),
                "pictures": (name,) if number % 7 == 0 else (),
                "published_at": _DAYS[number % 5],
            }  # fmt: skip
            id = add_text(
                library, "common" + " bees" * (number % 3 == 0), "bees" * (number % 4 == 0), **told
            )
            if number % 6 == 0:
                id = library.add(Clipping(f"https://example.net/{number}", "common")).id
            if number % 5 < 3:
                library.reading_log.count_view(id)
                library.reading_log.keep_position(id, Anchor(1), 0.5 * (number % 2))
            library.set_state([id], [*State][number % 3], done=number % 4 == 1)
            library.set_favourite([id], number % 4 == 2)
            for tag, every in (("art", 6), ("art/old", 9), ("ark", 8)):
                if number % every == 1:
                    library.tags.add([id], tag)
    ids = range(1, library.counts().total + 1)
    return Shelf(library, [library.article(id) for id in ids])


def test_every_name_is_asked_for() -> None:
    names = {f"{field}:{name}" for field in ("is", "has") for name in query_parser.NAMED[field]}
    assert names <= {*_IS}


@pytest.mark.parametrize("text", _IS)
def test_a_field_finds_what_it_says_alone_and_with_words(shelf: Shelf, text: str) -> None:
    holds, trash = _IS[text], text == "is:trash"
    assert set(ask(shelf.library, text)) == shelf.having(holds, trash=trash)
    both = shelf.having(lambda a: "bees" in a.html and holds(a), trash=trash)
    assert set(ask(shelf.library, f"text:bees {text}")) == both


@pytest.mark.parametrize("text", _IS)
def test_a_field_turned_round_finds_all_others_alone_and_with_words(
    shelf: Shelf, text: str
) -> None:
    holds = _IS[text]
    assert set(ask(shelf.library, f"-{text}")) == shelf.having(lambda a: not holds(a))
    both = shelf.having(lambda a: "bees" in a.html and not holds(a))
    assert set(ask(shelf.library, f"text:bees -{text}")) == both


@pytest.mark.parametrize("text", _IS)
def test_one_field_or_another_finds_both(shelf: Shelf, text: str) -> None:
    holds = _IS[text]
    either = shelf.having(lambda a: a.favourite or holds(a), trash=text == "is:trash")
    if text != "is:trash":
        assert set(ask(shelf.library, f"is:fav OR {text}")) == either
        words = shelf.having(lambda a: "bees" in a.html or holds(a))
        assert set(ask(shelf.library, f"text:bees OR {text}")) == words


@pytest.mark.parametrize("text", ["is:queue", "-is:fav", "-bees", "words:>100"])
def test_without_words_the_newest_come_first(shelf: Shelf, text: str) -> None:
    found = ask(shelf.library, text)
    assert found == sorted(found, reverse=True)
    assert ask(shelf.library, text, limit=3) == found[:3]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("is:queue", "state_by_added"), ("is:archived", "state_by_added"),
        ("is:trash", "state_by_added"), ("is:fav", "favourites_by_added"),
        ("is:opened", "opened_by_added"), ("is:unread", "all_by_added"),
        ("has:tag", "all_by_added"), ("added:today", "all_by_added"),
        ("lang:en", "tongue_by_added"), ("lang:en is:fav", "tongue_by_added"),
        ("is:waiting", "without_text"), ("is:failed", "without_text"),
    ],
)  # fmt: skip
def test_an_index_gives_the_newest_without_sorting_all(shelf: Shelf, text: str, index: str) -> None:
    asked: list[tuple[str, Any]] = []

    def trace(_: object, sql: str, values: object) -> bool:
        asked.append((sql, values))
        return True

    with shelf.library._database.reading() as connection:
        connection.exec_trace = trace
        query_sql.found(connection, query_parser.question(text), 10)
        connection.exec_trace = None
        (sql, values), *_ = [each for each in asked if "ORDER BY" in each[0]]
        plan = [row[3] for row in rows(connection, f"EXPLAIN QUERY PLAN {sql}", values)]
    assert f" {index}" in plan[0]
    assert not any("TEMP B-TREE" in step for step in plan)


def test_a_newer_one_comes_before_its_equals_even_if_one_is_asked_for(library: Library) -> None:
    for count in range(1, 5):
        newest = add_text(library, f"bees {'filler ' * 20}")
        assert ask(library, "bees", limit=1) == [newest], count
        add_text(library, "nothing of it")


def test_of_equals_the_newer_comes_a_little_before_and_the_best_first(library: Library) -> None:
    ids = [add_text(library, f"bees {'filler ' * 20}") for _ in range(3)]
    best = add_text(library, "bees bees bees")
    for _ in range(3):
        add_text(library, "nothing of it")
    assert ask(library, "bees") == [best, *ids[::-1]]
    assert ask(library, "bees", limit=2) == [best, ids[2]]


@pytest.mark.parametrize(
    ("start", "shown"), [("be", True), ("bee", True), ("bees", True), ("bees x", False)]
)
def test_what_is_typed_stands_for_all_that_begin_so(
    library: Library, start: str, shown: bool
) -> None:
    id = add_text(library, "beeswax")
    assert (id in ask(library, start, typing=True)) is shown or start == "bees x"
    assert id in ask(library, f"{start.split()[0]}*")


def test_words_that_nobody_has_are_no_condition_of_a_ranking(library: Library) -> None:
    with library._database.reading() as connection:
        said = query_sql._expression(connection, Words("!!!"), False)
    assert said == ("", 0)
    rare, common = query_sql._Said("rare", 10), query_sql._Said("common", 30_000)
    assert query_sql._ranked([common, rare], typing=False) == [rare]
    assert query_sql._ranked([query_sql._Said("x", 30_000)], typing=False) == [("x", 30_000)]
    assert query_sql._ranked([query_sql._Said("x", 30_001)], typing=False) == []
    assert query_sql._ranked([query_sql._Said("x", 4_500)], typing=True) == [("x", 4_500)]
    assert query_sql._ranked([query_sql._Said("x", 4_501)], typing=True) == []
