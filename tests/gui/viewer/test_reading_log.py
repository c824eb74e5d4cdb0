"""What reading leaves behind reaches the library, or is left out where that is right."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from reader.anchor import Anchor
from reader.errors import LibraryError
from reader.gui.context import Context
from reader.gui.viewer.reading_log import ReadingLog
from reader.library.library import Library
from reader.model import Article
from reader.settings import Settings
from reader.settings_store import SettingsStore

Add = Callable[..., Article]


class _Jobs:
    """Does at once what is asked for."""

    def write(
        self,
        change: Callable[[], None],
        then: Callable[[None], None],
        failed: Callable[[Exception], None],
    ) -> None:
        try:
            change()
        except LibraryError as error:
            failed(error)
        else:
            then(None)


def _log(
    context: Context, library: object, told: list[str], *, statistics: bool = True
) -> ReadingLog:
    store = SettingsStore(None, Settings(statistics=statistics))
    context.history.changed.connect(lambda: told.append("changed"))
    return ReadingLog(
        context._replace(library=library, jobs=_Jobs(), settings=store)  # type: ignore[arg-type]
    )


def test_a_view_is_counted_and_told_and_a_place_is_kept(
    context: Context, library: Library, add: Add
) -> None:
    id, told = add("One").id, list[str]()
    log = _log(context, library, told)
    log.count_view(id)
    assert (library.article(id).views, told) == (1, ["changed"])
    log.keep_place(id, Anchor(), 0.5)
    assert (library.article(id).progress, told) == (0.5, ["changed"])


@pytest.mark.parametrize("statistics", [True, False])
def test_minutes_are_noted_unless_that_is_switched_off(
    context: Context, library: Library, add: Add, statistics: bool
) -> None:
    id = add("One").id
    _log(context, library, [], statistics=statistics).note_reading(id, 61, 250)
    with library._database.reading() as connection:
        rows = connection.execute("SELECT seconds, words FROM reading").fetchall()
    assert [tuple(row) for row in rows] == ([(61, 250)] if statistics else [])


def test_the_pace_is_found_out_again_once_the_minutes_are_kept(
    context: Context, library: Library, add: Add
) -> None:
    id, waiting = add("One").id, list[Callable[[], None]]()

    def later(change: Callable[[], None], then: Callable[[None], None], _failed: object) -> None:
        waiting.append(lambda: then(change()))  # type: ignore[func-returns-value]

    jobs = SimpleNamespace(write=later)
    log = ReadingLog(context._replace(library=library, jobs=jobs))  # type: ignore[arg-type]
    usual = log.words_a_minute()
    log.note_reading(id, 3600, 60 * 400)
    assert log.words_a_minute() == usual, "not yet kept"
    waiting.pop()()
    assert log.words_a_minute() == 400
    assert usual != 400


def test_nothing_is_written_where_nothing_can_be(
    context: Context,
) -> None:
    def broken(_id: int) -> None:
        raise LibraryError("The disk is full.")

    told = list[str]()
    _log(
        context,
        SimpleNamespace(read_only=False, reading_log=SimpleNamespace(count_view=broken)),
        told,
    ).count_view(1)
    _log(context, SimpleNamespace(read_only=True), told).count_view(1)
    assert told == []
