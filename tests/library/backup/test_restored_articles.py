"""Single articles return from a copy, whole, as one undo step and on every device."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import apsw
import pytest
from tests.library.backup.conftest import Copying
from tests.library.conftest import said

from reader.library.backup import restored_articles
from reader.library.backup.copy import Difference, Reason
from reader.library.backup.difference import difference
from reader.library.backup.restored_articles import Outcome, Restoration, Source
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Article, Clipping, Edit, State
from reader.progress import Cancelled

_PICTURE = b"a picture"
_NAME = f"{hashlib.sha256(_PICTURE).hexdigest()}.png"


def clipping(number: int, **told: object) -> Clipping:
    made = Clipping(
        f"https://example.org/{number}", f"Title {number}", site="Example",
        html=f"<p>Text {number}</p>", words=2, tags=("art/old",), source=b"the page",
        source_type="text/html", aliases=(f"https://alias.example/{number}",),
    )  # fmt: skip
    return made._replace(**told)  # type: ignore[arg-type]


@pytest.fixture
def full(library: Library) -> Library:
    """Give a library of five articles; the first has a picture, two texts and reading time."""
    for number in range(1, 6):
        library.add(clipping(number))
    library.keep_picture(_PICTURE, "png")
    library.add(clipping(1, html="<p>Newer text</p>", pictures=(_NAME,), lead=_NAME))
    library.set_title(1, "My title")
    library.set_favourite([1], True)
    library.tags.add([1], "mine")
    library.tags.colour("mine", "red")
    library.reading_log.count_view(1)
    library.reading_log.note("2026-01-01", 1, 60, 100)
    library.queue.to_top([3])
    return library


def restore(
    library: Library, copy: apsw.Connection, uids: Sequence[str], pictures: tuple[Path, ...] = ()
) -> Restoration:
    source = Source(copy, pictures)
    return restored_articles.restore(library._database, library._images, source, uids)


def uid(library: Library, id: int) -> str:
    return library.article(id).uid


def delete(library: Library, *ids: int) -> None:
    library.set_state(ids, State.TRASH)
    library.trash.delete(ids)


def bare(article: Article) -> Article:
    """Return an article without its id and the moment of a later visit."""
    return article._replace(id=0)


def found(library: Library, uid: str) -> Article:
    id = library.with_uid(uid)
    assert id is not None
    return library.article(id)


def _texts(library: Library, id: int) -> set[str]:
    """Return all texts of an article."""
    versions = (library.texts.html(id, each.id) for each in library.texts.versions(id))
    return {library.article(id).html, *versions} - {""}


# ---- deleted for good


def test_a_deleted_article_returns_whole(full: Library, copied: Copying) -> None:
    copy, before = copied(full), full.article(1)
    texts = _texts(full, 1)
    source, order = full.texts.source(1), full.ids(SHELF_QUERIES["queue"])
    delete(full, 1)
    outcome = restore(full, copy, [before.uid])
    assert [(each.outcome, each.title) for each in outcome.rows] == [(Outcome.RESTORED, "My title")]
    after = found(full, before.uid)
    assert bare(after) == bare(before)
    assert _texts(full, after.id) == texts == {"<p>Text 1</p>", "<p>Newer text</p>"}
    assert full.texts.source(after.id) == source
    assert [full.article(id).uid for id in full.ids(SHELF_QUERIES["queue"])][order.index(1)] == (
        before.uid
    )
    assert full.find("https://alias.example/1") == after.id
    day = next(each for each in full.reading_log.days() if each.date == "2026-01-01")
    assert (day.seconds, day.words) == (60, 100)
    assert full.check() == ()
    assert difference(full._database, copy) == Difference()


def test_undo_takes_it_back_to_the_trash_and_redo_returns_it(
    new_library: Path, full: Library, copied: Copying
) -> None:
    copy, uids = copied(full), [uid(full, id) for id in (1, 2)]
    delete(full, 1, 2)
    outcome = restore(full, copy, uids)
    assert outcome.step is not None
    assert said(outcome.step) == "Restored from a copy: 2 articles"
    with Library.open(new_library) as later:  # as after a restart
        step = later.history.undo()
        assert step is not None and step.id == outcome.step.id
        assert {found(later, each).state for each in uids} == {State.TRASH}
        later.history.redo()
        assert {found(later, each).state for each in uids} == {State.QUEUE}


def test_every_device_gets_it_again(full: Library, copied: Copying, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other, Library.open(tmp_path / "third") as third:

        def send(source: Library, target: Library) -> None:
            target.history.apply([*source.history.export(target.history.known())])

        send(full, other)
        copy, name = copied(full), uid(full, 1)
        delete(full, 1)
        send(full, other)
        assert other.with_uid(name) is None
        restore(full, copy, [name])
        send(full, other)
        assert bare(found(other, name)) == bare(found(full, name))
        send(other, third)
        assert bare(found(third, name)) == bare(found(full, name))
        send(third, full)
        send(other, full)
        assert found(full, name).state == State.QUEUE
        delete(other, other.with_uid(name) or 0)
        send(other, full)
        assert full.with_uid(name) is None, "what is deleted later stays deleted"


def test_a_deletion_on_another_device_that_did_not_know_of_the_restoring_loses(
    full: Library, copied: Copying, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "other") as other:
        other.history.apply([*full.history.export({})])
        copy, name = copied(full), uid(full, 2)
        delete(other, other.with_uid(name) or 0)
        full.history.apply([*other.history.export(full.history.known())])
        assert full.with_uid(name) is None
        restore(full, copy, [name])
        other.history.apply([*full.history.export(other.history.known())])
        assert bare(found(other, name)) == bare(found(full, name))


def test_a_deleted_article_from_the_trash_of_the_copy_returns_to_its_shelf(
    full: Library, copied: Copying
) -> None:
    full.set_state([2], State.ARCHIVE)
    full.set_state([2], State.TRASH)
    copy, name = copied(full), uid(full, 2)
    full.trash.delete([2])
    restore(full, copy, [name])
    assert found(full, name).state == State.ARCHIVE


def test_a_tag_and_a_saved_search_return_with_colour_and_question(
    full: Library, copied: Copying
) -> None:
    search = full.saved.add("Art", "tag:mine")
    copy, name = copied(full), uid(full, 1)
    full.saved.delete(search)
    full.tags.delete("mine")
    full.tags.colour("mine", "")
    tag = copy.execute("SELECT uid FROM tag WHERE name = 'mine'").get
    outcome = restore(full, copy, [f"saved/{search}", f"tag/{tag}"])
    assert outcome.count(Outcome.RESTORED) == 2
    assert [(each.name, each.question) for each in full.saved.all()] == [("Art", "tag:mine")]
    assert "mine" in found(full, name).tags
    assert dict(full._all("SELECT name, colour FROM tag"))["mine"] == "red"
    full.history.undo()
    assert full.saved.all() == () and "mine" not in found(full, name).tags


def test_a_tag_that_was_forgotten_returns_with_its_colour(full: Library, copied: Copying) -> None:
    copy, name = copied(full), uid(full, 1)
    delete(full, 1)
    full.tags.add([2], "other")
    full.tags.rename("other", "mine")  # nothing has the tag "mine" any more: it is forgotten
    full.tags.rename("mine", "third")
    restore(full, copy, [name])
    assert found(full, name).tags == ("art/old", "mine")
    assert dict(full._all("SELECT name, colour FROM tag"))["mine"] == "red"


# ---- in the trash, or changed


def test_an_article_in_the_trash_or_changed_is_as_in_the_copy_again(
    full: Library, copied: Copying
) -> None:
    copy, before = copied(full), [full.article(id) for id in (1, 2)]
    full.set_state([1], State.TRASH)
    full.set_title(2, "Another")
    full.edit("Edited", [Edit(2, text=Clipping("", html="<p>Edited</p>", words=2))])
    full.tags.change([2], added=["new"], removed=["art/old"])
    full.set_state([2], State.ARCHIVE)
    outcome = restore(full, copy, [each.uid for each in before])
    assert outcome.count(Outcome.RESTORED) == 2
    assert [full.article(id) for id in (1, 2)] == before
    assert "<p>Edited</p>" in _texts(full, 2)
    full.history.undo()
    after = full.article(2)
    assert (after.title, after.html, after.tags, after.state) == (
        "Another", "<p>Edited</p>", ("new",), State.ARCHIVE
    )  # fmt: skip
    assert full.article(1).state == State.TRASH


def test_a_damaged_text_is_replaced_by_the_whole_one(full: Library, copied: Copying) -> None:
    copy = copied(full)
    full._database.connection.execute("UPDATE content SET html = '<p>Flip</p>' WHERE article = 2")
    outcome = restore(full, copy, [uid(full, 2)])
    assert outcome.rows[0].outcome is Outcome.RESTORED
    assert full.article(2).html == "<p>Text 2</p>"


def test_restored_twice_is_unchanged_and_no_step(full: Library, copied: Copying) -> None:
    copy, name = copied(full), uid(full, 1)
    delete(full, 1)
    restore(full, copy, [name])
    again = restore(full, copy, [name, uid(full, 2)])
    assert [each.outcome for each in again.rows] == [Outcome.UNCHANGED] * 2
    assert again.step is None


# ---- saved again under its address


def test_an_article_saved_again_keeps_its_state_and_gets_text_and_tags(
    full: Library, copied: Copying
) -> None:
    copy, name = copied(full), uid(full, 1)
    delete(full, 1)
    id = full.add(clipping(1, html="<p>Third text</p>", tags=("fresh",))).id
    full.set_state([id], State.ARCHIVE)
    outcome = restore(full, copy, [name])
    assert (outcome.rows[0].outcome, outcome.rows[0].article) == (Outcome.RESTORED, id)
    after = full.article(id)
    assert (after.html, after.state) == ("<p>Third text</p>", State.ARCHIVE)
    assert set(after.tags) == {"art/old", "fresh", "mine"} and after.favourite
    assert {"<p>Text 1</p>", "<p>Newer text</p>"} <= _texts(full, id)
    full.history.undo()
    assert full.article(id).tags == ("fresh",)
    assert restore(full, copy, [name]).step is not None
    assert restore(full, copy, [name]).rows[0].outcome is Outcome.UNCHANGED


# ---- pictures


@pytest.mark.parametrize("can_link", [True, False])
def test_pictures_return_from_the_copy_if_they_have_their_hash(
    full: Library, copied: Copying, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_link: bool
) -> None:
    copy, name = copied(full), uid(full, 1)
    damaged, whole = tmp_path / "damaged", tmp_path / "whole"
    for folder, data in ((damaged, b"other bytes"), (whole, _PICTURE)):
        folder.mkdir()
        (folder / _NAME).write_bytes(data)
    delete(full, 1)
    (full.folder / "images" / _NAME).unlink()
    if not can_link:
        monkeypatch.delattr("os.link")
        monkeypatch.setattr("os.link", _refuse, raising=False)
    assert restore(full, copy, [name], (damaged,)).rows[0].missing == 1
    assert restore(full, copy, [name], (damaged, whole)).rows[0].missing == 0
    assert (full.folder / "images" / _NAME).read_bytes() == _PICTURE
    assert full.check() == ()


def _refuse(*_: object) -> None:
    raise OSError(1, "no links here")


def test_a_copy_is_taken_before_and_its_pictures_return(full: Library) -> None:
    copy, name = full.backups.take(Reason.ASKED), uid(full, 1)
    delete(full, 1)
    (full.folder / "images" / _NAME).unlink()
    assert [each.title for each in full.backups.difference(copy).deleted] == ["My title"]
    outcome = full.backups.restore_articles(copy, [name])
    assert outcome.count(Outcome.RESTORED) == 1
    assert full.backups.all()[0].reason is Reason.RESTORE
    assert full.check() == ()
    assert full.backups.difference(copy) == Difference()


# ---- trouble


def test_each_row_is_told_of_and_one_that_fails_leaves_the_others(
    full: Library, copied: Copying, tmp_path: Path
) -> None:
    copied(full)
    names = [uid(full, id) for id in (1, 2, 3)]
    with apsw.Connection(str(tmp_path / "copy-0.db")) as spoilt:
        spoilt.execute("UPDATE content SET html = '<p>Flip</p>' WHERE article = 2")
    delete(full, 1, 2)
    outcome = restore(full, spoilt, [*names, "nobody", names[0]])
    assert [each.outcome for each in outcome.rows] == [
        Outcome.RESTORED, Outcome.DAMAGED, Outcome.UNCHANGED, Outcome.ABSENT
    ]  # fmt: skip
    assert full.with_uid(names[1]) is None, "half an article would be worse than none"
    assert outcome.rows[1].title == "Title 2"
    assert full.check() == ()
    spoilt.close()


def test_a_cancel_changes_nothing(full: Library, copied: Copying) -> None:
    copy, names = copied(full), [uid(full, id) for id in (1, 2)]
    delete(full, 1, 2)

    def stop(done: int, _total: int, text: str) -> None:
        if text == "Changing articles":
            raise Cancelled

    with pytest.raises(Cancelled):
        restored_articles.restore(full._database, full._images, Source(copy), names, stop)
    assert all(full.with_uid(each) is None for each in names)


def test_nothing_is_restored_if_nothing_is_wanted(full: Library, copied: Copying) -> None:
    assert restore(full, copied(full), []) == Restoration(None, ())
