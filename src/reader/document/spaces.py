"""The space between blocks, and the indent of paragraphs that stand without one."""

from PySide6.QtGui import QTextBlockFormat

from reader.document.formats import Formats, Mark
from reader.document.runs import Where


class Spaces:
    """Gives blocks the space that the ones before them ask for.

    If the look has indents, a paragraph right after another one in the same place is indented;
    all others are apart and flush. In lists and notes paragraphs stay apart.
    """

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._above = 0.0
        self._paragraph: Where | None = None

    def ask(self, above: float) -> None:
        """Ask for a space above the next block, in em, if it has less."""
        self._above = max(self._above, above)

    def give(self, form: QTextBlockFormat) -> None:
        """Give the next block its space."""
        self._paragraph = None
        if self._above:
            form.setTopMargin(max(form.topMargin(), self._above * self._formats.em))
            self._above = 0.0

    def indents(self, where: Where) -> bool:
        """Return whether paragraphs in a place are indented instead of apart."""
        return self._formats.look.indented and not where.level and not where.small

    def join(self, form: QTextBlockFormat, where: Where, *, goes_on: bool) -> None:
        """Let a paragraph stand right below the one before it, with an indent unless it goes on."""
        if self.indents(where):
            form.setBottomMargin(0.0)
            if self._paragraph == where:
                self._above = 0.0
                form.setProperty(Mark.FIRST, 0.0 if goes_on else self._formats.first_indent)

    def end(self, where: Where) -> None:
        """End a paragraph; the next block is apart from it unless it is one as well."""
        if self.indents(where):
            self._paragraph, self._above = where, where.below
