"""The entity kinds of the history, and how to read and write each of their fields.

Each package describes its own kinds; ``library.registry`` lists them in one table. The log
identifies an entity by kind and uid (``tag/…``, ``saved/…``), an article by its uid alone. A
field may have a part after a slash: ``tag/<uid of the tag>``.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

import apsw

Key = Any  # the key of an entity within its kind: a row id, a uid or a pair of uids


class Field(NamedTuple):
    """Functions to read and write a field as text; ``type`` converts values before that.

    ``write`` returns whether it succeeded.
    """

    type: Callable[[Any], Any]
    read: Callable[[apsw.Connection, Key, str], str]
    write: Callable[[apsw.Connection, Key, str, str], bool]


class Kind(NamedTuple):
    """A kind of entities: ``find`` returns the key of a uid, None if there is no such entity.

    ``refresh`` rebuilds the stored state of entities from the log. ``data`` returns the content
    to send with a row: uid, field and its part or value → a compressed text and a source.
    """

    name: str
    find: Callable[[apsw.Connection, str], Key | None]
    fields: Mapping[str, Field]
    refresh: Callable[[apsw.Connection, Collection[str]], None]
    data: Callable[[apsw.Connection, str, str, str], tuple[bytes, bytes]] | None = None


ARTICLE = "article"
_KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Register kinds with the history."""
    _KINDS.update((kind.name, kind) for kind in kinds)


def kinds() -> tuple[Kind, ...]:
    """Return all kinds in the order of registration."""
    return tuple(_KINDS.values())


def kind_of(entity: str) -> tuple[Kind | None, str]:
    """Return the kind of an entity, None if it is unknown, and its uid."""
    name, slash, uid = entity.partition("/")
    return (_KINDS.get(name), uid) if slash else (_KINDS[ARTICLE], entity)


class Found(NamedTuple):
    """A field of an existing entity."""

    field: Field
    key: Key
    part: str

    def read(self, connection: apsw.Connection) -> str:
        """Return its value."""
        return self.field.read(connection, self.key, self.part)

    def write(self, connection: apsw.Connection, value: str) -> bool:
        """Set its value; return whether that succeeded."""
        return self.field.write(connection, self.key, self.part, value)


def find(
    connection: apsw.Connection, entity: str, field: str, key: Key | None = None
) -> Found | None:
    """Return a field of an entity, None if there is no such entity.

    ``key`` is the key of the entity, if it is known already.
    """
    kind, uid = kind_of(entity)
    name, _, part = field.partition("/")
    if kind is None or name not in kind.fields:
        return None
    if key is None:
        key = kind.find(connection, uid)
    return None if key is None else Found(kind.fields[name], key, part)
