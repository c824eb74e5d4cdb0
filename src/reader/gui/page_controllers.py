"""The controllers of the page, each created on first use to keep the start fast."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

if TYPE_CHECKING:
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
        self.column.insertWidget(self.column.indexOf(self._window.viewer) + 1, bar)
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
        menu.search_wanted.connect(lambda words: others.search.ask_saved(words))
        return menu

    @cached_property
    def paging(self) -> "Paging":
        """The controller that scrolls by pages."""
        from reader.gui.viewer.paging import Paging

        return Paging(self._window.viewer)

    @property
    def column(self) -> QVBoxLayout:
        """The page, with the bars above and below it."""
        layout = self._window.page.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout
