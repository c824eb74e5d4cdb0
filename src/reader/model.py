"""The nouns of the program, as values that never change.

They are named tuples: made at every start, these cost a fifth of what dataclasses do.

Times are UTC ISO 8601 text (``2026-11-25T11:09:45Z``), ``""`` where there is none; their
names end in ``_at``. Sizes of pictures are pixels, of paper millimetres, of type points.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from reader.anchor import Anchor


class State(StrEnum):
    """Where an article is: one of three places."""

    QUEUE = "queue"
    ARCHIVE = "archive"
    TRASH = "trash"


class Sort(StrEnum):
    """What a list is ordered by."""

    PLACE = "place"
    ADDED = "added"
    TITLE = "title"
    SITE = "site"
    LENGTH = "length"
    PROGRESS = "progress"
    OPENED = "opened"

    @property
    def falls_first(self) -> bool:
        """Whether people expect the greatest first: the newest, the furthest read."""
        return self in (Sort.ADDED, Sort.PROGRESS, Sort.OPENED)


class Query(NamedTuple):
    """A question to the library: which articles, in which order.

    ``state`` None means queue and archive together; ``tag`` ``""`` means any, one with others
    within (``art`` of ``art/painting``) means these as well; ``site`` and ``language`` are as
    the counts name them; ``begun`` are those of which a part was read, unless they are done with.
    """

    state: State | None = None
    favourite: bool = False
    tag: str = ""
    sort: Sort = Sort.ADDED
    descending: bool = True
    begun: bool = False
    site: str = ""
    language: str = ""


SHELF_QUERIES: Mapping[str, Query] = MappingProxyType(
    {
        "queue": Query(State.QUEUE, sort=Sort.PLACE, descending=False),
        "begun": Query(begun=True, sort=Sort.OPENED),
        "all": Query(),
        "favourites": Query(favourite=True),
        "archive": Query(State.ARCHIVE),
        "trash": Query(State.TRASH),
    }
)
"""What lies on the shelves that are always there, by their keys."""


FINISHED = 0.95
"""From this progress on an article is read: what is left are notes and comments."""


class Mark(NamedTuple):
    """An article in the order of a query: what it is sorted by there, and its id."""

    key: str | float
    id: int


class Clipping(NamedTuple):
    """Cut out of its source, not yet filed.

    ``url`` names the source and is what makes an article unique: an http(s) address, a
    ``file:`` URL, or ``paste:`` and a hash. ``html`` is the body as canonical HTML (see
    ``reader.body.to_html``), ``""`` while the text is not at home yet. ``pictures`` are
    the names of the files in the library that the body shows, ``lead`` the one that stands
    for the article in a list. ``source`` is what came in, byte for byte, ``source_type`` its
    media type, ``base`` the address it came from at last. ``aliases`` are other addresses of
    the same article, ``validators`` what its server said to ask for it again, ``made_by`` how
    the text came to be.
    """

    url: str
    title: str = ""
    byline: str = ""
    site: str = ""
    language: str = ""
    excerpt: str = ""
    published_at: str = ""
    tags: tuple[str, ...] = ()
    html: str = ""
    words: int = 0
    pictures: tuple[str, ...] = ()
    lead: str = ""
    source: bytes = b""
    source_type: str = ""
    base: str = ""
    aliases: tuple[str, ...] = ()
    validators: str = ""
    made_by: str = ""


class Making(StrEnum):
    """How a text came to be."""

    ADDED = "added"
    DOWNLOADED = "downloaded"
    EXTRACTED = "extracted again"
    COMPLETED = "pictures fetched"
    CLEANED = "cleaned up"
    WHOLE = "whole page"


class Source(NamedTuple):
    """What an article was made of: bytes, their media type, and where they came from.

    ``validators`` is what the server said to ask for it again.
    """

    data: bytes
    media_type: str
    base: str = ""
    validators: str = ""


class Version(NamedTuple):
    """A text an article has had: when and how it was made, and whether it is in use."""

    id: int
    made_at: str
    made_by: str
    words: int
    in_use: bool


class Edit(NamedTuple):
    """What a person corrects in an article; None leaves a thing as it is.

    Of ``text`` only the body, its words, pictures and maker count.
    """

    article: int
    title: str | None = None
    byline: str | None = None
    published_at: str | None = None
    text: Clipping | None = None


class Row(NamedTuple):
    """An article as lists need it: no text; of its ``pictures`` some may be ``missing``."""

    id: int
    title: str
    byline: str
    site: str
    words: int
    added_at: str
    opened_at: str
    progress: float
    state: State
    favourite: bool
    downloaded: bool
    lead: str
    pictures: int = 0
    missing: int = 0
    views: int = 0


class Article(NamedTuple):
    """A filed article, whole; ``progress`` is 0 to 1, ``place`` orders the queue as text."""

    id: int
    uid: str
    url: str
    title: str
    byline: str
    site: str
    language: str
    excerpt: str
    words: int
    published_at: str
    added_at: str
    downloaded_at: str
    opened_at: str
    read_at: str
    state: State
    place: str
    favourite: bool
    tags: tuple[str, ...]
    views: int
    position: Anchor
    progress: float
    lead: str
    html: str
    pictures: tuple[str, ...]


class Outcome(StrEnum):
    """What became of one thing that was to be brought in."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class Filed(NamedTuple):
    """The answer to filing a clipping: the article's id and what became of it."""

    id: int
    outcome: Outcome


class ImportRow(NamedTuple):
    """One thing that was to be brought in: its name, what became of it, and why or what to know."""

    name: str
    outcome: Outcome
    article: int = 0
    note: str = ""


class ImportResult(NamedTuple):
    """What became of everything that was to be brought in, one row each."""

    rows: tuple[ImportRow, ...] = ()

    def number_of(self, outcome: Outcome) -> int:
        """Return how many rows ended so; the counts of all outcomes add up to the rows."""
        return sum(row.outcome is outcome for row in self.rows)

    def __str__(self) -> str:
        """Say it in a sentence: ``3 added, 1 unchanged, 1 failed``."""
        parts = [f"{self.number_of(each)} {each}" for each in Outcome if self.number_of(each)]
        return ", ".join(parts) or "nothing to add"


class Saved(NamedTuple):
    """A saved search: what a person calls it, and the question as they wrote it."""

    uid: str
    name: str
    question: str


class Counts(NamedTuple):
    """How many articles lie on each shelf, all without the trash but for its own.

    ``tags`` are in alphabetical order, and each counts those within it (``art`` those of
    ``art/painting``) once; ``colours`` are the names of the colours that tags have. ``sites``
    are the ones with the most articles, ``languages`` all.
    """

    queue: int = 0
    archive: int = 0
    trash: int = 0
    favourites: int = 0
    tags: tuple[tuple[str, int], ...] = ()
    begun: int = 0
    colours: Mapping[str, str] = MappingProxyType({})
    sites: tuple[tuple[str, int], ...] = ()
    languages: tuple[tuple[str, int], ...] = ()
    saved: tuple[Saved, ...] = ()

    @property
    def all(self) -> int:
        """Return how many articles are in queue and archive together."""
        return self.queue + self.archive

    @property
    def total(self) -> int:
        """Return how many articles there are, the trash included."""
        return self.all + self.trash


class Length(NamedTuple):
    """How much there is to read: articles, and the words of them that are left."""

    articles: int = 0
    words: int = 0


class Duplicate(NamedTuple):
    """Two articles that seem to be one: how alike their texts are, 0 to 1, and the address."""

    older: int
    newer: int
    likeness: float
    same_address: bool


class Theme(NamedTuple):
    """Colours of page and window, as ``#rrggbb``; ``code`` maps Pygments token names to colours."""

    name: str
    title: str
    dark: bool
    page: str
    text: str
    muted: str
    link: str
    rule: str
    panel: str
    stripe: str
    mark: str
    quote: str
    window: str
    list: str
    hover: str
    selection: str
    selection_text: str
    accent: str
    code: Mapping[str, str] = MappingProxyType({})


class Look(NamedTuple):
    """How a document looks: colours, type and column.

    ``font`` is a family of the bundled fonts (``serif`` or ``sans``) or any installed one;
    ``leading`` the line height as a multiple of the size; ``measure`` the column's width in
    average characters; ``underlined`` is whether links are, ``grey`` whether pictures are.
    Zoom is no part of it: it is the resolution a document is laid out for.
    """

    theme: Theme
    font: str = "serif"
    size_pt: float = 13.0
    leading: float = 1.55
    measure: int = 66
    justified: bool = False
    underlined: bool = True
    grey: bool = False
