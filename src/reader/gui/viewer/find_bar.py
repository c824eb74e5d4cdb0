"""The find bar, which searches the page as the user types."""

import math
import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from reader import phrases
from reader.body.folded import Folded, pattern, whole_words
from reader.document.build import Document
from reader.document.portions import written
from reader.gui.settings_signals import SettingsSignals
from reader.gui.viewer.find_marks import FindMarks
from reader.gui.viewer.scroll_anchor import ScrollAnchor, restore
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.theme import icon
from reader.settings_store import SettingsStore

_LONGEST = 1000
_WORDY = 640
"""The width in pixels from which the choices are shown in words."""
_FIRST_SLICE, _SLICE = 0.012, 0.006
_CHOICES = (("find_case", "Match Case", "Aa"), ("find_whole", "Whole Words", "[ab]"))


class FindBar(QWidget):
    """Finds text in a viewer: Enter and F3 go on, with Shift back; Esc closes.

    While words are typed the page shows the first hit from its place on, and Esc returns there;
    going on from hit to hit gives the place up.
    """

    def __init__(self, viewer: Viewer, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._viewer, self._store = viewer, store
        self._marks = FindMarks(viewer)
        self._start: ScrollAnchor | None = None
        self._scrolling = False
        self._article: int | None = None
        self._words: re.Pattern[str] | None = None
        self._folded: Folded | None = None
        self._folded_of: tuple[Document, int, int, bool] | None = None
        self._then: Callable[[], None] = lambda: None
        self._folding = QTimer(self, interval=0)
        self._folding.timeout.connect(self._fold_on)
        self._icons: list[tuple[QToolButton, str]] = []
        self._edit = QLineEdit()
        self._edit.setPlaceholderText("Find in article")
        self._edit.setAccessibleName("Find in article")
        self._edit.setMaximumWidth(340)
        self._edit.installEventFilter(self)
        self._edit.textChanged.connect(self._typed)
        self._count = Label()
        self._count.setObjectName("hint")
        self._choices = {setting: self._choice(setting, name) for setting, name, _ in _CHOICES}
        self._lay_out()
        self._paint_icons()
        self._show_choices()
        self._signals = SettingsSignals(store, self)
        self._signals.changed.connect(self._chosen)
        self._marks.strip.chosen.connect(self._go_to)
        viewer.grown.connect(self._search_again)
        viewer.taken.connect(self._forget)
        viewer.scrolled.connect(self._scrolled)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(self._edit, 1)
        for choice in self._choices.values():
            layout.addWidget(choice)
        layout.addWidget(self._count)
        layout.addStretch(1)
        for picture, name, do in (
            ("previous", "Previous hit", self.find_previous),
            ("next", "Next hit", self.find_next),
            ("close", "Close", self.close_bar),
        ):
            button = QToolButton()
            self._icons.append((button, picture))
            set_tip(button, name)
            button.setAccessibleName(name)
            button.clicked.connect(do)
            layout.addWidget(button)

    def _paint_icons(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.Text).name()
        for button, picture in self._icons:
            button.setIcon(icon(picture, colour))

    def _choice(self, setting: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setAccessibleName(name)
        set_tip(button, name)
        button.clicked.connect(lambda on: self._store.update(**{setting: on}))
        return button

    def open_bar(self) -> None:
        """Open the bar with the selected text."""
        selected = written(self._viewer.textCursor().selectedText())
        self._start = self._viewer.anchor()
        if selected and "\u2029" not in selected and len(selected) <= _LONGEST:
            self._edit.setText(selected)
        self.show()
        self._edit.setFocus()
        self._edit.selectAll()
        self._search(self._edit.text())

    def show_words(self, words: Sequence[str], asked: str) -> None:
        """Mark the words of a search, without taking the focus."""
        self._words = whole_words(words)
        if self._words is None:
            self.drop_words()
            return
        self._edit.blockSignals(True)
        self._edit.setText(asked)
        self._edit.blockSignals(False)
        self._start = None
        self.show()
        self._search_again()

    def drop_words(self) -> None:
        """Remove the marks of a search."""
        if self._words is not None or not self._edit.hasFocus():
            self._folding.stop()
            self._words = None
            self._marks.show(())
            self.hide()

    def find_next(self) -> None:
        """Go to the next hit, after the last one to the first."""
        self._go(1)

    def find_previous(self) -> None:
        """Go to the previous hit, before the first one to the last."""
        self._go(-1)

    def close_bar(self) -> None:
        """Close the bar, and select the hit if it is seen; return if no hit was gone to."""
        hits, current = self._marks.hits, self._marks.current
        start, self._start = self._start, None
        hit = self._viewer.cursor_over(*hits[current]) if 0 <= current < len(hits) else None
        if start is not None:
            self._return_to(start)
        seen = self._viewer.viewport().rect()
        if hit is not None and (start is None or seen.intersects(self._viewer.cursorRect(hit))):
            self._viewer.setTextCursor(hit)
        self._folding.stop()
        self._marks.show(())
        self._words = None
        self.hide()
        self._viewer.setFocus()

    def text(self) -> str:
        """Return the number of hits as shown: ``3 of 17``."""
        return self._count.text()

    # ---- searching

    def _typed(self, words: str) -> None:
        self._words = None
        if self._start is None:
            self._start = self._viewer.anchor()
        self._search(words)

    def _search(self, words: str) -> None:
        """Search, and show the first hit from the place on at which it began."""
        self._once_folded(lambda: self._find(words))

    def _search_again(self) -> None:
        """Search a page that has changed, without scrolling it."""
        if self.isVisible():
            self._once_folded(self._find_again)

    def _once_folded(self, then: Callable[[], None]) -> None:
        """Fold the text of the page in slices, and search it then; a short one at once."""
        self._then = then
        seconds = _FIRST_SLICE if self._viewer.page.complete else math.inf
        if self._text().fold_for(seconds):
            self._folding.stop()
            then()
        else:
            self._folding.start()

    def _fold_on(self, seconds: float = _SLICE) -> None:
        if self._text().fold_for(seconds):
            self._folding.stop()
            self._then()

    def _find(self, words: str) -> None:
        hits = self._hits_of(words)
        if self._words is not None:
            self._show(hits)
            return
        self._marks.hits = hits
        current = self._first_seen() % len(hits) if hits else -1
        self._show(hits, current)
        if current >= 0:
            self._bring(current)
        elif self._start is not None:
            self._return_to(self._start)

    def _find_again(self) -> None:
        is_same = self._article == self._viewer.article_id
        self._article = self._viewer.article_id
        before, at = self._marks.hits, self._marks.current
        place = before[at] if is_same and 0 <= at < len(before) else None
        self._marks.hits = hits = self._hits_of(self._edit.text())
        self._start = self._start if is_same else None
        number = self._marks.first_from(place[0]) if place else len(hits)
        self._show(hits, number if number < len(hits) and hits[number] == place else -1)

    def _hits_of(self, words: str) -> Sequence[tuple[int, int]]:
        self._article = self._viewer.article_id
        choices = self._store.value
        case, whole = choices.find_case, choices.find_whole
        wanted = self._words or pattern(words, cased=case, whole=whole)
        return self._text().hits(wanted) if wanted else ()

    def _text(self) -> Folded:
        """Return the text of the page, folded once for all words that are typed."""
        page, cased = self._viewer.page, self._store.value.find_case and self._words is None
        state = (page, page.revision(), page.characterCount(), cased)
        if self._folded is None or self._folded_of != state:
            self._folded_of, self._folded = state, Folded(page.toRawText(), cased=cased)
        return self._folded

    def _forget(self) -> None:
        """Search another document, as far as it is there."""
        self._folded = self._folded_of = None
        if self._article != self._viewer.article_id:
            self._marks.show(())
        self._search_again()

    def _chosen(self, changed: frozenset[str]) -> None:
        if changed & self._choices.keys():
            self._show_choices()
            if self.isVisible():
                self._search(self._edit.text())

    def _show_choices(self) -> None:
        is_wordy = self.width() >= _WORDY
        for setting, name, short in _CHOICES:
            self._choices[setting].setChecked(getattr(self._store.value, setting))
            self._choices[setting].setText(name if is_wordy else short)

    # ---- going from hit to hit

    def _go(self, by: int) -> None:
        if self._folding.isActive():
            self._fold_on(math.inf)
        if not self.isVisible():
            self.open_bar()
        elif self._marks.hits:
            self._go_to((self._from_here(by) + by) % len(self._marks.hits))

    def _go_to(self, number: int) -> None:
        if self._start is not None:  # which is where Back returns
            self._return_to(self._start)
            self._viewer.leaping.emit()
        self._start = None
        self._show(self._marks.hits, number)
        self._bring(number)

    def _from_here(self, by: int) -> int:
        """Return the hit to go on from; if there is none, the one before the visible part."""
        if self._marks.current >= 0:
            return self._marks.current
        following = self._first_seen()
        return following - 1 if by > 0 else following

    def _first_seen(self) -> int:
        """Return the index of the first hit from the start, or from the top of the page, on."""
        return self._marks.first_from((self._start or self._viewer.anchor()).position)

    def _bring(self, number: int) -> None:
        """Scroll until a hit is seen."""
        cursor = self._viewer.cursor_over(*self._marks.hits[number])
        cursor.clearSelection()
        self._scrolling = True
        self._viewer.show_cursor(cursor)
        self._scrolling = False

    def _return_to(self, start: ScrollAnchor) -> None:
        self._scrolling = True
        restore(self._viewer, start)
        self._scrolling = False

    def _scrolled(self) -> None:
        """Begin where the person has scrolled to."""
        if not self._scrolling:
            self._start = None

    def _show(self, hits: Sequence[tuple[int, int]], current: int = -1) -> None:
        """Mark hits and their number, and one of them as the current one."""
        self._marks.show(hits, current)
        count = len(hits)
        if current >= 0:
            self._count.setText(f"{current + 1:,} of {count:,}")
        elif count:
            self._count.setText(phrases.plural(count, "hit"))
        else:
            is_typed = self._words is None and self._edit.text()
            self._count.setText("No hits" if is_typed else "")

    # ---- Qt

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._paint_icons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the choices in words if there is room."""
        self._show_choices()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc, from the buttons too."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on with Enter, close with Esc."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self._go(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)
