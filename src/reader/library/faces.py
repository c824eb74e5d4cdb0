"""The parts of the library that have a face of their own, made when they are asked for first."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.library.reading.log import Diary
from reader.library.shelves.counts import Counting
from reader.library.shelves.queue import Queue
from reader.library.store.database import Database

if TYPE_CHECKING:
    from reader.library.articles.duplicates import Duplicates
    from reader.library.articles.trash import Trash
    from reader.library.history.history import History
    from reader.library.search.search import Search
    from reader.library.shelves.saved import SavedSearches
    from reader.library.shelves.tags import Tags


class Faces:
    """What the library hands to each of its parts: its database, its pictures."""

    _database: Database
    _images: Path

    @cached_property
    def counting(self) -> Counting:
        """How many articles there are of everything."""
        return Counting(self._database)

    @cached_property
    def tags(self) -> "Tags":
        """Tags, renamed, merged, coloured, deleted."""
        from reader.library.shelves.tags import Tags  # a start does not pay for it

        return Tags(self._database)

    @cached_property
    def saved(self) -> "SavedSearches":
        """Saved searches."""
        from reader.library.shelves.saved import SavedSearches

        return SavedSearches(self._database)

    @cached_property
    def trash(self) -> "Trash":
        """What is deleted for good."""
        from reader.library.articles.trash import Trash

        return Trash(self._database, self._images)

    @cached_property
    def duplicates(self) -> "Duplicates":
        """Articles that are there twice."""
        from reader.library.articles.duplicates import Duplicates

        return Duplicates(self._database)

    @cached_property
    def diary(self) -> Diary:
        """What reading leaves behind."""
        return Diary(self._database)

    @cached_property
    def queue(self) -> Queue:
        """The queue: its order, how long it is, what is next."""
        return Queue(self._database)

    @cached_property
    def history(self) -> "History":
        """What was done last, and the log for other devices."""
        from reader.library import registry as registry
        from reader.library.history.history import History

        return History(self._database)

    @property
    def search(self) -> "Search":
        """All that is asked of the index of words."""
        from reader.library.search.search import (
            Search,  # a start without questions does not pay for it
        )

        return Search(self._database)
