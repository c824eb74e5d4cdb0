"""The page of an article without a text: the failure, and the actions that may help."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.document.fonts import font
from reader.gui.list.row import plain, title_of
from reader.gui.viewer import links
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.flow_layout import Flow
from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.return_key import press_by_return
from reader.gui.widgets.theme import icon
from reader.model import Article, FailureKind, Theme

_WIDEST = 560
_TOP, _SIDE, _INSIDE = 40, 24, 24
_NARROW, _NARROW_SIDE, _NARROW_INSIDE = 400, 12, 16
_EDGE, _RADIUS = 4, 10
_TARGET = 26
_ICON = 24
_LONGEST_TITLE, _LONGEST_SITE, _LONGEST_ADDRESS = 200, 80, 600
_LONGEST_WORD, _PIECE = 24, 4  # letters of a word that is not broken, and of its pieces
_NOTE = (
    "Looking in the Internet Archive sends this one address to archive.org, once. "
    "Only what you ask for is sent."
)
_HINTS = {
    FailureKind.GONE: "It may have moved, or have been taken down.",
    FailureKind.REFUSED: "It may open in your browser; its text can be copied from there.",
    FailureKind.LOGIN: "Log in with your browser, copy the article, and paste its text here.",
    FailureKind.OFFLINE: "There was no network, or the site is down.",
    FailureKind.UNSAFE: "The certificate of the site is wrong, or it has none. Without encryption, "
    "others on the way can read and change what it sends.",
    FailureKind.EMPTY: "It may need a browser that runs its scripts.",
    FailureKind.UNTYPED: "Reader asks there only if you type the address yourself.",
}


class Way(NamedTuple):
    """Something that can be done about an article without a text."""

    id: str
    text: str
    icon: str


WAYS = (
    Way("again", "Try Again", "again"),
    Way("browser", "Open in Browser", "out"),
    Way("snapshot", "Look in the Internet Archive", "institution"),
    Way("paste", "Paste Its Text", "clipboard"),
    Way("plain", "Try without Encryption", "link"),
    Way("remove", "Remove", "trash"),
)


class _Card(QFrame):
    """A panel with a coloured edge at its start."""

    def __init__(self) -> None:
        super().__init__()
        self._ground = self._rule = self._edge = QColor()

    def set_colours(self, ground: str, rule: str, edge: str) -> None:
        """Set the colours of the panel, its border and its edge."""
        self._ground, self._rule, self._edge = QColor(ground), QColor(rule), QColor(edge)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the panel and its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        panel = QPainterPath()
        panel.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.fillPath(panel, self._ground)
        painter.setPen(self._rule)
        painter.drawPath(panel)
        painter.setClipPath(panel)
        start = self.width() - _EDGE if self.isRightToLeft() else 0
        painter.fillRect(QRectF(start, 0, _EDGE, self.height()), self._edge)


class FailurePage(QScrollArea):
    """Covers the viewer while its article has no text; ``wanted`` carries the id of a Way.

    ``busy`` is whether the page shows that the article is being downloaded.
    """

    wanted = Signal(str)

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._article: Article | None = None
        self.busy = False
        self._title = _text("failureTitle", selectable=True)
        self._site = _text("failureSite")
        self._mark = Label()
        self._heading = _text("failureHeading")
        self._what = _text("failureText", selectable=True)
        self._address = _text("failureAddress", selectable=True)
        self._copy = QPushButton("Copy")
        self._card = _Card()
        self._note = _text("failureNote")
        self.buttons = {way.id: _button(way) for way in WAYS}
        self._set_up()
        self._lay_out()
        viewer.installEventFilter(self)
        self.hide()

    def _set_up(self) -> None:
        self.setObjectName("failure")
        self.setAccessibleName("Article without a text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._copy.setObjectName("failureCopy")
        self._copy.setMinimumHeight(_TARGET)
        self._copy.setAccessibleName("Copy the address")
        self._copy.clicked.connect(self._copy_address)
        press_by_return(self._copy)
        self.buttons["again"].setObjectName("failureAgain")
        for id, button in self.buttons.items():
            button.clicked.connect(lambda _=False, id=id: self._choose(id))
        self.setFocusProxy(self.buttons["again"])

    def _lay_out(self) -> None:
        address = QVBoxLayout()
        address.setSpacing(0)
        address.addWidget(self._address)
        address.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeading)
        flow = Flow(8)
        for button in self.buttons.values():
            flow.addWidget(button)
        inner = QVBoxLayout()
        inner.setSpacing(8)
        for part in (self._heading, self._what):
            inner.addWidget(part)
        inner.addLayout(address)
        inner.addSpacing(8)
        inner.addLayout(flow)
        card = QHBoxLayout(self._card)
        card.setContentsMargins(_INSIDE, _INSIDE, _INSIDE, _INSIDE)
        card.setSpacing(16)
        card.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        card.addLayout(inner, 1)
        column = QWidget()
        column.setObjectName("failureColumn")
        column.setMaximumWidth(_WIDEST + 2 * _SIDE)
        layout = self._column = QVBoxLayout(column)
        layout.setContentsMargins(_SIDE, _TOP, _SIDE, _TOP)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._site)
        layout.addSpacing(16)
        layout.addWidget(self._card)
        layout.addSpacing(8)
        layout.addWidget(self._note)
        layout.addStretch(1)
        self.setWidget(_middle(column))

    # ---- what is shown

    def show_article(self, article: Article, *, busy: bool, can_change: bool) -> None:
        """Show an article and the actions that may help; ``busy`` if it is being downloaded.

        Without ``can_change`` the library is read-only.
        """
        fresh = self._article is None or self._article.id != article.id
        self._article, self.busy = article, busy
        self._show_head(article)
        self._show_card(article)
        ways = _ways(article, can_change=can_change)
        for id, button in self.buttons.items():
            button.setVisible(id in ways)
        self.buttons["again"].setText("Downloading…" if busy else _again(article))
        self._note.setText(_NOTE if "snapshot" in ways else "")
        self._align()
        self._paint()
        if fresh:
            self.verticalScrollBar().setValue(0)
        self._cover()

    def give_way(self) -> None:
        """Show the viewer again, and give it the keyboard if this page had it."""
        if self.isHidden():
            return
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self.isAncestorOf(focused)
        self._article = None
        self._viewer.setFocusProxy(None)  # type: ignore[arg-type]
        self._viewer.viewport().setEnabled(True)
        self.hide()
        if had_keyboard:
            self._viewer.setFocus()

    def _cover(self) -> None:
        had_keyboard = self._viewer.hasFocus()
        self._fit()
        self.raise_()
        self.show()
        # What lies beneath must not be reached by Tab.
        self._viewer.viewport().setEnabled(False)
        self._viewer.setFocusProxy(self)
        if had_keyboard and not self.isAncestorOf(QApplication.focusWidget() or self._viewer):
            self.setFocus()

    def _fit(self) -> None:
        """Take the size of the viewer; in a narrow one with smaller margins."""
        self.setGeometry(self._viewer.rect())
        narrow = self.width() < _NARROW
        side, inside = (_NARROW_SIDE, _NARROW_INSIDE) if narrow else (_SIDE, _INSIDE)
        self._mark.setHidden(narrow)
        self._column.setContentsMargins(side, _TOP, side, _TOP)
        layout = self._card.layout()
        assert layout is not None
        layout.setContentsMargins(inside, inside, inside, inside)

    def _show_head(self, article: Article) -> None:
        self._title.setText(_broken(title_of(article.title), _LONGEST_TITLE))
        self._title.setAccessibleName(title_of(article.title))
        set_tip(self._title, title_of(article.title))
        saved = phrases.day(phrases.local_day(article.added_at))
        parts = (
            _broken(plain(article.site), _LONGEST_SITE),
            f"saved on {saved}" if saved else "",
            "no text yet",
        )
        self._site.setText(" · ".join(f"\u2068{part}\u2069" for part in parts if part))
        address = links.described(QUrl(article.url)) or plain(article.url)
        self._address.setText(_broken(address, _LONGEST_ADDRESS))
        set_tip(self._address, address)

    def _show_card(self, article: Article) -> None:
        failure = article.failure
        if self.busy:
            heading, what = "The text is being downloaded", "It appears here by itself."
        elif failure is None:
            heading = "Its text has not been downloaded yet"
            what = "Reader downloads it as soon as it can."
            if not article.url.startswith(("http://", "https://")):
                heading, what = "This article has no text", "It did not come from the web."
        else:
            heading = phrases.failure_heading(failure)
            hint = _HINTS.get(failure.kind, "")
            what = " ".join(filter(None, (hint, phrases.failure_details(failure))))
        self._heading.setText(heading)
        self._what.setText(what)
        self._card.setAccessibleName(f"{heading}. {what}")

    def _align(self) -> None:
        """Align the words of the window by its direction; Qt would go by those of the text."""
        edge = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        for part in (self._site, self._heading, self._what, self._address, self._note):
            part.setAlignment(edge | Qt.AlignmentFlag.AlignAbsolute)

    def _paint(self) -> None:
        theme, look = self._viewer.look.theme, self._viewer.look
        calm = self.busy or self._article is None or self._article.failure is None
        edge = theme.muted if calm else theme.bad
        self._card.set_colours(theme.panel, theme.rule, edge)
        name = "download" if calm else _mark(self._article)
        self._mark.setPixmap(icon(name, edge).pixmap(_ICON, _ICON))
        for part, scale in ((self._title, 1.85), (self._heading, 1.2)):
            shown = font(look.font, QApplication.font().pointSizeF() * scale)
            shown.setWeight(shown.Weight.DemiBold)
            part.setFont(shown)
        for way in WAYS:
            self.buttons[way.id].setIcon(icon(way.icon, _ink(way, theme)))

    # ---- what is done

    def _choose(self, way: str) -> None:
        if not (way == "again" and self.busy):
            self.wanted.emit(way)

    def _copy_address(self) -> None:
        if self._article is not None:
            QGuiApplication.clipboard().setText(self._article.url)

    # ---- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the viewer, in its new size and its new look."""
        if watched is self._viewer and not self.isHidden():
            if event.type() is QEvent.Type.Resize:
                self._fit()
            elif event.type() is QEvent.Type.PaletteChange:
                self._paint()
        return super().eventFilter(watched, event)


def _ways(article: Article, *, can_change: bool) -> set[str]:
    """Return the ids of the actions that can be offered for an article."""
    from reader.ingest.urls import is_local, server_of

    ways = {"paste", "remove"} if can_change else set()
    if not article.url.startswith(("http://", "https://")):
        return ways
    ways |= {"browser", *(("again",) if can_change else ())}
    host = QUrl(server_of(article.url)).host()
    if can_change and host and not is_local(host):
        ways.add("snapshot")
    kind = article.failure.kind if article.failure else None
    if can_change and kind is FailureKind.UNSAFE and article.url.startswith("https://"):
        ways.add("plain")
    return ways


def _again(article: Article) -> str:
    return "Try Again" if article.failure else "Download Now"


def _mark(article: Article | None) -> str:
    failure = article.failure if article else None
    return "offline" if failure and failure.kind is FailureKind.OFFLINE else "warning"


def _ink(way: Way, theme: Theme) -> str:
    return theme.on_accent if way.id == "again" else theme.text


def _text(name: str, *, selectable: bool = False) -> Label:
    label = Label()
    label.setObjectName(name)
    label.setWordWrap(True)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _button(way: Way) -> QPushButton:
    button = QPushButton(way.text)
    button.setObjectName("failureWay")
    press_by_return(button)
    return button


def _middle(column: QWidget) -> QWidget:
    middle = QWidget()
    middle.setObjectName("failureColumn")
    row = QHBoxLayout(middle)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(column, 100)
    row.addStretch(1)
    return middle


def _broken(text: str, longest: int) -> str:
    """Return a text cut to a length, with places to break its long words."""
    short = text if len(text) <= longest else f"{text[:longest].rstrip()}…"
    return " ".join(_breakable(word) for word in short.split(" "))


def _breakable(word: str) -> str:
    if len(word) <= _LONGEST_WORD:
        return word
    return "\u200b".join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))
