"""Definitions as a small page: laid out as articles are, with links to other words."""

from collections.abc import Iterator

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QColor, QPalette, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from reader.body.blocks import Block, Heading, Paragraph, Runs, Style, Text
from reader.document.build import Document
from reader.document.images import Pictures
from reader.gui.viewer import links
from reader.gui.widgets.theme import page_palette
from reader.lookup import markup
from reader.lookup.dictionaries import Answers, Entry
from reader.model import Look, Theme

_SIZE_PT = 10.5
_LEADING = 1.4


class EntryView(QTextBrowser):
    """Shows the entries of the dictionaries about a word.

    ``word_wanted`` carries another word, ``link_wanted`` an address.
    """

    word_wanted = Signal(str)
    link_wanted = Signal(str)

    def __init__(self, pictures: Pictures, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._look = look._replace(size_pt=_SIZE_PT, leading=_LEADING, justified=False)
        self._page: Document | None = None
        self.setObjectName("entries")
        self.setAccessibleName("Definitions")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.anchorClicked.connect(self._follow)

    def show_answers(self, answers: Answers) -> None:
        """Show the entries, each dictionary below its title."""
        document = Document(self._look, self._pictures)
        document.grow(_parts(answers))
        before, self._page = self._page, document
        self.setPalette(_palette(self.palette(), self._look.theme))
        document.setParent(self)
        self.setDocument(document)
        if before is not None:
            before.discard()

    def height_at(self, width: int) -> int:
        """Return the height of all entries at a width."""
        if self._page is None:
            return 0
        self._page.lay_out(width)
        return round(self._page.size().height()) + 2

    def _follow(self, url: QUrl) -> None:
        if address := links.handed_on(url):
            self.link_wanted.emit(address)
            return
        place = url.fragment(QUrl.ComponentFormattingOption.FullyDecoded)
        if word := markup.word_of(place):
            self.word_wanted.emit(word)


def _parts(answers: Answers) -> Iterator[Block]:
    if answers.near:
        yield _near(answers)
    told = [each for each in answers.answers if each.entries]
    for answer in told:
        yield Heading(6, (Text(answer.title),))
        for entry in answer.entries:
            if entry.word != answers.word:
                yield Heading(4, (Text(entry.word),))
            yield from _without_word(entry)


def _without_word(entry: Entry) -> Iterator[Block]:
    """Yield the blocks of an entry without its word, if it is the first line of them."""
    for number, block in enumerate(entry.blocks):
        if number == 0 and isinstance(block, Paragraph):
            runs = _without_line(entry.word, block.runs)
            if runs:
                yield block._replace(runs=runs)
        else:
            yield block


def _without_line(word: str, runs: Runs) -> Runs:
    """Return runs without their first line if it is a word, and more lines follow."""
    first = runs[0] if runs else None
    if not isinstance(first, Text):
        return runs
    line, _, more = first.text.partition("\n")
    if line.strip() != word:
        return runs
    return _begun(first._replace(text=more), runs[1:])


def _begun(first: Text, others: Runs) -> Runs:
    """Return runs without an empty line at their start."""
    left = (first, *others) if first.text.strip("\n") else others
    if left and isinstance(left[0], Text):
        return (left[0]._replace(text=left[0].text.lstrip("\n")), *left[1:])
    return left


def _palette(palette: QPalette, theme: Theme) -> QPalette:
    """Return the palette of the page on the ground of popovers."""
    found = page_palette(palette, theme)
    found.setColor(QPalette.ColorRole.Base, QColor(theme.list))
    return found


def _near(answers: Answers) -> Paragraph:
    """Return a line with the words of which the one that was asked for may be a form."""
    runs = [Text(f"“{answers.asked}” has no entry of its own. Near: ", Style.SMALL)]
    for number, word in enumerate(answers.near):
        runs.append(Text(", " if number else "", Style.SMALL))
        runs.append(Text(word, Style.SMALL, markup.link_to(word)))
    return Paragraph(tuple(run for run in runs if run.text))
