"""Completion of queries: field names, and values from the library."""

import apsw

from reader.library.search import query_parser, query_sql
from reader.library.search.query_parser import Clause, Question, Words
from reader.library.store.collation import LAST, sort_key
from reader.library.store.database import rows

_MOST = 12
_RECENT = 2000
_TOLD_APART = 3
_DATES = ("today", "yesterday", "7d", "1m", "1y", ">=", "<")
_NUMBERS = {"words": (">2000", "<500", "1000..3000"), "views": ("0", ">0")}


def suggestions(connection: apsw.Connection, text: str) -> list[str]:
    """Return completed texts of a query, most likely first."""
    piece = query_parser.last_piece(text)
    sign = "-" if piece.startswith("-") else ""
    name, colon, value = piece.removeprefix("-").partition(":")
    before = text[: len(text) - len(piece)] + sign
    if not colon:
        return [before + each + ":" for each in _fields(name.lower())] if name else []
    found = _values(connection, name.lower(), value.strip('"'))[:_MOST]
    return [f"{before}{name}:{_quoted(each)}" for each in found]


def _fields(start: str) -> list[str]:
    return [each for each in query_parser.fields() if each.startswith(start)]


def _values(connection: apsw.Connection, name: str, start: str) -> list[str]:
    match name:
        case "tag":
            return _tags(connection, start)
        case "site":
            return _sites(connection, start)
        case "author" | "by":
            return _authors(connection, start)
        case "subject":
            return _subjects(connection, start)
        case "lang":
            known = _languages(connection)
        case _ if name in query_parser.DATES:
            known = [*_DATES]
        case _:
            known = [*_NUMBERS.get(name, query_parser.values(name))]
    return [each for each in known if each.startswith(start.lower())]


def _tags(connection: apsw.Connection, start: str) -> list[str]:
    key = start.casefold()
    sql = (
        "SELECT name FROM tag WHERE shown > 0 AND name_key BETWEEN ? AND ? "
        "ORDER BY shown DESC, name_key LIMIT ?"
    )
    return [name for (name,) in rows(connection, sql, (key, key + LAST, _MOST))]


def _sites(connection: apsw.Connection, start: str) -> list[str]:
    """Return sites that start with a text, by skipping through the index of their keys."""
    key = sort_key(start)
    sql = (
        "SELECT site, site_key FROM article WHERE state <> 'trash' AND site_key {} ? "
        "AND site_key < ? ORDER BY site_key LIMIT 1"
    )
    found = connection.execute(sql.format(">="), (key, key + LAST)).fetchone()
    names: list[str] = []
    while found and len(names) < _MOST:
        names += [found[0]] if found[0] else []
        found = connection.execute(sql.format(">"), (found[1], key + LAST)).fetchone()
    return names


def _authors(connection: apsw.Connection, start: str) -> list[str]:
    """Return authors with a word that starts so: of recent articles, then by the index."""
    key = sort_key(start)
    names = [name for name in _recent(connection, "byline") if f" {key}" in f" {sort_key(name)}"]
    if len(start) >= _TOLD_APART:
        words = Words(start, query_parser.TEXTS["author"], begins=not start[-1].isspace())
        asked = Question((Clause((words,)),), typing=True)
        sql = "SELECT byline FROM article WHERE id = ?"
        found = query_sql.found(connection, asked, 10 * _MOST)
        names += [str(connection.execute(sql, (id,)).get) for id in found]
    return [*dict.fromkeys(names)]


def _subjects(connection: apsw.Connection, start: str) -> list[str]:
    """Return subjects of recent articles with a word that starts so."""
    key = sort_key(start)
    names = [name for text in _recent(connection, "subjects") for name in text.splitlines()]
    return [name for name in dict.fromkeys(names) if f" {key}" in f" {sort_key(name)}"]


def _languages(connection: apsw.Connection) -> list[str]:
    return [*dict.fromkeys(name.lower() for name in _recent(connection, "language"))]


def _recent(connection: apsw.Connection, column: str) -> list[str]:
    """Return the values of a column in recent articles, the most frequent first."""
    sql = (
        f"SELECT said FROM (SELECT {column} AS said FROM article ORDER BY id DESC LIMIT ?) "
        "WHERE said <> '' GROUP BY said ORDER BY count(*) DESC, said"
    )
    return [said for (said,) in rows(connection, sql, (_RECENT,))]


def _quoted(value: str) -> str:
    return f'"{value}"' if any(each.isspace() for each in value) else value
