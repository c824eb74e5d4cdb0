"""The controllers of a window, each created on first use to keep the start fast."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from reader.gui.action import Pane
from reader.gui.actions import menus
from reader.gui.actions.availability import Availability
from reader.gui.around_page import AroundPage
from reader.gui.page_controllers import PageControllers
from reader.gui.viewer.page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from reader.gui.actions.focus import Focus
    from reader.gui.actions.help import Help
    from reader.gui.actions.palette import CommandPalette
    from reader.gui.adding.adding import Adding
    from reader.gui.adding.empty_page import EmptyPage
    from reader.gui.backups.backups import Backups
    from reader.gui.cleanup.cleanup import Cleanup
    from reader.gui.duplicates.duplicates import Duplicates
    from reader.gui.editing.editing import Editing
    from reader.gui.exporting.exporting import Exporting
    from reader.gui.failures.failures import Failures
    from reader.gui.failures.missing_texts import MissingTexts
    from reader.gui.failures.retrying import Retrying
    from reader.gui.full_screen import FullScreen
    from reader.gui.importing.importing import Importing
    from reader.gui.list.jump import Jump
    from reader.gui.list.several import Several
    from reader.gui.recovery.health import Health
    from reader.gui.search.search import Search
    from reader.gui.session.session import Session
    from reader.gui.settings.preferences import Preferences
    from reader.gui.sidebar.shelf_editing import ShelfEditing
    from reader.gui.statistics.page import StatisticsPage
    from reader.gui.trash.trash import Trash
    from reader.gui.turning.bars import Bars
    from reader.gui.window import Window
    from reader.library.backup.copy import Copy


class Controllers:
    """One controller for each room, connected to the window.

    ``page`` has those of the first page, ``around`` those of the parts around it.
    """

    page: PageControllers
    around: AroundPage

    def __init__(self, window: "Window") -> None:
        self._window, self._context = window, window.context
        self._selection = window.selection
        window.list.selected.connect(self.show_selected)
        window.list.middle_clicked.connect(lambda row: self.around.tabs.open_row(row))
        window.list.files = lambda ids: self.exporting.dragged.write(ids)
        self._selection.changed.connect(self._show_failure)
        self._had_several = False
        self.availability = Availability(window)
        self.around = AroundPage(window)
        self.page = self.of_page(Page(window.context, window.viewer, window.selection))
        window.shelves.dropped.connect(lambda ids, shelf: self.editing.put(ids, shelf.query))

    @property
    def move_wanted(self) -> "tuple[Path, bool] | None":
        """The new folder of the library, and whether its old files stay; None if it stays."""
        return self.preferences.move_wanted if "preferences" in self.__dict__ else None

    @property
    def restore_wanted(self) -> "Copy | None":
        """The copy from which the whole library is to be restored, None if it stays."""
        return self.backups.restore_wanted if "backups" in self.__dict__ else None

    def of_page(self, page: Page) -> PageControllers:
        """Return the controllers of a page."""
        return PageControllers(self._window, page)

    @property
    def pages(self) -> list[PageControllers]:
        """The controllers of the first page and of the others that are open."""
        return self.around.pages.all if "pages" in self.around.__dict__ else [self.page]

    @property
    def page_in_use(self) -> PageControllers:
        """The controllers of the page that had the keyboard last."""
        return self.around.pages.in_use if "pages" in self.around.__dict__ else self.page

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
        adding.open_wanted.connect(self._window.navigation.open_listed)
        adding.exports_found.connect(lambda paths: self.importing.begin(paths))
        adding.watched.connect(lambda folder: menus.show_watched(self._window.qactions, folder))
        return adding

    @cached_property
    def backups(self) -> "Backups":
        """The controller of the copies of the library."""
        from reader.gui.backups.backups import Backups, services_of

        return Backups(self._context, services_of(self._window))

    @cached_property
    def bars(self) -> "Bars":
        """The bars, which full screen and focus mode hide."""
        from reader.gui.turning.bars import Bars
        from reader.gui.turning.pointer import Pointer

        window = self._window
        bars = Bars(window, lambda: (window.menuBar(), window.toolbar))
        bars.changed.connect(Pointer(window.viewer).set_hiding)
        return bars

    @property
    def hides_bars(self) -> bool:
        """Whether full screen or focus mode hides the bars."""
        return "bars" in self.__dict__ and self.bars.are_hidden

    @property
    def is_in_session(self) -> bool:
        """Whether a reading session is running."""
        return "session" in self.__dict__ and self.session.running

    def show_state(self) -> None:
        """Show which actions can be done now."""
        self.availability.show()

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
        from reader.gui.adding.empty_page import page_of

        return page_of(self._window)

    @cached_property
    def exporting(self) -> "Exporting":
        """The controller of exports to files."""
        from reader.gui.exporting.choices import choices_of
        from reader.gui.exporting.exporting import Exporting

        choices, make_folder = partial(choices_of, self._window), self.cleanup.originals.make_folder
        return Exporting(self._context, choices, self._selection.ids, make_folder)

    @cached_property
    def failures(self) -> "Failures":
        """The controller of articles without a text."""
        from reader.gui.failures.failures import Failures

        return Failures(self._context, self._window.viewer)

    @cached_property
    def focus(self) -> "Focus":
        """The keyboard among the parts of the window."""
        from reader.gui.actions.focus import Focus

        window, actions = self._window, self._window.qactions
        parts = {Pane.SIDEBAR: window.shelves, Pane.LIST: window.middle, Pane.PAGE: window.viewer}
        panes = {pane: (part, actions[f"{pane}.focus"]) for pane, part in parts.items()}
        return Focus(window, panes, self._context.messages, lambda: self.bars.show_bars())

    @cached_property
    def full_screen(self) -> "FullScreen":
        """Full screen without bars."""
        from reader.gui.full_screen import FullScreen

        window = self._window
        action, tell = window.qactions["window.full_screen"], self._context.messages.tell
        return FullScreen(window, action, self.bars, tell)

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
    def importing(self) -> "Importing":
        """The controller of imports from other programs."""
        from reader.gui.importing.importing import Importing, services_of

        return Importing(self._context, services_of(self._window))

    @cached_property
    def jump(self) -> "Jump":
        """The controller that jumps to a title in the list."""
        from reader.gui.list.jump import Jump

        return Jump(self._window.list)

    @cached_property
    def several(self) -> "Several":
        """The controller of several selected articles."""
        from reader.gui.list.several import Several

        window = self._window
        several = Several(self._context.library, window.list, window.qactions)
        several.wanted.connect(lambda id: window.qactions[id].trigger())
        more = several.bar.more_wanted
        more.connect(lambda at: menus.of_article(window, window.qactions).popup(at))
        layout = window.middle.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(window.list) + 1, several.bar)
        return several

    def show_selected(self, count: int) -> None:
        """Show how many articles are selected; the controller is created for the first several."""
        # Of a single row, actions ask only if no article is open.
        had_several, self._had_several = self._had_several, count > 1
        if had_several or count > 1 or self._selection.article is None:
            self.show_state()
        if count > 1 or "several" in self.__dict__:
            self.several.show(count)

    @cached_property
    def palette(self) -> "CommandPalette":
        """The command palette."""
        from reader.gui.actions import palette_entries
        from reader.gui.actions.palette import CommandPalette

        window = self._window
        palette = CommandPalette(lambda: palette_entries.of(window), window)
        palette.chosen.connect(lambda entry: palette_entries.choose(window, entry))
        return palette

    @cached_property
    def preferences(self) -> "Preferences":
        """The controller of the settings window."""
        from reader.gui.actions.keys_dialog import keys_part
        from reader.gui.settings.preferences import Preferences

        context = self._context
        return Preferences(context, self._do_by_id, lambda: keys_part(context))

    @cached_property
    def retrying(self) -> "Retrying":
        """Further attempts to download articles that could not be reached."""
        from reader.gui.failures.retrying import Retrying

        return Retrying(self._context, self.adding)

    @cached_property
    def missing_texts(self) -> "MissingTexts":
        """The controller of texts that are missing."""
        from reader.gui.failures.missing_texts import missing_texts_of

        return missing_texts_of(self._window)

    @cached_property
    def search(self) -> "Search":
        """The controller of the search."""
        from reader.gui.search.search import Search

        window = self._window
        parts = (window.search_field, window.list_head, window.list)
        search = Search(self._context, *parts, lambda: self.page.find_bar)
        search.shown.connect(window.shelves.show_search)
        search.shown.connect(lambda _: self.show_state())
        search.ended.connect(window.shelves.end_search)
        search.ended.connect(window.shelf_view.show_again)
        return search

    @cached_property
    def session(self) -> "Session":
        """The controller of reading sessions."""
        from reader.gui.session.session import Session

        window = self._window
        session = Session(self._context, lambda id: window.qactions[id].toolTip())
        self.page.column.insertWidget(self.page.column.indexOf(window.viewer), session.bar)
        session.article_wanted.connect(window.navigation.open_listed)
        session.ended.connect(window.navigation.open_nothing)
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
        page.article_chosen.connect(window.navigation.open_listed)
        window.list.clicked.connect(page.close_page)
        window.list.activated_article.connect(page.close_page)
        self.page.column.addWidget(page)
        return page

    @cached_property
    def trash(self) -> "Trash":
        """The controller of the trash."""
        from reader.gui.trash.trash import Trash

        return Trash(self._context, self._selection)

    def _show_failure(self) -> None:
        """Show the page of failures if the open article has no text."""
        article = self._selection.article
        if "failures" in self.__dict__ or (article is not None and not article.html):
            self.failures.show(article)

    def _do_by_id(self, id: str) -> None:
        """Trigger an action by its id, or one of the things that have no action."""
        if id == "library.check":
            self.health.check()
        elif id == "statistics.clear":
            self.statistics.ask_to_clear()
        else:
            self._window.qactions[id].trigger()
