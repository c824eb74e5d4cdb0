"""The library of one user: the entry point for all queries and changes."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from reader.damage import Damage
from reader.library.articles import images, queries, records
from reader.library.shelves.counts import Counting
from reader.library.store import backup
from reader.library.store.database import Database
from reader.library.transactions import HOOKS, finish_migration
from reader.model import (
    Article,
    Clipping,
    Counts,
    Edit,
    Filed,
    Mark,
    Query,
    Row,
    State,
)
from reader.progress import Report, silent
from reader.steps import Verb

if TYPE_CHECKING:
    from reader.library.articles.downloads import Downloads
    from reader.library.articles.duplicates import Duplicates
    from reader.library.articles.texts import Texts
    from reader.library.articles.trash import Trash
    from reader.library.backup.backups import Backups
    from reader.library.highlights.highlights import Highlights
    from reader.library.history.history import History
    from reader.library.imports.imports import Imports
    from reader.library.imports.known import Known
    from reader.library.reading.log import ReadingLog
    from reader.library.repair.check import Checkup
    from reader.library.search.search import Search
    from reader.library.shelves.queue import Queue
    from reader.library.shelves.saved import SavedSearches
    from reader.library.shelves.tags import Tags
    from reader.library.vocabulary.vocabulary import Vocabulary


class Library:
    """A folder with ``library.db`` and ``images/``; may be used from any thread.

    Every method may raise LibraryError. Changes raise LibraryReadOnly if the library is
    read-only, and LibraryLocked if another process holds the write lock for too long.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        """Use ``Library.open``."""
        self.folder = folder
        self._database = database
        self._images = folder / "images"
        database.take_copy = lambda *told: self.backups.before_many(*told)

    @classmethod
    def open(cls, folder: Path, *, create: bool = True, report: Report = silent) -> Self:
        """Open the library in a folder; with ``create``, create it if it does not exist.

        ``report`` receives the progress of a schema migration. If it cancels the migration,
        the library stays unchanged. Raises NotALibrary, LibraryTooNew or LibraryError.
        """
        made = Database(folder / "library.db", create=create, hooks=HOOKS, report=report)
        finish_migration(made, report)
        return cls(folder, made)

    @classmethod
    def open_what_is_whole(cls, folder: Path, report: Report = silent) -> Self:
        """Open the readable part of a damaged library, read-only, from a temporary copy.

        Raises LibraryError if nothing can be read.
        """
        from reader.library.repair import rescue

        file = folder / "library.db"
        readable = rescue.readable_copy(file, report)
        return cls(folder, Database(file, create=False, instead=readable))

    @property
    def read_only(self) -> bool:
        """Whether the library is read-only."""
        return self._database.read_only or self._database.is_damaged

    @property
    def is_damaged(self) -> bool:
        """Whether the database file is known to be damaged; the library is then read-only."""
        return self._database.is_damaged

    def close(self) -> None:
        """Close the library and write the write-ahead log back into the database file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    # ---- the components, each created on first use

    @cached_property
    def counting(self) -> Counting:
        """The counts of all shelves."""
        return Counting(self._database)

    @cached_property
    def tags(self) -> "Tags":
        """The tags, and their changes."""
        from reader.library.shelves.tags import Tags  # imported lazily for a fast start

        return Tags(self._database)

    @cached_property
    def saved(self) -> "SavedSearches":
        """The saved searches."""
        from reader.library.shelves.saved import SavedSearches

        return SavedSearches(self._database)

    @cached_property
    def trash(self) -> "Trash":
        """The trash, and permanent deletion."""
        from reader.library.articles.trash import Trash

        return Trash(self._database, self._images, lambda *told: self.backups.before_trash(*told))

    @cached_property
    def backups(self) -> "Backups":
        """The copies of the library."""
        from reader.library.backup.backups import Backups

        return Backups(self._database, lambda: self.checkup.damaged_articles())

    @cached_property
    def downloads(self) -> "Downloads":
        """The failures of downloads, and the icons of sites."""
        from reader.library.articles.downloads import Downloads

        return Downloads(self._database)

    @cached_property
    def duplicates(self) -> "Duplicates":
        """Duplicate articles."""
        from reader.library.articles.duplicates import Duplicates

        return Duplicates(self._database)

    @cached_property
    def highlights(self) -> "Highlights":
        """The highlights of articles."""
        from reader.library.highlights.highlights import Highlights

        return Highlights(self._database)

    @cached_property
    def reading_log(self) -> "ReadingLog":
        """The views, reading positions and reading times."""
        from reader.library.reading.log import ReadingLog

        return ReadingLog(self._database)

    @cached_property
    def texts(self) -> "Texts":
        """The sources and the versions of articles."""
        from reader.library.articles.texts import Texts

        return Texts(self._database)

    @cached_property
    def known(self) -> "Known":
        """All that is known, for Reader's own export."""
        from reader.library.imports.known import Known

        return Known(self._database)

    @cached_property
    def checkup(self) -> "Checkup":
        """The checks for damage, and healing."""
        from reader.library.repair.check import Checkup

        return Checkup(self._database, self.folder, lambda: self.backups)

    @cached_property
    def queue(self) -> "Queue":
        """The queue: its order, its length and the next article."""
        from reader.library.shelves.queue import Queue

        return Queue(self._database)

    @cached_property
    def history(self) -> "History":
        """Undo and redo, and the change log for other devices."""
        from reader.library import registry as registry
        from reader.library.history.history import History

        return History(self._database)

    @cached_property
    def imports(self) -> "Imports":
        """The imports, with their original files and reports."""
        from reader.library.imports.imports import Imports

        return Imports(self._database, self.folder / "imports")

    @property
    def search(self) -> "Search":
        """The full-text search."""
        from reader.library.search.search import Search  # imported lazily for a fast start

        return Search(self._database)

    @cached_property
    def vocabulary(self) -> "Vocabulary":
        """The words that were looked up."""
        from reader.library.vocabulary.vocabulary import Vocabulary

        return Vocabulary(self._database)

    # ---- adding

    def add(self, clipping: Clipping, *, state: State = State.QUEUE) -> Filed:
        """Add an article from a clipping, or update the article if its URL is known.

        An update keeps the user's changes (state, place, title, tags, views) and never
        replaces a text with an empty one. An article in the trash returns to the queue.
        """
        from reader.library.articles import add

        with self._database.writing() as connection:
            return add.file(connection, clipping, state)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Group changes into one transaction: faster for many changes, and all or nothing."""
        with self._database.writing():
            yield

    def keep_picture(self, data: bytes, ending: str) -> str:
        """Store an image (``png``, ``jpg``, ``gif``, ``webp``) and return its file name."""
        return images.keep(self._images, data, ending)

    def picture_path(self, name: str) -> Path | None:
        """Return the file of an image, None if it is missing."""
        return images.path(self._images, name)

    # ---- queries

    def article(self, id: int) -> Article:
        """Return an article with all its fields. Raises NoSuchArticle."""
        with self._database.reading() as connection:
            return records.article(connection, id)

    def rows(
        self, query: Query, *, offset: int = 0, limit: int = 128, after: Mark | None = None
    ) -> list[Row]:
        """Return a slice of a query's rows in order; ``offset`` is relative to ``after``."""
        sql, values = queries.rows(query, offset, limit, after)
        with self._database.reading() as connection:
            return records.rows(connection, sql, values)

    def mark(self, query: Query, id: int) -> Mark | None:
        """Return the sort mark of an article in a query, for keyset pagination."""
        found = self._all(queries.mark(query), [id])
        return Mark(found[0][0], id) if found else None

    def rows_of(self, ids: Sequence[int]) -> list[Row]:
        """Return the rows of articles in the order of ``ids``. Raises NoSuchArticle."""
        with self._database.reading() as connection:
            return records.rows_of(connection, ids)

    def ids(
        self, query: Query, *, limit: int | None = None, offset: int = 0, after: Mark | None = None
    ) -> list[int]:
        """Return the ids of a query, or a slice; ``offset`` is relative to ``after``."""
        sql, values = queries.ids(query, after)
        limits = [-1 if limit is None else limit, offset]
        found = self._all(f"{sql} LIMIT ? OFFSET ?", [*values, *limits])
        return [int(id) for (id,) in found]

    def count(self, query: Query) -> int:
        """Return the number of articles in a query."""
        found = self._all(*queries.count(query))
        return int(found[0][0] or 0) if found else 0

    def index_of(self, query: Query, id: int, *, after: Mark | None = None) -> int | None:
        """Return the index of an article in a query, None if the query does not contain it.

        With ``after``, the index counts from behind that mark.
        """
        sql, values = queries.index_of(query, id, after)
        before = self._all(sql, values)[0][0]
        return None if before is None else int(before)

    def counts(self) -> Counts:
        """Return the number of articles on each shelf."""
        return self.counting.counts()

    def find(self, url: str) -> int | None:
        """Return the id of the article with a URL, None if it is not in the library."""
        from reader.library.articles import add

        with self._database.reading() as connection:
            return add.find(connection, url)

    def with_uid(self, uid: str) -> int | None:
        """Return the id of the article with a uid, or that it was merged into; None if unknown."""
        from reader.library.history import identity

        with self._database.reading() as connection:
            return identity.find(connection, uid)

    def note_typed(self, url: str) -> None:
        """Record that the user typed the URL of an article."""
        from reader.library.articles import add

        with self._database.writing() as connection:
            add.note_typed(connection, url)

    def is_typed(self, id: int) -> bool:
        """Return whether the user typed the URL of an article; a file may contain any URL."""
        from reader.library.articles import add

        with self._database.reading() as connection:
            return add.is_typed(connection, id)

    def version(self) -> tuple[int, int]:
        """Return a token that changes whenever any process modifies the library."""
        return self._database.version()

    # ---- changes by the user: each is an undo step

    def set_state(
        self, ids: Sequence[int], state: State, *, done: bool = False, report: Report = silent
    ) -> int:
        """Move articles to the queue, the archive or the trash; return how many were moved.

        ``done`` marks them as finished. Archived articles go to the end of the queue, articles
        from the trash return to their former place. If ``report`` cancels this or any other
        change, nothing is changed.
        """
        from reader.library.articles import add
        from reader.library.history import changes

        self._database.before_many(state.value, ids.__len__, report)
        with self._database.writing() as connection:
            moved = add.elsewhere(connection, ids, state)
            label = changes.about(connection, Verb(state.value), moved)
            with changes.step(connection, label) as step:
                return add.move(step, moved, state, done=done, report=report)

    def set_favourite(self, ids: Sequence[int], favourite: bool, *, report: Report = silent) -> int:
        """Mark or unmark articles as favourites; return how many changed."""
        from reader.library.history import changes

        verb = Verb.FAVOURITE if favourite else Verb.NO_FAVOURITE
        return changes.set_field(self._database, verb, ids, ("favourite", favourite), report)

    def set_title(self, id: int, title: str) -> int:
        """Set the title of an article; return 1 if it changed, else 0."""
        from reader.library.history import changes

        return changes.set_field(self._database, Verb.RETITLE, [id], ("title", title))

    def edit(self, verb: Verb | str, edits: Iterable[Edit]) -> int:
        """Edit articles one by one as one undo step; return how many changed.

        ``verb`` may be a phrase, to be completed by the title or by “3 articles”.
        """
        from reader.library.articles import add

        return add.edit_all(self._database, verb, edits)

    # ---- maintenance

    def check(self, report: Report = silent) -> tuple[Damage, ...]:
        """Check everything for damage; with damaged tables the library becomes read-only."""
        return self.checkup.damage(report)

    def backup(self, target: Path) -> None:
        """Write a verified copy of the database to a file."""
        with self._database.reading() as connection:
            backup.copy(connection, target)

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._database.reading() as connection:
            return connection.execute(sql, values).fetchall()
