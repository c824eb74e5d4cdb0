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


def differences(connection: apsw.Connection) -> list[str]:
    """Return the names of the derived tables that differ from their sources."""
    pairs = {
        "tally": ("SELECT shelf, articles, words FROM tally", _TALLIES),
        "facet": ("SELECT kind, name, articles FROM facet WHERE articles <> 0", _FACETS),
        "tag_shelf": ("SELECT * FROM tag_shelf", _TAG_SHELF),
        "tag": ("SELECT id, shown, articles FROM tag", _tags()),
    }
    return [name for name, (held, made) in pairs.items() if _differ(connection, held, made)]


def make_again(connection: apsw.Connection, *, with_days: bool) -> None:
    """Rebuild the derived tables; with ``with_days``, also the sums of days."""
    for name in ("tally", "facet", "tag_shelf", "fingerprint"):
        connection.execute(f"DELETE FROM {name}")
    connection.execute(f"INSERT INTO tally (shelf, articles, words) {_TALLIES}")
    connection.execute(f"INSERT INTO facet {_FACETS}")
    tag_store.nest_all(connection)
    connection.execute(f"INSERT INTO tag_shelf {_TAG_SHELF}")
    shelved = "SELECT count(*) FROM tag_shelf WHERE tag_shelf.tag = tag.id"
    connection.execute(f"UPDATE tag SET shown = ({_SHOWN}), articles = ({shelved})")
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
