"""What is certain heals by itself; everything else stays as it is and is told."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import apsw
import pytest
from tests.damaging import flip, unheard
from tests.library.conftest import add_text, ask
from tests.library.highlights.test_store import mark

from reader.damage import Damage, Kind, healed
from reader.entries import Highlight
from reader.errors import LibraryReadOnly
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.repair import healing
from reader.library.store import seals
from reader.model import Clipping, State
from reader.progress import silent


def _file(library: Library) -> Path:
    return library.folder / "library.db"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library with articles, tags, versions, steps and saved searches."""
    folder = tmp_path_factory.mktemp("full")
    with Library.open(folder) as library:
        ids = [add_text(library, f"word{n} of it", f"Title {n}", site="a site", language="en",
                        byline="Someone", published_at="2026-01-02", source=b"what came" * 9)
               for n in range(4)]  # fmt: skip
        library.add(Clipping(library.article(ids[0]).url, html="<p>Another text</p>"))
        library.tags.add(ids[:2], "art/old")
        library.set_state(ids[:1], State.ARCHIVE, done=True)
        library.set_favourite(ids[1:2], True)
        library.saved.add("Found", "site:example.site")
        mark(library, ids[0], Highlight("word0", "a note", "green", ("label",), "2026-01-02",
                                        "before", "after"))  # fmt: skip
        assert library.check() == ()
    return folder


def _columns() -> Iterator[tuple[str, str]]:
    tables = (
        "article", "content", "version", "change", "change_group", "tag", "saved", "device",
        "highlight",
    )  # fmt: skip
    with TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        for table in seals.tables(library._database.connection).values():
            if table.name in tables:
                own = {"id", "article", "number", "uid" if table.name == "saved" else ""}
                yield from ((table.name, each) for each in table.columns if each not in own)


@pytest.mark.parametrize(("table", "column"), [*_columns()])
def test_a_flipped_bit_of_a_value_is_put_right(
    full: Path, tmp_path: Path, table: str, column: str
) -> None:
    shutil.copytree(full, tmp_path / "flipped")
    file = tmp_path / "flipped" / "library.db"
    before = _content(file)
    if not flip(file, table, column, bit=6):
        pytest.skip("empty in this library")
    if _is_float(file, table, column):
        pytest.skip("more than one bit")
    with Library.open(tmp_path / "flipped") as library:
        outcome = library.checkup.check_and_heal()
        assert outcome.damage == ()
        assert any(each.table == table and column in each.columns for each in outcome.healed)
        assert healed(outcome.healed).endswith(".")
        assert library.check() == ()
    assert _content(file) == before


def _is_float(file: Path, table: str, column: str) -> bool:
    with closing(apsw.Connection(str(file))) as connection:
        sql = f"SELECT typeof({column}) FROM {table} LIMIT 1"
        return bool(connection.execute(sql).get == "real")


def _content(file: Path) -> dict[str, Any]:
    with closing(apsw.Connection(str(file))) as connection:
        return {
            each.name: connection.execute(f"SELECT {each.read()} FROM {each.name} AS t").fetchall()
            for each in seals.tables(connection).values()
            if each.name != "setting"
        }


def test_counts_are_corrected_and_told(library: Library) -> None:
    add_text(library, "one")
    with apsw.Connection(str(_file(library))) as disk:
        disk.execute("UPDATE tally SET articles = 7 WHERE shelf = 'queue'")
        disk.execute("INSERT INTO facet VALUES ('site', 'nowhere', 3)")
    outcome = library.checkup.check_and_heal()
    assert outcome.damage == ()
    assert healed(outcome.healed) == "2 counts were corrected."
    assert library.counts().queue == 1


def test_counts_that_depend_on_others_are_corrected_at_once(library: Library) -> None:
    library.add(Clipping("https://example.org/1", "Tagged", html="<p>x</p>", tags=("art",)))
    with unheard(library._database.connection):
        for sql in (
            "DELETE FROM tag_within",
            "DELETE FROM tag_shelf",
            "UPDATE tag SET articles = 0",
        ):
            library._database.connection.execute(sql)
    assert library.checkup.check_and_heal().damage == ()
    assert library.check() == ()


def test_a_damaged_index_is_rebuilt_and_writing_goes_on(library: Library) -> None:
    ids = [add_text(library, f"word{n}", f"Title {n}") for n in range(3)]
    _drop_entries(_file(library), "state_by_title")
    assert {each.kind for each in library.check()} == {Kind.INDEX}
    assert library.is_damaged
    with pytest.raises(LibraryReadOnly, match="damaged"):
        library.set_favourite(ids, True)
    outcome = library.checkup.check_and_heal()
    assert (outcome.damage, healed(outcome.healed)) == ((), "1 index was rebuilt.")
    assert not library.is_damaged
    assert library.set_favourite(ids, True) == 3
    assert library.check() == ()


def test_a_damaged_index_is_rebuilt_by_a_later_run_too(new_library: Path) -> None:
    with Library.open(new_library) as library:
        id = add_text(library, "word")
        _drop_entries(_file(library), "state_by_title")
        assert library.check() != ()
    with Library.open(new_library) as library:
        assert library.read_only
        assert library.checkup.check_and_heal().damage == ()
    with Library.open(new_library) as library:
        assert library.set_favourite([id], True) == 1


def _drop_entries(file: Path, index: str) -> None:
    """Empty an index, as a lost page does."""
    with closing(apsw.Connection(str(file))) as disk:
        sql = disk.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (index,)).get
        disk.execute("PRAGMA writable_schema = ON")
        disk.execute(
            "UPDATE sqlite_schema SET sql = sql || ' AND 0' WHERE name = ?"
            if "WHERE" in sql
            else "UPDATE sqlite_schema SET sql = sql || ' WHERE 0' WHERE name = ?",
            (index,),
        )
    with closing(apsw.Connection(str(file))) as disk:
        disk.execute(f"REINDEX {index}")
        disk.execute("PRAGMA writable_schema = ON")
        disk.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, index))


def test_the_search_index_is_rebuilt(library: Library) -> None:
    ids = [add_text(library, f"word{n}", f"Title {n}") for n in range(3)]
    with apsw.Connection(str(_file(library))) as disk:
        disk.execute("DELETE FROM search WHERE rowid = ?", (ids[1],))
    outcome = library.checkup.check_and_heal()
    assert (outcome.damage, healed(outcome.healed)) == ((), "The search index was rebuilt.")
    assert ask(library, "word1") == [ids[1]]


def test_an_index_with_entries_of_another_article_is_rebuilt(library: Library) -> None:
    ids = [add_text(library, f"word{n}", f"Title {n}") for n in range(3)]
    with apsw.Connection(str(_file(library))) as disk:
        sql = "INSERT OR REPLACE INTO search (rowid, title) VALUES (?, 'zinc')"
        disk.execute(sql, (ids[1],))
    assert {each.kind for each in library.check()} == {Kind.SEARCH}
    assert library.checkup.check_and_heal().damage == ()
    assert ask(library, "word1") == [ids[1]]


def test_a_value_that_nothing_proves_stays_and_is_told(library: Library) -> None:
    id = add_text(library, "one", "A title of some length")
    with apsw.Connection(str(_file(library))) as disk, unheard(disk):
        disk.execute("UPDATE content SET source_type = 'what the disk made of it'")
    (left,) = library.checkup.check_and_heal().damage
    assert (left.kind, left.article, left.columns) == (Kind.SOURCE, id, ("source_type",))


def test_a_row_that_is_gone_and_a_text_come_from_a_copy(library: Library) -> None:
    id = add_text(library, "one " * 9)
    library.tags.add([id], "art")
    library.backups.take(Reason.ASKED)
    with apsw.Connection(str(_file(library))) as disk, unheard(disk):
        disk.execute("DELETE FROM article_tag")
        disk.execute("UPDATE content SET html = 'something else'")
    outcome = library.checkup.check_and_heal()
    assert {each.kind for each in outcome.healed} >= {Kind.GONE, Kind.TEXT}
    assert outcome.damage == ()
    assert library.article(id).tags == ("art",)
    assert library.article(id).html == f"<p>{'one ' * 9}</p>"


def test_a_picture_comes_from_a_folder_of_copies_if_its_bytes_are_right(
    library: Library, tmp_path: Path
) -> None:
    names = [library.keep_picture(each, "png") for each in (b"one", b"two")]
    add_text(library, "one", pictures=tuple(names))
    (library.folder / "images" / names[0]).write_bytes(b"onf")
    (library.folder / "images" / names[1]).unlink()
    (tmp_path / names[0]).write_bytes(b"one")
    (tmp_path / names[1]).write_bytes(b"something else")
    damage = library.check()
    where = library.folder / "images"
    found = healing.heal(library._database, where, damage, ([], [tmp_path]), silent)
    assert [each.detail for each in found] == [names[0]]
    assert [each.kind for each in library.check()] == [Kind.PICTURE_MISSING]


def test_a_missing_picture_comes_from_the_newest_copy(library: Library) -> None:
    name = library.keep_picture(b"picture", "png")
    add_text(library, "one", pictures=(name,))
    library.backups.take(Reason.ASKED)
    (library.folder / "images" / name).unlink()
    outcome = library.checkup.check_and_heal()
    assert (outcome.damage, healed(outcome.healed)) == ((), "1 missing picture was restored.")
    assert (library.folder / "images" / name).read_bytes() == b"picture"


def test_a_copy_is_taken_before_something_is_put_right(library: Library) -> None:
    add_text(library, "one", "A title")
    assert flip(_file(library), "article", "title")
    assert library.checkup.check_and_heal().damage == ()
    assert [each.reason for each in library.backups.all()] == [Reason.REPAIR]


def test_a_picture_that_is_added_again_replaces_its_damaged_file(library: Library) -> None:
    name = library.keep_picture(b"picture", "png")
    add_text(library, "one", pictures=(name,))
    file = library.folder / "images" / name
    file.write_bytes(b"pictvre")
    assert [each.kind for each in library.check()] == [Kind.PICTURE_CHANGED]
    assert library.keep_picture(b"picture", "png") == name
    assert file.read_bytes() == b"picture"
    assert library.check() == ()


@pytest.mark.parametrize("change", ["sums = x'0102'", "one = 77", "relation = 7"])
def test_a_damaged_seal_is_made_again_and_its_row_believed(library: Library, change: str) -> None:
    id = add_text(library, "one", "A title")
    number = seals.tables(library._database.connection)["article"].number
    with apsw.Connection(str(_file(library))) as disk:
        disk.execute(f"UPDATE seal SET {change} WHERE relation = {number} AND one = ?", (id,))
    assert {each.kind for each in library.check()} == {Kind.DERIVED}
    assert library.checkup.check_and_heal().damage == ()
    assert flip(_file(library), "article", "title")
    assert [each.columns for each in library.check() if each.article] == [("title",)]


def test_nothing_is_written_if_nothing_is_damaged(library: Library) -> None:
    add_text(library, "one")
    assert library.check() == ()
    before = library.version()
    assert library.checkup.check_and_heal() == ((), ())
    assert library.version() == before


def test_what_is_healed_is_counted_in_one_sentence() -> None:
    found = [Damage(Kind.DERIVED, detail="tally"), Damage(Kind.TEXT, 1), Damage(Kind.TEXT, 2)]
    assert healed(found) == "2 texts were restored, 1 count was corrected."
    assert healed([]) == ""
