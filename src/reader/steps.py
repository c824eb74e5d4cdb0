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
    DELETE_WORDS = "delete_words"
    SUBJECTS = "subjects"
    IMPORT = "import"
    FROM_COPY = "from_copy"
    """Articles were restored from a copy."""
    MERGE_COPY = "merge_copy"
    """Another copy of the library was merged into it."""
    START_AGAIN = "start_again"
    REPAIR = "repair"
    DELETE = "delete"
    """Articles were deleted for good; never a step."""
    TEXT = "text"
    """A description by an older Reader, or by a caller without a verb of its own."""


class Label(NamedTuple):
    """The label of a step: a verb and its arguments (``count``, ``title``, ``name``, …)."""

    verb: Verb
    told: Mapping[str, Any] = MappingProxyType({})


class Standing(StrEnum):
    """The state of an entry of the history."""

    DONE = "done"
    UNDONE = "undone"
    EVENT = "event"
    """It is no step and cannot be undone: a deletion for good, a repair."""


class Entry(NamedTuple):
    """An entry of the history: a step, or an event with the id 0 or that of its label.

    ``at`` is in UTC, ``""`` if unknown. ``size`` is the number of changed articles and
    other entities. ``mark`` is its position in the history, which the next page begins at.
    """

    id: int
    label: Label
    at: str
    size: int
    standing: Standing
    mark: str


class Wanted(NamedTuple):
    """A page of the history: entries between two times in UTC, with words, about an article.

    It begins after the entry with the mark ``after``. ``limit`` is the number of entries, -1 for
    all.
    """

    words: str = ""
    article: int = 0
    since: str = ""
    before: str = ""
    after: str = ""
    limit: int = 100


class FieldChange(NamedTuple):
    """A changed field with its old and new value.

    ``name`` is the name of a tag that was given (``"1"``) or taken (``"0"``), the words of a
    highlight that was added (``"1"``) or deleted (``"0"``), or the origin of a text; the values of
    a text are its numbers of words, ``""`` if unknown.
    """

    field: str
    old: str
    new: str
    name: str = ""


class Touched(NamedTuple):
    """An article, highlight, tag, saved search, alias or pair that an entry of the history changed.

    ``id`` and ``title`` of a highlight are those of its article.
    ``kind`` is that of the history, ``id`` the article's id, 0 if it is gone. ``deleted_at`` is
    when it was deleted for good, or moved to the trash if it ``is_in_trash``, in UTC.
    """

    kind: str
    uid: str
    id: int = 0
    title: str = ""
    changes: tuple[FieldChange, ...] = ()
    deleted_at: str = ""
    is_in_trash: bool = False


class Dependents(NamedTuple):
    """The later changes that depend on a step, if it is to be undone or redone.

    Of ``total`` changed entities, ``free`` can be undone: nothing has changed them since. ``later``
    are the newest of the steps that did, ``hidden`` how many more there are; ``others`` is how many
    entities were changed otherwise, by a download or another device.
    """

    total: int
    free: int
    later: tuple[Entry, ...] = ()
    hidden: int = 0
    others: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether the step can be undone wholly."""
        return self.free == self.total > 0


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
