"""The highlights of the open article: read, placed in its text, shown, and their notes opened."""

import logging

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QWidget

from reader.gui.context import Context
from reader.gui.viewer.note_marks import NoteMarks
from reader.gui.viewer.page_highlights import details_of
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.plain_text import Label, show_tip
from reader.gui.widgets.popover import Popover
from reader.ingest import highlights
from reader.library.highlights.highlights import Stored
from reader.model import Article

log = logging.getLogger(__name__)

_WIDE = 340


class Highlighting(QObject):
    """Shows the highlights of each article that is opened."""

    def __init__(self, context: Context, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._context = context
        self._viewer = viewer
        self._marks = NoteMarks(viewer)
        self._marks.pressed.connect(self._open)
        viewer.highlight_pressed.connect(self._pressed)
        viewer.viewport().installEventFilter(self)
        self.popover: Popover | None = None

    def show(self, article: Article) -> None:
        """Show the highlights of an article; those without a known place get it first."""
        library = self._context.library
        stored = library.highlights.of(article.id)
        if not highlights.are_placed(library, article.id, stored):
            self._context.jobs.write(
                lambda: highlights.placed(library, article.id),
                lambda found: self._viewer.show_highlights(article.id, found),
                lambda error: log.warning("highlights not placed: %s", error),
            )
        self._viewer.show_highlights(article.id, stored)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the note of the highlight under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._viewer.highlight_at(event.pos())
            note = "" if number is None else self._viewer.highlights.stored[number].highlight.note
            if note:
                show_tip(event.globalPos(), note, self._viewer.viewport())
                return True
        return super().eventFilter(watched, event)

    def _pressed(self, number: int) -> None:
        self._open(number, self._marks.mark_of(number))

    def _open(self, number: int, mark: QWidget | None) -> None:
        """Open the note of a highlight."""
        stored = self._viewer.highlights.stored[number]
        if stored.highlight.note:
            if self.popover is not None:
                self.popover.deleteLater()
            self.popover = _popover(self._context.window, stored)
            self.popover.open_at(mark, self.popover.findChildren(Label)[0])


def _popover(window: QWidget, stored: Stored) -> Popover:
    made = Popover(window, _WIDE)
    made.setAccessibleName("Note")
    for name, text in (("", stored.highlight.note), ("hint", details_of(stored))):
        if text:
            label = Label(text)
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setAccessibleName(text)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            made.content.addWidget(label)
    return made
