"""What is done at the beginning and at the end of every transaction that writes."""

import apsw

from reader.library.history import stamps
from reader.library.store import clock
from reader.library.store.database import Hooks


def _begin(connection: apsw.Connection) -> None:
    from reader.library import registry as registry  # a process that only reads does without
    from reader.library.repair import checksums

    checksums.watch(connection)
    stamps.begin(connection)


def _end(connection: apsw.Connection) -> None:
    from reader.library.repair import checksums  # a process that only reads does without
    from reader.library.search import indexing

    clock.note(connection)
    stamps.end(connection)
    indexing.enter_noted(connection)
    checksums.seal_changed(connection)


HOOKS = Hooks(_begin, _end)
