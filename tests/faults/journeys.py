"""What people do to a library, step by step, and what it then holds as another program reads it."""

import shutil
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from reader.library.backup import copies, restoring
from reader.library.backup.copy import Copy, Reason
from reader.library.library import Library
from reader.library.repair import merging, rescue
from reader.library.store import migrate
from reader.model import Clipping, Query, State
from reader.progress import silent


class Session:
    """A folder, and the library in it as soon as a step wants it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_open = False

    @cached_property
    def library(self) -> Library:
        """The library, open."""
        made = Library.open(self.folder)
        self.is_open = True
        return made

    def close(self) -> None:
        """Close the library if it was opened."""
        if self.is_open:
            self.library.close()


Step = Callable[[Session], object]


class Journey(NamedTuple):
    """How the folder is prepared, and what is then done: each step all or nothing."""

    prepare: Callable[[Path], None]
    steps: tuple[Step, ...]


def clipping(number: int, **told: Any) -> Clipping:
    """Return something to file under an address of its own."""
    text = f"<p>The text of number {number}, with words enough.</p>"
    return Clipping(f"https://example.org/{number}", f"Title {number}", html=text)._replace(**told)


def _three(folder: Path) -> None:
    with Library.open(folder) as library:
        for number in range(3):
            library.add(clipping(number, tags=("art/old",)))
    Library.open(folder).close()


def _with_trash(folder: Path) -> None:
    with Library.open(folder) as library:
        name = library.keep_picture(b"picture", "png")
        for number in range(3):
            library.add(clipping(number, pictures=(name,), lead=name))
        library.set_state([1, 2], State.TRASH)
    Library.open(folder).close()


def _of_first_schema(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "library.db", isolation_level=None)) as connection:
        connection.executescript(migrate._steps()[1])
        connection.execute(f"PRAGMA application_id = {migrate.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("PRAGMA journal_mode = WAL")
        for number in range(1, 4):
            values = (number, f"{number:032x}", f"https://example.org/{number}", f"T{number}")
            connection.execute(
                "INSERT INTO article (id, uid, url, title, title_key, byline, site, site_key, "
                "language, excerpt, words, published_at, added_at, downloaded_at, state, place) "
                "VALUES (?, ?, ?, ?, '', '', '', '', '', '', 3, '', '2026-01-01T00:00:00Z', "
                "'2026-01-01T00:00:00Z', 'queue', 'n')",
                values,
            )
            text = f"<p>Text {number}</p>"
            packed = zlib.compress(b"")
            connection.execute(
                "INSERT INTO content (article, html, sha256, source, source_type) "
                "VALUES (?, ?, ?, ?, '')",
                (number, text, sha256(text.encode()).digest(), packed),
            )


def _damaged_with_copy(folder: Path) -> None:
    _three(folder)
    with Library.open(folder) as library:
        library.backup(folder / "library-copy.db")
    (folder / "library.db").write_bytes(b"no library " * 1000)


def _deleted_with_copy(folder: Path) -> None:
    """Delete one article for good that a copy has, change another, and add a third."""
    with Library.open(folder) as library:
        name = library.keep_picture(b"picture", "png")
        library.add(clipping(0, pictures=(name,), lead=name, tags=("art/old",)))
        library.add(clipping(1))
        library.backups.take(Reason.ASKED)
        library.set_state([1], State.TRASH)
        library.trash.delete([1], without_copy=True)
        library.set_title(2, "Changed")
        library.add(clipping(5))
    (folder / "images" / name).unlink()
    Library.open(folder).close()


def _asked(library: Library) -> Copy:
    return next(each for each in library.backups.all() if each.reason is Reason.ASKED)


def _restore_articles(session: Session) -> None:
    copy = _asked(session.library)
    difference = session.library.backups.difference(copy)
    uids = [each.uid for each in (*difference.deleted, *difference.changed)]
    session.library.backups.restore_articles(copy, uids)


def _restore_library(session: Session) -> None:
    with Library.open(session.folder) as library:
        copy = _asked(library)
    restoring.restore_library(copy, session.folder)


def _with_conflict(folder: Path) -> None:
    """Copy a library that is then changed on both sides."""
    _three(folder)
    other = folder.with_name("other")
    other.mkdir()
    with Library.open(folder) as library:
        library.backup(other / "library.db")
        library.set_title(1, "Here")
    with Library.open(other) as library:
        library.set_title(2, "There")
        library.add(clipping(7))
        library.backup(folder / "library-copy.db")
    shutil.rmtree(other)
    Library.open(folder).close()


def _merge(session: Session) -> None:
    file = str(session.folder / "library-copy.db")
    with closing(apsw.Connection(file, flags=apsw.SQLITE_OPEN_READONLY)) as copy:
        merging.merge_into(session.library._database, copy)


def _add_with_picture(session: Session) -> None:
    name = session.library.keep_picture(b"bytes of a picture", "png")
    session.library.add(clipping(8, pictures=(name,), lead=name))


def _add_many(session: Session) -> None:
    with session.library.together():
        for number in range(10, 60):
            session.library.add(clipping(number, tags=("many",)))


JOURNEYS: dict[str, Journey] = {
    "create": Journey(lambda folder: folder.mkdir(), (
        lambda session: session.library,
        lambda session: session.library.add(clipping(1)),
    )),
    "add with a picture": Journey(_three, (_add_with_picture,)),
    "add 50 together": Journey(_three, (_add_many,)),
    "archive and undo": Journey(_three, (
        lambda session: session.library.set_state([1, 2], State.ARCHIVE, done=True),
        lambda session: session.library.history.undo(),
    )),
    "rename a tag": Journey(_three, (lambda session: session.library.tags.rename("art", "b/c"),)),
    "merge": Journey(_three, (lambda session: session.library.duplicates.merge(1, 2),)),
    "empty the trash": Journey(_with_trash, (
        lambda session: session.library.trash.delete(session.library.ids(Query(state=State.TRASH))),
    )),
    "migrate": Journey(_of_first_schema, (lambda session: session.library,)),
    "backup": Journey(_three, (
        lambda session: session.library.backup(session.folder / "library-copy.db"),
    )),
    "repair": Journey(_three, (
        lambda session: rescue.mend(session.folder / "library.db", silent),
    )),
    "take the copy": Journey(_damaged_with_copy, (
        lambda session: restoring.restore_library(
            copies.all_of(session.folder)[0], session.folder
        ),
    )),
    "restore articles": Journey(_deleted_with_copy, (_restore_articles,)),
    "restore the library": Journey(_deleted_with_copy, (_restore_library,)),
    "merge a copy": Journey(_with_conflict, (_merge,)),
}  # fmt: skip


# ---- what is there afterwards

_HELD = {
    "article": "SELECT url, title, state, favourite, read_at <> '' FROM article ORDER BY url",
    "tag": "SELECT url, name FROM article_tag JOIN article ON article.id = article "
    "JOIN tag ON tag.id = tag ORDER BY 1, 2",
    "content": "SELECT url, html FROM content JOIN article ON id = article ORDER BY 1",
    "picture": "SELECT url, name FROM article_image JOIN article ON id = article ORDER BY 1, 2",
    "step": "SELECT verb, told, undone FROM change_group ORDER BY id",
    "alias": "SELECT alias.url, article.url FROM alias JOIN article ON id = article ORDER BY 1",
}


def held(file: Path) -> dict[str, Any]:
    """Return what a file holds, as another program reads it; nothing if it is no library yet."""
    if not file.exists() or not file.stat().st_size:
        return {}
    with closing(sqlite3.connect(file)) as connection:
        try:
            found = {name: connection.execute(sql).fetchall() for name, sql in _HELD.items()}
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        except sqlite3.DatabaseError as error:
            return {"no library": str(error)}
    pictures = file.parent / "images"
    for _, name in found["picture"]:
        assert sha256((pictures / name).read_bytes()).hexdigest() == name.partition(".")[0]
    return found
