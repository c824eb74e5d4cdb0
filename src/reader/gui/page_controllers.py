"""The controllers of the page, each created on first use to keep the start fast."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QVBoxLayout

from reader.gui.viewer import links
from reader.gui.viewer.page_tools import Use

if TYPE_CHECKING:
    from reader.gui.appearance.panel import LookPanel
    from reader.gui.appearance.presets import Presets
    from reader.gui.appearance.theme_editing import ThemeEditing
    from reader.gui.contents.contents import Contents
    from reader.gui.contents.places import Places
    from reader.gui.lookup.look_up import LookUp
    from reader.gui.lookup.vocabulary import Vocabulary
    from reader.gui.pictures.pictures import EnlargedPictures
    from reader.gui.tables.tables import Tables
    from reader.gui.tabs.article_windows import ArticleWindows
    from reader.gui.tabs.beside import Beside
    from reader.gui.tabs.tabs import Tabs
    from reader.gui.turning.autoscroll import Autoscroll
    from reader.gui.turning.focus_mode import FocusMode
    from reader.gui.turning.ruler import Ruler
    from reader.gui.viewer.copying import Copying
    from reader.gui.viewer.find_bar import FindBar
    from reader.gui.viewer.footnotes import Footnotes
    from reader.gui.viewer.highlighting import Highlighting
    from reader.gui.viewer.margin_notes import MarginNotes
    from reader.gui.viewer.page_menu import PageMenu
    from reader.gui.viewer.paging import Paging
    from reader.gui.window import Window


class PageControllers:
    """One controller for each thing that is done on the page of a window."""

    def __init__(self, window: "Window") -> None:
        self._window, self._context = window, window.context
        self._selection = window.selection
        window.viewer.opens_note = lambda name: self.footnotes.open(name)
        window.viewer.highlighted.connect(self._hover)
        window.viewer.taken.connect(self.show_margin_notes)

    @cached_property
    def contents(self) -> "Contents":
        """The contents of the article."""
        from reader.gui.contents.contents import Contents

        window = self._window
        action = window.qactions["contents.toggle"]
        made = Contents(window.viewer, window.panes, self._context.settings, action)
        made.speed = window.reading.words_a_minute
        return made

    @property
    def shows_contents(self) -> bool:
        """Whether the contents are shown."""
        return "contents" in self.__dict__ and self.contents.is_shown

    @cached_property
    def autoscroll(self) -> "Autoscroll":
        """The page that scrolls by itself."""
        from reader.gui.turning.autoscroll import Autoscroll

        context, key = self._context, self._context.key_of("page.autoscroll")
        return Autoscroll(self._window.viewer, context.settings, context.messages.tell, key)

    @cached_property
    def copying(self) -> "Copying":
        """The controller that copies."""
        from reader.gui.viewer.copying import Copying

        return Copying(self._context, self._window.viewer, self._selection.ids)

    @cached_property
    def find_bar(self) -> "FindBar":
        """The bar that finds words on the page."""
        from reader.gui.viewer.find_bar import FindBar

        bar = FindBar(self._window.viewer, self._context.settings)
        bar.hide()
        self.column.insertWidget(self.column.indexOf(self._window.viewer) + 1, bar)
        return bar

    @cached_property
    def footnotes(self) -> "Footnotes":
        """The controller of the notes that open over the page."""
        from reader.gui.viewer.footnotes import Footnotes

        return Footnotes(self._context, self._window.viewer)

    def _hover(self, url: QUrl) -> None:
        name = links.within(url)
        if name or "footnotes" in self.__dict__:
            self.footnotes.hover(name)

    @cached_property
    def margin_notes(self) -> "MarginNotes":
        """The notes beside the page."""
        from reader.gui.viewer.margin_notes import MarginNotes

        return MarginNotes(self._window.viewer, lambda *note: self.footnotes.open_beside(*note))

    def show_margin_notes(self) -> None:
        """Show the notes beside the page if that is wanted, and the article may have some."""
        article, wanted = self._window.viewer.article, self._context.settings.value.margin_notes
        may_have_some = wanted and article is not None and 'href="#' in article.html
        if may_have_some or "margin_notes" in self.__dict__:
            self.margin_notes.set_wanted(wanted)

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
    def highlighting(self) -> "Highlighting":
        """The controller of the highlights on the page."""
        from reader.gui.viewer.highlighting import Highlighting

        return Highlighting(self._context, self._window.viewer)

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
    def look_up(self) -> "LookUp":
        """The controller that looks up words."""
        from reader.gui.lookup.look_up import LookUp

        preferences = self._window.controllers.preferences
        return LookUp(
            self._context, self._window.viewer, lambda: preferences.open_settings("Words")
        )

    @cached_property
    def page_menu(self) -> "PageMenu":
        """The context menu of the page."""
        from reader.gui.viewer.page_menu import PageMenu
        from reader.gui.viewer.saved_pictures import SavedPictures

        window, others = self._window, self._window.controllers
        pictures = SavedPictures(self._context, self._put)
        menu = PageMenu(self._context, window.viewer, window.qactions, self.copying, pictures)
        menu.link_saved.connect(lambda link: others.adding.addresses([link]))
        menu.tab_wanted.connect(lambda link: self.tabs.open_link(link))
        menu.search_wanted.connect(lambda words: others.search.ask_saved(words))
        menu.table_wanted.connect(lambda position: self.tables.open_at(position))
        menu.enlarge_wanted.connect(lambda position: self.pictures.enlarge(position))
        return menu

    @cached_property
    def paging(self) -> "Paging":
        """The controller that scrolls by pages."""
        from reader.gui.viewer.paging import Paging

        return Paging(self._window.viewer)

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
    def places(self) -> "Places":
        """The controller of the places in the article."""
        from reader.gui.contents.places import Places

        return Places(self._context, self._window.viewer)

    @cached_property
    def ruler(self) -> "Ruler":
        """The reading ruler."""
        from reader.gui.turning.ruler import Ruler

        return Ruler(self._window.viewer)

    @cached_property
    def pictures(self) -> "EnlargedPictures":
        """The controller that enlarges pictures."""
        from reader.gui.pictures.pictures import EnlargedPictures

        return EnlargedPictures(self._context, self._window.viewer, self._put)

    @cached_property
    def tables(self) -> "Tables":
        """The controller that opens tables."""
        from reader.gui.tables.tables import Tables

        return Tables(self._context, self._window.viewer)

    def use(self, use: Use, number: int) -> None:
        """Use a tool of the page."""
        if use is Use.OPEN:
            self.tables.open_at(number)
        else:
            self.copying.copy_code(number)

    def _put(self, name: str, data: bytes) -> Path:
        """Write a file for another program."""
        return self._window.controllers.cleanup.originals.put(name, data)

    @cached_property
    def vocabulary(self) -> "Vocabulary":
        """The controller of the words that were looked up."""
        from reader.gui.lookup.vocabulary import Vocabulary

        window = self._window
        return Vocabulary(self._context, window.viewer, window.navigation.open_listed)

    @property
    def column(self) -> QVBoxLayout:
        """The page, with the bars above and below it."""
        layout = self._window.page.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout
