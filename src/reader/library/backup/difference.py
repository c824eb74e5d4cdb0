"""The difference between a copy and the library: deleted, changed and added articles.

Both are read in slices side by side, so that only articles that differ need memory. The columns of
articles are compared; texts and tags only if the logs have rows about them that the other log
lacks, because reading every text of a large library takes long.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

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
_NEW_ROWS = (
    "SELECT entity, max(stamp), max(field IN ('text', 'created')), max(field LIKE 'tag/%') "
    "FROM change WHERE device = ? AND seq > ? "
    "AND field NOT IN ('position', 'furthest', 'opened_at', 'read_at', 'typed') "
    "AND field NOT LIKE 'views/%' AND field NOT LIKE 'read/%' GROUP BY entity"
)
_HIGHLIGHTS = (
    "SELECT home, uid, note, colour, labels FROM highlight WHERE home <> '' ORDER BY home, uid"
)
_TAGS = "SELECT uid FROM article_tag JOIN tag ON tag.id = tag WHERE article = ?"


_NUMBERS = ("id", "favourite", "words")
_Columns: TypeAlias = tuple[Any, ...]
"""The columns of an ``_Article``: a tuple is made faster."""


class _Article(NamedTuple):
    """The compared columns of an article."""

    uid: str
    id: int
    title: str
    byline: str
    published_at: str
    state: str
    favourite: int
    place: str
    downloaded_at: str
    words: int
    trashed_at: str
    merged_into: str
    url: str
    site: str


class _Touched(NamedTuple):
    """The last stamp of the rows of an article that one log has only, and their subjects."""

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
            self._marked = _marked(library, copy)

    def result(self) -> Difference:
        """Compare all articles."""
        ours, theirs = dict[str, _Columns](), dict[str, _Columns]()
        for here, there in _slices(self._database, self._copy, self._report):
            for uid in here.keys() & there.keys():
                pair = here.pop(uid), there.pop(uid)
                touched = (self._touched, self._touched_there, self._marked)
                if pair[0] != pair[1] or any(uid in each for each in touched):
                    self._compare(*map(_Article._make, pair))
            ours |= here
            theirs |= there
        for uid in ours.keys() & theirs.keys():  # under another id
            self._compare(_Article._make(ours.pop(uid)), _Article._make(theirs.pop(uid)))
        self._missing(theirs, ours)
        for columns in ours.values():
            self._tell(Change.ADDED, _Article._make(columns))
        return Difference(*(tuple(sorted(each, key=_newest_first)) for each in self._in_order()))

    def _in_order(self) -> Iterator[list[Differing]]:
        for change in (Change.DELETED, Change.CHANGED, Change.ADDED):
            yield self._found[change]

    def _missing(self, theirs: Mapping[str, _Columns], ours: dict[str, _Columns]) -> None:
        """Compare the articles of the copy that are not in the library under their uids."""
        for number, article in enumerate(map(_Article._make, theirs.values())):
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
        if ours.state == State.TRASH != theirs.state:
            self._compare_trashed(ours, theirs)
            return
        names = [name for name in _FIELDS if getattr(ours, name) != getattr(theirs, name)]
        if "place" in names and not self._is_moved(ours, theirs):
            names.remove("place")
        names += self._differing_parts(ours, theirs, touched, there)
        names += ["highlights"] * (ours.uid in self._marked)
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
        is_renewed = (ours.downloaded_at, ours.words) != (theirs.downloaded_at, theirs.words)
        for name, may_differ, read in (
            ("text", is_renewed or touched.has_text or there.has_text, _digest),
            ("tags", touched.has_tags or there.has_tags, _tags),
        ):
            if may_differ:
                with self._database.reading() as library:
                    if read(library, ours.id) != read(self._copy, theirs.id):
                        yield name

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
            article.uid, change, article.title, article.site, names,
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


def _marked(library: apsw.Connection, copy: apsw.Connection) -> set[str]:
    """Return the articles with highlights in the copy that are not so in the library."""
    here = {*rows(library, _HIGHLIGHTS)}
    return {told[0] for told in rows(copy, _HIGHLIGHTS) if told not in here}


def _slices(
    database: Database, copy: apsw.Connection, report: Report
) -> Iterator[tuple[dict[str, _Columns], dict[str, _Columns]]]:
    """Yield the articles of the library and of a copy by uid, in slices of the same ids."""
    after = 0
    with database.reading() as library:
        last = int(library.execute("SELECT max(id) FROM article").get or 0)
    while True:
        report(min(after, last), last, _SAYS)
        with database.reading() as library:
            both = _slice(library, after), _slice(copy, after)
        ends = [each[-1][1] for each in both if len(each) == _SLICE]
        end = min(ends, default=None)
        here, there = ({each[0]: each for each in found if end is None or each[1] <= end}
                       for found in both)  # fmt: skip
        yield here, there
        if end is None:
            return
        after = end


def _slice(connection: apsw.Connection, after: int) -> list[_Columns]:
    sql = f"SELECT {{}} FROM article WHERE id > ? ORDER BY id LIMIT {_SLICE}"
    try:
        return connection.execute(sql.format(", ".join(_Article._fields)), (after,)).fetchall()
    except UnicodeDecodeError:  # a damaged text: read all texts as bytes, which is slower
        columns = ", ".join(
            name if name in _NUMBERS else f"CAST({name} AS BLOB)" for name in _Article._fields
        )
        found = connection.execute(sql.format(columns), (after,))
        return [tuple(decoded(each) if isinstance(each, bytes) else each for each in row)
                for row in found]  # fmt: skip


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
