"""Write the runs of a paragraph or a cell: text, links, pictures, and marks of notes."""

from typing import NamedTuple

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextFormat

from reader.body.anchors import PICTURE
from reader.body.blocks import NoteMark, Picture, Runs, Style, Text
from reader.document.formats import SMALL_FACTOR, Formats, Mark
from reader.document.portions import JOINER, breakable
from reader.document.text_map import TextMap

_LINE = "\u2028"


class Where(NamedTuple):
    """The context of a block: its indent, the quotes around it, the space below it in em.

    ``level`` is the number of lists around it, ``share`` the part of the width that a picture may
    take. ``extra`` is room for the markers of lists beyond the indent, in pixels. ``direction`` is
    that of a list, a quote or a table, which all its parts have. ``list`` is the number of the
    innermost list around it.
    """

    indent: int = 0
    quotes: str = ""
    below: float = 0.75
    small: bool = False
    level: int = 0
    share: float = 1.0
    extra: float = 0.0
    direction: str = ""
    list: int = 0


class RunWriter:
    """Writes at a cursor, and records the text of each part and the places that links lead to."""

    def __init__(self, cursor: QTextCursor, formats: Formats) -> None:
        self.cursor = cursor
        self._formats = formats
        self.numbers: dict[str, int] = {}
        self.text = TextMap()
        self.places: dict[str, int] = {}

    def write(
        self,
        runs: Runs,
        where: Where,
        *,
        factor: float = 1.0,
        style: Style = Style.PLAIN,
        muted: bool = False,
    ) -> None:
        """Write runs; ``factor`` is the size of the type relative to the text."""
        factor = factor * SMALL_FACTOR if where.small else factor
        for run in runs:
            if isinstance(run, Text):
                chars = self._formats.run(run.style | style, run.link, factor, muted=muted)
                self.insert(run.text, chars, added=run.added)
            elif isinstance(run, Picture):
                self.picture(run, where, size_pt=self._formats.look.size_pt * factor)
            else:
                self._mark(run, factor)

    def insert(self, text: str, chars: QTextCharFormat, *, added: bool = False) -> None:
        """Insert a text in one format; one that is ``added`` is not part of the body."""
        text = breakable(text)
        if not added:
            self.note_text(text)
        self.cursor.insertText(text.replace("\n", _LINE), chars)

    def note_text(self, text: str) -> None:
        """Record the position of a part of the body's text."""
        self.text.note(self.end(), text)

    def _mark(self, mark: NoteMark, factor: float) -> None:
        self.place(f"r-{mark.note}")
        chars = self._formats.run(Style.SUP, f"#n-{mark.note}", factor)
        self.cursor.insertText(str(self.number(mark.note)), chars)

    def number(self, note: str) -> int:
        """Return the number of a note: notes are counted from their first mark on."""
        return self.numbers.setdefault(note, len(self.numbers) + 1)

    def picture(self, picture: Picture, where: Where, *, size_pt: float = 0.0) -> None:
        """Insert a picture; ``size_pt`` is the size of the type if it stands in a line."""
        chars = QTextCharFormat(self._formats.run(link=picture.link))
        chars.setObjectType(QTextFormat.ObjectTypes.ImageObject.value)
        chars.setProperty(QTextFormat.Property.ImageName.value, picture.name)
        chars.setProperty(Mark.WIDTH, picture.width)
        chars.setProperty(Mark.HEIGHT, picture.height)
        chars.setProperty(Mark.ALT, picture.alt)
        chars.setProperty(Mark.LEAD, where.indent * self._formats.indent + where.extra)
        chars.setProperty(Mark.SHARE, where.share)
        if size_pt:
            chars.setProperty(Mark.INLINE, size_pt)
        if size_pt and not picture.name:
            chars.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
        self.note_text(PICTURE)
        self.cursor.insertText(PICTURE, chars)

    def place(self, name: str) -> None:
        """Name the place that is written next, as a target of links on screen and in a PDF."""
        if not name or name in self.places:
            return
        self.places[name] = self.end()
        chars = QTextCharFormat()
        chars.setAnchor(True)
        chars.setAnchorNames([name])
        self.cursor.insertText(JOINER, chars)

    def end(self) -> int:
        """Return the position at which the next run is written."""
        return self.cursor.position()
