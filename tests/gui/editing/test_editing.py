"""Each change of the chosen articles: what the library holds, what is told, what undo does."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from reader.errors import LibraryError
from reader.gui.context import Context
from reader.gui.editing.editing import Editing
from reader.gui.history.history import History
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Article, State
from reader.steps import Step

Call = Callable[..., Any]


class Jobs:
    """Does the work at once; it writes down the title and whether it can be stopped."""

    def __init__(self) -> None:
        self.told: list[tuple[str, bool]] = []

    def change(
        self, title: str, work: Call, then: Call, failed: Call, *, stoppable: bool = True
    ) -> None:
        self.told.append((title, stoppable))
        try:
            outcome = work(lambda *_: None)
        except LibraryError as error:
            failed(error)
        else:
            then(outcome)


@pytest.fixture
def hand(context: Context, library: Library, add: Callable[..., Article]) -> SimpleNamespace:
    """Give changes of a queue of five articles, of which the first two are chosen."""
    ids = [add(f"Article {number}").id for number in range(5)]
    jobs, messages = Jobs(), context.messages
    history = History(library, jobs, messages)  # type: ignore[arg-type]
    made = SimpleNamespace(chosen=ids[:2], article=None, done=0, history=history)
    made.ids = lambda: made.chosen

    def done() -> None:
        made.done += 1

    history.changed.connect(done)
    made.do = Editing(context._replace(jobs=jobs, history=history), made)  # type: ignore[arg-type]
    made.all, made.jobs, made.messages, made.window = ids, jobs, messages, context.window
    return made


def _states(library: Library, hand: SimpleNamespace) -> str:
    return "".join(library.article(id).state[0] for id in hand.all)


def _order(library: Library, hand: SimpleNamespace) -> list[int]:
    return [hand.all.index(id) for id in library.ids(SHELF_QUERIES["queue"])]


def test_states_are_set_told_and_undone(hand: SimpleNamespace, library: Library) -> None:
    for name, states, said, title in (
        ("archive", "aaqqq", "Archived 2 articles.", "Archiving 2 articles"),
        ("trash", "ttqqq", "Moved to the trash: 2 articles.", "Moving 2 articles to the trash"),
    ):
        getattr(hand.do, name)()
        assert _states(library, hand) == states
        assert hand.messages.text() == said
        assert hand.jobs.told[-1] == (title, True)
        hand.history.undo()
        assert hand.messages.text() == f"Undone: {said}"
        assert _states(library, hand) == "qqqqq"
        assert hand.jobs.told[-1] == ("Undoing", True)
    hand.history.redo()
    assert hand.messages.text() == "Done again: Moved to the trash: 2 articles."
    assert hand.jobs.told[-1] == ("Doing again", True)
    hand.do.restore()
    assert _states(library, hand) == "qqqqq"
    assert hand.jobs.told[-1] == ("Changing 2 articles", False)
    assert hand.done == 6
    hand.messages._act.click()
    assert _states(library, hand) == "ttqqq", "the message offers Undo"


def test_later_and_favourite_turn_only_if_all_are_so(
    hand: SimpleNamespace, library: Library
) -> None:
    library.set_state(hand.all[:1], State.ARCHIVE)
    library.set_favourite(hand.all[:1], True)
    for states, stars in (("qqqqq", 2), ("aaqqq", 0), ("qqqqq", 2)):
        hand.do.read_later()
        assert _states(library, hand) == states
        hand.do.favourite()
        assert library.counts().favourites == stars
    assert {title for title, _ in hand.jobs.told} == {"Changing 2 articles"}


def test_the_queue_is_put_in_order(hand: SimpleNamespace, library: Library) -> None:
    hand.chosen = hand.all[1:2]
    for do, order in (
        (hand.do.to_end, [0, 2, 3, 4, 1]), (hand.do.move_up, [0, 2, 3, 1, 4]),
        (hand.do.move_down, [0, 2, 3, 4, 1]), (hand.do.to_top, [1, 0, 2, 3, 4]),
    ):  # fmt: skip
        hand.messages.hide()
        do()
        assert _order(library, hand) == order
        is_quiet = do in (hand.do.move_up, hand.do.move_down)
        assert (hand.messages.text() == "") == is_quiet
    hand.do.put_behind(hand.all[:2], hand.all[3])
    assert _order(library, hand) == [2, 3, 0, 1, 4]
    hand.do.put_behind([hand.all[4]], 0)
    assert _order(library, hand) == [4, 2, 3, 0, 1]
    hand.article = library.article(hand.all[3])
    hand.do.next_up()
    assert _order(library, hand) == [4, 2, 3, 1, 0]
    hand.chosen = [hand.all[0]]
    hand.do.next_up()
    assert _order(library, hand) == [4, 2, 3, 0, 1]
    hand.article = library.article(hand.all[0])
    hand.do.next_up()
    assert _order(library, hand) == [0, 4, 2, 3, 1], "what is read itself comes first"


def test_finishing_the_article_on_the_page_is_told_and_its_undo_too(
    hand: SimpleNamespace, library: Library
) -> None:
    finished, back = list[int](), list[int]()
    hand.do.finished.connect(finished.append)
    hand.do.taken_back.connect(back.append)
    hand.article = library.article(hand.all[0])
    hand.chosen = hand.all[1:]
    hand.do.archive()
    assert finished == [], "it is not among the chosen ones"
    hand.history.undo()
    hand.chosen = hand.all[:1]
    hand.do.archive()
    assert (finished, back) == (hand.all[:1], [])
    assert library.article(hand.all[0]).state is State.ARCHIVE
    hand.history.undo()
    assert back == hand.all[:1]
    hand.history.redo()
    hand.history.undo()
    assert back == hand.all[:1], "only once"


def test_undo_tells_of_the_very_article_though_another_has_its_title(
    hand: SimpleNamespace, library: Library
) -> None:
    back = list[int]()
    hand.do.taken_back.connect(back.append)
    for id in hand.all[:2]:
        library.set_title(id, "The same")
    hand.do.finish(library.article(hand.all[0]))
    library.set_state(hand.all[1:2], State.ARCHIVE)  # as another window does
    hand.history.undo()
    assert back == []
    hand.history.undo()
    assert back == hand.all[:1]


def test_nothing_changed_is_not_told_and_trouble_can_be_tried_again(
    hand: SimpleNamespace, library: Library
) -> None:
    then: list[Step] = []
    hand.history.run(lambda: 0, then.append)
    assert (hand.messages.text(), hand.done, then) == ("", 1, [])
    broken = [True]

    def work() -> int:
        if broken[0]:
            raise LibraryError("The disk is full.")
        return library.set_favourite(hand.all[:1], True)

    hand.history.run(work, then.append, count=7)
    assert (hand.messages.text(), hand.done, then) == ("The disk is full.", 1, [])
    assert hand.jobs.told[-1] == ("Changing 7 articles", False)
    broken.clear()
    broken.append(False)
    hand.messages._act.click()
    assert hand.jobs.told[-1] == ("Changing 7 articles", False)
    assert then == [library.history.newest()]
    assert hand.messages.text() == f"{library.history.undo_text()}."
    while library.history.undo():
        pass
    hand.history.undo()
    assert hand.messages.text() == "There is nothing left to change."
