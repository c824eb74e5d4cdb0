"""A Query becomes SQL: the ids in order from an index, then the rows by their ids."""

from typing import NamedTuple

from reader.library.articles import conditions, downloads
from reader.library.articles.conditions import Condition
from reader.library.store.collation import LAST
from reader.model import Mark, Query, Sort, State

_KEYS = {
    Sort.PLACE: "standing",
    Sort.ADDED: "added_at",
    Sort.TITLE: "title_key",
    Sort.SITE: "site_key",
    Sort.LENGTH: "words",
    Sort.PROGRESS: "progress",
    Sort.OPENED: "opened_at",
}

_PROGRESS = "iif(downloaded_at = '', 0.0, progress)"  # nothing is read without a text
ROW_COLUMNS = (
    "id", "title", "byline", "site", "words", "added_at", "opened_at", _PROGRESS, "state",
    "favourite", "downloaded_at <> ''", "lead", "pictures", "missing", "views", downloads.ICON,
    downloads.FAILURE,
)  # fmt: skip
ROW = ", ".join(ROW_COLUMNS)

_FACET = "SELECT articles FROM facet WHERE name = ? AND kind ="


class _Source(NamedTuple):
    """The table that the ids of a query are read from, in an order that an index has."""

    table: str
    id: str
    condition: str
    values: list[object]


def where(query: Query) -> Condition:
    """Return the condition of a query on articles and its values."""
    parts = list[Condition]()
    if query.state is None:
        by_origin = bool(query.site or query.language)
        parts.append((conditions.outside_trash(by_origin=by_origin), []))
    else:
        parts.append(conditions.in_state(query.state))
    if query.favourite:
        parts.append((conditions.FAVOURITE, []))
    if query.begun:
        parts.append(("begun = 1", []))
    if query.site:
        parts.append(conditions.of_site(query.site))
    if query.language:
        parts.append(conditions.in_language(query.language))
    if query.tag:
        parts.append(conditions.tagged(query.tag))
    if query.beginning:
        parts.append(conditions.beginning(query.beginning))
    return " AND ".join(sql for sql, _ in parts), [each for _, values in parts for each in values]


def _source(query: Query) -> _Source:
    """Return the covering table of a tag's shelf if the query is one, else the articles."""
    plain = _of_a_shelf(query) == Query(tag=query.tag)
    if query.tag and plain and query.sort not in (Sort.PLACE, Sort.OPENED):
        return _Source("tag_shelf", "article", f"tag = {conditions.TAG}", [query.tag.casefold()])
    return _Source("article", "id", *where(query))


def _key(query: Query) -> str:
    # On the shelf of one site all sites are equal: there the title decides.
    return _KEYS[Sort.TITLE if query.site and query.sort is Sort.SITE else query.sort]


def order(query: Query, id: str = "id") -> str:
    """Return the order of a query: total, since the id decides between equals."""
    way = "DESC" if query.descending else "ASC"
    return f"{_key(query)} {way}, {id} {way}"


def ids(query: Query, after: Mark | None = None) -> tuple[str, list[object]]:
    """Return SQL for the ids of a query in order, only for those after a mark if there is one."""
    table, id, condition, values = _source(query)
    if after is not None:
        condition, values = _after(query, after, id, condition, values)
    return f"SELECT {id} FROM {table} WHERE {condition} ORDER BY {order(query, id)}", values


def _after(
    query: Query, mark: Mark, id: str, condition: str, values: list[object]
) -> tuple[str, list[object]]:
    """Narrow a condition to the articles behind a mark; written so that the index is used."""
    key, sign = _key(query), "<" if query.descending else ">"
    behind = f"{key} {sign}= ? AND ({key} {sign} ? OR {id} {sign} ?)"
    return f"{condition} AND {behind}", [*values, mark.key, mark.key, mark.id]


def mark(query: Query) -> str:
    """Return SQL for the sort key of an article, by its id."""
    return f"SELECT {_key(query)} FROM article WHERE id = ?"


def rows(
    query: Query, offset: int, limit: int, after: Mark | None = None
) -> tuple[str, list[object]]:
    """Return SQL for some rows of a query in order.

    The rows before them are passed over in the index alone.
    """
    inner, values = ids(query, after)
    sql = (
        f"SELECT {ROW} FROM article WHERE id IN ({inner} LIMIT ? OFFSET ?) ORDER BY {order(query)}"
    )
    return sql, [*values, limit, offset]


def titled(beginning: str) -> tuple[str, list[object]]:
    """Return SQL for the rows of articles whose titles begin so, in the order of their titles."""
    sql = (
        f"SELECT {ROW} FROM article WHERE state <> 'trash' AND title_key >= ? AND title_key < ? "
        "ORDER BY title_key"
    )
    return sql, [beginning, beginning + LAST]


def index_of(query: Query, id: int, after: Mark | None = None) -> tuple[str, list[object]]:
    """Return SQL that counts the articles of a query before one of them, null if it is none.

    Whether it is one at all is checked first: that costs nothing. With a mark, only the articles
    behind it are counted.
    """
    table, name, condition, values = _source(query)
    if after is not None:
        condition, values = _after(query, after, name, condition, values)
    key, sign = _key(query), ">" if query.descending else "<"
    own = f"(SELECT {key} FROM article WHERE id = ?)"
    sql = (
        f"SELECT CASE WHEN EXISTS (SELECT 1 FROM {table} WHERE {condition} AND {name} = ?) THEN "
        f"(SELECT count(*) FROM {table} WHERE {condition} AND {key} {sign} {own}) + "
        f"(SELECT count(*) FROM {table} WHERE {condition} AND {key} = {own} AND {name} {sign} ?) "
        "END"
    )
    return sql, [*values, id, *values, id, *values, id, id]


def count(query: Query) -> tuple[str, list[object]]:
    """Return SQL for the number of articles of a query, from the tallies if possible."""
    asked = _of_a_shelf(query)
    if query.tag and asked == Query(tag=query.tag):
        return "SELECT articles FROM tag WHERE name_key = ?", [query.tag.casefold()]
    if query.site and asked == Query(site=query.site):
        return f"{_FACET} 'site'", [query.site]
    if query.language and asked == Query(language=query.language):
        return f"{_FACET} 'language'", [query.language]
    shelf = _tally(query)
    if shelf:
        marks = ",".join("?" * len(shelf))
        return f"SELECT sum(articles) FROM tally WHERE shelf IN ({marks})", list(shelf)
    condition, values = where(query)
    return f"SELECT count(*) FROM article WHERE {condition}", values


def _of_a_shelf(query: Query) -> Query:
    return query._replace(sort=Sort.ADDED, descending=True)


def _tally(query: Query) -> tuple[str, ...]:
    narrowed = query.tag or query.site or query.language or query.beginning
    if narrowed or (query.favourite and query.begun):
        return ()
    if query.favourite or query.begun:
        return ("begun" if query.begun else "favourites",) if query.state is None else ()
    return (str(State.QUEUE), str(State.ARCHIVE)) if query.state is None else (str(query.state),)
