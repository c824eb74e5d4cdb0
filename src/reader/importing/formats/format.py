"""The parts of the description of a format."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from reader.entries import Entry, Placing, Unread
from reader.importing.bundle import Bundle
from reader.own_export import OwnLibrary


class TextsFrom(StrEnum):
    """When the texts that are not in the export are downloaded."""

    AFTERWARDS = "afterwards"
    WHEN_OPENED = "when opened"


class Choices(NamedTuple):
    """The choices of the user for an import.

    ``columns`` names the columns of a CSV file that no program is known for, by field:
    ``url``, ``title``, ``tags``, ``state``, ``added_at``, ``note``, ``favourite``.
    """

    folders_as_tags: bool = True
    feed_items: bool = False
    highlights: bool = True
    keep_order: bool = True
    placing: Placing = Placing.BEHIND
    texts: TextsFrom = TextsFrom.AFTERWARDS
    columns: Mapping[str, str] = MappingProxyType({})


def _nothing(_: Bundle) -> OwnLibrary | None:
    return None


class Format(NamedTuple):
    """A format: ``fits`` returns the likelihood, 0 to 1, that a bundle has this format.

    ``read`` yields every item of the export once, in the order of the other program: an Entry, or
    an Unread. Errors are yielded, never raised; a bundle may end anywhere. ``rest`` returns the
    facts of an export about the whole library, None if it is not Reader's own.
    """

    key: str
    fits: Callable[[Bundle], float]
    read: Callable[[Bundle, Choices], Iterator[Entry | Unread]]
    rest: Callable[[Bundle], OwnLibrary | None] = _nothing
