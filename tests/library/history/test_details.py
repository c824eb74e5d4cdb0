"""The details of a step: the fields with old and new values, and what has become of articles."""

from pathlib import Path

import pytest
from tests.library.history.test_changes import filled

from reader import step_phrases
from reader.library.library import Library
from reader.model import Clipping, Edit, State
from reader.steps import Entry, FieldChange, Touched, Verb


def newest(library: Library) -> Entry:
    """Return the newest entry of the history."""
    return library.history.steps()[0]


def words(library: Library) -> list[str]:
    """Return the changes of the newest step in words."""
    entry = newest(library)
    return [
        step_phrases.change(each, entry.label.verb)
        for touched in library.history.details(entry)
        for each in touched.changes
    ]


def test_each_article_has_its_fields_with_old_and_new_values(tmp_path: Path) -> None:
    with filled(tmp_path, 2) as library:
        library.edit("Corrected", [Edit(1, title="New", byline="By"), Edit(2, title="Newer")])
        first, second = library.history.details(newest(library))
        assert (first.kind, first.id, first.title) == ("article", 1, "New")
        assert first.changes == (
            FieldChange("title", "Old", "New"), FieldChange("byline", "", "By"),
        )  # fmt: skip
        assert (second.id, second.title) == (2, "Newer")
        assert words(library) == ["Title: Old → New", "Author: – → By", "Title: Old → Newer"]


def test_tags_have_their_names_and_shelves_theirs(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library:
        library.tags.add([1], "maps")
        assert words(library) == ["Tag “maps” given"]
        library.tags.remove([1], "maps")
        assert words(library) == ["Tag “maps” taken away"]
        library.set_state([1], State.ARCHIVE)
        assert "Queue → Archive" in words(library)
        library.set_favourite([1], True)
        assert words(library) == ["Favourite"]


def test_a_text_has_its_origin_and_its_words(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library:
        text = Clipping("", html="<p>Other words.</p>", words=2, made_by="cleaned")
        library.edit(Verb.CLEAN_UP, [Edit(1, text=text)])
        (touched,) = library.history.details(newest(library))
        assert [(each.field, each.new, each.name) for each in touched.changes] == [
            ("text", "2", "cleaned")
        ]
        assert words(library)[0].startswith("Text: cleaned up")


def test_tags_searches_and_pairs_have_names(tmp_path: Path) -> None:
    with filled(tmp_path, 2) as library:
        library.tags.add([1], "maps")
        library.tags.rename("maps", "charts")
        assert words(library) == ["Name: maps → charts"]
        uid = library.saved.add("Short", "words:<100")
        library.saved.delete(uid)
        (touched,) = library.history.details(newest(library))
        assert (touched.kind, touched.title) == ("saved", "Short")
        library.duplicates.tell_apart(1, 2)
        (touched,) = library.history.details(newest(library))
        assert (touched.kind, touched.title) == ("apart", "Old / Old")
        assert words(library) == ["Kept apart"]


def test_articles_in_the_trash_and_deleted_ones_have_their_date(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library:
        library.tags.add([1, 2, 3], "maps")
        entry = newest(library)
        library.set_state([1, 2], State.TRASH)
        library.trash.delete([2])
        first, third = library.history.details(entry)
        assert step_phrases.fate(first).startswith("in the trash since today")
        assert (third.id, step_phrases.fate(third)) == (3, "")


def test_details_come_in_slices(tmp_path: Path) -> None:
    with filled(tmp_path, 9) as library:
        library.set_favourite(range(1, 10), True)
        entry = newest(library)
        slices = [library.history.details(entry, start, 4) for start in (0, 4, 8, 12)]
    assert [[each.id for each in part] for part in slices] == [
        [1, 2, 3, 4], [5, 6, 7, 8], [9], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (FieldChange("title", "", "x" * 99), f"Title: – → {'x' * 60}…"),
        (FieldChange("excerpt", "a", "b"), "Excerpt changed"),
        (FieldChange("place", "a", "b"), "Place in the queue changed"),
        (FieldChange("favourite", "1", "0"), "No longer a favourite"),
        (FieldChange("text", "1200", "900", "cleaned"), "Text: cleaned (1,200 → 900 words)"),
        (FieldChange("of_tomorrow", "a", "b"), "Of tomorrow changed"),
    ],
)
def test_changes_are_described_as_people_speak(change: FieldChange, sentence: str) -> None:
    assert step_phrases.change(change) == sentence


def test_an_article_that_is_gone_without_a_date_is_no_longer_there() -> None:
    assert step_phrases.fate(Touched("article", "u")) == "no longer in the library"
    assert step_phrases.fate(Touched("tag", "u")) == ""
