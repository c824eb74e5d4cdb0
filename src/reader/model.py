"""The values of the program; they never change.

They are named tuples, which cost a fifth of dataclasses to define at every start.

Times are UTC in ISO 8601 (``2026-11-25T11:09:45Z``), ``""`` if there is none; their names end in
``_at``. Sizes of pictures are in pixels, of paper in millimetres, of type in points.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from reader.anchor import Anchor, Reached
from reader.outcomes import Filed as Filed
from reader.outcomes import ImportResult as ImportResult
from reader.outcomes import ImportRow as ImportRow
from reader.outcomes import Outcome as Outcome
from reader.reasons import Failure as Failure
from reader.reasons import FailureKind as FailureKind


class State(StrEnum):
    """The place of an article: one of three."""

    QUEUE = "queue"
    ARCHIVE = "archive"
    TRASH = "trash"


class Sort(StrEnum):
    """The order of a list."""

    PLACE = "place"
    ADDED = "added"
    TITLE = "title"
    SITE = "site"
    LENGTH = "length"
    PROGRESS = "progress"
    OPENED = "opened"

    @property
    def falls_first(self) -> bool:
        """Return whether the greatest comes first by default: the newest, the furthest read."""
        return self in (Sort.ADDED, Sort.PROGRESS, Sort.OPENED)


class Query(NamedTuple):
    """A query for articles, and their order.

    ``state`` None means queue and archive together. ``tag`` ``""`` means any; a tag includes those
    nested in it (``art`` includes ``art/painting``). ``site`` and ``language`` are as in Counts;
    ``begun`` selects articles partly read and not done with, ``beginning`` titles that begin so.
    """

    state: State | None = None
    favourite: bool = False
    tag: str = ""
    sort: Sort = Sort.ADDED
    descending: bool = True
    begun: bool = False
    site: str = ""
    language: str = ""
    beginning: str = ""


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
"""The queries of the fixed shelves by their keys."""


FINISHED = 0.95
"""From this progress on an article counts as read: the rest are notes and comments."""


class Mark(NamedTuple):
    """A position in a sorted list of articles: the sort key and the id."""

    key: str | float
    id: int


class Clipping(NamedTuple):
    """An article cut out of its source, not yet filed.

    ``url`` names the source and makes an article unique: an http(s) URL, a ``file:`` URL, or
    ``paste:`` and a hash. ``tags`` are those of the user's own files, ``subjects`` those of a page.
    ``html`` is the body as canonical HTML (see ``reader.body.to_html``), ``""`` until it is there.
    ``pictures`` are the names of the picture files of the body, ``lead`` the one shown in lists.
    ``source`` is the original, byte for byte, ``source_type`` its media type, ``base`` the URL it
    finally came from. ``aliases`` are other URLs of the same article, ``validators`` those of its
    HTTP response, ``made_by`` the Making of the text.
    """

    url: str
    title: str = ""
    byline: str = ""
    site: str = ""
    language: str = ""
    excerpt: str = ""
    published_at: str = ""
    tags: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
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
    """The origin of a text."""

    ADDED = "added"
    DOWNLOADED = "downloaded"
    EXTRACTED = "extracted again"
    COMPLETED = "pictures fetched"
    CLEANED = "cleaned up"
    WHOLE = "whole page"
    PASTED = "pasted"
    ARCHIVED = "found in an archive"


class Source(NamedTuple):
    """The original of an article: its bytes, their media type, and the URL they came from.

    ``validators`` are those of the HTTP response.
    """

    data: bytes
    media_type: str
    base: str = ""
    validators: str = ""


class Version(NamedTuple):
    """A text that an article has had: its time and origin, and whether it is in use."""

    id: int
    made_at: str
    made_by: str
    words: int
    in_use: bool


class Edit(NamedTuple):
    """Corrections by the user; None leaves a field unchanged.

    Of ``text`` only the body, its words, pictures and maker are used.
    """

    article: int
    title: str | None = None
    byline: str | None = None
    published_at: str | None = None
    text: Clipping | None = None


class Row(NamedTuple):
    """An article in a list, without its text; ``missing`` is the number of its missing pictures.

    ``icon`` is the name of the picture of its site. ``failure`` is None if it has a text.
    """

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
    icon: str = ""
    failure: Failure | None = None

    @property
    def source(self) -> str:
        """The site if it has one, else the author."""
        return self.site or self.byline


class Article(NamedTuple):
    """A filed article with its text; ``progress`` is 0 to 1, ``place`` is its queue position.

    ``subjects`` are as in Clipping, ``icon`` and ``failure`` as in Row. ``furthest`` is none if it
    is the reading position.
    """

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
    icon: str = ""
    failure: Failure | None = None
    subjects: tuple[str, ...] = ()
    furthest: Reached = Reached()


class Caveat(StrEnum):
    """A doubt about the text of an article."""

    UNSURE = "unsure"
    PARTIAL = "partial"
    DAMAGED = "damaged"


class Saved(NamedTuple):
    """A saved search: its name and its query, as the user wrote them."""

    uid: str
    name: str
    question: str


class Counts(NamedTuple):
    """The number of articles on each shelf, without the trash except for its own.

    ``tags`` are in alphabetical order; each counts the articles of nested tags (``art`` those of
    ``art/painting``) once. ``colours`` are the names of the colours of tags. ``sites`` are those
    with the most articles, ``languages`` are all.
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
        """Return the number of articles in queue and archive together."""
        return self.queue + self.archive

    @property
    def total(self) -> int:
        """Return the number of all articles, including the trash."""
        return self.all + self.trash


class Length(NamedTuple):
    """An amount to read: the number of articles, and of their unread words."""

    articles: int = 0
    words: int = 0


class Duplicate(NamedTuple):
    """Two articles that seem to be one: the similarity of their texts, 0 to 1, and the ids."""

    older: int
    newer: int
    likeness: float
    same_address: bool


class Theme(NamedTuple):
    """Colours of page and window, as ``#rrggbb``; ``code`` maps Pygments token names to colours.

    ``highlights`` maps the names of ``entries.COLOURS`` to grounds, and with ``_line`` behind them
    to underlines; with high contrast it is empty, and letters tell the colours.

    ``edge`` is for the borders of controls, ``rule`` for separators; ``on_accent`` is the text on
    ``accent``; ``bad``, ``good`` and ``warn`` accompany an icon or a word.
    """

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
    edge: str
    on_accent: str
    bad: str
    good: str
    warn: str
    code: Mapping[str, str] = MappingProxyType({})
    highlights: Mapping[str, str] = MappingProxyType({})


class Look(NamedTuple):
    """The look of a document: colours, type and column.

    ``font`` names a bundled typeface (as in ``sheet.TYPEFACES``) or any installed family;
    ``leading`` is the line height as a multiple of the size; ``measure`` is the width of the column
    in average characters; ``underlined`` concerns links, ``grey`` pictures. Paragraphs are
    ``justified``, ``hyphenated``, and ``indented`` instead of apart; ``letter_spacing`` is in em.
    ``language`` is that of the text, as far as its type depends on it. Zoom is no part of it.
    """

    theme: Theme
    font: str = "serif"
    size_pt: float = 13.0
    leading: float = 1.55
    measure: int = 66
    justified: bool = False
    underlined: bool = True
    grey: bool = False
    hyphenated: bool = False
    indented: bool = False
    letter_spacing: float = 0.0
    language: str = ""
