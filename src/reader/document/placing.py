"""The places of blocks: direction, room at both ends of the lines, quotes and callouts around."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat

from reader.body.blocks import Callout, Quote, Runs, Text
from reader.document.callouts import TRAIL, colour_of
from reader.document.direction import RTL, direction_of_part
from reader.document.formats import GROUNDED, Formats, Mark, Role
from reader.document.runs import Where


class Placing:
    """Gives the blocks of a document their places; ``direction`` is that of the document."""

    def __init__(self, formats: Formats, direction: str) -> None:
        self._formats = formats
        self._direction = direction

    def of(self, form: QTextBlockFormat, where: Where, runs: Runs = ()) -> QTextBlockFormat:
        """Give a block its place: its direction, the room for markers, the quotes around it."""
        if where.quotes:
            form.setProperty(Mark.QUOTES, where.quotes)
        if lead := self.lead(where):
            form.setProperty(Mark.LEAD, lead)
        if any(isinstance(run, Text) and run.style & GROUNDED for run in runs):
            form.setProperty(Mark.GROUNDED, True)
        if where.trail:
            trail = form.doubleProperty(Mark.TRAIL) + where.trail * self._formats.em
            form.setProperty(Mark.TRAIL, trail)
        if where.extra:
            extra = form.doubleProperty(Mark.EXTRA) + where.extra
            form.setProperty(Mark.EXTRA, extra)
        if self._formats.look.justified and self._formats.script.parted:
            self._keep_spaces(form, runs)
        self._direct(form, where)
        return form

    def _keep_spaces(self, form: QTextBlockFormat, runs: Runs) -> None:
        """Justify no ideographs with spaces between them, which alone would become wider."""
        if any(isinstance(run, Text) and " " in run.text.strip() for run in runs):
            form.setAlignment(Qt.AlignmentFlag.AlignLeft)

    def _direct(self, form: QTextBlockFormat, where: Where) -> None:
        is_code = form.intProperty(Mark.ROLE) == Role.CODE
        rtl = (where.direction or self._direction) == RTL and not is_code
        if where.direction or self._direction or is_code:
            way = Qt.LayoutDirection
            form.setLayoutDirection(way.RightToLeft if rtl else way.LeftToRight)

    def lead(self, where: Where) -> float:
        """Return how far the lines of a block stand in, in pixels."""
        return where.indent * self._formats.indent + where.extra

    def within(self, block: Quote | Callout, where: Where, group: int) -> Where:
        """Return the context of the blocks in a quote or a callout, which ``group`` identifies."""
        colour = colour_of(block.kind) if isinstance(block, Callout) else ""
        quote = f"{where.indent}:{group}:{colour}:{self.lead(where):g}"
        return where._replace(
            indent=where.indent + 1,
            trail=where.trail + (TRAIL if colour and not self._formats.on_paper else 0.0),
            quotes=f"{where.quotes} {quote}".strip(),
            direction=where.direction or direction_of_part(block, self._direction),
        )
