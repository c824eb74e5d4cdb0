"""The chosen copy: its difference from the library, and the articles to restore."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.backup_phrases import moment
from reader.gui.backups.article_list import DifferingList
from reader.gui.widgets.plain_text import Label
from reader.gui.widgets.return_key import press_by_return
from reader.gui.widgets.segments import Segments
from reader.library.backup.copy import Change, Copy, Difference, Differing
from reader.model import Theme

_SIDE, _NARROW_SIDE = 24, 12  # pixels
_SHOWN_AFTER_MS = 200  # a comparison that takes less changes the numbers once
_UNKNOWN = Difference()
_SAFE = "What is in the library now is copied before anything is put back."
_NOTHING = {
    Change.DELETED: "Nothing that is in this copy was deleted since.",
    Change.CHANGED: "Nothing was changed since this copy.",
    Change.ADDED: "Nothing was added since this copy.",
}


class _Kind(NamedTuple):
    """A kind of change: the text of its segment and the words below its number."""

    change: Change
    text: str
    words: str


_KINDS = (
    _Kind(Change.DELETED, "Deleted", "that you have since deleted"),
    _Kind(Change.CHANGED, "Changed", "changed since then"),
    _Kind(Change.ADDED, "Added", "added since then"),
)
_FIGURES = (0, 2, 1)  # the order of the numbers: deleted, added, changed


class CopyPage(QWidget):
    """A copy and its difference; ``checked`` is emitted when other articles are checked.

    ``compare_wanted`` and ``stop_wanted`` ask to compare the copy, or to stop comparing it.
    """

    checked = Signal()
    compare_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self.setObjectName("backupsPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._difference = _UNKNOWN
        self._now = 0.0
        self._waiting = QTimer(self, singleShot=True, interval=_SHOWN_AFTER_MS)
        self._title, self._about = _label("backupsTitle"), _label("hint")
        self._numbers = [_Figure(kind.words) for kind in _KINDS]
        self.segments = Segments([kind.text for kind in _KINDS], "Articles")
        self.all = QPushButton("Select All")
        self.list = DifferingList(colours)
        self._note = _Note()
        self._safe = _label("hint", _SAFE)
        self._lay_out()
        self._connect()

    # ---- what is shown

    def show_copy(self, copy: Copy | None, now: float, *, empty: str = "") -> None:
        """Show a copy, not compared yet; ``empty`` is the note if there is none."""
        self._now = now
        self._difference = _UNKNOWN
        self.list.rows.checked = set()
        for part in (*self._numbers, self.segments, self._safe):
            part.setVisible(copy is not None)
        if copy is None:
            self._title.setText("No copy")
            self._about.setText("")
            self.all.hide()
            self.show_note(empty)
            return
        when = moment(copy.made_at, now) or "At an unknown time"
        self._title.setText(when[:1].upper() + when[1:])
        self._about.setText(f"{phrases.plural(copy.articles, 'article')} · not compared yet")
        self.show_comparing()
        self.checked.emit()

    def show_comparing(self) -> None:
        """Show that the copy is being compared, as soon as that takes longer than a moment."""
        self._waiting.start()

    def _show_waiting(self) -> None:
        if self._difference is _UNKNOWN:
            self._show_numbers(None)
        self.show_note("Comparing with the library…", busy=True)

    def show_difference(self, copy: Copy, difference: Difference) -> None:
        """Show a difference; the deleted articles are checked, unless others were before."""
        self._waiting.stop()
        is_new = self._difference is _UNKNOWN
        number = self.segments.index
        self._difference = difference
        whole = f"{copy.damaged:,} were damaged already" if copy.damaged else "whole"
        count = phrases.plural(copy.articles, "article")
        self._about.setText(f"{count} · opened, counted and compared: {whole}")
        self._show_numbers(difference)
        if is_new:
            self.list.rows.checked = {article.uid for article in difference.deleted}
            number = next((n for n in range(len(_KINDS)) if self._articles(n)), 0)
        self.segments.pick(number)
        self._show_articles()

    def show_note(self, text: str, *, busy: bool = False, can_compare: bool = False) -> None:
        """Show a sentence in place of the articles, with the progress if it is about work."""
        self._waiting.stop()
        self._note.show_text(text, busy=busy, can_compare=can_compare)
        self._stack.setCurrentWidget(self._note)
        self.all.hide()
        self.checked.emit()

    def show_broken(self, text: str) -> None:
        """Show why the copy cannot be compared."""
        self._about.setText("It could not be opened and compared")
        self._show_numbers(None)
        self.show_note(text, can_compare=True)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the comparison is."""
        self._note.progress.setRange(0, total)
        self._note.progress.setValue(done)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room at the sides in a narrow dialog."""
        side = _NARROW_SIDE if narrow else _SIDE
        self._column.setContentsMargins(side, 18, side, 14)

    def text(self) -> str:
        """Return the sentences of the page."""
        shown = [self._title, self._about, *(each.label for each in self._numbers)]
        note = self._note.label.text() if self._stack.currentWidget() is self._note else ""
        return "\n".join([*(label.text() for label in shown), note])

    @property
    def difference(self) -> Difference:
        """The difference, empty if it is not known."""
        return self._difference

    def uids(self) -> list[str]:
        """Return the uids of the checked articles, in the order in which they are shown."""
        both = (*self._difference.deleted, *self._difference.changed)
        return [article.uid for article in both if article.uid in self.list.rows.checked]

    # ---- setting up

    def _lay_out(self) -> None:
        press_by_return(self.all)
        self.all.setObjectName("linkButton")
        self.all.hide()
        numbers = QHBoxLayout()
        numbers.setSpacing(16)
        for index in _FIGURES:
            numbers.addWidget(self._numbers[index], 1, Qt.AlignmentFlag.AlignTop)
        kinds = QHBoxLayout()
        kinds.addWidget(self.segments)
        kinds.addStretch(1)
        kinds.addWidget(self.all)
        self._stack = QStackedLayout()
        for part in (self.list, self._note):
            self._stack.addWidget(part)
        self._column = column = QVBoxLayout(self)
        self.set_narrow(False)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addSpacing(12)
        column.addLayout(numbers)
        column.addSpacing(8)
        column.addLayout(kinds)
        column.addSpacing(4)
        column.addLayout(self._stack, 1)
        column.addWidget(self._safe)

    def _connect(self) -> None:
        self.segments.picked.connect(lambda _: self._show_articles())
        self.list.toggled.connect(self._show_checked)
        self.all.clicked.connect(self._check_all)
        self._note.compare.clicked.connect(self.compare_wanted)
        self._note.stop.clicked.connect(self.stop_wanted)
        self._waiting.timeout.connect(self._show_waiting)

    # ---- articles

    def _articles(self, number: int) -> Sequence[Differing]:
        change = _KINDS[number].change
        return {
            Change.DELETED: self._difference.deleted,
            Change.CHANGED: self._difference.changed,
            Change.ADDED: self._difference.added,
        }[change]

    def _show_numbers(self, difference: Difference | None) -> None:
        texts = []
        for number, kind in enumerate(_KINDS):
            count = None if difference is None else len(self._articles(number))
            self._numbers[number].show_number(count)
            texts.append(kind.text if count is None else f"{kind.text} {count:,}")
        self.segments.set_texts(texts)
        self.segments.setEnabled(difference is not None)

    def _show_articles(self) -> None:
        number = self.segments.index
        articles = self._articles(number)
        self.list.show_articles(articles, self._now)
        if articles:
            self._stack.setCurrentWidget(self.list)
        else:
            self.show_note(_NOTHING[_KINDS[number].change])
        self._show_checked()

    def _show_checked(self) -> None:
        articles, checked = self.list.rows.articles, self.list.rows.checked
        can_check = bool(articles) and articles[0].change is not Change.ADDED
        self.all.setVisible(can_check)
        is_whole = all(article.uid in checked for article in articles)
        self.all.setText("Select None" if is_whole else "Select All")
        self.checked.emit()

    def _check_all(self) -> None:
        uids = [article.uid for article in self.list.rows.articles]
        self.list.rows.check(uids, checked=self.all.text() == "Select All")
        self._show_checked()


class _Figure(QWidget):
    """A large number, and its unit."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._number, self.label = _label("backupsNumber"), _label("", words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._number)
        column.addWidget(self.label)
        self.show_number(None)

    def show_number(self, number: int | None) -> None:
        """Show a number, a dash if it is unknown."""
        self._number.setText("–" if number is None else f"{number:,}")
        known = "not known yet" if number is None else f"{number:,}"
        self._number.setAccessibleName(f"{known} {self._words}")


class _Note(QWidget):
    """A sentence, the progress of a comparison, and its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.label = _label("hint")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress of the comparison")
        self.progress.setFixedHeight(4)
        self.stop, self.compare = QPushButton("Stop"), QPushButton("Compare Again")
        buttons = QHBoxLayout()
        for button in (self.stop, self.compare):
            press_by_return(button)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.label)
        column.addWidget(self.progress)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_text(self, text: str, *, busy: bool, can_compare: bool) -> None:
        """Show a sentence; ``busy`` with progress and Stop."""
        self.label.setText(text)
        self.progress.setVisible(busy)
        self.progress.setRange(0, 0)
        self.stop.setVisible(busy)
        self.compare.setVisible(can_compare)


def _label(name: str, text: str = "") -> Label:
    label = Label(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
