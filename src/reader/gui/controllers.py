"""The controllers of a window, each made when it is first used: a start does not pay for them."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from reader.gui.actions import menus

if TYPE_CHECKING:
    from reader.gui.actions.help import Help
    from reader.gui.actions.palette import CommandPalette
    from reader.gui.actions.palette_entries import Entry, PaletteEntries
    from reader.gui.adding.adding import Adding
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
    """One controller for each room, connected to the window whose context it works with."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        self._context = window.context
        self._selection = window.selection

    @property
    def is_searching(self) -> bool:
        """Whether the controller of the search has been used."""
        return "search" in self.__dict__

    @cached_property
    def adding(self) -> "Adding":
        """Adds articles."""
        from reader.gui.adding.adding import Adding

        made = Adding(self._context, self._selection)
        made.added.connect(self._window.show_added)
        made.watched.connect(lambda folder: menus.show_watched(self._window.qactions, folder))
        return made

    @cached_property
    def appearance(self) -> "Appearance":
        """The menu of how the page looks."""
        from reader.gui.viewer.appearance import Appearance

        made = Appearance(self._context.settings, self._window)
        menus.menu(self._window, "View").addMenu(made)
        return made

    @cached_property
    def cleanup(self) -> "Cleanup":
        """Repairs the text of articles."""
        from reader.gui.cleanup.cleanup import Cleanup

        return Cleanup(self._context, self._window.viewer, self._window.page)

    @cached_property
    def duplicates(self) -> "Duplicates":
        """Finds duplicates."""
        from reader.gui.duplicates.duplicates import Duplicates

        return Duplicates(self._context, self._window.viewer)

    @cached_property
    def editing(self) -> "Editing":
        """Edits articles."""
        from reader.gui.editing.editing import Editing

        made = Editing(self._context, self._selection)
        made.finished.connect(self._window.go_on)
        made.taken_back.connect(self._window.take_back)
        return made

    @cached_property
    def find_bar(self) -> "FindBar":
        """The bar that finds words on the page."""
        from reader.gui.viewer.find_bar import FindBar

        made = FindBar(self._window.viewer)
        made.hide()
        self._column.addWidget(made)
        return made

    @cached_property
    def health(self) -> "Health":
        """Checks the library."""
        from reader.gui.recovery.health import Health

        return Health(self._context)

    @cached_property
    def help(self) -> "Help":
        """Shows the keys, and tells about the program."""
        from reader.gui.actions.help import Help

        return Help(self._context)

    @cached_property
    def paging(self) -> "Paging":
        """Scrolls by pages."""
        from reader.gui.viewer.paging import Paging

        return Paging(self._window.viewer)

    @cached_property
    def palette(self) -> "CommandPalette":
        """The command palette."""
        from reader.gui.actions.palette import CommandPalette

        made = CommandPalette(self._findables, self._window)
        made.chosen.connect(self._do)
        return made

    @cached_property
    def printing(self) -> "Printing":
        """Prints articles."""
        from reader.gui.printing.printing import Printing

        return Printing(self._context, self._selection, self._window.shelf_view.query)

    @cached_property
    def search(self) -> "Search":
        """Shows search results in the list."""
        from reader.gui.search.search import Search

        window = self._window
        parts = (window.search_field, window.list_head, window.list)
        made = Search(self._context, *parts, lambda: self.find_bar)
        made.ended.connect(window.shelf_view.show_again)
        return made

    @cached_property
    def session(self) -> "Session":
        """Leads through a session."""
        from reader.gui.session.session import Session

        window = self._window
        made = Session(self._context, lambda id: window.qactions[id].toolTip())
        self._column.insertWidget(self._column.indexOf(window.viewer), made.bar)
        made.asked.connect(window.open_listed)
        made.ended.connect(window.open_nothing)
        made.finish_wanted.connect(window.finish)
        window.viewer.moved.connect(made.moved)
        return made

    @cached_property
    def shelf_editing(self) -> "ShelfEditing":
        """Edits tags and saved searches."""
        from reader.gui.sidebar.shelf_editing import ShelfEditing

        window = self._window
        question = window.search_field.text
        return ShelfEditing(self._context, window.shelves, window.qactions, question)

    @cached_property
    def statistics(self) -> "StatisticsPage":
        """The page of statistics."""
        from reader.gui.statistics.page import StatisticsPage

        window = self._window
        made = StatisticsPage(self._context, window.viewer)
        made.article_chosen.connect(made.close_page)
        made.article_chosen.connect(window.open_listed)
        window.list.clicked.connect(made.close_page)
        window.list.activated_article.connect(made.close_page)
        self._column.addWidget(made)
        return made

    @cached_property
    def trash(self) -> "Trash":
        """Deletes for good."""
        from reader.gui.trash.trash import Trash

        return Trash(self._context, self._selection)

    @property
    def _column(self) -> QVBoxLayout:
        layout = self._window.page.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout

    def _findables(self) -> "PaletteEntries":
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
