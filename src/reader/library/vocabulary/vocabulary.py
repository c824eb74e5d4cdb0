"""The words that were looked up, as ``library.vocabulary``; each deletion is an undo step.

The history knows a word as ``word/<uid>``: its ``name``, ``""`` if it was deleted, and ``kept``,
all that does not change. A word outlives its article.
"""

import json
from collections.abc import Collection, Sequence

import apsw

from reader.library.history import changes
from reader.library.history.entities import Field, Kind
from reader.library.store.collation import digest, storable
from reader.library.store.database import Database, rows
from reader.own_export import LookedUp
from reader.steps import Label, Verb

NAME = "word"
_KEPT = ("sentence", "article", "title", "url", "language", "definition", "looked_at")
_ALL = (
    f"SELECT {', '.join(LookedUp._fields)} FROM looked_up WHERE name <> '' "
    "ORDER BY looked_at DESC, uid"
)


class Vocabulary:
    """The words of a library; every method may raise LibraryError."""

    def __init__(self, database: Database) -> None:
        """Use ``Library.vocabulary``."""
        self._database = database

    def all(self) -> tuple[LookedUp, ...]:
        """Return the words, the last one first."""
        with self._database.reading() as connection:
            return tuple(LookedUp(*found) for found in rows(connection, _ALL))

    def keep(self, word: LookedUp) -> str:
        """Keep a word and return its uid; a word with the same sentence is kept once.

        It is no undo step: looking up is reading.
        """
        uid = word.uid or digest(f"{word.name.casefold()}\n{word.article}\n{word.sentence}")
        with self._database.writing() as connection:
            give(connection, None, word._replace(uid=uid))
        return uid

    def delete(self, uids: Sequence[str]) -> int:
        """Delete words as an undo step; return how many there were."""
        with self._database.writing() as connection:
            names = [name for uid in uids if (name := _read(connection, uid, "name"))]
            name = f"“{names[0]}”" if len(names) == 1 else f"{len(names):,} words"
            with changes.step(connection, Label(Verb.DELETE_WORDS, {"name": name})) as step:
                return sum(step.put(f"{NAME}/{uid}", "name", "") for uid in uids)


def give(connection: apsw.Connection, step: int | None, word: LookedUp) -> int:
    """Add a word, or give it what is newer; return 1 if anything changed, else 0."""
    entity = f"{NAME}/{word.uid}"
    connection.execute("INSERT OR IGNORE INTO looked_up (uid) VALUES (?)", (word.uid,))
    told = {name: storable(getattr(word, name)) for name in _KEPT}
    done = changes.put(connection, step, entity, "kept", _packed(told))
    return max(done, changes.put(connection, step, entity, "name", " ".join(word.name.split())))


def is_known(connection: apsw.Connection, uid: str) -> bool:
    """Return whether a word is there, and was not deleted."""
    return bool(_read(connection, uid, "name"))


# ---- the interface to the history


def _read(connection: apsw.Connection, uid: str, column: str) -> str:
    sql = f"SELECT {column} FROM looked_up WHERE uid = ?"
    return str(connection.execute(sql, (uid,)).get or "")


def _find(connection: apsw.Connection, uid: str) -> str | None:
    found = connection.execute("SELECT uid FROM looked_up WHERE uid = ?", (uid,)).get
    return None if found is None else str(found)


def _packed(told: dict[str, str]) -> str:
    kept = {name: value for name, value in told.items() if value}
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _read_name(connection: apsw.Connection, uid: str, _: str) -> str:
    return _read(connection, uid, "name")


def _write_name(connection: apsw.Connection, uid: str, _: str, value: str) -> bool:
    connection.execute("UPDATE looked_up SET name = ? WHERE uid = ?", (value, uid))
    return True


def _read_kept(connection: apsw.Connection, uid: str, _: str) -> str:
    return _packed({name: _read(connection, uid, name) for name in _KEPT})


def _write_kept(connection: apsw.Connection, uid: str, _: str, value: str) -> bool:
    try:
        told = dict(json.loads(value or "{}"))
    except (ValueError, TypeError, RecursionError):  # a damaged row of the log
        return False
    sql = f"UPDATE looked_up SET {', '.join(f'{name} = ?' for name in _KEPT)} WHERE uid = ?"
    connection.execute(sql, (*(str(told.get(name, "")) for name in _KEPT), uid))
    return True


_FIELDS = {
    "kept": Field(str, _read_kept, _write_kept),
    "name": Field(str, _read_name, _write_name),
}


def refresh(connection: apsw.Connection, uids: Collection[str]) -> None:
    """Rebuild words from the log."""
    for uid in uids:
        connection.execute("INSERT OR IGNORE INTO looked_up (uid) VALUES (?)", (uid,))
        for name, field in _FIELDS.items():
            value = changes.last(connection, f"{NAME}/{uid}", name)
            if value is not None:
                field.write(connection, uid, "", value)


WORD = Kind(NAME, _find, _FIELDS, refresh)
