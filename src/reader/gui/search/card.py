"""The card of the search: samples of all searches; a click puts one into the field."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from reader.gui.widgets.columns import Columns
from reader.gui.widgets.plain_text import Label, caption
from reader.gui.widgets.return_key import press_by_return
from reader.gui.widgets.screens import screen_of
from reader.library.search import query_parser

Line = tuple[str, str]
"""A sample, and what it finds."""

_WIDE, _HIGH, _COLUMN, _MARGIN = 760, 660, 330, 12

_WORDS: tuple[Line, ...] = (
    ("climate change", "both words, anywhere"),
    ('"climate change"', "this phrase"),
    ("clim*", "words that begin so"),
    ("-politics", "without this word; also -tag:work"),
    ("paris OR london", "one or the other"),
)
_SAYS: Mapping[str, str] = MappingProxyType(
    {
        "title": "in the title",
        "author": "in the name of the author",
        "by": "the same, shorter",
        "site": "in the name of the site",
        "text": "in the text",
        "note": "in a note on a highlight",
        "subject": "about this, as its page says",
        "is:unread": "not begun",
        "is:opened": "opened before",
        "is:read": "read to the end",
        "is:queue": "in the queue",
        "is:archived": "in the archive",
        "is:trash": "in the trash",
        "is:fav": "favourites",
        "is:downloaded": "with their text",
        "is:waiting": "without their text yet",
        "is:failed": "whose download failed",
        "has:image": "with pictures",
        "has:tag": "with any tag",
        "has:author": "with an author",
        "has:highlight": "with highlights",
        "has:note": "with notes on highlights",
        "tag": "with a tag, or one inside it",
        "lang": "in a language, as lang:de",
        "added": "saved within 7 days; also 2025-01, >2025, 2023..2024, today, 3m, 1y",
        "saved": "the same",
        "read": "read to the end then",
        "opened": "opened then",
        "published": "published then",
        "words": "longer than that; also <500, 500..1500, 2k",
        "views": "viewed as often",
    }
)
_VALUES: Mapping[str, str] = MappingProxyType(
    {"added": "7d", "saved": "7d", "read": "today", "opened": "1w", "published": ">2024",
     "words": ">2000", "views": "0"}
)  # fmt: skip


def sections() -> list[tuple[str, list[Line]]]:
    """Return the samples of searches by section, from the tables of the parser."""
    free = [name for name, known in query_parser.NAMED.items() if not known]
    texts = [*query_parser.TEXTS, *free]
    states = [f"{name}:{each}" for name in query_parser.NAMED for each in query_parser.values(name)]
    compared = [*query_parser.DATES, *query_parser.NUMBERS]
    return [
        ("Words", list(_WORDS)),
        ("In One Place", _lines(texts)),
        ("When and How Much", _lines(compared)),
        ("State", _lines(states)),
    ]


def _lines(names: Sequence[str]) -> list[Line]:
    return [
        (name if ":" in name else f"{name}:{_VALUES.get(name, '')}", _SAYS.get(name, ""))
        for name in names
    ]


class SearchCard(QFrame):
    """A popup below the search field; ``chosen`` carries the sample that was clicked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("searchCard")
        self.setAccessibleName("Help on searching")
        self._columns = Columns([self._section(*each) for each in sections()], _COLUMN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._columns.scrolled("Help on searching"))

    def show_below(self, field: QWidget) -> None:
        """Show the card below the field, on the screen and as high as it needs."""
        screen = screen_of(field).availableGeometry()
        wide = min(_WIDE, screen.width() - 2 * _MARGIN, field.window().width() - 2 * _MARGIN)
        corner = field.mapToGlobal(QPoint(0, field.height() + 4))
        most = max(min(_HIGH, screen.bottom() - corner.y() - _MARGIN), screen.height() // 3)
        self.resize(QSize(wide, min(most, self._columns.height_at(wide - 2) + 2)))
        if field.isRightToLeft():
            corner.setX(corner.x() + field.width() - wide)
        left = max(screen.left() + _MARGIN, min(corner.x(), screen.right() - wide - _MARGIN))
        top = min(corner.y(), screen.bottom() - self.height() - _MARGIN)
        self.move(left, max(screen.top(), top))
        self.show()
        self.findChildren(QPushButton)[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _section(self, title: str, lines: Sequence[Line]) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        head = Label(title)
        head.setObjectName("cardHead")
        head.setIndent(0)
        grid = QGridLayout(card)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(head, 0, 0, 1, 2)
        for row, (sample, says) in enumerate(lines, 1):
            button = QPushButton(caption(sample))
            button.setAccessibleName(f"{sample}: {says}")
            button.setMinimumHeight(26)
            press_by_return(button)
            button.clicked.connect(lambda _=False, sample=sample: self._choose(sample))
            text = Label(says)
            text.setObjectName("hint")
            text.setWordWrap(True)
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        return card

    def _choose(self, sample: str) -> None:
        self.close()
        self.chosen.emit(sample)
