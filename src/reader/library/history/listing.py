"""The entries of the history, newest first: steps, events, and articles deleted for good.

Steps and events come from ``change_group``, in the order of their first stamps. Tombstones are
grouped by spans of a hundred seconds, so that one emptying of the trash is one entry.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from heapq import merge
from pathlib import Path

import apsw

from reader import phrases
from reader.folding import folded
from reader.library.history import deleted_log, identity
from reader.library.store import clock
from reader.library.store.collation import sort_key
from reader.library.store.database import rows
from reader.progress import Report, silent
from reader.steps import Entry, Label, Standing, Verb, Wanted

_PAGE = 200
_STANDINGS = {0: Standing.DONE, 1: Standing.UNDONE, 2: Standing.UNDONE, 3: Standing.EVENT}
_VERBS = {str(verb): verb for verb in Verb}
_STEP = (
    "SELECT id, verb, told, at, undone, (SELECT count(DISTINCT entity) FROM change "
    "WHERE step = change_group.id) FROM change_group "
)
_UNCOUNTED = "SELECT id, verb, told, at, undone, 0 FROM change_group "
_LAST = "~"  # sorts behind all stamps


def entry(connection: apsw.Connection, step: int) -> Entry | None:
    """Return a step as an entry, None if there is none."""
    found = rows(connection, f"{_STEP} WHERE id = ?", (step,))
    return _entry(*found[0]) if found else None


def page(
    connection: apsw.Connection, log: Path, about: Wanted, report: Report = silent
) -> list[Entry]:
    """Return a page of entries; see ``Wanted``. ``report`` stops a long search for words."""
    is_wanted = with_words(connection, about.words) if about.words.strip() else None
    found: list[Entry] = []
    before = f"{_stamp(about.before)} {0:015d}" if about.before else ""
    start = min(filter(None, (about.after, before)), default="")
    for number, each in enumerate(entries(connection, log, about.article, start)):
        if number % _PAGE == 0:
            report(len(found), about.limit, "")
        if about.since and each.mark < _stamp(about.since):
            break
        if is_wanted is None or is_wanted(each):
            found.append(each if each.size else entry(connection, each.id) or each)
        if len(found) == about.limit:
            break
    return found


def _stamp(at: str) -> str:
    """Return the beginning of the stamps of a UTC time."""
    return f"{round(datetime.fromisoformat(at).timestamp() * 1000):013d}"


def entries(
    connection: apsw.Connection, log: Path, article: int = 0, after: str = ""
) -> Iterator[Entry]:
    """Yield the entries after a mark, newest first; with ``article``, its steps only.

    The articles of the steps are not counted yet: that takes longer than all else.
    ``log`` is the file that names the articles that were deleted for good.
    """
    if article:
        yield from _about(connection, article, after)
        return
    steps, gone = _steps(connection, after), _gone(connection, log, after)
    yield from merge(steps, gone, key=lambda each: each.mark, reverse=True)


def label_of(verb: str, told: str) -> Label:
    """Return the label of a step as it is stored."""
    try:
        arguments = json.loads(told)
    except ValueError:  # a damaged row
        arguments = {}
    known = _VERBS.get(verb, Verb.TEXT)  # that of a newer Reader is unknown
    return Label(known, arguments if isinstance(arguments, dict) else {})


def time_of(stamp: str) -> str:
    """Return the time of a stamp, ``""`` if it has none."""
    moment = stamp[:13]
    return clock.text(int(moment) // 1000) if moment.isdecimal() else ""


def with_words(connection: apsw.Connection, words: str) -> Callable[[Entry], bool]:
    """Return whether an entry has all words in its description or in a title of its articles."""
    wanted = folded(words).split()
    by_title = [_titled(connection, word) for word in wanted]

    def has_all(entry: Entry) -> bool:
        sentence = folded(phrases.step(entry.label))
        return all(
            word in sentence or (entry.id in steps)
            for word, steps in zip(wanted, by_title, strict=True)
        )

    return has_all


def _titled(connection: apsw.Connection, word: str) -> set[int]:
    """Return the steps that changed an article with a word in its title."""
    sql = (
        "SELECT DISTINCT step FROM article CROSS JOIN change ON entity = uid "
        "WHERE instr(title_key, ?) AND +step IS NOT NULL"
    )
    return {int(step) for (step,) in rows(connection, sql, (sort_key(word) or word,))}


# ---- steps and events


def _entry(id: int, verb: str, told: str, at: str, undone: int, count: int) -> Entry:
    standing = _STANDINGS.get(undone, Standing.EVENT)
    label = label_of(verb, told)
    if standing is Standing.EVENT:
        number = label.told.get("count", 0)
        count = number if isinstance(number, int) else 0
    return Entry(int(id), label, time_of(at), int(count), standing, f"{at} {id:015d}")


def _steps(connection: apsw.Connection, after: str) -> Iterator[Entry]:
    at, id = _parts(after)
    while True:
        sql = f"{_UNCOUNTED} WHERE (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?"
        found = rows(connection, sql, (at, id, _PAGE))
        yield from (_entry(*each) for each in found)
        if len(found) < _PAGE:
            return
        id, at = found[-1][0], found[-1][3]


def _about(connection: apsw.Connection, article: int, after: str) -> Iterator[Entry]:
    uids = identity.members(connection, identity.of(connection, article))
    things = [*uids, *_others(connection, uids)]
    sql = (
        f"{_UNCOUNTED} WHERE id IN (SELECT step FROM change JOIN json_each(?) ON entity = value) "
        "AND (at, id) < (?, ?) ORDER BY at DESC, id DESC"
    )
    yield from (
        _entry(*each) for each in rows(connection, sql, (json.dumps(things), *_parts(after)))
    )


def _others(connection: apsw.Connection, uids: Sequence[str]) -> list[str]:
    """Return the highlights of articles, and the pairs of different articles they belong to."""
    sql = "SELECT DISTINCT entity FROM change WHERE entity > 'apart/' AND entity < 'apart0'"
    pairs = [str(entity) for (entity,) in rows(connection, sql)]
    sql = (
        "SELECT DISTINCT entity FROM json_each(?) JOIN change ON new = value "
        "WHERE field = 'article' AND entity > 'highlight/' AND entity < 'highlight0'"
    )
    marked = [str(entity) for (entity,) in rows(connection, sql, (json.dumps([*uids]),))]
    return [*marked, *(each for each in pairs if {*uids} & {*each.split("/")[1:]})]


def _parts(mark: str) -> tuple[str, int]:
    at, _, id = mark.partition(" ")
    return (at, int(id)) if id.isdecimal() else (at or _LAST, 0)


# ---- tombstones


def _gone(connection: apsw.Connection, log: Path, after: str) -> Iterator[Entry]:
    span = _parts(after)[0][:8]
    sql = (
        "SELECT count(*), min(stamp), max(stamp) FROM change WHERE field = 'gone' "
        "AND substr(stamp, 1, 8) <= ? GROUP BY substr(stamp, 1, 8) "
        "ORDER BY substr(stamp, 1, 8) DESC"
    )
    for count, first, last in connection.execute(sql, (span,)):
        entry = _deletion(log, int(count), str(first), str(last))
        if not after or entry.mark < after:
            yield entry


def _deletion(log: Path, count: int, first: str, last: str) -> Entry:
    told: dict[str, object] = {"count": count}
    lines = [*deleted_log.between(log, first, last)] if count == 1 else []
    if lines:
        told["title"] = lines[0].title or lines[0].url
    mark = f"{last} {0:015d}"
    return Entry(0, Label(Verb.DELETE, told), time_of(last), count, Standing.EVENT, mark)
