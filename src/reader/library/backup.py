"""Copies of the library, and the check that finds damage."""

import os
from pathlib import Path

import apsw

from reader import private
from reader.errors import LibraryError
from reader.library.text import decoded


def copy(connection: apsw.Connection, target: Path) -> None:
    """Write a verified copy of the database; an older copy is only replaced by a good one."""
    fresh = target.with_name(target.name + ".new")
    fresh.unlink(missing_ok=True)
    try:
        private.make_file(fresh)
        connection.execute("VACUUM INTO ?", (str(fresh),))
        _verify(fresh)
        _to_disk(fresh)
        fresh.replace(target)
    except (apsw.Error, OSError) as error:
        raise LibraryError(
            f"The library could not be copied to {target}: {error}. Nothing was changed."
        ) from error
    finally:
        fresh.unlink(missing_ok=True)


def damage(connection: apsw.Connection, images: Path) -> tuple[str, ...]:
    """Return a sentence for each damage that is found: pages, links, texts, pictures."""
    found: list[str] = []
    pages, index = _pages(connection)
    if pages:
        found.append(f"The library's file is damaged ({pages[0]}). Keep it and make a copy.")
    if index:
        found.append("The index of words is damaged: “reader search --rebuild” makes it again.")
    orphans = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if orphans:
        found.append(f"{orphans} entries belong to articles that are not there.")
    found += _texts(connection)
    names = [name for (name,) in connection.execute("SELECT DISTINCT name FROM article_image")]
    missing = sum(not (images / name).is_file() for name in names)
    if missing:
        found.append(f"{missing} of {len(names)} pictures are missing from {images}.")
    return tuple(found)


def _pages(connection: apsw.Connection) -> tuple[list[str], list[str]]:
    """Return what SQLite finds damaged, and what of it is only the index, made of the rest."""
    said = [str(row[0]) for row in connection.execute("PRAGMA quick_check(20)")]
    index = [each for each in said if "FTS5" in each or "fts5" in each]
    return [each for each in said if each not in ("ok", *index)], index


def _texts(connection: apsw.Connection) -> list[str]:
    """Name the articles whose text is not the one that was written: SQLite sees no bit rot."""
    from hashlib import sha256  # a start without a check does not pay for it

    query = (
        "SELECT CAST(title AS BLOB), CAST(html AS BLOB), sha256 "
        "FROM content JOIN article ON article.id = content.article"
    )
    return [
        f"The text of “{decoded(title)}” was damaged on the disk."
        for title, html, digest in connection.execute(query)
        if sha256(html).digest() != digest
    ]


def _verify(file: Path) -> None:
    probe = apsw.Connection(
        file.absolute().as_uri(), flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    )
    try:
        if _pages(probe)[0]:
            raise LibraryError(f"The copy {file} is damaged; the disk may be failing.")
    finally:
        probe.close()


def _to_disk(file: Path) -> None:
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
