"""A reading session: some articles of the queue, one after the other, in a given time."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from reader import phrases
from reader.anchor import Anchor
from reader.gui.context import Context
from reader.gui.list.row import plain
from reader.gui.widgets.dialogs import passing
from reader.gui.widgets.plain_text import Label, set_tip
from reader.library.session import minutes_of, pick
from reader.model import Row

_ROOM_FOR_PROGRESS = 430


class SessionBar(QWidget):
    """A bar above the page: the progress of the session, the time left, and buttons.

    ``buttons`` are texts, tool tips and slots.
    """

    def __init__(self, buttons: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        super().__init__()
        self.setObjectName("session")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = Label()
        self._text.setObjectName("shelfTitle")
        self._text.setMinimumWidth(40)  # may shrink on a narrow page
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(4)
        self._progress.setMaximumWidth(180)
        self._progress.setAccessibleName("Progress of the session")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 5, 10, 5)
        layout.setSpacing(8)
        layout.addWidget(self._text)
        layout.addWidget(self._progress, 1)
        layout.addStretch(1)
        for text, tip, slot in buttons:
            button = QToolButton()
            button.setText(text)
            set_tip(button, tip)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(slot)
            layout.addWidget(button)
        button.setObjectName("act")
        button.ensurePolished()
        button.setMinimumWidth(button.sizeHint().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the progress bar if there is little room."""
        super().resizeEvent(event)
        self._progress.setVisible(self.width() >= _ROOM_FOR_PROGRESS)

    def text(self) -> str:
        """Return the text of the bar, ``""`` if it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def show_progress(self, text: str, done: int, total: int) -> None:
        """Show the progress of the session."""
        self._text.setText(text)
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)
        self.show()


class Session(QObject):
    """Lets the user choose articles, and guides through them by ``go_on`` and ``step``.

    ``article_wanted`` carries the id of the article to open, ``ended`` the summary at the end, and
    ``finish_wanted`` asks to archive the open article, after which the window calls ``go_on``.
    ``tip`` returns the tool tip of an action, with its keys.
    """

    article_wanted = Signal(int)
    ended = Signal(str)
    finish_wanted = Signal()

    def __init__(self, context: Context, tip: Callable[[str], str]) -> None:
        super().__init__(context.window)
        self._window = context.window
        self._library = context.library
        self._messages = context.messages
        self._settings = context.settings
        self._rows: list[Row] = []
        self._read: dict[int, Row] = {}
        self._here = 0
        self.running = False
        self.bar = SessionBar(
            (
                ("End", tip("session.end"), self.stop),
                ("Skip", tip("article.next"), lambda: self.step(1)),
                ("Done, Next", tip("article.archive"), self.finish_wanted.emit),
            )
        )
        self.bar.hide()

    # ---- actions

    def begin(self) -> None:
        """Ask for the minutes and the articles, and begin."""
        from reader.gui.session.dialog import SessionDialog

        minutes = self._settings.value.minutes
        dialog = SessionDialog(minutes, lambda some: pick(self._library, some), self._window)
        with passing(dialog) as accepted:
            minutes, rows = dialog.length, dialog.rows()
        if accepted:
            self._settings.update(minutes=minutes)
            self.start(rows)

    def stop(self) -> None:
        """End the session; unread articles stay in the queue."""
        if self.running:
            self.running = False
            self.bar.hide()
            self.ended.emit(self._summary())

    def surprise(self) -> None:
        """Open a random article of the queue; older ones are more likely."""
        id = self._library.queue.surprise(self._settings.value.article)
        if id is None:
            self._messages.tell("There is nothing else in the queue.")
        else:
            self.article_wanted.emit(id)

    # ---- going through the articles

    @property
    def current(self) -> int:
        """The id of the current article, 0 if no session is running."""
        return self._rows[self._here].id if self.running else 0

    def start(self, rows: Sequence[Row]) -> None:
        """Begin a session with these articles."""
        if not rows:
            return
        self._rows, self._read, self._here = list(rows), {}, 0
        self.running = True
        self._open()

    def step(self, by: int) -> bool:
        """Go to the next or previous unread article; False if no session is running."""
        if not self.running:
            return False
        wanted = self._here + by
        while 0 <= wanted < len(self._rows) and self._rows[wanted].id in self._read:
            wanted += by
        if wanted >= len(self._rows):
            self.stop()
        elif wanted >= 0:
            self._here = wanted
            self._open()
        return True

    def go_on(self, id: int) -> bool:
        """Go on after an article was archived; False if it is not the current one."""
        if id != self.current:
            return False
        self._read[id] = self._rows[self._here]
        return self.step(1)

    def take_back(self, id: int) -> None:
        """Return to an article after its archiving was undone, even after the end."""
        if self._read.pop(id, None) is not None:
            self._here = next(n for n, row in enumerate(self._rows) if row.id == id)
            self.running = True
            self._show_progress()

    def moved(self, id: int, _position: Anchor, progress: float) -> None:
        """Store the reading progress of an article."""
        self._rows = [
            row._replace(progress=progress) if row.id == id else row for row in self._rows
        ]
        if self.running:
            self._show_progress()

    def _open(self) -> None:
        self._show_progress()
        self.article_wanted.emit(self.current)

    def _show_progress(self) -> None:
        left = sum(minutes_of(row) for row in self._rows[self._here :] if row.id not in self._read)
        number, total = self._here + 1, len(self._rows)
        time = f" · {phrases.duration(60 * left)} left" if left else ""
        self.bar.show_progress(f"{number} of {total}{time}", number - 1, total)

    def _summary(self) -> str:
        """Return a title, and a line about the read and the remaining articles."""
        titles = [f"“{plain(row.title)}”" for row in self._read.values()]
        unread = [row.id for row in self._rows if row.id not in self._read]
        rest = len(self._library.queue.having(unread))
        stays = f"{phrases.plural(rest, 'article')} of the session stays in the queue."
        if rest > 1:
            stays = stays.replace("stays", "stay")
        head = f"You have read {phrases.plural(len(titles), 'article')}"
        lines = [", ".join(titles) + "." if titles else "", stays if rest else ""]
        return f"{head}\n{' '.join(filter(None, lines))}"
