"""A page of a window, for those who do something on it."""

from typing import NamedTuple

from reader.gui.context import Chosen, Context
from reader.gui.viewer.viewer import Viewer


class Page(NamedTuple):
    """A viewer, its services, and the articles that actions on it apply to."""

    context: Context
    viewer: Viewer
    chosen: Chosen
