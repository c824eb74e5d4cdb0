"""The difference between a copy and the library: deleted, changed and added articles.

Both are read in slices side by side, so that only articles that differ need memory. The columns of
articles are compared; texts and tags only if the logs have rows about them that the other log
lacks, because reading every text of a large library takes long.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import apsw

from reader.library.articles import add, versions
from reader.library.backup import schema
from reader.library.backup.copy import Change, Difference, Differing
from reader.library.history import changes, exchange, identity
from reader.library.store.collation import decoded
from reader.library.store.database import Database, rows
from reader.model import State
from reader.progress import Report, silent

_SLICE = 2000
_SAYS = "Comparing with the copy"
_FIELDS = ("title", "byline", "published_at", "state", "favourite", "place")
_COMPARED = (
    "uid, id, CAST(title AS BLOB), CAST(byline AS BLOB), published_at, state, favourite, place, "
    "downloaded_at, words, trashed_at, merged_into, url, CAST(site AS BLOB)"
)
_NEW_ROWS = (
    "SELECT entity, max(stamp), max(field IN ('text', 'created')), max(field LIKE 'tag/%') "
    "FROM change WHERE device = ? AND seq > ? "
    "AND field NOT IN ('position', 'opened_at', 'read_at', 'typed') "
    "AND field NOT LIKE 'views/%' AND field NOT LIKE 'read/%' GROUP BY entity"
)
_TAGS = "SELECT uid FROM article_tag JOIN tag ON tag.id = tag WHERE article = ?"


class _Article(NamedTuple):
    """The compared columns of an article."""

    uid: str
    id: int
    title: bytes
    byline: bytes
    published_at: str
    state: str
    favourite: int
    place: str
    downloaded_at: str
    words: int
    trashed_at: str
    merged_into: str
    url: str
    site: bytes


class _Touched(NamedTuple):
    """The last stamp of an article's rows that one log has only, and what they are about."""

    stamp: str = ""
    has_text: bool = False
    has_tags: bool = False


_NOT_TOUCHED = _Touched()


def difference(database: Database, copied: apsw.Connection, report: Report = silent) -> Difference:
    """Return the articles that differ between a copy and a library, newest change first.

    Views and reading positions do not count; a place counts only if the user moved the article.
    If ``report`` raises Cancelled, nothing is left behind.
    """
    report(0, 0, _SAYS)
    with schema.newest(copied) as copy:
        return _Comparison(database, copy, report).result()


class _Comparison:
    """A comparison of a library with a copy."""

    def __init__(self, database: Database, copy: apsw.Connection, report: Report) -> None:
        self._database = database
        self._copy = copy
        self._report = report
        self._found: dict[Change, list[Differing]] = {change: [] for change in Change}
        with database.reading() as library:
            self._touched = _new_rows(library, copy)
            self._touched_there = _new_rows(copy, library)

    def result(self) -> Difference:
        """Compare all articles."""
        ours, theirs = dict[str, _Article](), dict[str, _Article]()
        for here, there in _slices(self._database, self._copy, self._report):
            for uid in here.keys() & there.keys():
                self._compare(here.pop(uid), there.pop(uid))
            ours |= here
            theirs |= there
        for uid in ours.keys() & theirs.keys():  # under another id
            self._compare(ours.pop(uid), theirs.pop(uid))
        self._missing(theirs, ours)
        for article in ours.values():
            self._tell(Change.ADDED, article)
        return Difference(*(tuple(sorted(each, key=_newest_first)) for each in self._in_order()))

    def _in_order(self) -> Iterator[list[Differing]]:
        for change in (Change.DELETED, Change.CHANGED, Change.ADDED):
            yield self._found[change]

    def _missing(self, theirs: Mapping[str, _Article], ours: dict[str, _Article]) -> None:
        """Compare the articles of the copy that are not in the library under their uids."""
        for number, article in enumerate(theirs.values()):
            if number % _SLICE == 0:
                self._report(number, len(theirs), _SAYS)
            with self._database.reading() as library:
                other = _elsewhere(library, article)
                if other is None:
                    self._tell(Change.DELETED, article, stamp=_last_stamp(library, article.uid))
                    continue
            ours.pop(other[1], None)
            self._compare_joined(*other, article)

    def _compare(self, ours: _Article, theirs: _Article) -> None:
        touched = self._touched.get(ours.uid, _NOT_TOUCHED)
        there = self._touched_there.get(ours.uid, _NOT_TOUCHED)
        if ours[2:-4] == theirs[2:-4] and touched == there == _NOT_TOUCHED:
            return
        if ours.state == State.TRASH != theirs.state:
            self._compare_trashed(ours, theirs)
            return
        names = [name for name in _FIELDS if getattr(ours, name) != getattr(theirs, name)]
        if "place" in names and not self._is_moved(ours, theirs):
            names.remove("place")
        names += self._differing_parts(ours, theirs, touched, there)
        if names:
            self._tell(Change.CHANGED, ours, tuple(names), touched.stamp)

    def _compare_trashed(self, ours: _Article, theirs: _Article) -> None:
        """Compare an article that is in the trash; a merged one lives on in another."""
        if ours.merged_into:
            with self._database.reading() as library:
                into = identity.find(library, ours.merged_into)
                if into is not None:
                    self._compare_joined(into, identity.of(library, into), theirs)
                    return
        at = _seconds(self._copy, ours.trashed_at)
        self._tell(Change.DELETED, theirs, at=at)

    def _compare_joined(self, id: int, uid: str, theirs: _Article) -> None:
        """Compare an article with the one that has its address now: is its text in there?"""
        digest = _digest(self._copy, theirs.id)
        with self._database.reading() as library:
            if not digest or versions.has(library, id, digest):
                return
        stamp = self._touched.get(uid, _NOT_TOUCHED).stamp
        self._tell(Change.CHANGED, theirs, ("text",), stamp)

    def _is_moved(self, ours: _Article, theirs: _Article) -> bool:
        if not ours.state == theirs.state == State.QUEUE:
            return False
        sql = (
            "SELECT EXISTS (SELECT 1 FROM change WHERE entity = ? AND field = 'place' "
            "AND step IS NOT NULL)"
        )
        with self._database.reading() as library:
            return bool(library.execute(sql, (ours.uid,)).get)

    def _differing_parts(
        self, ours: _Article, theirs: _Article, touched: _Touched, there: _Touched
    ) -> Iterator[str]:
        """Yield ``text`` and ``tags`` if they differ."""
        renewed = (ours.downloaded_at, ours.words) != (theirs.downloaded_at, theirs.words)
        with self._database.reading() as library:
            if (renewed or touched.has_text or there.has_text) and (
                _digest(library, ours.id) != _digest(self._copy, theirs.id)
            ):
                yield "text"
            if (touched.has_tags or there.has_tags) and (
                _tags(library, ours.id) != _tags(self._copy, theirs.id)
            ):
                yield "tags"

    def _tell(
        self,
        change: Change,
        article: _Article,
        names: tuple[str, ...] = (),
        stamp: str = "",
        at: float = 0.0,
    ) -> None:
        if not (stamp or at):
            stamp = self._touched.get(article.uid, _NOT_TOUCHED).stamp
        told = Differing(
            article.uid, change, decoded(article.title), decoded(article.site), names,
            at or _moment(stamp),
        )  # fmt: skip
        self._found[change].append(told)


def _elsewhere(library: apsw.Connection, theirs: _Article) -> tuple[int, str] | None:
    """Return id and uid of the article that another was merged into, or that has its address."""
    id = identity.find(library, theirs.uid)
    if id is None:
        id = add.find(library, theirs.url)
    return None if id is None else (id, identity.of(library, id))


# ---- reading


def _new_rows(of: apsw.Connection, other: apsw.Connection) -> dict[str, _Touched]:
    """Return the articles with rows in a log that another log lacks."""
    known, found = exchange.known(other), dict[str, _Touched]()
    for number, device in rows(of, "SELECT number, id FROM device"):
        for uid, stamp, has_text, has_tags in of.execute(_NEW_ROWS, (number, known.get(device, 0))):
            had = found.get(uid, _NOT_TOUCHED)
            found[uid] = _Touched(
                max(had.stamp, stamp), had.has_text or bool(has_text),
                had.has_tags or bool(has_tags),
            )  # fmt: skip
    return found


def _slices(
    database: Database, copy: apsw.Connection, report: Report
) -> Iterator[tuple[dict[str, _Article], dict[str, _Article]]]:
    """Yield the articles of the library and of a copy by uid, in slices of the same ids."""
    after = 0
    with database.reading() as library:
        last = int(library.execute("SELECT max(id) FROM article").get or 0)
    while True:
        report(min(after, last), last, _SAYS)
        with database.reading() as library:
            both = _slice(library, after), _slice(copy, after)
        ends = [each[-1].id for each in both if len(each) == _SLICE]
        end = min(ends, default=None)
        here, there = ({each.uid: each for each in found if end is None or each.id <= end}
                       for found in both)  # fmt: skip
        yield here, there
        if end is None:
            return
        after = end


def _slice(connection: apsw.Connection, after: int) -> list[_Article]:
    sql = f"SELECT {_COMPARED} FROM article WHERE id > ? ORDER BY id LIMIT {_SLICE}"
    return list(map(_Article._make, connection.execute(sql, (after,))))


def _digest(connection: apsw.Connection, article: int) -> bytes:
    """Return the SHA-256 of a text, empty if there is no text."""
    sql = "SELECT sha256 FROM content WHERE article = ? AND html <> ''"
    return bytes(connection.execute(sql, (article,)).get or b"")


def _tags(connection: apsw.Connection, article: int) -> set[str]:
    return {uid for (uid,) in rows(connection, _TAGS, (article,))}


def _last_stamp(connection: apsw.Connection, uid: str) -> str:
    """Return the stamp of an article's tombstone, ``""`` if it has none."""
    sql = "SELECT max(stamp) FROM change WHERE entity = ? AND field = ?"
    return str(connection.execute(sql, (uid, changes.GONE)).get or "")


def _moment(stamp: str) -> float:
    """Return the time of a stamp in seconds since 1970, 0.0 if it is not a stamp."""
    return int(stamp[:13]) / 1000 if stamp[:13].isdecimal() else 0.0


def _seconds(connection: apsw.Connection, time: str) -> float:
    found = connection.execute("SELECT strftime('%s', ?)", (time,)).get
    return float(found or 0)


def _newest_first(each: Differing) -> tuple[float, str]:
    return -each.at, each.uid
