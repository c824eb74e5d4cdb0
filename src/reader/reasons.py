"""Reasons for the outcome of an item of work, as data; ``phrases`` puts them in words."""

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


OVERRIDABLE = frozenset({Reason.EDITED, Reason.UNSURE, Reason.SHORTER})
"""Reasons for which a text stays unless the user wants the new one anyway."""


class Remark(NamedTuple):
    """A reason with its numbers and a text from outside; ``phrases.remark`` puts it in words."""

    reason: Reason
    numbers: tuple[int, ...] = ()
    text: str = ""
