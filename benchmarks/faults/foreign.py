"""Files whose contents the program did not write: foreign, newer, or with an odd schema."""

import random
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import apsw

from benchmarks.faults.damage import NotRun


class Oddity(NamedTuple):
    """What is done to a file, and whether it must then stay as it is, byte for byte."""

    do: Callable[[Path], object]
    is_left_alone: bool = False


def oddity(case: str) -> Oddity:
    """Return the oddity of a name. Raises NotRun if it is unknown."""
    if case in _CASES:
        return _CASES[case]
    for pattern, make in _PATTERNS.items():
        if found := re.fullmatch(pattern, case):
            return make(*found.groups())
    raise NotRun(f"case {case}")


def _sql(*statements: str, loose: bool = False) -> Oddity:
    def do(file: Path) -> None:
        with closing(apsw.Connection(str(file))) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            if loose:
                connection.execute("PRAGMA writable_schema = ON")
            for statement in statements:
                connection.execute(statement)
        _one_file(file)

    return Oddity(do)


def _one_file(file: Path) -> None:
    """Write a log back, so that the file is all there is."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _header(at: int, number: int) -> Callable[[Path], None]:
    def do(file: Path) -> None:
        data = bytearray(file.read_bytes())
        data[at : at + 4] = number.to_bytes(4, "big", signed=number < 0)
        file.write_bytes(data)

    return do


def _rebuilt(*pragmas: str) -> Oddity:
    return _sql("PRAGMA journal_mode = DELETE", *pragmas, "VACUUM")


def _contents(make: Callable[[], bytes]) -> Oddity:
    return Oddity(lambda file: file.write_bytes(make()), is_left_alone=True)


def _zipped() -> bytes:
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("library.db", "x" * 40_000)
    return out.getvalue()


def _foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text)")
        connection.execute("INSERT INTO notes (text) VALUES ('theirs')")
        connection.commit()


_IS = "CREATE VIEW article AS SELECT * FROM article_of_old"
_CASES: dict[str, Oddity] = {
    "fts_out_of_step": _sql("DELETE FROM search_docsize WHERE id % 3 = 0", loose=True),
    "fts_missing": _sql("DROP TABLE search"),
    "view_instead_of_table": _sql(
        "PRAGMA legacy_alter_table = ON", "ALTER TABLE article RENAME TO article_of_old", _IS
    ),
    "trigger_of_stranger": _sql(
        "CREATE TRIGGER theirs AFTER INSERT ON article BEGIN DELETE FROM article; END"
    ),
    "table_of_stranger": _sql("CREATE TABLE theirs (x)", "INSERT INTO theirs VALUES (1)"),
    "table_missing": _sql("DROP TABLE article_tag"),
    "index_missing": _sql("DROP INDEX IF EXISTS queue_by_standing"),
    "column_missing": _sql("UPDATE sqlite_schema SET sql = replace(sql, 'byline', 'by') "
                           "WHERE name = 'article'", loose=True),
    "extra_column": _sql("ALTER TABLE article ADD COLUMN theirs TEXT"),
    "schema_garbage": _sql("UPDATE sqlite_schema SET sql = 'CREATE TABLE ((' "
                           "WHERE name = 'version'", loose=True),
    "text_in_integer": _sql("UPDATE article SET words = 'many' WHERE id % 5 = 0"),
    "blob_in_text": _sql("UPDATE article SET title = x'ff00fe' WHERE id % 5 = 0"),
    "null_in_not_null": _sql("UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') "
                             "WHERE name = 'article'", loose=True),
    "invalid_utf8": _sql("UPDATE article SET title = CAST(x'61ff62' AS TEXT) WHERE id % 5 = 0"),
    "application_id_zero": Oddity(_header(68, 0)),
    "application_id_other": Oddity(_header(68, 1234), is_left_alone=True),
    "user_version_newer": Oddity(_header(60, 1_000_000), is_left_alone=True),
    "user_version_negative": Oddity(_header(60, -5)),
    "user_version_zero": Oddity(_header(60, 0)),
    "not_a_database_zip": _contents(_zipped),
    "not_a_database_text": _contents(lambda: b"Dear diary, this is no library.\n" * 500),
    "encrypted_like_random": _contents(lambda: random.Random(3).randbytes(400 * 4096)),
    "foreign_sqlite_file": Oddity(_foreign, is_left_alone=True),
}  # fmt: skip
_PATTERNS: dict[str, Callable[..., Oddity]] = {
    r"page_size_(\d+)": lambda size: _rebuilt(f"PRAGMA page_size = {size}"),
    r"auto_vacuum_(\w+)": lambda mode: _rebuilt(f"PRAGMA auto_vacuum = {mode}"),
    r"row_size_(\d+)MB": lambda size: _sql(
        f"UPDATE content SET html = CAST(zeroblob({size}000000) AS TEXT) WHERE article = 7"
    ),
    r"user_version_(\d+)": lambda number: Oddity(_header(60, int(number))),
    r"journal_mode_(\w+)": lambda mode: _sql(f"PRAGMA journal_mode = {mode}"),
}
