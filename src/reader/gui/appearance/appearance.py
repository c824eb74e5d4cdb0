"""The colours of a window and the look of its page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.gui.appearance import scopes
from reader.gui.appearance.scopes import Scope
from reader.gui.widgets import theme
from reader.model import Article, Look, Theme
from reader.settings import LOOK, Choices, Settings

if TYPE_CHECKING:
    from reader.gui.window import Window


class Appearance(QObject):
    """Chooses the look of the page and the ``colours`` of the window from the settings.

    ``changed`` is emitted after either has changed. A look that was taken from a site or an article
    returns if it gets one again before the window closes.
    """

    changed = Signal()

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window, self._store = window, window.store
        self._previewed: Theme | None = None
        self._dressed: Theme | None = None
        self._put_aside: dict[tuple[Scope, str], Choices] = {}
        self.colours = theme.resolve(self._store.value.theme)
        theme.follow_system(self.show_theme)

    def look_of(self, article: Article | None) -> Look:
        """Return the look of an article, or of an empty page."""
        chosen = scopes.in_force(self._store.value, article)
        is_own = chosen.theme != self._store.value.theme
        colours = theme.resolve(chosen.theme) if is_own else self.colours
        return Look(
            self._previewed or colours, **{name: getattr(chosen, name) for name in LOOK[1:]}
        )

    # ---- choosing

    @property
    def article(self) -> Article | None:
        """The article on the page in use, None if there is none."""
        return self._window.controllers.page_in_use.article

    @property
    def settings(self) -> Settings:
        """The settings with the look of the open article."""
        return scopes.in_force(self._store.value, self.article)

    @property
    def scope(self) -> Scope:
        """The articles that a choice concerns."""
        return scopes.scope_of(self._store.value, self.article)

    def choose(self, **choices: object) -> None:
        """Choose values of the look in the scope of the open article."""
        if self.scope is Scope.ALL:
            self._store.update(**choices)
        else:
            looks = getattr(self._store.value, self.scope)
            had = looks[scopes.key_of(self.scope, self.article)]
            self._give(self.scope, {**had, **choices})

    def toggle(self, name: str) -> None:
        """Switch a setting of the look on or off."""
        self.choose(**{name: not getattr(self.settings, name)})

    def set_own(self, scope: Scope, *, own: bool) -> None:
        """Give the open article, or its site, a look of its own, or take it away."""
        place = scope, scopes.key_of(scope, self.article)
        if not place[1] or own is self.has_own(scope):
            return
        if own:
            self._give(scope, self._put_aside.pop(place, {}))
        else:
            self._put_aside[place] = getattr(self._store.value, scope)[place[1]]
            self._give(scope, None)

    def switch_own(self, scope: Scope) -> None:
        """Give the open article, or its site, a look of its own; or take it away if it has one."""
        self.set_own(scope, own=not self.has_own(scope))

    def has_own(self, scope: Scope) -> bool:
        """Return whether the open article, or its site, has a look of its own."""
        return scopes.has_own(self._store.value, scope, self.article)

    def reset(self) -> None:
        """Return to the look that the scope had at first."""
        if self.scope is Scope.ALL:
            self._store.update(**scopes.DEFAULTS)
        else:
            self._give(self.scope, {})

    def _give(self, scope: Scope, own: Choices | None) -> None:
        self._store.update(**scopes.changes(self._store.value, scope, self.article, own))

    # ---- showing

    def apply(self, changed: frozenset[str]) -> None:
        """Apply changed settings, by their names."""
        if "theme" in changed:
            self.show_theme()
        elif changed & {*LOOK, *Scope}:
            self.show_look()

    def preview(self, colours: Theme | None) -> None:
        """Show the page in colours that are not saved yet; None ends that."""
        self._previewed = colours
        self.show_look()

    def paint(self) -> None:
        """Give all parts of the window its colours."""
        window = self._window
        theme.apply(self.colours)
        window.viewer.paint_ground()
        window.toolbar.paint(self.colours)
        window.list.set_theme(self.colours)
        window.shelves.set_theme(self.colours)

    def dress_page(self) -> None:
        """Give the page and the parts around it the theme of its look if the window has another."""
        shown = self._window.viewer.look.theme
        wanted = None if shown == self.colours else shown
        if wanted != self._dressed:
            self._dressed = wanted
            theme.dress(self._window.page, wanted)
            self._window.viewer.paint_ground()

    def show_theme(self) -> None:
        """Show the chosen theme."""
        self.colours = theme.resolve(self._store.value.theme)
        self.show_look()
        self._window.viewer.repaint()  # before the window, which takes longer
        self.paint()

    def show_look(self) -> None:
        """Show the page in the chosen look."""
        viewer = self._window.viewer
        look = self.look_of(viewer.article)
        if look != viewer.look:
            viewer.set_look(look)
        self.dress_page()
        self.changed.emit()  # with the chosen look checked
