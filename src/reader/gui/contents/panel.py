"""The contents of the article beside the page: its headings, and the one that is read."""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.anchor import Anchor, Reached
from reader.body.headings import Headline, block_of, ends, headlines
from reader.gui.contents.view import HeadingsView
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.theme import icon

WIDE = 264
_REST_MS = 60
_NOTHING = "This article has no headings."
_NO_MATCH = "No heading has these words."


class ContentsPanel(QFrame):
    """Shows the headings of the article on the page, also of the part that is still built.

    ``speed`` returns the words a minute at which this person reads. ``went`` is emitted after the
    person has gone to a heading, ``left`` when they want to go back to the page, ``closing`` when
    they press the cross.
    """

    went = Signal()
    left = Signal()
    closing = Signal()

    def __init__(self, viewer: Viewer, speed: Callable[[], float], parent: QWidget) -> None:
        super().__init__(parent)
        self._viewer, self._speed = viewer, speed
        self._headlines: Sequence[Headline] = ()
        self._ends: Sequence[int] = ()
        self._shown: tuple[int, str] = (0, "")
        self._reached, self._furthest = 0, Reached()
        self.setObjectName("contents")
        self.setAccessibleName("Contents")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit()
        self.view = HeadingsView(viewer.look.theme)
        self._empty, self._foot = Label(_NOTHING), Label()
        self._close = QToolButton()
        self._arrange()
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self.follow)
        self._connect()

    def _arrange(self) -> None:
        title = Label("Contents")
        title.setObjectName("contentsTitle")
        self._close.setAccessibleName("Close the contents")
        set_tip(self._close, "Close the contents")
        self.field.setPlaceholderText("Find a heading")
        self.field.setAccessibleName("Find a heading")
        self.field.setClearButtonEnabled(True)
        self._empty.setObjectName("hint")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._foot.setObjectName("contentsFoot")
        self._foot.setWordWrap(True)
        head = QHBoxLayout()
        head.setContentsMargins(10, 10, 10, 4)
        head.addSpacing(6)  # which changes sides with the window, unlike a margin
        head.addWidget(title, 1)
        head.addWidget(self._close)
        edge = QFrame()
        edge.setObjectName("barRule")
        edge.setFixedWidth(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(edge)
        column = QVBoxLayout()
        across.addLayout(column, 1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 4)
        row.addWidget(self.field)
        column.addLayout(row)
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        column.addStretch(0)
        column.addWidget(self._foot)
        self._empty.setContentsMargins(16, 24, 16, 0)

    def _connect(self) -> None:
        viewer = self._viewer
        self._close.clicked.connect(self.closing)
        self.field.textChanged.connect(lambda _: self._filter())
        self.field.installEventFilter(self)
        self.view.chosen.connect(self.go_to)
        self.view.left.connect(self.left)
        bar = viewer.verticalScrollBar()
        bar.valueChanged.connect(self._moved)
        for signal in (viewer.grown, viewer.arranged):
            signal.connect(self._moved)
        viewer.taken.connect(self.show_article)

    # ---- what is shown

    def show_article(self) -> None:
        """Show the headings of the article on the page, unless they are shown already."""
        if self.isHidden():
            return
        viewer = self._viewer
        article, theme = viewer.article, viewer.look.theme
        self.view.theme = theme
        self._close.setIcon(icon("close", theme.text) if theme else QIcon())
        shown = (article.id, article.html) if article is not None else (0, "")
        if shown != self._shown:
            if shown[0] != self._shown[0]:
                self._reached, self._furthest = 0, Reached()
                self.field.blockSignals(True)
                self.field.clear()
                self.field.blockSignals(False)
            self._shown = shown
            self._headlines = headlines(shown[1])
            self._ends = ends(self._headlines)
            way = Qt.LayoutDirection
            self.view.setLayoutDirection(way.RightToLeft if viewer.is_rtl else way.LeftToRight)
            self._filter()
        else:
            self.follow()

    def _filter(self) -> None:
        model = self.view.headings
        model.here, model.read = -1, ()
        model.show_headings(self._headlines, self.field.text())
        self._empty.setText(_NO_MATCH if self._headlines else _NOTHING)
        self._empty.setVisible(not model.rows)
        self.field.setVisible(bool(self._headlines))
        self.view.setVisible(bool(model.rows))
        self.follow()
        self.view.go_to_here()
        if not self.view.currentIndex().isValid() and model.rows:
            self.view.setCurrentIndex(model.index(0))

    def _moved(self) -> None:
        if not self.isHidden() and not self._resting.isActive():
            self._resting.start()

    def follow(self) -> None:
        """Mark the place, and the chapters that are read, once the page rests."""
        if self.isHidden() or not self._headlines:
            self._foot.setVisible(False)
            return
        viewer, built = self._viewer, self._viewer.page.headings
        here = viewer.reading_at()
        self._note_read(here)
        last = viewer.progress() >= 1 and viewer.document_ready and viewer.reads_on
        begun = len(self._headlines) + 1 if last else bisect_right(built, (self._reached, 9))
        number = min(bisect_right(built, (here, 9)), len(self._headlines)) - 1
        read = [end < begun for end in self._ends]
        self.view.show_here(number, read)
        self._show_foot(number, sum(read), here)

    def _note_read(self, here: int) -> None:
        """Note how far the article is read: up to here, or to the furthest place."""
        viewer = self._viewer
        if viewer.reads_on:
            self._reached = max(self._reached, here)
        if viewer.furthest is not self._furthest and viewer.document_ready:
            self._furthest = viewer.furthest
            self._reached = max(self._reached, viewer.page.position_of(viewer.furthest.anchor) or 0)

    def _show_foot(self, number: int, read: int, here: int) -> None:
        count = phrases.plural(len(self._headlines), "heading")
        lines = [f"{count} · {read:,} read" if read else count]
        minutes = self._minutes(number, here)
        if minutes:
            lines.append(f"{phrases.duration(60 * minutes)} to the end of this chapter")
        if (text := "\n".join(lines)) != self._foot.text():
            self._foot.setText(text)
        self._foot.setVisible(True)

    def _minutes(self, number: int, here: int) -> int:
        """Return how long the rest of a chapter takes this reader, 0 if that is not known."""
        viewer, article = self._viewer, self._viewer.article
        if number < 0 or article is None or not viewer.document_ready:
            return 0
        built, end = viewer.page.headings, self._ends[number]
        all_of_it = viewer.page.characterCount()
        goal = built[end][0] if end < min(len(built), len(self._headlines)) else all_of_it
        words = article.words * max(0, goal - here) / max(1, all_of_it)
        return max(1, round(words / self._speed()))

    # ---- going there

    def go_to(self, number: int) -> None:
        """Go to a heading; Back returns to the place before."""
        built = self._viewer.page.headings
        if number < len(built):
            self._viewer.leap_to(built[number][0])
        else:
            self._viewer.leap_to_place(Anchor(block_of(self._shown[1], number)))
        self.follow()
        self.went.emit()

    def take_keyboard(self) -> None:
        """Give the keyboard to the headings, at the place."""
        self.view.go_to_here()
        (self.view if self.view.isVisible() else self._close).setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )

    # ---- Qt

    def event(self, event: QEvent) -> bool:
        """Keep keys without Ctrl or Alt here: they are not shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            if not event.modifiers() & command and (event.text() or _leaves(event)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc; letters typed among the headings go into the field."""
        if _leaves(event):
            self.left.emit()
        elif event.text().isprintable() and event.text().strip() and self.field.isVisible():
            self.field.setFocus()
            self.field.insert(event.text())
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the first heading that is found with Return, to the list with Down."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                number = self.view.currentIndex().data(Qt.ItemDataRole.UserRole)
                if number is not None:
                    self.go_to(number)
                return True
            if event.key() == Qt.Key.Key_Down:
                self.view.setFocus()
                return True
            if _leaves(event) and self.field.text():
                self.field.clear()
                return True
        return super().eventFilter(watched, event)


def _leaves(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape
