"""The database file: opening, a connection for each thread, transactions, readable errors.

Durability follows SQLite's own advice (WAL, synchronous=FULL): a committed transaction
survives a kill and a power cut.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakSet

import apsw

from reader.damage import Kind
from reader.errors import (
    LibraryError,
    LibraryReadOnly,
    LibraryTooNew,
    NotALibrary,
)
from reader.library.store import (
    access,
    creation,
    damaged_pages,
    journal,
    logs,
    migrate,
    moved,
    stale_log,
)
from reader.library.store.errors import said as said
from reader.library.store.migrate import APPLICATION_ID
from reader.progress import Report, silent

MANY = 100
"""Before a change of so many articles, a copy is taken."""
_BUSY_MS = 5000
_LOG_HEADER = 32
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = 1",
    "PRAGMA checkpoint_fullfsync = 1",
    "PRAGMA journal_size_limit = 16777216",
)


class Hooks(NamedTuple):
    """Functions around each write transaction, and one that copies the file before a migration."""

    begin: Callable[[apsw.Connection], None] | None = None
    end: Callable[[apsw.Connection], None] | None = None
    migrate: Callable[[Path, Report], None] | None = None


_NO_HOOKS = Hooks()


class Database:
    """One SQLite file, used from any thread of any number of processes."""

    def __init__(
        self,
        file: Path,
        *,
        create: bool,
        hooks: Hooks = _NO_HOOKS,
        report: Report = silent,
        instead: Path | None = None,
    ) -> None:
        """Open the file.

        ``report`` receives the progress of a schema migration. ``instead`` is a readable copy
        that is used in place of a damaged file; ``close`` deletes its folder.
        """
        self.file = file
        self._hooks = hooks
        self.read_only = False
        self.take_copy: Callable[[str, int, Report], object] | None = None
        """Called with verb, count and report before a change of many articles."""
        self._local = threading.local()
        # A connection is freed, with its memory and files, when its thread ends.
        self._all = WeakSet[apsw.Connection]()
        self._own_changes = 0
        self._stand_in = instead
        self.log_aside: Path | None = None
        self._lacks_room = False
        self._is_examined = False
        self._examination: threading.Thread | None = None
        self.is_damaged = instead is not None or access.damage_mark(file).exists()
        if instead is not None:
            self.read_only = True
        else:
            with said(file):
                self._open(create, report)
        self._identity = access.identity(file)

    def _open(self, create: bool, report: Report) -> None:
        access.check(self.file, create)
        existed = self.file.exists()
        if not existed:
            creation.new(self.file)
        self.read_only = existed and (self.is_damaged or not access.is_writable(self.file))
        version = self._judge_with_log()
        if not version and (self.read_only or not create):
            raise LibraryError(
                f"There is no library in {self.file.parent} yet: {self.file.name} is empty. It was "
                "left as it is. Adding an article or opening the window creates a library; if you "
                "had one here, “reader backup --list” lists its copies."
            )
        if not self.read_only:
            self._prepare(version, report)
            if existed:
                creation.protect_once(self.connection, self.file)
        elif version < migrate.newest():
            self._stand_in = migrate.brought_up_elsewhere(self.connection)
            self._drop_connections()

    def _prepare(self, version: int, report: Report) -> None:
        """Create or migrate the library to the newest schema, if needed."""
        connection = self.connection
        if not version:
            creation.complete(connection)
        elif int(connection.pragma("application_id")) != APPLICATION_ID:
            creation.adopt(connection)
        journal.set_mode(connection, self.file)
        migrate.bring_up(connection, self.file, report, self._hooks.migrate)
        creation.sweep(self.file.parent)

    def _judge_with_log(self) -> int:
        """Judge the file; if its log cannot be read on this drive, write it into the file first."""
        try:
            return self._judge()
        except apsw.Error as error:
            if self.read_only or not journal.leave_log(self.file, error):
                if access.has_room(self.file) or _size(self._beside("-wal")):
                    raise
                self._lacks_room = self.read_only = True  # reading needs none
            return self._judge()

    def _judge(self) -> int:
        """Return the schema version of the file, 0 if it is empty; write nothing.

        Raises NotALibrary or LibraryTooNew.
        """
        logs.drop_stale(self.file)
        self._look_for_orphaned_log()
        if not self.read_only:
            self.log_aside = stale_log.set_aside(self.file) or self.log_aside
        probe = apsw.Connection(self._uri(read_only=True), flags=self._probe_flags())
        try:
            probe.set_busy_timeout(_BUSY_MS)
            kind, version = probe.pragma("application_id"), int(probe.pragma("user_version"))
            empty = not version and not probe.execute("SELECT count(*) FROM sqlite_schema").get
            ours = kind == APPLICATION_ID or (kind == 0 and (empty or migrate.is_ours(probe)))
        finally:
            probe.close()
        if not ours:
            raise NotALibrary(
                f"{self.file} is not a Reader library; it was left as it is. Choose another folder."
            )
        self._refuse_newer(version)
        return version

    def _probe_flags(self) -> int:
        """Return read-only flags, unless a rollback journal is left: only a writer can undo it."""
        interrupted = _size(self._beside("-journal")) and not self.read_only
        way = apsw.SQLITE_OPEN_READWRITE if interrupted else apsw.SQLITE_OPEN_READONLY
        return way | apsw.SQLITE_OPEN_URI

    def _look_for_orphaned_log(self) -> None:
        """Refuse an empty file beside a write-ahead log: SQLite would delete the log."""
        waiting = self._beside("-wal")
        if not _size(self.file) and _size(waiting) > _LOG_HEADER:
            raise NotALibrary(
                f"The library {self.file} is empty, but {waiting.name} beside it still holds "
                "articles or changes. Both were left as they are. Reader's window, or “reader "
                "repair”, shows what can be saved; to start a new library, move them away."
            )

    def _refuse_newer(self, version: int) -> None:
        if version > migrate.newest():
            raise LibraryTooNew(
                f"The library {self.file} was written by a newer Reader and was left as it is. "
                "Update Reader to open it."
            )

    def _refuse_moved(self) -> None:
        if os.path.lexists(self.file.with_name(moved.MARK)):
            place = moved.target_of(self.file.parent) or "another folder"
            raise LibraryReadOnly(
                f"The library was moved to {place} while it was open here, so this change was not "
                "saved. Close Reader and open it again."
            )

    @property
    def connection(self) -> apsw.Connection:
        """Return the connection of this thread."""
        found: apsw.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._connect()
            self._local.connection = found
            self._all.add(found)
        return found

    def _connect(self, *, can_write: bool = False) -> apsw.Connection:
        mode = apsw.SQLITE_OPEN_READONLY
        if can_write or not self.read_only:
            mode = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        uri = self._uri(read_only=self.read_only and not can_write)
        connection = apsw.Connection(uri, flags=mode | apsw.SQLITE_OPEN_URI)
        connection.set_busy_timeout(_BUSY_MS)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        journal.use(connection)
        return connection

    def _uri(self, *, read_only: bool) -> str:
        if self._stand_in is not None:
            return self._stand_in.as_uri()
        uri = self.file.absolute().as_uri()
        # If the folder is not writable, or its disk is full, SQLite cannot even read. The flag
        # "immutable" is correct as long as the write-ahead log is empty.
        cannot_write = self._lacks_room or not os.access(self.file.parent, os.W_OK)
        if read_only and cannot_write and not _size(self._beside("-wal")):
            return uri + "?immutable=1"
        return uri

    def _beside(self, ending: str) -> Path:
        return self.file.with_name(self.file.name + ending)

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """Lend the connection for queries."""
        with self._said():
            yield self.connection

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """Lend the connection inside one transaction, all or nothing."""
        if self._is_being_examined():
            raise LibraryReadOnly(
                f"Part of the library {self.file} cannot be read, and Reader is checking it. "
                "Nothing was changed; try again in a moment."
            )
        if self.is_damaged:
            raise LibraryReadOnly(
                f"The library {self.file} is damaged, so nothing is written to it. “reader check” "
                "shows what is damaged; Reader's window, or “reader repair”, repairs it and keeps "
                "the damaged file."
            )
        if self._lacks_room:
            with said(self.file):
                raise apsw.FullError("no room for the log")
        if self.read_only:
            raise LibraryReadOnly(
                f"The library {self.file} is read-only, so nothing was changed. "
                "Give yourself permission to write to it, then try again."
            )
        with self._transaction() as connection:
            yield connection

    @contextmanager
    def mending(self) -> Iterator[apsw.Connection]:
        """Lend a connection inside one transaction that puts a damaged file right.

        Nothing else writes to a damaged file.
        """
        if self.is_stand_in or not access.is_writable(self.file):
            raise LibraryReadOnly(f"The library {self.file} is read-only, so nothing was changed.")
        with (
            closing(self._connect(can_write=True)) as own,
            self._transaction(own) as connection,
        ):
            yield connection

    @contextmanager
    def _transaction(self, own: apsw.Connection | None = None) -> Iterator[apsw.Connection]:
        with self._said():
            connection = own or self.connection
            if connection.in_transaction:
                yield connection
                return
            self._look_it_is_there()
            connection.execute("BEGIN IMMEDIATE")
            try:
                self._refuse_moved()
                self._look_it_is_there()  # it may have been replaced while this waited
                # A newer Reader may have migrated the library since it was opened.
                self._refuse_newer(int(connection.pragma("user_version")))
                if self._hooks.begin:
                    self._hooks.begin(connection)
                yield connection
                if self._hooks.end:
                    self._hooks.end(connection)
                connection.execute("COMMIT")
                self._own_changes += 1
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @property
    def is_stand_in(self) -> bool:
        """Whether a readable copy is used in place of a damaged file."""
        return self._stand_in is not None

    def before_many(self, verb: str, count: Callable[[], int], report: Report = silent) -> None:
        """Have a copy taken before a change of ``MANY`` articles or more."""
        if self.take_copy and not self.connection.in_transaction and (many := count()) >= MANY:
            self.take_copy(verb, many, report)

    def note_damage(self, is_damaged: bool) -> None:
        """Remember, also for later runs, whether the file is too damaged to be written to."""
        self._is_examined = True
        self.is_damaged = is_damaged or self._stand_in is not None
        try:
            if is_damaged:
                access.damage_mark(self.file).touch()
            else:
                access.damage_mark(self.file).unlink(missing_ok=True)
        except OSError:
            pass  # in a read-only folder, the library is read-only as well

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Translate SQLite errors; the first one about damage starts an examination of the file."""
        try:
            with said(self.file):
                yield
        except LibraryError as error:
            if isinstance(error.__cause__, apsw.CorruptError) and not self._is_examined:
                self._is_examined = True
                # Reading all pages of a large library takes half a minute, too long to wait for.
                self._examination = threading.Thread(target=self._examine, daemon=True)
                self._examination.start()
            raise

    def _is_being_examined(self) -> bool:
        """Wait for an examination up to the busy timeout; return whether it is still running."""
        if self._examination is None:
            return False
        self._examination.join(_BUSY_MS / 1000)
        return self._examination.is_alive()

    def _examine(self) -> None:
        with suppress(apsw.Error):  # the next run meets the damage again
            found = damaged_pages.damage(self.connection, silent)
            self.note_damage(any(each.kind is not Kind.SEARCH for each in found))

    def version(self) -> tuple[int, int]:
        """Return a token that changes whenever any process modifies the library."""
        with self.reading() as connection:
            return int(connection.pragma("data_version")), self._own_changes

    def close(self) -> None:
        """Write the write-ahead log into the file and close all connections."""
        if self._examination is not None:
            self._examination.join()
        connection = next(iter(self._all), None)
        if connection is not None and not self.read_only:
            with suppress(apsw.Error):  # in use by another process; the next start reads the log
                connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        self._drop_connections()
        if self._stand_in is not None:
            from shutil import rmtree  # imported lazily: stand-ins are rare

            rmtree(self._stand_in.parent, ignore_errors=True)

    def _drop_connections(self) -> None:
        for connection in list(self._all):
            with suppress(apsw.Error):  # committed changes are in the file or in the log
                connection.close()
        self._all.clear()
        self._local = threading.local()

    def _look_it_is_there(self) -> None:
        if (there := access.identity(self.file)) != self._identity:
            event = "moved or deleted" if there is None else "replaced by another program"
            raise LibraryError(
                f"The library {self.file} was {event} while Reader was open, so changes "
                "cannot be saved. Put it back, or close Reader and open it again."
            )


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def rows(connection: apsw.Connection, sql: str, values: Any = ()) -> list[Any]:
    """Return all rows of a query."""
    return connection.execute(sql, values).fetchall()
