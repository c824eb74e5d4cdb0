"""The window of an export: its articles, its format, its options, and its place."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reader.exporting.kinds import FORMS, Kind, Wanted
from reader.gui.exporting.choices import Choice
from reader.gui.exporting.described import Choices, Described
from reader.gui.exporting.options import Options
from reader.gui.exporting.place_line import PlaceLine
from reader.gui.exporting.places import Place, proposed
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.layouts import scrolled
from reader.gui.widgets.plain_text import Label, caption
from reader.settings_store import SettingsStore

_SIZE, _LEAST = (860, 560), (320, 260)
_NARROW, _FOOT_NARROW = 640, 560  # pixels
_SIDE, _GAP = 24, 20

GOOD_FOR: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.MARKDOWN: "For Obsidian and other notes: a file each, with its pictures beside it",
        Kind.HTML: "For browsers and for keeping: a file each, with its pictures inside",
        Kind.EPUB: "For e-readers: one book with contents, or a book each",
        Kind.TEXT: "For any program: a file each, only with the words",
        Kind.JSONL: "For another Reader and for programmers: all that Reader knows, in a zip",
        Kind.CSV: "For spreadsheets: one list of addresses, tags and dates, without texts",
        Kind.BOOKMARKS: "For browsers and other services: one list of addresses and tags",
    }
)
"""The purpose of each format in one line."""


class Order(NamedTuple):
    """An export as it was chosen: which articles, how, and to which place.

    ``wanted`` has no ids yet.
    """

    choice: Choice
    wanted: Wanted
    place: Place


class ExportDialog(Dialog):
    """Chooses an export; the choice is kept in the settings when it is accepted."""

    def __init__(
        self, choices: Sequence[Choice], store: SettingsStore, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._store = store
        self._choices = choices
        self._kinds = [*FORMS]
        self._own: dict[Kind, Place] = {}  # chosen in this window
        self.what = Choices(
            "Articles", [Described(x.text, x.detail, is_name=True) for x in choices]
        )
        self.formats = Choices("Format", [Described(FORMS[x].title, GOOD_FOR[x]) for x in FORMS])
        value = store.value
        self.options = Options(as_book=value.export_book, highlights=value.export_highlights)
        self.place = PlaceLine()
        self.note = Label("A file of an earlier export is replaced; all other files stay.")
        self.cancel, self.button = QPushButton("Cancel"), QPushButton()
        self._lay_out()
        self.what.choose(0)
        last = value.export_kind
        self.formats.choose(self._kinds.index(Kind(last)) if last in self._kinds else 0)
        self._connect()
        self._order_tabs()
        self._show()
        self.what.focus()

    @property
    def choice(self) -> Choice:
        """The chosen articles."""
        return self._choices[self.what.index]

    @property
    def kind(self) -> Kind:
        """The chosen format."""
        return self._kinds[self.formats.index]

    @property
    def order(self) -> Order:
        """The chosen export."""
        return Order(self.choice, self._wanted(()), self.place.place)

    # ---- setting up

    def _lay_out(self) -> None:
        self._beside = _column()
        self._left = _column(self.what, self.options, self.place)
        inner = QWidget()
        inner.setObjectName("exportPage")
        row = QHBoxLayout(inner)
        row.setContentsMargins(_SIDE, _GAP, _SIDE, _GAP)
        row.setSpacing(0)
        row.addLayout(self._left, 1)
        row.addLayout(self._beside, 1)
        self._parts = row
        self._arrange(narrow=False)
        area = scrolled(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the part with the keyboard
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(self._foot())
        self.setMinimumSize(*_LEAST)
        self.resize(*_SIZE)

    def _arrange(self, *, narrow: bool) -> None:
        """Put the formats beside the rest, or between the choice of articles and the rest."""
        column, place = (self._left, 1) if narrow else (self._beside, 0)
        if column.indexOf(self.formats) < 0:
            column.insertWidget(place, self.formats)
        self._parts.setStretch(1, int(not narrow))
        self._parts.setSpacing(0 if narrow else 2 * _SIDE)

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("foot")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, foot)
        self._row.setContentsMargins(16, 12, 16, 12)
        self._row.setSpacing(8)
        self.note.setObjectName("importFootNote")
        self.note.setWordWrap(True)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button.setObjectName("primary")
        self.cancel.setAutoDefault(False)
        self.button.setDefault(True)
        self._row.addWidget(self.note, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.button)
        self._row.addLayout(buttons)
        return foot

    def _connect(self) -> None:
        self.what.chosen.connect(lambda _: self._show())
        self.formats.chosen.connect(lambda _: self._show())
        self.options.changed.connect(self._show)
        self.place.chosen.connect(self._use)
        self.cancel.clicked.connect(self.reject)
        self.button.clicked.connect(self.accept)

    def _order_tabs(self) -> None:
        """Follow the order of the questions, wherever they stand."""
        stops: list[QWidget] = [line.button for line in (*self.what.lines, *self.formats.lines)]
        stops += [*self.options.stops, self.place.button, self.cancel, self.button]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # ---- showing

    def _wanted(self, ids: tuple[int, ...]) -> Wanted:
        chosen, is_several = self.options.chosen, self.choice.is_several(self.kind)
        is_book = self.kind is Kind.EPUB and is_several and chosen.as_book
        title = (chosen.title if is_book else "") or self.choice.title
        return Wanted(self.kind, ids, title, chosen.as_book, chosen.highlights)

    def _show(self) -> None:
        """Show the options, the place and the button for the choice."""
        choice, kind = self.choice, self.kind
        is_several = choice.is_several(kind)
        self.options.show_for(kind, choice.title, is_several=is_several)
        wanted = self._wanted((1, 2) if is_several else (1,))
        place = proposed(wanted, self._store.value.export_places)
        own = self._own.get(kind)
        if own is not None and bool(own.name) is bool(place.name):
            place = own
        self.place.show_place(kind, place)
        count = choice.count_as(kind)
        self.button.setText(caption(_named(count)))

    def _use(self, place: Place) -> None:
        self._own[self.kind] = place
        self._show()

    def accept(self) -> None:
        """Keep the choice in the settings, and close."""
        value, chosen = self._store.value, self.options.chosen
        places = {**value.export_places, self.kind: str(self.place.place.folder)}
        self._store.update(
            export_kind=str(self.kind), export_places=places, export_book=chosen.as_book,
            export_highlights=chosen.highlights,
        )  # fmt: skip
        super().accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the formats below the rest, and the note above the buttons, if there is no room."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        stacked = self.width() < _FOOT_NARROW
        self._arrange(narrow=self.width() < _NARROW)
        self._row.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)


def _column(*parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(_GAP)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return column


def _named(count: int) -> str:
    if not count:
        return "Export Articles"
    return "Export 1 Article" if count == 1 else f"Export {count:,} Articles"
