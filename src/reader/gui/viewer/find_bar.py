"""The find bar, which searches the page as the user types."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QToolButton, QWidget

from reader import phrases
from reader.body.folded import Folded, pattern, whole_words
from reader.document.build import Document
from reader.document.portions import written
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.plain_text import Label, set_tip

_MOST_MARKED = 400
_LONGEST = 1000


class FindBar(QWidget):
    """Finds text in a viewer: Enter and F3 go on, with Shift back; Esc closes."""

    def __init__(self, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._viewer = viewer
        self._hits: list[tuple[int, int]] = []
        self._current = -1
        self._words: re.Pattern[str] | None = None
        self._folded: Folded | None = None
        self._folded_of: tuple[Document, int, int] | None = None
        self._edit = QLineEdit()
        self._edit.setPlaceholderText("Find in article")
        self._edit.setAccessibleName("Find in article")
        self._edit.setMaximumWidth(340)
        self._edit.installEventFilter(self)
        self._edit.textChanged.connect(self._typed)
        self._count = Label()
        self._count.setObjectName("hint")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self._edit, 1)
        layout.addWidget(self._count)
        layout.addStretch(1)
        for text, name, do in (
            ("‹", "Previous hit", self.find_previous),
            ("›", "Next hit", self.find_next),
            ("✕", "Close", self.close_bar),
        ):
            button = QToolButton()
            button.setText(text)
            set_tip(button, name)
            button.setAccessibleName(name)
            button.clicked.connect(do)
            layout.addWidget(button)
        viewer.grown.connect(self._search_again)

    def open_bar(self) -> None:
        """Open the bar with the selected text."""
        selected = written(self._viewer.textCursor().selectedText())
        if selected and "\u2029" not in selected and len(selected) <= _LONGEST:
            self._edit.setText(selected)
        self.show()
        self._edit.setFocus()
        self._edit.selectAll()
        self._search_again()

    def show_words(self, words: Sequence[str], asked: str) -> None:
        """Mark the words of a search, without taking the focus."""
        self._words = whole_words(words)
        if self._words is None:
            self.drop_words()
            return
        self._edit.blockSignals(True)
        self._edit.setText(asked)
        self._edit.blockSignals(False)
        self.show()
        self._search_again()

    def drop_words(self) -> None:
        """Remove the marks of a search."""
        if self._words is not None or not self._edit.hasFocus():
            self._words = None
            self._viewer.setExtraSelections([])
            self.hide()

    def find_next(self) -> None:
        """Go to the next hit, after the last one to the first."""
        self._go(1)

    def find_previous(self) -> None:
        """Go to the previous hit, before the first one to the last."""
        self._go(-1)

    def close_bar(self) -> None:
        """Close the bar; the hit stays selected."""
        if 0 <= self._current < len(self._hits):
            self._viewer.setTextCursor(self._viewer.cursor_over(*self._hits[self._current]))
        self._viewer.setExtraSelections([])
        self._words = None
        self.hide()
        self._viewer.setFocus()

    def text(self) -> str:
        """Return the number of hits as shown: ``3 of 17``."""
        return self._count.text()

    def _typed(self, words: str) -> None:
        self._words = None
        self._search(words)

    def _search_again(self) -> None:
        if self.isVisible():
            self._search(self._edit.text())

    def _search(self, words: str) -> None:
        wanted = self._words or pattern(words)
        self._hits = [*self._text().hits(wanted)] if wanted else []
        if self._words is not None:
            self._show_all()
            return
        self._current = self._first_seen() % len(self._hits) if self._hits else -1
        self._show_hit()

    def _text(self) -> Folded:
        """Return the text of the page, folded once for all words that are typed."""
        page = self._viewer.page
        state = (page, page.revision(), page.characterCount())
        if self._folded is None or self._folded_of != state:
            self._folded_of, self._folded = state, Folded(page.toRawText())
        return self._folded

    def _go(self, by: int) -> None:
        if not self.isVisible():
            self.open_bar()
        elif self._hits:
            self._current = (self._from_here(by) + by) % len(self._hits)
            self._show_hit()

    def _from_here(self, by: int) -> int:
        """Return the hit to go on from; if there is none, the one before the visible part."""
        if self._current >= 0:
            return self._current
        following = self._first_seen()
        return following - 1 if by > 0 else following

    def _first_seen(self) -> int:
        """Return the index of the first hit from the top of the visible part on."""
        top = self._viewer.cursorForPosition(self._viewer.viewport().rect().topLeft()).position()
        return bisect_left(self._hits, (top, 0))

    def _show_all(self) -> None:
        """Mark the hits without scrolling to one."""
        self._current = -1
        hits = len(self._hits)
        self._count.setText(phrases.plural(hits, "hit") if hits else "")
        self._mark()

    def _show_hit(self) -> None:
        if not self._hits:
            self._count.setText("No hits" if self._edit.text() else "")
            self._viewer.setExtraSelections([])
            return
        self._count.setText(f"{self._current + 1} of {len(self._hits)}")
        cursor = self._viewer.cursor_over(*self._hits[self._current])
        cursor.clearSelection()
        self._viewer.show_cursor(cursor)
        self._mark()

    def _mark(self) -> None:
        """Mark the hits near the current one: thousands would slow down every repaint."""
        theme = self._viewer.look.theme
        first = max(0, self._current - _MOST_MARKED // 2)
        marked = []
        for number in range(first, min(len(self._hits), first + _MOST_MARKED)):
            selection = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            is_current = number == self._current
            form.setBackground(QBrush(QColor(theme.accent if is_current else theme.mark)))
            if is_current:
                form.setForeground(QBrush(QColor(theme.page)))
            selection.format = form
            selection.cursor = self._viewer.cursor_over(*self._hits[number])
            marked.append(selection)
        self._viewer.setExtraSelections(marked)

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
