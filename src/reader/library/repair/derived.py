"""Derived tables: counts, tag shelves, facets and the tree of tags.

Triggers keep them current; after damage they are rebuilt from the other tables.
"""

import apsw

from reader.library.shelves import tag_store

_TAG_SHELF = (
    "SELECT DISTINCT within, article.id, added_at, title_key, site_key, words, progress "
    "FROM article_tag JOIN tag_within USING (tag) JOIN article ON article.id = article "
    "WHERE state <> 'trash'"
)
_TALLIES = (
    "SELECT shelf, (SELECT count(*) FROM article WHERE state = shelf), "
    "(SELECT coalesce(sum(remaining), 0) FROM article WHERE state = shelf) "
    "FROM (SELECT 'queue' AS shelf UNION SELECT 'archive' UNION SELECT 'trash') "
    "UNION SELECT 'favourites', count(*), 0 FROM article WHERE favourite AND state <> 'trash' "
    "UNION SELECT 'begun', count(*), 0 FROM article WHERE begun = 1"
)
_FACETS = (
    "SELECT 'site', site, count(*) FROM article WHERE state <> 'trash' AND site <> '' GROUP BY 2 "
    "UNION ALL SELECT 'language', tongue, count(*) FROM article "
    "WHERE state <> 'trash' AND tongue <> '' GROUP BY 2"
)
_SHOWN = (
    "SELECT count(*) FROM article_tag JOIN article ON article.id = article "
    "WHERE article_tag.tag = tag.id AND state <> 'trash'"
)
_DAYS = (
    "SELECT date(added_at, 'localtime') AS date, 0 AS seconds, 0 AS words, 1 AS added, "
    "0 AS finished FROM article UNION ALL "
    "SELECT date(read_at, 'localtime'), 0, 0, 0, 1 FROM article UNION ALL "
    "SELECT day, seconds, words, 0, 0 FROM reading"
)


TABLES = ("tag_within", "tag_shelf", "tag", "tally", "facet")
"""The tables that are compared, each after those that it depends on."""


def differs(connection: apsw.Connection, table: str) -> bool:
    """Return whether a derived table differs from its sources."""
    if table == "tag_within":
        pairs = connection.execute("SELECT tag, within FROM tag_within").fetchall()
        return {*pairs} != {*tag_store.nested(connection)}
    held, made = {
        "tally": ("SELECT shelf, articles, words FROM tally", _TALLIES),
        "facet": ("SELECT kind, name, articles FROM facet WHERE articles <> 0", _FACETS),
        "tag_shelf": ("SELECT * FROM tag_shelf", _TAG_SHELF),
        "tag": ("SELECT id, shown, articles FROM tag", _tags()),
    }[table]
    return _differ(connection, held, made)


def make(connection: apsw.Connection, table: str) -> None:
    """Rebuild a derived table."""
    if table == "tag":
        shelved = "SELECT count(*) FROM tag_shelf WHERE tag_shelf.tag = tag.id"
        connection.execute(f"UPDATE tag SET shown = ({_SHOWN}), articles = ({shelved})")
    elif table == "tag_within":
        tag_store.nest_all(connection)
    else:
        into = {
            "tally": f"tally (shelf, articles, words) {_TALLIES}",
            "facet": f"facet {_FACETS}",
            "tag_shelf": f"tag_shelf {_TAG_SHELF}",
        }[table]
        connection.execute(f"DELETE FROM {table}")
        connection.execute(f"INSERT INTO {into}")


def make_again(connection: apsw.Connection, *, with_days: bool) -> None:
    """Rebuild the derived tables; with ``with_days``, also the sums of days."""
    connection.execute("DELETE FROM fingerprint")
    for name in TABLES:
        make(connection, name)
    connection.execute("DELETE FROM tag_mark")
    connection.execute("INSERT INTO tag_mark VALUES (1)")
    if with_days:
        connection.execute("DELETE FROM day")
        sums = "sum(seconds), sum(words), sum(added), sum(finished)"
        connection.execute(
            f"INSERT INTO day SELECT date, {sums} FROM ({_DAYS}) WHERE date IS NOT NULL GROUP BY 1"
        )
    connection.execute("DELETE FROM unsearched")
    connection.execute("INSERT INTO unsearched SELECT id, 1 FROM article")


def _tags() -> str:
    shelved = "SELECT count(*) FROM tag_shelf WHERE tag_shelf.tag = tag.id"
    return f"SELECT id, ({_SHOWN}), ({shelved}) FROM tag"


def _differ(connection: apsw.Connection, held: str, made: str) -> bool:
    for one, other in ((held, made), (made, held)):
        if connection.execute(f"SELECT EXISTS (SELECT * FROM ({one}) EXCEPT {_each(other)})").get:
            return True
    return False


def _each(sql: str) -> str:
    return f"SELECT * FROM ({sql})"
