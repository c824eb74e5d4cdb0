"""Taking back Reader's own export, except its articles: tags, searches, pairs, reading."""

import apsw

from reader.library import registry as registry
from reader.library.history import changes
from reader.library.imports.own_articles import note_reading
from reader.library.shelves import fractional_index, tag_store, tags
from reader.library.store.database import rows
from reader.library.vocabulary import vocabulary
from reader.own_export import OwnLibrary, OwnSearch, OwnTag


def settle(step: changes.Making, rest: OwnLibrary) -> int:
    """Add the items that a library lacks within an undo step, before the articles; count them.

    Known items stay: the names and colours of its tags, its searches and their order.
    """
    connection = step.connection
    done = sum(_give_tag(step, tag) for tag in rest.tags)
    keep_places = not _searches(connection)
    for search in rest.searches:
        if not _is_known(connection, search):
            done += _save(step, search, search.place if keep_places else "")
    done += sum(step.put(f"apart/{one}/{other}", "apart", 1) for one, other in rest.apart)
    for word in rest.words:
        if not vocabulary.is_known(connection, word.uid):
            done += vocabulary.give(connection, step.id, word)
    return done + sum(
        note_reading(connection, uid, (day, seconds, words))
        for uid, day, seconds, words in rest.reading
    )


def lacks(connection: apsw.Connection, rest: OwnLibrary) -> bool:
    """Return whether ``settle`` would add anything that users see."""
    for tag in rest.tags:
        found = _tag(connection, tag)
        if tag.colour and (found is None or not _colour(connection, found)):
            return True
    sql = "SELECT 1 FROM apart WHERE one = ? AND other = ?"
    return (
        any(not _is_known(connection, each) for each in rest.searches)
        or any(not connection.execute(sql, pair).get for pair in rest.apart)
        or any(not vocabulary.is_known(connection, word.uid) for word in rest.words)
    )


def _give_tag(step: changes.Making, tag: OwnTag) -> int:
    connection, name = step.connection, tag_store.clean(tag.name)
    if not name:
        return 0
    id = _tag(connection, tag)
    if id is None:
        id = tag_store.made(connection, name, tag.uids[0] if tag.uids else "")
    for uid in tag.uids:
        if tag_store.of_uid(connection, uid) is None:
            changes.record(connection, None, f"tag/{uid}", "name", "", name)
            connection.execute("INSERT INTO tag_twin VALUES (?, ?)", (uid, id))
    if tag.colour not in tags.COLOURS or _colour(connection, id):
        return 0
    return step.put(tag_store.entity_of(connection, id), "colour", tag.colour)


def _tag(connection: apsw.Connection, tag: OwnTag) -> int | None:
    """Return the id of a tag of the export by its uids, else by its name; None if unknown."""
    found = (tag_store.of_uid(connection, uid) for uid in tag.uids)
    known = next((id for id in found if id is not None), None)
    return tag_store.find(connection, tag_store.clean(tag.name)) if known is None else known


def _colour(connection: apsw.Connection, tag: int) -> str:
    return str(connection.execute("SELECT colour FROM tag WHERE id = ?", (tag,)).get or "")


def _searches(connection: apsw.Connection) -> list[tuple[str, str]]:
    return rows(connection, "SELECT name, question FROM saved WHERE name <> ''")


def _is_known(connection: apsw.Connection, search: OwnSearch) -> bool:
    sql = "SELECT 1 FROM saved WHERE (uid = ? AND name <> '') OR (name = ? AND question = ?)"
    return bool(connection.execute(sql, (search.uid, search.name, search.question)).get)


def _save(step: changes.Making, search: OwnSearch, place: str) -> int:
    connection = step.connection
    last = connection.execute("SELECT max(place) FROM saved WHERE name <> ''").get
    place = place or fractional_index.between(str(last or ""), "")
    connection.execute("INSERT OR IGNORE INTO saved (uid) VALUES (?)", (search.uid,))
    entity = f"saved/{search.uid}"
    told = (("name", search.name), ("question", search.question), ("place", place))
    return max(step.put(entity, *each) for each in told)
