"""The sums that triggers keep for each article, made for many new ones together."""

from collections.abc import Iterator
from contextlib import contextmanager

import apsw

from reader.library.store import clock
from reader.library.store.database import rows

_NEW = "BETWEEN ?1 AND ?2"
_TALLIES = (
    "UPDATE tally SET articles = tally.articles + its.number, words = tally.words + its.length "
    "FROM (SELECT state AS name, count(*) AS number, sum(remaining) AS length FROM article "
    f"WHERE id {_NEW} GROUP BY state "
    "UNION ALL SELECT 'favourites', count(*), 0 FROM article "
    f"WHERE id {_NEW} AND favourite AND state <> 'trash' "
    f"UNION ALL SELECT 'begun', count(*), 0 FROM article WHERE id {_NEW} AND begun = 1"
    ") AS its WHERE shelf = its.name AND its.number"
)
_FACETS = (
    "INSERT INTO facet SELECT 'site', site, count(*) FROM article "
    f"WHERE id {_NEW} AND state <> 'trash' AND site <> '' GROUP BY site "
    "ON CONFLICT DO UPDATE SET articles = facet.articles + excluded.articles",
    "INSERT INTO facet SELECT 'language', tongue, count(*) FROM article "
    f"WHERE id {_NEW} AND state <> 'trash' AND tongue <> '' GROUP BY tongue "
    "ON CONFLICT DO UPDATE SET articles = facet.articles + excluded.articles",
)
_DAYS = tuple(
    f"INSERT INTO day (date, {sum}) SELECT date({column}, 'localtime') AS its, count(*) "
    f"FROM article WHERE id {_NEW} AND its IS NOT NULL GROUP BY its "
    f"ON CONFLICT (date) DO UPDATE SET {sum} = day.{sum} + excluded.{sum}"
    for column, sum in (("added_at", "added"), ("read_at", "finished"))
)
_SHELVED = (
    "FROM article CROSS JOIN article_tag ON article = article.id JOIN tag_within USING (tag) "
    f"WHERE article.id {_NEW} AND state <> 'trash'"
)
_SHELVES = (
    "INSERT OR IGNORE INTO tag_shelf SELECT within, article.id, added_at, title_key, site_key, "
    f"words, progress {_SHELVED}"
)
_UNSEARCHED = f"INSERT OR REPLACE INTO unsearched SELECT id, 0 FROM article WHERE id {_NEW}"


@contextmanager
def without_triggers(connection: apsw.Connection) -> Iterator[None]:
    """Let no triggers run through a connection."""
    option = apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER
    connection.config(option, 0)
    try:
        yield
    finally:
        connection.config(option, 1)


def latest(connection: apsw.Connection) -> str:
    """Return when an article that goes to the trash now has gone there."""
    return clock.text(max(clock.seconds(), clock.read(connection).trusted))


def add_up(connection: apsw.Connection, first: int, last: int) -> None:
    """Make the sums of the articles between two ids, which were written without triggers."""
    ids = (first, last)
    for sql in (_TALLIES, *_FACETS, *_DAYS, _UNSEARCHED):
        connection.execute(sql, ids)
    _count_tags(connection, ids)


def _count_tags(connection: apsw.Connection, ids: tuple[int, int]) -> None:
    sql = (
        "SELECT count(*), tag FROM article CROSS JOIN article_tag ON article = article.id "
        f"WHERE article.id {_NEW} AND state <> 'trash' GROUP BY tag"
    )
    given = rows(connection, sql, ids)
    connection.executemany("UPDATE tag SET shown = shown + ? WHERE id = ?", given)
    sql = f"SELECT count(DISTINCT article.id), within {_SHELVED} GROUP BY within"
    shelved = rows(connection, sql, ids)
    with without_triggers(connection):
        connection.execute(_SHELVES, ids)
    connection.executemany("UPDATE tag SET articles = articles + ? WHERE id = ?", shelved)
