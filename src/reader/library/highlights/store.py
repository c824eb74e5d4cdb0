"""The rows of highlights, and their fields for the history.

The history knows a highlight as ``highlight/<uid>``. Its field ``article`` is the uid of the
article, ``""`` if it was deleted; ``mark`` is its constant part: quote, context and date. The uid
is made from the address of the article, the quote and the note, so that devices which import the
same file agree.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import apsw

from reader.entries import Highlight
from reader.folding import folded
from reader.library.history import changes, identity
from reader.library.history.entities import Field, Kind
from reader.library.store.collation import digest, storable
from reader.library.store.database import rows

NAME = "highlight"
_ARTICLE, _MARK = "article", "mark"
_UNCHANGING = ("quote", "prefix", "suffix", "made_at")
_USUAL = {"note": "", "colour": "yellow", "labels": ""}
"""The fields that the user may change, and their usual values, which are not logged."""
_UID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?", re.ASCII)
_NO_LETTERS = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """Return the letters and digits of a text, without case and accents."""
    return _NO_LETTERS.sub("", folded(text)) or " ".join(text.split())


# ---- adding and moving


def add(step: changes.Making, article: int, highlights: Sequence[Highlight]) -> int:
    """Add highlights to an article within an undo step; return how many are new.

    A highlight is known by its uid, or by the letters of its quote and by its note. Words that are
    marked twice are known only once they are stored twice.
    """
    connection = step.connection
    (home, url) = _named(connection, article)
    if not home:
        return 0
    known = Held(connection, article)
    added = 0
    for highlight in dict.fromkeys(map(_clean, highlights)):
        if (highlight.quote or highlight.note) and not known.take(highlight):
            _insert(step, home, _uid(connection, (home, url), known, highlight), highlight)
            added += 1
    return added


def as_in(step: changes.Making, article: int, highlights: Sequence[Highlight]) -> int:
    """Add highlights with their uids to an article within an undo step; return the changes.

    Those that it has get the note, colour and labels.
    """
    mine = {each.uid: each for each in all_of(step.connection, article)}
    done = 0
    for each in highlights:
        if each.uid in mine:
            told = {**each._asdict(), "labels": "\n".join(each.labels)}
            entity = f"{NAME}/{each.uid}"
            done += sum(step.put(entity, name, told[name]) for name in _USUAL)
    return done + add(step, article, [each for each in highlights if each.uid not in mine])


def copy(step: changes.Making, goes: int, stays: int) -> int:
    """Add the highlights of an article to another, within an undo step; return how many are new."""
    found = [each._replace(uid="") for each in all_of(step.connection, goes)]
    return add(step, stays, found)


def move(connection: apsw.Connection, goes: int, stays: int) -> None:
    """Give the highlights of an article that is merged for good to the one that stays.

    The history follows the uid of the article to the other one.
    """
    known = Held(connection, stays)
    for id, highlight in _with_ids(connection, goes):
        if known.take(highlight):
            changes.put(connection, None, f"{NAME}/{highlight.uid}", _ARTICLE, "")
        else:
            connection.execute("UPDATE highlight SET article = ? WHERE id = ?", (stays, id))


def bury(connection: apsw.Connection, uid: str) -> None:
    """Delete the highlights of an article permanently, and their rows in the log."""
    for entity in entities_of(connection, uid):
        sql = "SELECT home FROM highlight WHERE uid = ?"
        home = connection.execute(sql, (entity.partition("/")[2],)).get
        if home in (None, "", uid):
            sql = "DELETE FROM highlight WHERE uid = ?"
            connection.execute(sql, (entity.partition("/")[2],))
            changes.forget(connection, entity)


def all_of(connection: apsw.Connection, article: int) -> list[Highlight]:
    """Return the highlights of an article in the order in which they were added."""
    return [highlight for _, highlight in _with_ids(connection, article)]


def words_of(connection: apsw.Connection, article: int) -> str:
    """Return the notes and quotes of an article, a line each."""
    found = all_of(connection, article)
    return "\n".join(filter(None, (part for each in found for part in (each.note, each.quote))))


def entities_of(connection: apsw.Connection, uid: str) -> list[str]:
    """Return the history's names of the highlights that an article has or had."""
    sql = "SELECT DISTINCT entity FROM change WHERE field = 'article' AND new = ?"
    found = (str(entity) for (entity,) in rows(connection, sql, (uid,)))
    return [entity for entity in found if entity.startswith(f"{NAME}/")]


def from_row(told: Sequence[str]) -> Highlight:
    """Return a highlight from the columns ``Highlight._fields``, labels as lines."""
    made = Highlight._make(told)
    return made._replace(labels=tuple(str(made.labels).split("\n")) if made.labels else ())


def _with_ids(connection: apsw.Connection, article: int) -> list[tuple[int, Highlight]]:
    sql = f"SELECT id, {', '.join(Highlight._fields)} FROM highlight WHERE article = ? ORDER BY id"
    return [(int(id), from_row(told)) for id, *told in rows(connection, sql, (article,))]


def _named(connection: apsw.Connection, article: int) -> tuple[str, str]:
    found = rows(connection, "SELECT uid, url FROM article WHERE id = ?", (article,))
    return (str(found[0][0]), str(found[0][1])) if found else ("", "")


def _clean(highlight: Highlight) -> Highlight:
    """Return a highlight in a form that can be stored, without empty labels."""
    cleaned = (storable(" ".join(each.split())) for each in highlight.labels)
    labels = tuple(dict.fromkeys(filter(None, cleaned)))
    texts = [storable(each) if isinstance(each, str) else each for each in highlight]
    made = Highlight._make(texts)._replace(labels=labels)
    return made._replace(
        quote=made.quote if made.quote.strip() else "",
        note=made.note if made.note.strip() else "",
        colour=made.colour or _USUAL["colour"],
        made_at=made.made_at if _is_date(made.made_at) else "",
    )


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


Key = tuple[str, str]
"""What equal highlights share: the letters of the quote, and the note."""


class Held:
    """The highlights that an article had, to be found once each."""

    def __init__(self, connection: apsw.Connection, article: int) -> None:
        stored = all_of(connection, article)
        self._uids = {each.uid: self.key(each) for each in stored}
        self._left = Counter(self._uids.values())
        self.count = Counter(self._left)

    @staticmethod
    def key(highlight: Highlight) -> Key:
        """Return the key of a highlight."""
        return letters(highlight.quote), " ".join(highlight.note.split())

    def lacking(self, highlights: Sequence[Highlight], also: Iterable[Key] = ()) -> list[Key]:
        """Return the keys of the highlights that ``add`` would add, without adding them.

        ``also`` are the keys of those that the article has got since.
        """
        left, found = self._left + Counter(also), list[Key]()
        for each in dict.fromkeys(map(_clean, highlights)):
            key = self._uids.get(each.uid) or self.key(each)
            if left[key] > 0:
                left[key] -= 1
            elif each.quote or each.note:
                found.append(key)
        return found

    def take(self, highlight: Highlight) -> bool:
        """Return whether a highlight is known, and do not find that one again."""
        key = self._uids.get(highlight.uid) or self.key(highlight)
        if self._left[key] > 0:
            self._left[key] -= 1
            return True
        self.count[key] += 1
        return False


def _uid(
    connection: apsw.Connection, names: tuple[str, str], known: Held, highlight: Highlight
) -> str:
    """Return the uid for a new highlight of an article with a uid and a URL."""
    home, url = names
    key = known.key(highlight)
    made = digest("\n".join((url, *key, str(known.count[key]))))
    given = highlight.uid if _UID.fullmatch(highlight.uid) else ""
    for uid in filter(None, (given, made)):
        sql = "SELECT home FROM highlight WHERE uid = ?"
        if connection.execute(sql, (uid,)).get in (None, "", home):
            return uid
    return digest(f"{home}\n{made}")  # another article has it


def _insert(step: changes.Making, home: str, uid: str, highlight: Highlight) -> None:
    connection, entity = step.connection, f"{NAME}/{uid}"
    labels = "\n".join(highlight.labels)
    mark = {name: getattr(highlight, name) for name in _UNCHANGING}
    users = {"note": highlight.note, "colour": highlight.colour, "labels": labels}
    told = {_MARK: _packed(mark.items()), **users, _ARTICLE: home}
    if _find(connection, uid) is not None:  # it was deleted
        for name, value in told.items():
            step.put(entity, name, value)
        return
    values = {"uid": uid, "home": home, **mark, **users}
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    sql = (
        f"INSERT INTO highlight (article, {names}) "
        f"VALUES ((SELECT id FROM article WHERE uid = ?), {marks})"
    )
    connection.execute(sql, (home, *values.values()))
    for name, value in told.items():
        if value != (usual := _USUAL.get(name, "")):
            changes.record(connection, step.id, entity, name, usual, value)


# ---- the interface to the history


def _find(connection: apsw.Connection, uid: str) -> int | None:
    found = connection.execute("SELECT id FROM highlight WHERE uid = ?", (uid,)).get
    return None if found is None else int(found)


def _packed(told: Iterable[tuple[str, str]]) -> str:
    kept = {name: value for name, value in told if value}
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _read_mark(connection: apsw.Connection, id: int, _: str) -> str:
    sql = f"SELECT {', '.join(_UNCHANGING)} FROM highlight WHERE id = ?"
    found = rows(connection, sql, (id,))
    return _packed(zip(_UNCHANGING, found[0], strict=True)) if found else ""


def _write_mark(connection: apsw.Connection, id: int, _: str, value: str) -> bool:
    try:
        told = dict(json.loads(value or "{}"))
    except (ValueError, TypeError, RecursionError):  # a damaged row of the log
        return False
    values = [str(told.get(name, "")) for name in _UNCHANGING]
    sql = f"UPDATE highlight SET {', '.join(f'{name} = ?' for name in _UNCHANGING)} WHERE id = ?"
    connection.execute(sql, (*values, id))
    return True


def _read_article(connection: apsw.Connection, id: int, _: str) -> str:
    return str(connection.execute("SELECT home FROM highlight WHERE id = ?", (id,)).get or "")


def _write_article(connection: apsw.Connection, id: int, _: str, uid: str) -> bool:
    article = identity.find(connection, uid) if uid else None
    sql = (
        "UPDATE highlight SET home = ?1, article = ?2 "
        "WHERE id = ?3 AND (home <> ?1 OR article IS NOT ?2)"
    )
    connection.execute(sql, (uid, article, id))
    return True


def _column(name: str) -> Field:
    def read(connection: apsw.Connection, id: int, _: str) -> str:
        return str(connection.execute(f"SELECT {name} FROM highlight WHERE id = ?", (id,)).get)

    def write(connection: apsw.Connection, id: int, _: str, value: str) -> bool:
        sql = f"UPDATE highlight SET {name} = ?1 WHERE id = ?2 AND {name} <> ?1"
        connection.execute(sql, (value, id))
        return True

    return Field(str, read, write)


_FIELDS = {
    _MARK: Field(str, _read_mark, _write_mark),
    **{name: _column(name) for name in _USUAL},
    _ARTICLE: Field(str, _read_article, _write_article),
}


def refresh(connection: apsw.Connection, uids: Collection[str]) -> None:
    """Rebuild highlights from the log; one whose article has not arrived waits for it."""
    for uid in sorted(uids, key=lambda uid: _made(connection, uid)):
        entity = f"{NAME}/{uid}"
        home = changes.last(connection, entity, _ARTICLE)
        if home is None:
            continue
        if home and changes.is_gone(
            connection, identity.members(connection, identity.root(connection, home))
        ):
            bury(connection, home)
            continue
        connection.execute("INSERT OR IGNORE INTO highlight (uid) VALUES (?)", (uid,))
        id = _find(connection, uid)
        for name, field in _FIELDS.items():
            value = changes.last(connection, entity, name)
            if (value is not None and field.read(connection, id, "") != value) or name == _ARTICLE:
                field.write(connection, id, "", value or "")


def _made(connection: apsw.Connection, uid: str) -> tuple[str, str]:
    """Return the order in which highlights were made, the same on every device."""
    sql = "SELECT min(stamp) FROM change WHERE entity = ?"
    return str(connection.execute(sql, (f"{NAME}/{uid}",)).get or ""), uid


def refresh_of(connection: apsw.Connection, uids: Iterable[str]) -> None:
    """Rebuild the highlights of an article, by all its uids, from the log."""
    found = (each for uid in uids for each in entities_of(connection, uid))
    refresh(connection, {each.partition("/")[2] for each in found})


HIGHLIGHT = Kind(NAME, _find, _FIELDS, refresh)
