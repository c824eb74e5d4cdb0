"""Undo and redo of any step: nothing later is lost, and the order of Undo and Redo stays."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.library.conftest import said
from tests.library.history.test_changes import filled

from reader.errors import LibraryError
from reader.library.library import Library
from reader.model import Clipping, Edit, State
from reader.steps import Standing


def ids_of_steps(library: Library) -> list[int]:
    """Return the numbers of all steps, oldest first."""
    return [each.id for each in library.history.steps()][::-1]


def test_an_old_step_is_undone_and_all_others_stay(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library:
        library.set_title(1, "New")
        library.set_favourite([2], True)
        library.tags.add([1, 3], "maps")
        first = ids_of_steps(library)[0]
        assert said(library.history.undo(step=first)) == "Renamed “Old”"
        assert library.article(1).title == "Old"
        assert library.article(1).tags == ("maps",)
        assert library.article(2).favourite
        entry = library.history.entry(first)
        assert entry is not None
        assert entry.standing is Standing.UNDONE


def test_undoing_an_old_step_keeps_the_order_of_undo_and_redo(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library:
        library.set_title(1, "New")
        library.set_favourite([2], True)
        library.tags.add([3], "maps")
        library.set_state([2], State.ARCHIVE)
        library.history.undo()
        library.history.undo(step=ids_of_steps(library)[0])
        assert library.history.undo_text() == "Tagged “maps”: “Old”"
        redone = [said(library.history.redo()) for _ in range(3)]
        assert redone == ["Renamed “Old”", "Archived “Old”", ""]
        assert library.article(1).title == "New"
        assert library.history.undo_text() == "Archived “Old”"


def test_redo_begins_with_what_was_undone_last_not_with_the_oldest(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library:
        library.set_title(1, "New")
        library.set_favourite([2], True)
        library.history.undo(step=ids_of_steps(library)[0])
        library.history.undo()
        assert [said(library.history.redo()) for _ in range(2)] == [
            "Made a favourite: “Old”", "Renamed “Old”",
        ]  # fmt: skip
        assert library.history.undo_text() == "Renamed “Old”"


def test_an_abandoned_step_can_still_be_redone(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library:
        library.set_title(1, "New")
        library.history.undo()
        library.set_favourite([2], True)
        assert library.history.redo() is None
        assert said(library.history.redo(step=ids_of_steps(library)[0])) == "Renamed “Old”"
        assert library.article(1).title == "New"
        assert said(library.history.undo()) == "Renamed “Old”"
        assert library.article(1).title == "Old"


def test_a_step_that_a_later_one_depends_on_is_refused_by_its_name(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library:
        library.set_state([1], State.ARCHIVE)
        library.set_state([1], State.QUEUE)
        library.set_state([1], State.ARCHIVE)
        first = ids_of_steps(library)[0]
        with pytest.raises(LibraryError, match="Later changed by: Archived “Old”; Put into the qu"):
            library.history.undo(step=first)
        assert library.article(1).state is State.ARCHIVE
        found = library.history.dependents(first)
        assert (found.total, found.free, len(found.later)) == (1, 0, 2)


def test_a_later_step_that_was_undone_stands_against_nothing(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library:
        library.set_title(1, "New")
        library.set_title(1, "Newer")
        library.set_favourite([1], True)
        first, second, _ = ids_of_steps(library)
        library.history.undo(step=second)
        assert library.history.dependents(first).is_whole
        library.history.undo(step=first)
        assert library.article(1).title == "Old"


def test_what_another_device_changed_since_stands_against_it(tmp_path: Path) -> None:
    with filled(tmp_path / "a", 1) as library, Library.open(tmp_path / "b") as other:
        library.set_title(1, "New")
        library.set_favourite([1], True)
        other.history.apply(library.history.export({}))
        other.set_title(1, "Theirs")
        library.history.apply(other.history.export(library.history.known()))
        first = ids_of_steps(library)[0]
        found = library.history.dependents(first)
        assert (found.free, found.others, found.later) == (0, 1, ())
        with pytest.raises(LibraryError, match="another device"):
            library.history.undo(step=first)


def test_a_part_is_undone_only_if_that_is_wanted_and_becomes_a_step(tmp_path: Path) -> None:
    with filled(tmp_path, 5) as library:
        library.set_state([1, 2, 3, 4, 5], State.ARCHIVE)
        library.set_state([4, 5], State.TRASH)
        first, later = ids_of_steps(library)
        with pytest.raises(LibraryError, match="only 3 of 5"):
            library.history.undo(step=first)
        assert library.counts().archive == 3
        library.history.undo(step=first, part=True)
        assert (library.counts().queue, library.counts().trash) == (3, 2)
        entries = {each.id: each for each in library.history.steps()}
        rest = entries[max(entries)]
        assert (entries[first].size, entries[first].standing) == (3, Standing.UNDONE)
        assert (rest.size, rest.standing, rest.at) == (2, Standing.DONE, entries[first].at)
        assert [entries[first].label.told["count"], rest.label.told["count"]] == [3, 2]
        library.history.redo()
        assert (library.counts().archive, library.counts().trash) == (3, 2)
        library.history.undo(step=later)
        for _ in range(2):
            library.history.undo()
        assert library.counts().queue == 5


def test_an_article_is_undone_wholly_or_not_at_all(tmp_path: Path) -> None:
    with filled(tmp_path, 2) as library:
        library.edit("Corrected", [Edit(id, title="New", byline="By") for id in (1, 2)])
        library.set_title(1, "Newer")
        library.history.undo(step=ids_of_steps(library)[0], part=True)
        assert (library.article(1).title, library.article(1).byline) == ("Newer", "By")
        assert (library.article(2).title, library.article(2).byline) == ("Old", "")


def test_a_step_that_does_not_exist_or_is_undone_already_is_none(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library:
        library.set_title(1, "New")
        library.set_title(1, "Newer")
        first = ids_of_steps(library)[0]
        assert library.history.undo(step=99) is None
        assert library.history.redo(step=first) is None
        library.history.undo()
        library.history.undo()
        assert library.history.undo(step=first) is None


# ---- any sequence


class Model:
    """Fields, and steps as the fields they changed, in two stacks."""

    def __init__(self) -> None:
        self.fields: dict[tuple[int, str], str] = {}
        self.steps: list[dict[tuple[int, str], tuple[str, str]]] = []
        self.done: list[int] = []
        self.undone: list[int] = []

    def make(self, wanted: dict[tuple[int, str], str]) -> None:
        """Make a step of the fields that change."""
        had = {key: self.fields.get(key, "0") for key in wanted}
        changed = {key: (had[key], new) for key, new in wanted.items() if had[key] != new}
        if changed:
            self.steps.append(changed)
            self.done.append(len(self.steps) - 1)
            self.undone.clear()
            self.fields.update(wanted)

    def undo(self, step: int) -> bool:
        """Undo a step unless a later one that is done, or any other value, stands against it."""
        later = self.done[self.done.index(step) + 1 :]
        if later and not self._is_free(step, later, 1):
            return False
        self.done.remove(step)
        self.undone.append(step)
        self._turn(step, 1)
        return True

    def redo(self, step: int) -> bool:
        """Redo a step of those that can be redone."""
        is_next = self.undone[-1] == step
        if not is_next and not self._is_free(step, [], 0):
            return False
        self.undone.remove(step)
        self.done.append(step)
        self._turn(step, 0)
        return True

    def _turn(self, step: int, now: int) -> None:
        for key, values in self.steps[step].items():
            if self.fields.get(key, "0") == values[now]:
                self.fields[key] = values[1 - now]

    def _is_free(self, step: int, later: list[int], now: int) -> bool:
        mine = self.steps[step]
        others = {key for each in later for key in self.steps[each]}
        return not others & mine.keys() and all(
            self.fields.get(key, "0") == values[now] for key, values in mine.items()
        )


_MAKE = st.dictionaries(
    st.tuples(st.integers(1, 2), st.sampled_from(["title", "byline"])),
    st.sampled_from(["1", "2"]),
    min_size=1,
)
_ACTIONS = st.lists(
    st.one_of(
        _MAKE,
        st.tuples(st.sampled_from(["undo", "redo"]), st.integers(-1, 5)),
    ),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(actions=_ACTIONS)
def test_any_sequence_of_steps_undone_and_redone_in_any_order_is_as_a_simple_model_has_it(
    library: Library, actions: list[dict[tuple[int, str], str] | tuple[str, int]]
) -> None:
    made = [
        library.add(Clipping(f"https://example.org/{n}/{ids_of_steps(library)[-1:]}")).id
        for n in (1, 2)
    ]
    library.edit("Begun", [Edit(id, title="0", byline="0") for id in made])
    numbers, model = list[int](), Model()
    for action in actions:
        if isinstance(action, dict):
            edits = [
                Edit(made[n - 1], title=action.get((n, "title")), byline=action.get((n, "byline")))
                for n in dict.fromkeys(n for n, _ in action)
            ]
            library.edit("E", edits)
            model.make(action)
            numbers += ids_of_steps(library)[-1:] if len(model.steps) > len(numbers) else []
        else:
            turn_both(library, model, numbers, *action)
        for n, id in enumerate(made, 1):
            article = library.article(id)
            assert article.title == model.fields.get((n, "title"), "0")
            assert article.byline == model.fields.get((n, "byline"), "0")


def turn_both(library: Library, model: Model, numbers: list[int], way: str, number: int) -> None:
    """Undo or redo the newest step, or the one with a number, in the library and in the model."""
    stack = model.done if way == "undo" else model.undone
    if not stack:
        return
    step = stack[number % len(stack)] if number >= 0 else stack[-1]
    turn = library.history.undo if way == "undo" else library.history.redo
    try:
        done = turn(step=0 if number < 0 else numbers[step]) is not None
    except LibraryError:
        done = False
    assert done == getattr(model, way)(step)
