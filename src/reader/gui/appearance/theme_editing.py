"""Editing a theme."""

from reader.gui.appearance.appearance import Appearance
from reader.gui.context import Context


class ThemeEditing:
    """Opens the editor of themes."""

    def __init__(self, context: Context, appearance: Appearance) -> None:
        self._context, self._appearance = context, appearance

    def open_editor(self) -> None:
        """Open the editor with the theme of the page."""
