"""The pages of a window: the first one, that beside it, and those in windows of their own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from reader.gui.tabs.second import SecondPage

if TYPE_CHECKING:
    from reader.gui.page_controllers import PageControllers
    from reader.gui.window import Window


class Pages(QObject):
    """Knows which page is in use: the one that had the keyboard last, or else the first one.

    Menus, the palette and panels over a page leave it in use.
    """

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._others: list[SecondPage] = []
        self._used: SecondPage | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    @property
    def all(self) -> "list[PageControllers]":
        """The controllers of all pages, the first one first."""
        return [self._window.controllers.page, *(each.controllers for each in self._others)]

    @property
    def in_use(self) -> "PageControllers":
        """The controllers of the page in use."""
        used = self._used
        is_seen = used is not None and used.isVisible()
        return used.controllers if used is not None and is_seen else self._window.controllers.page

    def add(self, page: SecondPage) -> None:
        """Add another page until it is deleted."""
        self._others.append(page)
        page.destroyed.connect(lambda: self._remove(page))

    def _remove(self, page: SecondPage) -> None:
        self._others = [each for each in self._others if each is not page]
        if self._used is page:
            self._used = None

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._others:
            return
        inside = next((each for each in self._others if each.isAncestorOf(now)), None)
        if inside is None and self._used is not None and not self._leaves(self._used, now):
            return
        if inside is not self._used:
            self._used = inside
            self._window.controllers.show_state()

    def _leaves(self, used: SecondPage, now: QWidget) -> bool:
        """Return whether the keyboard went to a place that means another page."""
        window = self._window
        if any(part.isAncestorOf(now) for part in (window.page, window.middle, window.shelves)):
            return True
        return window.isAncestorOf(now) and not window.isAncestorOf(used)
