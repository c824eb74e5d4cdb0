"""The check finds every flipped bit, says which article it is in, and can be stopped."""

from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from reader.damage import Damage, Kind, sentences
from reader.library.library import Library
from reader.model import Clipping, Edit
from reader.progress import Cancelled

_CLIPPING = Clipping(
    "https://example.org/address", "A plain title", byline="A byline", site="example.site",
    language="en", excerpt="An excerpt", html="<p>The text of it</p>", words=4,
    source=b"What came in, as it came in, at length" * 9, source_type="text/html",
    published_at="2026-01-02",
)  # fmt: skip


@pytest.mark.parametrize(
    "column", ["title", "url", "byline", "language", "excerpt", "published_at"]
)
def test_a_flipped_letter_in_what_is_known_of_an_article_is_found(
    library: Library, column: str
) -> None:
    id = library.add(_CLIPPING).id
    assert library.check() == ()
    with library._database.writing() as connection:
        connection.execute("DROP TRIGGER seal_broken")  # the disk tells nobody
        sql = f"UPDATE article SET {column} = substr({column}, 2) || 'x' WHERE id = ?"
        connection.execute(sql, (id,))
    assert Kind.DETAILS in {each.kind for each in library.check() if each.article == id}


def _turn(library: Library, id: int, column: str) -> None:
    """Change a field as a failing disk does: no trigger hears of it."""
    with apsw.Connection(str(library.folder / "library.db")) as disk:
        sql = disk.execute("SELECT sql FROM sqlite_schema WHERE name = 'seal_broken'").get
        disk.execute("DROP TRIGGER seal_broken")
        disk.execute(f"UPDATE article SET {column} = {column} || 'x' WHERE id = ?", (id,))
        disk.execute(sql)


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
    _turn(library, id, turned)
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
        ("article SET state = 'nonsense'", {Kind.INDEX, Kind.DERIVED, Kind.VALUE}),
        ("article SET progress = 'far'", {Kind.VALUE}),
    ],
)
def test_each_damaged_field_is_found_and_nothing_else(
    library: Library, change: str, kinds: set[Kind]
) -> None:
    library.add(_CLIPPING)
    id = library.add(_CLIPPING._replace(html="<p>The new text of it</p>")).id
    assert library.check() == ()
    with apsw.Connection(str(library.folder / "library.db")) as disk:
        disk.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in disk.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            disk.execute(f"DROP TRIGGER {name}")
        disk.execute(f"UPDATE {change}")
    found = library.check()
    assert {each.kind for each in found} == kinds
    assert {each.article for each in found if each.article} <= {id}


def test_every_flipped_bit_of_a_kept_page_is_found(library: Library) -> None:
    id = library.add(_CLIPPING).id
    sql = "SELECT source FROM content WHERE article = ?"
    packed = library._database.connection.execute(sql, (id,)).get
    found = 0
    for bit in range(0, 8 * len(packed), 5):
        flipped = bytearray(packed)
        flipped[bit // 8] ^= 1 << bit % 8
        with library._database.writing() as connection:
            sql = "UPDATE content SET source = ? WHERE article = ?"
            connection.execute(sql, (bytes(flipped), id))
        found += library.check() == (Damage(Kind.SOURCE, id, "A plain title"),)
    assert found >= len(range(0, 8 * len(packed), 5)) - 1  # bits that only fill the last byte


def test_an_edit_is_no_damage(library: Library) -> None:
    id = library.add(_CLIPPING).id
    library.set_title(id, "Another title")
    library.history.undo()
    assert library.check() == ()


def test_counts_that_are_wrong_are_found(library: Library) -> None:
    library.add(_CLIPPING)
    with library._database.writing() as connection:
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
    told: list[tuple[int, int]] = []
    library.check(lambda done, total, _: told.append((done, total)))
    assert (0, 3) in told


def test_each_kind_of_damage_has_a_sentence(tmp_path: Path) -> None:
    for kind in Kind:
        (sentence,) = sentences([Damage(kind, 3, "Title", "detail")] * 5)
        assert sentence.endswith(".")
        assert "{" not in sentence
