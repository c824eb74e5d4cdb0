"""Damage to a library as data, and the sentences that describe it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

Key = tuple[int | str, ...]
"""The key of a row: its row id, or the values of its primary key."""


class Kind(StrEnum):
    """The kind of damage, the gravest first."""

    TABLE = "table"
    """Pages of a table cannot be read. Nothing should be written to such a file."""
    UNREADABLE = "unreadable"
    """An article, or its text, is on a page that cannot be read."""
    GONE = "gone"
    """Rows that were written are not there."""
    TEXT = "text"
    """The text differs from its checksum."""
    DETAILS = "details"
    """Title, address, shelf or another field of an article differs from its checksum."""
    ENTRY = "entry"
    """Rows of another table differ from their checksums."""
    VALUE = "value"
    """A field has a value that it cannot have, such as an unknown state."""
    VERSION = "version"
    """An older text cannot be unpacked, or differs from its checksum."""
    SOURCE = "source"
    """The kept page cannot be unpacked, or differs from its checksum."""
    PICTURE_CHANGED = "picture changed"
    """The bytes of a picture do not have the hash that is its name."""
    PICTURE_MISSING = "picture missing"
    INDEX = "index"
    """An index, a schema entry, or free space: the tables are whole."""
    SEARCH = "search"
    """The full-text index."""
    DERIVED = "derived"
    """A count, a tag's shelf or a sort key differs from the articles."""
    ORPHAN = "orphan"
    """Rows belong to articles or tags that do not exist."""


REPAIRABLE = frozenset((Kind.TABLE, Kind.INDEX, Kind.SEARCH, Kind.DERIVED))
"""Damage that a repair can mend by itself: it can be derived from the tables, or left out."""
STOPS_WRITING = frozenset((Kind.TABLE, Kind.INDEX))
"""Damage with which nothing is written to the library's file."""


class Damage(NamedTuple):
    """One damaged item: the article it belongs to (0 if none), its title, and its part.

    ``table``, ``key`` and ``columns`` locate it in the file, if it is a row.
    """

    kind: Kind
    article: int = 0
    title: str = ""
    detail: str = ""
    table: str = ""
    key: Key = ()
    columns: tuple[str, ...] = ()


class KnownDamage(NamedTuple):
    """Damage, and since when it is known, as times in UTC.

    ``whole_at`` is when a check last found the item whole, ``""`` if none did.
    """

    damage: Damage
    first_seen: str
    whole_at: str = ""


class Lost(NamedTuple):
    """Rows of a table that could not be read while the library was repaired."""

    table: str
    rows: int


_REPAIR = "“Repair…” in the window, or “reader repair”,"
_SENTENCES: dict[Kind, tuple[str, str]] = {
    Kind.TABLE: (
        "Parts of the library's file cannot be read ({}).",
        f"Nothing is written to it any more. {_REPAIR} saves what can be read, takes the rest "
        "from the newest copy, and keeps the damaged file.",
    ),
    Kind.UNREADABLE: (
        "{} cannot be read from the disk.",
        f"{_REPAIR} takes it from the newest copy.",
    ),
    Kind.GONE: (
        "Entries that were written are missing ({}).",
        f"{_REPAIR} takes them from the newest copy.",
    ),
    Kind.TEXT: (
        "The text of {} was damaged on the disk.",
        "“reader extract --again ID” makes it again from the page that is kept; "
        f"{_REPAIR} takes it from the newest copy.",
    ),
    Kind.DETAILS: (
        "Fields of articles were damaged on the disk: {}.",
        "Compare them with the page and correct them, or take the article from a copy.",
    ),
    Kind.ENTRY: (
        "Entries were damaged on the disk ({}).",
        f"{_REPAIR} takes them from the newest copy.",
    ),
    Kind.VALUE: (
        "Fields hold values that make no sense: {}.",
        "Move the article to another shelf, or take it from a copy.",
    ),
    Kind.VERSION: ("An older text of {} was damaged on the disk.", "The text in use is intact."),
    Kind.SOURCE: (
        "The page kept with {} was damaged on the disk; the text is intact.",
        "Download the article again.",
    ),
    Kind.PICTURE_CHANGED: (
        "Pictures were damaged on the disk: {}.",
        "Add the article again to replace them.",
    ),
    Kind.PICTURE_MISSING: (
        "Pictures are missing: {}.",
        "“reader download --missing” fetches them.",
    ),
    Kind.INDEX: (
        "An index of the library is damaged ({}); every article is intact.",
        f"{_REPAIR} rebuilds it.",
    ),
    Kind.SEARCH: (
        "The search index is damaged; every article is intact.",
        "“reader search --rebuild” rebuilds it.",
    ),
    Kind.DERIVED: (
        "Some counts differ from the articles ({}).",
        "“reader check” counts again.",
    ),
    Kind.ORPHAN: ("Entries belong to articles that do not exist ({}).", "They do no harm."),
}
_HEALED: dict[Kind, tuple[str, str]] = {
    Kind.UNREADABLE: ("1 article was restored", "{} articles were restored"),
    Kind.GONE: ("1 missing entry was restored", "{} missing entries were restored"),
    Kind.TEXT: ("1 text was restored", "{} texts were restored"),
    Kind.VERSION: ("1 older text was restored", "{} older texts were restored"),
    Kind.SOURCE: ("1 kept page was restored", "{} kept pages were restored"),
    Kind.PICTURE_CHANGED: ("1 picture was restored", "{} pictures were restored"),
    Kind.PICTURE_MISSING: ("1 missing picture was restored", "{} missing pictures were restored"),
    Kind.INDEX: ("1 index was rebuilt", "{} indexes were rebuilt"),
    Kind.SEARCH: ("The search index was rebuilt", "The search index was rebuilt"),
    Kind.DERIVED: ("1 count was corrected", "{} counts were corrected"),
}
_OTHERS_HEALED = ("1 field was restored", "{} fields were restored")
_TABLES = {
    "alias": "other addresses", "apart": "articles that are no duplicates",
    "article_image": "pictures of articles", "article_tag": "tags of articles",
    "arrived": "texts that wait for their article", "change": "the history",
    "change_group": "the steps of the history", "device": "devices",
    "download_failure": "failed downloads", "reading": "reading times", "saved": "saved searches",
    "highlight": "highlights", "later_text": "texts to fetch later", "site_rest": "sites at rest",
    "setting": "settings of the library", "site_icon": "icons of sites", "tag": "tags",
    "tag_twin": "former names of tags", "version": "older texts", "content": "texts",
    "article": "articles", "looked_up": "vocabulary", "all": "the list of tables",
}  # fmt: skip
_NAMED = 3


def sentences(damage: Iterable[Damage]) -> list[str]:
    """Return a sentence for each kind of damage: its effect, its place, and the remedy."""
    by_kind = _by_kind(damage)
    return [
        " ".join(_SENTENCES[kind]).format(_places(by_kind[kind]))
        for kind in Kind
        if kind in by_kind
    ]


def remedy(kind: Kind) -> str:
    """Return the remedy for a kind of damage, as sentences."""
    return _SENTENCES[kind][1]


def healed(items: Iterable[Damage]) -> str:
    """Return a sentence about the damage that was healed, ``""`` if none was."""
    by_kind = _by_kind(items)
    parts = [
        _counted(_HEALED.get(kind, _OTHERS_HEALED), len(by_kind[kind]))
        for kind in Kind
        if kind in by_kind
    ]
    return f"{', '.join([*parts[:1], *map(_lowered, parts[1:])])}." if parts else ""


def place(damage: Damage) -> str:
    """Return the place of damage, for a list of all damage."""
    where = f"“{damage.title}”" if damage.title else f"article {damage.article}"
    if not damage.article:
        name = damage.detail or damage.table
        return _TABLES.get(name, name) or "the search index"
    return f"{where} ({damage.detail})" if damage.detail else where


def entries(count: int) -> str:
    """Return ``1 entry`` or ``3 entries``, for rows of any table that a repair leaves out."""
    return "1 entry" if count == 1 else f"{count:,} entries"


def _by_kind(damage: Iterable[Damage]) -> dict[Kind, list[Damage]]:
    by_kind: dict[Kind, list[Damage]] = {}
    for item in damage:
        by_kind.setdefault(item.kind, []).append(item)
    return by_kind


def _counted(forms: tuple[str, str], count: int) -> str:
    one, many = forms
    return one if count == 1 else many.format(f"{count:,}")


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _places(items: Sequence[Damage]) -> str:
    """Name the first places and count the others."""
    names = list(dict.fromkeys(map(_place, items)))
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _place(damage: Damage) -> str:
    has_part = damage.kind in (Kind.VALUE, Kind.DETAILS) or not damage.article
    return place(damage if has_part else damage._replace(detail=""))
