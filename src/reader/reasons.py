"""Reasons for the outcome of an item of work and of a download, as data.

``phrases`` puts them in words.
"""

from enum import StrEnum
from typing import NamedTuple


class Reason(StrEnum):
    """The reason for an outcome, or something to know about it."""

    ERROR = "error"
    UNREACHABLE = "unreachable"
    WAITING = "waiting"
    NOT_IN_LIBRARY = "not in library"
    NOT_FROM_WEB = "not from web"
    NOT_MODIFIED = "not modified"
    MERGED = "merged"
    OTHER_ADDRESS = "other address"
    KEPT_AS_FILE = "kept as file"
    PARTIAL = "partial"
    DAMAGED = "damaged"
    BEING_WRITTEN = "being written"
    PICTURES_MISSING = "pictures missing"
    NO_PICTURE_MISSING = "no picture missing"
    IN_TRASH = "in trash"
    NO_PAGE = "no page"
    EDITED = "edited"
    UNSURE = "unsure"
    SHORTER = "shorter"
    LENGTHS = "lengths"
    PAGE_SHORTER = "page shorter"
    PAGE_UNSURE = "page unsure"
    PAGE_PARTIAL = "page partial"
    PAGE_PICTURES = "page pictures"
    PAGES = "pages"
    NOT_ACCESSIBLE = "not accessible"
    NOT_FOR_ARCHIVES = "not for archives"
    NO_ADDRESS = "no address"
    NOT_AN_ADDRESS = "not an address"
    SAME_AS = "same as"
    SAME_IN = "same in"
    FROM_FEED = "from feed"
    NOT_TEXT = "not text"
    NOT_READABLE = "not readable"
    TEXT_NOT_READABLE = "text not readable"
    REFUSED_MEMBER = "refused member"
    BAD_DATE = "bad date"
    OPEN_QUOTE = "open quote"
    MORE_TAGS = "more tags"
    MORE_HIGHLIGHTS = "more highlights"
    OLDER_DATE = "older date"
    MADE_FAVOURITE = "made favourite"
    TEXT_ADDED = "text added"
    TEXT_KEPT = "text kept"
    BROUGHT_BACK = "brought back"
    UNPLACED = "unplaced"
    OTHER_NAME = "other name"
    FROM_ARCHIVE = "from archive"
    NOT_ARCHIVED = "not archived"
    ARCHIVE_UNREACHABLE = "archive unreachable"


OVERRIDABLE = frozenset({Reason.EDITED, Reason.UNSURE, Reason.SHORTER})
"""Reasons for which a text stays unless the user wants the new one anyway."""


class Remark(NamedTuple):
    """A reason with its numbers and a text from outside; ``phrases.remark`` puts it in words."""

    reason: Reason
    numbers: tuple[int, ...] = ()
    text: str = ""


class FailureKind(StrEnum):
    """Why an article could not be downloaded."""

    GONE = "gone"
    REFUSED = "refused"
    LOGIN = "login"
    SERVER = "server"
    OFFLINE = "offline"
    SLOW = "slow"
    UNSAFE = "unsafe"
    LARGE = "large"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    UNTYPED = "untyped"
    OTHER = "other"


class Failure(NamedTuple):
    """The last attempt to download an article, which failed.

    ``status`` is that of the HTTP response, 0 if there was none. ``again_at`` is the time of the
    next attempt, ``""`` if only the user tries again.
    """

    kind: FailureKind
    status: int = 0
    tried_at: str = ""
    tries: int = 1
    again_at: str = ""
