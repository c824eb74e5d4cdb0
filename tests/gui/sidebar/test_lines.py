"""Which lines the shelves have, against plain rules: what is folded hides just what is within."""

from hypothesis import given
from hypothesis import strategies as st

from reader.gui.sidebar.lines import Line, lines, shelf_of_language
from reader.model import SHELF_QUERIES, Counts, Query, Saved

_NAMES = st.lists(st.sampled_from(["a", "A b", "c"]), min_size=1, max_size=3).map("/".join)


def _below(shown: list[Line], title: str) -> list[Line]:
    """Return the lines between a heading and the next."""
    titles = [line.title if line.key.startswith("section:") else "" for line in shown]
    first = titles.index(title) + 1
    rest = [n for n in range(first, len(shown)) if titles[n]]
    return shown[first : rest[0] if rest else len(shown)]


@given(st.sets(_NAMES, min_size=1), st.sets(_NAMES))
def test_a_folded_tag_hides_what_is_within_it_and_nothing_else(
    names: set[str], folded: set[str]
) -> None:
    tags = sorted(names, key=lambda each: each.casefold().split("/"))
    colours = {tags[0]: "red"}
    counts = Counts(tags=tuple((tag, n) for n, tag in enumerate(tags)), colours=colours)
    found = _below(lines(counts, {f"tag:{each}" for each in folded}), "Tags")
    hiding = folded & names
    wanted = [tag for tag in tags if not any(tag.startswith(f"{each}/") for each in hiding)]
    assert [line.key for line in found] == [f"tag:{tag}" for tag in wanted]
    for line, tag in zip(found, wanted, strict=True):
        holds = any(each.startswith(f"{tag}/") for each in tags)
        assert line.folded == (tag in folded if holds else None)
        assert (line.title, line.depth) == (tag.split("/")[-1], tag.count("/"))
        assert line.articles == tags.index(tag)
        assert line.shelf is not None
        assert (line.shelf.title, line.shelf.query) == (tag, Query(tag=tag))
        assert (line.shelf.icon, line.shelf.colour) == ("tag", colours.get(tag, ""))


def test_the_six_that_are_always_there_come_first() -> None:
    shown = lines(Counts(1, 2, 3, 4, begun=5), ())
    names = ("queue", "begun", "all", "favourites", "archive", "trash")
    assert [line.key for line in shown] == [*names]
    assert [line.title for line in shown] == [
        "Queue", "Continue Reading", "All", "Favourites", "Archive", "Trash",
    ]  # fmt: skip
    assert [line.shelf.query for line in shown if line.shelf] == [SHELF_QUERIES[n] for n in names]
    assert [line.shelf.icon for line in shown if line.shelf] == [
        "queue", "begun", "all", "favourite", "archive", "trash",
    ]  # fmt: skip
    assert {(line.depth, line.folded) for line in shown} == {(0, None)}


def test_sections_come_in_order_and_a_folded_one_is_its_heading_alone() -> None:
    counts = Counts(
        tags=(("art", 3),), sites=(("s.example", 2),), languages=(("en", 2), ("de", 1)),
        saved=(Saved("7", "Long", "words:>9"),),
    )  # fmt: skip
    keys = [line.key for line in lines(counts, ())[6:]]
    assert keys == [
        "section:saved", "saved:7", "section:tags", "tag:art", "section:sites", "site:s.example",
        "section:languages", "language:en", "language:de",
    ]  # fmt: skip
    sections = [key for key in keys if key.startswith("section:")]
    shown = lines(counts, sections)[6:]
    assert [(line.key, line.title, line.folded, line.shelf) for line in shown] == [
        (key, name, True, None)
        for key, name in zip(sections, ("Searches", "Tags", "Sites", "Languages"), strict=True)
    ]
    (saved,) = _below(lines(counts, sections[1:]), "Searches")
    assert (saved.title, saved.articles, saved.folded) == ("Long", 0, None)
    assert saved.shelf == ("saved:7", "Long", Query(), "find", "words:>9", "")
    (site,) = _below(lines(counts, ()), "Sites")
    assert (site.title, site.articles) == ("s.example", 2)
    assert site.shelf == ("site:s.example", "s.example", Query(site="s.example"), "site", "", "")


def test_one_language_is_no_choice_and_unknown_ones_are_named_by_their_code() -> None:
    assert len(lines(Counts(languages=(("en", 2),)), ())) == 6
    assert shelf_of_language("de") == (
        "language:de", "German", Query(language="de"), "language", "", "",
    )  # fmt: skip
    assert shelf_of_language("qqx").title == "QQX"


def test_all_sites_are_a_line_away_once_not_all_may_be_shown() -> None:
    def keys(number: int, site: str = "") -> list[str]:
        sites = tuple((f"s{n}", 9) for n in range(number))
        return [line.key for line in lines(Counts(sites=sites), (), site)[7:]]

    assert keys(7) == [f"site:s{n}" for n in range(7)]
    assert keys(8) == [*(f"site:s{n}" for n in range(8)), "sites"]
    assert keys(8, "small") == [*(f"site:s{n}" for n in range(8)), "site:small", "sites"]
    assert keys(2, "s1") == ["site:s0", "site:s1"]
    assert keys(0, "gone") == ["site:gone"]
    last = lines(Counts(sites=tuple((f"s{n}", 9) for n in range(8))), (), "small")
    assert last[-1] == ("sites", "All Sites…", None, 0, 0, None)
    assert (last[-2].title, last[-2].articles) == ("small", 0)
