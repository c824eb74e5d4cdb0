"""Two databases of one library become one, by the log, whichever is merged into the other."""

import json
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.library.articles import versions
from reader.library.library import Library
from reader.library.repair import merging
from reader.library.repair.merging import Came, Merged
from reader.library.repair.texts import UNREADABLE
from reader.model import Article, Clipping, Edit, FailureKind, State

Making = Callable[[str], Library]


@pytest.fixture
def copied(library: Library, tmp_path: Path) -> Iterator[Making]:
    """Give a function that opens a copy of the library, as it is now, in another folder."""
    made: list[Library] = []

    def copy(name: str) -> Library:
        folder = tmp_path / name
        folder.mkdir()
        library.backup(folder / "library.db")
        made.append(Library.open(folder))
        return made[-1]

    yield copy
    for each in made:
        each.close()


def clipping(number: int, **told: object) -> Clipping:
    made = Clipping(
        f"https://example.org/{number}", f"Title {number}", html=f"<p>Text {number}</p>", words=2,
        tags=("art",), source=b"the page", source_type="text/html",
    )  # fmt: skip
    return made._replace(**told)  # type: ignore[arg-type]


def merge(library: Library, other: Library) -> Merged:
    file = other.folder / "library.db"
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return merging.merge_into(library._database, connection)
    finally:
        connection.close()


def held(library: Library) -> dict[str, Any]:
    """Return all that people see of a library, by uid, with all texts."""

    def texts(article: Article) -> set[str]:
        versions = library.texts.versions(article.id)
        return {article.html, *(library.texts.html(article.id, each.id) for each in versions)} - {
            ""
        }

    articles = [library.article(id) for (id,) in library._all("SELECT id FROM article")]
    assert library.check() == ()
    found: dict[str, Any] = {
        each.uid: (each._replace(id=0, tags=tuple(sorted(each.tags))), texts(each))
        for each in articles
    }
    return found | {"saved": [(each.name, each.question) for each in library.saved.all()]}


def log_of(library: Library) -> list[tuple[Any, ...]]:
    return library._all("SELECT entity, field, new, stamp, device, seq FROM change ORDER BY 1, 2")


def both_ways(library: Library, other: Library, tmp_path: Path) -> dict[str, Any]:
    """Merge in both directions, each twice; return what both have."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for source, folder in zip((library, other), folders, strict=True):
        folder.mkdir()
        source.backup(folder / "library.db")
    with Library.open(folders[0]) as one, Library.open(folders[1]) as two:
        merge(one, other)
        merge(two, library)
        first = held(one)
        assert first == held(two)
        before = log_of(one)
        assert merge(one, other) == Merged(0)
        assert log_of(one) == before
        return first


# ---- fields


def test_the_later_of_each_field_counts(library: Library, copied: Making, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        library.add(clipping(number))
    other = copied("other")
    library.set_title(1, "Here first")
    other.set_title(1, "There later")
    other.set_state([2], State.ARCHIVE)
    library.set_favourite([2], True)
    library.tags.add([3], "here")
    other.tags.add([3], "there")
    other.saved.add("Search", "tag:there")
    both_ways(library, other, tmp_path)
    found = merge(library, other)
    assert library.article(1).title == "There later"
    article = library.article(2)
    assert (article.state, article.favourite) == (State.ARCHIVE, True)
    assert set(library.article(3).tags) == {"art", "here", "there"}
    assert {(each.title, each.fields) for each in found.articles} == {
        ("There later", ("title",)), ("Title 2", ("state",)), ("Title 3", ("tags",))
    }  # fmt: skip
    assert (found.added, found.changed) == (0, 3)


def test_an_earlier_copy_changes_nothing(library: Library, copied: Making) -> None:
    library.add(clipping(1))
    library.add(clipping(2))
    other = copied("other")
    library.set_title(1, "Later")
    library.set_state([2], State.TRASH)
    library.trash.delete([2])
    before, log = held(library), log_of(library)
    connection = apsw.Connection(str(other.folder / "library.db"))
    with library._database.reading() as here:
        assert merging.new_rows(here, connection) == 0
    connection.close()
    assert merge(library, other) == Merged(0)
    assert (held(library), log_of(library)) == (before, log)


def test_new_rows_are_counted_without_writing(library: Library, copied: Making) -> None:
    library.add(clipping(1))
    other = copied("other")
    other.set_title(1, "There")
    before = log_of(library)
    connection = apsw.Connection(str(other.folder / "library.db"))
    with library._database.reading() as here:
        assert merging.new_rows(here, connection) > 0
    connection.close()
    assert log_of(library) == before


def test_no_text_is_lost(library: Library, copied: Making, tmp_path: Path) -> None:
    library.add(clipping(1))
    other = copied("other")
    library.edit("Edited", [Edit(1, text=Clipping("", html="<p>Here</p>", words=1))])
    other.edit("Edited", [Edit(1, text=Clipping("", html="<p>There</p>", words=1))])
    found = both_ways(library, other, tmp_path)
    article, texts = found[library.article(1).uid]
    assert article.html == "<p>There</p>"
    assert texts == {"<p>Text 1</p>", "<p>Here</p>", "<p>There</p>"}


# ---- articles


def test_articles_of_both_are_there_and_one_page_is_one_article(
    library: Library, copied: Making, tmp_path: Path
) -> None:
    other = copied("other")
    library.add(clipping(1))
    other.add(clipping(2))
    library.add(clipping(3, html="<p>Here</p>"))
    other.add(clipping(3, html="<p>There</p>"))
    found = both_ways(library, other, tmp_path)
    articles = [each for name, each in found.items() if name != "saved"]
    assert sorted(each.title for each, _ in articles) == ["Title 1", "Title 2", "Title 3"]
    assert {"<p>Here</p>", "<p>There</p>"} in [texts for _, texts in articles]
    came = merge(library, other)
    assert Came(library.article(library.find("https://example.org/2") or 0).uid, "Title 2", (),
                is_new=True) in came.articles  # fmt: skip


def test_what_was_deleted_later_stays_deleted_and_what_was_restored_later_lives(
    library: Library, copied: Making, tmp_path: Path
) -> None:
    for number in (1, 2):
        library.add(clipping(number))
    other = copied("other")
    other.set_title(1, "Changed before")
    library.set_state([1, 2], State.TRASH)
    library.trash.delete([1, 2])
    other.set_title(2, "Changed later")
    other.set_state([2], State.ARCHIVE)
    found = both_ways(library, other, tmp_path)
    assert [each.title for each, _ in (found[uid] for uid in found if uid != "saved")] == [
        "Changed later"
    ]


def test_a_secret_stays_deleted(library: Library, copied: Making) -> None:
    library.add(clipping(1, title="Secret", aliases=("https://secret.example/",)))
    other = copied("other")
    library.set_state([1], State.TRASH)
    library.trash.delete([1])
    merge(library, other)
    told = str(library._all("SELECT * FROM change")) + str(library._all("SELECT * FROM arrived"))
    assert "ecret" not in told


# ---- after a repair


def test_what_a_damaged_library_lost_comes_from_the_copy(
    library: Library, copied: Making, tmp_path: Path
) -> None:
    for number in range(1, 6):
        library.add(clipping(number))
    library.set_title(2, "Mine")
    other = copied("other")
    before = held(other)
    with library._database.writing() as connection:
        for table, key in (("article_tag", "article"), ("content", "article"), ("article", "id")):
            connection.execute(f"DELETE FROM {table} WHERE {key} IN (1, 2)")
        connection.execute("DELETE FROM change WHERE entity IN (SELECT uid FROM article "
                           "WHERE id = 3) AND field <> 'created'")  # fmt: skip
        connection.execute(
            "DELETE FROM change WHERE entity NOT IN (SELECT uid FROM article) "
            "AND entity NOT LIKE '%/%' AND field = 'created'"
        )
        digest = merging._LOST
        connection.execute("UPDATE content SET html = ?, sha256 = ? WHERE article = 4",
                           (UNREADABLE, digest))  # fmt: skip
        connection.execute("UPDATE content SET html = '<p>flip</p>' WHERE article = 5")
    found = merge(library, other)
    assert held(library) == before
    assert found.added == 2
    assert {each.fields for each in found.articles if not each.is_new} == {("text",), ("tags",)}
    assert merge(library, other) == Merged(0)


def test_texts_that_are_lost_without_a_trace_come_from_the_copy(
    library: Library, copied: Making
) -> None:
    for number in range(1, 4):
        library.add(clipping(number))
    library.edit("Edited", [Edit(2, text=Clipping("", html="<p>Edited</p>", words=1))])
    other = copied("other")
    before = held(other)
    with library._database.writing() as connection:
        connection.execute("DELETE FROM content")
        connection.execute("DELETE FROM version")
    found = merge(library, other)
    assert held(library) == before
    assert {each.fields for each in found.articles} == {("source", "text")}
    assert merge(library, other) == Merged(0)


def test_a_damaged_row_of_the_log_leaves_the_other_articles_alone(
    library: Library, copied: Making
) -> None:
    for number in (1, 2):
        library.add(clipping(number))
        library.reading_log.count_view(number)
    other = copied("other")
    other.set_title(1, "There 1")
    other.set_title(2, "There 2")
    with library._database.writing() as connection:
        uid = library.article(1).uid
        sql = "UPDATE change SET new = 'x' WHERE entity = ? AND field LIKE 'views/%'"
        connection.execute(sql, (uid,))
    merge(library, other)
    assert library.article(2).title == "There 2"


@pytest.mark.parametrize("is_cut", [True, False])
def test_a_text_under_the_id_of_another_article_loses_against_that_of_the_copy(
    library: Library, copied: Making, is_cut: bool
) -> None:
    for number in range(1, 4):
        library.add(clipping(number))
    other = copied("other")
    before = held(other)
    with library._database.writing() as connection:
        sql = "SELECT html, sha256 FROM content WHERE article = 1"
        html, digest = connection.execute(sql).fetchone() or ("", b"")
        html = html[:5] if is_cut else html
        sql = "UPDATE content SET html = ?, sha256 = ? WHERE article = 2"
        connection.execute(sql, (html, digest))
    assert [each.fields for each in merge(library, other).articles] == [("text",)]
    assert held(library) == before
    assert merge(library, other) == Merged(0)


def test_what_only_the_other_has_beside_the_log_is_taken(library: Library, copied: Making) -> None:
    id = library.add(Clipping("https://example.org/1", "Waits")).id
    other = copied("other")
    other.downloads.note_failure(id, FailureKind.OFFLINE)
    merge(library, other)
    failure = library.article(id).failure
    assert failure is not None and failure.kind is FailureKind.OFFLINE


def test_undo_steps_come_if_there_are_none(library: Library, copied: Making) -> None:
    library.add(clipping(1))
    library.set_title(1, "Renamed")
    other = copied("other")
    with library._database.writing() as connection:
        connection.execute("DELETE FROM change WHERE step IS NOT NULL")
        connection.execute("DELETE FROM change_group")
    merge(library, other)
    library.history.undo()
    assert library.article(1).title == "Title 1"


def test_a_past_of_the_same_device_reuses_no_number(library: Library, tmp_path: Path) -> None:
    library.add(clipping(1))
    file = library.folder / "library.db"
    library.backup(tmp_path / "past.db")
    library.set_title(1, "Lost by the replacement")
    library.backup(tmp_path / "lost.db")
    library.close()
    shutil.copy(tmp_path / "past.db", file)
    with Library.open(library.folder) as again:
        again.set_title(1, "Now")
        again.set_favourite([1], True)
        connection = apsw.Connection(str(tmp_path / "lost.db"))
        merging.merge_into(again._database, connection)
        connection.close()
        again.set_state([1], State.ARCHIVE)
        numbers = again._all("SELECT device, seq FROM change")
        assert len(set(numbers)) == len(numbers)
        assert again.article(1).title == "Now"


# ---- any history

_TITLES = st.sampled_from(["A", "B", "C"])
_DOING = st.one_of(
    st.tuples(st.just("title"), st.integers(1, 3), _TITLES),
    st.tuples(st.just("favourite"), st.integers(1, 3), st.booleans()),
    st.tuples(st.just("state"), st.integers(1, 3), st.sampled_from([*State])),
    st.tuples(st.just("tag"), st.integers(1, 3), _TITLES),
    st.tuples(st.just("untag"), st.integers(1, 3), _TITLES),
    st.tuples(st.just("text"), st.integers(1, 3), _TITLES),
    st.tuples(st.just("delete"), st.integers(1, 3), st.none()),
    st.tuples(st.just("add"), st.integers(1, 5), _TITLES),
    st.tuples(st.just("undo"), st.just(1), st.none()),
)


def do(library: Library, what: str, number: int, value: Any) -> None:
    id = library.find(f"https://example.org/{number}")
    if what == "add":
        library.add(clipping(number, html=f"<p>Text {number} {value}</p>"))
    elif what == "undo":
        library.history.undo()
    elif id is None:
        return
    elif what == "title":
        library.set_title(id, value)
    elif what == "favourite":
        library.set_favourite([id], value)
    elif what == "state":
        library.set_state([id], value)
    elif what == "tag":
        library.tags.add([id], value)
    elif what == "untag":
        library.tags.change([id], added=[], removed=[value])
    elif what == "text":
        text = Clipping("", html=f"<p>Edited {value}</p>", words=2)
        library.edit("Edited", [Edit(id, text=text)])
    else:
        library.set_state([id], State.TRASH)
        library.trash.delete([id], without_copy=True)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.booleans(), _DOING), max_size=12))
def test_any_history_on_both_sides_merges_to_the_later_of_each_field(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[bool, tuple[str, int, Any]]]
) -> None:  # fmt: skip
    root = tmp_path_factory.mktemp("merged")
    (root / "there").mkdir()
    with Library.open(root / "here") as here:
        for number in (1, 2, 3):
            here.add(clipping(number))
        here.backup(root / "there" / "library.db")
        with Library.open(root / "there") as there:
            for is_here, doing in told:
                do(here if is_here else there, *doing)
            both_ways(here, there, root)


@pytest.mark.parametrize("damaged", ['{"url', "[1]", "[" * 9999])
def test_a_damaged_creation_in_the_log_is_taken_from_the_other(
    library: Library, copied: Making, damaged: str
) -> None:
    library.add(clipping(1))
    other = copied("other")
    sql = "UPDATE change SET new = ? WHERE field = 'created'"
    library._database.connection.execute(sql, (damaged,))
    merge(library, other)
    ((new,),) = library._all("SELECT DISTINCT new FROM change WHERE field = 'created'")
    assert json.loads(new)["url"] == "https://example.org/1"


def test_damaged_versions_and_kept_pages_come_from_the_copy(
    library: Library, copied: Making
) -> None:
    for number in range(1, 4):
        library.add(clipping(number))
        library.edit("Edited", [Edit(number, text=Clipping("", html=f"<p>Edited {number}</p>"))])
    other = copied("other")
    before = held(other)
    with library._database.writing() as connection:
        connection.execute("UPDATE version SET html = x'00' WHERE article = 1")
        connection.execute(
            "UPDATE version SET sha256 = CAST(x'00' || id AS BLOB) WHERE article = 2"
        )
        connection.execute("UPDATE content SET source = zeroblob(9) WHERE article = 3")
    assert [each.fields for each in merge(library, other).articles] == [("source",)]
    assert held(library) == before
    packed = _rows(library, "SELECT sha256, html FROM version")
    assert all(versions.digest_of(zlib.decompress(html).decode()) == told for told, html in packed)
    assert merge(library, other) == Merged(0)


def test_the_names_of_pictures_come_from_the_copy(library: Library, copied: Making) -> None:
    library.add(clipping(1, pictures=("0" * 64 + ".png",)))
    other = copied("other")
    with library._database.writing() as connection:
        connection.execute("DELETE FROM article_image")
    merge(library, other)
    sql = "SELECT article, name FROM article_image"
    assert _rows(library, sql) == _rows(other, sql) != []


def test_a_single_text_is_no_version(library: Library, copied: Making) -> None:
    library.add(clipping(1))
    other = copied("other")
    other.set_title(1, "There")
    merge(library, other)
    assert _rows(library, "SELECT id FROM version") == []


def _rows(library: Library, sql: str) -> list[Any]:
    return library._database.connection.execute(sql).fetchall()
