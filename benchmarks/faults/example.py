"""The library that faults are done to: articles with pictures, tags and versions, and a copy."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from benchmarks.make_library import articles
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.model import Clipping, Edit, State
from reader.steps import Verb

COUNT = 200
_IDS = range(1, 5 * COUNT)  # an article that a repair takes from a copy may get a new one
_SEEN = "SELECT uid, title, html FROM article LEFT JOIN content ON article = id WHERE state <> ?"


class Text(NamedTuple):
    """The title of an article, and the hash of its text."""

    title: str
    digest: str


@cache
def made() -> Path:
    """Return a folder with the library; copy it, and never write into it."""
    folder = Path(mkdtemp(prefix="reader-faults-")) / "library"
    with Library.open(folder) as library:
        _fill(library)
    with Library.open(folder) as library:
        library.search.prepare()
    shutil.rmtree(folder / "backups", ignore_errors=True)  # made before articles were deleted
    return folder


def copied(target: Path, *, with_copy: bool) -> Path:
    """Return a copy of the library in a folder, with a copy that Reader made beside it or not."""
    shutil.copytree(_with_copy() if with_copy else made(), target)
    return target


@cache
def _with_copy() -> Path:
    folder = Path(shutil.copytree(made(), made().with_name("with copy")))
    with Library.open(folder) as library:
        library.backups.take(Reason.ASKED)
    return folder


def _fill(library: Library) -> None:
    for number, clipping in zip(range(COUNT + 10), articles(), strict=False):
        name = library.keep_picture(b"picture %d" % number, "png")
        with_tags = (f"shelf/{number % 7}", "all")
        library.add(clipping._replace(pictures=(name,), lead=name, tags=with_tags))
    ids = [*range(1, COUNT + 1, 9)]
    edits = [Edit(id, text=Clipping("", html=f"<p>Text {id}, again.</p>", words=3)) for id in ids]
    library.edit(Verb.CLEAN_UP, edits)
    library.set_state([*range(COUNT + 1, COUNT + 11)], State.TRASH)
    library.trash.delete([*range(COUNT + 1, COUNT + 11)])  # leaves free pages
    library.set_state([*range(5, COUNT, 4)], State.ARCHIVE)


def texts(file: Path) -> dict[str, Text]:
    """Return the texts of a whole library by the uids of the articles."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute(_SEEN, ("trash",)).fetchall()
    return {str(uid): Text(str(title), digest(html)) for uid, title, html in found}


def readable(file: Path) -> dict[str, Text]:
    """Return the texts that reading row by row gets from a file, as any program could."""
    with closing(sqlite3.connect(file)) as connection:
        connection.text_factory = bytes
        return dict(_rows(connection))


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[str, Text]]:
    for id in _IDS:
        try:
            row = connection.execute(f"{_SEEN} AND id = ?", ("trash", id)).fetchone()
        except sqlite3.Error:
            continue
        if row is not None and all(isinstance(each, bytes) for each in row):
            uid, title, html = row
            yield (
                uid.decode("utf-8", "replace"),
                Text(title.decode("utf-8", "replace"), digest(html)),
            )


def digest(html: object) -> str:
    """Return the hash of a text."""
    data = html if isinstance(html, bytes) else str(html or "").encode("utf-8", "surrogatepass")
    return sha256(data).hexdigest()
