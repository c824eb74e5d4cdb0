"""The trash: deleted for good only what may be, whole, told of, and never a picture in need."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw
import pytest
from tests.library.conftest import said

from reader.errors import LibraryError
from reader.library.articles import deletion
from reader.library.library import Library
from reader.library.store import clock
from reader.model import Clipping, Outcome, Query, State
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


def frozen(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let the clock stand still."""
    now = int(time.time())
    monkeypatch.setattr(time, "time", lambda: now)
    return now


def refuse(library: Library, id: int) -> None:
    """Let SQLite fail where the row of an article is deleted."""
    library._database.connection.execute(
        f"CREATE TEMP TRIGGER broken BEFORE DELETE ON article WHEN old.id = {id} "
        "BEGIN SELECT RAISE(ABORT, 'broken'); END"
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


def test_nothing_is_left_of_what_was_deleted_but_that_it_was(library: Library) -> None:
    add(library, 2)
    before = everything(library)
    id = add(library, 1)
    uid = library.article(id).uid
    library.add(Clipping("https://example.org/1", html="<p>Another text</p>", aliases=("b:",)))
    library.set_favourite([id], True)
    library.reading_log.count_view(id)
    library.set_state([id], State.TRASH)
    assert library.trash.empty(0) == 1
    assert everything(library) == before + 1
    with library._database.reading() as connection:
        sql = "SELECT field, old, new FROM change WHERE entity = ?"
        assert connection.execute(sql, (uid,)).fetchall() == [("gone", "", "1")]
    assert said(library.history.undo()) == ""
    assert library.check() == ()


def test_every_table_that_belongs_to_articles_is_emptied_with_them(library: Library) -> None:
    with library._database.reading() as connection:
        tables = [name for (name,) in connection.execute(
            "SELECT schema.name FROM sqlite_schema AS schema, pragma_foreign_key_list(schema.name) "
            "AS key WHERE schema.type = 'table' AND key.\"table\" = 'article'"
        )]  # fmt: skip
    assert set(tables) == set(deletion.PARTS)


def test_a_step_with_others_can_still_be_undone(library: Library) -> None:
    gone, stays = add(library, 1), add(library, 2)
    library.set_favourite([gone, stays], True)
    library.set_state([gone], State.TRASH)
    library.trash.delete([gone])
    assert said(library.history.undo()) == "Made a favourite: 2 articles"
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
    assert said(library.history.undo()) == "Restored 2 articles"
    assert library.counts().trash == 2


def test_undo_takes_an_article_out_of_the_trash(library: Library) -> None:
    id = add(library, 1)
    trashed_days_ago(library, id, 31)
    library.history.undo()
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


def test_a_picture_that_only_an_older_text_or_the_trash_shows_stays(library: Library) -> None:
    body, lead, other = (picture(library, each) for each in (b"body", b"lead", b"other"))
    gone = add(library, 1, body, lead, other)
    stays = add(library, 2, lead, body, html="<p>Older</p>")
    newer = picture(library, b"newer")
    add(library, 2, newer, html="<p>Newer</p>")
    in_trash = add(library, 3, other)
    library.set_state([gone, in_trash], State.TRASH)
    library.trash.delete([gone])
    library.trash.empty(30)
    assert library.article(stays).lead == newer
    assert library.article(stays).pictures == (newer,)
    assert all(map(library.picture_path, (body, lead, other, newer)))
    (older,) = [each for each in library.texts.versions(stays) if not each.in_use]
    library.texts.use(stays, older.id)
    assert library.check() == ()


def test_pictures_of_older_texts_and_the_lead_go_with_their_article(library: Library) -> None:
    names = [picture(library, bytes([number])) for number in range(4)]
    id = library.add(
        Clipping("https://example.org/1", html="<p>1</p>", pictures=(names[0],), lead=names[1])
    ).id
    library.add(
        Clipping("https://example.org/1", html="<p>2</p>", pictures=(names[2],), lead=names[3])
    )
    library.set_state([id], State.TRASH)
    library.trash.empty(0)
    assert not any(map(library.picture_path, names))
    assert not library.trash.is_due(30)


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


# ---- whole or not at all, in the right order


def test_trouble_in_the_middle_of_a_slice_deletes_nothing_of_it(library: Library) -> None:
    ids = [add(library, number) for number in range(3)]
    library.set_state(ids, State.TRASH)
    before = everything(library)
    refuse(library, ids[1])
    with pytest.raises(LibraryError):
        library.trash.delete(ids)
    assert everything(library) == before
    assert library.ids(Query(State.TRASH, descending=False)) == ids
    assert library.check() == ()


def test_the_log_has_what_is_deleted_before_it_is(library: Library) -> None:
    id = add(library, 1)
    library.set_state([id], State.TRASH)
    refuse(library, id)
    with pytest.raises(LibraryError):
        library.trash.delete([id])
    log = library.folder / "deleted.log"
    assert "https://example.org/1\tTitle 1\n" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_the_log_is_on_the_disk_before_anything_is_deleted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = add(library, 1)
    library.set_state([id], State.TRASH)
    sizes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: sizes.append(os.fstat(handle).st_size))
    library.trash.delete([id])
    assert (library.folder / "deleted.log").stat().st_size in sizes


def test_the_log_goes_on_and_names_every_article(library: Library) -> None:
    for round in range(2):
        ids = [add(library, 10 * round + number) for number in range(2)]
        library.set_state(ids, State.TRASH)
        library.trash.delete(ids)
    lines = (library.folder / "deleted.log").read_text("utf-8").splitlines()
    assert [line.split("\t")[1] for line in lines] == [
        f"https://example.org/{number}" for number in (0, 1, 10, 11)
    ]


_DELETE = """
import sys
from pathlib import Path
from reader.library.library import Library
with Library.open(Path(sys.argv[1])) as library:
    library.trash.delete([1])
"""


def test_the_log_has_every_letter_whatever_the_language_of_the_system(library: Library) -> None:
    library.add(Clipping("https://example.org/é", "Žluťoučký 日本\u2028語", html="<p>x</p>"))
    library.set_state([1], State.TRASH)
    library.close()
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-c", _DELETE, str(library.folder)]
    subprocess.run(command, env={**os.environ, **plain}, check=True)
    text = (library.folder / "deleted.log").read_bytes().decode("utf-8")
    assert text.split("\t")[1:] == ["https://example.org/é", "Žluťoučký 日本 語\n"]


def test_pictures_are_deleted_when_no_article_can_show_them_any_longer(library: Library) -> None:
    names = [picture(library, b"one"), picture(library, b"two")]
    id = add(library, 1, *names)
    library.set_state([id], State.TRASH)
    seen: list[tuple[int, int, int, bool]] = []
    with Library.open(library.folder) as other:

        def report(done: int, total: int, text: str) -> None:
            if text == "Deleting pictures":
                there = bool(other.picture_path(sorted(names)[0]))
                seen.append((done, total, other.counts().total, there))

        library.trash.empty(0, report)
    assert seen == [(0, 2, 0, True), (1, 2, 0, False)]


def test_it_tells_how_far_it_is_slice_by_slice(library: Library) -> None:
    with library.together():
        ids = [add(library, number) for number in range(101)]
    library.set_state(ids, State.TRASH)
    told: list[tuple[int, int, str]] = []
    assert library.trash.delete(ids, lambda *each: told.append(each)) == 101
    slices = [each[:2] for each in told if each[2] == "Deleting for good"]
    assert slices == [(0, 101), (50, 101), (100, 101)]
    assert library.counts().total == 0


@pytest.mark.parametrize("count", [49, 50, 51])
def test_a_slice_more_or_less_is_all_deleted(library: Library, count: int) -> None:
    with library.together():
        ids = [add(library, number) for number in range(count)]
    library.set_state(ids, State.TRASH)
    told: list[str] = []
    assert library.trash.delete(ids, lambda *each: told.append(each[2])) == count
    slices = told.count("Deleting for good")
    assert (library.counts().total, slices) == (0, 1 + (count > 50))


# ---- to the second


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_days_in_the_trash_end_to_the_second(
    library: Library, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    moment = frozen(monkeypatch) - 30 * clock.DAY + seconds
    id = add(library, 1)
    library.set_state([id], State.TRASH)
    with library._database.writing() as connection:
        connection.execute("UPDATE article SET trashed_at = ?", (clock.text(moment),))
    is_over = seconds <= 0
    assert library.trash.outdated(30) == ([id] if is_over else [])
    assert library.trash.is_due(30) is is_over
    assert library.trash.empty(30) == is_over
    assert library.counts().trash == (not is_over)


def test_outdated_names_the_oldest_first_and_for_no_days_all(library: Library) -> None:
    ids = [add(library, number) for number in range(3)]
    for id, days in zip(ids, (31, 40, 1), strict=True):
        trashed_days_ago(library, id, days)
    assert library.trash.outdated(30) == [ids[1], ids[0]]
    assert library.trash.outdated(0) == [ids[1], ids[0], ids[2]]


def test_what_comes_from_the_future_is_due_and_its_days_begin_anew(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = frozen(monkeypatch)
    id = add(library, 1)
    library.set_state([id], State.TRASH)
    sql = "UPDATE article SET trashed_at = ?"
    for seconds in (0, 1):
        with library._database.writing() as connection:
            connection.execute(sql, (clock.text(now + seconds),))
        assert library.trash.is_due(30) == bool(seconds)
    assert library.trash.empty(30) == 0
    with library._database.reading() as connection:
        assert connection.execute("SELECT trashed_at FROM article").get == clock.text(now)


def test_once_a_jump_back_is_confirmed_the_days_of_the_time_ahead_begin_anew(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = frozen(monkeypatch)
    id = add(library, 1)
    library.set_state([id], State.TRASH)
    with library._database.writing() as connection:
        ahead, seen = now + 100 * clock.DAY, now - 31 * clock.DAY
        value = f"{ahead} {seen} of-before"
        connection.execute("INSERT OR REPLACE INTO setting VALUES ('clock', ?)", (value,))
        sql = "UPDATE article SET trashed_at = ?"
        connection.execute(sql, (clock.text(now + 50 * clock.DAY),))
        # As another run left it: the end of this transaction must not confirm the jump.
        monkeypatch.setattr(clock, "note", lambda _: None)
    monkeypatch.undo()
    monkeypatch.setattr(time, "time", lambda: now)
    assert library.trash.empty(30) == 0
    with library._database.reading() as connection:
        assert connection.execute("SELECT trashed_at FROM article").get == clock.text(now)


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_a_picture_rests_for_a_day_to_the_second(
    library: Library, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    moment = frozen(monkeypatch) - clock.DAY + seconds
    name = library.keep_picture(b"one", "png")
    id = add(library, 1, name)
    os.utime(library.folder / "images" / name, (moment, moment))
    library.set_state([id], State.TRASH)
    library.trash.empty(0)
    assert (library.picture_path(name) is None) == (seconds <= 0)
    assert library.trash.is_due(30) == (seconds > 0), "it is looked at again another day"


# ---- restoring


def test_restoring_goes_to_where_it_was_before_its_last_trip(library: Library) -> None:
    id = add(library, 1)
    library.set_state([id], State.TRASH)
    library.set_state([id], State.ARCHIVE)
    library.set_state([id], State.TRASH)
    library.trash.restore([id])
    assert library.article(id).state is State.ARCHIVE
    library.set_state([id], State.QUEUE)
    library.set_state([id], State.TRASH)
    library.trash.restore([id])
    assert library.article(id).state is State.QUEUE


def test_restoring_is_one_step_that_says_what_it_did(library: Library) -> None:
    ids = [add(library, number) for number in range(3)]
    assert library.trash.restore(ids) == 0
    library.set_state(ids, State.TRASH)
    assert library.trash.restore([ids[1]]) == 1
    assert library.history.undo_text() == "Restored “Title\t1”"
    assert library.trash.restore([99, ids[0], ids[1], ids[2]]) == 2
    assert library.history.undo_text() == "Restored 2 articles"


def test_what_was_put_into_the_trash_at_once_is_restored_to_the_queue(library: Library) -> None:
    id = library.add(Clipping("https://example.org/1", "A"), state=State.TRASH).id
    library.trash.restore([id])
    assert library.article(id).state is State.QUEUE


# ---- what belongs to what is deleted


def test_the_addresses_of_a_merged_article_go_on_with_the_other(library: Library) -> None:
    alias = "https://example.org/alias"
    stays = add(library, 1)
    goes = library.add(Clipping("https://example.org/2", html="<p>Two</p>", aliases=(alias,))).id
    library.duplicates.merge(stays, goes)
    assert library.trash.empty(0) == 1
    for url in ("https://example.org/2", alias, "https://example.org/1"):
        assert library.find(url) == stays
    assert library.check() == ()


def test_what_was_told_apart_is_forgotten_with_either(library: Library) -> None:
    one, other, third = (add(library, number) for number in range(3))
    library.duplicates.tell_apart(one, other)
    library.duplicates.tell_apart(other, third)
    for id, left in ((one, 1), (third, 0)):
        library.set_state([id], State.TRASH)
        library.trash.delete([id])
        with library._database.reading() as connection:
            assert connection.execute("SELECT count(*) FROM apart").get == left


def test_an_article_without_pictures_leaves_nothing_to_look_at(library: Library) -> None:
    id = add(library, 1)
    library.set_state([id], State.TRASH)
    library.trash.delete([id])
    assert not library.trash.is_due(30)


def test_somebody_who_restores_meanwhile_keeps_the_article(library: Library) -> None:
    with library.together():
        ids = [add(library, number) for number in range(51)]
    library.set_state(ids, State.TRASH)
    with Library.open(library.folder) as other:

        def report(done: int, *_: object) -> None:
            if done == 50:
                other.trash.restore(ids[50:])

        assert library.trash.delete(ids, report) == 50
    assert library.article(ids[50]).state is State.QUEUE


def test_one_that_came_into_the_trash_anew_meanwhile_stays(library: Library) -> None:
    id = add(library, 1)
    trashed_days_ago(library, id, 31)

    def report(*_: object) -> None:
        library.set_state([id], State.QUEUE)
        library.set_state([id], State.TRASH)

    assert library.trash.empty(30, report) == 0
    assert library.counts().trash == 1


# ---- pictures that are in the way


def _missing(file: Path) -> None:
    file.unlink()


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    os.utime(file, (0, 0))


@pytest.mark.parametrize(("spoil", "is_due"), [(_missing, False), (_folder, True)])
def test_a_picture_that_cannot_be_deleted_is_left_for_another_day(
    library: Library, spoil: Callable[[Path], None], is_due: bool
) -> None:
    name = picture(library, b"one")
    id = add(library, 1, name)
    library.set_state([id], State.TRASH)
    spoil(library.folder / "images" / name)
    assert library.trash.empty(0) == 1
    assert library.trash.is_due(0) is is_due


def test_a_picture_that_is_made_young_on_its_way_out_comes_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = picture(library, b"one")
    id = add(library, 1, name)
    library.set_state([id], State.TRASH)
    really = Path.replace

    def replace(self: Path, target: Any) -> Path:
        if self.name == name:
            os.utime(self)  # somebody else asks for it at this moment
        return really(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    library.trash.empty(0)
    assert library.picture_path(name) is not None
    assert [each.name for each in (library.folder / "images").iterdir()] == [name]
    assert library.trash.is_due(30)


def test_a_picture_that_is_shown_again_is_no_longer_looked_at(library: Library) -> None:
    name = picture(library, b"one")
    id = add(library, 1, name)
    library.set_state([id], State.TRASH)
    library.trash.delete([id])
    assert library.trash.is_due(30)
    again = library.add(Clipping("https://example.org/2", html="<p>x</p>", lead=name)).id
    library.trash.empty(30)
    assert library.article(again).lead == name
    assert library.picture_path(name) is not None
    assert not library.trash.is_due(30)


def test_emptying_tidies_up_after_killed_processes(library: Library) -> None:
    name = picture(library, b"one")
    add(library, 1, name)
    file = library.folder / "images" / name
    file.rename(f"{file}.gone")
    library.trash.empty(30)
    assert file.read_bytes() == b"one"


def test_a_library_that_another_process_writes_says_so(library: Library) -> None:
    id = add(library, 1)
    library.set_state([id], State.TRASH)
    library._database.connection.set_busy_timeout(0)
    other = apsw.Connection(str(library.folder / "library.db"))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryError):
        library.trash.empty(0)
    other.execute("ROLLBACK")
    other.close()
    assert library.trash.empty(0) == 1
