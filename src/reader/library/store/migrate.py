"""Schema migrations: numbered SQL files, each run in one transaction, after a backup copy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import apsw

from reader.library.store import damaged_pages, header, seals
from reader.library.store.collation import digest
from reader.progress import Report, silent

APPLICATION_ID = 0x52454144  # "READ"
_FIRST = {"article", "content", "change", "change_group", "setting"}
_SAYS = "Bringing the library up to date"


def newest() -> int:
    """Return the number of the newest schema."""
    return max(_steps())


def is_due(file: Path) -> bool:
    """Return whether the file header of a library has an older schema version."""
    head = header.read(file)
    return head is not None and 0 < head.schema < newest()


def is_ours(connection: apsw.Connection) -> bool:
    """Return whether a database without our application id has our tables."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    return tables >= _FIRST


def create(connection: apsw.Connection) -> None:
    """Turn an empty database into a library of the newest schema, in one transaction."""
    with _transaction(connection):
        if not int(connection.pragma("user_version")):  # unless another process did
            connection.pragma("application_id", APPLICATION_ID)
            _give_functions(connection)
            for sql in _steps().values():
                connection.execute(sql)
            seals.follow_schema(connection)
            connection.pragma("user_version", newest())


def image() -> bytes:
    """Return the file of an empty library of the newest schema; made once a process."""
    return _image(newest())


@cache
def _image(_version: int) -> bytes:
    connection = apsw.Connection(":memory:")
    try:
        create(connection)
        return connection.serialize("main")
    finally:
        connection.close()


def bring_up(
    connection: apsw.Connection,
    file: Path,
    report: Report = silent,
    copy: Callable[[Path, Report], None] | None = None,
) -> None:
    """Migrate a library to the newest schema, after ``copy`` has taken a backup copy.

    If ``report`` cancels, the library keeps the schema of the last finished migration.
    """
    version = int(connection.pragma("user_version"))
    if version == newest():
        return
    if copy is not None:
        copy(file, report)
    with damaged_pages.reported(connection, report, _SAYS):
        _bring(connection, version)


def make(connection: apsw.Connection, version: int) -> None:
    """Migrate a library to a schema version."""
    _bring(connection, int(connection.pragma("user_version")), version)


def brought_up_elsewhere(connection: apsw.Connection) -> Path:
    """Return a temporary copy, in the newest schema, of a library that is read-only."""
    import tempfile  # imported lazily for a fast start

    file = Path(tempfile.mkdtemp(prefix="reader-library-")) / "library.db"
    connection.execute("VACUUM INTO ?", (str(file),))
    copied = apsw.Connection(str(file))
    try:
        _bring(copied, int(copied.pragma("user_version")))
    finally:
        copied.close()
    return file


def _bring(connection: apsw.Connection, version: int, wanted: int | None = None) -> None:
    for number, sql in sorted(_steps().items()):
        if version < number <= (newest() if wanted is None else wanted):
            _step(connection, number, sql)


def _step(connection: apsw.Connection, number: int, sql: str) -> None:
    _give_functions(connection)
    with _transaction(connection):
        if int(connection.pragma("user_version")) < number:  # unless another process did
            connection.execute(sql)
            seals.follow_schema(connection)
            connection.pragma("user_version", number)


def _give_functions(connection: apsw.Connection) -> None:
    """Register the SQL functions that migrations use and SQLite lacks."""
    connection.create_scalar_function("casefold", _casefold, 1, deterministic=True)
    connection.create_scalar_function("digest", _digest, 1, deterministic=True)


def _casefold(*texts: object) -> str:
    return str(texts[0]).casefold()


def _digest(*texts: object) -> str:
    return digest(str(texts[0]))


@contextmanager
def _transaction(connection: apsw.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@cache
def _steps() -> dict[int, str]:
    found = Path(__file__).with_name("migrations").glob("*.sql")
    return {int(each.name[:4]): each.read_text("utf-8") for each in sorted(found)}
