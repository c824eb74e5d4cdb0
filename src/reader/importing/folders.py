"""Folders that an export lists by themselves, each with the number of the one around it."""

from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any, NamedTuple

from reader.entries import Unread
from reader.importing import values
from reader.importing.json_items import Item

_DEEPEST = 40


class _Folder(NamedTuple):
    name: str
    above: str


class Folders:
    """Paths of names by the ids of folders; circles end at their first folder."""

    def __init__(self, items: Iterable[Item | Unread]) -> None:
        """Read objects with ``id``, ``name`` and ``parentId``."""
        self._folders = {
            str(item.value.get("id")): _folder(item.value)
            for item in items
            if not isinstance(item, Unread)
        }

    def path(self, key: object) -> tuple[str, ...]:
        """Return the names from the outermost folder on, nothing if the folder is not known."""
        names: list[str] = []
        met: set[str] = set()
        at = str(key)
        while at in self._folders and at not in met and len(met) < _DEEPEST:
            met.add(at)
            name, at = self._folders[at]
            names.append(name)
        return tuple(filter(None, reversed(names)))


def _folder(found: Mapping[str, Any]) -> _Folder:
    return _Folder(unescape(values.line(found.get("name"))), str(found.get("parentId")))
