"""The details of an entry of the history: the changed fields as data, a slice at a time."""

import json
from collections.abc import Iterable
from pathlib import Path

import apsw

from reader.library.history import changes, deleted_log, entities, identity, listing
from reader.library.history.entities import ARTICLE
from reader.library.store.database import rows
from reader.steps import Entry, FieldChange, Touched, Verb

_TAG, _VERSION, _TEXT, _HIGHLIGHT = "tag", "version", "text", "highlight"
_SPAN = 8  # digits of a stamp: those of an entry for deleted articles have them in common


def of(
    connection: apsw.Connection, log: Path, entry: Entry, offset: int, limit: int
) -> list[Touched]:
    """Return a slice of the changes of an entry, in their order.

    Of an article that was deleted for good there is only its name in the file ``log``.
    """
    if entry.label.verb is Verb.DELETE:
        return _deleted(connection, log, entry)[offset : offset + limit]
    sql = (
        "SELECT entity FROM change WHERE step = ? GROUP BY entity ORDER BY min(id) LIMIT ? OFFSET ?"
    )
    things = [str(entity) for (entity,) in rows(connection, sql, (entry.id, limit, offset))]
    sql = (
        "SELECT entity, field, old, new FROM json_each(?2) CROSS JOIN change ON entity = value "
        "WHERE +step = ?1 ORDER BY change.id"
    )
    net: dict[str, dict[str, tuple[str, str]]] = {each: {} for each in things}
    for entity, field, old, new in rows(connection, sql, (entry.id, json.dumps(things))):
        first, _ = net[entity].get(field, (old, ""))
        net[entity][field] = (first, new)
    return [_touched(connection, entity, net[entity]) for entity in things]


def _touched(
    connection: apsw.Connection, entity: str, fields: dict[str, tuple[str, str]]
) -> Touched:
    kind, uid = entities.kind_of(entity)
    changed = tuple(
        _field(connection, entity, field, old, new)
        for field, (old, new) in fields.items()
        if old != new
    )
    found = Touched(kind.name if kind else "", uid, changes=changed)
    if kind is None:
        return found
    if kind.name == ARTICLE:
        return _with_article(connection, found)
    if kind.name == _HIGHLIGHT:
        return _highlight(connection, entity, found)
    return found._replace(title=_name(connection, entity, found))


def _field(connection: apsw.Connection, entity: str, field: str, old: str, new: str) -> FieldChange:
    name, _, part = field.partition("/")
    if name == _TAG:
        return FieldChange(name, old, new, changes.last(connection, field, "name") or part)
    if name == _TEXT:
        told = [_version(connection, entity, digest) for digest in (old, new)]
        before, after = (str(each.get("words") or "") for each in told)
        return FieldChange(name, before, after, str(told[1].get("made_by") or ""))
    return FieldChange(name, old, new, part)


def _version(connection: apsw.Connection, entity: str, digest: str) -> dict[str, object]:
    try:
        told = json.loads(changes.last(connection, entity, f"{_VERSION}/{digest}") or "{}")
    except ValueError:  # a damaged row
        told = {}
    return told if isinstance(told, dict) else {}


def _with_article(connection: apsw.Connection, found: Touched) -> Touched:
    id = identity.find(connection, found.uid)
    sql = "SELECT title, state = 'trash', trashed_at FROM article WHERE id = ?"
    for title, is_in_trash, at in rows(connection, sql, (id or 0,)):
        trashed_at = at if is_in_trash else ""
        return found._replace(
            id=id or 0, title=str(title), is_in_trash=bool(is_in_trash), deleted_at=trashed_at
        )
    sql = "SELECT stamp FROM change WHERE entity = ? AND field = 'gone'"
    stamp = connection.execute(sql, (found.uid,)).get
    return found._replace(deleted_at=listing.time_of(str(stamp or "")))


def _highlight(connection: apsw.Connection, entity: str, found: Touched) -> Touched:
    """Describe a highlight by its words and its article; that it is there is ``highlight``."""
    told = {each.field: each for each in found.changes}
    article = told.pop("article", None)
    told.pop("mark", None)
    sql = "SELECT new FROM change WHERE entity = ? AND field = 'article' AND new <> '' LIMIT 1"
    uid = str(connection.execute(sql, (entity,)).get or "")
    home = _with_article(connection, found._replace(uid=uid))
    quote = _quote(connection, entity)
    changed = [*told.values()]
    if article is not None:
        old, new = (str(int(bool(each))) for each in (article.old, article.new))
        changed.insert(0, FieldChange(_HIGHLIGHT, old, new, quote))
    return home._replace(uid=found.uid, title=home.title or quote, changes=tuple(changed))


def _quote(connection: apsw.Connection, entity: str) -> str:
    sql = (
        "SELECT new FROM change WHERE entity = ? AND field = 'mark' AND new <> '' "
        "ORDER BY stamp DESC LIMIT 1"
    )
    try:
        told = json.loads(connection.execute(sql, (entity,)).get or "{}")
    except ValueError:  # a damaged row
        return ""
    return str(told.get("quote", "")) if isinstance(told, dict) else ""


def _name(connection: apsw.Connection, entity: str, found: Touched) -> str:
    """Return the name of a tag or a search, the titles of a pair, or the address of an alias."""
    if found.kind == "apart":
        ids = [identity.find(connection, uid) for uid in found.uid.split("/")]
        return " / ".join(changes.title_of(connection, id or 0) or "?" for id in ids)
    sql = (
        "SELECT new FROM change WHERE entity = ? AND field = 'name' AND new <> '' "
        "ORDER BY stamp DESC LIMIT 1"
    )
    return str(connection.execute(sql, (entity,)).get or found.uid)


def _deleted(connection: apsw.Connection, log: Path, entry: Entry) -> list[Touched]:
    sql = (
        "SELECT entity, stamp FROM change WHERE field = 'gone' AND substr(stamp, 1, 8) = ? "
        "ORDER BY stamp"
    )
    gone = rows(connection, sql, (entry.mark[:_SPAN],))
    if not gone:
        return []
    lines = [*deleted_log.between(log, gone[0][1], gone[-1][1])]
    titles: Iterable[str] = (line.title or line.url for line in lines)
    if len(lines) != len(gone):  # not all are of this device
        titles = [*titles][: len(gone)]
        titles = [*titles, *[""] * (len(gone) - len(titles))]
    return [
        Touched(ARTICLE, str(uid), title=title, deleted_at=listing.time_of(stamp))
        for (uid, stamp), title in zip(gone, titles, strict=True)
    ]
