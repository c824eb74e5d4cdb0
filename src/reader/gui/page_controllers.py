"""The controllers of the page, each created on first use to keep the start fast."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

if TYPE_CHECKING:
    from reader.gui.contents.contents import Contents
    from reader.gui.contents.places import Places
    from reader.gui.tabs.article_windows import ArticleWindows
    from reader.gui.tabs.beside import Beside
    from reader.gui.tabs.tabs import Tabs
    from reader.gui.viewer.copying import Copying
    from reader.gui.viewer.find_bar import FindBar
    from reader.gui.viewer.highlighting import Highlighting
    from reader.gui.viewer.page_menu import PageMenu
    from reader.gui.viewer.paging import Paging
    from reader.gui.window import Window


class PageControllers:
    """One controller for each thing that is done on the page of a window."""

    def __init__(self, window: "Window") -> None:
        self._window, self._context = window, window.context
        self._selection = window.selection

    @cached_property
    def contents(self) -> "Contents":
        """The contents of the article."""
        from reader.gui.contents.contents import Contents

        window = self._window
        action = window.qactions["contents.toggle"]
        made = Contents(window.viewer, window.page, self._context.settings, action)
        made.speed = window.reading.words_a_minute
        return made

    @property
    def shows_contents(self) -> bool:
        """Whether the contents are shown."""
        return "contents" in self.__dict__ and self.contents.is_shown

    @cached_property
    def copying(self) -> "Copying":
        """The controller that copies."""
        from reader.gui.viewer.copying import Copying

        return Copying(self._context, self._window.viewer, self._selection.ids)

    @cached_property
    def find_bar(self) -> "FindBar":
        """The bar that finds words on the page."""
        from reader.gui.viewer.find_bar import FindBar

        bar = FindBar(self._window.viewer)
        bar.hide()
        self._column.insertWidget(self._column.indexOf(self._window.viewer) + 1, bar)
        return bar

    @cached_property
    def highlighting(self) -> "Highlighting":
        """The controller of the highlights on the page."""
        from reader.gui.viewer.highlighting import Highlighting

        return Highlighting(self._context, self._window.viewer)

    @cached_property
    def page_menu(self) -> "PageMenu":
        """The context menu of the page."""
        from reader.gui.viewer.page_menu import PageMenu
        from reader.gui.viewer.saved_pictures import SavedPictures

        window, others = self._window, self._window.controllers
        pictures = SavedPictures(self._context, lambda *file: others.cleanup.originals.put(*file))
        menu = PageMenu(self._context, window.viewer, window.qactions, self.copying, pictures)
        menu.link_saved.connect(lambda link: others.adding.addresses([link]))
        menu.tab_wanted.connect(lambda link: self.tabs.open_link(link))
        menu.search_wanted.connect(lambda words: others.search.ask_saved(words))
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

    @property
    def _column(self) -> QVBoxLayout:
        layout = self._window.page.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout
