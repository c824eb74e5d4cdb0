"""A choice of articles to print."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from reader.errors import ReaderError
from reader.printing.piece import Entry


class ArticleChoice(NamedTuple):
    """A choice of articles to print: its name, the title of a book of them, and the articles.

    ``entries`` raises ReaderError if there are none. An issue has its dates in words and the name
    of its preset; ``file_name`` is ``""`` if a PDF is named after its title.
    """

    text: str
    title: str
    entries: Callable[[], Sequence[Entry]]
    dated: str = ""
    file_name: str = ""
    preset: str = ""

    def find(self) -> tuple[Sequence[Entry], str]:
        """Return the articles, and a sentence with the reason if there are none."""
        try:
            return self.entries(), ""
        except ReaderError as error:
            return (), str(error)
