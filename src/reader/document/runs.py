"""Write the runs of a paragraph or a cell: text, links, pictures, and marks of notes."""

import re
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QFontMetricsF, QTextCharFormat, QTextCursor, QTextFormat

from reader.body.anchors import PICTURE
from reader.body.blocks import NoteMark, Picture, Runs, Style, Text
from reader.body.tex import may_have_formulas, pieces_of
from reader.document.formats import SMALL_FACTOR, Formats, Mark
from reader.document.letter_spaces import parted
from reader.document.picture_size import is_small, shown_size
from reader.document.portions import BREAK, JOINER, breakable
from reader.document.text_map import TextMap

_LINE = "\u2028"
_LONE_BULLET = re.compile("•\n+")  # in articles of earlier versions
_LINE_EMS = 1.5  # a picture that is not higher leaves its line as it is


class Where(NamedTuple):
    """The context of a block: its indent, the quotes around it, the space below it in em.

    ``level`` is the number of lists around it, ``share`` the part of the width that a picture may
    take. ``extra`` is room for the markers of lists beyond the indent, in pixels, ``trail`` room at
    the end of the lines, in em. ``direction`` is that of a list, a quote or a table, which all its
    parts have. ``list`` is the number of the innermost list around it.
    """

    indent: int = 0
    quotes: str = ""
    below: float = 0.75
    small: bool = False
    level: int = 0
    share: float = 1.0
    extra: float = 0.0
    trail: float = 0.0
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
        self._hyphened: Callable[[Runs], Runs] | None = None
        if formats.look.hyphenated:
            from reader.document.hyphenation import hyphener  # a start without it is quicker

            self._hyphened = hyphener(formats.look.language)

    def write_text(self, runs: Runs, where: Where) -> None:
        """Write runs of a paragraph; their words are divided if the look has hyphens."""
        has_formulas = any(isinstance(run, Text) and may_have_formulas(run.text) for run in runs)
        if self._hyphened is not None and not has_formulas:
            runs = self._hyphened(runs)
        self.write(runs, where)

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
                if may_have_formulas(run.text) and Style.CODE not in run.style:
                    self._with_formulas(run, style, factor, muted=muted)
                elif Style.CODE in run.style:
                    self.insert(run.text, chars, added=run.added)
                else:
                    self.spell(run.text, chars, added=run.added)
            elif isinstance(run, Picture):
                self.picture(run, where, factor=factor)
            else:
                self._mark(run, factor)

    def spell(self, text: str, chars: QTextCharFormat, *, added: bool = False) -> None:
        """Insert a text whose letters may be of several scripts, each with its own spaces."""
        if text.isascii():
            self.insert(text, chars, added=added)
            return
        for piece, own in parted(text, chars, self._formats):
            self.insert(piece, own, added=added)

    def insert(self, text: str, chars: QTextCharFormat, *, added: bool = False) -> None:
        """Insert a text in one format; one that is ``added`` is not part of the body."""
        text = breakable(text)
        if not added:
            self.note_text(text)
        if "•\n" in text:
            text = _LONE_BULLET.sub(lambda match: f"• {BREAK * (len(match[0]) - 2)}", text)
        self.cursor.insertText(text.replace("\n", _LINE), chars)

    def _with_formulas(self, run: Text, style: Style, factor: float, *, muted: bool) -> None:
        """Insert a text and show its TeX; the text of the body is the source."""
        for source, shown in pieces_of(run.text):
            if shown is None:
                chars = self._formats.run(run.style | style, run.link, factor, muted=muted)
                self.insert(source, chars, added=run.added)
                continue
            size = sum(len(text) for text, _ in shown)
            self.note_text(source[:size])
            for text, own in shown:
                chars = self._formats.run(run.style | style | own, run.link, factor, muted=muted)
                self.insert(text, chars, added=True)
            for sign in source[size:]:
                self.note_text(sign)  # all of the rest is at the end of the formula

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

    def picture(self, picture: Picture, where: Where, *, factor: float = 0.0) -> None:
        """Insert a picture; ``factor`` is the size of the type if it stands in a line."""
        formats, in_line = self._formats, factor > 0
        chars = QTextCharFormat(formats.run(link=picture.link, factor=factor or 1.0))
        wide, high = shown_size(picture, formats.em * (factor or 1.0), in_line=in_line)
        chars.setObjectType(QTextFormat.ObjectTypes.ImageObject.value)
        chars.setProperty(QTextFormat.Property.ImageName.value, picture.name)
        chars.setProperty(Mark.WIDTH, float(wide))
        chars.setProperty(Mark.HEIGHT, float(high))
        chars.setProperty(Mark.ALT, picture.alt)
        chars.setProperty(Mark.LEAD, where.indent * self._formats.indent + where.extra)
        chars.setProperty(Mark.SHARE, where.share)
        if in_line:
            self._into_line(chars, picture, factor, high)
        self.note_text(PICTURE)
        self.cursor.insertText(PICTURE, chars)

    def _into_line(
        self, chars: QTextCharFormat, picture: Picture, factor: float, high: float
    ) -> None:
        """Let a picture stand well in its line, and its line between its neighbours."""
        way, em = QTextCharFormat.VerticalAlignment, self._formats.em * factor
        is_high = high > _LINE_EMS * em
        chars.setProperty(Mark.INLINE, self._formats.look.size_pt * factor)
        if not picture.name:
            chars.setVerticalAlignment(way.AlignBaseline)
        elif is_small(picture, em):
            chars.setProperty(Mark.AXIS, QFontMetricsF(chars.font()).xHeight())
            chars.setVerticalAlignment(way.AlignMiddle if is_high else way.AlignNormal)
        form = self.cursor.blockFormat()
        if is_high and self._formats.make_room(form, chars):
            self.cursor.setBlockFormat(form)

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
