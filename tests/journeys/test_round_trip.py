"""A whole library goes out and comes back into an empty one: equal, field by field."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.everything import everything, orders

from reader.body.from_html import body_of
from reader.body.to_text import to_text
from reader.exporting.export import export
from reader.exporting.kinds import Kind, Wanted
from reader.importing.bundle import Bundle
from reader.importing.plan import Plan, plan
from reader.importing.recognise import choose
from reader.importing.run import run
from reader.library.imports import own_columns
from reader.library.library import Library
from reader.model import Clipping, Query, State
from reader.outcomes import ImportResult, Outcome


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """Give a second, empty library."""
    with Library.open(tmp_path / "other") as made:
        yield made


def _exported(library: Library, target: Path) -> Path:
    ids = tuple(library.known.ids())
    result = export(library, Wanted(Kind.JSONL, ids), target)
    assert result.number_of(Outcome.ADDED) == len(ids)
    return target


def _imported(library: Library, export: Path) -> tuple[Plan, ImportResult]:
    with closing(Bundle([export])) as bundle:
        planned = plan(library, bundle, choose(bundle))
        return planned, run(library, bundle, planned)


def test_every_column_is_exported_or_there_is_a_reason(library: Library) -> None:
    named: dict[str, list[str]] = {}
    for tables in (own_columns.EXPORTED, *own_columns.REASONS.values()):
        for table, columns in tables.items():
            named.setdefault(table, []).extend(columns.split())
    sql = (
        "SELECT name FROM sqlite_schema WHERE type = 'table' "
        "AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'search*'"
    )
    with library._database.reading() as connection:
        names = [str(name) for (name,) in connection.execute(sql)]
        there = {
            table: [name for (name,) in connection.execute(
                "SELECT name FROM pragma_table_xinfo(?)", (table,))]
            for table in names
        }  # fmt: skip
    assert {table: sorted(columns) for table, columns in named.items()} == {
        table: sorted(columns) for table, columns in there.items()
    }


def test_a_library_comes_back_as_it_was(
    full_library: Library, other: Library, tmp_path: Path
) -> None:
    planned, result = _imported(other, _exported(full_library, tmp_path / "export.zip"))
    assert planned.number_of(Outcome.ADDED) == len(planned.rows) == len(full_library.known.ids())
    assert [row.outcome for row in result.rows] == [row.outcome for row in planned.rows]
    assert everything(other) == everything(full_library)
    assert orders(other) == orders(full_library)
    assert other.counts() == full_library.counts()
    assert other.reading_log.days() == full_library.reading_log.days()
    assert other.reading_log.articles() == full_library.reading_log.articles()
    assert other.check() == full_library.check() == ()
    again, _ = _imported(other, tmp_path / "export.zip")
    assert again.number_of(Outcome.UNCHANGED) == len(again.rows)
    assert not again.brings_rest


def test_an_import_is_one_step_and_can_be_repeated(
    full_library: Library, other: Library, tmp_path: Path
) -> None:
    _imported(other, _exported(full_library, tmp_path / "export"))
    there = everything(other)
    assert other.history.undo() is not None
    assert other.ids(Query()) == []
    assert other.saved.all() == ()
    assert other.history.undo() is None
    assert other.history.redo() is not None
    assert everything(other) == there


def test_a_library_that_knows_some_keeps_its_own_and_gets_the_rest(
    full_library: Library, other: Library, tmp_path: Path
) -> None:
    url = full_library.article(1).url
    known = other.add(Clipping(url, "Mine", html="<p>Mine</p>", words=1, tags=("own",)))
    first = other.add(Clipping("https://example.org/first", "First", html="<p>1</p>"))
    other.saved.add("Own", "is:unread")
    _imported(other, _exported(full_library, tmp_path / "export"))
    article = other.article(known.id)
    assert (article.title, article.html, article.state) == ("Mine", "<p>Mine</p>", State.QUEUE)
    assert {"own", "Alt"} <= {*article.tags}
    assert len(other.texts.versions(known.id)) == len(full_library.texts.versions(1)) + 1
    assert article.views == full_library.article(1).views
    assert [each.name for each in other.saved.all()] == ["Own", "Third", "Sea", "Long"]
    mine = [known.id, first.id]
    theirs = [id for id in orders(full_library)["queue place"] if id != url]
    queue = orders(other)["queue place"]
    assert queue == [other.article(id).url for id in mine] + theirs
    again, _ = _imported(other, tmp_path / "export")
    assert again.number_of(Outcome.UNCHANGED) == len(again.rows)


@pytest.mark.parametrize("kind", [Kind.MARKDOWN, Kind.HTML])
def test_articles_come_back_from_formats_that_people_read(
    full_library: Library, other: Library, tmp_path: Path, kind: Kind
) -> None:
    ids = tuple(full_library.ids(Query()))
    result = export(full_library, Wanted(kind, ids), tmp_path / "export")
    assert result.number_of(Outcome.FAILED) == 0
    _imported(other, tmp_path / "export")
    for article in map(full_library.article, ids):
        id = other.find(article.url)
        assert id is not None, article.url
        found = other.article(id)
        assert to_text(body_of(found.html)).split() == to_text(body_of(article.html)).split()
        assert found.pictures == article.pictures
        assert (found.title, found.byline) == (" ".join(article.title.split()), article.byline)
        assert found.published_at == article.published_at
        assert sorted(found.tags) == sorted(article.tags)
        assert (found.state, found.favourite) == (article.state, article.favourite)
        assert (found.added_at, found.read_at) == (article.added_at, article.read_at)
        marks = [
            library.highlights.of(each)
            for library, each in ((other, id), (full_library, article.id))
        ]
        assert len(marks[0]) == len(marks[1])
