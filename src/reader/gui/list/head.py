"""The head of the list: the name of the shelf, its reading time and its order."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.gui.widgets.plain_text import Label
from reader.model import Query, Sort

_NAMES = {
    Sort.PLACE: "Queue Order",
    Sort.ADDED: "Date Added",
    Sort.TITLE: "Title",
    Sort.SITE: "Site",
    Sort.LENGTH: "Length",
    Sort.PROGRESS: "Progress",
    Sort.OPENED: "Date Opened",
}


_ONLY_OWN = (Sort.PLACE, Sort.OPENED)


class ListHead(QWidget):
    """A title and a sort button; ``changed`` carries the chosen order, ``sort`` or ``-sort``."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("listHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = Label()
        self._title.setObjectName("shelfTitle")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._button = QToolButton()
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setAccessibleName("Sort the list")
        self._button.setMenu(self._menu())
        self._sum = Label()
        self._sum.setObjectName("hint")
        self._sum.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._sum)
        self.show_sum("")

    def show_sum(self, text: str) -> None:
        """Show a line of text below the title, none if it is empty."""
        self._sum.setText(text)
        self._sum.setVisible(bool(text))

    def show_results(self, text: str | None) -> None:
        """Show the number of search results, or the shelf and its order again if None."""
        self._button.setVisible(text is None)
        if text is not None:
            self._title.setText("Search")
            self.show_sum(text)

    def text(self) -> str:
        """Return the line below the title."""
        return self._sum.text()

    def show_shelf(self, title: str, query: Query, own: Sort) -> None:
        """Show the name of a shelf and its order; ``own`` is the default order of the shelf."""
        self._title.setText(title)
        arrow = "↓" if query.descending else "↑"
        self._button.setText(f"{_NAMES[query.sort]} {arrow}")
        for sort, action in self.orders.items():
            action.setChecked(sort is query.sort)
            action.setVisible(sort is own or sort not in _ONLY_OWN)
        self._query = query

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(self)
        self.orders: dict[Sort, QAction] = {}
        for sort, name in _NAMES.items():
            action = QAction(name, self, checkable=True)
            action.triggered.connect(lambda _=False, s=sort: self._choose(s))
            group.addAction(action)
            menu.addAction(action)
            self.orders[sort] = action
        menu.addSeparator()
        menu.addAction("Reverse", self._reverse)
        return menu

    def _choose(self, sort: Sort) -> None:
        self.changed.emit(written(sort, sort.falls_first))

    def _reverse(self) -> None:
        self.changed.emit(written(self._query.sort, not self._query.descending))


def written(sort: Sort, descending: bool) -> str:
    """Format an order for the settings: ``title``, or ``-title`` if descending."""
    return f"-{sort}" if descending else str(sort)


def ordered(query: Query, order: str) -> Query:
    """Return the query in the order of the settings, unchanged if they contain none."""
    name = order.removeprefix("-")
    if name not in set(Sort):
        return query
    return query._replace(sort=Sort(name), descending=order.startswith("-"))
