"""The head of the list: the name of the shelf, its reading time and its order."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
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


class _Shortened(Label):
    """A line that shows as much of its text as there is room for.

    It keeps whole parts, divided by ``·``; the last one alone ends in an ellipsis, or is left out
    if it is ``dispensable``.
    """

    def __init__(self, name: str, *, dispensable: bool = False) -> None:
        self.whole = ""
        self._dispensable = dispensable
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Show another text."""
        self.whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        return QSize(
            self.fontMetrics().horizontalAdvance(self.whole) + 2, super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QSize:
        """Return the size of a letter or two."""
        return QSize(24 if self.whole else 0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the text."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), self.width()
        parts = self.whole.split(" · ")
        while parts and metrics.horizontalAdvance(" · ".join(parts)) > room:
            parts.pop()
        least = "" if self._dispensable else self.whole
        shown = " · ".join(parts) or metrics.elidedText(least, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)


class ListHead(QWidget):
    """A title and a sort button; ``changed`` carries the chosen order, ``sort`` or ``-sort``."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("listHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = _Shortened("shelfTitle")
        self._button = QToolButton()
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setAccessibleName("Sort the list")
        self._button.setMenu(self._menu())
        self._sum = _Shortened("hint", dispensable=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._sum, 1)
        layout.addWidget(self._button)
        self.show_sum("")

    def show_sum(self, text: str) -> None:
        """Show a text beside the title."""
        self._sum.say(text)

    def show_results(self, text: str, *, title: str = "Search") -> None:
        """Show the number of search results in place of a shelf."""
        self._button.hide()
        self._title.say(title)
        self.show_sum(text)

    def text(self) -> str:
        """Return the text beside the title."""
        return self._sum.whole

    def show_shelf(self, title: str, query: Query, own: Sort) -> None:
        """Show the name of a shelf and its order; ``own`` is the default order of the shelf."""
        self._title.say(title)
        self._button.show()
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
