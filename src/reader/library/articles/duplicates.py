"""Duplicates, as ``library.duplicates``: found by URL and by text, then merged or kept apart."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import apsw

from reader.errors import LibraryError
from reader.library.articles import distinct, merging, records, versions
from reader.library.articles.fingerprints import fingerprint
from reader.library.history import changes, identity
from reader.library.store.collation import resemblance
from reader.library.store.database import Database, rows
from reader.model import Duplicate, State
from reader.progress import Report, silent
from reader.steps import Label, Verb

_SLICE = 200
_BEAT = 5000
_BANDS = ("first", "second", "third", "fourth")
_HOST = re.compile(r"^https?://(?:(?:www|m|mobile|amp)\.)?", re.IGNORECASE)
_END = re.compile(r"(?:[?&]amp(?:=1)?|/amp|/index\.html?)$")


class Duplicates:
    """Duplicate articles; every method may raise LibraryError."""

    def __init__(self, database: Database) -> None:
        """Use ``Library.duplicates``."""
        self._database = database

    def find(self, report: Report = silent) -> list[Duplicate]:
        """Return likely pairs of duplicates, the most similar first.

        Each pair has the older article first. Articles in the trash and pairs that the user has
        marked as different are left out.
        """
        self.prepare(report)
        report(0, 0, "Looking for duplicates")
        pairs = dict.fromkeys(self._by_text(report), False)
        pairs |= dict.fromkeys(self._by_address(report), True)
        found = []
        for number, (pair, same_address) in enumerate(pairs.items()):
            report(number, len(pairs), "Comparing texts")
            likeness = self._likeness(*pair)
            if same_address or likeness >= merging.THE_SAME:
                found.append(Duplicate(*pair, likeness, same_address))
        return sorted(found, key=lambda each: (-each.likeness, each.older, each.newer))

    def prepare(self, report: Report = silent) -> None:
        """Compute missing fingerprints, in slices so that other writers are not blocked."""
        if self._database.read_only:
            return
        sql = "SELECT id FROM article WHERE id NOT IN (SELECT article FROM fingerprint)"
        with self._database.reading() as connection:
            missing = [id for (id,) in rows(connection, sql)]
        for start in range(0, len(missing), _SLICE):
            report(start, len(missing), "Reading texts")
            made = [(id, *fingerprint(self._html(id))) for id in missing[start : start + _SLICE]]
            with self._database.writing() as connection:
                sql = "INSERT OR IGNORE INTO fingerprint SELECT id, ?, ?, ?, ? FROM article "
                told = [(*numbers, id) for id, *numbers in made]
                connection.executemany(f"{sql} WHERE id = ?", told)

    def merge(self, one: int, other: int) -> int:
        """Merge two articles as an undo step; return the id of the older, which stays.

        It gets the tags, views, texts and URLs of both. The other one goes to the trash; undo or
        restoring brings it back unchanged.
        """
        with self._database.writing() as connection:
            stays, goes = _by_age(connection, (one, other))
            if stays == goes:
                raise LibraryError("An article cannot be merged with itself. Nothing was changed.")
            label = Label(Verb.MERGE, {"title": changes.title_of(connection, stays)})
            with changes.step(connection, label) as step:
                merging.join(step, goes, stays)
                _copy_texts(step, goes, stays)
                uid, gone = (identity.of(connection, id) for id in (stays, goes))
                step.write([goes], "state", State.TRASH)
                sql = "SELECT id FROM article WHERE merged_into = ? AND merged_into <> ''"
                earlier = [int(id) for (id,) in rows(connection, sql, (gone,))]
                step.write([goes, *earlier], "merged_into", uid)
        return stays

    def tell_apart(self, one: int, other: int) -> int:
        """Mark two articles as different, as an undo step; return 1 if that is new, else 0."""
        with self._database.writing() as connection:
            titles = [changes.title_of(connection, id) for id in (one, other)]
            uids = [identity.of(connection, id) for id in (one, other)]
            label = Label(Verb.TELL_APART, dict(zip(("title", "other"), titles, strict=True)))
            with changes.step(connection, label) as step:
                return step.put(distinct.entity_of(*uids), distinct.NAME, 1) if all(uids) else 0

    # ---- finding pairs

    def _by_text(self, report: Report) -> Iterator[tuple[int, int]]:
        for number, band in enumerate(_BANDS):
            report(number, len(_BANDS), "Looking for duplicates")
            sql = (
                f"SELECT group_concat(article) FROM fingerprint WHERE {band} IS NOT NULL "
                f"GROUP BY {band} HAVING count(*) > 1"
            )
            with self._database.reading() as connection:
                groups = rows(connection, sql)
            yield from self._pairs(map(int, ids.split(",")) for (ids,) in groups)

    def _by_address(self, report: Report) -> Iterator[tuple[int, int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        sql = "SELECT id, url FROM article WHERE url LIKE 'http%'"
        with self._database.reading() as connection:
            for number, (id, url) in enumerate(connection.execute(sql)):
                places[place(url)].append(id)
                if not number % _BEAT:
                    report(number, 0, "Comparing addresses")
        yield from self._pairs(ids for ids in places.values() if len(ids) > 1)

    def _pairs(self, groups: Iterable[Iterable[int]]) -> Iterator[tuple[int, int]]:
        """Pair the oldest of each group with each of the others, unless marked as different."""
        sql = "SELECT id, uid FROM article WHERE id = ? AND state <> 'trash'"
        apart = "SELECT EXISTS (SELECT 1 FROM apart WHERE one = ? AND other = ?)"
        with self._database.reading() as connection:
            for group in groups:
                ids = {id: uid for each in group for id, uid in rows(connection, sql, (each,))}
                first, *others = merging.by_age(connection, [*ids]) or [0]
                for other in others:
                    told = tuple(sorted((ids[first], ids[other])))
                    if not connection.execute(apart, told).get:
                        yield first, other

    def _likeness(self, one: int, other: int) -> float:
        """Return the similarity of two texts, 0 if one of them is not downloaded."""
        texts = [self._html(id) for id in (one, other)]
        return resemblance(*texts) if all(texts) else 0.0

    def _html(self, id: int) -> str:
        with self._database.reading() as connection:
            return versions.current(connection, id)


def place(url: str) -> str:
    """Return a URL without the parts that do not change the page."""
    bare = _HOST.sub("", url.partition("#")[0]).rstrip("/")
    bare = _END.sub("", bare).rstrip("/")
    host, slash, path = bare.partition("/")
    return host.lower() + slash + path


def _by_age(connection: apsw.Connection, ids: tuple[int, int]) -> list[int]:
    found = merging.by_age(connection, ids)
    for id in ids:
        if id not in found:
            raise records.no_such(id)
    return found if len(found) > 1 else [*ids]


def _copy_texts(step: changes.Making, goes: int, stays: int) -> None:
    """Copy all versions to the article that stays; use one of them if it has no text."""
    connection = step.connection
    kept = versions.keep(connection, goes)
    had = versions.keep(connection, stays)
    versions.copy(connection, goes, stays)
    if kept and not had:
        step.write([stays], "text", versions.digest(connection, goes).hex())
