"""Saved searches, as ``library.saved``: a name and a question; each change can be undone."""

import os

import apsw

from reader.errors import LibraryError
from reader.library.history import changes, labels
from reader.library.shelves import counts, fractional_index
from reader.library.store.collation import storable
from reader.library.store.database import Database
from reader.model import Saved

_LONGEST = 100


class SavedSearches:
    """Questions a person asks again and again; every method may raise LibraryError."""

    def __init__(self, database: Database) -> None:
        """Use ``Library.saved``."""
        self._database = database

    def all(self) -> tuple[Saved, ...]:
        """Return the saved searches in their order."""
        with self._database.reading() as connection:
            return counts.saved(connection)

    def add(self, name: str, question: str) -> str:
        """Keep a question under a name, as the last; return its uid."""
        uid = os.urandom(16).hex()

        def work(connection: apsw.Connection, step: int) -> int:
            connection.execute("INSERT INTO saved (uid) VALUES (?)", (uid,))
            last = connection.execute("SELECT max(place) FROM saved WHERE name <> ''").get
            told = {
                "name": named,
                "question": question,
                "place": fractional_index.between(last or "", ""),
            }
            return _write(connection, step, uid, told)

        named = _name(name)
        changes.one_step(self._database, f"Saved the search “{named}”", work)
        return uid

    def rename(self, uid: str, name: str) -> int:
        """Give a saved search another name; return whether it has it now."""
        return self._change(f"Renamed the search to “{_name(name)}”", uid, {"name": _name(name)})

    def ask(self, uid: str, question: str) -> int:
        """Give a saved search another question; return whether it has it now."""
        return self._change("Changed a saved search", uid, {"question": question})

    def delete(self, uid: str) -> int:
        """Delete a saved search; return whether it was there."""
        return self._change("Deleted a saved search", uid, {"name": ""})

    def move(self, uid: str, by: int) -> int:
        """Move a saved search up (-1) or down (1); return whether there was room."""
        uids = [each.uid for each in self.all()]
        if uid not in uids or not 0 <= uids.index(uid) + by < len(uids):
            return 0
        at = uids.index(uid) + by
        uids.remove(uid)
        before, after = uids[at - 1] if at else "", uids[at] if at < len(uids) else ""
        between = fractional_index.between(self._place(before), self._place(after))
        return self._change("Moved a saved search", uid, {"place": between})

    def _place(self, uid: str) -> str:
        with self._database.reading() as connection:
            sql = "SELECT place FROM saved WHERE uid = ?"
            return str(connection.execute(sql, (uid,)).get or "")

    def _change(self, label: str, uid: str, told: dict[str, str]) -> int:
        return changes.one_step(
            self._database, label, lambda connection, step: _write(connection, step, uid, told)
        )


def _write(connection: apsw.Connection, step: int, uid: str, told: dict[str, str]) -> int:
    entity = labels.entity_of_saved(uid)
    done = [changes.write_label(connection, step, entity, *each) for each in told.items()]
    return max(done, default=0)


def _name(name: str) -> str:
    kept = " ".join(storable(name).split())[:_LONGEST]
    if not kept:
        raise LibraryError("A saved search needs a name. Nothing was changed.")
    return kept
