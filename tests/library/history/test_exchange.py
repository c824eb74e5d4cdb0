"""What travels from device to device: everything of an article, and nothing of a deleted one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.anchor import Anchor
from reader.errors import LibraryError
from reader.library.history.exchange import Row
from reader.library.library import Library
from reader.model import Clipping, Edit, FailureKind, Query, State


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """Give the library of another device."""
    with Library.open(tmp_path / "other") as made:
        yield made


def send(source: Library, target: Library) -> int:
    return target.history.apply([*source.history.export(target.history.known())])


def clipping(number: int, **told: object) -> Clipping:
    made = Clipping(
        f"https://example.org/{number}", f"Title {number}", html=f"<p>Text {number}</p>", words=2,
        source=b"the page", source_type="text/html", tags=("art/old",), made_by="added",
    )  # fmt: skip
    return made._replace(**told)  # type: ignore[arg-type]


def test_an_article_arrives_whole(library: Library, other: Library) -> None:
    id = library.add(clipping(1, pictures=("a.png",), lead="a.png")).id
    library.add(clipping(1, html="<p>Newer</p>", validators="etag"))
    library.edit("Edited", [Edit(id, text=Clipping("", html="<p>Edited</p>", words=1))])
    library.reading_log.keep_position(id, Anchor(3, 4), 0.5)
    library.reading_log.count_view(id)
    assert send(library, other)
    mine, its = library.article(id), other.article(1)
    assert its == mine
    assert other.texts.source(1) == library.texts.source(id)
    texts = [
        {each.texts.html(1, v.id) for v in each.texts.versions(1)} for each in (library, other)
    ]
    assert texts[0] == texts[1] and len(texts[0]) == 3
    assert other.search.ids is not None and other.check() == ()
    assert send(library, other) == 0, "everything is known"


def test_a_text_that_was_taken_back_is_taken_back_everywhere(
    library: Library, other: Library
) -> None:
    id = library.add(Clipping("https://example.org/1", "Waits")).id
    library.edit("Pasted", [Edit(id, text=Clipping("", html="<p>Pasted</p>", words=1))])
    send(library, other)
    assert other.article(1).html == "<p>Pasted</p>"
    library.history.undo()
    send(library, other)
    assert other.article(1) == library.article(id)
    assert other.article(1).html == ""
    library.history.redo()
    send(library, other)
    assert other.article(1) == library.article(id)
    assert other.check() == ()


def test_failures_stay_on_their_device(library: Library, other: Library) -> None:
    id = library.add(Clipping("https://example.org/1", "Waits")).id
    before = library.history.known()
    library.downloads.note_failure(id, FailureKind.OFFLINE)
    assert library.history.known() == before
    send(library, other)
    assert other.article(1).failure is None


def test_what_is_older_changes_nothing_however_late_it_comes(
    library: Library, other: Library
) -> None:
    library.add(clipping(1))
    early = [*library.history.export({})]
    library.set_title(1, "Newer")
    send(library, other)
    other.history.apply(early[::-1])
    assert other.article(1).title == "Newer"


def test_nothing_of_a_deleted_article_can_be_read_anywhere(
    library: Library, other: Library
) -> None:
    id = library.add(clipping(1, title="Secret title", aliases=("https://secret.example/",))).id
    send(library, other)
    for each in (library, other):
        each.tags.add([1], "seen")
    library.set_title(id, "Secret name")
    library.set_state([id], State.TRASH)
    library.trash.delete([id])
    send(library, other)
    for each in (library, other):
        assert each.ids(Query()) == each.ids(Query(State.TRASH)) == []
        told = str(each._all("SELECT entity, field, old, new FROM change"))
        told += str(each._all("SELECT told FROM change_group"))
        told += str(each._all("SELECT * FROM arrived")) + str([*each.history.export({})])
        assert "ecret" not in told and "example" not in told
        assert each.check() == ()


def test_an_article_saved_again_after_its_deletion_is_the_same_everywhere(
    library: Library, other: Library
) -> None:
    for number in range(8):  # the order of the random uids makes the difference
        library.add(clipping(number))
    send(library, other)
    ids = library.ids(Query())
    library.set_state(ids, State.TRASH)
    library.trash.delete(ids, without_copy=True)
    for number in range(8):
        library.add(clipping(number, html=f"<p>Again {number}</p>"))
    send(library, other)

    def held(each: Library) -> dict[str, str]:
        return {each.article(id).uid: each.article(id).html for id in each.ids(Query())}

    assert held(other) == held(library)


def test_what_was_read_of_a_deleted_article_counts_everywhere(
    library: Library, other: Library
) -> None:
    id = library.add(clipping(1)).id
    library.set_state([id], State.TRASH)
    send(library, other)
    library.trash.delete([id])
    other.reading_log.note("2026-01-01", 1, 10, 20)
    send(other, library)
    send(library, other)
    for each in (library, other):
        assert next((day.seconds, day.words) for day in each.reading_log.days()) == (10, 20)


def test_a_later_restoration_wins_over_a_deletion_for_good(
    library: Library, other: Library
) -> None:
    id = library.add(clipping(1)).id
    library.set_title(id, "Mine")
    library.set_state([id], State.TRASH)
    send(library, other)
    before = library.article(id)
    library.trash.delete([id])
    other.trash.restore([1])
    send(other, library)
    send(library, other)
    send(other, library)
    (id,) = library.ids(Query())
    assert library.article(id)._replace(id=1) == other.article(1)
    assert library.article(id)._replace(id=1, state=State.TRASH) == before
    assert library.texts.source(id) == other.texts.source(1)
    assert library.check() == other.check() == ()


def test_two_that_were_added_apart_under_one_address_are_the_older_one(
    library: Library, other: Library
) -> None:
    library.add(clipping(1, title="First"))
    other.add(clipping(1, title="Second", html="<p>Other text</p>", tags=("bees",)))
    other.reading_log.count_view(1)
    library.reading_log.count_view(1)
    uid = library.article(1).uid
    send(other, library)
    send(library, other)
    send(other, library)
    for each in (library, other):
        (id,) = each.ids(Query())
        article = each.article(id)
        assert (article.uid, article.tags, article.views) == (uid, ("art/old", "bees"), 2)
        assert (article.title, len(each.texts.versions(id))) == ("Second", 2)
    assert library.history.undo() is None and other.check() == ()


def test_an_address_of_one_that_becomes_another_is_found_once(
    library: Library, other: Library
) -> None:
    library.add(clipping(1))
    other.add(clipping(2, aliases=("https://example.org/1",)))
    send(library, other)
    send(other, library)
    for each in (library, other):
        found = each.find("https://example.org/1")
        assert found is not None
        assert each.article(found).url == "https://example.org/1"
        assert each.add(clipping(1)).id == found


def test_what_a_person_corrected_stays_whatever_a_page_says_elsewhere(
    library: Library, other: Library
) -> None:
    library.add(clipping(1))
    send(library, other)
    library.set_title(1, "Mine")
    other.add(clipping(1, title="Of the page"))
    send(other, library)
    send(library, other)
    assert library.article(1).title == other.article(1).title == "Mine"


def test_views_and_reading_of_all_devices_are_added_up(library: Library, other: Library) -> None:
    library.add(clipping(1))
    send(library, other)
    for each, times in ((library, 2), (other, 3)):
        for _ in range(times):
            each.reading_log.count_view(1)
            each.reading_log.note("2026-01-01", 1, 10, 20)
    for _ in range(2):
        send(library, other)
        send(other, library)
    for each in (library, other):
        assert each.article(1).views == 5
        assert next((day.seconds, day.words) for day in each.reading_log.days()) == (50, 100)


def test_clearing_the_diary_clears_it_everywhere_and_names_no_day(
    library: Library, other: Library
) -> None:
    library.add(clipping(1))
    other_day, day = "2026-01-02", "2026-01-01"
    library.reading_log.note(day, 1, 10, 20)
    send(library, other)
    other.reading_log.note(other_day, 1, 10, 20)
    other.reading_log.clear(views=True)
    send(other, library)
    for each in (library, other):
        assert each._all("SELECT * FROM reading") == []
        assert day not in str(each._all("SELECT field FROM change WHERE field LIKE 'read/%'"))


def test_tags_that_get_one_name_on_two_devices_are_one_tag(
    library: Library, other: Library
) -> None:
    for number, tag in ((1, "code"), (2, "bees")):
        library.add(clipping(number, tags=(tag,)))
    send(library, other)
    library.tags.rename("code", "nature")
    other.tags.rename("bees", "nature")
    send(library, other)
    send(other, library)
    for each in (library, other):
        assert each.tags.all() == [("nature", 2)]
    other.tags.remove([1, 2], "nature")
    send(other, library)
    assert library.tags.all() == other.tags.all() == []
    assert library.check() == other.check() == ()


def test_an_address_that_was_typed_is_trusted_on_this_device_alone(
    library: Library, other: Library
) -> None:
    library.add(clipping(1))
    library.note_typed("https://example.org/1")
    send(library, other)
    assert library.is_typed(1)
    assert not other.is_typed(1)


@pytest.mark.parametrize(
    "damage",
    [{"stamp": ""}, {"stamp": "9999999999999-99999-x"}, {"seq": 0}, {"entity": ""}, {"field": ""}],
)
def test_a_damaged_row_changes_nothing(library: Library, damage: dict[str, object]) -> None:
    row = Row("d", 1, "1700000000000-00000-d", "a" * 32, "title", "", "x")
    with pytest.raises(LibraryError, match="damaged"):
        library.history.apply([row, row._replace(**damage)])  # type: ignore[arg-type]
    assert library._all("SELECT * FROM change") == []


def test_rows_of_a_kind_that_a_newer_reader_knows_are_kept_and_passed_on(
    library: Library, other: Library, tmp_path: Path
) -> None:
    row = Row("d", 7, "1700000000000-00000-d", "note/1", "words", "", "Hello")
    assert library.history.apply([row]) == 1
    send(library, other)
    with Library.open(tmp_path / "third") as third:
        send(other, third)
        assert [*third.history.export({})] == [row]
