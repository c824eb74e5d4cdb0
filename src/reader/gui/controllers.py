"""The controllers of a window, each created on first use to keep the start fast."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from reader.gui.actions import menus

if TYPE_CHECKING:
    from reader.gui.actions.help import Help
    from reader.gui.actions.palette import CommandPalette
    from reader.gui.actions.palette_entries import Entry, PaletteEntries
    from reader.gui.adding.adding import Adding
    from reader.gui.adding.empty_page import EmptyPage, Hint
    from reader.gui.cleanup.cleanup import Cleanup
    from reader.gui.duplicates.duplicates import Duplicates
    from reader.gui.editing.editing import Editing
    from reader.gui.printing.printing import Printing
    from reader.gui.recovery.health import Health
    from reader.gui.search.search import Search
    from reader.gui.session.session import Session
    from reader.gui.sidebar.shelf_editing import ShelfEditing
    from reader.gui.statistics.page import StatisticsPage
    from reader.gui.trash.trash import Trash
    from reader.gui.viewer.appearance import Appearance
    from reader.gui.viewer.find_bar import FindBar
    from reader.gui.viewer.paging import Paging
    from reader.gui.window import Window


class Controllers:
    """One controller for each room, connected to the window."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        self._context = window.context
        self._selection = window.selection

    @property
    def is_searching(self) -> bool:
        """Whether a search has been started."""
        return "search" in self.__dict__

    @cached_property
    def adding(self) -> "Adding":
        """The controller that adds articles."""
        from reader.gui.adding.adding import Adding

        adding = Adding(self._context, self._selection)
        adding.added.connect(self._window.show_added)
        adding.open_wanted.connect(self._window.open_listed)
        adding.watched.connect(lambda folder: menus.show_watched(self._window.qactions, folder))
        return adding

    @cached_property
    def appearance(self) -> "Appearance":
        """The menu of theme, font and spacing."""
        from reader.gui.viewer.appearance import Appearance

        menu = Appearance(self._context.settings, self._window)
        menus.menu(self._window, "View").addMenu(menu)
        return menu

    @cached_property
    def cleanup(self) -> "Cleanup":
        """The controller that repairs the text of articles."""
        from reader.gui.cleanup.cleanup import Cleanup

        return Cleanup(self._context, self._window.viewer, self._window.page)

    @cached_property
    def duplicates(self) -> "Duplicates":
        """The controller of duplicates."""
        from reader.gui.duplicates.duplicates import Duplicates

        return Duplicates(self._context, self._window.viewer)

    @cached_property
    def editing(self) -> "Editing":
        """The controller that edits articles."""
        from reader.gui.editing.editing import Editing

        editing = Editing(self._context, self._selection)
        editing.finished.connect(self._window.go_on)
        editing.taken_back.connect(self._window.take_back)
        return editing

    @cached_property
    def empty_page(self) -> "EmptyPage":
        """The page while no article is open."""
        from reader.gui.adding.empty_page import CHOOSE, NOTHING_WAITS, EmptyPage

        window = self._window

        def hint() -> "Hint":
            counts = self._context.library.counts()
            is_queue = window.shelf is not None and window.shelf.key == "queue"
            nothing = not counts.all or (is_queue and not counts.queue)
            return NOTHING_WAITS if nothing else CHOOSE

        page = EmptyPage(window.viewer, hint, self._context.key_of, lambda: window.colours)
        page.add_wanted.connect(lambda: self.adding.open_sheet(page.add))
        self._selection.changed.connect(lambda: page.setHidden(window.article is not None))
        window.shelf_view.shown.connect(page.follow)
        window.list.model().modelReset.connect(page.follow)
        return page

    @cached_property
    def find_bar(self) -> "FindBar":
        """The bar that finds words on the page."""
        from reader.gui.viewer.find_bar import FindBar

        bar = FindBar(self._window.viewer)
        bar.hide()
        self._column.addWidget(bar)
        return bar

    @cached_property
    def health(self) -> "Health":
        """The controller that checks the library."""
        from reader.gui.recovery.health import Health

        return Health(self._context)

    @cached_property
    def help(self) -> "Help":
        """The controller of the help and the About box."""
        from reader.gui.actions.help import Help

        return Help(self._context)

    @cached_property
    def paging(self) -> "Paging":
        """The controller that scrolls by pages."""
        from reader.gui.viewer.paging import Paging

        return Paging(self._window.viewer)

    @cached_property
    def palette(self) -> "CommandPalette":
        """The command palette."""
        from reader.gui.actions.palette import CommandPalette

        palette = CommandPalette(self._palette_entries, self._window)
        palette.chosen.connect(self._do)
        return palette

    @cached_property
    def printing(self) -> "Printing":
        """The controller that prints articles."""
        from reader.gui.printing.printing import Printing

        return Printing(self._context, self._selection, self._window.shelf_view.query)

    @cached_property
    def search(self) -> "Search":
        """The controller of the search."""
        from reader.gui.search.search import Search

        window = self._window
        parts = (window.search_field, window.list_head, window.list)
        search = Search(self._context, *parts, lambda: self.find_bar)
        search.ended.connect(window.shelf_view.show_again)
        return search

    @cached_property
    def session(self) -> "Session":
        """The controller of reading sessions."""
        from reader.gui.session.session import Session

        window = self._window
        session = Session(self._context, lambda id: window.qactions[id].toolTip())
        self._column.insertWidget(self._column.indexOf(window.viewer), session.bar)
        session.article_wanted.connect(window.open_listed)
        session.ended.connect(window.open_nothing)
        session.finish_wanted.connect(window.finish)
        window.viewer.moved.connect(session.moved)
        return session

    @cached_property
    def shelf_editing(self) -> "ShelfEditing":
        """The controller that edits tags and saved searches."""
        from reader.gui.sidebar.shelf_editing import ShelfEditing

        window = self._window
        question = window.search_field.text
        return ShelfEditing(self._context, window.shelves, window.qactions, question)

    @cached_property
    def statistics(self) -> "StatisticsPage":
        """The page of statistics."""
        from reader.gui.statistics.page import StatisticsPage

        window = self._window
        page = StatisticsPage(self._context, window.viewer)
        page.article_chosen.connect(page.close_page)
        page.article_chosen.connect(window.open_listed)
        window.list.clicked.connect(page.close_page)
        window.list.activated_article.connect(page.close_page)
        self._column.addWidget(page)
        return page

    @cached_property
    def trash(self) -> "Trash":
        """The controller of the trash."""
        from reader.gui.trash.trash import Trash

        return Trash(self._context, self._selection)

    @property
    def _column(self) -> QVBoxLayout:
        layout = self._window.page.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout

    def _palette_entries(self) -> "PaletteEntries":
        from reader.gui.actions.palette_entries import PaletteEntries

        window = self._window
        self.palette.set_theme(window.colours)
        tags = self._context.library.counts().tags
        uses = self._context.settings.value.uses
        shelves = window.shelves.all_but_tags()
        return PaletteEntries(window.qactions, shelves, tags, self.search.titled, uses)

    def _do(self, entry: "Entry") -> None:
        from reader.gui.actions.palette_entries import Kind, used

        settings = self._context.settings
        settings.update(uses=used(settings.value.uses, entry.name))
        if entry.kind is Kind.ACTION:
            self._window.qactions[entry.key].trigger()
        elif entry.kind is Kind.ARTICLE:
            self._window.open_listed(int(entry.key))
        else:
            self._window.shelves.select(entry.key)
