"""The pictures of a document in their order, with their captions."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextFormat

from reader.body.anchors import PICTURE
from reader.body.blocks import words_of
from reader.document.formats import Mark, Role
from reader.document.portions import written

_OBJECT = QTextFormat.ObjectTypes.ImageObject.value


class Pictured(NamedTuple):
    """A picture of a document: its position, its name, ``""`` if it is missing, and its words.

    ``width`` and ``height`` are its own in pixels, as far as the article knows them.
    """

    position: int
    name: str
    alt: str = ""
    caption: str = ""
    link: str = ""
    width: int = 0
    height: int = 0


def pictures_of(document: QTextDocument) -> Iterator[Pictured]:
    """Yield the pictures that are written, but for the signs that stand in a line of text."""
    cursor = document.find(PICTURE)
    while not cursor.isNull():
        if (found := pictured(cursor)) is not None:
            yield found
        cursor = document.find(PICTURE, cursor)


def pictured(after: QTextCursor) -> Pictured | None:
    """Return the picture before a cursor; None if there is none, or only a sign in a line."""
    form = after.charFormat()
    if form.objectType() != _OBJECT or form.doubleProperty(Mark.AXIS):
        return None
    return Pictured(
        after.position() - 1,
        form.stringProperty(QTextFormat.Property.ImageName.value),
        words_of(form.stringProperty(Mark.ALT)),
        _caption(after.block()),
        form.anchorHref(),
        round(form.doubleProperty(Mark.WIDTH)),
        round(form.doubleProperty(Mark.HEIGHT)),
    )


def _caption(block: QTextBlock) -> str:
    """Return the caption below the pictures among which a block is; a table has its own above."""
    while _role(block) == Role.PICTURE:
        block = block.next()
        form = block.blockFormat()
        if _role(block) == Role.CAPTION and form.alignment() & Qt.AlignmentFlag.AlignHCenter:
            return " ".join(written(block.text()).split())
    return ""


def _role(block: QTextBlock) -> int:
    return block.blockFormat().intProperty(Mark.ROLE) if block.isValid() else Role.TEXT
