"""Rescuing a damaged library: its readable part is written into a new one.

The file is read page by page (see ``salvage``), never through SQL: a damaged page, schema or
header costs the rows on it only. Lost rows are made again from the log, from indexes and from free
pages (see ``remaking`` and ``texts``); derived tables are rebuilt. The damaged file itself is never
written to.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import apsw

from reader.damage import Damage, Kind
from reader.errors import LibraryError, NotALibrary
from reader.library.articles import add
from reader.library.backup import replacing
from reader.library.history import changes, devices, stamps
from reader.library.repair import derived, from_copies, remaking, row_check, texts
from reader.library.repair.pages import Pages
from reader.library.repair.salvage import Salvage
from reader.library.repair.salvaged import Findings, Mended, Origin, Rows
from reader.library.store import backup, damaged_pages, migrate, seals
from reader.library.store.clock import now
from reader.library.store.database import rows, said
from reader.library.store.migrate import APPLICATION_ID
from reader.progress import Report, silent
from reader.steps import Label, Verb

_PRAGMAS = (
    "ignore_check_constraints = ON",
    "foreign_keys = OFF",
    "journal_mode = MEMORY",  # the new file is not in use before it is complete
    "synchronous = OFF",
)
_SAYS = "Putting the library together"
_FLAGS = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
_CONTENTS = ("article", "content")


def examine(file: Path, report: Report = silent) -> Findings:
    """Return the contents of a damaged library as data. Raises LibraryError if nothing can be read.

    Nothing is written but a temporary file.
    """
    with _elsewhere(file) as target:
        return rewrite(file, target, report)


def mend(file: Path, report: Report = silent, *, with_loss: bool = False) -> Mended:
    """Replace a damaged library by a repaired one; the damaged file stays beside it.

    If rows would be lost, it does so only with ``with_loss``. Raises LibraryError if nothing can
    be read.
    """
    fresh = file.with_name(file.name + ".new")
    try:
        findings = rewrite(file, fresh, report)
        if findings.lost and not with_loss:
            return Mended(findings, None)
        _note(fresh)
        backup.verify(fresh)
        return Mended(findings, replacing.put_in_place(fresh, file))
    finally:
        with suppress(OSError):  # a later repair deletes it
            fresh.unlink()


def _note(fresh: Path) -> None:
    """Note the repair in the history of the new library."""
    flags = apsw.SQLITE_OPEN_READWRITE
    with said(fresh), closing(apsw.Connection(str(fresh), flags=flags)) as connection:
        changes.note(connection, Label(Verb.REPAIR))


def readable_copy(file: Path, report: Report) -> Path:
    """Write the readable part of a library into a new temporary folder.

    The caller must delete the folder. Raises LibraryError if nothing can be read.
    """
    with _elsewhere(file, keeps=True) as target:
        rewrite(file, target, report)
        return target


@contextmanager
def _elsewhere(file: Path, *, keeps: bool = False) -> Iterator[Path]:
    """Lend a file in a new temporary folder, which is deleted unless it is to be kept."""
    folder = Path(tempfile.mkdtemp(prefix="reader-library-"))
    try:
        yield folder / file.name
    except BaseException:
        keeps = False
        raise
    finally:
        if not keeps:
            shutil.rmtree(folder, ignore_errors=True)


def rewrite(file: Path, target: Path, report: Report) -> Findings:
    """Write the readable part of a library into a new file; return the findings.

    Raises LibraryError if nothing can be read, or if the new file cannot be written.
    """
    if not file.is_file():
        raise NotALibrary(f"{file} is not a readable file; it was left as it is.")
    _make_room(target)
    with said(file), closing(Pages(file)) as pages:
        salvage = Salvage(pages, report)
        connection = apsw.Connection(target.absolute().as_uri(), flags=_FLAGS)
        try:
            with damaged_pages.reported(connection, report, _SAYS):
                return _rewrite(connection, salvage, file, report)
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


def _rewrite(connection: apsw.Connection, salvage: Salvage, file: Path, report: Report) -> Findings:
    _begin(connection, salvage.schema.version)
    triggers = rows(connection, "SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER main.{name}")
    salvage.read(connection)
    _refuse_nothing(connection, salvage, file)
    _complete_articles(connection)
    for _, sql in triggers:
        connection.execute(sql)
    migrate.make(connection, migrate.newest())
    connection.execute("BEGIN")
    if salvage.is_damaged:  # new rows must not reuse the numbers of lost ones
        devices.begin_generation(connection)
    _drop_seals_of_lost(connection)
    origins = list(texts.straighten(connection, report))
    origins += from_copies.put_right(connection, ())
    origins += remaking.remake(connection, salvage)
    origins += texts.heal(connection, salvage)
    texts.fill_gaps(connection)
    if salvage.is_damaged or any(texts.damaged(connection, salvage)):
        origins += from_copies.merge(connection, salvage, file.parent, report)
    salvage.older |= salvage.may_be_older
    origins += texts.use_older(connection, salvage)
    if salvage.is_torn("content"):
        salvage.tallies["content"].lost = texts.lost(connection)
        salvage.tallies["content"].half += len(salvage.older)
    _drop_orphans(connection)
    _drop_seals_of_half(connection, salvage)
    add.log_creations(connection)
    stamps.end(connection)
    derived.make_again(connection, with_days=salvage.is_damaged or salvage.is_torn("day"))
    connection.execute("COMMIT")
    return _findings(connection, salvage, origins)


def _begin(connection: apsw.Connection, version: int) -> None:
    """Create the tables of a schema version in a new file."""
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.pragma("application_id", APPLICATION_ID)
    migrate.make(connection, version)


def _refuse_nothing(connection: apsw.Connection, salvage: Salvage, file: Path) -> None:
    is_library = {*_CONTENTS} <= {*salvage.schema.roots}
    has_rows = any(rows(connection, f"SELECT 1 FROM {table} LIMIT 1") for table in _CONTENTS)
    if not is_library and not has_rows:
        raise NotALibrary(f"No articles were found in {file}; it was left as it is.")


def _drop_seals_of_lost(connection: apsw.Connection) -> None:
    """Delete the seals of lost rows, before new rows get their ids."""
    for table in seals.tables(connection).values():
        connection.execute(
            "DELETE FROM seal AS u WHERE relation = ? "
            f"AND NOT EXISTS (SELECT 1 FROM {table.name} AS t WHERE {table.found()})",
            (table.number,),
        )


def _drop_seals_of_half(connection: apsw.Connection, salvage: Salvage) -> None:
    """Delete the seals of rows with lost columns; all others still reveal flipped bits."""
    for table in seals.tables(connection).values():
        if table.name in salvage.tallies:
            ids = salvage.tallies[table.name].half_ids
            sql = "DELETE FROM seal WHERE relation = ? AND one = ?"
            connection.executemany(sql, [(table.number, id) for id in ids])


def _findings(connection: apsw.Connection, salvage: Salvage, origins: list[Origin]) -> Findings:
    tables = tuple(
        Rows(name, each.read, each.half, each.lost, each.again, each.remade)
        for name, each in salvage.tallies.items()
        if name not in damaged_pages.DERIVED
    )
    count = int(connection.execute("SELECT count(*) FROM article").get)
    named = [*texts.damaged(connection, salvage), *_lost_details(connection)]
    known = {each.article for each in named}
    named += (each for each in row_check.of_all(connection) if each.article not in known)
    return Findings(count, tables, tuple(named), tuple(origins))


def _lost_details(connection: apsw.Connection) -> Iterator[Damage]:
    sql = "SELECT id, title FROM article WHERE url LIKE 'lost:%'"
    for id, title in connection.execute(sql):
        yield Damage(Kind.DETAILS, id, title)


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


def _drop_orphans(connection: apsw.Connection) -> None:
    """Delete rows about articles, tags and steps that are lost."""
    for table, _, parent, _ in rows(connection, "PRAGMA foreign_key_check"):
        key = "tag" if parent == "tag" else "article"
        if parent != "change_group":
            connection.execute(f"DELETE FROM {table} WHERE {key} NOT IN (SELECT id FROM {parent})")
    connection.execute(
        "DELETE FROM change WHERE step IS NOT NULL AND step NOT IN (SELECT id FROM change_group)"
    )
