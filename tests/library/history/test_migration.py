"""A library whose history was kept by names and local ids: translated, and undone as ever."""

import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import apsw
import pytest
from tests.library.conftest import said

from reader.library.library import Library
from reader.library.store import migrate
from reader.library.store.database import rows
from reader.model import Query, State

_ONE, _TWO, _GONE = "1" * 32, "2" * 32, "3" * 32
_SAVED = "4" * 32
_TEXTS = ("<p>first</p>", "<p>second</p>")

# Steps of every kind, as the schema before wrote them: (step, entity, field, old, new).
_STEPS = {
    1: ("Tagged “Art”: 2 articles", 0),
    2: ("Renamed the tag “Art” to “music”", 0),
    3: ("Coloured the tag “music”", 0),
    4: ("Cleaned up “One”", 0),
    5: ("Not the same: “One” and “Two”", 0),
    6: ("Saved the search “Bees”", 0),
    7: ("Merged two copies of “One”", 0),
    8: ("Archived “One”", 1),
    9: ("Tagged “new”: “One”", 1),
}
_CHANGES = (
    (None, _ONE, "tag:bees", "0", "1"),
    (1, _ONE, "tag:Art", "0", "1"),
    (1, _TWO, "tag:art", "0", "1"),
    (2, "tag/1", "name", "Art", "music"),
    (3, "tag/1", "colour", "", "red"),
    (4, _ONE, "title", "Old", "One"),
    (4, _ONE, "version", "1", "2"),
    (5, _ONE, f"apart:{_TWO}", "0", "1"),
    (6, f"saved/{_SAVED}", "name", "", "Bees"),
    (6, f"saved/{_SAVED}", "question", "", "tag:bees"),
    (6, f"saved/{_SAVED}", "place", "", "a0"),
    (7, _ONE, "views", "2", "5"),
    (7, _TWO, "state", "queue", "trash"),
    (7, _TWO, "merged_into", "", _ONE),
    (8, _ONE, "state", "queue", "archive"),
    (9, _ONE, "tag:new", "0", "1"),
    (None, _ONE, "tag:new", "1", "0"),
    (None, _ONE, "state", "archive", "queue"),
    (None, _ONE, "views", "1", "5"),
    (None, _ONE, "position", "0:0", "3:4"),
    (None, _ONE, "progress", "0.0", "0.5"),
    (None, _GONE, "merged", "", _ONE),
    (None, _ONE, "typed", "", "https://example.org/1"),
)


def _article(connection: apsw.Connection, uid: str, title: str, **told: Any) -> int:
    columns = {
        "uid": uid, "url": f"https://example.org/{uid[0]}", "title": title,
        "title_key": title.lower(), "words": 1, "added_at": "2025-01-01T00:00:00Z",
        "downloaded_at": "2025-01-02T00:00:00Z", "state": "queue", "place": f"a{uid[0]}",
        **dict.fromkeys(("byline", "site", "site_key", "language", "excerpt", "published_at"), ""),
        **told,
    }  # fmt: skip
    marks = ", ".join("?" * len(columns))
    connection.execute(
        f"INSERT INTO article ({', '.join(columns)}) VALUES ({marks})", tuple(columns.values())
    )
    return connection.last_insert_rowid()


def _text(connection: apsw.Connection, id: int, html: str) -> None:
    digest = sha256(html.encode()).digest()
    sql = "INSERT INTO content (article, html, sha256, source, source_type) VALUES (?, ?, ?, ?, ?)"
    connection.execute(sql, (id, html, digest, zlib.compress(b"page"), "text/html"))


def _fill(connection: apsw.Connection) -> None:
    connection.pragma("application_id", migrate.APPLICATION_ID)
    migrate.make(connection, 8)
    one = _article(connection, _ONE, "One", views=5, position="3:4", progress=0.5)
    two = _article(connection, _TWO, "Two", merged_into=_ONE)
    _text(connection, one, _TEXTS[1])
    _text(connection, two, "<p>two</p>")
    for html in _TEXTS:
        sql = (
            "INSERT INTO version (article, sha256, made_at, made_by, words, lead, pictures, html) "
            "VALUES (?, ?, '2025-01-02T00:00:00Z', '', 1, '', '', ?)"
        )
        digest = sha256(html.encode()).digest()
        connection.execute(sql, (one, digest, zlib.compress(html.encode())))
    connection.execute("UPDATE article SET state = 'trash' WHERE id = ?", (two,))
    connection.execute("UPDATE article SET merged_into = ? WHERE id = ?", (_ONE, two))
    for id, name in ((1, "music"), (2, "bees"), (3, "new")):
        sql = "INSERT INTO tag (id, name, name_key) VALUES (?, ?, ?)"
        connection.execute(sql, (id, name, name))
        connection.execute("INSERT INTO tag_within VALUES (?1, ?1)", (id,))
    connection.execute("UPDATE tag SET colour = 'red' WHERE id = 1")
    for tag, article in ((1, one), (1, two), (2, one)):
        connection.execute("INSERT INTO article_tag (tag, article) VALUES (?, ?)", (tag, article))
    connection.execute("INSERT INTO apart VALUES (?, ?)", (_ONE, _TWO))
    connection.execute("INSERT INTO saved VALUES (?, 'Bees', 'tag:bees', 'a0')", (_SAVED,))
    connection.execute("INSERT INTO alias VALUES ('https://example.net/', ?)", (one,))
    connection.execute("INSERT INTO reading VALUES ('2025-01-03', ?, 60, 100)", (one,))
    connection.execute("INSERT INTO reading VALUES ('2025-01-03', 99, 30, 50)")
    connection.execute("INSERT INTO setting VALUES ('device', 'abcd1234')")
    for step, (label, undone) in _STEPS.items():
        connection.execute("INSERT INTO change_group VALUES (?, ?, ?)", (step, label, undone))
    for number, change in enumerate(_CHANGES):
        # The clock went back in the middle.
        stamp = f"{1_700_000_000_000 + (number - 12) ** 2:013d}-00000-abcd1234"
        sql = "INSERT INTO change (step, entity, field, old, new, stamp) VALUES (?, ?, ?, ?, ?, ?)"
        connection.execute(sql, (*change, stamp))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return the folder of a library of the schema before."""
    folder = tmp_path / "library"
    folder.mkdir()
    connection = apsw.Connection(str(folder / "library.db"))
    _fill(connection)
    connection.close()
    return folder


@pytest.fixture
def library(old: Path) -> Iterator[Library]:
    """Give that library, brought up to date."""
    with Library.open(old, create=False) as made:
        yield made


def test_every_step_is_undone_and_done_again_as_ever(library: Library) -> None:
    assert library.check() == ()
    assert library.article(1).html == _TEXTS[1]
    labels = []
    while step := library.history.undo():
        labels.append(said(step))
    assert labels == [label for label, undone in reversed(_STEPS.values()) if not undone]
    one, two = (library.article(id) for id in (1, 2))
    assert (one.title, one.html, one.tags, one.views) == ("Old", _TEXTS[0], ("bees",), 2)
    assert (two.state, two.tags) == (State.QUEUE, ())
    assert library.counts().saved == ()
    assert library._all("SELECT * FROM apart") == []
    assert library._all("SELECT merged_into FROM article WHERE id = 2") == [("",)]
    redone = []
    while step := library.history.redo():
        redone.append(said(step))
    assert redone == [label for label, _ in _STEPS.values()]
    one, two = (library.article(id) for id in (1, 2))
    assert (one.title, one.html, one.tags) == ("One", _TEXTS[1], ("bees", "music", "new"))
    assert (one.views, one.state, two.state) == (5, State.ARCHIVE, State.TRASH)
    assert library.counts().colours == {"music": "red"}
    assert library.check() == ()


def test_the_rows_name_things_by_uids_and_hashes(library: Library) -> None:
    found = library._all("SELECT entity, field FROM change WHERE step IS NOT NULL")
    (music,) = library._all("SELECT 'tag/' || uid FROM tag WHERE name = 'music'")[0]
    assert (_ONE, music) in found and (_TWO, music) in found
    assert (music, "name") in found and (f"apart/{_ONE}/{_TWO}", "apart") in found
    texts = library._all("SELECT old, new FROM change WHERE field = 'text' AND step = 4")
    assert texts == [tuple(sha256(each.encode()).hexdigest() for each in _TEXTS)]
    told = library._all("SELECT new FROM change WHERE entity = ? AND field = 'position'", [_ONE])
    assert told == [("0.5 3:4",)]
    names = ("tag:%", "apart:%", "version", "views", "progress")
    for name in names:
        assert library._all("SELECT 1 FROM change WHERE field LIKE ?", [name]) == []


def test_rows_of_a_clock_that_went_back_are_in_the_order_they_were_written_in(
    library: Library,
) -> None:
    sql = "SELECT stamp, seq FROM change WHERE field <> 'created' ORDER BY id"
    found = library._all(sql)
    assert found == sorted(found)
    assert len({seq for (seq,) in library._all("SELECT seq FROM change")}) == len(
        library._all("SELECT 1 FROM change")
    )
    before = found[-1][0]
    library.set_title(1, "Newer")
    assert library._all("SELECT max(stamp) FROM change")[0][0] > before


def test_its_old_rows_are_those_of_an_earlier_device(library: Library) -> None:
    library.set_title(1, "Newer")
    devices = [id for (id,) in library._all("SELECT id FROM device ORDER BY number")]
    assert len(devices) == 2 and devices[0].startswith("abcd1234.")
    sql = "SELECT DISTINCT device.id FROM change JOIN device ON number = device WHERE step < 9"
    assert library._all(sql) == [(devices[0],)]
    assert library._all("SELECT 1 FROM setting WHERE name = 'device'") == []


def test_reading_counts_on_whether_its_article_is_there_or_not(library: Library) -> None:
    assert [(day.seconds, day.words) for day in library.reading_log.days() if day.seconds] == [
        (90, 150)
    ]
    assert library.reading_log.articles() == 2


def test_another_device_gets_all_of_it(library: Library, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other:
        other.history.apply(library.history.export({}))
        for query in (Query(), Query(State.TRASH)):
            mine, its = ([each.article(id) for id in each.ids(query)] for each in (library, other))
            assert [a._replace(id=0) for a in mine] == [a._replace(id=0) for a in its]
        assert other.counts() == library.counts()
        assert other.reading_log.days()[0] == library.reading_log.days()[0]
        assert other.find("https://example.net/") == other.find("https://example.org/1")
        assert other.check() == ()


def test_copies_that_were_brought_up_apart_are_one_library(old: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "library.db").write_bytes((old / "library.db").read_bytes())
    with Library.open(old) as one, Library.open(copy) as other:
        one.set_title(1, "Mine")
        other.tags.add([1], "theirs")
        one.history.apply(other.history.export(one.history.known()))
        other.history.apply(one.history.export(other.history.known()))
        assert one.article(1) == other.article(1)
        assert (one.article(1).title, "theirs" in one.article(1).tags) == ("Mine", True)
        assert one.article(1).views == 5
        assert one.counts() == other.counts()


def test_an_unknown_verb_of_a_newer_reader_is_still_a_step(library: Library) -> None:
    library.set_title(1, "Newer")
    with library._database.writing() as connection:
        connection.execute("UPDATE change_group SET verb = 'of tomorrow' WHERE undone = 0")
        assert rows(connection, "SELECT count(*) FROM change_group WHERE undone = 0") == [(8,)]
    assert library.history.undo() is not None
    assert library.article(1).title == "One"
