"""Highlights go wherever the article goes: through undo, other devices, copies, mergers, damage."""

from collections.abc import Iterator
from contextlib import closing
from itertools import permutations
from pathlib import Path
from random import Random

import apsw
import pytest
from tests.damaging import overwrite, pages
from tests.library.backup.conftest import Copying, copied
from tests.library.conftest import add_text

from reader import step_phrases
from reader.entries import Highlight
from reader.library.backup import restored_articles
from reader.library.backup.difference import difference
from reader.library.backup.restored_articles import Source
from reader.library.highlights import store
from reader.library.history import changes
from reader.library.library import Library
from reader.library.repair import rescue
from reader.library.store import migrate
from reader.model import Clipping, State
from reader.progress import silent
from reader.steps import Label, Verb, Wanted

copied = copied  # the fixture

_SEA = Highlight("two goats", "Why goats?", "green", ("life", "sea"), "2024-05-06T07:08:09Z",
                 "with his wife, ", " and a barrel")  # fmt: skip
_OIL = Highlight("a barrel of oil")
_WHOLE = Highlight("", "Read again in spring")


def mark(library: Library, article: int, *highlights: Highlight) -> int:
    """Add highlights to an article as an undo step; return how many are new."""
    label = Label(Verb.IMPORT, {"count": 1})
    with library._database.writing() as connection, changes.step(connection, label) as step:
        return store.add(step, article, highlights)


def marked(library: Library, article: int) -> list[Highlight]:
    """Return the highlights of an article without their uids."""
    return [each.highlight._replace(uid="") for each in library.highlights.of(article)]


def uids(library: Library, article: int) -> list[str]:
    return sorted(each.highlight.uid for each in library.highlights.of(article))


def logged(library: Library) -> int:
    """Return how many rows of the log are about highlights."""
    sql = "SELECT count(*) FROM change WHERE entity LIKE 'highlight/%'"
    with library._database.reading() as connection:
        return int(connection.execute(sql).get)


def stored(library: Library) -> int:
    with library._database.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM highlight").get)


def send(source: Library, target: Library) -> None:
    target.history.apply([*source.history.export(target.history.known())])


@pytest.fixture
def sea(library: Library) -> int:
    """Return an article with three highlights."""
    id = add_text(library, "He came with his wife, two goats and a barrel of oil.", "Sea")
    assert mark(library, id, _SEA, _OIL, _WHOLE) == 3
    return id


# ---- adding, undo and redo


def test_what_is_there_is_not_added_again(library: Library, sea: int) -> None:
    assert mark(library, sea, _SEA, _OIL, _WHOLE) == 0
    assert mark(library, sea, Highlight("“Two  Goats,”", " Why goats? ")) == 0
    assert mark(library, sea, Highlight("two goats", "Another note"), Highlight("", "")) == 1
    assert mark(library, 99, _SEA) == 0
    with library._database.reading() as connection:
        assert store.Held(connection, sea).lacking([_OIL, Highlight("wife")]) == [("wife", "")]
    assert library.highlights.count(sea) == 4
    assert library.highlights.of_many([sea, 99]).keys() == {sea}
    assert library.highlights.all() == [sea]


def test_words_that_are_marked_twice_stay_two_however_often_they_come_in(library: Library) -> None:
    id = add_text(library, "so it is, so it is")
    twice = [Highlight("so it is", prefix="x"), Highlight("so it is", prefix="is, ")]
    assert mark(library, id, *twice, *twice) == 2
    assert mark(library, id, *twice) == 0


def test_a_uid_is_kept_and_no_two_articles_have_the_same(library: Library, sea: int) -> None:
    given = uids(library, sea)[0]
    other = add_text(library, "Other")
    mark(library, other, Highlight("Other", uid="abcdef-0123"), Highlight("x", uid=given),
         Highlight("y", uid="../odd"))  # fmt: skip
    assert "abcdef-0123" in uids(library, other)
    assert not {*uids(library, sea)} & {*uids(library, other)}
    assert mark(library, other, Highlight("another quote", uid="abcdef-0123")) == 0


def test_odd_highlights_are_stored_as_far_as_they_can_be(library: Library) -> None:
    id = add_text(library, "words")
    odd = Highlight("a\ud800b\0c", "n", "red", ("x\ny", "", "x\ny"), "9999-99-99T99:99:99Z")
    assert (
        mark(library, id, odd, Highlight("\n \t", "\n"), Highlight("b", made_at="yesterday")) == 2
    )
    first, second = marked(library, id)
    assert first == Highlight("a\ufffdbc", "n", "red", ("x y",)) and second == Highlight("b")
    assert mark(library, id, odd) == 0
    assert library.check() == ()


def test_undo_takes_them_away_and_redo_brings_back_all_of_them(library: Library, sea: int) -> None:
    before = library.highlights.of(sea)
    step = library.history.undo()
    assert step is not None and step.articles == (sea,) and not step.uids
    assert library.highlights.of(sea) == [] and library.highlights.count(sea) == 0
    library.history.redo()
    assert library.highlights.of(sea) == before
    library.history.undo()
    assert mark(library, sea, _SEA) == 1, "one that was taken back can come in again"
    assert library.check() == ()


def test_the_history_names_them_and_the_article_they_belong_to(library: Library, sea: int) -> None:
    (entry, *_) = library.history.steps()
    first, _, whole = library.history.details(entry)
    assert (first.kind, first.id, first.title) == ("highlight", sea, "Sea")
    assert [step_phrases.change(each) for each in first.changes] == [
        "Highlight “two goats” added", "Note: – → Why goats?", "Colour: yellow → green",
        "Labels: – → life sea",
    ]  # fmt: skip
    assert step_phrases.change(whole.changes[0]) == "Note on the article added"
    assert [each.id for each in library.history.steps(Wanted(article=sea))] == [entry.id]


# ---- other devices


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """Give the library of another device."""
    with Library.open(tmp_path / "other") as made:
        yield made


@pytest.mark.parametrize("seed", range(6))
def test_they_arrive_whole_in_any_order(
    library: Library, other: Library, sea: int, seed: int
) -> None:
    told = [*library.history.export({})]
    Random(seed).shuffle(told)
    middle = len(told) // 2
    for part in (told[:middle], told[middle:], told):
        other.history.apply(part)
    assert other.highlights.of(1) == library.highlights.of(sea)
    assert other.search.ids is not None and other.check() == ()


def test_devices_that_import_the_same_file_agree_on_one_of_each(
    library: Library, other: Library
) -> None:
    clipping = Clipping("https://example.org/same", html="<p>two goats</p>")
    for each in (library, other):
        mark(each, each.add(clipping).id, _SEA, _OIL)
    send(library, other)
    send(other, library)
    assert uids(library, 1) == uids(other, 1) and len(uids(library, 1)) == 2
    for each in (library, other):
        assert marked(each, 1) == [_OIL, _SEA]


def test_the_last_writer_of_a_field_wins_on_both_sides(
    library: Library, other: Library, sea: int
) -> None:
    send(library, other)
    entity = f"highlight/{uids(library, sea)[0]}"
    for each, value in ((library, "first"), (other, "second")):
        with each._database.writing() as connection:
            changes.put(connection, None, entity, "note", value)
    send(library, other)
    send(other, library)
    assert marked(library, sea) == marked(other, 1)
    assert "second" in {each.note for each in marked(library, sea)}


def test_nothing_of_an_article_that_was_deleted_for_good_stays_or_comes_back(
    library: Library, other: Library, sea: int
) -> None:
    send(library, other)
    mark(other, 1, Highlight("his wife"))
    library.set_state([sea], State.TRASH)
    assert library.highlights.count(sea) == 3 and library.highlights.all() == []
    library.trash.delete([sea])
    assert (logged(library), stored(library)) == (0, 0)
    send(other, library)
    assert (logged(library), stored(library)) == (0, 0)
    send(library, other)
    assert (logged(other), stored(other)) == (0, 0)
    assert library.check() == other.check() == ()


def test_a_deletion_that_loses_gives_the_other_device_all_of_them_again(
    library: Library, other: Library, sea: int
) -> None:
    send(library, other)
    library.set_state([sea], State.TRASH)
    library.trash.delete([sea])
    other.set_state([1], State.ARCHIVE)  # later
    send(library, other)
    send(other, library)
    (id,) = (library.with_uid(other.article(1).uid),)
    assert id is not None and marked(library, id) == marked(other, 1)
    assert len(marked(library, id)) == 3


def test_highlights_of_articles_that_become_one_are_united_on_every_device(
    library: Library, other: Library
) -> None:
    one = library.add(Clipping("https://example.org/one", html="<p>two goats</p>")).id
    two = library.add(Clipping("https://example.org/two")).id
    mark(library, one, _SEA)
    mark(library, two, _SEA, _OIL)
    send(library, other)
    library.add(Clipping("https://example.org/two", aliases=("https://example.org/one",)))
    assert marked(library, one) == [_OIL, _SEA]
    send(library, other)
    there = other.find("https://example.org/two")
    assert there is not None and marked(other, there) == [_OIL, _SEA]
    mark(library, one, Highlight("goats"))
    send(library, other)
    assert len(marked(other, there)) == 3
    assert library.check() == other.check() == ()


def test_a_merger_by_hand_adds_them_to_the_older_one_and_undo_takes_them_back(
    library: Library, sea: int
) -> None:
    fresh = add_text(library, "He came with two goats.", "Sea again")
    mark(library, fresh, _SEA, Highlight("came"))
    assert library.duplicates.merge(sea, fresh) == sea
    assert {each.quote for each in marked(library, sea)} == {"", "two goats", "came", _OIL.quote}
    assert library.highlights.count(sea) == 4
    library.history.undo()
    assert (library.highlights.count(sea), library.highlights.count(fresh)) == (3, 2)


# ---- copies


def restore(library: Library, copy: apsw.Connection, uid: str) -> None:
    restored_articles.restore(library._database, library._images, Source(copy), [uid])


def test_a_copy_gives_back_what_was_lost_and_leaves_what_came_since(
    library: Library, sea: int, copied: Copying
) -> None:
    copy = copied(library)
    assert difference(library._database, copy).changed == ()
    library.history.undo()
    mark(library, sea, Highlight("his wife"), _OIL)
    (changed,) = difference(library._database, copy).changed
    assert changed.fields == ("highlights",)
    restore(library, copy, library.article(sea).uid)
    assert {each.quote for each in marked(library, sea)} == {
        "", "two goats", "a barrel of oil", "his wife",
    }  # fmt: skip
    assert _SEA in marked(library, sea)
    assert difference(library._database, copy).changed == ()


def test_an_article_that_was_deleted_for_good_returns_with_its_highlights(
    library: Library, sea: int, copied: Copying
) -> None:
    copy, uid, before = copied(library), library.article(sea).uid, marked(library, sea)
    library.set_state([sea], State.TRASH)
    library.trash.delete([sea])
    restore(library, copy, uid)
    id = library.with_uid(uid)
    assert id is not None and marked(library, id) == before


# ---- damage


def test_rows_that_are_gone_are_made_again_from_the_log(library: Library, sea: int) -> None:
    before = library.highlights.of(sea)
    with library._database.writing() as connection:
        connection.execute("DELETE FROM highlight")
        store.refresh(connection, [each.highlight.uid for each in before])
    assert library.highlights.of(sea) == before


def test_a_damaged_row_of_the_log_harms_no_article(library: Library, other: Library) -> None:
    id = add_text(library, "Sound", "Sound")
    mark(library, id, _OIL)
    told = [
        row._replace(new="{not json") if row.field == "mark" else row
        for row in library.history.export({})
    ]
    other.history.apply(told)
    assert other.article(1).title == "Sound"
    assert other.highlights.count(1) == 1


@pytest.mark.parametrize("owner", ["highlight", "sqlite_autoindex_highlight_1"])
def test_a_library_without_their_pages_is_repaired_with_them(new_library: Path, owner: str) -> None:
    with Library.open(new_library) as library:
        id = add_text(library, "goats", "Sea")
        mark(library, id, *(Highlight(f"goat {n}", f"note {n}" * 20) for n in range(80)))
        before = library.highlights.of(id)
    file = new_library / "library.db"
    for page in pages(file):
        if page.owner == owner:
            overwrite(file, page.number, 1)
    rescue.mend(file, silent)
    with Library.open(new_library, create=False) as library:
        assert library.highlights.of(id) == before
        assert library.check() == ()


def test_an_old_library_gets_the_tables_without_indexing_anything_again(tmp_path: Path) -> None:
    with closing(apsw.Connection(str(tmp_path / "library.db"))) as connection:
        migrate.make(connection, 13)
        names = "title, title_key, byline, site, site_key, language, excerpt, published_at, place"
        connection.execute(
            f"INSERT INTO article (uid, url, words, added_at, downloaded_at, state, lead, {names}) "
            "VALUES ('a', 'b', 1, '2026-01-01', '2026-01-01', 'queue', '', '', '', '', '', '', '', "
            "'', '', '')"
        )
        connection.execute("DELETE FROM unsearched")
        migrate.make(connection, 14)
        assert connection.execute("SELECT count(*) FROM unsearched").get == 0
        assert connection.execute("SELECT count(*) FROM highlight").get == 0


def test_every_order_of_two_edits_and_a_deletion_ends_the_same(
    library: Library, sea: int, tmp_path: Path
) -> None:
    uid = uids(library, sea)[0]
    with library._database.writing() as connection:
        changes.put(connection, None, f"highlight/{uid}", "note", "edited")
        changes.put(connection, None, f"highlight/{uid}", "article", "")
    told = [*library.history.export({})]
    mine = [row for row in told if row.entity == f"highlight/{uid}"]
    rest = [row for row in told if row not in mine]
    ends = set()
    for number, order in enumerate([*permutations(mine)][:6]):
        with Library.open(tmp_path / f"device {number}") as device:
            for part in ([*order[:1]], rest, [*order[1:]]):
                device.history.apply(part)
            ends.add(tuple(marked(device, 1)))
    assert ends == {tuple(marked(library, sea))}
