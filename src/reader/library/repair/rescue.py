"""Rescuing a damaged library: its readable rows are copied into a new one.

Only tables are read, never an index; derived tables are rebuilt. Rows on unreadable pages are
left out and counted. The damaged file itself is never written to.
"""

import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from reader.damage import Lost
from reader.errors import LibraryError, NotALibrary
from reader.library.articles import add, versions
from reader.library.history import devices, stamps
from reader.library.repair import copies, derived
from reader.library.search import tokenize
from reader.library.store import backup, damaged_pages, migrate
from reader.library.store.clock import now
from reader.library.store.collation import decoded, sort_key
from reader.library.store.database import rows, said
from reader.library.store.migrate import APPLICATION_ID
from reader.progress import Report

UNREADABLE = "<p><em>The text of this article is damaged on the disk and cannot be read.</em></p>"
"""The canonical HTML of an article with a lost text."""

_PRAGMAS = (
    "writable_schema = ON",  # ignores invalid entries of the schema
    "ignore_check_constraints = ON",
    "foreign_keys = OFF",
    "cell_size_check = ON",
    "journal_mode = MEMORY",  # the new file is not in use before it is complete
    "synchronous = OFF",
)
_SAYS = "Reading what is whole"
_TITLE_LENGTH = 80
_MADE_AGAIN = damaged_pages.DERIVED - {"day", "loose_picture"}
_LOST = (*damaged_pages.BROKEN, apsw.ConstraintError)
_STATE = "CASE WHEN state IN ('queue', 'archive', 'trash') THEN state ELSE 'queue' END"


class _Table(NamedTuple):
    """A table to copy: its access path, and the name, expression and default of each column."""

    name: str
    has_row_ids: bool
    how: str
    names: tuple[str, ...]
    reads: tuple[str, ...]
    usual: tuple[str, ...]


_FLAGS = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI


class Mended(NamedTuple):
    """The result of a repair: the number of lost rows, and the new path of the damaged file.

    ``aside`` is None if nothing was changed, because rows would be lost.
    """

    rows: int
    aside: Path | None


def mend(file: Path, report: Report, *, with_loss: bool = False) -> Mended:
    """Replace a damaged library by a repaired one; the damaged file stays beside it.

    If rows would be lost, it does so only with ``with_loss``. Raises LibraryError if nothing can
    be read.
    """
    fresh = file.with_name(file.name + ".new")
    try:
        lost = rewrite(file, fresh, report)
        rows = sum(max(1, each.rows) for each in lost)
        if lost and not with_loss:
            return Mended(rows, None)
        backup.verify(fresh)
        return Mended(rows, copies.put_in_place(fresh, file))
    finally:
        with suppress(OSError):  # a later repair deletes it
            fresh.unlink()


def readable_copy(file: Path, report: Report) -> Path:
    """Write the readable part of a library into a new temporary folder.

    The caller must delete the folder. Raises LibraryError if nothing can be read.
    """
    import tempfile

    target = Path(tempfile.mkdtemp(prefix="reader-library-")) / file.name
    try:
        rewrite(file, target, report)
    except BaseException:
        target.unlink(missing_ok=True)
        target.parent.rmdir()
        raise
    return target


def rewrite(file: Path, target: Path, report: Report) -> list[Lost]:
    """Write the readable part of a library into a new file; return the losses.

    Raises LibraryError if nothing can be read, or if the new file cannot be written.
    """
    if not file.is_file():
        raise NotALibrary(f"{file} is not a readable file; it was left as it is.")
    _make_room(target)
    with said(file):
        connection = apsw.Connection(target.absolute().as_uri(), flags=_FLAGS)
        try:
            with damaged_pages.reported(connection, report, _SAYS):
                return _rewrite(connection, file)
        finally:
            connection.close()


def _make_room(target: Path) -> None:
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise LibraryError(
            f"{target} could not be replaced ({error.strerror}). The damaged library was left as "
            "it is; delete that file, then try again."
        ) from error


def _rewrite(connection: apsw.Connection, file: Path) -> list[Lost]:
    version = _attach(connection, file)
    connection.pragma("application_id", APPLICATION_ID)
    migrate.make(connection, version)
    triggers = rows(connection, "SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER main.{name}")
    lost = [each for table in _tables(connection) for each in _copy(connection, table)]
    _keep_ids_unused(connection)
    _complete_articles(connection)
    connection.execute("DETACH old")
    connection.execute("PRAGMA writable_schema = RESET")
    for _, sql in triggers:
        connection.execute(sql)
    migrate.make(connection, migrate.newest())
    connection.execute("BEGIN")
    _fill_gaps(connection)
    if lost:  # new rows must not reuse the numbers of lost ones
        devices.begin_generation(connection)
    add.log_creations(connection)
    stamps.end(connection)
    derived.make_again(connection, with_days=any(each.table == "day" for each in lost))
    connection.execute("COMMIT")
    return [each for each in lost if each.table not in damaged_pages.DERIVED]


def _attach(connection: apsw.Connection, file: Path) -> int:
    """Attach the damaged library and return the number of its schema."""
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("ATTACH ? AS old", (f"{file.absolute().as_uri()}?mode=ro",))
    found = connection.execute("SELECT name FROM old.sqlite_schema WHERE type = 'table'")
    if not {"article", "content"} <= {name for (name,) in found}:
        raise NotALibrary(f"No articles were found in {file}; it was left as it is.")
    version = int(connection.execute("PRAGMA old.user_version").get)
    return version if 0 < version <= migrate.newest() else migrate.newest()


def _tables(connection: apsw.Connection) -> Iterator[_Table]:
    """Yield the tables to copy, without the search index."""
    for row in rows(connection, "PRAGMA main.table_list"):
        _, name, kind, _, is_without_row_ids, _ = row
        if kind == "table" and not name.startswith("sqlite_") and name not in _MADE_AGAIN:
            yield _table(connection, name, not is_without_row_ids)


def _table(connection: apsw.Connection, name: str, has_row_ids: bool) -> _Table:
    columns = damaged_pages.columns(connection, name)
    usual = tuple(
        "x''" if kind == "BLOB" else "''" if kind == "TEXT" else "0" for _, kind, _ in columns
    )
    reads = tuple(
        _STATE if (name, each) == ("article", "state")
        else each if may_be_null else f"coalesce({each}, {instead})"
        for (each, _, may_be_null), instead in zip(columns, usual, strict=True)
    )  # fmt: skip
    names = tuple(each for each, *_ in columns)
    return _Table(
        name, has_row_ids, damaged_pages.read_alone(name, has_row_ids), names, reads, usual
    )


# ---- copying, at once or row by row


def _copy(connection: apsw.Connection, table: _Table) -> list[Lost]:
    """Copy a table; an unreadable row does not affect the others."""
    try:
        with connection:
            connection.execute(_insertion(table, table.reads))
        return []
    except apsw.SQLError:
        return [Lost(table.name, 0)]  # the table is missing from the schema
    except _LOST:
        pieces = _row_by_row if table.has_row_ids else _from_both_ends
        return [Lost(table.name, pieces(connection, table))]


def _insertion(table: _Table, reads: tuple[str, ...]) -> str:
    names = ", ".join(table.names)
    return (
        f"INSERT INTO main.{table.name} ({names}) "
        f"SELECT {', '.join(reads)} FROM old.{table.name} {table.how}"
    )


def _row_by_row(connection: apsw.Connection, table: _Table) -> int:
    """Copy the rows one by one by their ids; return how many could not be read completely."""
    whole, lost = f"{_insertion(table, table.reads)} WHERE rowid = ?", 0
    for id in _row_ids(connection, table):
        try:
            connection.execute(whole, (id,))
        except _LOST:
            lost += 1
            _copy_in_part(connection, table, id)
    return lost


def _copy_in_part(connection: apsw.Connection, table: _Table, id: int) -> None:
    """Copy a row without its unreadable columns."""
    reads = [
        read if _can_read(connection, table, read, id) else instead
        for read, instead in zip(table.reads, table.usual, strict=True)
    ]
    with suppress(*_LOST):  # all of it is lost
        connection.execute(f"{_insertion(table, tuple(reads))} WHERE rowid = ?", (id,))


def _can_read(connection: apsw.Connection, table: _Table, read: str, id: int) -> bool:
    sql = f"SELECT length(CAST({read} AS BLOB)) FROM old.{table.name} {table.how} WHERE rowid = ?"
    try:
        connection.execute(sql, (id,)).fetchall()
    except damaged_pages.BROKEN:
        return False
    return True


def _row_ids(connection: apsw.Connection, table: _Table) -> range:
    """Return all possible row ids of a damaged table."""
    last = 0
    for sql in (
        f"SELECT seq FROM old.sqlite_sequence WHERE name = '{table.name}'",
        f"SELECT rowid FROM old.{table.name} {table.how} ORDER BY rowid DESC LIMIT 1",
        f"SELECT rowid FROM old.{table.name} {table.how}",
    ):
        try:
            for (id,) in connection.execute(sql):
                last = max(last, int(id or 0))
        except (*damaged_pages.BROKEN, apsw.SQLError):
            continue
    return range(1, last + 1)


def _from_both_ends(connection: apsw.Connection, table: _Table) -> int:
    """Copy the rows before and after the damage; the number of lost rows is unknown."""
    values = ", ".join("iif(typeof(?1) = 'blob', CAST(?1 AS TEXT), ?1)".replace("1", str(number))
                       if instead == "''" else f"?{number}"
                       for number, instead in enumerate(table.usual, 1))  # fmt: skip
    add = f"INSERT OR IGNORE INTO main.{table.name} ({', '.join(table.names)}) VALUES ({values})"
    reads = ", ".join(
        f"CAST({read} AS BLOB)" if instead == "''" else read
        for read, instead in zip(table.reads, table.usual, strict=True)
    )
    keys = ", ".join(_keys(connection, table.name))
    for order in (keys, keys.replace(",", " DESC,") + " DESC"):
        try:
            for row in connection.execute(
                f"SELECT {reads} FROM old.{table.name} {table.how} ORDER BY {order}"
            ):
                connection.execute(add, row)
        except damaged_pages.BROKEN:
            continue
    return 0


def _keys(connection: apsw.Connection, table: str) -> list[str]:
    found = rows(connection, f"PRAGMA main.table_info({table})")
    return [each[1] for each in sorted(found, key=lambda each: int(each[5])) if each[5]]


def _keep_ids_unused(connection: apsw.Connection) -> None:
    """Keep the ids of deleted articles from being reused."""
    sql = (
        "UPDATE main.sqlite_sequence SET seq = max(seq, coalesce((SELECT o.seq FROM "
        "old.sqlite_sequence AS o WHERE o.name = sqlite_sequence.name), 0))"
    )
    try:
        connection.execute(sql)
    except (*damaged_pages.BROKEN, apsw.SQLError):
        pass  # the highest id in use is known


# ---- completing rows after losses


def _complete_articles(connection: apsw.Connection) -> None:
    """Fill in required values of articles that were copied in part.

    An article with a text counts as downloaded, so that a download does not overwrite the text.
    """
    has_text = "EXISTS (SELECT 1 FROM content WHERE article = id AND html <> '')"
    connection.execute(
        "UPDATE article SET url = iif(url = '', 'lost:' || id, url), added_at = ?1, "
        f"downloaded_at = iif(downloaded_at = '' AND {has_text}, ?1, downloaded_at), "
        "state = iif(state = '', 'queue', state), "
        "position = iif(position = '', '0:0', position) WHERE added_at = ''",
        (now(),),
    )


def _fill_gaps(connection: apsw.Connection) -> None:
    """Add articles for texts without one, and a notice to articles without their text."""
    sql = (
        "SELECT article, CAST(html AS BLOB) FROM content "
        "WHERE article NOT IN (SELECT id FROM article)"
    )
    for id, html in rows(connection, sql):
        _add_article(connection, id, decoded(html))
    empty = zlib.compress(b"")
    connection.execute("UPDATE content SET source = ? WHERE source = x''", (empty,))
    connection.execute(
        "INSERT OR REPLACE INTO content (article, html, sha256, source, source_type) "
        "SELECT id, ?, ?, ?, '' FROM article LEFT JOIN content ON content.article = id "
        "WHERE downloaded_at <> '' AND coalesce(html, '') = '' AND coalesce(sha256, x'') = x''",
        (UNREADABLE, versions.digest_of(UNREADABLE), empty),
    )
    for table, _, parent, _ in rows(connection, "PRAGMA foreign_key_check"):
        key = "tag" if parent == "tag" else "article"
        if parent != "change_group":
            connection.execute(f"DELETE FROM {table} WHERE {key} NOT IN (SELECT id FROM {parent})")
    connection.execute(
        "DELETE FROM change WHERE step IS NOT NULL AND step NOT IN (SELECT id FROM change_group)"
    )


def _add_article(connection: apsw.Connection, id: int, html: str) -> None:
    """Add an article for a text without one."""
    title = tokenize.plain(html).strip()[:_TITLE_LENGTH] or f"Article {id}"
    columns: dict[str, Any] = {
        "id": id, "uid": os.urandom(16).hex(), "url": f"lost:{id}", "title": title,
        "title_key": sort_key(title), "words": len(tokenize.plain(html).split()),
        "added_at": now(), "downloaded_at": now(), "state": "queue", "place": "",
        **dict.fromkeys(("byline", "site", "site_key", "language", "excerpt", "published_at"), ""),
    }  # fmt: skip
    marks = ", ".join("?" * len(columns))
    connection.execute(
        f"INSERT INTO article ({', '.join(columns)}) VALUES ({marks})", tuple(columns.values())
    )
