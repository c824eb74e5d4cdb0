"""The trash: deleted for good only what may be, whole, told of, and never a picture in need."""

import os
import time

import pytest

from reader.errors import LibraryError
from reader.library import trash
from reader.library.library import Library
from reader.model import Clipping, Outcome, State
from reader.progress import Cancelled


def add(library: Library, number: int, *pictures: str, html: str = "") -> int:
    clipping = Clipping(
        f"https://example.org/{number}", f"Title\t{number}", html=html or f"<p>Text {number}</p>",
        tags=("tag",), pictures=pictures, lead=pictures[0] if pictures else "",
    )  # fmt: skip
    return library.add(clipping).id


def picture(library: Library, data: bytes, *, days: float = 2) -> str:
    name = library.keep_picture(data, "png")
    grow_old(library, name, days)
    return name


def grow_old(library: Library, name: str, days: float) -> None:
    then = time.time() - days * 86_400
    os.utime(library.folder / "images" / name, (then, then))


def trashed_days_ago(library: Library, id: int, days: int) -> None:
    library.set_state([id], State.TRASH)
    with library._database.writing() as connection:
        connection.execute(
            "UPDATE article SET trashed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?) WHERE id = ?",
            (f"-{days} days", id),
        )


def everything(library: Library) -> int:
    tables = ("article", "content", "version", "alias", "article_image", "article_tag", "tag_shelf",
              "change", "change_group", "fingerprint")  # fmt: skip
    with library._database.reading() as connection:
        return sum(int(connection.execute(f"SELECT count(*) FROM {t}").get or 0) for t in tables)


def test_only_what_has_lain_long_enough_is_deleted(library: Library) -> None:
    old, young, kept = (add(library, number) for number in range(3))
    trashed_days_ago(library, old, 31)
    trashed_days_ago(library, young, 29)
    assert library.trash.outdated(30) == [old]
    assert library.trash.empty(30) == 1
    assert library.find("https://example.org/0") is None
    assert library.article(young).state is State.TRASH
    assert library.article(kept).state is State.QUEUE
    assert library.counts().trash == 1


def test_nothing_is_left_of_what_was_deleted(library: Library) -> None:
    before = everything(library)
    id = add(library, 1)
    library.add(Clipping("https://example.org/1", html="<p>Another text</p>", aliases=("b:",)))
    library.set_favourite([id], True)
    library.set_state([id], State.TRASH)
    assert library.trash.empty(0) == 1
    assert everything(library) == before
    assert library.undo() == ""
    assert library.check() == ()


def test_every_table_that_belongs_to_articles_is_emptied_with_them(library: Library) -> None:
    with library._database.reading() as connection:
        tables = [name for (name,) in connection.execute(
            "SELECT schema.name FROM sqlite_schema AS schema, pragma_foreign_key_list(schema.name) "
            "AS key WHERE schema.type = 'table' AND key.\"table\" = 'article'"
        )]  # fmt: skip
    assert set(tables) == set(trash._PARTS)


def test_a_step_with_others_can_still_be_undone(library: Library) -> None:
    gone, stays = add(library, 1), add(library, 2)
    library.set_favourite([gone, stays], True)
    library.set_state([gone], State.TRASH)
    library.trash.delete([gone])
    assert library.undo() == "Made a favourite: 2 articles"
    assert not library.article(stays).favourite


def test_what_is_in_no_trash_is_not_deleted(library: Library) -> None:
    id = add(library, 1)
    assert library.trash.delete([id, 99]) == 0
    assert library.article(id).title == "Title\t1"


def test_restoring_begins_the_days_anew_and_brings_all_back(library: Library) -> None:
    id = add(library, 1)
    library.set_title(id, "Mine")
    before = library.article(id)
    trashed_days_ago(library, id, 31)
    library.set_state([id], State.QUEUE)
    assert library.article(id) == before
    assert dict(library.counts().tags) == {"tag": 1}
    library.set_state([id], State.TRASH)
    assert library.trash.outdated(30) == []


def test_restoring_brings_each_back_to_where_it_was(library: Library) -> None:
    first, archived, last = (add(library, number) for number in range(3))
    library.set_state([archived], State.ARCHIVE)
    place = library.article(first).place
    library.set_state([first, archived], State.TRASH)
    assert library.trash.restore([first, archived, last]) == 2
    assert library.article(archived).state is State.ARCHIVE
    assert (library.article(first).state, library.article(first).place) == (State.QUEUE, place)
    assert library.undo() == "Restored 2 articles"
    assert library.counts().trash == 2


def test_undo_takes_an_article_out_of_the_trash(library: Library) -> None:
    id = add(library, 1)
    trashed_days_ago(library, id, 31)
    library.undo()
    assert library.trash.empty(30) == 0


def test_what_is_deleted_is_written_down_first(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = add(library, 1)
    library.set_state([id], State.TRASH)
    log = library.folder / "deleted.log"
    log.mkdir()
    with pytest.raises(LibraryError, match="nothing was deleted"):
        library.trash.delete([id])
    assert library.article(id).state is State.TRASH
    log.rmdir()
    library.trash.delete([id])
    when, url, title = log.read_text("utf-8").rstrip("\n").split("\t")
    assert when.startswith("20")
    assert (url, title) == ("https://example.org/1", "Title 1")


def test_stop_leaves_whole_articles(library: Library) -> None:
    ids = [add(library, number) for number in range(120)]
    library.set_state(ids, State.TRASH)

    def report(done: int, total: int, text: str) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        library.trash.delete(ids, report)
    assert library.counts().trash == 70
    assert library.check() == ()


def test_pictures_go_with_the_last_article_that_shows_them(library: Library) -> None:
    shared, own = picture(library, b"shared"), picture(library, b"own")
    gone, stays = add(library, 1, own, shared), add(library, 2, shared)
    library.set_state([gone], State.TRASH)
    library.trash.empty(0)
    assert library.picture_path(own) is None
    assert library.picture_path(shared) is not None
    library.set_state([stays], State.TRASH)
    library.trash.empty(0)
    assert library.picture_path(shared) is None


def test_a_picture_of_an_older_text_or_in_the_trash_stays(library: Library) -> None:
    name, other = picture(library, b"one"), picture(library, b"two")
    gone = add(library, 1, name, other)
    stays = add(library, 2, name, html="<p>Older</p>")
    add(library, 2, html="<p>Newer</p>")
    in_trash = add(library, 3, other)
    library.set_state([gone, in_trash], State.TRASH)
    library.trash.delete([gone])
    library.trash.empty(30)
    assert library.picture_path(name) is not None
    assert library.picture_path(other) is not None
    assert [each.in_use for each in library.versions(stays)] == [True, False]


def test_a_picture_that_somebody_just_asked_for_stays_and_goes_another_day(
    library: Library,
) -> None:
    name = picture(library, b"one")
    id = add(library, 1, name)
    library.set_state([id], State.TRASH)
    with Library.open(library.folder) as other:
        assert other.keep_picture(b"one", "png") == name
    library.trash.empty(0)
    assert library.picture_path(name) is not None
    grow_old(library, name, 2)
    library.trash.empty(30)
    assert library.picture_path(name) is None


def test_an_article_that_was_deleted_can_come_again(library: Library) -> None:
    id = add(library, 1)
    library.set_state([id], State.TRASH)
    library.trash.empty(0)
    assert library.add(Clipping("https://example.org/1", "Again")).outcome is Outcome.ADDED
