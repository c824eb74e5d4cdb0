"""Every change reads and writes in one transaction, so no other process can come between."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from tests.library.conftest import add_text

from reader.anchor import Anchor
from reader.entries import Entry, Placing
from reader.library.articles import subjects
from reader.library.library import Library
from reader.model import Clipping, Edit, State
from reader.own_export import LookedUp
from reader.steps import Verb


class Shelf(NamedTuple):
    """A library, one of its two saved searches, an unused version of article 5, and a word."""

    library: Library
    search: str
    version: int
    word: str


_Change = Callable[[Shelf], object]
_EDITS = (
    Verb.CLEAN_UP, Verb.EXTRACT_AGAIN, Verb.FETCH_PICTURES, Verb.WHOLE_PAGE, Verb.PASTE, Verb.TEXT,
)  # fmt: skip


def _edited(verb: Verb) -> _Change:
    text = Clipping("", html=f"<p>{verb}</p>", words=1)
    return lambda x: x.library.edit(
        verb if verb is not Verb.TEXT else "Corrected", [Edit(1, text=text)]
    )


_STEPS: dict[Verb, _Change] = {
    Verb.QUEUE: lambda x: x.library.set_state([1, 4], State.QUEUE),
    Verb.ARCHIVE: lambda x: x.library.set_state([1, 2], State.ARCHIVE, done=True),
    Verb.TRASH: lambda x: x.library.set_state([1, 4], State.TRASH),
    Verb.RESTORE: lambda x: x.library.trash.restore([3]),
    Verb.FAVOURITE: lambda x: x.library.set_favourite([1, 2], True),
    Verb.NO_FAVOURITE: lambda x: x.library.set_favourite([4], False),
    Verb.TAG: lambda x: x.library.tags.add([1, 2], "new"),
    Verb.TAGS: lambda x: x.library.tags.change([1, 4], ["new"], ["art"]),
    Verb.UNTAG: lambda x: x.library.tags.remove([4], "art"),
    Verb.RETITLE: lambda x: x.library.set_title(1, "Another"),
    Verb.USE_VERSION: lambda x: x.library.texts.use(5, x.version),
    **{verb: _edited(verb) for verb in _EDITS},
    Verb.TO_TOP: lambda x: x.library.queue.to_top([2, 4]),
    Verb.TO_END: lambda x: x.library.queue.to_end([1]),
    Verb.NEXT_UP: lambda x: x.library.queue.next_up([5], 1),
    Verb.MOVE: lambda x: x.library.queue.down([1]),
    Verb.MERGE: lambda x: x.library.duplicates.merge(1, 2),
    Verb.TELL_APART: lambda x: x.library.duplicates.tell_apart(1, 2),
    Verb.RENAME_TAG: lambda x: x.library.tags.rename("art", "artists"),
    Verb.COLOUR_TAG: lambda x: x.library.tags.colour("art", "red"),
    Verb.DELETE_TAG: lambda x: x.library.tags.delete("art"),
    Verb.SAVE_SEARCH: lambda x: x.library.saved.add("Third", "wasps"),
    Verb.RENAME_SEARCH: lambda x: x.library.saved.rename(x.search, "Renamed"),
    Verb.CHANGE_SEARCH: lambda x: x.library.saved.ask(x.search, "ants"),
    Verb.DELETE_SEARCH: lambda x: x.library.saved.delete(x.search),
    Verb.MOVE_SEARCH: lambda x: x.library.saved.move(x.search, 1),
    Verb.SUBJECTS: lambda x: subjects.take_from_tags(x.library._database),
    Verb.START_AGAIN: lambda x: x.library.reading_log.start_again([4]),
    Verb.DELETE_WORDS: lambda x: x.library.vocabulary.delete([x.word]),
    Verb.IMPORT: lambda x: x.library.imports.take_in(
        [Entry(Clipping("https://example.org/new", title="New"))], Placing.BEHIND, "pocket"
    ),
}
_OTHERS: dict[str, _Change] = {
    "undo": lambda x: x.library.history.undo(),
    "add": lambda x: x.library.add(
        Clipping("https://example.org/new", html="<p>New</p>", tags=("art",))
    ),
    "count a view": lambda x: x.library.reading_log.count_view(1),
    "keep a position": lambda x: x.library.reading_log.keep_position(1, Anchor(1), 0.5),
}


@pytest.fixture
def shelf(library: Library) -> Shelf:
    for number in range(1, 6):
        assert add_text(library, f"bees {number}", url=f"https://example.org/{number}") == number
    library.add(Clipping("https://example.org/5", html="<p>wasps</p>"))
    library.set_state([3], State.TRASH)
    library.set_state([4], State.ARCHIVE)
    library.set_favourite([4], True)
    library.tags.add([4], "art")
    library.reading_log.keep_position(4, Anchor(1), 0.5)
    library.add(
        Clipping(
            "https://example.org/2",
            html="<p>bees 2</p>",
            tags=("keyword",),
            source_type="text/html",
        )
    )
    search = library.saved.add("First", "bees")
    library.saved.add("Second", "bees")
    word = library.vocabulary.keep(LookedUp("", "wasp"))
    return Shelf(library, search, library.texts.versions(5)[1].id, word)


def _outside(shelf: Shelf, change: _Change) -> list[str]:
    """Make a change, and return the statements that were not part of a transaction."""
    connection, outside = shelf.library._database.connection, list[str]()
    shelf.library._database.take_copy = None  # whether one is due is judged before

    def trace(_: object, sql: str, __: object) -> bool:
        if not connection.in_transaction and sql != "BEGIN IMMEDIATE":
            outside.append(sql)
        return True

    connection.exec_trace = trace
    change(shelf)
    connection.exec_trace = None
    return outside


_OF_COPIES = {Verb.FROM_COPY, Verb.MERGE_COPY, Verb.REPAIR, Verb.DELETE}
"""The verbs of events, and of what is done with copies, which their own rooms test."""


def test_every_verb_has_its_change() -> None:
    assert {*_STEPS} == {*Verb} - _OF_COPIES


@pytest.mark.parametrize("verb", _STEPS)
def test_a_step_reads_nothing_outside_its_transaction(shelf: Shelf, verb: Verb) -> None:
    assert _outside(shelf, _STEPS[verb]) == []
    made = shelf.library.history.newest()
    assert made is not None
    assert made.label.verb is verb


@pytest.mark.parametrize("name", _OTHERS)
def test_no_other_change_reads_outside_its_transaction(shelf: Shelf, name: str) -> None:
    assert _outside(shelf, _OTHERS[name]) == []
