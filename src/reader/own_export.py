"""Reader's own export: the names and the version of its format, and the facts it adds.

``docs/json-lines.md`` describes the format.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

FORMAT = "reader-library"
VERSION = 1
"""It grows if an older program would misunderstand a newer export; new fields alone do not."""
LIBRARY = "library.json"
ARTICLES = "articles.jsonl"
TEXTS = "texts/"
SOURCES = "sources/"
IMAGES = "images/"


class OwnText(NamedTuple):
    """A text that an article has had, named by its SHA-256; ``packed`` is its zlib stream.

    ``packed`` is empty until the text is loaded. ``pictures`` are the names of its pictures.
    """

    sha256: str
    made_at: str = ""
    made_by: str = ""
    words: int = 0
    lead: str = ""
    pictures: tuple[str, ...] = ()
    packed: bytes = b""


class Own(NamedTuple):
    """The facts about an article that only Reader knows.

    ``place`` is its place in the queue, ``position`` the point reached, ``furthest`` the
    furthest one with its share if it is another, ``corrected`` the
    fields that the user has corrected, ``texts`` all texts that it has had, the oldest first, and
    ``text`` the SHA-256 of the one in use. ``source`` is the SHA-256 of the source. ``reading`` are
    days with seconds and words. ``former_uids`` are those of articles that were merged into it,
    ``merged_into`` is the uid of the article that it was merged into itself. ``home`` is the shelf
    that an article in the trash came from. ``files`` loads the files beside the lines, by name,
    until the article is prepared for an import.
    """

    uid: str
    place: str = ""
    home: str = ""
    trashed_at: str = ""
    merged_into: str = ""
    views: int = 0
    position: str = ""
    corrected: tuple[str, ...] = ()
    former_uids: tuple[str, ...] = ()
    text: str = ""
    texts: tuple[OwnText, ...] = ()
    source: str = ""
    reading: tuple[tuple[str, int, int], ...] = ()
    files: Mapping[str, Callable[[], bytes]] = MappingProxyType({})
    furthest: str = ""


class OwnTag(NamedTuple):
    """A tag with its colour; ``uids`` are those that it represents, its own first."""

    name: str
    colour: str = ""
    uids: tuple[str, ...] = ()


class OwnSearch(NamedTuple):
    """A saved search and its place among the others."""

    uid: str
    name: str
    question: str
    place: str = ""


class LookedUp(NamedTuple):
    """A word that was looked up, and the sentence in which it stood.

    ``name`` is the word. ``article`` is the uid of its article; title and URL are kept, as it may
    be deleted for good. ``uid`` is ``""`` until it is stored.
    """

    uid: str
    name: str
    sentence: str = ""
    article: str = ""
    title: str = ""
    url: str = ""
    language: str = ""
    definition: str = ""
    looked_at: str = ""


class OwnLibrary(NamedTuple):
    """The facts that Reader knows besides its articles.

    ``apart`` are pairs of uids of articles that are not the same. ``reading`` is that of articles
    that were deleted for good: uid, day, seconds, words.
    """

    tags: tuple[OwnTag, ...] = ()
    searches: tuple[OwnSearch, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    reading: tuple[tuple[str, str, int, int], ...] = ()
    words: tuple[LookedUp, ...] = ()
