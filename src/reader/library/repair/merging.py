"""Merging another database of the same library into it, by the log: the last writer of a field wins.

The other one is the newest copy (after a repair), or a copy that a program for synchronization
made of a conflict. All rows of its log are looked at, because a damaged library may lack rows in
between. No text is lost: the one that loses becomes a version. What was deleted later stays
deleted. The result does not depend on the side that is merged into, and merging again changes
nothing.

The log does not have everything. These rules hold for the rest: an entry that only one side has
is kept (settings, failed downloads, icons of sites); of two, the later one (icons, failures), or
that of this library (settings). Undo steps stay those of this library; if it has none, those of
the other are taken. Reading times follow from the log.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import apsw

from reader.library import registry as registry
from reader.library.articles import arrival, versions
from reader.library.backup import schema
from reader.library.history import changes, devices, entities, exchange, identity
from reader.library.history.exchange import Row
from reader.library.store.collation import decoded
from reader.library.store.damaged_pages import BROKEN
from reader.library.store.database import Database, rows
from reader.progress import Report, silent
