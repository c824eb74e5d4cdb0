"""The settings window: pages of rows that work at once, and a field that finds a setting."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.gui.settings.controls import Services, make
from reader.gui.settings.row_view import RowView
from reader.gui.settings.rows import PAGES, Page, Row, fields
from reader.gui.settings_signals import SettingsSignals
from reader.gui.widgets import theme
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.elided import Elided
from reader.gui.widgets.layouts import NO_LIMIT
from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.stepper import Stepper
from reader.gui.widgets.wheel import WheelScrolls
from reader.settings import Settings
from reader.settings_store import SettingsStore

_NARROW, _STACKED = 620, 440  # pixels
_NAV, _WIDEST = 208, 760


class PageView(QWidget):
    """A page: its heading, and its rows below each other."""

    def __init__(self, page: Page, view_of: Callable[[Row], RowView]) -> None:
        super().__init__()
        self.setObjectName("settingsPage")
        self.setMaximumWidth(_WIDEST)
        self.page = page
        self.rows = [view_of(row) for row in page.rows]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(0)
        heading = Label(page.title)
        heading.setObjectName("settingsHeading")
        heading.setContentsMargins(0, 0, 0, 6)
        for part in (heading, *self.rows):
            column.addWidget(part)

    def narrow(self, words: list[str]) -> int:
        """Show only the rows that contain all words, and return how many there are."""
        in_title = all(word in self.page.title.casefold() for word in words)
        found = [row for row in self.rows if in_title or row.matches(words)]
        for row in self.rows:
            row.setVisible(row in found)
        return len(found)


class SettingsWindow(Dialog):
    """All settings of a store; changes, also those of another window, are shown at once."""

    def __init__(self, store: SettingsStore, services: Services, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self._store = store
        self._services = services
        self.search = QLineEdit()
        self.places = QListWidget()
        self.pages = [PageView(page, self._view_of) for page in PAGES]
        self.area = QScrollArea()
        self._found: list[int] = []  # how many rows of each page have the words of the search
        self._lay_out()
        self._connect()
        self._narrow("")
        self.show_values(frozenset(Settings._fields))
        self.resize(840, 640)

    def choose(self, title: str) -> None:
        """Show the page with a title."""
        self.places.setCurrentRow([page.page.title for page in self.pages].index(title))

    def row(self, field: str) -> RowView:
        """Return the row of a setting."""
        rows = (row for page in self.pages for row in page.rows)
        return next(row for row in rows if row.row.field == field)

    @property
    def page(self) -> PageView:
        """The chosen page."""
        return self.pages[self.places.currentRow()]

    # ---- setting up

    def _view_of(self, row: Row) -> RowView:
        def change(value: object) -> None:
            self._store.update(**{row.field: value})

        return RowView(row, make(row, change, self._services))

    def _lay_out(self) -> None:
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(0)
        self._body.addWidget(self._nav())
        self._body.addWidget(self._middle(), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._body, 1)
        whole.addWidget(self._foot())

    def _nav(self) -> QWidget:
        self.search.setPlaceholderText("Find a setting")
        self.search.setAccessibleName("Find a setting")
        self.search.setClearButtonEnabled(True)
        self.places.setObjectName("settingsPlaces")
        self.places.setAccessibleName("Pages of the settings")
        self.places.setIconSize(QSize(18, 18))
        self.places.setSpacing(1)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in self.pages:
            item = QListWidgetItem(page.page.title)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, page.page.title)
            self.places.addItem(item)
        self.nav = QFrame()
        self.nav.setObjectName("settingsNav")
        column = QVBoxLayout(self.nav)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.places, 1)
        return self.nav

    def _middle(self) -> QWidget:
        inner = QWidget()
        inner.setObjectName("settingsPage")
        self._column = QVBoxLayout(inner)
        self._none = Label("No setting has these words.")
        self._none.setObjectName("hint")
        for part in (*self.pages, self._none):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.area.setObjectName("settingsPages")
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the control with the keyboard
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        WheelScrolls((*inner.findChildren(QComboBox), *inner.findChildren(Stepper)), self)
        return self.area

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("settingsFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 11, 16, 11)
        row.setSpacing(8)
        kept = Elided("Changes are kept at once.")
        kept.setObjectName("settingsDescription")
        self.reset = QPushButton("Reset This Page")
        self.reset.setObjectName("linkButton")
        self.close_button = QPushButton("Close")
        self.close_button.setObjectName("primary")
        for button in (self.reset, self.close_button):
            button.setAutoDefault(False)
        row.addWidget(kept)
        row.addWidget(self.reset)
        row.addStretch(1)
        row.addWidget(self.close_button)
        return foot

    def _connect(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.places.currentRowChanged.connect(lambda _: self._show_page())
        self.reset.clicked.connect(self.reset_page)
        self.close_button.clicked.connect(self.reject)
        self._signals = SettingsSignals(self._store, self)
        self._signals.changed.connect(self.show_values)

    # ---- changing

    def reset_page(self) -> None:
        """Give all settings of the chosen page their usual values."""
        usual = Settings()
        self._store.update(**{name: getattr(usual, name) for name in fields(self.page.page)})

    def _narrow(self, text: str) -> None:
        """Show the rows that contain the words, on all pages, each below its heading."""
        words = text.casefold().split()
        found = [page.narrow(words) if words else len(page.rows) for page in self.pages]
        for row, count in enumerate(found):
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
            self.places.item(row).setFlags(flags if count else Qt.ItemFlag.NoItemFlags)
        if not words:
            for page in self.pages:
                page.narrow([])
        self._found = found if words else []
        current = self.places.currentRow()
        if current < 0 or (any(found) and not found[current]):
            self.places.setCurrentRow(next(row for row, count in enumerate(found) if count))
        self._show_page()

    # ---- showing

    def show_values(self, changed: frozenset[str]) -> None:
        """Show the settings that have changed."""
        for page in self.pages:
            for row in page.rows:
                if changed & {row.row.field, *row.row.also}:
                    row.show_value(getattr(self._store.value, row.row.field))
        if "theme" in changed:
            self._paint()

    def _show_page(self) -> None:
        current = self.places.currentRow()
        for number, page in enumerate(self.pages):
            page.setVisible(bool(self._found[number]) if self._found else number == current)
        self._none.setVisible(bool(self._found) and not any(self._found))
        self.reset.setVisible(not self._found and bool(fields(self.page.page)))
        if self._found:
            self.area.ensureWidgetVisible(self.pages[current])
        else:
            self.area.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the pages' list above the page in a narrow window, and controls below their texts."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._shape_nav(narrow)
        side = 16 if narrow else 28
        self._column.setContentsMargins(side, 16, side, 8)
        stacked = self.width() - (0 if narrow else _NAV) < _STACKED
        for page in self.pages:
            for row in page.rows:
                row.set_stacked(stacked)

    def _shape_nav(self, narrow: bool) -> None:
        """Show the pages as icons in a line, or as lines with their titles."""
        flow = QListView.Flow.LeftToRight if narrow else QListView.Flow.TopToBottom
        self.places.setFlow(flow)
        self.places.setWrapping(False)
        for row, page in enumerate(self.pages):
            item = self.places.item(row)
            item.setText("" if narrow else page.page.title)
            set_tip(item, page.page.title if narrow else "")
            item.setSizeHint(QSize(42, 36) if narrow else QSize(0, 36))
        self.places.setMaximumHeight(44 if narrow else NO_LIMIT)
        self.nav.setMaximumWidth(NO_LIMIT)
        self.nav.setMinimumWidth(0)
        if not narrow:
            self.nav.setFixedWidth(max(_NAV, self.search.minimumSizeHint().width() + 16))

    def _paint(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.WindowText).name()
        for row, page in enumerate(self.pages):
            self.places.item(row).setIcon(theme.icon(page.page.icon, colour))

    def done(self, result: int) -> None:
        """Stop listening to the store before the window goes."""
        self._signals.stop()
        super().done(result)
