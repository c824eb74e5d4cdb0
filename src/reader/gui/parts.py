"""The parts of the window that are made when first needed: a start does not pay for them."""

import builtins
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from reader.document.images import Pictures
from reader.gui import menus
from reader.gui.articles import ArticleList
from reader.gui.jobs import Jobs
from reader.gui.messages import MessageBar
from reader.gui.shelves import Shelves
from reader.gui.viewer import Viewer
from reader.library.library import Library
from reader.model import Article, ImportResult, Query
from reader.settings import Settings

if TYPE_CHECKING:
    from reader.gui.adding import Adding
    from reader.gui.appearance import Appearance
    from reader.gui.care import Care
    from reader.gui.changes import Changes
    from reader.gui.doubles import Doubles
    from reader.gui.emptying import Emptying
    from reader.gui.find_bar import FindBar
    from reader.gui.help_sheet import Help
    from reader.gui.paper import Paper
    from reader.gui.shelving import Shelving


class Parts(QMainWindow):
    """What a window gives to its parts; the way of every action begins with one of them."""

    library: Library
    settings: Settings
    article: Article | None
    jobs: Jobs
    messages: MessageBar
    pictures: Pictures
    verbs: dict[str, QAction]
    shelves: Shelves
    list: ArticleList
    viewer: Viewer
    page: QWidget

    @cached_property
    def find_bar(self) -> "FindBar":
        """The bar that finds words on the page."""
        from reader.gui.find_bar import FindBar

        bar = FindBar(self.viewer)
        bar.hide()
        layout = self.page.layout()
        assert layout is not None
        layout.addWidget(bar)
        return bar

    @cached_property
    def adding(self) -> "Adding":
        """What brings articles in."""
        from reader.gui.adding import Adding

        parts = (self.library, self.jobs, self.messages, self._added, self.chosen)
        return Adding(*parts, self)

    @cached_property
    def changes(self) -> "Changes":
        """What changes articles."""
        from reader.gui.changes import Changes

        return Changes(
            self.library,
            self.jobs,
            self.messages,
            self.chosen,
            lambda: self.article,
            self.look_again,
            self,
        )

    @cached_property
    def care(self) -> "Care":
        """What keeps articles whole."""
        from reader.gui.care import Care

        parts = (self.library, self.jobs, self.messages, self.viewer, self.pictures, self.page)
        return Care(*parts, self.look_again, self.changes.undo)

    @cached_property
    def shelving(self) -> "Shelving":
        """What changes tags and saved searches."""
        from reader.gui.shelving import Shelving

        return Shelving(self.library, self.shelves, self.changes, self.verbs, self)

    @cached_property
    def emptying(self) -> "Emptying":
        """What deletes for good."""
        from reader.gui.emptying import Emptying

        parts = (self.library, self.jobs, self.messages, self.chosen, self.look_again)
        return Emptying(*parts, lambda: self.settings, self._like_days, self)

    @cached_property
    def doubles(self) -> "Doubles":
        """What finds duplicates."""
        from reader.gui.doubles import Doubles

        parts = (self.library, self.jobs, self.messages, self.pictures, self.viewer)
        return Doubles(*parts, self.changes, self)

    @cached_property
    def paper(self) -> "Paper":
        """What prints articles."""
        from reader.gui.paper import Paper

        return Paper(
            self.library,
            lambda: self.article,
            self.list.selected_ids,
            self._query_of_list,
            lambda: self.settings,
            lambda liking: setattr(self, "settings", liking),
            self.messages,
            self,
        )

    @cached_property
    def appearance(self) -> "Appearance":
        """The menu of how the page looks."""
        from reader.gui.appearance import Appearance

        menu = Appearance(self.settings, self)
        menu.changed.connect(self._like)
        menus.menu(self, "View").addMenu(menu)
        return menu

    @cached_property
    def help(self) -> "Help":
        """What the program says of itself."""
        from reader.gui.help_sheet import Help

        return Help(self.library.folder, self)

    # ---- what the parts ask of the window

    def chosen(self) -> builtins.list[int]:
        """Return the ids an action is meant for."""
        raise NotImplementedError

    def _like_days(self, days: int) -> None:
        self.settings = self.settings._replace(trash_days=days)

    def look_again(self) -> None:
        """Show what the library holds now."""
        raise NotImplementedError

    def _added(self, result: ImportResult) -> None:
        raise NotImplementedError

    def _query_of_list(self) -> tuple[str, Query]:
        raise NotImplementedError

    def _like(self, liking: Settings) -> None:
        raise NotImplementedError
