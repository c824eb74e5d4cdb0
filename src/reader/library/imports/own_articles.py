"""Taking articles of Reader's own export back into a library, with all that Reader knew.

An article that is unknown here is built from rows of the log, as one that another device sent, and
arrives in the trash; the undo step moves it to its shelf. A known one gets the facts that it lacks.
"""

import json
from collections.abc import Callable

import apsw

from reader.entries import Entry, Placing
from reader.library import registry as registry
from reader.library.articles import arrival, fields, subjects, versions
from reader.library.history import changes, identity, stamps
from reader.library.reading import log
from reader.library.shelves import fractional_index, tag_store, tags
from reader.library.store.collation import storable
from reader.model import State
from reader.own_export import Own, OwnText

_TOLD = ("url", "title", "byline", "site", "language", "excerpt", "published_at")
_ENDS = {
    Placing.BEHIND: "SELECT max(place) FROM article WHERE state = 'queue'",
    Placing.BEFORE: "SELECT min(place) FROM article WHERE state = 'queue' AND place <> ''",
}


def places(connection: apsw.Connection, placing: Placing) -> Callable[[str], str]:
    """Return the function that makes places here of places in the export, in the same order.

    In an empty queue they are the same. Call it once, before anything is taken in.
    """
    end = str(connection.execute(_ENDS.get(placing, _ENDS[Placing.BEHIND])).get or "")
    if not end:
        return lambda place: place
    start = fractional_index.between("", end) if placing is Placing.BEFORE else ""
    if start and end.startswith(start):
        start = fractional_index.between("", start)
    start = start or fractional_index.between(end, "")
    # As the fraction behind a whole number: with a zero at its end, no room would be before it.
    return lambda place: start + place.rstrip("0")


def known(connection: apsw.Connection, own: Own) -> int | None:
    """Return the id of an article of the export by its uid, None if there is none."""
    uids = (own.uid, *own.former_uids)
    found = (identity.find(connection, uid) for uid in uids)
    return next((id for id in found if id is not None), None)


def bring(step: changes.Making, entry: Entry, place: str, state: State | None = None) -> int:
    """Add an article that is unknown here within an undo step; return its id.

    ``state`` takes the place of its own. The texts must be loaded. Highlights are left to others.
    """
    own, connection = entry.own, step.connection
    assert own is not None
    place = place if fractional_index.is_place(place) else ""
    _log_creation(connection, entry, place)
    for uid in own.former_uids:
        if identity.find(connection, uid) is None:
            identity.note_merged(connection, uid, own.uid)
    arrival.refresh(connection, [own.uid])
    id = identity.find(connection, own.uid)
    assert id is not None
    if [text.sha256 for text in own.texts] == [own.text]:  # it is stored once, as of any article
        connection.execute("DELETE FROM version WHERE article = ?", (id,))
    else:
        for text in own.texts:
            _keep_text(connection, id, text)
    for name in entry.clipping.tags:
        if kept := tag_store.clean(name):
            tags.give(step, [id], kept)
    wanted = state or entry.state
    if entry.state is not State.TRASH:
        step.write([id], "state", wanted)
    return id


def complete(step: changes.Making, id: int, entry: Entry) -> int:
    """Give a known article the texts, views and reading times that it lacks; return how many."""
    own, connection = entry.own, step.connection
    assert own is not None
    done = sum(_keep_text(connection, id, text) for text in own.texts)
    done += sum(_note_reading(connection, id, day) for day in own.reading)
    return done + _count_views(connection, id, own.views)


def lacks(connection: apsw.Connection, id: int, entry: Entry) -> bool:
    """Return whether ``complete`` would change anything."""
    own = entry.own
    assert own is not None
    if _views(connection, id) < own.views:
        return True
    texts = (bytes.fromhex(text.sha256) for text in own.texts)
    if any(not versions.has(connection, id, sha256) for sha256 in texts):
        return True
    return any(_missing(connection, id, day) != (0, 0) for day in own.reading)


# ---- an article that is unknown


def _log_creation(connection: apsw.Connection, entry: Entry, place: str) -> None:
    """Log an article as it was made, with its oldest text, and then all that came to it."""
    its, own = entry.clipping, entry.own
    assert own is not None
    in_trash = entry.state is State.TRASH
    told = {
        **{name: getattr(its, name) for name in _TOLD},
        "subjects": subjects.text_of(its.subjects),
        "added_at": entry.added_at,
        "opened_at": entry.opened_at,
        "read_at": entry.read_at,
        "favourite": int(entry.favourite),
        "place": place,
        "state": str(own.home or State.QUEUE) if in_trash else str(State.TRASH),
        "position": f"{entry.progress} {own.position or '0:0'}",
        "furthest": own.furthest,
        "words": its.words,
        "lead": its.lead,
    }
    first = own.texts[0] if own.texts else None
    if first is not None:
        told |= _meta(first) | {"text": first.sha256, "downloaded_at": first.made_at}
    told = {name: value for name, value in told.items() if value} | {"added_at": entry.added_at}
    source = _source(entry)
    _arrive(connection, own.uid, "created", first.packed if first else b"", source)
    new = json.dumps(_storable(told), ensure_ascii=False)
    changes.record(connection, None, own.uid, "created", "", new)
    for text in own.texts[1:]:
        field = f"version/{text.sha256}"
        _arrive(connection, own.uid, field, text.packed)
        meta = json.dumps({"made_at": text.made_at, **_meta(text)}, ensure_ascii=False)
        changes.record(connection, None, own.uid, field, "", meta)
    if first is not None and own.text != first.sha256:
        changes.record(connection, None, own.uid, "text", first.sha256, own.text)
    _log_rest(connection, entry, own)


def _log_rest(connection: apsw.Connection, entry: Entry, own: Own) -> None:
    """Log the changes to an article since it was made."""
    for name in own.corrected:
        value = storable(str(getattr(entry.clipping, name)))
        changes.record(connection, None, own.uid, name, value, value)
    if entry.state is State.TRASH:
        changes.record(connection, None, own.uid, "state", own.home, State.TRASH)
        if own.merged_into:
            changes.record(connection, None, own.uid, "merged_into", "", own.merged_into)
    device = stamps.pen(connection).id
    if own.views:
        changes.record(connection, None, own.uid, f"views/{device}", "0", str(own.views))
    cleared = log.cleared_at(connection)
    for day, seconds, words in own.reading:
        field, new = f"read/{day}/{device}", f"{seconds} {words}"
        changes.record(connection, None, own.uid, field, "0 0", new, after=cleared)
    for alias in entry.clipping.aliases:
        entity = f"alias/{storable(alias)}"
        if not changes.touched(connection, entity, "article"):
            changes.record(connection, None, entity, "article", "", own.uid)


def _meta(text: OwnText) -> dict[str, object]:
    names = " ".join(text.pictures)
    return {"made_by": text.made_by, "words": text.words, "lead": text.lead, "pictures": names}


def _source(entry: Entry) -> bytes:
    import zlib

    its = entry.clipping
    if not (its.source or its.source_type or its.base or its.validators):
        return b""
    told = json.dumps([its.source_type, its.base, its.validators]).encode()
    return told + b"\n" + zlib.compress(its.source)


def _arrive(
    connection: apsw.Connection, uid: str, field: str, html: bytes, source: bytes = b""
) -> None:
    sql = "DELETE FROM arrived WHERE entity = ? AND field = ?"
    connection.execute(sql, (uid, field))
    connection.execute("INSERT INTO arrived VALUES (?, ?, ?, ?)", (uid, field, html, source))


def _storable(told: dict[str, object]) -> dict[str, object]:
    return {name: storable(each) if isinstance(each, str) else each for name, each in told.items()}


# ---- an article that is known


def _keep_text(connection: apsw.Connection, id: int, text: OwnText) -> bool:
    if not text.packed:
        return False
    pictures = " ".join(text.pictures)
    told = (text.made_at, text.made_by, text.words, text.lead, pictures, text.packed)
    return versions.take_over(connection, id, versions.Text(bytes.fromhex(text.sha256), *told))


def _views(connection: apsw.Connection, id: int) -> int:
    return int(connection.execute("SELECT views FROM article WHERE id = ?", (id,)).get or 0)


def _count_views(connection: apsw.Connection, id: int, views: int) -> int:
    missing = views - _views(connection, id)
    if missing <= 0:
        return 0
    device = stamps.pen(connection).id
    had = int(fields.FIELDS["views"].read(connection, id, device))
    return changes.write(connection, None, [id], f"views/{device}", had + missing)


def _missing(connection: apsw.Connection, id: int, day: tuple[str, int, int]) -> tuple[int, int]:
    """Return the seconds and words of a day that the library does not know."""
    uid = identity.of(connection, id)
    return _more(connection, uid, day)


def _more(connection: apsw.Connection, uid: str, day: tuple[str, int, int]) -> tuple[int, int]:
    date, seconds, words = day
    sql = "SELECT seconds, words FROM reading WHERE day = ? AND article = ?"
    had = connection.execute(sql, (date, uid)).fetchone() or (0, 0)
    return max(0, seconds - had[0]), max(0, words - had[1])


def _note_reading(connection: apsw.Connection, id: int, day: tuple[str, int, int]) -> int:
    return note_reading(connection, identity.of(connection, id), day)


def note_reading(connection: apsw.Connection, uid: str, day: tuple[str, int, int]) -> int:
    """Log the reading of a day that the library lacks; return whether there was any."""
    seconds, words = _more(connection, uid, day)
    if not seconds and not words:
        return 0
    field = f"read/{day[0]}/{stamps.pen(connection).id}"
    had = changes.last(connection, uid, field) or "0 0"
    before = [int(each or 0) for each in had.split()]
    value = f"{before[0] + seconds} {before[1] + words}"
    after = log.cleared_at(connection)
    changes.record(connection, None, uid, field, had, value, after=after)
    sql = (
        "INSERT INTO reading (day, article, seconds, words) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (day, article) DO UPDATE SET seconds = seconds + excluded.seconds, "
        "words = words + excluded.words"
    )
    connection.execute(sql, (day[0], uid, seconds, words))
    return 1
