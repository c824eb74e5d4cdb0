"""The controllers of a page, each created on first use to keep the start fast."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from reader.gui.action import Pane
from reader.gui.actions.menus import entry_of
from reader.gui.viewer import links
from reader.gui.viewer.page import Page
from reader.gui.viewer.page_tools import Use
from reader.gui.viewer.viewer import Viewer
from reader.model import Article
from reader.settings import Settings

if TYPE_CHECKING:
    from reader.gui.contents.places import Places
    from reader.gui.lookup.look_up import LookUp
    from reader.gui.pictures.pictures import EnlargedPictures
    from reader.gui.printing.printing import Printing
    from reader.gui.tables.tables import Tables
    from reader.gui.turning.autoscroll import Autoscroll
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
    """One controller for each thing that is done on a page, the first one or another."""

    viewer: Viewer

    def __init__(self, window: "Window", page: Page) -> None:
        self._window, self._page = window, page
        self._context, self.viewer = page.context, page.viewer
        viewer = page.viewer
        viewer.look_of = window.appearance.look_of
        viewer.opens_note = lambda name: self.footnotes.open(name)
        viewer.highlighted.connect(self._hover)
        viewer.taken.connect(self.show_margin_notes)
        viewer.head.shelf_wanted.connect(window.shelves.select)
        viewer.link_activated.connect(lambda link: links.follow(link, self._context.messages))
        viewer.link_middle_clicked.connect(
            lambda link: window.controllers.around.tabs.open_link(link)
        )
        viewer.customContextMenuRequested.connect(lambda at: self.page_menu.open_at(at))
        viewer.parts.picture_pressed.connect(lambda at: self.pictures.enlarge(at))
        viewer.parts.tool_pressed.connect(lambda *tool: self.use(*tool))
        viewer.copyAvailable.connect(lambda _: window.controllers.show_state())

    @property
    def article(self) -> Article | None:
        """The article on the page, None if there is none."""
        return self._page.chosen.article

    def actions(self, *, at_page: bool) -> list[QAction]:
        """Return the actions on a page: those with keys of the page alone, or of its window."""
        entries = ((action, entry_of(action)) for action in self._window.qactions.values())
        return [
            action
            for action, entry in entries
            if entry.on_page and at_page is (Pane.PAGE in entry.at)
        ]

    def show_turning(self, settings: Settings) -> None:
        """Show the page as the settings have it: turned or scrolled, with or without a ruler."""
        self.viewer.set_paged(settings.columns if settings.paged else 0)
        if settings.ruler or "ruler" in self.__dict__:
            self.ruler.set_lines(settings.ruler_lines if settings.ruler else 0)

    @cached_property
    def autoscroll(self) -> "Autoscroll":
        """The page that scrolls by itself."""
        from reader.gui.turning.autoscroll import Autoscroll

        context, key = self._context, self._context.key_of("page.autoscroll")
        return Autoscroll(self.viewer, context.settings, context.messages.tell, key)

    @cached_property
    def copying(self) -> "Copying":
        """The controller that copies."""
        from reader.gui.viewer.copying import Copying

        return Copying(self._context, self.viewer, self._page.chosen.ids)

    @cached_property
    def find_bar(self) -> "FindBar":
        """The bar that finds words on the page."""
        from reader.gui.viewer.find_bar import FindBar

        bar = FindBar(self.viewer, self._context.settings)
        bar.hide()
        self.column.insertWidget(self.column.indexOf(self.viewer) + 1, bar)
        return bar

    @cached_property
    def footnotes(self) -> "Footnotes":
        """The controller of the notes that open over the page."""
        from reader.gui.viewer.footnotes import Footnotes

        return Footnotes(self._context, self.viewer)

    def _hover(self, url: QUrl) -> None:
        name = links.within(url)
        if name or "footnotes" in self.__dict__:
            self.footnotes.hover(name)

    @cached_property
    def margin_notes(self) -> "MarginNotes":
        """The notes beside the page."""
        from reader.gui.viewer.margin_notes import MarginNotes

        return MarginNotes(self.viewer, lambda *note: self.footnotes.open_beside(*note))

    def show_margin_notes(self) -> None:
        """Show the notes beside the page if that is wanted, and the article may have some."""
        article, wanted = self.viewer.article, self._context.settings.value.margin_notes
        may_have_some = wanted and article is not None and 'href="#' in article.html
        if may_have_some or "margin_notes" in self.__dict__:
            self.margin_notes.set_wanted(wanted)

    @cached_property
    def highlighting(self) -> "Highlighting":
        """The controller of the highlights on the page."""
        from reader.gui.viewer.highlighting import Highlighting

        return Highlighting(self._context, self.viewer)

    def show_highlights(self, article: Article) -> None:
        """Show the highlights of the article on the page, if it has any or had some."""
        if self.viewer.highlights.stored or self._context.library.highlights.count(article.id):
            self.highlighting.show(article)

    @cached_property
    def look_up(self) -> "LookUp":
        """The controller that looks up words."""
        from reader.gui.lookup.look_up import LookUp

        preferences = self._window.controllers.preferences
        return LookUp(self._context, self.viewer, lambda: preferences.open_settings("Words"))

    @cached_property
    def page_menu(self) -> "PageMenu":
        """The context menu of the page."""
        from reader.gui.viewer.page_menu import PageMenu
        from reader.gui.viewer.saved_pictures import SavedPictures

        window, others = self._window, self._window.controllers
        pictures = SavedPictures(self._context, self._put)
        is_first = self.viewer is window.viewer
        actions = {
            id: action
            for id, action in window.qactions.items()
            if is_first or entry_of(action).on_page
        }
        menu = PageMenu(self._context, self.viewer, actions, self.copying, pictures)
        menu.link_saved.connect(lambda link: others.adding.addresses([link]))
        menu.tab_wanted.connect(lambda link: others.around.tabs.open_link(link))
        menu.search_wanted.connect(lambda words: others.search.ask_saved(words))
        menu.table_wanted.connect(lambda position: self.tables.open_at(position))
        menu.enlarge_wanted.connect(lambda position: self.pictures.enlarge(position))
        return menu

    @cached_property
    def paging(self) -> "Paging":
        """The controller that scrolls by pages."""
        from reader.gui.viewer.paging import Paging

        return Paging(self.viewer)

    @cached_property
    def places(self) -> "Places":
        """The controller of the places in the article."""
        from reader.gui.contents.places import Places

        return Places(self._context, self.viewer)

    @cached_property
    def printing(self) -> "Printing":
        """The controller that prints articles."""
        from reader.gui.printing.printing import Printing

        return Printing(self._context, self._page.chosen, self._window.shelf_view.query)

    @cached_property
    def ruler(self) -> "Ruler":
        """The reading ruler."""
        from reader.gui.turning.ruler import Ruler

        return Ruler(self.viewer)

    @cached_property
    def pictures(self) -> "EnlargedPictures":
        """The controller that enlarges pictures."""
        from reader.gui.pictures.pictures import EnlargedPictures

        return EnlargedPictures(self._context, self.viewer, self._put)

    @cached_property
    def tables(self) -> "Tables":
        """The controller that opens tables."""
        from reader.gui.tables.tables import Tables

        return Tables(self._context, self.viewer)

    def use(self, use: Use, number: int) -> None:
        """Use a tool of the page."""
        if use is Use.OPEN:
            self.tables.open_at(number)
        else:
            self.copying.copy_code(number)

    def _put(self, name: str, data: bytes) -> Path:
        """Write a file for another program."""
        return self._window.controllers.cleanup.originals.put(name, data)

    @property
    def column(self) -> QVBoxLayout:
        """The page, with the bars above and below it."""
        column = self.viewer.parentWidget()
        layout = column.layout() if column is not None else None
        assert isinstance(layout, QVBoxLayout)
        return layout
