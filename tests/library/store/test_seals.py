"""Seals follow every write, hide no damage, and cover the whole schema."""

import re

import apsw
import pytest
from tests.damaging import flip
from tests.library.conftest import add_text
from tests.source import SOURCE

from reader.library.library import Library
from reader.library.store import seals
from reader.library.store.damaged_pages import DERIVED


def _tables(library: Library) -> dict[str, seals.Table]:
    return seals.tables(library._database.connection)


def test_every_table_that_is_not_derived_is_sealed_and_has_a_number_of_its_own(
    library: Library,
) -> None:
    sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'"
    names = {name for (name,) in library._database.connection.execute(sql)}
    sealed = _tables(library)
    assert names - {*sealed} <= DERIVED | {"sqlite_sequence"}
    assert len({table.number for table in sealed.values()}) == len(sealed)
    assert all(len(table.columns) < 62 for table in sealed.values())  # the bits of an integer


def test_an_older_row_goes_with_its_seal(library: Library) -> None:
    id = add_text(library, "one", "A title")
    library.tags.add([id], "art")
    assert library.check() == ()
    library.tags.remove([id], "art")
    library.trash.delete([id])
    assert library.check() == ()


def test_no_statement_replaces_a_row_past_its_triggers(library: Library) -> None:
    """REPLACE deletes a row that has the same values in another unique index, and no trigger."""
    unique = {
        table.name
        for table in _tables(library).values()
        for _, _, is_unique, origin, _ in library._database.connection.execute(
            f"PRAGMA index_list({table.name})"
        ).fetchall()
        if is_unique and origin != "pk"
    }
    assert "change" in unique
    written = "\n".join(file.read_text("utf-8") for file in SOURCE.rglob("*.py"))
    assert not {*re.findall(r"OR REPLACE INTO (\w+)", written)} & unique


@pytest.mark.parametrize("other", ["byline", "favourite", "excerpt"])
def test_a_write_to_one_column_hides_no_damage_of_another(library: Library, other: str) -> None:
    add_text(library, "one", "A title")
    file = library.folder / "library.db"
    assert flip(file, "article", "title")
    with library._database.writing() as connection:
        connection.execute(f"UPDATE article SET {other} = 1")
    assert ("title",) in {each.columns for each in library.check()}


def test_another_program_that_writes_to_the_file_makes_no_damage(library: Library) -> None:
    add_text(library, "one", "A title")
    with apsw.Connection(str(library.folder / "library.db")) as other:
        other.execute("UPDATE article SET byline = 'by hand'")
    assert library.check() == ()
    with library._database.writing():
        pass
    assert flip(library.folder / "library.db", "article", "byline")
    assert library.check() != ()
