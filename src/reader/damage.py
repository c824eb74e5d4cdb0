"""Damage to a library as data, and the sentences that describe it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The kind of damage."""

    TABLE = "table"
    """Pages of a table cannot be read. Nothing should be written to such a file."""
    INDEX = "index"
    """An index, a schema entry, or free space: the tables are whole."""
    SEARCH = "search"
    """The full-text index."""
    DERIVED = "derived"
    """A count or a tag's shelf differs from the articles."""
    ORPHAN = "orphan"
    """Rows belong to articles or tags that do not exist."""
    UNREADABLE = "unreadable"
    """An article, or its text, is on a page that cannot be read."""
    VALUE = "value"
    """A field has a value that it cannot have, such as an unknown state."""
    DETAILS = "details"
    """Title, address, byline or a date differ from their checksum."""
    TEXT = "text"
    """The text differs from its checksum."""
    VERSION = "version"
    """An older text cannot be unpacked, or differs from its checksum."""
    SOURCE = "source"
    """The kept page or file cannot be unpacked."""
    PICTURE_MISSING = "picture missing"
    PICTURE_CHANGED = "picture changed"
    """The bytes of a picture do not have the hash that is its name."""


REPAIRABLE = frozenset((Kind.TABLE, Kind.INDEX, Kind.SEARCH, Kind.DERIVED))
"""Damage that *Try to Repair* can mend: it can be derived from the tables, or left out."""


class Damage(NamedTuple):
    """One damaged item: the article it belongs to (0 if none), its title, and its part."""

    kind: Kind
    article: int = 0
    title: str = ""
    detail: str = ""


class Lost(NamedTuple):
    """Rows of a table that could not be read while the library was repaired."""

    table: str
    rows: int


_WINDOW = "“Try to Repair” in the window"
_SENTENCES: dict[Kind, tuple[str, str]] = {
    Kind.TABLE: (
        "Parts of the library's file cannot be read ({}).",
        f"Nothing is written to it any more. {_WINDOW} saves what can be read and keeps the "
        "damaged file; a newer copy of yours may hold more.",
    ),
    Kind.INDEX: (
        "An index of the library is damaged ({}); every article is intact.",
        f"{_WINDOW} rebuilds it.",
    ),
    Kind.SEARCH: (
        "The search index is damaged; every article is intact.",
        "“reader search --rebuild” rebuilds it.",
    ),
    Kind.DERIVED: (
        "Some counts differ from the articles ({}).",
        f"{_WINDOW} counts again.",
    ),
    Kind.ORPHAN: ("Entries belong to articles that do not exist ({}).", "They do no harm."),
    Kind.UNREADABLE: (
        "{} cannot be read from the disk.",
        "Download it again, or take it from a copy.",
    ),
    Kind.VALUE: (
        "Fields hold values that make no sense: {}.",
        "Move the article to another shelf, or take it from a copy.",
    ),
    Kind.DETAILS: (
        "The title, address or dates of {} were damaged on the disk.",
        "Compare them with the page, and rename the article.",
    ),
    Kind.TEXT: (
        "The text of {} was damaged on the disk.",
        "“reader extract --again ID” makes it again from the page that is kept.",
    ),
    Kind.VERSION: ("An older text of {} was damaged on the disk.", "The text in use is intact."),
    Kind.SOURCE: (
        "The page kept with {} was damaged on the disk; the text is intact.",
        "Download the article again.",
    ),
    Kind.PICTURE_MISSING: (
        "Pictures are missing: {}.",
        "“reader download --missing” fetches them.",
    ),
    Kind.PICTURE_CHANGED: (
        "Pictures were damaged on the disk: {}.",
        "Add the article again to replace them.",
    ),
}
_NAMED = 3


def sentences(damage: Iterable[Damage]) -> list[str]:
    """Return a sentence for each kind of damage: its effect, its place, and the remedy."""
    by_kind: dict[Kind, list[Damage]] = {}
    for item in damage:
        by_kind.setdefault(item.kind, []).append(item)
    return [
        " ".join(_SENTENCES[kind]).format(_places(by_kind[kind]))
        for kind in Kind
        if kind in by_kind
    ]


def entries(count: int) -> str:
    """Return ``1 entry`` or ``3 entries``, for rows of any table that a repair leaves out."""
    return "1 entry" if count == 1 else f"{count:,} entries"


def _places(items: Sequence[Damage]) -> str:
    """Name the first places and count the others."""
    names = list(dict.fromkeys(map(_place, items)))
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _place(damage: Damage) -> str:
    where = f"“{damage.title}”" if damage.title else f"article {damage.article}"
    if not damage.article:
        return damage.detail
    return f"{where} ({damage.detail})" if damage.kind is Kind.VALUE else where
