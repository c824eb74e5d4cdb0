"""The colours of a window and the look of its page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.gui.widgets import theme
from reader.model import Article, Look

if TYPE_CHECKING:
    from reader.gui.window import Window


class Appearance(QObject):
    """Chooses the look of the page and the ``colours`` of the window from the settings.

    ``changed`` is emitted after either has changed.
    """

    changed = Signal()

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window, self._store = window, window.store
        self.colours = theme.resolve(self._store.value.theme)
        theme.follow_system(self.show_theme)

    def look_of(self, _article: Article | None) -> Look:
        """Return the look of an article, or of an empty page."""
        chosen = self._store.value
        return Look(
            self.colours, chosen.font, chosen.size_pt, chosen.leading, chosen.measure,
            justified=chosen.justified, hyphenated=chosen.hyphenated, indented=chosen.indented,
            letter_spacing=chosen.letter_spacing,
        )  # fmt: skip

    def apply(self, changed: frozenset[str]) -> None:
        """Apply changed settings, by their names."""
        if "theme" in changed:
            self.show_theme()
        elif changed & {*Look._fields}:
            self.show_look()

    def paint(self) -> None:
        """Give all parts of the window its colours."""
        window = self._window
        theme.apply(self.colours)
        window.toolbar.paint(self.colours)
        window.list.set_theme(self.colours)
        window.shelves.set_theme(self.colours)

    def show_theme(self) -> None:
        """Show the chosen theme."""
        self.colours = theme.resolve(self._store.value.theme)
        self.paint()
        self.show_look()

    def show_look(self) -> None:
        """Show the page in the chosen look."""
        self.changed.emit()  # with the chosen look checked
        viewer = self._window.viewer
        viewer.set_look(self.look_of(viewer.article))
