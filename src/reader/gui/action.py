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
    IN_TRASH = auto()
    """The open article is in the trash."""
    NOT_IN_TRASH = auto()
    """The open article is not in the trash."""
    QUEUE_ORDER = auto()
    """The list shows the queue in its own order."""


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
    presses buttons.
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
