"""The check finds every flipped bit, says which article it is in, and can be stopped."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import apsw
import pytest
from tests.damaging import flip, flip_in_file, unheard

from reader.damage import Damage, Kind, sentences
from reader.errors import LibraryError
from reader.library.library import Library
from reader.library.repair import check, findings
from reader.library.repair.check import Outcome
from reader.library.store import seals
from reader.model import Clipping, Edit, State
from reader.progress import Cancelled, Report

_CLIPPING = Clipping(
    "https://example.org/address", "A plain title", byline="A byline", site="example.site",
    language="en", excerpt="An excerpt", html="<p>The text of it</p>", words=4,
    source=b"What came in, as it came in, at length" * 9, source_type="text/html",
    published_at="2026-01-02",
)  # fmt: skip


@pytest.mark.parametrize(
    "column", ["title", "url", "byline", "language", "excerpt", "published_at", "state", "views"]
)
def test_a_flipped_bit_in_a_field_of_an_article_is_found(library: Library, column: str) -> None:
    id = library.add(_CLIPPING).id
    assert library.check() == ()
    assert flip(_file(library), "article", column)
    (found,) = [each for each in library.check() if each.kind is Kind.DETAILS]
    assert (found.article, found.columns) == (id, (column,))


def _file(library: Library) -> Path:
    return library.folder / "library.db"


_EDITS: dict[str, Callable[[Library, int], object]] = {
    "title": lambda library, id: library.set_title(id, "Another title"),
    "byline": lambda library, id: library.edit("Edited", [Edit(id, byline="Another")]),
    "published_at": lambda library, id: library.edit("Edited", [Edit(id, published_at="2020")]),
}


@pytest.mark.parametrize("turned", ["url", "title", "byline", "published_at", "excerpt"])
@pytest.mark.parametrize("edited", [*_EDITS])
def test_an_edit_hides_no_damage_but_that_of_the_field_it_replaces(
    library: Library, turned: str, edited: str
) -> None:
    id = library.add(_CLIPPING).id
    assert flip(_file(library), "article", turned)
    _EDITS[edited](library, id)
    found = {each.kind for each in library.check()}
    assert found == (set() if edited == turned else {Kind.DETAILS})
    if edited != turned and turned in _EDITS:
        _EDITS[turned](library, id)
        assert library.check() == ()


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ("content SET html = html", set()),
        ("content SET html = replace(html, 'x', 'y')", {Kind.TEXT}),
        ("content SET sha256 = x'00'", {Kind.TEXT}),
        ("content SET source = x'00'", {Kind.SOURCE}),
        ("content SET source = x'00', sha256 = x'00'", {Kind.TEXT, Kind.SOURCE}),
        ("version SET html = x'00'", {Kind.VERSION}),
        ("version SET sha256 = x'00'", {Kind.VERSION}),
        ("article SET state = 'nonsense'", {Kind.INDEX, Kind.DERIVED, Kind.DETAILS}),
        ("article SET progress = 'far'", {Kind.DETAILS, Kind.VALUE}),
        ("article SET title_key = 'x'", {Kind.DERIVED}),
        ("change SET new = 'x' WHERE field = 'created'", {Kind.ENTRY}),
    ],
)
def test_each_damaged_field_is_found_and_nothing_else(
    library: Library, change: str, kinds: set[Kind]
) -> None:
    library.add(_CLIPPING)
    id = library.add(_CLIPPING._replace(html="<p>The new text of it</p>")).id
    assert library.check() == ()
    with apsw.Connection(str(_file(library))) as disk:
        disk.execute("PRAGMA ignore_check_constraints = ON")
        with unheard(disk):
            disk.execute(f"UPDATE {change}")
    found = library.check()
    assert {each.kind for each in found} == kinds
    assert {each.article for each in found if each.article} <= {id}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("article SET opened_at = 'once'", ("article", ("opened_at",))),
        ("article SET place = '!'", ("article", ("place",))),
        ("article SET words = 'many'", ("article", ("words",))),
        ("article SET position = 'there'", ("article", ("position",))),
        ("change SET stamp = 'x'", ("change", ("stamp",))),
        ("change_group SET told = '{'", ("change_group", ("told",))),
        ("tag SET name = x'00'", ("tag", ("name",))),
    ],
)
def test_a_value_that_makes_no_sense_is_found_even_if_it_was_written_so(
    library: Library, change: str, place: tuple[str, tuple[str, ...]]
) -> None:
    id = library.add(_CLIPPING).id
    library.tags.add([id], "art")
    with library._database.writing() as connection:
        connection.execute(f"UPDATE {change}")
    found = library.check()
    assert {(each.table, each.columns) for each in found if each.kind is Kind.VALUE} == {place}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library with a row in every table that a person can fill, and sealed."""
    folder = tmp_path_factory.mktemp("full")
    with Library.open(folder) as library:
        ids = [
            library.add(_CLIPPING._replace(url=f"https://example.org/{n}", title=f"T{n}",
                                           aliases=(f"https://example.org/short/{n}",))).id
            for n in range(5)
        ]  # fmt: skip
        library.add(_CLIPPING._replace(url="https://example.org/0", html="<p>Another text</p>"))
        picture = library.keep_picture(b"picture", "png")
        library.add(_CLIPPING._replace(
            url="https://example.org/p", pictures=(picture,), lead=picture,
            html=f'<p><img src="{picture}" alt=""></p>',
        ))  # fmt: skip
        library.tags.add(ids[:2], "art/old")
        library.tags.add(ids[1:3], "bees")
        library.tags.rename("bees", "wasps")
        library.set_state(ids[:1], State.ARCHIVE, done=True)
        library.set_favourite(ids[1:2], True)
        library.set_state(ids[4:], State.TRASH)
        library.saved.add("Found", "site:example.site")
        library.duplicates.tell_apart(ids[0], ids[1])
        with library._database.writing() as connection:
            connection.execute("INSERT INTO reading VALUES ('2026-01-02', 'some', 60, 200)")
            connection.execute("INSERT INTO site_icon VALUES ('example.org', '', '2026-01-02')")
            connection.execute("INSERT INTO tag_twin VALUES ('uid of a twin', 1)")
            connection.execute("INSERT INTO arrived VALUES ('uid', 'text', x'00', x'01')")
            connection.execute(
                "INSERT INTO download_failure VALUES (?, 'gone', 404, '2026-01-02', 1, '')",
                ids[2:3],
            )
        assert library.check() == ()
    return folder


def _columns() -> Iterator[tuple[str, str]]:
    with TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        for table in seals.tables(library._database.connection).values():
            yield from ((table.name, column) for column in table.columns)


@pytest.mark.parametrize(("table", "column"), [*_columns()])
def test_a_flipped_bit_in_any_column_of_any_table_is_told(
    full: Path, tmp_path: Path, table: str, column: str
) -> None:
    shutil.copytree(full, tmp_path / "flipped")
    file = tmp_path / "flipped" / "library.db"
    if not flip(file, table, column, bit=6):
        pytest.skip("empty in every library")
    with Library.open(tmp_path / "flipped") as library:
        found = library.check()
        assert {each.table for each in found} & {table}
        assert sentences(found)
        assert library.check() == found


def test_of_100_flipped_bits_each_that_changes_something_is_told_and_none_crashes(
    full: Path, tmp_path: Path
) -> None:
    chance, silent_flips, told = random.Random(16), 0, list[str]()
    before = _content(full / "library.db")
    size = (full / "library.db").stat().st_size
    for number in range(100):
        folder = tmp_path / str(number)
        shutil.copytree(full, folder)
        flip_in_file(folder / "library.db", chance.randrange(100, size), chance.randrange(8))
        try:
            with Library.open(folder) as library:
                found = library.check()
        except LibraryError as error:
            told.append(str(error))
            continue
        if not found:
            silent_flips += 1
            assert _content(folder / "library.db") == before
        shutil.rmtree(folder)
    assert silent_flips < 100
    assert all(text.endswith(".") for text in told)


def _content(file: Path) -> dict[str, list[Any]]:
    """Return all that a person has: every row of every table that is not derived."""
    with closing(apsw.Connection(str(file))) as connection:
        return {
            table.name: connection.execute(
                f"SELECT {table.read()} FROM {table.name} AS t"
            ).fetchall()
            for table in seals.tables(connection).values()
            if table.name not in ("fingerprint", "loose_picture", "setting")
        }


def test_a_row_that_is_gone_is_told(library: Library) -> None:
    id = library.add(_CLIPPING).id
    library.tags.add([id], "art")
    with apsw.Connection(str(_file(library))) as disk, unheard(disk):
        disk.execute("DELETE FROM article_tag")
    found = library.check()
    assert [each for each in found if each.kind is Kind.GONE] == [
        Damage(Kind.GONE, table="article_tag", key=(1, id))
    ]


def test_every_flipped_bit_of_a_kept_page_is_found(library: Library) -> None:
    id = library.add(_CLIPPING).id
    sql = "SELECT length(source) FROM content WHERE article = ?"
    for bit in range(0, 8 * library._database.connection.execute(sql, (id,)).get, 7):
        assert flip(_file(library), "content", "source", bit=bit)
        (found,) = library.check()
        assert (found.kind, found.article, found.title) == (Kind.SOURCE, id, "A plain title")
        assert flip(_file(library), "content", "source", bit=bit)
    assert library.check() == ()


def test_an_edit_is_no_damage(library: Library) -> None:
    id = library.add(_CLIPPING).id
    library.set_title(id, "Another title")
    library.history.undo()
    assert library.check() == ()


def test_counts_that_are_wrong_are_found(library: Library) -> None:
    library.add(_CLIPPING)
    with apsw.Connection(str(_file(library))) as connection:
        connection.execute("UPDATE tally SET articles = 7 WHERE shelf = 'queue'")
    assert library.check() == (Damage(Kind.DERIVED, detail="tally"),)


def test_rows_that_belong_to_nothing_are_counted_for_each_table(library: Library) -> None:
    with library.together():
        for _ in range(2):
            library.add(_CLIPPING)
            library.add(_CLIPPING._replace(html="<p>Another text of it</p>"))
        library.tags.add([1], "art")
    with apsw.Connection(str(library.folder / "library.db")) as disk:
        disk.execute("PRAGMA foreign_keys = OFF")
        for article in (7, 8, 9):
            disk.execute(
                "INSERT INTO content (article, html, sha256, source, source_type) "
                "SELECT ?, html, sha256, source, source_type FROM content WHERE article = 1",
                (article,),
            )
            disk.execute("INSERT INTO alias VALUES (?, ?)", (f"short:{article}", article))
        disk.execute("UPDATE version SET article = 9")
        versions = disk.execute("SELECT count(*) FROM version").get
    found = [each.detail for each in library.check() if each.kind is Kind.ORPHAN]
    assert versions > 0
    assert found == ["alias: 3", "content: 3", f"version: {versions}"]


def test_a_check_tells_how_far_it_is_and_can_be_stopped(library: Library) -> None:
    for number in range(3):
        library.add(_CLIPPING._replace(url=f"https://example.org/{number}"))

    def stop(done: int, total: int, text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        library.check(stop)
    told: list[str] = []
    library.check(lambda _, __, text: told.append(text))
    assert {"Checking articles", "Checking counts", "Checking the search index"} <= {*told}


def test_a_check_at_rest_goes_on_where_it_stopped_after_a_restart_too(full: Path) -> None:
    texts = list[str]()

    def stop_at(text: str) -> Report:
        def report(done: int, total: int, said: str) -> None:
            texts.append(said)
            if said == text:
                raise Cancelled

        return report

    _yesterday(full)
    with Library.open(full) as library, pytest.raises(Cancelled):
        library.checkup.go_on(stop_at("Checking counts"))
    assert "Checking articles" in texts
    texts.clear()
    with Library.open(full) as library:
        assert library.checkup.record().place
        assert library.checkup.go_on(stop_at("")) == Outcome()
        assert "Checking articles" not in texts
        assert library.checkup.go_on() is None
        assert not library.checkup.is_due()
        _yesterday(full)
        assert library.checkup.is_due()


def _yesterday(folder: Path) -> None:
    """Let the last check have been yesterday."""
    file = findings.file_of(folder / "library.db")
    findings.write(file, findings.read(file)._replace(checked_at="2026-01-02T03:04:05Z"))


def test_damage_is_known_since_it_was_first_seen(library: Library) -> None:
    library.add(_CLIPPING)
    assert library.check() == ()
    whole_at = library.checkup.record().checked_at
    assert flip(_file(library), "content", "html")
    for _ in range(2):
        library.check()
        (finding,) = library.checkup.record().findings
        assert finding.damage.kind is Kind.TEXT
        assert finding.whole_at == whole_at
        assert finding.first_seen >= whole_at
    assert flip(_file(library), "content", "html")
    assert library.check() == ()
    assert library.checkup.record().findings == ()


def test_each_kind_of_damage_has_a_sentence(tmp_path: Path) -> None:
    for kind in Kind:
        (sentence,) = sentences([Damage(kind, 3, "Title", "detail")] * 5)
        assert sentence.endswith(".")
        assert "{" not in sentence


def test_a_large_file_is_checked_table_by_table_with_the_same_result(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(_CLIPPING)
    with apsw.Connection(str(_file(library))) as disk:
        disk.execute("DELETE FROM search_docsize")
        disk.execute("UPDATE tally SET articles = 7 WHERE shelf = 'queue'")
    found = library.check()
    assert {each.kind for each in found} == {Kind.SEARCH, Kind.DERIVED}
    monkeypatch.setattr(check, "_AT_ONCE_BYTES", 0)
    assert library.check() == found
