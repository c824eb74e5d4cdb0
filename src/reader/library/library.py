"""The library of one person: everything that is asked of it and done to it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from reader.damage import Damage, Kind
from reader.library.articles import add, images, queries, records
from reader.library.history import changes
from reader.library.reading.log import ReadingLog
from reader.library.shelves.counts import Counting
from reader.library.shelves.queue import Queue
from reader.library.store import backup
from reader.library.store.collation import sort_key
from reader.library.store.database import Database
from reader.library.transactions import HOOKS
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
    from reader.library.articles.duplicates import Duplicates
    from reader.library.articles.texts import Texts
    from reader.library.articles.trash import Trash
    from reader.library.history.history import History
    from reader.library.search.search import Search
    from reader.library.shelves.saved import SavedSearches
    from reader.library.shelves.tags import Tags


class Library:
    """A folder with ``library.db`` and ``images/``; may be used from any thread.

    Every method may raise LibraryError. Changes raise LibraryReadOnly where the library
    may only be read, LibraryLocked where another process writes for too long.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        """Use ``Library.open``."""
        self.folder = folder
        self._database = database
        self._images = folder / "images"

    @classmethod
    def open(cls, folder: Path, *, create: bool = True, report: Report = silent) -> Self:
        """Open the library in a folder; ``create`` makes one where there is none.

        ``report`` hears of an older library being brought up to date; stopped by it, the
        library stays as it was. Raises NotALibrary, LibraryTooNew, or LibraryError that says
        what is in the way.
        """
        file = folder / "library.db"
        made = Database(file, create=create, hooks=HOOKS, report=report)
        return cls(folder, made)

    @classmethod
    def open_what_is_whole(cls, folder: Path, report: Report = silent) -> Self:
        """Open what can be read of a damaged library, written into a temporary file, to read it.

        Raises LibraryError if nothing can be read.
        """
        from reader.library.repair import rescue

        file = folder / "library.db"
        readable = rescue.readable_copy(file, report)
        return cls(folder, Database(file, create=False, instead=readable))

    @property
    def read_only(self) -> bool:
        """Whether it may only be read."""
        return self._database.read_only or self._database.is_damaged

    @property
    def is_damaged(self) -> bool:
        """Whether its file is known to be damaged; then it may only be read."""
        return self._database.is_damaged

    def close(self) -> None:
        """Finish; the library is then one file again."""
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

    # ---- the components, each made when it is first used

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
    def reading_log(self) -> ReadingLog:
        """Views, reading positions and reading times."""
        return ReadingLog(self._database)

    @cached_property
    def texts(self) -> "Texts":
        """The sources and the versions of articles."""
        from reader.library.articles.texts import Texts

        return Texts(self._database)

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

    # ---- bringing in

    def add(self, clipping: Clipping, *, state: State = State.QUEUE) -> Filed:
        """File a clipping; one that is known already is brought up to date instead.

        What a person did to a known article (state, place, title, tags, views) stays, its
        text is never replaced by none, and out of the trash it comes back into the queue.
        """
        with self._database.writing() as connection:
            return add.file(connection, clipping, state)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make all changes inside one transaction: faster for many, and all or nothing."""
        with self._database.writing():
            yield

    def keep_picture(self, data: bytes, ending: str) -> str:
        """Keep a picture (``png``, ``jpg``, ``gif``, ``webp``) and return its name."""
        return images.keep(self._images, data, ending)

    def picture_path(self, name: str) -> Path | None:
        """Return the file of a picture, None where it is missing."""
        return images.path(self._images, name)

    # ---- questions

    def article(self, id: int) -> Article:
        """Return an article, whole. Raises NoSuchArticle."""
        with self._database.reading() as connection:
            return records.article(connection, id)

    def rows(
        self, query: Query, *, offset: int = 0, limit: int = 128, after: Mark | None = None
    ) -> list[Row]:
        """Return some rows of a query in its order; ``offset`` counts from behind a mark."""
        sql, values = queries.rows(query, offset, limit, after)
        with self._database.reading() as connection:
            return records.rows(connection, sql, values)

    def mark(self, query: Query, id: int) -> Mark | None:
        """Return where an article stands in the order of a query, to go on from there."""
        found = self._all(queries.mark(query), [id])
        return Mark(found[0][0], id) if found else None

    def rows_of(self, ids: Sequence[int]) -> list[Row]:
        """Return the rows of articles in the order of their ids. Raises NoSuchArticle."""
        sql = f"SELECT {queries.ROW} FROM article WHERE id = ?"
        with self._database.reading() as connection:
            found = {id: records.rows(connection, sql, (id,)) for id in ids}
        for id, each in found.items():
            if not each:
                raise records.no_such(id)
        return [found[id][0] for id in ids]

    def titled(self, words: str, limit: int) -> list[Row]:
        """Return some articles whose titles begin with these words."""
        sql, values = queries.titled(sort_key(words))
        with self._database.reading() as connection:
            return records.rows(connection, f"{sql} LIMIT ?", [*values, limit])

    def ids(
        self,
        query: Query,
        *,
        limit: int | None = None,
        offset: int = 0,
        after: Mark | None = None,
    ) -> list[int]:
        """Return the ids of a query in its order, or some; ``offset`` counts from behind a mark."""
        sql, values = queries.ids(query, after)
        limits = [-1 if limit is None else limit, offset]
        found = self._all(f"{sql} LIMIT ? OFFSET ?", [*values, *limits])
        return [int(id) for (id,) in found]

    def waiting(self) -> list[int]:
        """Return the ids of articles from the web whose text is not at home yet, oldest first."""
        sql = (
            "SELECT id FROM article WHERE downloaded_at = '' AND state <> 'trash' "
            "AND url LIKE 'http%' ORDER BY id"
        )
        return [int(id) for (id,) in self._all(sql)]

    def with_missing_pictures(self) -> list[int]:
        """Return the ids of articles with pictures that are not at home, oldest first."""
        sql = (
            "SELECT id FROM article JOIN content ON content.article = id "
            "WHERE state <> 'trash' AND instr(html, '<img src=\"\"') ORDER BY id"
        )
        return [int(id) for (id,) in self._all(sql)]

    def count(self, query: Query) -> int:
        """Return how many articles a query has."""
        found = self._all(*queries.count(query))
        return int(found[0][0] or 0) if found else 0

    def index_of(self, query: Query, id: int, *, after: Mark | None = None) -> int | None:
        """Return where an article stands in the order of a query, None where it does not.

        With a mark before it, it is counted from behind that one.
        """
        sql, values = queries.index_of(query, id, after)
        before = self._all(sql, values)[0][0]
        return None if before is None else int(before)

    def counts(self) -> Counts:
        """Return how many articles lie on each shelf."""
        return self.counting.counts()

    def find(self, url: str) -> int | None:
        """Return the article of an address, None where it is not in the library."""
        with self._database.reading() as connection:
            return add.find(connection, url)

    def note_typed(self, url: str) -> None:
        """Note that a person typed the address of an article."""
        with self._database.writing() as connection:
            add.note_typed(connection, url)

    def is_typed(self, id: int) -> bool:
        """Return whether a person typed the address of an article; a file may name any."""
        with self._database.reading() as connection:
            return add.is_typed(connection, id)

    def version(self) -> tuple[int, int]:
        """Return a value that is another one whenever anybody has changed the library."""
        return self._database.version()

    # ---- what a person does: each a step that can be undone

    def set_state(
        self,
        ids: Sequence[int],
        state: State,
        *,
        done: bool = False,
        report: Report = silent,
    ) -> int:
        """Move articles to the queue (its end), the archive or the trash; return how many.

        ``done`` says that the person has finished them. Out of the trash they come back to
        the place in the queue that they had. Stopped by ``report``, nothing is changed; so it
        is with all changes that take one.
        """
        with self._database.writing() as connection:
            moved = add.elsewhere(connection, ids, state)
            label = changes.about(connection, Verb(state.value), moved)
            with changes.step(connection, label) as step:
                return add.move(step, moved, state, done=done, report=report)

    def set_favourite(self, ids: Sequence[int], favourite: bool, *, report: Report = silent) -> int:
        """Make articles favourites, or no longer; return how many changed."""
        verb = Verb.FAVOURITE if favourite else Verb.NO_FAVOURITE
        return self._set(verb, ids, "favourite", favourite, report)

    def set_title(self, id: int, title: str) -> int:
        """Give an article another title."""
        return self._set(Verb.RETITLE, [id], "title", title)

    def edit(self, verb: Verb | str, edits: Iterable[Edit]) -> int:
        """Correct articles, one after the other, as one step; return how many are others now.

        ``verb`` may be a phrase that the title, or “3 articles”, completes.
        """
        return add.edit_all(self._database, verb, edits)

    # ---- care

    def check(self, report: Report = silent) -> tuple[Damage, ...]:
        """Look for damage in file, articles and pictures.

        A library with damaged tables is not written to from then on.
        """
        from reader.library.repair import check, checksums

        found = tuple(check.damage(self._database, self._images, report))
        self._database.note_damage(any(each.kind in (Kind.TABLE, Kind.INDEX) for each in found))
        if not found and not self.read_only:
            with self._database.writing() as connection:
                checksums.seal_old(connection)
        return found

    def backup(self, target: Path) -> None:
        """Write a verified copy of the database to a file."""
        with self._database.reading() as connection:
            backup.copy(connection, target)

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._database.reading() as connection:
            return connection.execute(sql, values).fetchall()

    def _set(
        self,
        verb: Verb,
        ids: Sequence[int],
        field: str,
        value: object,
        report: Report = silent,
    ) -> int:
        with self._step(verb, ids) as step:
            return step.write(ids, field, value, report)

    @contextmanager
    def _step(self, verb: Verb, ids: Sequence[int], **told: object) -> Iterator[changes.Making]:
        with self._database.writing() as connection:
            label = changes.about(connection, verb, ids, **told)
            with changes.step(connection, label) as step:
                yield step
