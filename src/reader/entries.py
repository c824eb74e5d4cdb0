"""Articles as the exports of other programs describe them."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from reader.model import Clipping, State
from reader.outcomes import Outcome, Where
from reader.own_export import Own
from reader.reasons import Remark


class Highlight(NamedTuple):
    """Marked words of an article with a note, or a note on the whole article (no ``quote``).

    ``prefix`` and ``suffix`` are the words around the quote, as far as they are known. ``colour``
    is a name of ``COLOURS``. ``labels`` are the user's words for it. ``uid`` is ``""`` until it is
    stored.
    """

    quote: str
    note: str = ""
    colour: str = "yellow"
    labels: tuple[str, ...] = ()
    made_at: str = ""
    prefix: str = ""
    suffix: str = ""
    uid: str = ""


COLOURS = ("yellow", "green", "blue", "pink", "purple")
"""The names of the colours of highlights."""


class TextKind(StrEnum):
    """The form of a text in an export; FILE is kept unchanged, such as a PDF."""

    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"
    EPUB = "epub"
    CANONICAL = "canonical"
    FILE = "file"


class Text(NamedTuple):
    """The text of an article within an export; ``load`` reads its bytes when they are needed.

    ``pictures`` loads the files beside the text by their names in it.
    """

    kind: TextKind
    load: Callable[[], bytes]
    pictures: Mapping[str, Callable[[], bytes]] = MappingProxyType({})


class Entry(NamedTuple):
    """An article in an export, as far as the other program knew it.

    ``clipping.url`` is as it stands in the export until the import is planned, ``clipping.html``
    is canonical once the text was prepared. ``folders`` are paths of names, which become tags if
    the user wants. ``from_feed`` is an item that the user never chose. ``pinned`` belongs at the
    top of the queue. Times are UTC in ISO 8601, ``""`` if unknown; ``progress`` is 0 to 1. ``own``
    holds facts that only Reader's own export has, ``remarks`` are about unreadable values, such as
    a date. A missing text is fetched ``slowly`` afterwards, or when the article is opened.
    """

    clipping: Clipping
    where: Where = Where()
    state: State = State.QUEUE
    favourite: bool = False
    added_at: str = ""
    opened_at: str = ""
    read_at: str = ""
    progress: float = 0.0
    folders: tuple[tuple[str, ...], ...] = ()
    highlights: tuple[Highlight, ...] = ()
    text: Text | None = None
    from_feed: bool = False
    pinned: bool = False
    remarks: tuple[Remark, ...] = ()
    own: Own | None = None
    slowly: bool = True


class Unread(NamedTuple):
    """An item of an export that is no article, or cannot be read: SKIPPED or FAILED, and why."""

    where: Where
    outcome: Outcome
    remark: Remark
    name: str = ""


class Placing(StrEnum):
    """The place of imported articles in the queue."""

    BEHIND = "behind"
    BEFORE = "before"
    ARCHIVE = "archive"
