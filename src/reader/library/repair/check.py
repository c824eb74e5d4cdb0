"""The check for damage: of the file, its rows, counts, search index and pictures, in slices.

A check at rest can stop and go on later, also after a restart. It reads only; ``healing`` corrects
the damage whose remedy is certain.
"""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import apsw

from reader.damage import STOPS_WRITING, Damage, Kind, KnownDamage
from reader.errors import LibraryError
from reader.library.articles import images
from reader.library.backup.copy import Copy, Reason
from reader.library.repair import derived, findings, row_check
from reader.library.repair.findings import Record
from reader.library.search import indexing
from reader.library.store import clock, damaged_pages, seals
from reader.library.store.collation import decoded
from reader.library.store.damaged_pages import BROKEN
from reader.library.store.database import Database, rows, said
from reader.progress import Report, silent

if TYPE_CHECKING:
    from reader.library.backup.backups import Backups

T = TypeVar("T")
Position = tuple[Any, ...]
Step = tuple[Position, list[Damage]]
"""The damage that a slice has found, and the position after it."""

Look = Callable[[apsw.Connection, seals.Table], Iterator[Damage]]

_FILE = "Checking the file"
_COUNTS, _ARTICLES, _PICTURES = "Checking counts", "Checking articles", "Checking pictures"
_INDEX = "Checking the search index"
_OF_PICTURES = (Kind.PICTURE_MISSING, Kind.PICTURE_CHANGED)
_DAY_SECONDS = 86_400
_LARGE_BYTES = 1 << 30
_DAYS_IF_LARGE = 7
_KEPT_SECONDS = 2.0
_AT_ONCE_BYTES = 1 << 28
_SLICE_SECONDS = 0.02
_SEALED_AT_ONCE = 500
_COPIES_ASKED = 5


class Outcome(NamedTuple):
    """The damage that is left after a check, and the damage that was healed."""

    damage: tuple[Damage, ...] = ()
    healed: tuple[Damage, ...] = ()


class Scene(NamedTuple):
    """The library that a check reads, and the report of its progress."""

    database: Database
    pictures: Path
    report: Report


class Checkup:
    """The checks of a library; every method may raise LibraryError."""

    def __init__(
        self, database: Database, folder: Path, backups: Callable[[], "Backups"] | None = None
    ) -> None:
        """Use ``Library.checkup``; ``backups`` is called only if something is to be healed."""
        self._database = database
        self._backups = backups
        self._pictures = folder / "images"
        self._file = findings.file_of(folder / database.file.name)

    def damage(self, report: Report = silent) -> tuple[Damage, ...]:
        """Check the whole library now and return its damage."""
        return self._run(Record(begun_at=clock.now()), report)

    def check_and_heal(self, report: Report = silent) -> Outcome:
        """Check the whole library now, and heal all damage whose remedy is certain."""
        return self._healed(self.damage(report), report)

    def go_on(self, report: Report = silent) -> Outcome | None:
        """Go on with the check at rest, or begin one that is due; return its outcome at its end.

        Return None if none is due. If ``report`` ends it, the next call goes on from there.
        """
        known = self.record()
        if not known.place and not self.is_due():
            return None
        if not known.place:
            known = known._replace(begun_at=clock.now(), found=())
        return self._healed(self._run(known, report), report)

    def is_due(self) -> bool:
        """Return whether the library should be checked: once a day, a large one once a week."""
        known = self.record()
        days = _DAYS_IF_LARGE if _size(self._database.file) > _LARGE_BYTES else 1
        return bool(known.place) or not 0 <= _age(known.checked_at) < days * _DAY_SECONDS

    def record(self) -> Record:
        """Return the findings of the last checks."""
        return findings.read(self._file)

    def damaged_articles(self) -> int:
        """Return how many articles are known to be damaged, apart from their pictures."""
        known = (each.damage for each in self.record().findings)
        return len(
            {each.article for each in known if each.article and each.kind not in _OF_PICTURES}
        )

    def findings(self, damage: Iterable[Damage]) -> tuple[KnownDamage, ...]:
        """Return since when damage of the last check is known, the gravest first."""
        known = {finding.damage: finding for finding in self.record().findings}
        now = clock.now()
        return tuple(
            known.get(each, KnownDamage(each, now)) for each in sorted(damage, key=findings.gravity)
        )

    def _healed(self, damage: tuple[Damage, ...], report: Report) -> Outcome:
        """Heal the damage whose remedy is certain, and check again if there was any."""
        if not damage or self._database.is_stand_in:
            return Outcome(damage)
        from reader.library.repair import healing  # needed only if there is damage

        self._copy_before(damage)
        with self._copies() as elsewhere:
            healed = healing.heal(self._database, self._pictures, damage, elsewhere, report)
        if not healed:
            return Outcome(damage)
        left = self.damage(report)
        return Outcome(left, tuple(each for each in healed if each not in left))

    @contextmanager
    def _copies(self) -> Iterator[tuple[list[apsw.Connection], list[Path]]]:
        """Lend the newest copies of the library, opened, and the folders of copied pictures."""
        with ExitStack() as stack:
            opened, folders = list[apsw.Connection](), list[Path]()
            for copy in self._newest_copies():
                folders.append(copy.file.parent / "images")
                with suppress(LibraryError):  # a damaged copy, or one that was deleted meanwhile
                    assert self._backups is not None
                    opened.append(stack.enter_context(self._backups().opened(copy)))
            yield opened, [*dict.fromkeys(folders)]

    def _newest_copies(self) -> list[Copy]:
        if self._backups is None:
            return []
        with suppress(LibraryError):
            return self._backups().all()[:_COPIES_ASKED]
        return []

    def _copy_before(self, damage: tuple[Damage, ...]) -> None:
        """Take a copy before something is put right, if the file is whole enough for that."""
        if self._backups and not any(each.kind in STOPS_WRITING for each in damage):
            with suppress(LibraryError):  # healing changes nothing that is not certain
                self._backups().before(Reason.REPAIR)

    def _run(self, begun: Record, report: Report) -> tuple[Damage, ...]:
        known, kept_at = begun, time.monotonic()
        scene = Scene(self._database, self._pictures, report)
        try:
            for place, found in slices(scene, begun.place):
                known = known._replace(place=place, found=(*known.found, *found))
                if time.monotonic() - kept_at > _KEPT_SECONDS:
                    self._keep(known)
                    kept_at = time.monotonic()
        except BaseException:
            self._keep(known)
            raise
        damage = tuple(dict.fromkeys(known.found))
        self._end(known, damage)
        return damage

    def _end(self, known: Record, damage: tuple[Damage, ...]) -> None:
        before = self.record()
        known = known._replace(checked_at=before.checked_at, findings=before.findings)
        self._keep(known.ended(damage))
        self._database.note_damage(any(each.kind in STOPS_WRITING for each in damage))
        if not any(each.table for each in damage):
            self._seal_others()

    def _keep(self, record: Record) -> None:
        if not self._database.is_stand_in:
            findings.write(self._file, record)

    def _seal_others(self) -> None:
        """Seal the rows that have no seal yet, such as those of an older Reader."""
        if self._database.read_only or self._database.is_damaged:
            return
        with self._database.reading() as connection:
            tables = [*seals.tables(connection).values()]
        for table in tables:
            after: int | None = -(2**62)
            while after is not None:
                with self._database.reading() as connection:
                    if not connection.execute(seals.has_unsealed(table, after)).get:
                        break
                with self._database.writing() as connection:
                    after = seals.note_unsealed(connection, table, after, _SEALED_AT_ONCE)


def slices(scene: Scene, place: Position = ()) -> Iterator[Step]:
    """Check a library from a place on; yield the damage of each slice and the place after it.

    A place is the name of a part and a position in it.
    """
    names = [*_PARTS]
    first = names.index(place[0]) if place and place[0] in names else 0
    for name, following in zip(names[first:], [*names[first + 1 :], ""], strict=True):
        start = tuple(place[1:]) if place and name == place[0] else ()
        for position, found in _PARTS[name](scene, start):
            yield (name, *position), found
        yield (following,), []


# ---- the parts


def _structure(scene: Scene, start: Position) -> Iterator[Step]:
    """Check the pages; in a large file table by table, the position is the last one."""
    connection = scene.database.connection
    if _size(scene.database.file) < _AT_ONCE_BYTES:
        yield (), damaged_pages.damage(connection, scene.report)
        return
    tables = damaged_pages.tables(connection)
    if not tables:
        yield (), [Damage(Kind.TABLE, detail="all")]
    for table in sorted(tables):
        if not start or table.name > start[0]:
            with damaged_pages.reported(connection, scene.report, _FILE):
                yield (table.name,), damaged_pages.damage_in(connection, table)


def _rows(scene: Scene, start: Position) -> Iterator[Step]:
    """Check the rows of each table; the position is a table and how far it is checked."""
    for table in _tables(scene, start):
        after: int | None = -(2**62) if table.has_row_ids else 0
        if start[:1] == (table.name,):
            after = int(start[1])
        while after is not None:
            scene.report(0, 0, _ARTICLES)
            found, after = _some_rows(scene, table, after)
            yield (table.name, after if after is not None else 2**62), found


def _some_rows(scene: Scene, table: seals.Table, after: int) -> row_check.Slice:
    connection = scene.database.connection
    try:
        with said(scene.database.file):
            return row_check.check(connection, table, after)
    except LibraryError as error:
        if not isinstance(error.__cause__, BROKEN):
            raise
    return row_check.Slice([*row_check.one_by_one(connection, table)], None)


def _values(scene: Scene, start: Position) -> Iterator[Step]:
    """Check the types of values, and that every row that was written is there."""
    for table in _tables(scene, start):
        scene.report(0, 0, _ARTICLES)
        for look in (row_check.wrong_types, row_check.gone):
            yield (table.name,), _tried(scene, partial(_all, look, table), [])
    yield (), _tried(scene, lambda c: [*row_check.stray_seals(c)], [])


def _all(look: Look, table: seals.Table, connection: apsw.Connection) -> list[Damage]:
    return [*look(connection, table)]


def _counts(scene: Scene, _: Position) -> Iterator[Step]:
    def orphans(connection: apsw.Connection) -> list[Any]:
        with damaged_pages.reported(connection, scene.report, _COUNTS):
            return rows(connection, "PRAGMA foreign_key_check")

    found = sorted(str(each[0]) for each in _tried(scene, orphans, list[Any]()))
    yield (
        (),
        [Damage(Kind.ORPHAN, detail=f"{table}: {len([*same])}") for table, same in groupby(found)],
    )
    for name in derived.TABLES:
        scene.report(0, 0, _COUNTS)
        if _tried(scene, partial(derived.differs, table=name), True):
            yield (), [Damage(Kind.DERIVED, detail=name)]


def _search(scene: Scene, _: Position) -> Iterator[Step]:
    scene.report(0, 0, _INDEX)
    is_whole = _tried(scene, indexing.is_whole, False)
    yield (), [] if is_whole else [Damage(Kind.SEARCH)]


def _images(scene: Scene, start: Position) -> Iterator[Step]:
    """Hash the pictures; the position is the name of the last one."""
    found: dict[str, int] = {
        decoded(name): id for name, id in _tried(scene, _named_pictures, list[Any]())
    }
    names = sorted(name for name in found if name > (start[0] if start else ""))
    scene.report(0, len(names), _PICTURES)
    until, damaged = time.monotonic() + _SLICE_SECONDS, list[Damage]()
    for number, name in enumerate(names, 1):
        damaged += _picture(scene, name, found[name])
        if time.monotonic() > until:
            yield (name,), damaged
            scene.report(number, len(names), _PICTURES)
            until, damaged = time.monotonic() + _SLICE_SECONDS, []
    yield (names[-1] if names else "",), damaged


_PARTS: dict[str, Callable[[Scene, Position], Iterator[Step]]] = {
    "structure": _structure,
    "rows": _rows,
    "values": _values,
    "counts": _counts,
    "search": _search,
    "pictures": _images,
}


def _picture(scene: Scene, name: str, id: int) -> Iterator[Damage]:
    state = images.state(scene.pictures, name)
    if state is not images.State.WHOLE:
        missing = state is images.State.MISSING
        kind = Kind.PICTURE_MISSING if missing else Kind.PICTURE_CHANGED
        with scene.database.reading() as connection:
            yield Damage(kind, id, row_check.title_of(connection, id), name)


def _named_pictures(connection: apsw.Connection) -> list[Any]:
    """Return the name of each picture as bytes, and an article that it belongs to, or 0."""
    found = rows(
        connection,
        "SELECT CAST(name AS BLOB), min(article) FROM article_image NOT INDEXED GROUP BY 1 "
        "UNION SELECT CAST(lead AS BLOB), min(id) FROM article NOT INDEXED "
        "WHERE lead <> '' GROUP BY 1 "
        "UNION SELECT CAST(name AS BLOB), 0 FROM site_icon WHERE name <> ''",
    )
    sql = "SELECT CAST(pictures || ' ' || lead AS BLOB), article FROM version"
    older = [(name, id) for names, id in rows(connection, sql) for name in names.split()]
    return [each for each in older if images.is_name(decoded(each[0]))] + found


def _tables(scene: Scene, start: Position) -> list[seals.Table]:
    """Return the tables from that of a position on."""
    with scene.database.reading() as connection:
        known = seals.tables(connection)
    names = sorted(known)
    first = names.index(start[0]) if start and start[0] in known else 0
    return [known[name] for name in names[first:]]


def _tried(scene: Scene, work: Callable[[apsw.Connection], T], otherwise: T) -> T:
    """Return the result of ``work``, ``otherwise`` if it meets damage."""
    try:
        return work(scene.database.connection)
    except (apsw.Error, UnicodeDecodeError) as error:
        if isinstance(error, apsw.InterruptError):
            raise
        return otherwise


def _age(at: str) -> float:
    """Return how many seconds ago a time in UTC was, infinity if it is none."""
    try:
        return clock.seconds() - datetime.fromisoformat(at).timestamp()
    except ValueError:
        return math.inf


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
