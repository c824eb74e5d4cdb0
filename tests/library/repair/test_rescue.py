"""Whatever page is damaged, all other rows are in the library that is written anew."""

import random
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import pytest
from tests.damaging import PAGE, one_of_each, overwrite, pages, unheard

from reader.anchor import Anchor
from reader.damage import Kind
from reader.errors import LibraryError, NotALibrary
from reader.library.articles import versions
from reader.library.library import Library
from reader.library.repair import rescue, texts
from reader.library.search.query_parser import question
from reader.library.store import migrate
from reader.library.store.database import rows
from reader.model import Clipping, Edit, Query, State
from reader.progress import Cancelled, silent

_COUNT = 60
_MADE_LATER = {
    "fingerprint", "term", "completion", "unsearched", "tag_mark", "search_word", "seal",
    "unsealed",
}  # fmt: skip


def _fill(library: Library) -> None:
    for number in range(1, _COUNT + 2):
        text = f"<p>{f'word{number} ' * 60}</p>"
        clipping = Clipping(f"https://example.org/{number}", f"Title {number}", html=text, words=60)
        library.add(clipping._replace(
            source=b"source", tags=(f"art/{number % 7}", "bees"), aliases=(f"short:{number}",),
            site="Site", language="en",
        ))  # fmt: skip
    library.add(Clipping("https://example.org/1", html="<p>newer</p>"))
    library.set_state([2, 3], State.ARCHIVE, done=True)
    library.set_state([4, _COUNT + 1], State.TRASH)
    library.trash.delete([_COUNT + 1])
    library.set_favourite([5], True)
    library.saved.add("Bees", "tag:bees")
    library.duplicates.tell_apart(6, 7)
    library.reading_log.note("2026-01-01", 8, 60, 100)
    library.history.undo()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    with Library.open(folder) as library, library.together():
        _fill(library)
    return folder / "library.db"


@pytest.fixture
def damaged(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole.parent, tmp_path / "damaged")) / "library.db"


def _dump(file: Path) -> dict[str, list[Any]]:
    connection = apsw.Connection(str(file))
    connection.execute("BEGIN; DELETE FROM change_group WHERE undone = 3")  # the repair itself
    try:
        return {
            name: rows(connection, f'SELECT * FROM "{name}"')
            for _, name, kind, *_ in rows(connection, "PRAGMA main.table_list")
            if kind == "table" and name not in _MADE_LATER and not name.startswith("sqlite_")
        }
    finally:
        connection.close()


def _schema(file: Path) -> list[Any]:
    with closing(apsw.Connection(str(file))) as connection:
        return sorted(rows(connection, "SELECT type, name, coalesce(sql, '') FROM sqlite_schema"))


def _leaf(file: Path, owner: str, which: int = 1) -> int:
    return [page for page in pages(file) if (page.owner, page.kind) == (owner, "leaf")][
        which
    ].number


def _articles(file: Path) -> dict[int, Any]:
    with Library.open(file.parent, create=False) as library:
        assert library.check() == ()
        ids = [*library.ids(Query()), *library.ids(Query(State.TRASH))]
        return {id: library.article(id) for id in ids}


# ---- what is whole


def test_a_whole_library_is_written_anew_row_by_row(whole: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "library.db"
    assert rescue.rewrite(whole, fresh, silent).lost == 0
    assert _dump(fresh) == _dump(whole)
    assert _schema(fresh) == _schema(whole)
    with Library.open(tmp_path) as library:
        assert library.check() == ()
        assert library.history.undo_text() == "Saved the search “Bees”"
        library.search.prepare(silent)
        assert library.search.ids(question("word9")) == [9]
        assert library.add(Clipping("https://example.org/new")).id == _COUNT + 2, "of none before"


@pytest.mark.parametrize("version", [1, 8, migrate.newest() - 1])
def test_an_older_library_is_brought_up_on_the_way(tmp_path: Path, version: int) -> None:
    old = apsw.Connection(str(tmp_path / "old.db"))
    migrate.make(old, version)
    names = [name for name, _, may_be_null in _columns(old) if not may_be_null]
    values = ", ".join("1" if name == "id" else "'queue'" for name in names)
    old.execute(f"INSERT INTO article ({', '.join(names)}) VALUES ({values})")
    old.close()
    assert rescue.rewrite(tmp_path / "old.db", tmp_path / "library.db", silent).lost == 0
    with Library.open(tmp_path) as library:
        assert library._database.connection.pragma("user_version") == migrate.newest()
        assert (library.article(1).title, library.counts().queue) == ("queue", 1)


def _columns(connection: apsw.Connection) -> list[tuple[str, str, bool]]:
    found = rows(connection, "PRAGMA table_info(article)")
    return [(name, kind, not not_null or default is not None)
            for _, name, kind, not_null, default, _ in found]  # fmt: skip


# ---- what is not


_KEPT = ("article", "content", "version", "alias", "article_tag", "reading", "saved", "setting")


def test_of_every_page_but_the_damaged_one_all_rows_are_kept(whole: Path, tmp_path: Path) -> None:
    before = _dump(whole)
    leaves = [page for page in pages(whole) if page.owner in _KEPT and page.kind == "leaf"]
    chosen = [page for page in one_of_each(whole) if page.owner in _KEPT]
    for number, page in enumerate(chosen):
        file = Path(shutil.copytree(whole.parent, tmp_path / str(number))) / "library.db"
        overwrite(file, page.number)
        mended = rescue.mend(file, silent, with_loss=True)
        assert mended.aside is not None, page
        after = _dump(file)
        missing = {name: {*before[name]} - {*after[name]} for name in {*_KEPT} - {"article"}}
        assert not any(rows for name, rows in missing.items() if name != page.owner), page
        assert mended.rows or not missing.get(page.owner), page
        if page.kind == "leaf" and page.owner in missing:
            share = len(before[page.owner]) / sum(each.owner == page.owner for each in leaves)
            assert len(missing[page.owner]) <= 2 * share + 1, page
        assert _articles(file).keys() == _articles(whole).keys(), page


def test_what_an_index_or_the_log_repeats_is_not_lost(whole: Path, tmp_path: Path) -> None:
    before, articles = _dump(whole), _articles(whole)
    repeated = {"article", "article_tag", "alias", "tag", "article_image", "saved", "apart"}
    chosen = [page for page in pages(whole) if page.owner in repeated]
    for number, page in enumerate(chosen):
        file = Path(shutil.copytree(whole.parent, tmp_path / str(number))) / "library.db"
        overwrite(file, page.number, seed=number)
        mended = rescue.mend(file, silent)
        assert (mended.rows, mended.aside is None) == (0, False), page
        assert _articles(file) == articles, page
        after = _dump(file)
        for name in repeated - {"article", "tag"}:
            assert sorted(after[name]) == sorted(before[name]), page


@pytest.mark.parametrize("which", [0, 1])
def test_a_text_that_is_lost_is_said_so_and_counted(whole: Path, damaged: Path, which: int) -> None:
    before = _articles(whole)
    overwrite(damaged, _leaf(damaged, "content", which), seed=3)
    data = damaged.read_bytes()
    refused = rescue.mend(damaged, silent)
    assert refused.aside is None
    assert damaged.read_bytes() == data
    assert not [*damaged.parent.glob("*.new*"), *damaged.parent.glob("library-damaged-*")]
    mended = rescue.mend(damaged, silent, with_loss=True)
    assert mended.aside is not None and mended.aside.read_bytes() == data
    after = _articles(damaged)
    lost = {id for id in before if after[id].html == texts.UNREADABLE}
    older = {each.article for each in mended.findings.damaged if each.detail == "older"}
    assert 0 < len(lost | older) == mended.rows == refused.rows < _COUNT // 2
    assert all("word" in after[id].html for id in older), "the text before the last"
    assert {id: after[id] for id in before if id not in lost | older} == {
        id: before[id] for id in before if id not in lost | older
    }
    assert {after[id].title for id in lost} == {before[id].title for id in lost}
    with Library.open(damaged.parent) as library:
        assert {library.texts.source(id).data for id in lost} == {b""}


def test_a_text_whose_article_is_lost_gets_one(whole: Path, damaged: Path) -> None:
    before = _articles(whole)
    overwrite(damaged, _leaf(damaged, "article"))
    for page in pages(whole):
        if page.owner == "change":  # or it would be made again from the log
            overwrite(damaged, page.number)
    mended = rescue.mend(damaged, silent, with_loss=True)
    after = _articles(damaged)
    lost = {id for id in before if after[id].url == f"lost:{id}"}
    found = {each.table: each.lost for each in mended.findings.tables}
    assert len(lost) == found["article"] > 1
    for id in lost:
        title = " ".join([f"word{id}"] * 60)[:80]
        assert (after[id].html, after[id].title.strip()) == (before[id].html, title.strip())
        assert (after[id].words, after[id].state, after[id].tags) == (
            60, State.QUEUE, before[id].tags)  # fmt: skip
        assert after[id].added_at and after[id].downloaded_at
    assert all(after[id] == before[id] for id in before if id not in lost)


def test_nothing_is_lost_with_an_index_or_what_can_be_made_again(
    whole: Path, damaged: Path
) -> None:
    before = _dump(whole)
    for owner in ("tally", "facet", "tag_shelf", "queue_by_standing"):
        overwrite(damaged, [page for page in pages(whole) if page.owner == owner][-1].number)
    mended = rescue.mend(damaged, silent)
    assert (mended.rows, mended.aside is None) == (0, False)
    assert _dump(damaged) == before


def test_sums_of_days_that_are_lost_are_made_again(whole: Path, damaged: Path) -> None:
    overwrite(damaged, _leaf(damaged, "day", 0))
    assert rescue.mend(damaged, silent).rows == 0
    assert _dump(damaged)["day"] == _dump(whole)["day"]


def _make_nonsense_of_a_state(damaged: Path, *, has_seals: bool) -> None:
    with closing(apsw.Connection(str(damaged))) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in rows(connection, "SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE article SET state = 'nonsense' WHERE id = 2")
        if not has_seals:
            connection.execute("DELETE FROM seal")


@pytest.mark.parametrize("has_seals", [True, False])
def test_a_state_that_there_is_not_is_that_of_its_seal_or_the_queue(
    damaged: Path, has_seals: bool
) -> None:
    _make_nonsense_of_a_state(damaged, has_seals=has_seals)
    rescue.mend(damaged, silent)
    with Library.open(damaged.parent) as library:
        assert library.article(2).state is (State.ARCHIVE if has_seals else State.QUEUE)
        assert library.article(3).state is State.ARCHIVE
        assert library.check() == ()


def test_a_text_larger_than_any_counts_as_lost(
    damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(apsw.Connection(str(damaged))) as connection, unheard(connection):
        sql = "UPDATE content SET html = CAST(zeroblob(90000) AS TEXT) WHERE article = 9"
        connection.execute(sql)
    monkeypatch.setattr(versions, "LARGEST_BYTES", 80_000)
    found = rescue.mend(damaged, silent, with_loss=True).findings
    assert [(each.kind, each.article) for each in found.damaged] == [(Kind.TEXT, 9)]
    assert [each.half for each in found.tables if each.table == "content"] == [1]


def test_the_report_names_what_a_check_finds_afterwards(damaged: Path) -> None:
    with closing(apsw.Connection(str(damaged))) as connection, unheard(connection):
        connection.execute("UPDATE version SET html = x'00'")
        connection.execute("UPDATE content SET source = zeroblob(9) WHERE article = 9")
    found = rescue.mend(damaged, silent, with_loss=True).findings.damaged
    with Library.open(damaged.parent) as library:
        assert set(library.check()) == set(found)
    assert {each.kind for each in found} == {Kind.VERSION, Kind.SOURCE}


def test_an_article_made_again_gets_no_text_of_a_deleted_one(damaged: Path) -> None:
    with closing(apsw.Connection(str(damaged))) as connection, unheard(connection):
        connection.execute("DELETE FROM article WHERE id >= 50")
        connection.execute("DELETE FROM content WHERE article BETWEEN 50 AND 58")
        connection.execute("DELETE FROM change WHERE field = 'text' OR field LIKE 'version/%'")
        connection.execute("DELETE FROM sqlite_sequence")
    overwrite(damaged, _leaf(damaged, "sqlite_autoindex_article_1", 0))
    overwrite(damaged, _leaf(damaged, "article", 0))
    rescue.mend(damaged, silent, with_loss=True)
    with Library.open(damaged.parent) as library:
        for id in [*library.ids(Query()), *library.ids(Query(State.ARCHIVE))]:
            article = library.article(id)
            number = article.url.rpartition("/")[2]
            if number.isdecimal() and number != "1":
                assert f"word{number} " in article.html or "cannot be read" in article.html


def test_a_text_in_its_place_counts_more_than_a_torn_log(damaged: Path) -> None:
    with Library.open(damaged.parent) as library:
        library.edit("Edited", [Edit(9, text=Clipping("", html="<p>Latest</p>", words=1))])
    with closing(apsw.Connection(str(damaged))) as connection, unheard(connection):
        connection.execute("DELETE FROM change WHERE field = 'text' OR field LIKE 'version/%'")
    overwrite(damaged, _leaf(damaged, "article", 0))
    rescue.mend(damaged, silent, with_loss=True)
    with Library.open(damaged.parent) as library:
        assert library.article(9).html == "<p>Latest</p>"


def test_tags_that_are_lost_are_taken_from_all_articles(whole: Path, damaged: Path) -> None:
    with closing(apsw.Connection(str(damaged))) as connection:
        connection.execute("DELETE FROM tag WHERE name = 'bees'")
    before = _articles(whole)
    rescue.mend(damaged, silent, with_loss=True)
    after = _articles(damaged)
    wanted = {id: {*each.tags} - {"bees"} for id, each in before.items()}
    assert {id: {*each.tags} for id, each in after.items()} == wanted


def test_a_table_that_the_file_no_longer_names_is_found_by_its_shape(
    whole: Path, damaged: Path
) -> None:
    with closing(apsw.Connection(str(damaged))) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_schema WHERE tbl_name = 'alias'")
    mended = rescue.mend(damaged, silent)
    assert (mended.rows, mended.aside is None) == (0, False)
    assert [each.remade for each in mended.findings.tables if each.table == "alias"] == [_COUNT]
    before, after = _dump(whole), _dump(damaged)
    generation = [pair for pair in after["setting"] if pair[0] == "generation"]
    assert generation, "its device writes a new log from now on"
    after["setting"].remove(generation[0])
    after["device"] = [each for each in after["device"] if each[2]]
    assert after == before


# ---- rows of which a part can be read


def _cut_long_rows(file: Path, owner: str) -> None:
    """Damage all rows of a table after their first overflow page."""
    with file.open("r+b") as opened:
        for page in pages(file):
            if (page.owner, page.kind) == (owner, "overflow"):
                opened.seek((page.number - 1) * PAGE)
                opened.write(b"\xff" * 4)  # the number of the next page


@pytest.mark.parametrize("has_log", [True, False])
@pytest.mark.parametrize("long", ["url", "excerpt"])
def test_an_article_that_is_known_in_part_keeps_it_and_is_in_the_queue(
    tmp_path: Path, long: str, has_log: bool
) -> None:
    with Library.open(tmp_path) as library:
        for number in range(3):
            told = {"url": f"https://example.org/{number}", "byline": "", "excerpt": ""}
            if number == 1:
                told[long] += "w" * 20_000
            clipping = Clipping("", f"Title {number}", html="<p>one</p>", words=1, tags=("art",))
            library.add(clipping._replace(**told))  # type: ignore[arg-type]
        library.set_state([2], State.ARCHIVE)
    file = tmp_path / "library.db"
    before = _articles(file)
    log = [page.number for page in pages(file) if page.owner == "change" and not has_log]
    _cut_long_rows(file, "article")
    for number in log:
        overwrite(file, number)
    mended = rescue.mend(file, silent, with_loss=True)
    halves = {each.table: each.half for each in mended.findings.tables}
    assert halves["article"] == (0 if has_log else 1)
    if has_log:
        assert _articles(file) == before
        return
    after = _articles(file)
    assert {id: after[id] for id in (1, 3)} == {id: before[id] for id in (1, 3)}
    found, was = after[2], before[2]
    assert (found.html, found.tags, found.uid) == (was.html, was.tags, was.uid)
    assert found.url == ("lost:2" if long == "url" else was.url)
    assert found.title == ("" if long == "url" else was.title)
    assert (found.byline, found.excerpt) == ("", "")
    assert (found.state, found.position) == (State.QUEUE, Anchor())
    assert found.added_at and found.downloaded_at
    with Library.open(tmp_path) as library:
        assert 2 in library.ids(Query(State.QUEUE))
        assert library.counts().queue == 3


def test_a_text_is_kept_if_only_what_came_in_is_damaged(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        for number in range(3):
            noise = random.Random(number).randbytes(20_000 if number == 1 else 20)
            library.add(Clipping(
                f"https://example.org/{number}", "Title", html=f"<p>text {number}</p>", words=2,
                source=noise, source_type="text/html",
            ))  # fmt: skip
        kept = [library.texts.source(id) for id in (1, 3)]
    file = tmp_path / "library.db"
    before = _articles(file)
    _cut_long_rows(file, "content")
    assert rescue.mend(file, silent, with_loss=True).rows == 1
    assert _articles(file) == before
    with Library.open(tmp_path) as library:
        assert [library.texts.source(id) for id in (1, 3)] == kept
        assert (library.texts.source(2).data, library.texts.source(2).media_type) == (b"", "")


def test_of_a_table_without_row_ids_all_before_and_behind_the_damage_is_kept(
    tmp_path: Path,
) -> None:
    file = tmp_path / "library.db"
    with Library.open(tmp_path) as library:
        for number in range(4):
            library.add(Clipping(f"https://example.org/{number}", html="<p>x</p>"))
        with library._database.writing() as connection:
            names = [(f"short:{n:05}é", 1 + n % 4) for n in range(1200)]
            connection.executemany("INSERT INTO alias VALUES (?, ?)", names)
            days = [(f"20{n // 12 % 90:02}-{n % 12 + 1:02}-01", 1 + n // 1080) for n in range(2160)]
            connection.executemany(
                "INSERT INTO reading (day, article, seconds, words) VALUES (?, ?, 7, 9)", days
            )
    before = _dump(file)
    for owner in ("alias", "reading"):
        leaves = [each.number for each in pages(file) if (each.owner, each.kind) == (owner, "leaf")]
        assert len(leaves) > 4
        overwrite(file, leaves[len(leaves) // 2])
    rescue.mend(file, silent, with_loss=True)
    after = _dump(file)
    for owner in ("alias", "reading"):
        rows_before, rows_after = sorted(before[owner]), after[owner]
        missing = sorted({*rows_before} - {*rows_after})
        assert {*rows_after} <= {*rows_before}, "as they were, and of the same types"
        assert (owner == "alias") == (not missing), "its index repeats an alias"
        if not missing:
            continue
        assert len(missing) < len(rows_before) // 4
        start = rows_before.index(missing[0])
        assert rows_before[start : start + len(missing)] == missing, "one after the other"
    assert [*_articles(file)] == [4, 3, 2, 1]


# ---- what cannot be read at all


def test_where_there_are_no_articles_nothing_is_written(tmp_path: Path) -> None:
    file, fresh = tmp_path / "library.db", tmp_path / "fresh.db"
    for is_folder in (False, True):
        if is_folder:
            file.mkdir()
        with pytest.raises(NotALibrary, match="not a readable file"):
            rescue.rewrite(file, fresh, silent)
    file.rmdir()
    connection = apsw.Connection(str(file))
    connection.execute("CREATE TABLE article (id)")
    connection.close()
    with pytest.raises(NotALibrary, match="No articles were found"):
        rescue.mend(file, silent)
    file.write_bytes(b"My shopping list. " * 500)
    with pytest.raises(NotALibrary):
        rescue.mend(file, silent)
    assert [each.name for each in tmp_path.iterdir() if each != fresh] == ["library.db"]


def test_what_is_in_the_way_of_the_new_file_is_said(damaged: Path) -> None:
    damaged.with_name("library.db.new").write_bytes(b"left by a kill")
    assert rescue.mend(damaged, silent).aside is not None
    damaged.with_name("library.db.new").mkdir()
    with pytest.raises(LibraryError, match="could not be replaced"):
        rescue.mend(damaged, silent)


def test_a_readable_copy_lies_in_a_folder_of_its_own(
    damaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    before = damaged.read_bytes()
    made = rescue.readable_copy(damaged, silent)
    assert (made.name, made.parent.parent) == ("library.db", tmp_path / "temporary")
    assert len(_articles(made)) == _COUNT
    shutil.rmtree(made.parent)

    def stop(*_: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        rescue.readable_copy(damaged, stop)
    assert not [*(tmp_path / "temporary").iterdir()]
    assert damaged.read_bytes() == before
