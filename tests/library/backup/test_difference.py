"""What a copy has and the library lacks, what changed since, and what is new."""

from pathlib import Path

import apsw
import pytest
from tests.library.backup.conftest import Copying

from reader.anchor import Anchor
from reader.library.backup.copy import Change, Difference
from reader.library.backup.difference import difference
from reader.library.library import Library
from reader.library.store.clock import seconds
from reader.model import Clipping, Edit, State
from reader.progress import Cancelled


def clipping(number: int, **told: object) -> Clipping:
    made = Clipping(f"https://example.org/{number}", f"Title {number}", site="Example",
                    html=f"<p>Text {number}</p>", words=2, tags=("art",))  # fmt: skip
    return made._replace(**told)  # type: ignore[arg-type]


@pytest.fixture
def full(library: Library) -> Library:
    for number in range(1, 6):
        library.add(clipping(number))
    return library


def differ(library: Library, copy: apsw.Connection) -> Difference:
    return difference(library._database, copy)


def told(library: Library, copy: apsw.Connection) -> dict[str, tuple[Change, tuple[str, ...]]]:
    found = differ(library, copy)
    return {each.title: (each.change, each.fields) for part in found for each in part}


def test_a_copy_made_just_now_differs_in_nothing(full: Library, copied: Copying) -> None:
    assert differ(full, copied(full)) == Difference()


def test_views_positions_and_places_made_by_others_are_no_difference(
    full: Library, copied: Copying
) -> None:
    copy = copied(full)
    full.reading_log.count_view(1)
    full.reading_log.keep_position(1, Anchor(0, 3), 0.5)
    full.reading_log.note("2026-01-01", 1, 60, 100)
    assert differ(full, copy) == Difference()


def test_what_was_deleted_is_told_with_its_time(full: Library, copied: Copying) -> None:
    copy, before = copied(full), seconds()
    full.set_state([1, 2], State.TRASH)
    full.trash.delete([2])
    found = differ(full, copy)
    assert {each.title for each in found.deleted} == {"Title 1", "Title 2"}
    assert all(before - 1 <= each.at <= seconds() + 1 for each in found.deleted)
    assert all(each.site == "Example" for each in found.deleted)
    assert found.changed == found.added == ()


def test_each_kind_of_change_is_told_by_its_field(full: Library, copied: Copying) -> None:
    copy = copied(full)
    full.set_title(1, "Another")
    full.edit("Edited", [Edit(2, text=Clipping("", html="<p>Edited</p>", words=2))])
    full.tags.add([3], "new")
    full.set_favourite([4], True)
    full.set_state([5], State.ARCHIVE)
    assert told(full, copy) == {
        "Another": (Change.CHANGED, ("title",)),
        "Title 2": (Change.CHANGED, ("text",)),
        "Title 3": (Change.CHANGED, ("tags",)),
        "Title 4": (Change.CHANGED, ("favourite",)),
        "Title 5": (Change.CHANGED, ("state",)),
    }
    assert all(each.at > 0 for each in differ(full, copy).changed)
    for _ in range(5):
        full.history.undo()
    assert differ(full, copy) == Difference()


def test_the_newest_change_comes_first(full: Library, copied: Copying) -> None:
    copy = copied(full)
    for number in (3, 1, 2):
        full.set_title(number, f"Changed {number}")
    found = [each.title for each in differ(full, copy).changed]
    assert found == ["Changed 2", "Changed 1", "Changed 3"]


def test_a_place_counts_if_the_user_moved_the_article(full: Library, copied: Copying) -> None:
    copy = copied(full)
    full.queue.to_top([3])
    assert told(full, copy) == {"Title 3": (Change.CHANGED, ("place",))}


def test_what_is_only_in_the_library_is_added(full: Library, copied: Copying) -> None:
    copy = copied(full)
    full.add(clipping(6))
    assert told(full, copy) == {"Title 6": (Change.ADDED, ())}


def test_an_article_saved_again_is_neither_deleted_nor_added(
    full: Library, copied: Copying
) -> None:
    copy = copied(full)
    full.set_state([1], State.TRASH)
    full.trash.delete([1])
    full.add(clipping(1))
    assert differ(full, copy) == Difference()


def test_another_text_of_an_article_saved_again_is_told(full: Library, copied: Copying) -> None:
    copy = copied(full)
    full.set_state([1], State.TRASH)
    full.trash.delete([1])
    full.add(clipping(1, html="<p>Newer text</p>"))
    assert told(full, copy) == {"Title 1": (Change.CHANGED, ("text",))}


def test_merged_articles_are_not_deleted_ones(full: Library, copied: Copying) -> None:
    copy = copied(full)
    full.duplicates.merge(1, 2)
    found = differ(full, copy)
    assert found.deleted == found.added == ()


def test_an_article_that_was_moved_to_another_address_is_the_same(
    full: Library, copied: Copying
) -> None:
    full.add(Clipping("https://example.org/new", "Title 1"))
    copy = copied(full)
    full.add(clipping(1, aliases=("https://example.org/new",)))  # merges the two
    found = differ(full, copy)
    assert found.deleted == found.added == ()


def test_the_same_articles_under_other_ids_are_compared_by_their_uids(
    full: Library, copied: Copying, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "other") as other:
        for number in (9, 8):
            other.add(clipping(number))
        other.history.apply([*full.history.export({})])
        found = differ(other, copied(full))
        assert found.deleted == found.changed == ()
        assert {each.title for each in found.added} == {"Title 8", "Title 9"}


def test_it_works_in_slices_and_can_be_stopped(
    full: Library, copied: Copying, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.library.backup.difference._SLICE", 2)
    copy = copied(full)
    full.set_state([2, 4], State.TRASH)
    full.trash.delete([2, 4])
    full.add(clipping(6))
    full.set_title(5, "Another")
    assert set(told(full, copy)) == {"Title 2", "Title 4", "Title 6", "Another"}
    seen: list[int] = []

    def stop(done: int, _total: int, _text: str) -> None:
        seen.append(done)
        if len(seen) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        difference(full._database, copy, stop)


def test_a_damaged_title_is_compared_as_far_as_it_can_be_read(
    full: Library, copied: Copying
) -> None:
    copy = copied(full)
    full._database.connection.execute(
        "UPDATE article SET title = CAST(x'4f6e65ff' AS TEXT) WHERE id = 1"
    )
    full.set_favourite([2], True)
    assert told(full, copy) == {
        "One\ufffd": (Change.CHANGED, ("title",)),
        "Title 2": (Change.CHANGED, ("favourite",)),
    }


@pytest.mark.parametrize("schema", [1, 4, 8, 10])
def test_a_copy_of_an_older_reader_is_compared(
    tmp_path: Path, library: Library, schema: int
) -> None:
    from reader.library.store import migrate

    file = tmp_path / "old.db"
    copy = apsw.Connection(str(file))
    copy.pragma("application_id", migrate.APPLICATION_ID)
    migrate.make(copy, schema)
    copy.execute(
        "INSERT INTO article (uid, url, title, title_key, byline, site, site_key, language, "
        "excerpt, words, published_at, added_at, downloaded_at, state, place) VALUES "
        "('a', 'https://example.org/1', 'Old', 'old', '', '', '', '', '', 1, '', "
        "'2020-01-01T00:00:00Z', '', 'queue', 'a')"
    )
    before = file.read_bytes()
    assert told(library, copy) == {"Old": (Change.DELETED, ())}
    assert file.read_bytes() == before
    copy.close()
