"""What a piece of work costs: the SQL statements it runs and the HTML it parses."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import apsw
import pytest

from reader.body import from_html
from reader.library.store.database import Database


class Costs(NamedTuple):
    """SQL statements in order, those of all threads, and parsed HTML texts."""

    statements: list[str]
    parsed: list[str]

    def reading(self, *tables: str) -> list[str]:
        """Return the statements before the first transaction that read any of some tables."""
        before = self.statements
        if "BEGIN IMMEDIATE" in before:
            before = before[: before.index("BEGIN IMMEDIATE")]
        return [sql for sql in before if any(f"FROM {table}" in sql for table in tables)]


@contextmanager
def tracing(database: Database, patch: pytest.MonkeyPatch) -> Iterator[Costs]:
    """Record the SQL statements on every connection, and each HTML text that is parsed."""
    costs = Costs([], [])
    connect, parse = Database._connect, from_html._parse

    def trace(_: object, sql: str, __: object) -> bool:
        costs.statements.append(sql)
        return True

    def connected(self: Database) -> apsw.Connection:
        connection = connect(self)
        connection.exec_trace = trace
        return connection

    def parsed(html: str) -> object:
        costs.parsed.append(html)
        return parse(html)

    with patch.context() as patched:
        patched.setattr(Database, "_connect", connected)
        patched.setattr(from_html, "_parse", parsed)
        database.connection.exec_trace = trace
        yield costs
        database.connection.exec_trace = None
