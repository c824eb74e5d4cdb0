"""Lists for other programs come back as they went: CSV, and bookmarks of Netscape."""

import csv
from pathlib import Path

import pytest

from reader.entries import Entry, Highlight
from reader.exporting.export import export
from reader.exporting.kinds import Kind, Wanted
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices
from reader.importing.recognise import choose
from reader.library.highlights import store
from reader.library.history import changes
from reader.library.library import Library
from reader.model import Clipping, Query, Sort, State
from reader.outcomes import Outcome
from reader.reasons import Reason
from reader.steps import Label, Verb

ODD = '=cmd|"x" & <b>two\nlines</b>, ‏שלום 🌊'


@pytest.fixture
def filled(library: Library) -> Library:
    """Give a library with articles of all states and with odd words."""
    url = "https://example.org/?a=1&b=%22%3C"
    for number, title in enumerate((ODD, "", "-1", "Plain")):
        clipping = Clipping(f"{url}{number}", title, excerpt="About <it> & more")
        id = library.add(clipping._replace(tags=("a/b", f"t “{number}” & <i>"))).id
    library.set_state([id], State.ARCHIVE)
    library.set_favourite([1, id], True)
    library.add(Clipping("paste:" + "0" * 64, "Pasted", html="<p>x</p>"))
    gone = library.add(Clipping("https://example.org/gone", "Gone"))
    library.set_state([gone.id], State.TRASH)
    label = Label(Verb.TEXT, {"text": "Marking"})
    with library._database.writing() as connection, changes.step(connection, label) as step:
        store.add(step, 1, [Highlight("", "A note <b>\nof two lines"), Highlight("two", "other")])
    return library


def _ids(library: Library) -> tuple[int, ...]:
    states = (None, State.TRASH)
    queries = [Query(state, sort=Sort.ADDED, descending=False) for state in states]
    return tuple(id for query in queries for id in library.ids(query))


def _read(file: Path) -> list[Entry]:
    bundle = Bundle([file])
    found = [*choose(bundle).read(bundle, Choices())]
    bundle.close()
    assert all(isinstance(each, Entry) for each in found)
    return [each for each in found if isinstance(each, Entry)]


@pytest.mark.parametrize(("kind", "name"), [(Kind.CSV, "a.csv"), (Kind.BOOKMARKS, "a.html")])
def test_a_list_comes_back_as_it_was(
    filled: Library, tmp_path: Path, kind: Kind, name: str
) -> None:
    result = export(filled, Wanted(kind, _ids(filled)), tmp_path / name)
    assert [row.outcome for row in result.rows].count(Outcome.ADDED) == 4
    skipped = [row.reasons for row in result.rows if row.outcome is Outcome.SKIPPED]
    assert skipped == [{Reason.NOT_FROM_WEB}, {Reason.IN_TRASH}]
    entries = _read(tmp_path / name)
    assert len(entries) == 4
    for entry in entries:
        id = filled.find(entry.clipping.url)
        article = filled.article(id or 0)
        title = entry.clipping.title
        assert (title if title != article.url else "") == " ".join(article.title.split())
        assert (entry.state, entry.favourite) == (article.state, article.favourite)
        assert (entry.added_at, entry.folders) == (article.added_at, ())
        assert sorted(entry.clipping.tags) == sorted(article.tags)
        if kind is Kind.BOOKMARKS:
            assert entry.clipping.excerpt == article.excerpt
            assert [each.note for each in entry.highlights] == (
                ["A note <b>\nof two lines"] if id == 1 else []
            )


def test_no_cell_is_a_formula(filled: Library, tmp_path: Path) -> None:
    export(filled, Wanted(Kind.CSV, _ids(filled)), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        names, *found = csv.reader(file)
    assert names[:5] == ["title", "url", "time_added", "tags", "status"]
    assert [cell for row in found for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert found[0][0] == f" {' '.join(ODD.split())}"
