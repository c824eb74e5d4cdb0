"""Saved searches, as ``library.saved``: names and questions; each change is an undo step."""

import os
from collections.abc import Collection

import apsw

from reader.errors import LibraryError
from reader.library.history import changes
from reader.library.history.entities import Field, Kind
from reader.library.shelves import counts, fractional_index
from reader.library.store.collation import storable
from reader.library.store.database import Database
from reader.model import Saved
from reader.steps import Label, Verb

NAME = "saved"
_LONGEST = 100


class SavedSearches:
    """The saved searches of a library; every method may raise LibraryError."""

    def __init__(self, database: Database) -> None:
        """Use ``Library.saved``."""
        self._database = database

    def all(self) -> tuple[Saved, ...]:
        """Return the saved searches in order."""
        with self._database.reading() as connection:
            return counts.saved(connection)

    def add(self, name: str, question: str) -> str:
        """Save a question under a name, at the end; return its uid."""
        uid, named = os.urandom(16).hex(), _name(name)
        with self._database.writing() as connection:
            connection.execute("INSERT INTO saved (uid) VALUES (?)", (uid,))
            last = connection.execute("SELECT max(place) FROM saved WHERE name <> ''").get
            place = fractional_index.between(last or "", "")
            with changes.step(connection, Label(Verb.SAVE_SEARCH, {"name": named})) as step:
                for told in (("name", named), ("question", question), ("place", place)):
                    step.put(f"{NAME}/{uid}", *told)
        return uid

    def rename(self, uid: str, name: str) -> int:
        """Rename a saved search; return whether it changed."""
        kept = _name(name)
        return self._change(Label(Verb.RENAME_SEARCH, {"name": kept}), uid, "name", kept)

    def ask(self, uid: str, question: str) -> int:
        """Change the question of a saved search; return whether it changed."""
        return self._change(Label(Verb.CHANGE_SEARCH), uid, "question", question)

    def delete(self, uid: str) -> int:
        """Delete a saved search; return whether it existed."""
        return self._change(Label(Verb.DELETE_SEARCH), uid, "name", "")

    def move(self, uid: str, by: int) -> int:
        """Move a saved search up (-1) or down (1); return whether there was room."""
        with self._database.writing() as connection:
            uids = [each.uid for each in counts.saved(connection)]
            if uid not in uids or not 0 <= uids.index(uid) + by < len(uids):
                return 0
            at = uids.index(uid) + by
            uids.remove(uid)
            before, after = uids[at - 1] if at else "", uids[at] if at < len(uids) else ""
            places = _place(connection, before), _place(connection, after)
            place = fractional_index.between(*places)
            return self._change(Label(Verb.MOVE_SEARCH), uid, "place", place)

    def _change(self, label: Label, uid: str, field: str, value: str) -> int:
        with (
            self._database.writing() as connection,
            changes.step(connection, label) as step,
        ):
            return step.put(f"{NAME}/{uid}", field, value)


def _place(connection: apsw.Connection, uid: str) -> str:
    sql = "SELECT place FROM saved WHERE uid = ?"
    return str(connection.execute(sql, (uid,)).get or "")


def _name(name: str) -> str:
    kept = " ".join(storable(name).split())[:_LONGEST]
    if not kept:
        raise LibraryError("A saved search needs a name. Nothing was changed.")
    return kept


# ---- the interface to the history


def _find(connection: apsw.Connection, uid: str) -> str | None:
    found = connection.execute("SELECT uid FROM saved WHERE uid = ?", (uid,)).get
    return None if found is None else str(found)


def _column(name: str) -> Field:
    def read(connection: apsw.Connection, uid: str, _: str) -> str:
        return str(connection.execute(f"SELECT {name} FROM saved WHERE uid = ?", (uid,)).get)

    def write(connection: apsw.Connection, uid: str, _: str, value: str) -> bool:
        connection.execute(f"UPDATE saved SET {name} = ? WHERE uid = ?", (value, uid))
        return True

    return Field(str, read, write)


_FIELDS = {name: _column(name) for name in ("name", "question", "place")}


def _refresh(connection: apsw.Connection, uids: Collection[str]) -> None:
    for uid in uids:
        connection.execute("INSERT OR IGNORE INTO saved (uid) VALUES (?)", (uid,))
        for name, field in _FIELDS.items():
            value = changes.last(connection, f"{NAME}/{uid}", name)
            if value is not None:
                field.write(connection, uid, "", value)


SAVED = Kind(NAME, _find, _FIELDS, _refresh)
