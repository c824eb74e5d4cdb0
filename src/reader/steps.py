"""What undo turns: a step, as data; ``phrases.step`` makes the sentence."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple


class Verb(StrEnum):
    """What was done in a step. The values are stored in libraries and never change."""

    QUEUE = "queue"
    ARCHIVE = "archive"
    TRASH = "trash"
    RESTORE = "restore"
    FAVOURITE = "favourite"
    NO_FAVOURITE = "no_favourite"
    TAG = "tag"
    TAGS = "tags"
    UNTAG = "untag"
    RETITLE = "retitle"
    USE_VERSION = "use_version"
    CLEAN_UP = "clean_up"
    EXTRACT_AGAIN = "extract_again"
    FETCH_PICTURES = "fetch_pictures"
    WHOLE_PAGE = "whole_page"
    TO_TOP = "to_top"
    TO_END = "to_end"
    NEXT_UP = "next_up"
    MOVE = "move"
    MERGE = "merge"
    TELL_APART = "tell_apart"
    RENAME_TAG = "rename_tag"
    COLOUR_TAG = "colour_tag"
    DELETE_TAG = "delete_tag"
    SAVE_SEARCH = "save_search"
    RENAME_SEARCH = "rename_search"
    CHANGE_SEARCH = "change_search"
    DELETE_SEARCH = "delete_search"
    MOVE_SEARCH = "move_search"
    TEXT = "text"
    """The sentence of an older Reader, or of a caller that has no verb of its own."""


class Label(NamedTuple):
    """What a step is called: its verb and arguments (``count``, ``title``, ``name``, …)."""

    verb: Verb
    told: Mapping[str, Any] = MappingProxyType({})


class Step(NamedTuple):
    """A step: its id, what was done, and which articles and other things it changed.

    ``uids`` names tags and saved searches as the history does (``tag/…``, ``saved/…``).
    """

    id: int
    label: Label
    articles: tuple[int, ...] = ()
    uids: tuple[str, ...] = ()

    @property
    def verb(self) -> Verb:
        """What was done."""
        return self.label.verb

    @property
    def size(self) -> int:
        """How many things it changed."""
        return len(self.articles) + len(self.uids)
