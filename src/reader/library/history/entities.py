"""What the history knows of: kinds of things, and how each of their fields is read and written.

Each room describes its own things; ``library.registry`` names all of them in one table. In the
log a thing is called by its kind and uid (``tag/…``, ``saved/…``), an article by its uid alone. A
field may have a part behind a slash: ``tag/<uid of the tag>``.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

import apsw

Key = Any  # what a kind finds its things by: a row id, a uid, a pair of uids


class Field(NamedTuple):
    """How a field is read and written as text; ``type`` makes any value given one of its own.

    ``write`` returns whether it could be done.
    """

    type: Callable[[Any], Any]
    read: Callable[[apsw.Connection, Key, str], str]
    write: Callable[[apsw.Connection, Key, str, str], bool]


class Kind(NamedTuple):
    """A kind of things: ``find`` returns None for a uid that is not there.

    ``refresh`` makes what is shown of some things what the log says of them by now. ``data`` gives
    what a row is sent with: uid, field and its part or value → a packed text and a source.
    """

    name: str
    find: Callable[[apsw.Connection, str], Key | None]
    fields: Mapping[str, Field]
    refresh: Callable[[apsw.Connection, Collection[str]], None]
    data: Callable[[apsw.Connection, str, str, str], tuple[bytes, bytes]] | None = None


ARTICLE = "article"
_KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known to the history."""
    _KINDS.update((kind.name, kind) for kind in kinds)


def kinds() -> tuple[Kind, ...]:
    """Return all kinds, in the order in which they were registered."""
    return tuple(_KINDS.values())


def kind_of(entity: str) -> tuple[Kind | None, str]:
    """Return the kind of a thing, None if it is unknown here, and its uid."""
    name, slash, uid = entity.partition("/")
    return (_KINDS.get(name), uid) if slash else (_KINDS[ARTICLE], entity)


class Found(NamedTuple):
    """A field of a thing that is there."""

    field: Field
    key: Key
    part: str

    def read(self, connection: apsw.Connection) -> str:
        """Return its value."""
        return self.field.read(connection, self.key, self.part)

    def write(self, connection: apsw.Connection, value: str) -> bool:
        """Give it a value; return whether that could be done."""
        return self.field.write(connection, self.key, self.part, value)


def find(
    connection: apsw.Connection, entity: str, field: str, key: Key | None = None
) -> Found | None:
    """Return a field of a thing, None if there is no such thing (any longer).

    ``key`` is what the thing is found by, if that is known already.
    """
    kind, uid = kind_of(entity)
    name, _, part = field.partition("/")
    if kind is None or name not in kind.fields:
        return None
    if key is None:
        key = kind.find(connection, uid)
    return None if key is None else Found(kind.fields[name], key, part)
