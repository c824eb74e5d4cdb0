"""Hooks that run at the beginning and the end of every write transaction."""

import apsw

from reader.library.store import clock
from reader.library.store.database import Hooks


def _begin(connection: apsw.Connection) -> None:
    from reader.library import registry as registry  # not needed by a read-only process
    from reader.library.history import stamps

    stamps.begin(connection)


def _end(connection: apsw.Connection) -> None:
    from reader.library.history import stamps  # not needed by a read-only process
    from reader.library.search import indexing
    from reader.library.store import seals

    clock.note(connection)
    stamps.end(connection)
    indexing.enter_noted(connection)
    seals.seal_changed(connection)


HOOKS = Hooks(_begin, _end)
