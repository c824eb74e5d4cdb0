"""An action: one thing that a user can do, as data with a typed handler."""

from collections.abc import Callable
from enum import Flag, StrEnum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.gui.window import Window

Handler = Callable[["Window"], object]


class Needs(Flag):
    """The conditions of an action: it is disabled unless all of them hold."""

    NOTHING = 0
    ARTICLE = auto()
    """An article is open."""
    CHOSEN = auto()
    """An article is open, or some are selected in the list."""
    LISTED = auto()
    """The list shows an article, or one is open."""
    TEXT = auto()
    """The open article has text."""
    SELECTION = auto()
    """Words of the open article are selected."""
    ORIGINAL = auto()
    """The open article has an original: an address or a file."""
    WEB = auto()
    """The open article, or the selection, comes from the web."""
    SITE = auto()
    """The open article belongs to a site."""
    VERSIONS = auto()
    """The open article has older texts."""
    IN_TRASH = auto()
    """The article is in the trash."""
    NOT_IN_TRASH = auto()
    """The article is not in the trash."""
    QUEUE_ORDER = auto()
    """The list shows the queue in its own order."""
    QUEUE = auto()
    """The queue contains an article."""
    TRASH = auto()
    """The trash contains an article."""
    SITES = auto()
    """The library contains articles of web sites."""
    UNDO = auto()
    """There is a step to undo."""
    REDO = auto()
    """There is a step to redo."""
    BACK = auto()
    """There is a place to go back to."""
    FORWARD = auto()
    """There is a place to go forward to."""
    SESSION = auto()
    """A reading session is running."""
    TAG = auto()
    """A tag is selected in the sidebar."""
    SAVED = auto()
    """A saved search is selected in the sidebar."""
    TAG_OR_SAVED = auto()
    """A tag or a saved search is selected in the sidebar."""


class Pane(StrEnum):
    """The panes of the window that can have the keyboard."""

    SIDEBAR = auto()
    LIST = auto()
    PAGE = auto()


class Action(NamedTuple):
    """An action.

    ``id`` names it in settings and never changes; ``menu`` and ``group`` place it, with a
    separator between two groups; ``keys`` are shortcuts in Qt's portable text, the first is shown.
    If ``at`` names panes, the keys work only while one of them has the keyboard: elsewhere, Space
    presses buttons. An ``&`` in ``text`` stands before the preferred letter of its menu. A
    ``choice`` is a setting and its value: the action chooses it, and is checked while it is chosen.
    With ``on_page`` it is done on the page that is in use, also the second one or another window.
    """

    id: str
    text: str
    handler: Handler
    menu: str
    group: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    tip: str = ""
    needs: Needs = Needs.NOTHING
    at: tuple[Pane, ...] = ()
    choice: tuple[str, object] | None = None
    on_page: bool = False

    @property
    def plain(self) -> str:
        """The text without the mark of its letter and without ``…``."""
        return unmarked(self.text).rstrip("…")


def unmarked(text: str) -> str:
    """Return a text without the ``&`` before its letter; ``&&`` stands for a real one."""
    return "&".join(part.replace("&", "") for part in text.split("&&"))


def chosen(setting: str, value: object) -> Handler:
    """Return a handler that chooses a value of a setting."""
    return lambda window: window.context.settings.update(**{setting: value})


def toggled(setting: str) -> Handler:
    """Return a handler that turns a setting on or off."""

    def toggle(window: "Window") -> None:
        store = window.context.settings
        store.update(**{setting: not getattr(store.value, setting)})

    return toggle
