"""Tags within tags, sites, languages and saved searches: shelves and counts agree, all undone."""

import random
import unicodedata
from pathlib import Path

import apsw
import pytest
from tests.library.conftest import said

from reader.anchor import Anchor
from reader.errors import LibraryError
from reader.library.articles import queries
from reader.library.library import Library
from reader.library.store import migrate
from reader.library.store.migrate import APPLICATION_ID
from reader.model import Clipping, Query, Saved, Sort, State


def add(library: Library, number: int, *tags: str, site: str = "", language: str = "") -> int:
    clipping = Clipping(
        f"https://example.org/{number}", f"Article {number}", site=site, language=language,
        tags=tags, words=number * 37 % 11,
    )  # fmt: skip
    return library.add(clipping).id


def tags_of(library: Library, id: int) -> tuple[str, ...]:
    return library.article(id).tags


# ---- tags within tags


def test_a_tag_shows_what_lies_within_it_each_article_once(library: Library) -> None:
    both = add(library, 1, "art/painting", "art/music")
    other = add(library, 2, "art")
    assert set(library.ids(Query(tag="art"))) == {both, other}
    assert dict(library.counts().tags) == {"art": 2, "art/painting": 1, "art/music": 1}
    library.set_state([both], State.TRASH)
    assert dict(library.counts().tags) == {"art": 1}
    assert library.ids(Query(State.TRASH, tag="art")) == [both]


def test_what_lies_within_a_tag_follows_it_in_the_list(library: Library) -> None:
    add(library, 1, "art/music", "art nouveau", "art-deco", "Zoo", "art")
    names = [name for name, _ in library.tags.all()]
    assert names == ["art", "art/music", "art nouveau", "art-deco", "Zoo"]


def test_slashes_without_a_name_between_them_mean_nothing(library: Library) -> None:
    id = add(library, 1, " art // music /", "/", " ")
    assert tags_of(library, id) == ("art/music",)


def test_shelves_of_tags_agree_with_the_articles_whatever_is_done(library: Library) -> None:
    chance = random.Random(11)
    names = ["a", "a/x", "a/y", "a/x/deep", "b", "b/x"]
    ids = [add(library, number, site=f"s{number % 3}") for number in range(40)]
    for _ in range(150):
        some = chance.sample(ids, 5)
        what = chance.randrange(8)
        if what < 3:
            library.tags.change(some, [chance.choice(names)], [chance.choice(names)])
        elif what == 3:
            library.set_state(some, chance.choice(list(State)))
        elif what == 4:
            library.reading_log.keep_position(some[0], Anchor(), chance.random())
        elif what == 5 and library.tags.all():
            old = chance.choice(library.tags.all())[0]
            new = chance.choice(names)
            if not new.startswith(f"{old}/"):
                library.tags.rename(old, new)
        elif what == 6:
            library.history.undo()
        else:
            library.history.redo()
        _shelves_agree(library, ids)


def _shelves_agree(library: Library, ids: list[int]) -> None:
    articles = [library.article(id) for id in ids]
    shown = {
        tag: [
            each
            for each in articles
            if each.state is not State.TRASH
            and any(own == tag or own.startswith(f"{tag}/") for own in each.tags)
        ]
        for article in articles
        for own in article.tags
        for tag in ["/".join(own.split("/")[:n]) for n in range(1, own.count("/") + 2)]
    }
    assert dict(library.tags.all()) == {tag: len(each) for tag, each in shown.items() if each}
    for tag, each in shown.items():
        wanted = sorted((a.progress, a.id) for a in each)
        found = library.ids(Query(tag=tag, sort=Sort.PROGRESS, descending=False))
        assert found == [id for _, id in wanted]


# ---- what is done to tags


def test_renaming_takes_what_lies_within_along_and_is_undone(library: Library) -> None:
    id = add(library, 1, "art", "art/music")
    library.tags.rename("art", "culture/arts")
    assert tags_of(library, id) == ("culture/arts", "culture/arts/music")
    assert dict(library.tags.all()) == {"culture": 1, "culture/arts": 1, "culture/arts/music": 1}
    assert said(library.history.undo()) == "Renamed the tag “art” to “culture/arts”"
    assert tags_of(library, id) == ("art", "art/music")
    assert dict(library.tags.all()) == {"art": 1, "art/music": 1}
    library.history.redo()
    assert tags_of(library, id) == ("culture/arts", "culture/arts/music")


def test_only_the_case_of_a_tag_can_be_renamed(library: Library) -> None:
    id = add(library, 1, "art")
    assert library.tags.rename("art", "Art") == 1
    assert tags_of(library, id) == ("Art",)


def test_renaming_onto_a_tag_merges_and_is_undone_exactly(library: Library) -> None:
    one, two, both = add(library, 1, "a/x"), add(library, 2, "b"), add(library, 3, "a", "b")
    library.tags.rename("a", "b")
    assert tags_of(library, one) == ("b/x",)
    assert tags_of(library, two) == tags_of(library, both) == ("b",)
    assert dict(library.tags.all()) == {"b": 3, "b/x": 1}
    library.history.undo()
    assert [tags_of(library, id) for id in (one, two, both)] == [("a/x",), ("b",), ("a", "b")]


def test_a_tag_cannot_lie_within_itself(library: Library) -> None:
    id = add(library, 1, "art")
    with pytest.raises(LibraryError, match="cannot lie within itself"):
        library.tags.rename("art", "art/modern")
    assert tags_of(library, id) == ("art",)
    assert library.history.undo_text() == ""


def test_deleting_a_tag_takes_what_lies_within_and_is_undone(library: Library) -> None:
    id = add(library, 1, "art", "art/music", "other")
    assert library.tags.delete("art") == 2
    assert tags_of(library, id) == ("other",)
    library.history.undo()
    assert tags_of(library, id) == ("art", "art/music", "other")


def test_undo_of_tags_works_after_a_restart(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        id = add(library, 1, "old")
        library.tags.rename("old", "new")
        library.tags.colour("new", "green")
    with Library.open(tmp_path) as library:
        assert library.counts().colours == {"new": "green"}
        library.history.undo()
        assert library.counts().colours == {}
        library.history.undo()
        assert tags_of(library, id) == ("old",)


def test_a_colour_is_one_of_a_few(library: Library) -> None:
    add(library, 1, "art")
    with pytest.raises(LibraryError, match="there are red"):
        library.tags.colour("art", "#ff0000")


def test_a_tag_that_is_not_there_is_named(library: Library) -> None:
    with pytest.raises(LibraryError, match="no tag “nothing”"):
        library.tags.rename("nothing", "other")


def test_many_tags_are_changed_in_one_step(library: Library) -> None:
    ids = [add(library, number, "old") for number in range(5)]
    assert library.tags.change(ids, ["new", "more"], ["old"]) == 5
    assert library.tags.of(ids) == {"more": 5, "new": 5}
    library.history.undo()
    assert library.tags.of(ids) == {"old": 5}


def test_tags_are_counted_as_they_are_whoever_changed_them(library: Library) -> None:
    id = add(library, 1, "old")
    assert library.counts().tags == (("old", 1),)

    def changed_and_given_up() -> None:
        with library.together():
            library.tags.add([id], "given up")
            assert len(library.counts().tags) == 2
            raise RuntimeError

    with pytest.raises(RuntimeError):
        changed_and_given_up()
    with Library.open(library.folder) as other:
        other.tags.add([id], "kept")
    assert [tag for tag, _ in library.counts().tags] == ["kept", "old"]


# ---- sites and languages


def test_sites_and_languages_have_shelves_whose_counts_are_kept(library: Library) -> None:
    one = add(library, 1, site="The Site", language="en-GB")
    two = add(library, 2, site="The Site", language="EN")
    add(library, 3, site="Other", language="de_AT")
    counts = library.counts()
    assert counts.sites == (("The Site", 2), ("Other", 1))
    assert counts.languages == (("en", 2), ("de", 1))
    assert library.ids(Query(site="The Site", sort=Sort.SITE, descending=False)) == [one, two]
    library.set_state([one], State.TRASH)
    assert library.ids(Query(language="en")) == [two]
    assert library.count(Query(site="The Site")) == library.count(Query(language="en")) == 1
    library.add(Clipping("https://example.org/2", "Article 2", site="Other", language="fr"))
    assert dict(library.counts().sites) == {"Other": 2}
    assert dict(library.counts().languages) == {"de": 1, "fr": 1}


@pytest.mark.parametrize("sort", [x for x in Sort if x not in (Sort.PLACE, Sort.OPENED)])
@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(
    "query",
    [Query(), Query(tag="a"), Query(site="s"), Query(language="en"), Query(favourite=True)],
    ids=["all", "tag", "site", "language", "favourites"],
)
def test_no_order_of_a_shelf_has_to_sort(
    library: Library, query: Query, sort: Sort, descending: bool
) -> None:
    sql, values = queries.ids(query._replace(sort=sort, descending=descending))
    with library._database.reading() as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    said = " ".join(str(step[3]) for step in plan)
    assert "INDEX" in said
    assert "TEMP B-TREE" not in said


# ---- saved searches


def test_saved_searches_are_kept_ordered_renamed_deleted_and_undone(library: Library) -> None:
    first, second = library.saved.add("Long reads", "words:>3000"), library.saved.add("B", "b")
    assert [each.name for each in library.saved.all()] == ["Long reads", "B"]
    library.saved.move(second, -1)
    library.saved.rename(first, "Long")
    library.saved.ask(first, "words:>4000")
    assert library.counts().saved == (
        Saved(second, "B", "b"), Saved(first, "Long", "words:>4000"),
    )  # fmt: skip
    library.saved.delete(first)
    assert library.saved.all() == (Saved(second, "B", "b"),)
    for _ in range(4):
        library.history.undo()
    assert library.saved.all() == (
        Saved(first, "Long reads", "words:>3000"), Saved(second, "B", "b"),
    )  # fmt: skip
    library.history.undo()
    library.history.undo()
    assert library.saved.all() == ()


def test_a_saved_search_moves_only_where_there_is_room(library: Library) -> None:
    uids = [library.saved.add(name, name) for name in "abc"]
    assert library.saved.move(uids[0], -1) == 0
    assert library.saved.move(uids[0], 1) == 1
    assert [each.name for each in library.saved.all()] == ["b", "a", "c"]


# ---- libraries from before


def test_a_library_from_before_gets_its_shelves(tmp_path: Path) -> None:
    folder = Path(migrate.__file__).with_name("migrations")
    connection = apsw.Connection(str(tmp_path / "library.db"))
    for name in ("0001_start", "0002_versions"):
        connection.execute((folder / f"{name}.sql").read_text("utf-8"))
    insert = (
        "INSERT INTO article (id, uid, url, title, title_key, byline, site, site_key, language, "
        "excerpt, words, published_at, added_at, downloaded_at, state, place) VALUES "
        "(?1, ?1, ?1, 't', 't', '', 'Site', 'site', 'en-US', '', 9, '', '2026', '', ?2, 'a0')"
    )
    for id, state in ((1, "queue"), (2, "archive"), (3, "trash")):
        connection.execute(insert, (id, state))
    connection.execute(
        "INSERT INTO tag (id, name, name_key) VALUES (1, 'Straße/Bau/Tief', 'strasse/bau/tief'), "
        "(2, 'straße', 'strasse')"
    )
    connection.execute("INSERT INTO article_tag VALUES (1, 1), (1, 2), (1, 3), (2, 2)")
    connection.pragma("application_id", APPLICATION_ID)
    connection.pragma("user_version", 2)
    connection.close()
    with Library.open(tmp_path) as library:
        assert library.tags.all() == [("straße", 2), ("Straße/Bau", 2), ("Straße/Bau/Tief", 2)]
        assert library.counts().sites == (("Site", 2),)
        assert library.counts().languages == (("en", 2),)
        assert library.ids(Query(tag="straße")) == [2, 1]
        assert library.trash.outdated(30) == []


def test_tags_stand_as_people_sort_them(library: Library) -> None:
    names = ("zeta", "part 10", "part 2", "Émile", "a b", "a/z", "a", "echo", "1" * 200)
    library.add(Clipping("https://example.org/1", title="One", html="<p>x</p>", tags=names))
    wanted = ["1" * 200, "a", "a/z", "a b", "echo", "Émile", "part 2", "part 10", "zeta"]
    assert [name for name, _ in library.tags.all()] == wanted
    assert [name for name, _ in library.counts().tags] == wanted


# ---- to the letter


def test_the_name_of_a_tag_is_as_long_as_it_may_be(library: Library) -> None:
    id = add(library, 1)
    library.tags.add([id], "a" * 201)
    assert library.article(id).tags == ("a" * 200,)
    for name in ("", "  ", "/", " / / "):
        with pytest.raises(LibraryError, match="at least one letter"):
            library.tags.add([id], name)


def test_a_step_of_tags_says_what_was_given_and_taken(library: Library) -> None:
    ids = [add(library, number, "old", "older") for number in range(2)]
    for added, removed, label in (
        (["new", "more"], [], "Tagged “new”, “more”: 2 articles"),
        ([], ["old", "older"], "Removed the tag “old”, “older”: 2 articles"),
        (["old"], ["new"], "Tagged “old”; Removed the tag “new”: 2 articles"),
    ):
        assert library.tags.change(ids, added, removed) == 2
        assert library.history.undo_text() == label
    assert library.tags.change(ids[:1], ["x"], []) == 1
    assert library.history.undo_text() == "Tagged “x”: 1 article"
    label = library.history.undo_text()
    assert library.tags.change([], ["y"], []) == library.tags.change(ids, [], []) == 0
    assert library.tags.change(ids, ["old"], ["gone"]) == 0
    assert library.history.undo_text() == label


def test_how_many_of_some_articles_have_a_tag_is_told_in_order(library: Library) -> None:
    ids = [add(library, number, *"ab"[: number + 1]) for number in range(2)]
    assert [*library.tags.of(ids).items()] == [("a", 2), ("b", 1)]
    assert library.tags.of(ids[:1]) == {"a": 1}
    assert library.tags.of([]) == {}


def test_colours_are_told_while_their_tag_is_in_use(library: Library) -> None:
    id = add(library, 1, "art", "plain")
    assert library.tags.colour("ART", "red") == 1
    assert library.tags.colour("art", "red") == 0
    assert library.history.undo_text() == "Coloured the tag “ART”"
    assert library.counts().colours == {"art": "red"}
    library.tags.remove([id], "art")
    assert library.counts().colours == {}
    library.tags.add([id], "art")
    assert library.counts().colours == {"art": "red"}
    library.tags.colour("art", "")
    assert library.counts().colours == {}
    for name, colour in (("none", "red"), ("art", "Red")):
        with pytest.raises(LibraryError):
            library.tags.colour(name, colour)


def test_deleting_a_tag_says_from_how_many_and_renaming_whether(library: Library) -> None:
    ids = [add(library, number, "a", "a/b") for number in range(3)]
    library.set_state(ids[:1], State.TRASH)
    assert library.tags.rename("a/b", "a/c") == 1
    assert library.tags.rename("a/c", "a/c") == 0
    assert library.history.undo_text() == "Renamed the tag “a/b” to “a/c”"
    assert library.tags.delete("a") == 6
    assert library.history.undo_text() == "Deleted the tag “a”"
    assert library.tags.all() == []
    library.history.undo()
    assert library.tags.all() == [("a", 2), ("a/c", 2)]


def test_renaming_onto_a_used_tag_says_how_many_moved_with_what_lies_within(
    library: Library,
) -> None:
    for number in range(3):
        add(library, number, "old/inner" if number else "old")
    add(library, 9, "new")
    assert library.tags.rename("old", "new") == 3
    assert library.tags.all() == [("new", 4), ("new/inner", 2)]
    assert library.check() == ()


def test_renaming_into_another_tag_and_out_of_it_moves_its_articles(library: Library) -> None:
    add(library, 1, "top")
    add(library, 2, "one/two")
    assert library.tags.rename("one/two", "top/two") == 1
    assert library.tags.all() == [("top", 2), ("top/two", 1)]
    assert library.tags.rename("top/two", "other") == 1
    assert library.tags.all() == [("other", 1), ("top", 1)]
    for _ in range(2):
        library.history.undo()
    assert library.tags.all() == [("one", 1), ("one/two", 1), ("top", 1)]
    assert library.check() == ()


def test_undo_leaves_a_name_that_another_tag_has_by_now(library: Library) -> None:
    add(library, 1, "old")
    library.tags.rename("old", "new")
    add(library, 2, "old")
    library.history.undo()
    assert library.tags.all() == [("new", 1), ("old", 1)]
    assert library.check() == ()


def test_a_tag_may_begin_like_the_one_it_is_renamed_to(library: Library) -> None:
    add(library, 1, "art")
    assert library.tags.rename("art", "artful") == 1
    with pytest.raises(LibraryError, match="within itself"):
        library.tags.rename("artful", "ARTFUL/more")
    assert library.tags.all() == [("artful", 1)]


def test_only_eight_sites_are_counted_first_and_all_on_request(library: Library) -> None:
    for number in range(10):
        for copy in range(1 + (number == 9)):
            add(library, 10 * number + copy, site=f"site {number}", language=f"l{number}")
    assert library.counts().sites == (
        ("site 9", 2), *((f"site {number}", 1) for number in range(8, 1, -1)),
    )  # fmt: skip
    assert len(library.counting.sites()) == len(library.counts().languages) == 10


@pytest.mark.parametrize("forms", [("NFC", "NFD"), ("NFD", "NFC")])
def test_both_unicode_forms_of_a_name_are_one_tag(library: Library, forms: tuple[str, str]) -> None:
    one, two = (unicodedata.normalize(form, "Café/Ångström") for form in forms)  # type: ignore[arg-type]
    ids = [add(library, 1, one), add(library, 2, two), add(library, 3)]
    library.tags.add(ids[2:], two)
    name = unicodedata.normalize("NFC", "Café/Ångström")
    assert dict(library.tags.all())[name] == 3
    assert len(library.tags.all()) == 2
    library.tags.remove(ids[:1], two)
    assert tags_of(library, ids[0]) == ()
    library.tags.rename(two, "Bar")
    assert "Bar" in dict(library.tags.all())
