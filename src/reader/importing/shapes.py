"""The kinds of the members of a bundle, by their first bytes: looked at once for all formats."""

import re
from enum import StrEnum
from typing import NamedTuple
from weakref import WeakKeyDictionary

from reader.errors import ReaderError
from reader.importing.bundle import Bundle
from reader.importing.csv_rows import start_of
from reader.importing.lines import decoded
from reader.ingest.decode import is_binary

_JSON = re.compile(r"\s*(?:\[\s*[\[{\]\"\d-]|\{\s*[\"}])")
_KEY = re.compile(r'"([^"\\\n]{1,40})"\s*:')
_MANY = 200
"""From this many members on, only those are looked at that are tables or lists by their endings."""
_MOST = 3000
_TABLES = (".csv", ".json", ".tsv")
_LISTS = (".html", ".htm", ".xml", ".opml", ".txt")
_HEAD = 16_384
_NULS = 0.01
"""The share of zero bytes up to which a file is still text, if damaged."""


class Shape(StrEnum):
    """A kind of file."""

    TABLE = "table"
    JSON = "json"
    MARKUP = "markup"
    BINARY = "binary"


class Member(NamedTuple):
    """A member: ``names`` are those of its columns, or the keys of its first objects.

    Names of columns are in small letters. ``head`` is its beginning as text.
    """

    name: str
    shape: Shape
    names: frozenset[str] = frozenset()
    head: str = ""

    @property
    def is_list(self) -> bool:
        """Return whether it is JSON whose items are in an array."""
        return self.shape is Shape.JSON and self.head.lstrip().startswith("[")


_known: WeakKeyDictionary[Bundle, tuple[Member, ...]] = WeakKeyDictionary()


def members(bundle: Bundle) -> tuple[Member, ...]:
    """Return the members of a bundle that may be tables, lists or objects."""
    if bundle not in _known:
        _known[bundle] = tuple(_member(bundle, name) for name in _candidates(bundle.names))
    return _known[bundle]


def tables(bundle: Bundle, *columns: str) -> list[str]:
    """Return the names of the tables that have all of some columns, in their order."""
    wanted = frozenset(columns)
    return sorted(
        member.name
        for member in members(bundle)
        if member.shape is Shape.TABLE and wanted <= member.names
    )


def objects(bundle: Bundle, *keys: str, listed: bool = True) -> list[str]:
    """Return the names of JSON files whose first objects have all of some keys."""
    wanted = frozenset(keys)
    return sorted(
        member.name
        for member in members(bundle)
        if member.shape is Shape.JSON and wanted <= member.names and member.is_list is listed
    )


def _candidates(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(names) <= _MANY:
        return names
    lowered = ((name, name.lower()) for name in names)
    looked_at = (
        name
        for name, low in lowered
        if low.endswith(_TABLES) or (low.endswith(_LISTS) and "/" not in name)
    )
    return tuple(looked_at)[:_MOST]


def _member(bundle: Bundle, name: str) -> Member:
    try:
        head = bundle.head(name)
    except ReaderError:
        return Member(name, Shape.BINARY)
    if not head or _is_binary(head):
        return Member(name, Shape.BINARY)
    text = decoded(head)
    if _JSON.match(text):
        return Member(name, Shape.JSON, frozenset(_KEY.findall(text)), text[:_HEAD])
    if text.lstrip().startswith("<"):
        return Member(name, Shape.MARKUP, head=text[:_HEAD])
    return Member(name, Shape.TABLE, frozenset(start_of(text).columns), text[:_HEAD])


def _is_binary(head: bytes) -> bool:
    few = head.count(0) <= len(head) * _NULS
    return is_binary(head.replace(b"\0", b"") if few else head)
