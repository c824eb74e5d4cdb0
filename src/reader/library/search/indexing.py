"""The full-text index: every change updates it; if it is damaged, it is rebuilt.

Triggers record the articles whose entry is outdated (``unsearched``). Each transaction indexes
its own records before it ends, so that the index is always current. Only a library from an older
version is indexed later, in slices so that other writers are not blocked.
"""

import json
import re
import time
from collections.abc import Callable

import apsw

from reader.errors import LibraryError
from reader.library.search import tokenize, vocabulary
from reader.library.store.collation import decoded
from reader.library.store.database import Database, rows
from reader.progress import Report, silent

_HELD_S = 0.02
_BROKEN = (apsw.CorruptError, apsw.ConstraintError)
_MANY_WORDS = 50_000
_FEW = 500
_OFTEN = 20
_SAMPLE = 200
_ENTRY = (
    "SELECT unsearched.article, CAST(title AS BLOB), CAST(byline AS BLOB), CAST(site AS BLOB), "
    "CAST(url AS BLOB), CAST(subjects AS BLOB), "
    "iif(octet_length(html) > 100000000, x'', CAST(html AS BLOB)), (SELECT "
    "json_group_array(json_array(quote, note, labels)) FROM highlight "
    "WHERE highlight.article = unsearched.article AND highlight.article IS NOT NULL) "
    "FROM unsearched "
    "LEFT JOIN article ON article.id = unsearched.article "
    "LEFT JOIN content ON content.article = unsearched.article"
)
_NONE = "[]"
_WORD = re.compile(r"\w+")
_SAYS = "Making the articles searchable"


def enter_noted(connection: apsw.Connection, report: Report = silent) -> None:
    """Index the articles that this transaction has changed; call it before the transaction ends.

    If ``report`` raises Cancelled, the transaction must be rolled back. A damaged index does not
    prevent an article from being saved: it is rebuilt later.
    """
    noted = int(connection.execute("SELECT count(*) FROM unsearched WHERE later = 0").get or 0)
    if not noted:
        return
    try:
        _enter_noted(
            connection,
            lambda done: report(done, noted, _SAYS),
            counted_later=noted > _FEW and vocabulary.is_count_due(connection, noted),
        )
        connection.execute("INSERT INTO search (search) VALUES ('flush')")  # as the commit would do
        connection.execute("DELETE FROM unsearched WHERE later = 0")
    except _BROKEN:
        _begin_anew(connection)


def _enter_noted(
    connection: apsw.Connection, report: Callable[[int], None], *, counted_later: bool
) -> None:
    terms: set[str] = set()
    found = connection.execute(f"{_ENTRY} WHERE later = 0 ORDER BY 1")
    for number, (id, *told) in enumerate(found):
        if number % _OFTEN == 0:
            report(number)
        said = _enter(connection, id, *told)
        if counted_later:
            continue
        terms.update(tokenize.split(connection, said))
        if len(terms) > _MANY_WORDS:
            vocabulary.add(connection, terms)
            terms.clear()
    vocabulary.add(connection, terms)


def waiting(connection: apsw.Connection) -> int:
    """Return the number of articles that are not indexed yet."""
    return int(connection.execute("SELECT count(*) FROM unsearched").get or 0)


def prepare(database: Database, report: Report) -> None:
    """Index the waiting articles, and count the words again if that is due.

    An index that is damaged or incomplete is rebuilt. It works in slices and pauses between them,
    so that other writers do not wait for long.
    """
    try:
        if not _complete(database):
            rebuild(database, report)
            return
        _enter_waiting(database, report)
        vocabulary.count(database, report)
    except LibraryError as error:
        if not isinstance(error.__cause__, _BROKEN):
            raise
        rebuild(database, report)


def rebuild(database: Database, report: Report) -> None:
    """Rebuild the index."""
    with database.writing() as connection:
        _begin_anew(connection)
    _enter_waiting(database, report)
    vocabulary.count(database, report)


def _complete(database: Database) -> bool:
    """Return whether every article has an entry or waits for one."""
    with database.reading() as connection:
        connection.execute("BEGIN")
        try:
            entered = connection.execute("SELECT count(*) FROM search_docsize").get
            articles = connection.execute("SELECT count(*) FROM article").get
            missing = connection.execute(
                "SELECT count(*) FROM unsearched WHERE NOT EXISTS "
                "(SELECT 1 FROM search_docsize WHERE id = article)"
            ).get
            return bool(entered + missing == articles)
        finally:
            connection.execute("COMMIT")


def is_whole(connection: apsw.Connection) -> bool:
    """Return whether exactly the articles have entries, and a sample is found by its titles."""
    strays = (
        "SELECT EXISTS (SELECT id FROM search_docsize EXCEPT SELECT id FROM article "
        "EXCEPT SELECT article FROM unsearched) OR EXISTS (SELECT id FROM article EXCEPT "
        "SELECT id FROM search_docsize EXCEPT SELECT article FROM unsearched)"
    )
    if connection.execute(strays).get:
        return False
    sample = (
        "SELECT id, CAST(title AS BLOB) FROM article WHERE title <> '' AND id NOT IN "
        "(SELECT article FROM unsearched) ORDER BY random() LIMIT ?"
    )
    return all(
        _is_found(connection, id, decoded(title))
        for id, title in rows(connection, sample, (_SAMPLE,))
    )


def _is_found(connection: apsw.Connection, id: int, title: str) -> bool:
    words = tokenize.split(connection, tokenize.indexed(title))
    said = " ".join('"' + word.replace('"', '""') + '"' for word in {*words})
    sql = "SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?"
    return not said or bool(connection.execute(sql, (f"title: ({said})", id)).get)


def _begin_anew(connection: apsw.Connection) -> None:
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    connection.execute("INSERT OR REPLACE INTO unsearched SELECT id, 1 FROM article")
    connection.execute("DELETE FROM unsearched WHERE article NOT IN (SELECT id FROM article)")
    vocabulary.forget_count(connection)


def _enter_waiting(database: Database, report: Report) -> None:
    with database.reading() as connection:
        total = waiting(connection)
    done, entered, portion_s = 0, total, _HELD_S / 4
    while entered:
        report(done, total, _SAYS)
        began = time.monotonic()
        with database.writing() as connection:
            entered = _enter_slice(connection, began + portion_s)
        held = time.monotonic() - began
        done += entered
        # FTS5 also takes time at the end of a transaction, and now and then much longer.
        portion_s = min(_HELD_S, max(_HELD_S / 20, portion_s * _HELD_S / held))
        time.sleep(held)  # other writers get a turn


def _enter_slice(connection: apsw.Connection, until: float) -> int:
    """Index waiting articles until a time, at least one; return how many.

    Their words are not added to the vocabulary, which is counted after the last slice.
    """
    done: list[tuple[int]] = []
    for id, *told in connection.execute(f"{_ENTRY} ORDER BY 1"):
        _enter(connection, id, *told)
        done.append((id,))
        if time.monotonic() > until:
            break
    connection.executemany("DELETE FROM unsearched WHERE article = ?", done)
    return len(done)


def _enter(
    connection: apsw.Connection,
    id: int,
    title: bytes | None,
    byline: bytes,
    site: bytes,
    url: bytes,
    subjects: bytes,
    html: bytes | None,
    highlights: str,
) -> str:
    """Index an article, or delete its entry if it no longer exists; return the indexed text."""
    if title is None:
        connection.execute("DELETE FROM search WHERE rowid = ?", (id,))
        return ""
    where = f"{decoded(site)}\n{_host(decoded(url))}"
    text = tokenize.plain(decoded(html))
    told = (*map(decoded, (title, byline)), where, text, decoded(subjects))
    columns = [*map(tokenize.indexed, told), ""]
    if highlights != _NONE:
        columns[3], columns[5] = _with_highlights(columns[3], json.loads(highlights))
    sql = (
        "INSERT OR REPLACE INTO search (rowid, title, byline, site, text, subjects, notes) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    connection.execute(sql, (id, *columns))
    return "\n".join(columns)


def _with_highlights(text: str, highlights: list[tuple[str, str, str]]) -> tuple[str, str]:
    """Return an indexed text with the quotes that are not in it, and the words of all notes."""
    words = " ".join(_WORD.findall(text))
    quotes = [tokenize.indexed(quote) for quote, *_ in highlights]
    strange = [each for each in quotes if " ".join(_WORD.findall(each)) not in words]
    notes = "\n".join(each for _, *told in highlights for each in told if each)
    return "\n".join([text, *strange]), tokenize.indexed(notes)


def _host(url: str) -> str:
    return url.split("/", 3)[2] if url.startswith("http") and url.count("/") > 1 else ""
