"""What the list of shelves holds, line by line, for libraries of every kind."""

import pytest

from reader.gui.shelf_lines import Line, lines
from reader.model import SHELF_QUERIES, Counts, Query, Saved

FIXED = [
    ("queue", "Queue", 3), ("begun", "Continue Reading", 1), ("all", "All", 9),
    ("favourites", "Favourites", 2), ("archive", "Archive", 6), ("trash", "Trash", 4),
]  # fmt: skip
TAGS = (("art", 5), ("art/modern", 2), ("art/modern/cubism", 1), ("Artist", 1), ("b/c", 1))
COUNTS = Counts()._replace(queue=3, begun=1, favourites=2, archive=6, trash=4)


def _seen(found: list[Line]) -> list[tuple[str, str, int, int, bool | None]]:
    """Return what is seen of the lines below those that are always there."""
    return [(each.key, each.title, each.articles, each.depth, each.folded) for each in found[6:]]


def test_six_shelves_are_always_there_with_their_counts() -> None:
    found = lines(COUNTS, ())
    assert [(each.key, each.title, each.articles) for each in found] == FIXED
    for line in found:
        assert line.shelf is not None
        assert (line.shelf.key, line.shelf.title) == (line.key, line.title)
        assert line.shelf.query == SHELF_QUERIES[line.key]
        assert (line.depth, line.folded, line.shelf.question) == (0, None, "")
    assert len({line.shelf.icon for line in found if line.shelf}) == 6


def test_tags_lie_within_tags_under_the_last_part_of_their_names() -> None:
    found = lines(COUNTS._replace(tags=TAGS, colours={"art": "red"}), ())
    assert _seen(found) == [
        ("section:tags", "Tags", 0, 0, False),
        ("tag:art", "art", 5, 0, False),
        ("tag:art/modern", "modern", 2, 1, False),
        ("tag:art/modern/cubism", "cubism", 1, 2, None),
        ("tag:Artist", "Artist", 1, 0, None),
        ("tag:b/c", "c", 1, 1, None),
    ]
    shelves = [line.shelf for line in found[7:] if line.shelf]
    assert [each.query for each in shelves] == [Query(tag=tag) for tag, _ in TAGS]
    assert [each.title for each in shelves] == [tag for tag, _ in TAGS]
    assert [each.colour for each in shelves] == ["red", "", "", "", ""]
    assert {each.icon for each in shelves} == {"tag"}


@pytest.mark.parametrize(
    ("folded", "left"),
    [
        ({"tag:art"}, ["tag:art", "tag:Artist", "tag:b/c"]),
        ({"tag:art/modern"}, ["tag:art", "tag:art/modern", "tag:Artist", "tag:b/c"]),
        ({"tag:Artist", "tag:art/modern/cubism"}, [f"tag:{tag}" for tag, _ in TAGS]),
        ({"section:tags"}, []),
    ],
)
def test_folding_hides_what_is_below_and_nothing_else(folded: set[str], left: list[str]) -> None:
    heading, *found = lines(COUNTS._replace(tags=TAGS), folded)[6:]
    assert [line.key for line in found] == left
    assert heading.folded is ("section:tags" in folded)
    is_folded = {line.key for line in found if line.folded}
    assert is_folded == folded & {"tag:art", "tag:art/modern"}


def test_saved_searches_come_before_tags_and_have_their_question() -> None:
    counts = COUNTS._replace(saved=(Saved("u1", "Long ones", "words:>5000"),), tags=(("a", 1),))
    found = lines(counts, ())
    assert [line.key for line in found[6:]] == [
        "section:saved", "saved:u1", "section:tags", "tag:a",
    ]  # fmt: skip
    shelf = found[7].shelf
    assert shelf is not None
    assert found[6].title == "Saved"
    assert (found[7].title, found[7].articles, found[7].folded) == ("Long ones", 0, None)
    assert (shelf.title, shelf.question, shelf.icon) == ("Long ones", "words:>5000", "find")


def test_a_line_leads_to_all_sites_if_there_are_many() -> None:
    sites = tuple((f"s{number}.example", 20 - number) for number in range(8))
    found = lines(COUNTS._replace(sites=sites), ())
    heading, *shown, last = _seen(found)
    assert heading == ("section:sites", "Sites", 0, 0, False)
    assert shown == [(f"site:{name}", name, count, 0, None) for name, count in sites]
    assert last == ("sites", "All Sites…", 0, 0, None)
    assert found[-1].shelf is None
    few = lines(COUNTS._replace(sites=sites[:7]), ())
    assert few[-1].shelf is not None
    assert few[-1].shelf.query == Query(site="s6.example")
    assert few[-1].shelf.icon == "site"


def test_a_site_that_was_gone_to_is_shown_once() -> None:
    counts = COUNTS._replace(sites=(("s.example", 3),))
    keys = [line.key for line in lines(counts, (), "small.example")[6:]]
    assert keys == ["section:sites", "site:s.example", "site:small.example"]
    assert lines(counts, (), "small.example")[-1].articles == 0
    assert [line.key for line in lines(counts, (), "s.example")[7:]] == ["site:s.example"]


def test_languages_are_a_choice_if_there_are_two_of_them() -> None:
    both = COUNTS._replace(languages=(("de", 4), ("qq", 1)))
    assert _seen(lines(both, ())) == [
        ("section:languages", "Languages", 0, 0, False),
        ("language:de", "German", 4, 0, None),
        ("language:qq", "QQ", 1, 0, None),
    ]
    shelf = lines(both, ())[7].shelf
    assert shelf is not None
    assert (shelf.query, shelf.icon) == (Query(language="de"), "language")
    assert _seen(lines(COUNTS._replace(languages=(("de", 4),)), ())) == []
