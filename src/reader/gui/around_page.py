"""The controllers of the parts around the page, each created on first use."""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.gui.appearance.panel import LookPanel
    from reader.gui.appearance.presets import Presets
    from reader.gui.appearance.theme_editing import ThemeEditing
    from reader.gui.contents.contents import Contents
    from reader.gui.lookup.vocabulary import Vocabulary
    from reader.gui.tabs.article_windows import ArticleWindows
    from reader.gui.tabs.beside import Beside
    from reader.gui.tabs.pages import Pages
    from reader.gui.tabs.tabs import Tabs
    from reader.gui.turning.focus_mode import FocusMode
    from reader.gui.window import Window


class AroundPage:
    """One controller for each thing around the page of a window: tabs, other pages, panels."""

    def __init__(self, window: "Window") -> None:
        self._window, self._context = window, window.context

    @cached_property
    def contents(self) -> "Contents":
        """The contents of the article."""
        from reader.gui.contents.contents import Contents

        window = self._window
        action = window.qactions["contents.toggle"]
        made = Contents(window.viewer, window.panes, self._context.settings, action)
        made.speed = window.reading.words_a_minute
        window.controllers.focus.add(made.panel, made.go_to)
        return made

    @property
    def shows_contents(self) -> bool:
        """Whether the contents are shown."""
        return "contents" in self.__dict__ and self.contents.is_shown

    @cached_property
    def focus_mode(self) -> "FocusMode":
        """The page alone, without bars and panes."""
        from reader.gui.turning.focus_mode import FocusMode
        from reader.gui.viewer.foot import Foot

        window = self._window
        action, bars = window.qactions["window.focus_mode"], window.controllers.bars
        foot = window.page.findChild(Foot)
        assert foot is not None
        return FocusMode(action, bars, window.panes, foot, self._context.messages.tell)

    @cached_property
    def look_panel(self) -> "LookPanel":
        """The panel for text and theme."""
        from reader.gui.appearance.panel import Doors, LookPanel

        window = self._window
        doors = Doors(self.presets, lambda: self.theme_editing.open_editor())
        button = window.toolbar.article.buttons["look.panel"]
        return LookPanel(window, window.appearance, button, doors)

    @cached_property
    def presets(self) -> "Presets":
        """The looks that have names."""
        from reader.gui.appearance.presets import Presets

        return Presets(self._context, self._window.appearance)

    @cached_property
    def theme_editing(self) -> "ThemeEditing":
        """The editor of themes."""
        from reader.gui.appearance.theme_editing import ThemeEditing

        return ThemeEditing(self._context, self._window.appearance)

    @cached_property
    def article_windows(self) -> "ArticleWindows":
        """The windows with one article each."""
        from reader.gui.tabs.article_windows import ArticleWindows

        return ArticleWindows(self._window)

    @cached_property
    def beside(self) -> "Beside":
        """The second page beside the first."""
        from reader.gui.tabs.beside import Beside

        beside = Beside(self._window)
        self._window.controllers.focus.add(beside.part, beside.page.setFocus)
        return beside

    @cached_property
    def tabs(self) -> "Tabs":
        """The tabs above the page."""
        from reader.gui.tabs.tabs import Tabs

        return Tabs(self._window)

    @cached_property
    def vocabulary(self) -> "Vocabulary":
        """The controller of the words that were looked up."""
        from reader.gui.lookup.vocabulary import Vocabulary

        window = self._window
        return Vocabulary(self._context, window.viewer, window.navigation.open_listed)

    @cached_property
    def pages(self) -> "Pages":
        """The first page and the others."""
        from reader.gui.tabs.pages import Pages

        return Pages(self._window)
