"""The way through a session against a plain list, and the bar that tells where one is."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QToolButton

from reader.anchor import Anchor
from reader.gui.context import Context
from reader.gui.session.session import Session, SessionBar
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Article, Row, State

Add = Callable[..., Article]


@pytest.fixture
def rows(library: Library, add: Add) -> list[Row]:
    """Return five articles of the queue that take a minute each."""
    for number in range(5):
        add(f"Article {number}")
    return library.rows(SHELF_QUERIES["queue"], offset=0, limit=9)


@pytest.fixture
def session(context: Context) -> Session:
    window = context.window
    context.settings.update(article=1, minutes=20)
    finished: list[int] = []
    made = Session(context, lambda name: f"tip of {name}")
    made.finish_wanted.connect(lambda: finished.append(made.current))
    made.finished = finished  # type: ignore[attr-defined]
    made.bar.setParent(window)
    made.bar.resize(600, 30)
    window.show()
    return made


@pytest.mark.parametrize("seed", range(6))
def test_any_way_through_is_that_of_a_plain_list(
    session: Session, rows: list[Row], seed: int
) -> None:
    chance, asked, ended = random.Random(seed), list[int](), list[str]()
    session.article_wanted.connect(asked.append)
    session.ended.connect(ended.append)
    session.start(rows)
    ids = [row.id for row in rows]
    here, read, running = 0, list[int](), True
    for _ in range(40):
        before = len(asked)
        what = chance.choice(("step", "back", "done", "done", "other", "undo"))
        if what == "undo":
            id = chance.choice(ids)
            session.take_back(id)
            if id in read:
                read.remove(id)
                here, running = ids.index(id), True
        elif what == "other":
            assert not session.go_on(10**6)
        else:
            if what == "done":
                assert session.go_on(ids[here] if running else 10**6) == running
                read += [ids[here]] if running else []
            else:
                assert session.step(1 if what == "step" else -1) == running
            by = -1 if what == "back" else 1
            left = [n for n in range(here + by, 5 if by > 0 else -1, by) if ids[n] not in read]
            if running and left:
                here = left[0]
                assert asked[before:] == [ids[here]]
            elif running and by > 0:
                running = False
        assert session.running == running
        assert session.current == (ids[here] if running else 0)
        minutes = sum(id not in read for id in ids[here:])
        time = f" · {minutes} min left" if minutes else ""
        assert session.bar.text() == (f"{here + 1} of 5{time}" if running else "")
    assert all(each.startswith("You have read ") for each in ended)


def test_the_end_says_what_was_read_and_what_waits(
    session: Session, library: Library, rows: list[Row]
) -> None:
    ended: list[str] = []
    session.ended.connect(ended.append)
    for leave, done, said in (
        ([], 0, "0 articles\n5 articles of the session stay in the queue."),
        ([], 1, "1 article\n“Article 0”. 4 articles of the session stay in the queue."),
        ([5], 3, "3 articles\n“Article 0”, “Article 1”, “Article 2”. "
                 "1 article of the session stays in the queue."),
        ([4, 5], 3, "3 articles\n“Article 0”, “Article 1”, “Article 2”."),
        ([1, 2, 3], 0, "0 articles\n"),
    ):  # fmt: skip
        library.set_state(leave, State.ARCHIVE)
        session.start(rows)
        for row in rows[:done]:
            session.go_on(row.id)
        session.stop()
        session.stop()
        assert ended == [f"You have read {said}"]
        ended.clear()


def test_nothing_to_read_begins_nothing(session: Session) -> None:
    session.start([])
    assert not session.running
    assert not session.step(1)
    assert session.bar.text() == ""
    assert session.current == 0


def test_what_is_read_by_scrolling_takes_less_time(session: Session, rows: list[Row]) -> None:
    long = [row._replace(words=2380) for row in rows[:2]]
    session.start(long)
    assert session.bar.text() == "1 of 2 · 20 min left"
    session.moved(long[0].id, Anchor(), 0.5)
    assert session.bar.text() == "1 of 2 · 15 min left"
    session.moved(10**6, Anchor(), 0.9)
    assert session.bar.text() == "1 of 2 · 15 min left"
    session.stop()
    session.moved(long[1].id, Anchor(), 0.5)
    assert session.bar.text() == "", "it does not come back"


def test_the_bar_shows_how_far_one_is_where_there_is_room(
    session: Session, rows: list[Row]
) -> None:
    bar = session.bar
    session.start(rows)
    session.step(1)
    progress = bar._progress
    assert (progress.minimum(), progress.maximum(), progress.value()) == (0, 5, 1)
    for wide, shown in ((430, True), (429, False), (600, True)):
        bar.resize(wide, 30)
        assert progress.isVisible() == shown
    assert (progress.height(), progress.maximumWidth()) == (4, 180)
    assert not progress.isTextVisible()
    assert progress.accessibleName() == "Progress of the session"
    bar.show_progress("", 0, 0)
    assert progress.maximum() == 1, "no range would mean that it is busy"


def test_its_buttons_end_skip_and_finish(session: Session, rows: list[Row]) -> None:
    session.start(rows)
    end, skip, done = session.bar.findChildren(QToolButton)
    assert [(each.text(), each.toolTip()) for each in (end, skip, done)] == [
        ("End", "tip of session.end"), ("Skip", "tip of article.next"),
        ("Done, Next", "tip of article.archive"),
    ]  # fmt: skip
    assert end.geometry().right() < skip.geometry().left() < done.geometry().left()
    assert done.objectName() == "act"
    assert done.minimumWidth() == done.sizeHint().width()
    assert {each.focusPolicy().name for each in (end, skip, done)} == {"NoFocus"}
    skip.click()
    assert session.current == rows[1].id
    done.click()
    assert session.finished == [rows[1].id]  # type: ignore[attr-defined]
    end.click()
    assert not session.running
    assert isinstance(session.bar, SessionBar)


def test_a_surprise_is_another_one_of_the_queue(
    session: Session, library: Library, rows: list[Row]
) -> None:
    asked: list[int] = []
    session.article_wanted.connect(asked.append)
    for _ in range(12):
        session.surprise()
    assert set(asked) <= {row.id for row in rows[1:]}
    library.set_state([row.id for row in rows], State.ARCHIVE)
    session.surprise()
    assert len(asked) == 12
    assert session._messages.text() == "There is nothing else in the queue."
