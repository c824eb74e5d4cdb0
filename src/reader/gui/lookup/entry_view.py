"""Definitions as a small page: laid out as articles are, with links to other words."""

from collections.abc import Iterator

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from reader.body.blocks import Block, Heading, Paragraph, Rule, Style, Text
from reader.document.build import Document
from reader.document.images import Pictures
from reader.gui.viewer import links
from reader.gui.widgets.theme import page_palette
from reader.lookup import markup
from reader.lookup.dictionaries import Answers
from reader.model import Look

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
        self.setPalette(page_palette(self.palette(), self._look.theme))
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
    for number, answer in enumerate(told):
        if number:
            yield Rule()
        yield Paragraph((Text(answer.title, Style.SMALL | Style.EMPHASIS),))
        for entry in answer.entries:
            yield Heading(4, (Text(entry.word),))
            yield from entry.blocks


def _near(answers: Answers) -> Paragraph:
    """Return a line with the words of which the one that was asked for may be a form."""
    runs = [Text(f"“{answers.asked}” has no entry of its own. Near: ", Style.SMALL)]
    for number, word in enumerate(answers.near):
        runs.append(Text(", " if number else "", Style.SMALL))
        runs.append(Text(word, Style.SMALL, markup.link_to(word)))
    return Paragraph(tuple(run for run in runs if run.text))
