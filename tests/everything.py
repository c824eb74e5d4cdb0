"""A library with everything that a person can do to it, and all of it as values to compare."""

import io
import zlib
from collections import Counter

import apsw
from PIL import Image

from reader.anchor import Anchor
from reader.entries import Highlight
from reader.library.highlights import store
from reader.library.history import changes
from reader.library.imports import own_columns
from reader.library.library import Library
from reader.library.store.database import rows
from reader.model import Clipping, Edit, Query, Sort, State
from reader.steps import Label, Verb

ODD = "Tides & “moors”\t<b>\u200f שלום 🌊 =1+1"


def fill(library: Library) -> None:
    """Do everything to a library."""
    ids = [_add(library, number) for number in range(12)]
    _shelve(library, ids)
    _rewrite(library, ids)
    _read(library, ids)
    _mark(library, ids)
    for name, question in (("Sea", "tag:sea"), ("Long", "words:>100"), ("Third", "moor OR fen")):
        library.saved.add(name, question)
    library.saved.move(library.saved.all()[2].uid, -2)
    library.saved.delete(library.saved.add("Gone", "x"))


def everything(library: Library) -> dict[str, Counter[tuple[object, ...]]]:
    """Return all exported columns of all tables, with uids and names instead of ids."""
    with library._database.reading() as connection:
        return {
            table: Counter(_rows(connection, table, columns.split()))
            for table, columns in own_columns.EXPORTED.items()
        }


def orders(library: Library) -> dict[str, list[str]]:
    """Return the addresses of all articles in each order of each shelf."""
    found = {}
    for state in (None, *State):
        for sort in Sort:
            if sort is not Sort.PLACE or state is State.QUEUE:
                ids = library.ids(Query(state, sort=sort, descending=sort.falls_first))
                found[f"{state} {sort}"] = [library.article(id).url for id in ids]
    return found


def picture(colour: str) -> bytes:
    """Return the bytes of a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def _add(library: Library, number: int) -> int:
    name = library.keep_picture(picture(f"#1020{number:02x}"), "png")
    shown = f'<p><img src="{name}" width="40" height="30" alt="A &quot;{number}&quot;"></p>'
    text = f"<p>Text {number} of the moor and the sea, <em>slowly</em>.</p>\n{shown}"
    whole = f'<article lang="he" dir="rtl" data-caveats="partial">\n{text}\n</article>'
    clipping = Clipping(
        f"https://www.example.org/{number}?a=1&b={number}",
        ODD if number == 3 else f"Title {number % 4}",
        f"Writer {number % 3}",
        f"site{number % 2}.example.org",
        "he" if number == 5 else "en-GB",
        excerpt=f"About {number}",
        published_at="2021-02-03" if number % 2 else "",
        tags=("sea/deep", f"t{number % 3}") if number % 4 else (),
        subjects=("Walks", "Fens") if number % 3 else (),
        html="" if number == 7 else (whole if number == 5 else text),
        words=0 if number == 7 else 10 + number,
        pictures=() if number == 7 else (name,),
        lead="" if number == 7 else name,
        source=b"" if number == 7 else f"<html>\x00{number}\xff".encode("latin-1"),
        source_type="text/html",
        base=f"https://www.example.org/base/{number}",
        validators=f'{{"etag": "{number}"}}',
        aliases=(f"https://short.example/{number}", f"file:///notes/{number}.md"),
        made_by="" if number == 7 else "downloaded",
    )
    return library.add(clipping, state=State.ARCHIVE if number in (8, 9) else State.QUEUE).id


def _shelve(library: Library, ids: list[int]) -> None:
    library.queue.to_top([ids[4], ids[2]])
    library.queue.down([ids[0]])
    library.set_favourite([ids[1], ids[8]], True)
    library.set_state([ids[6], ids[9]], State.TRASH)
    library.tags.add([ids[0], ids[1]], "Alt")
    library.tags.rename("t1", "weather/rain")
    library.tags.colour("sea/deep", "blue")
    library.tags.colour("weather", "red")
    library.duplicates.tell_apart(ids[0], ids[1])
    library.duplicates.merge(ids[10], ids[11])


def _rewrite(library: Library, ids: list[int]) -> None:
    library.edit(Verb.RETITLE, [Edit(ids[1], title="Corrected", byline="", published_at="1999")])
    for text in ("one", "two", "three"):
        new = Clipping("", html=f"<p>{text}</p>", words=1, made_by="cleaned up")
        library.edit(Verb.CLEAN_UP, [Edit(ids[2], text=new), Edit(ids[0], text=new)])
    library.texts.use(ids[2], library.texts.versions(ids[2])[2].id)
    # Another address turns out to be the same article: two uids are one.
    again = Clipping("https://other.example/4", "Again", html="", tags=("again",))
    library.add(again)
    same = library.article(ids[4])
    library.add(
        Clipping(same.url, html=same.html, words=same.words, pictures=same.pictures,
                 aliases=("https://other.example/4",))
    )  # fmt: skip


def _read(library: Library, ids: list[int]) -> None:
    log = library.reading_log
    for number in (0, 1, 1, 2, 8):
        log.count_view(ids[number])
    log.keep_position(ids[0], Anchor(3, 7, "of the", "moor", "and"), 0.4321)
    log.keep_position(ids[8], Anchor(1, 2), 1.0)
    library.set_state([ids[1]], State.ARCHIVE, done=True)
    log.note("2026-01-02", ids[0], 60, 200)
    log.note("2026-01-03", ids[0], 5, 20)
    log.note("2026-01-03", ids[1], 7, 30)
    gone = library.add(Clipping("https://example.org/gone", "Gone", html="<p>x</p>", words=1)).id
    log.note("2025-12-24", gone, 600, 900)
    library.set_state([gone], State.TRASH)
    library.trash.delete([gone], without_copy=True)


def _mark(library: Library, ids: list[int]) -> None:
    marks = (
        Highlight("the moor", "a note\nof two lines", "green", ("x", "y"), "2024-01-01T00:00:00Z"),
        Highlight("", "on the whole article"),
        Highlight("nowhere", prefix="be", suffix="fore", colour="pink"),
    )
    with (
        library._database.writing() as connection,
        changes.step(connection, Label(Verb.TEXT, {"text": "Marking"})) as step,
    ):
        store.add(step, ids[0], marks)
        store.add(step, ids[6], marks[:1])


_NAMED = {
    "article": ("article", "uid"), "tag": ("tag", "uid"),
}  # fmt: skip


_WHERE = {
    "saved": "name <> ''",
    "highlight": "article IS NOT NULL",
    # The only text of an article may be stored as a version or not.
    "version": "article IN (SELECT article FROM version GROUP BY article HAVING count(*) > 1)",
}


def _rows(connection: apsw.Connection, table: str, columns: list[str]) -> list[tuple[object, ...]]:
    wanted = ", ".join(f"{table}.{each}" for each in columns)
    sql = f"SELECT {wanted} FROM {table} WHERE {_WHERE.get(table, '1')}"
    found = connection.execute(sql).fetchall()
    names = {
        each: dict(rows(connection, f"SELECT id, {column} FROM {of}"))
        for each, (of, column) in _NAMED.items()
        if each in columns and table != "reading"
    }
    return [
        tuple(_value(names, table, *each) for each in zip(columns, row, strict=True))
        for row in found
    ]


def _value(names: dict[str, dict[int, str]], table: str, column: str, value: object) -> object:
    if column in names and isinstance(value, int):
        return names[column].get(value, value)
    packed = column == "source" or (table == "version" and column == "html")
    return zlib.decompress(value) if packed and isinstance(value, bytes) else value
