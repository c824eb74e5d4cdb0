"""From one schema to the next: numbered SQL files, each in one transaction, a copy first."""

from functools import cache
from pathlib import Path

import apsw

from reader.library import backup


def newest() -> int:
    """Return the number of the newest schema this program knows."""
    return max(_steps())


def bring_up(connection: apsw.Connection, file: Path) -> None:
    """Bring the library to the newest schema; an existing one is copied beside itself first."""
    version = int(connection.pragma("user_version"))
    if version == newest():
        return
    if version:
        backup.copy(connection, file.with_name(f"library-before-{newest():04}.db"))
    _bring(connection, version)


def make(connection: apsw.Connection, version: int) -> None:
    """Bring a library to a schema that this program knows."""
    _bring(connection, int(connection.pragma("user_version")), version)


def brought_up_elsewhere(connection: apsw.Connection) -> Path:
    """Return a copy in the newest schema of a library that may only be read, in a folder apart."""
    import tempfile  # a start does not pay for it

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
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been faster.
        if int(connection.pragma("user_version")) < number:
            connection.execute(sql)
            connection.pragma("user_version", number)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@cache
def _steps() -> dict[int, str]:
    found = Path(__file__).with_name("migrations").glob("*.sql")
    return {int(each.name[:4]): each.read_text("utf-8") for each in found}
