"""Undo steps as data; ``phrases.step`` describes them in words."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple


class Verb(StrEnum):
    """The kind of an undo step. The values are stored in libraries and never change."""

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
    PASTE = "paste"
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
    SUBJECTS = "subjects"
    FROM_COPY = "from_copy"
    TEXT = "text"
    """A description by an older Reader, or by a caller without a verb of its own."""


class Label(NamedTuple):
    """The label of a step: a verb and its arguments (``count``, ``title``, ``name``, …)."""

    verb: Verb
    told: Mapping[str, Any] = MappingProxyType({})


class Step(NamedTuple):
    """An undo step: its id, its label, and the articles and other entities it changed.

    ``uids`` are tags and saved searches in the notation of the history (``tag/…``, ``saved/…``).
    """

    id: int
    label: Label
    articles: tuple[int, ...] = ()
    uids: tuple[str, ...] = ()

    @property
    def verb(self) -> Verb:
        """The kind of the step."""
        return self.label.verb

    @property
    def size(self) -> int:
        """The number of changed entities."""
        return len(self.articles) + len(self.uids)
