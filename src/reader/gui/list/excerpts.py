"""The excerpts of the rows that are visible; they are read when they are painted."""

from reader.errors import LibraryError
from reader.library.library import Library

_MOST = 400


class Excerpts:
    """The excerpts of articles, of which the last ones are kept."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: dict[int, str] = {}

    def of(self, id: int) -> str:
        """Return the excerpt of an article, ``""`` if it cannot be read."""
        if id not in self._kept:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            try:
                self._kept[id] = self._library.texts.excerpt(id)
            except LibraryError:  # while painting; opening the article reports the damage
                self._kept[id] = ""
        return self._kept[id]

    def forget(self) -> None:
        """Read the excerpts again: the articles may have changed."""
        self._kept.clear()
