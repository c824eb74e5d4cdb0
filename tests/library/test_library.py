"""The library: what is filed stays, every change is a step, shelves and counts agree."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.damaging import flip
from tests.library.conftest import said

from reader.anchor import Anchor
from reader.damage import Damage, Kind
from reader.errors import LibraryError, NoSuchArticle
from reader.library.library import Library
from reader.model import Article, Clipping, Outcome, Query, Sort, Source, State


def clip(number: int, **more: object) -> Clipping:
    told = Clipping(
        url=f"https://example.org/{number}",
        title=f"Article {number}",
        site=f"site {number % 3}",
        words=number * 10 % 70,
        html=f"<p>Text {number}</p>",
        source=b"source %d" % number,
        source_type="text/html",
    )
    return told._replace(**more)  # type: ignore[arg-type]


def test_an_article_comes_back_as_it_was_filed(library: Library) -> None:
    filed = library.add(clip(1, tags=("Art", "code"), byline="", language="en"))
    article = library.article(filed.id)
    assert filed.outcome is Outcome.ADDED
    assert (article.title, article.html, article.tags) == (
        "Article 1",
        "<p>Text 1</p>",
        ("Art", "code"),
    )
    assert article.state is State.QUEUE
    assert library.texts.source(filed.id) == Source(b"source 1", "text/html")
    assert library.find("https://example.org/1") == filed.id


def test_adding_again_keeps_what_a_person_did(library: Library) -> None:
    id = library.add(clip(1)).id
    library.set_state([id], State.ARCHIVE)
    library.set_favourite([id], True)
    library.set_title(id, "My title")
    library.reading_log.keep_position(id, Anchor(3, 4), 0.5)
    library.reading_log.count_view(id)
    again = library.add(clip(1, title="Their title", html="<p>New</p>", source=b"new"))
    article = library.article(id)
    assert again == type(again)(id, Outcome.UPDATED)
    assert (article.html, article.title, article.state) == ("<p>New</p>", "My title", State.ARCHIVE)
    assert (article.favourite, article.views) == (True, 1)
    assert (article.position, article.progress) == (Anchor(3, 4), 0.5)


def test_adding_the_same_changes_nothing(library: Library) -> None:
    library.add(clip(1, tags=("a",)))
    assert library.add(clip(1, tags=("a",))).outcome is Outcome.UNCHANGED


def test_a_text_is_never_replaced_by_none(library: Library) -> None:
    id = library.add(clip(1)).id
    library.add(clip(1, html="", source=b""))
    assert library.article(id).html == "<p>Text 1</p>"


def test_adding_brings_an_article_back_from_the_trash(library: Library) -> None:
    id = library.add(clip(1)).id
    library.set_state([id], State.TRASH)
    assert library.add(clip(1)).outcome is Outcome.UPDATED
    assert library.article(id).state is State.QUEUE


def test_undo_and_redo_survive_a_restart(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        ids = [library.add(clip(number)).id for number in range(5)]
        library.set_state(ids, State.ARCHIVE, done=True)
        library.tags.add(ids[:2], "later")
    with Library.open(tmp_path) as library:
        assert library.history.undo_text() == "Tagged “later”: 2 articles"
        library.history.undo()
        assert said(library.history.undo()) == "Archived 5 articles"
        assert library.counts().queue == 5
        assert library.counts().tags == ()
        assert library.article(ids[0]).read_at == ""
        assert said(library.history.undo()) == ""
    with Library.open(tmp_path) as library:
        assert said(library.history.redo()) == "Archived 5 articles"
        assert library.counts().archive == 5
        assert library.history.redo_text() == "Tagged “later”: 2 articles"


def test_a_new_change_ends_redoing(library: Library) -> None:
    id = library.add(clip(1)).id
    library.set_favourite([id], True)
    library.history.undo()
    library.tags.add([id], "x")
    assert said(library.history.redo()) == ""
    assert not library.article(id).favourite


def test_undo_leaves_alone_what_was_changed_since(library: Library) -> None:
    id = library.add(clip(1)).id
    library.set_title(id, "Mine")
    with library._database.writing() as connection:
        connection.execute("UPDATE article SET title = 'Newer' WHERE id = ?", (id,))
    library.history.undo()
    assert library.article(id).title == "Newer"


def test_reading_leaves_no_steps_and_few_rows(library: Library) -> None:
    id = library.add(clip(1)).id
    for number in range(50):
        library.reading_log.keep_position(id, Anchor(number, 0), number / 50)
        library.reading_log.count_view(id)
    assert library.article(id).views == 50
    assert library.history.undo_text() == ""
    assert len(library._all("SELECT 1 FROM change")) == 4


def test_read_later_puts_at_the_end_and_the_trash_gives_the_old_place_back(
    library: Library,
) -> None:
    ids = [library.add(clip(number)).id for number in range(4)]
    queue = Query(State.QUEUE, sort=Sort.PLACE, descending=False)
    library.set_state([ids[1]], State.TRASH)
    library.set_state([ids[1]], State.QUEUE)
    assert library.ids(queue) == ids
    library.set_state([ids[0]], State.ARCHIVE)
    library.set_state([ids[0]], State.QUEUE)
    assert library.ids(queue) == [*ids[1:], ids[0]]


def test_tags_ignore_case_and_need_a_letter(library: Library) -> None:
    id = library.add(clip(1)).id
    assert library.tags.add([id], " Long  Reads ") == 1
    assert library.tags.add([id], "long reads") == 0
    assert library.counts().tags == (("Long Reads", 1),)
    assert library.count(Query(tag="LONG READS")) == 1
    with pytest.raises(LibraryError, match="at least one letter"):
        library.tags.add([id], "  ")


def test_an_unknown_article_is_named(library: Library) -> None:
    with pytest.raises(NoSuchArticle, match="no article 99"):
        library.article(99)
    assert library.set_state([99], State.TRASH) == 0


def _brute(library: Library, query: Query) -> list[int]:
    found = [library.article(id) for id in range(1, 61)]
    kept = [
        each
        for each in found
        if (each.state is query.state if query.state else each.state is not State.TRASH)
        and (each.favourite or not query.favourite)
        and (not query.tag or query.tag in each.tags)
    ]
    keys: dict[Sort, Callable[[Article], object]] = {
        Sort.PLACE: lambda a: a.place,
        Sort.ADDED: lambda a: a.added_at,
        Sort.TITLE: lambda a: a.title.casefold(),
        Sort.SITE: lambda a: a.site,
        Sort.LENGTH: lambda a: a.words,
        Sort.PROGRESS: lambda a: a.progress,
        Sort.OPENED: lambda a: a.opened_at,
    }
    key: Callable[[Article], Any] = keys[query.sort]
    kept.sort(key=lambda a: (key(a), a.id), reverse=query.descending)
    return [each.id for each in kept]


def test_lists_and_counts_agree_with_the_articles(library: Library) -> None:
    chance = random.Random(5)
    ids = [library.add(clip(number)).id for number in range(60)]
    for _ in range(80):
        some = chance.sample(ids, 4)
        library.set_state(some, chance.choice(list(State)))
        library.set_favourite(some[:2], chance.random() < 0.6)
        library.tags.add(some, chance.choice("abc"))
        library.tags.remove(some[1:3], chance.choice("abc"))
        library.reading_log.keep_position(some[0], Anchor(), chance.random())
        if chance.random() < 0.2:
            library.history.undo()
    states: list[State | None] = [None, *State]
    for state in states:
        for favourite, tag in ((False, ""), (True, ""), (False, "a"), (True, "b")):
            for sort in Sort:
                query = Query(state, favourite, tag, sort, chance.random() < 0.5)
                wanted = _brute(library, query)
                assert library.ids(query) == wanted
                assert library.count(query) == len(wanted)
                paged = [
                    row.id
                    for offset in range(0, 70, 7)
                    for row in library.rows(query, offset=offset, limit=7)
                ]
                assert paged == wanted
                assert [library.index_of(query, id) for id in wanted] == list(range(len(wanted)))
    counts = library.counts()
    assert counts.total == 60
    assert counts.favourites == len(_brute(library, Query(favourite=True)))
    assert dict(counts.tags) == {
        tag: len(_brute(library, Query(tag=tag)))
        for tag in "abc"
        if _brute(library, Query(tag=tag))
    }


def test_together_is_all_or_nothing(library: Library) -> None:
    with pytest.raises(RuntimeError), library.together():
        library.add(clip(1))
        raise RuntimeError
    assert library.counts().total == 0


def test_sorting_by_title_ignores_case_accents_and_quotes(library: Library) -> None:
    titles = ["zebra", "“Éclair”", "apple", "Österreich", "Monkey"]
    for number, title in enumerate(titles):
        library.add(clip(number, title=title))
    rows = library.rows(Query(sort=Sort.TITLE, descending=False))
    assert [row.title for row in rows] == ["apple", "“Éclair”", "Monkey", "Österreich", "zebra"]


def test_check_finds_a_flipped_bit_and_a_missing_picture(library: Library) -> None:
    name = library.keep_picture(b"picture", "png")
    id = library.add(clip(1, pictures=(name,))).id
    assert library.check() == ()
    assert flip(library.folder / "library.db", "content", "html", bit=33)
    (library.folder / "images" / name).unlink()
    text, picture = library.check()
    assert text[:3] == (Kind.TEXT, id, "Article 1")
    assert picture == Damage(Kind.PICTURE_MISSING, id, "Article 1", name)


def test_a_backup_is_a_library(library: Library, tmp_path: Path) -> None:
    library.add(clip(1))
    (tmp_path / "copy").mkdir()
    library.backup(tmp_path / "copy" / "library.db")
    with Library.open(tmp_path / "copy") as copy:
        assert copy.counts().queue == 1


def test_closing_while_another_writes_is_no_trouble_and_loses_nothing(tmp_path: Path) -> None:
    other = Library.open(tmp_path)
    with Library.open(tmp_path) as library:
        library._database.connection.set_busy_timeout(0)
        id = library.add(clip(1)).id
        with other.together():
            other.set_title(id, "Theirs")
            library.close()
        other.set_favourite([id], True)
    other.close()
    with Library.open(tmp_path) as again:
        assert (again.article(id).title, again.article(id).favourite) == ("Theirs", True)
        assert again.check() == ()


def test_after_closing_the_library_is_one_file(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.add(clip(1))
        assert (folder / "library.db-wal").stat().st_size
    assert [each.name for each in folder.iterdir()] == ["library.db"]


def test_rows_are_given_in_the_order_they_are_asked_for(library: Library) -> None:
    ids = [library.add(clip(number)).id for number in range(3)]
    assert [row.id for row in library.rows_of(ids[::-1] + ids[:1])] == [*ids[::-1], ids[0]]
    with pytest.raises(NoSuchArticle, match="no article 99"):
        library.rows_of([ids[0], 99])
    with pytest.raises(NoSuchArticle, match="no article 99"):
        library.texts.source(99)
    assert library.rows_of([]) == []


def test_titles_that_begin_so_are_found_in_their_order(library: Library) -> None:
    for number, title in enumerate(("Bees", "“Bee”", "Béé", "Wasps", "beeswax")):
        library.add(clip(number, title=title))
    library.set_state([5], State.TRASH)
    found = [row.title for row in library.search.titled("BEE", 10)]
    assert found == ["Béé", "Bees", "“Bee”"]
    assert len(library.search.titled("bee", 2)) == 2


def test_what_waits_for_its_text_or_its_pictures_is_known(library: Library) -> None:
    waiting = [library.add(Clipping(f"https://example.org/{name}", name)).id for name in "abc"]
    library.add(Clipping("file:///a", "A file"))
    holed = library.add(clip(1, html='<p><img src="" alt=""></p>')).id
    gone = library.add(clip(2, html='<p><img src="" alt=""></p>')).id
    library.set_state([waiting[1], gone], State.TRASH)
    assert library.downloads.waiting() == [waiting[0], waiting[2]]
    assert library.downloads.with_missing_pictures() == [holed]


def test_from_a_mark_on_a_list_goes_on(library: Library) -> None:
    ids = [library.add(clip(number, words=number // 2)).id for number in range(8)]
    for descending in (False, True):
        query = Query(sort=Sort.LENGTH, descending=descending)
        order = library.ids(query)
        assert sorted(order) == ids
        for at, id in enumerate(order):
            mark = library.mark(query, id)
            assert library.ids(query, after=mark) == order[at + 1 :]
            assert library.ids(query, after=mark, offset=1, limit=2) == order[at + 2 : at + 4]
            rows = library.rows(query, after=mark, offset=1, limit=2)
            assert [row.id for row in rows] == order[at + 2 : at + 4]
            for further, other in enumerate(order[at + 1 :]):
                assert library.index_of(query, other, after=mark) == further
            assert library.index_of(query, id, after=mark) is None
    assert library.mark(query, 99) is None


def test_adding_again_with_less_takes_nothing_away(library: Library) -> None:
    id = library.add(clip(1, byline="They", excerpt="In short", language="en", tags=("a",))).id
    before = library.article(id)
    assert library.add(Clipping("https://example.org/1")).outcome is Outcome.UNCHANGED
    assert library.article(id) == before
    library.add(Clipping("https://example.org/1", title="“Zebra”", site="Zoo"))
    assert library.article(id).title == "“Zebra”"
    for number, (title, site) in enumerate((("Aardvark", "Élan"), ("Zulu", "Zürich"))):
        library.add(clip(number + 5, title=title, site=site))
    for sort in (Sort.TITLE, Sort.SITE):
        assert library.ids(Query(sort=sort, descending=False))[1] == id


def test_a_person_who_finished_it_is_remembered_only_then(library: Library) -> None:
    ids = [library.add(clip(number)).id for number in range(2)]
    library.set_state(ids[:1], State.ARCHIVE)
    library.set_state(ids[1:], State.ARCHIVE, done=True)
    assert [bool(library.article(id).read_at) for id in ids] == [False, True]


def test_progress_is_kept_to_four_places(library: Library) -> None:
    id = library.add(clip(1)).id
    library.reading_log.keep_position(id, Anchor(3, 4), 0.123456)
    assert (library.article(id).progress, library.article(id).position) == (0.1235, Anchor(3, 4))
