"""The page while no article is open: ways to go on, and their keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QGridLayout, QPushButton, QVBoxLayout, QWidget

from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.theme import icon
from reader.model import Theme
from reader.resources import resource

if TYPE_CHECKING:
    from reader.gui.window import Window

_ROOM_FOR_PICTURE, _ROOM_FOR_WAYS = 520, 300
_WIDE_ENOUGH, _WIDEST = 320, 420
_MARGIN = 24


class Way(NamedTuple):
    """A thing to do: its text, and the id of its action or words in place of a key."""

    text: str
    action: str = ""
    words: str = ""


class Hint(NamedTuple):
    """The texts of an empty page; ``adds`` shows the picture and the button."""

    title: str
    sentence: str
    ways: tuple[Way, ...]
    adds: bool = False


NOTHING_WAITS = Hint(
    "Nothing waits to be read",
    "What you save stays on this disk, with its pictures, even when the site is gone.",
    (
        Way("paste the address of an article", "add.url"),
        Way("files, a folder or addresses on this window", words="Drop"),
        Way("choose files", "add.files"),
    ),
    adds=True,
)
CHOOSE = Hint(
    "Choose an article",
    "",
    (
        Way("the next article of the list", "article.next"),
        Way("search all articles", "search.search"),
        Way("every command, shelf and article", "palette.open"),
        Way("add an article", "add.url"),
    ),
)


class EmptyPage(QWidget):
    """Covers an empty page.

    ``hint`` returns the Hint to show, ``key_of`` the key of an action by its id.
    """

    add_wanted = Signal()

    def __init__(
        self,
        page: QAbstractScrollArea,
        hint: Callable[[], Hint],
        key_of: Callable[[str], str],
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(page)
        self._page, self._hint, self._key_of, self._theme = page, hint, key_of, theme
        self.setObjectName("emptyPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._picture = Label()
        self._title = _words("emptyTitle")
        self._sentence = _words("emptySentence")
        self.add = QPushButton("Add an Article")
        self.add.setObjectName("primary")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self.add_wanted)
        self._ways = QWidget()
        self._lines = QGridLayout(self._ways)
        self._lines.setHorizontalSpacing(16)
        self._lines.setVerticalSpacing(10)
        self._lines.setColumnStretch(1, 1)
        self._put_together()
        page.installEventFilter(self)
        QWidget.setTabOrder(page, self.add)
        self.hide()

    def _put_together(self) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 16, _MARGIN, 16)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(self._picture, 0, centre)
        layout.addSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._sentence)
        layout.addSpacing(12)
        layout.addWidget(self.add, 0, centre)
        layout.addSpacing(12)
        layout.addWidget(self._ways)
        layout.addStretch(3)

    def title(self) -> str:
        """Return the title that is shown, ``""`` if the page is not covered."""
        return "" if self.isHidden() else self._title.text()

    def show_unless(self, text: str) -> None:
        """Cover the page until an article is opened, unless a text is on it."""
        self.setHidden(bool(text))
        if text:
            return
        self.refresh()
        self.setGeometry(self._page.rect())
        self.show()
        self.raise_()

    def follow(self) -> None:
        """Show another hint if the shelf or its articles have changed."""
        if not self.isHidden():
            self.refresh()

    def refresh(self) -> None:
        """Show the present hint and keys."""
        hint = self._hint()
        self._title.setText(hint.title)
        self._sentence.setText(hint.sentence)
        self._sentence.setVisible(bool(hint.sentence))
        self.add.setVisible(hint.adds)
        self._show_ways(hint.ways)
        self._paint()
        self._fit()

    def _show_ways(self, ways: tuple[Way, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        side, rtl = Qt.AlignmentFlag, self.isRightToLeft()
        for line, way in enumerate(ways):
            if key := way.words or self._key_of(way.action):
                chip = Label(key)
                chip.setObjectName("key")
                words = _wrapped(way.text)
                words.setAlignment(
                    (side.AlignRight if rtl else side.AlignLeft) | side.AlignAbsolute
                )
                self._lines.addWidget(chip, line, 0, side.AlignTrailing | side.AlignTop)
                self._lines.addWidget(words, line, 1)

    def _paint(self) -> None:
        theme = self._theme()
        self.add.setIcon(icon("add", theme.on_accent))
        set_tip(self.add, " ".join(filter(None, ("Add an article", self._key_of("add.url")))))
        self._picture.setPixmap(_drawing("empty", theme, self.devicePixelRatioF()))

    def _fit(self) -> None:
        """Leave out the picture, then the keys, if there is little room."""
        side = max(0, (self.width() - 2 * _MARGIN - _WIDEST) // 2)
        self._lines.setContentsMargins(side, 0, side, 0)
        adds = not self.add.isHidden()
        room = self.height() >= _ROOM_FOR_PICTURE and self.width() >= _WIDE_ENOUGH
        self._picture.setVisible(adds and room)
        self._ways.setVisible(self.height() >= _ROOM_FOR_WAYS)

    # ---- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the parts into the page."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Draw in the colours of a new theme, and show keys that were changed in a dialog."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._paint()
        elif event.type() == QEvent.Type.ActivationChange and self.isVisible():
            self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self._page.rect())
        return super().eventFilter(watched, event)


def _wrapped(text: str) -> Label:
    words = Label(text)
    words.setWordWrap(True)
    return words


def _words(name: str) -> Label:
    words = _wrapped("")
    words.setObjectName(name)
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return words


def _drawing(name: str, theme: Theme, scale: float) -> QPixmap:
    """Return a drawing whose colours are names of the theme."""
    svg = resource("icons", f"{name}.svg").read_text("utf-8")
    for colour in ("panel", "mark", "rule", "window", "edge", "accent", "page", "muted"):
        svg = svg.replace(f'"{colour}"', f'"{getattr(theme, colour)}"')
    wide, high = round(240 * scale), round(150 * scale)
    svg = svg.replace(
        'width="240" height="150" fill="none"', f'width="{wide}" height="{high}" fill="none"', 1
    )
    image = QImage.fromData(svg.encode())
    image.setDevicePixelRatio(scale)
    return QPixmap.fromImage(image)


def page_of(window: "Window") -> EmptyPage:
    """Return the empty page of a window; it shows itself if no article is open."""
    library, context = window.context.library, window.context

    def hint() -> Hint:
        counts = library.counts()
        is_queue = window.shelf is not None and window.shelf.key == "queue"
        return NOTHING_WAITS if not counts.all or (is_queue and not counts.queue) else CHOOSE

    page = EmptyPage(window.viewer, hint, context.key_of, lambda: window.colours)
    page.add_wanted.connect(lambda: window.controllers.adding.open_sheet(page.add))
    window.selection.changed.connect(lambda: page.setHidden(window.article is not None))
    window.shelf_view.shown.connect(page.follow)
    window.list.model().modelReset.connect(page.follow)
    return page
