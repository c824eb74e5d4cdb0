"""The parts of the window that are made when first needed: a start does not pay for them."""

import builtins
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from reader.document.images import Pictures
from reader.gui.actions import keymap, menus
from reader.gui.actions.table import Keys
from reader.gui.jobs.jobs import Jobs
from reader.gui.list.articles import ArticleList
from reader.gui.list.head import ListHead
from reader.gui.search.field import SearchField
from reader.gui.sidebar.shelves import Shelves
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.messages import MessageBar
from reader.library.library import Library
from reader.model import Article, ImportResult, Query, Theme
from reader.settings import Settings
from reader.settings_store import SettingsStore

if TYPE_CHECKING:
    from reader.gui.actions.help import Help
    from reader.gui.actions.keyboard import Keyboard
    from reader.gui.actions.palette import CommandPalette
    from reader.gui.actions.palette_entries import Entry
    from reader.gui.adding.adding import Adding
    from reader.gui.cleanup.care import Care
    from reader.gui.duplicates.duplicates import Doubles
    from reader.gui.editing.editing import Changes
    from reader.gui.printing.printing import Paper
    from reader.gui.search.search import Searching
    from reader.gui.session.session import Session
    from reader.gui.sidebar.shelf_editing import Shelving
    from reader.gui.statistics.page import StatisticsPage
    from reader.gui.trash.trash import Emptying
    from reader.gui.viewer.appearance import Appearance
    from reader.gui.viewer.find_bar import FindBar


class Parts(QMainWindow):
    """What a window gives to its parts; the way of every action begins with one of them."""

    library: Library
    store: SettingsStore
    article: Article | None
    jobs: Jobs
    messages: MessageBar
    pictures: Pictures
    colours: Theme
    verbs: dict[str, QAction]
    shelves: Shelves
    list: ArticleList
    list_head: ListHead
    search_field: SearchField
    viewer: Viewer
    page: QWidget

    @property
    def settings(self) -> Settings:
        """What the person has chosen; ``store.update`` changes it."""
        return self.store.value

    @cached_property
    def find_bar(self) -> "FindBar":
        """The bar that finds words on the page."""
        from reader.gui.viewer.find_bar import FindBar

        bar = FindBar(self.viewer)
        bar.hide()
        layout = self.page.layout()
        assert layout is not None
        layout.addWidget(bar)
        return bar

    @cached_property
    def adding(self) -> "Adding":
        """What brings articles in."""
        from reader.gui.adding.adding import Adding

        parts = (self.library, self.jobs, self.messages, self._added, self.chosen)
        return Adding(*parts, self._watched, self)

    @cached_property
    def changes(self) -> "Changes":
        """What changes articles."""
        from reader.gui.editing.editing import Changes

        changes = Changes(
            self.library,
            self.jobs,
            self.messages,
            self.chosen,
            lambda: self.article,
            self.look_again,
            self,
        )
        changes.finished.connect(self._go_on)
        changes.taken_back.connect(self._take_back)
        return changes

    @cached_property
    def session(self) -> "Session":
        """What leads through a session, and surprises."""
        from reader.gui.session.session import Session

        session = Session(
            self.library,
            self.messages,
            self.store,
            self._finish,
            lambda way: self.verbs[way].toolTip(),
            self,
        )
        layout = self.page.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self.viewer), session.bar)
        session.asked.connect(self._open_listed)
        session.ended.connect(self._open_nothing)
        self.viewer.moved.connect(session.moved)
        return session

    @cached_property
    def care(self) -> "Care":
        """What keeps articles whole."""
        from reader.gui.cleanup.care import Care

        parts = (self.library, self.jobs, self.messages, self.viewer, self.pictures, self.page)
        return Care(*parts, self.look_again, self.changes.undo)

    @cached_property
    def shelving(self) -> "Shelving":
        """What changes tags and saved searches."""
        from reader.gui.sidebar.shelf_editing import Shelving

        parts = (self.library, self.shelves, self.changes, self.verbs)
        return Shelving(*parts, self.search_field.text, self)

    @cached_property
    def emptying(self) -> "Emptying":
        """What deletes for good."""
        from reader.gui.trash.trash import Emptying

        parts = (self.library, self.jobs, self.messages, self.chosen, self.look_again)
        return Emptying(*parts, self.store, self)

    @cached_property
    def doubles(self) -> "Doubles":
        """What finds duplicates."""
        from reader.gui.duplicates.duplicates import Doubles

        parts = (self.library, self.jobs, self.messages, self.pictures, self.viewer)
        return Doubles(*parts, self.changes, self)

    @cached_property
    def paper(self) -> "Paper":
        """What prints articles."""
        from reader.gui.printing.printing import Paper

        return Paper(
            self.library,
            lambda: self.article,
            self.list.selected_ids,
            self._query_of_list,
            self.store,
            self.messages,
            self,
        )

    @cached_property
    def appearance(self) -> "Appearance":
        """The menu of how the page looks."""
        from reader.gui.viewer.appearance import Appearance

        menu = Appearance(self.store, self)
        menus.menu(self, "View").addMenu(menu)
        return menu

    @cached_property
    def help(self) -> "Help":
        """What the program says of itself."""
        from reader.gui.actions.help import Help

        return Help(self.library.folder, self._keys, self)

    @cached_property
    def keyboard(self) -> "Keyboard":
        """What the keys do on the page, and the dialog to change them."""
        from reader.gui.actions.keyboard import Keyboard

        return Keyboard(self.viewer, self.store, self)

    @cached_property
    def commands(self) -> "CommandPalette":
        """The line that finds all actions, shelves, tags and articles."""
        from reader.gui.actions.palette import CommandPalette
        from reader.gui.actions.palette_entries import Findables

        def gather() -> Findables:
            made.set_theme(self.colours)
            tags = self.library.counts().tags
            shelves = self.shelves.all_but_tags()
            return Findables(self.verbs, shelves, tags, self.searching.titled, self.settings.uses)

        made = CommandPalette(gather, self)
        made.chosen.connect(self._do)
        return made

    @cached_property
    def searching(self) -> "Searching":
        """What shows in the list what the search field asks for."""
        from reader.gui.search.search import Searching

        parts = (self.library, self.jobs, self.messages, self.search_field, self.list_head)
        made = Searching(*parts, self.list, lambda: self.find_bar)
        made.ended.connect(self._show_shelf_again)
        return made

    @cached_property
    def statistics(self) -> "StatisticsPage":
        """The page of how much was read."""
        from reader.gui.statistics.page import StatisticsPage

        parts = (self.library, self.jobs, self.viewer, lambda: self.colours)
        made = StatisticsPage(*parts, self.store)
        made.article_chosen.connect(made.close_page)
        made.article_chosen.connect(self._open_listed)
        self.list.clicked.connect(made.close_page)
        self.list.activated_article.connect(made.close_page)
        layout = self.page.layout()
        assert layout is not None
        layout.addWidget(made)
        return made

    def _do(self, entry: "Entry") -> None:
        from reader.gui.actions.palette_entries import Kind, used

        self.store.update(uses=used(self.settings.uses, entry.name))
        if entry.kind is Kind.ACTION:
            self.verbs[entry.key].trigger()
        elif entry.kind is Kind.ARTICLE:
            self._open_listed(int(entry.key))
        else:
            self.shelves.select(entry.key)

    def _keys(self) -> Keys:
        return keymap.in_effect(self.settings.keys, vim=self.settings.vim)

    # ---- Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files, pages and text."""
        if self.adding.accepts(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        self.adding.mime(event.mimeData())
        event.acceptProposedAction()

    # ---- what the parts ask of the window

    def open(self, id: int) -> None:
        """Show an article on the page."""
        raise NotImplementedError

    def chosen(self) -> builtins.list[int]:
        """Return the ids an action is meant for."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Show what the library holds now."""
        raise NotImplementedError

    def _finish(self) -> None:
        raise NotImplementedError

    def _go_on(self, id: int) -> None:
        raise NotImplementedError

    def _take_back(self, id: int) -> None:
        raise NotImplementedError

    def _open_listed(self, id: int) -> None:
        self.list.select(id)
        self.open(id)

    def _open_nothing(self, text: str = "") -> None:
        raise NotImplementedError

    def _added(self, result: ImportResult) -> None:
        raise NotImplementedError

    def _watched(self, folder: str) -> None:
        raise NotImplementedError

    def _show_shelf_again(self) -> None:
        raise NotImplementedError

    def _query_of_list(self) -> tuple[str, Query]:
        raise NotImplementedError
