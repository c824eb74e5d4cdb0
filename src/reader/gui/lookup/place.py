"""The word of the page that is meant: the selected one, or the one at the pointer."""

import re
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QTextCursor

from reader.document.portions import written
from reader.gui.viewer.viewer import Viewer
from reader.lookup import forms

_AHEAD = 16
_LONGEST_WORD, _LONGEST_SENTENCE = 100, 500
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[”’」』）]*|؟|\n")


class Meant(NamedTuple):
    """A word of the page, with the sentence around it; ``place`` is within the page's widget.

    ``word`` may go on in a script without spaces between words.
    """

    word: str
    sentence: str
    place: QRect


def meant(viewer: Viewer) -> Meant | None:
    """Return the word that is selected, else the one under the pointer, None if there is none."""
    cursor = viewer.textCursor()
    if not cursor.hasSelection():
        at = viewer.viewport().mapFromGlobal(viewer.cursor().pos())
        cursor = _word_at(viewer, at) if viewer.viewport().rect().contains(at) else cursor
    word = forms.bare(written(cursor.selectedText()))
    if not word or len(word) > _LONGEST_WORD:
        return None
    return Meant(word, _sentence(cursor), _rect(viewer, cursor))


def _word_at(viewer: Viewer, at: QPoint) -> QTextCursor:
    cursor = viewer.cursorForPosition(at)
    block, offset = cursor.block(), cursor.positionInBlock()
    if forms.is_unspaced(block.text()[offset : offset + 1]):
        length = min(_AHEAD, block.length() - 1 - offset)
        move, keep = QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
        cursor.movePosition(move, keep, length)
    else:
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    return cursor


def _sentence(cursor: QTextCursor) -> str:
    """Return the sentence with the start of a selection."""
    start = QTextCursor(cursor.document())
    start.setPosition(cursor.selectionStart())
    text, at = start.block().text().replace("\u2028", "\n"), start.positionInBlock()
    ends = [found.end() for found in _END.finditer(text)]
    first = max((end for end in ends if end <= at), default=0)
    last = min((end for end in ends if end > at), default=len(text))
    first, last = max(first, at - _LONGEST_SENTENCE // 2), min(last, at + _LONGEST_SENTENCE // 2)
    return " ".join(written(text[first:last]).split())


def _rect(viewer: Viewer, cursor: QTextCursor) -> QRect:
    place = viewer.area_of(cursor.selectionStart(), cursor.selectionEnd())
    return place.intersected(viewer.viewport().rect())
