"""The parts of the window that are made when first needed: a start does not pay for them."""

import builtins
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from reader.document.images import Pictures
from reader.gui import menus
from reader.gui.articles import ArticleList
from reader.gui.jobs import Jobs
from reader.gui.messages import MessageBar
from reader.gui.viewer import Viewer
from reader.library.library import Library
from reader.model import Article, ImportResult, Query
from reader.settings import Settings

if TYPE_CHECKING:
    from reader.gui.adding import Adding
    from reader.gui.appearance import Appearance
    from reader.gui.care import Care
    from reader.gui.changes import Changes
    from reader.gui.find_bar import FindBar
    from reader.gui.help_sheet import Help
    from reader.gui.paper import Paper
    from reader.gui.session import Session


class Parts(QMainWindow):
    """What a window gives to its parts; the way of every action begins with one of them."""

    library: Library
    settings: Settings
    article: Article | None
    jobs: Jobs
    messages: MessageBar
    pictures: Pictures
    list: ArticleList
    viewer: Viewer
    page: QWidget
    verbs: dict[str, QAction]

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

        parts = (self.library, self.jobs, self.messages, self._added, lambda: self.article)
        return Adding(*parts, self)

    @cached_property
    def changes(self) -> "Changes":
        """What changes articles."""
        from reader.gui.changes import Changes

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
        from reader.gui.session import Session

        session = Session(
            self.library,
            self.messages,
            lambda: self.settings,
            self._keep_minutes,
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
        from reader.gui.care import Care

        parts = (self.library, self.jobs, self.messages, self.viewer, self.pictures, self.page)
        return Care(*parts, self.look_again, self.changes.undo)

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

    def look_again(self) -> None:
        """Show what the library holds now."""
        raise NotImplementedError

    def _keep_minutes(self, minutes: int) -> None:
        raise NotImplementedError

    def _finish(self) -> None:
        raise NotImplementedError

    def _go_on(self, id: int) -> None:
        raise NotImplementedError

    def _take_back(self, id: int) -> None:
        raise NotImplementedError

    def _open_listed(self, id: int) -> None:
        raise NotImplementedError

    def _open_nothing(self, text: str = "") -> None:
        raise NotImplementedError

    def _added(self, result: ImportResult) -> None:
        raise NotImplementedError

    def _query_of_list(self) -> tuple[str, Query]:
        raise NotImplementedError

    def _like(self, liking: Settings) -> None:
        raise NotImplementedError
