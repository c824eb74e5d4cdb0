"""A Query becomes SQL: the ids in order from an index, then the rows by their ids."""

from reader.model import Query, Sort, State

_KEYS = {
    Sort.PLACE: "place",
    Sort.ADDED: "added_at",
    Sort.TITLE: "title_key",
    Sort.SITE: "site_key",
    Sort.LENGTH: "words",
    Sort.PROGRESS: "progress",
    Sort.OPENED: "opened_at",
}

ROW = (
    "id, title, byline, site, words, added_at, opened_at, progress, state, favourite, "
    "downloaded_at <> '', lead, pictures, missing"
)


def where(query: Query) -> tuple[str, list[object]]:
    """Return the condition of a query and its values."""
    parts, values = [], list[object]()
    if query.state is None:
        parts.append("state <> 'trash'")
    else:
        parts.append("state = ?")
        values.append(str(query.state))
    if query.favourite:
        parts.append("favourite = 1")
    if query.begun:
        parts.append("begun = 1")
    if query.tag:
        parts.append(
            "id IN (SELECT article FROM article_tag JOIN tag ON tag.id = tag WHERE name_key = ?)"
        )
        values.append(query.tag.casefold())
    return " AND ".join(parts), values


def order(query: Query) -> str:
    """Return the order of a query: total, since the id decides between equals."""
    way = "DESC" if query.descending else "ASC"
    return f"{_KEYS[query.sort]} {way}, id {way}"


def ids(query: Query) -> tuple[str, list[object]]:
    """Return SQL for the ids of a query in order."""
    condition, values = where(query)
    return f"SELECT id FROM article WHERE {condition} ORDER BY {order(query)}", values


def rows(query: Query, offset: int, limit: int) -> tuple[str, list[object]]:
    """Return SQL for some rows of a query in order.

    What is left out before them is passed over in the index alone.
    """
    inner, values = ids(query)
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
    return sql, [beginning, beginning + "\U0010ffff"]


def index_of(query: Query, id: int) -> tuple[str, list[object]]:
    """Return SQL that counts the articles of a query that come before one."""
    condition, values = where(query)
    key, sign = _KEYS[query.sort], ">" if query.descending else "<"
    own = f"(SELECT {key} FROM article WHERE id = ?)"
    sql = (
        f"SELECT (SELECT count(*) FROM article WHERE {condition} AND {key} {sign} {own}) + "
        f"(SELECT count(*) FROM article WHERE {condition} AND {key} = {own} AND id {sign} ?), "
        f"EXISTS (SELECT 1 FROM article WHERE {condition} AND id = ?)"
    )
    return sql, [*values, id, *values, id, id, *values, id]


def count(query: Query) -> tuple[str, list[object]]:
    """Return SQL for how many articles a query has, from the tallies where it can."""
    shelf = _tally(query)
    if shelf:
        marks = ",".join("?" * len(shelf))
        return f"SELECT sum(articles) FROM tally WHERE shelf IN ({marks})", list(shelf)
    if query.tag and query.state is None and not (query.favourite or query.begun):
        return "SELECT shown FROM tag WHERE name_key = ?", [query.tag.casefold()]
    condition, values = where(query)
    return f"SELECT count(*) FROM article WHERE {condition}", values


def _tally(query: Query) -> tuple[str, ...]:
    if query.tag or (query.favourite and query.begun):
        return ()
    if query.favourite or query.begun:
        return ("begun" if query.begun else "favourites",) if query.state is None else ()
    return (str(State.QUEUE), str(State.ARCHIVE)) if query.state is None else (str(query.state),)
