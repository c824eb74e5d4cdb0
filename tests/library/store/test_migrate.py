"""From any older schema to the newest: a copy first, one transaction a step, all or nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

from reader.library.backup import copies
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.store import migrate
from reader.library.transactions import HOOKS
from reader.progress import Cancelled, Report, silent


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def connection(file: Path) -> Iterator[apsw.Connection]:
    made = apsw.Connection(str(file))
    yield made
    made.close()


def schema(connection: apsw.Connection) -> dict[str, str]:
    found: Any = connection.execute("SELECT type || ' ' || name, sql FROM sqlite_schema").fetchall()
    return dict(found)


def version(connection: apsw.Connection) -> int:
    return int(connection.pragma("user_version"))


def told(connection: apsw.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM setting").get or 0)


def bring_up(connection: apsw.Connection, file: Path, report: Report = silent) -> None:
    migrate.bring_up(connection, file, report, HOOKS.migrate)


def make(connection: apsw.Connection, number: int) -> None:
    connection.pragma("application_id", migrate.APPLICATION_ID)
    migrate.make(connection, number)


def test_the_files_are_numbered_without_a_gap() -> None:
    folder = Path(migrate.__file__).with_name("migrations")
    numbers = [int(re.fullmatch(r"(\d{4})_\w+\.sql", each.name)[1]) for each in folder.iterdir()]  # type: ignore[index]
    assert sorted(numbers) == [*range(1, migrate.newest() + 1)]


@pytest.mark.parametrize("number", range(1, migrate.newest()))
def test_from_every_schema_it_becomes_what_a_new_library_is(
    tmp_path: Path, connection: apsw.Connection, file: Path, number: int
) -> None:
    make(connection, number)
    assert version(connection) == number
    assert migrate.is_due(file)
    bring_up(connection, file)
    fresh = apsw.Connection(str(tmp_path / "fresh.db"))
    migrate.create(fresh)
    assert version(connection) == version(fresh) == migrate.newest()
    assert schema(connection) == schema(fresh)
    fresh.close()
    with Library.open(tmp_path, create=False) as library:
        (copy,) = (each for each in library.backups.all() if each.reason is not Reason.FOUND)
        assert (copy.reason, copy.schema, copy.articles) == (Reason.MIGRATION, number, 0)
        with library.backups.opened(copy) as opened:
            assert version(opened) == number
        assert library.check() == ()


def test_what_is_new_already_is_neither_copied_nor_touched(
    connection: apsw.Connection, file: Path
) -> None:
    migrate.create(connection)
    assert connection.pragma("application_id") == migrate.APPLICATION_ID == 0x52454144
    before, said = schema(connection), list[str]()
    migrate.create(connection)
    bring_up(connection, file, lambda _, __, text: said.append(text))
    assert said == []
    assert schema(connection) == before
    assert not copies.all_of(file.parent)
    assert not migrate.is_due(file)


@pytest.mark.parametrize("size", [0, 99])
def test_a_file_too_short_to_tell_is_not_due(
    connection: apsw.Connection, file: Path, size: int
) -> None:
    make(connection, 1)
    connection.close()
    assert migrate.is_due(file)
    file.write_bytes(file.read_bytes()[:100])
    assert migrate.is_due(file)
    file.write_bytes(file.read_bytes()[:size])
    assert not migrate.is_due(file)


def test_a_file_that_cannot_be_read_is_not_due(
    connection: apsw.Connection, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError

    make(connection, 1)
    monkeypatch.setattr(Path, "open", fail)
    assert not migrate.is_due(file)


def test_no_file_a_folder_and_an_empty_database_are_not_due(tmp_path: Path) -> None:
    empty = apsw.Connection(str(tmp_path / "empty.db"))
    empty.execute("CREATE TABLE some (thing)")
    empty.close()
    for name in ("none.db", ".", "empty.db"):
        assert not migrate.is_due(tmp_path / name)


def test_a_library_without_its_mark_is_told_by_its_tables(connection: apsw.Connection) -> None:
    assert not migrate.is_ours(connection)
    migrate.make(connection, 1)
    assert migrate.is_ours(connection)
    connection.execute("DROP TABLE setting")
    assert not migrate.is_ours(connection)


def test_it_tells_what_it_does_in_its_order(connection: apsw.Connection, file: Path) -> None:
    make(connection, 1)
    said: list[str] = []
    bring_up(connection, file, lambda _, __, text: said.append(text))
    assert [*dict.fromkeys(said)] == ["Copying the library", "Bringing the library up to date"]


@pytest.mark.parametrize("at", ["Copying the library", "Bringing the library up to date"])
def test_stopped_it_stays_as_it_was(connection: apsw.Connection, file: Path, at: str) -> None:
    make(connection, 2)
    before = schema(connection)

    def report(_: int, __: int, text: str) -> None:
        if text == at:
            raise Cancelled

    with pytest.raises(Cancelled):
        bring_up(connection, file, report)
    assert (version(connection), schema(connection)) == (2, before)
    bring_up(connection, file)
    assert version(connection) == migrate.newest()


def test_without_a_copy_nothing_is_changed(connection: apsw.Connection, file: Path) -> None:
    from reader.errors import LibraryError

    make(connection, 2)
    file.with_name("backups").write_text("no folder")
    with pytest.raises(LibraryError, match="could not be copied"):
        bring_up(connection, file)
    assert version(connection) == 2


def test_a_step_that_fails_leaves_the_ones_before_it_whole(
    connection: apsw.Connection, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = {1: migrate._steps()[1], 3: "CREATE TABLE three (x); SELECT * FROM nothing",
             2: "CREATE TABLE two (x)"}  # fmt: skip
    make(connection, 1)
    monkeypatch.setattr(migrate, "_steps", lambda: steps)
    with pytest.raises(apsw.SQLError):
        bring_up(connection, file)
    assert version(connection) == 2
    assert {"table two", "table three"} & {*schema(connection)} == {"table two"}
    assert not connection.in_transaction


def test_an_error_that_ends_the_transaction_itself_is_the_one_that_is_told(
    connection: apsw.Connection, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(connection, 1)
    monkeypatch.setattr(
        migrate, "_steps", lambda: {2: "INSERT OR ROLLBACK INTO setting VALUES (NULL, NULL)"}
    )
    with pytest.raises(apsw.ConstraintError):
        bring_up(connection, file)
    assert version(connection) == 1


def test_a_step_that_another_process_has_made_meanwhile_is_not_made_again(
    connection: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(connection, 1)
    sql = "INSERT INTO setting VALUES ('step', '2')"
    for _ in range(2):
        migrate._step(connection, 2, sql)
    assert (version(connection), told(connection)) == (2, 1)


def test_a_library_that_may_only_be_read_is_brought_up_in_a_copy(
    connection: apsw.Connection, file: Path
) -> None:
    make(connection, 3)
    connection.execute("INSERT INTO setting VALUES ('some', 'thing')")
    before = schema(connection)
    made = migrate.brought_up_elsewhere(connection)
    assert made.parent != file.parent
    assert (version(connection), schema(connection)) == (3, before)
    copy = apsw.Connection(str(made))
    assert (version(copy), told(copy)) == (migrate.newest(), 1)
    copy.close()
    made.unlink()
    made.parent.rmdir()
