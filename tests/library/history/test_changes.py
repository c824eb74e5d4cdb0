"""The door for changes: whole steps after a kill, progress and Stop, and any text from outside."""

import hashlib
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.library.conftest import said

from reader import phrases
from reader.anchor import Anchor
from reader.errors import LibraryError
from reader.library.history import identity, stamps
from reader.library.library import Library
from reader.model import Clipping, Edit, Query, Sort, State
from reader.progress import Cancelled
from reader.steps import Label, Verb

_EDIT = """
import os, signal, sys
from pathlib import Path
from reader.library import registry
from reader.library.store import seals
from reader.library.search import indexing
from reader.library.library import Library
from reader.model import Edit
at, calls = int(sys.argv[2]), 0
def count(*_):
    global calls
    calls += 1
    if calls == at:
        os.kill(os.getpid(), signal.SIGKILL)
library = Library.open(Path(sys.argv[1]))
sys.setprofile(count)
library.edit("Renamed", [Edit(id, title="New") for id in (1, 2, 3)])
sys.setprofile(None)
print(calls)
"""


def filled(folder: Path, count: int) -> Library:
    library = Library.open(folder)
    with library.together():
        for number in range(count):
            library.add(Clipping(f"https://example.org/{number}", title="Old", html="<p>Text.</p>"))
    return library


def titles(library: Library) -> list[str]:
    return [library.article(id).title for id in (1, 2, 3)]


def edit_in_a_process(folder: Path, kill_at: int) -> "subprocess.CompletedProcess[str]":
    """Rename three articles in a library that has something to redo."""
    with filled(folder, 3) as library:
        library.set_favourite([1], True)
        library.history.undo()
    command = [sys.executable, "-c", _EDIT, str(folder), str(kill_at)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_kill_at_any_point_of_a_long_step_leaves_one_that_can_be_undone(tmp_path: Path) -> None:
    calls = int(edit_in_a_process(tmp_path / "count", 0).stdout)
    seen = set()
    for number in range(10):
        folder = tmp_path / str(number)
        assert edit_in_a_process(folder, calls * (number + 1) // 11).returncode == -signal.SIGKILL
        with Library.open(folder) as library:
            changed = titles(library).count("New")
            seen.add(changed)
            steps = {
                0: ("", "Made a favourite: “Old”"),
                1: ("Renamed “Old”", ""),
                2: ("Renamed 2 articles", ""),
                3: ("Renamed 3 articles", ""),
            }
            assert (library.history.undo_text(), library.history.redo_text()) == steps[changed]
            library.history.undo()
            assert titles(library) == ["Old"] * 3
            assert library.history.undo_text() == ""
    assert len(seen) > 2


def test_trouble_in_the_middle_of_a_long_step_leaves_one_that_can_be_undone(
    tmp_path: Path,
) -> None:
    def edits() -> Iterator[Edit]:
        yield Edit(1, title="Old")  # no other than before
        yield Edit(2, title="New")
        raise Cancelled

    with filled(tmp_path, 3) as library:
        with pytest.raises(Cancelled):
            library.edit("Renamed", edits())
        assert said(library.history.undo()) == "Renamed “Old”"
        assert said(library.history.undo()) == ""


def test_a_long_step_that_is_undone_meanwhile_goes_on_as_another(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library, Library.open(tmp_path) as other:

        def edits() -> Iterator[Edit]:
            yield Edit(1, title="New")
            other.history.undo()
            yield Edit(2, title="New")

        assert library.edit("Renamed", edits()) == 2
        assert titles(library) == ["Old", "New", "Old"]
        assert said(library.history.undo()) == "Renamed “Old”"
        assert titles(library) == ["Old"] * 3


# ---- progress and Stop

_IDS = list(range(1, 251))
_BULK: dict[str, Callable[..., Any]] = {
    "state": lambda library, report: library.set_state(_IDS, State.ARCHIVE, report=report),
    "trash": lambda library, report: library.set_state(_IDS, State.TRASH, report=report),
    "favourite": lambda library, report: library.set_favourite(_IDS, True, report=report),
    "tag": lambda library, report: library.tags.add(_IDS, "a", report=report),
    "untag": lambda library, report: library.tags.remove(_IDS, "given", report=report),
    "tags": lambda library, report: library.tags.change(_IDS, ["a"], ["given"], report),
    "delete a tag": lambda library, report: library.tags.delete("given", report),
    "undo": lambda library, report: library.history.undo(report),
}


@pytest.mark.parametrize("name", _BULK)
def test_a_bulk_change_tells_how_far_it_is_and_is_all_or_nothing(tmp_path: Path, name: str) -> None:
    told: list[tuple[int, int, str]] = []

    def stop(*said: Any) -> None:
        told.append(said)
        if said[0] and said[2] == "Changing articles":
            raise Cancelled

    with filled(tmp_path, 250) as library:
        library.tags.add(_IDS, "given")
        before = [library.article(id) for id in _IDS], library.history.undo_text()
        with pytest.raises(Cancelled):
            _BULK[name](library, stop)
        assert ([library.article(id) for id in _IDS], library.history.undo_text()) == before
        changing = [(done, total) for done, total, text in told if text == "Changing articles"]
        assert changing == [(0, 250), (100, 250)]
        _BULK[name](library, lambda *said: told.append(said))
        assert library.article(250) != before[0][-1]


def test_redo_and_restoring_are_all_or_nothing_too(tmp_path: Path) -> None:
    def stop(done: int, _total: int, _text: str) -> None:
        if done:
            raise Cancelled

    with filled(tmp_path, 250) as library:
        library.set_state(_IDS, State.TRASH)
        with pytest.raises(Cancelled):
            library.trash.restore(_IDS, stop)
        library.history.undo()
        with pytest.raises(Cancelled):
            library.history.redo(stop)
        assert library.counts().queue == 250
        assert library.history.redo_text() == "Moved to the trash: 250 articles"


@pytest.mark.parametrize(("count", "told"), [(99, [0]), (100, [0]), (101, [0, 100])])
def test_how_far_it_is_is_told_at_every_hundredth(
    tmp_path: Path, count: int, told: list[int]
) -> None:
    said: list[tuple[int, int, str]] = []
    with filled(tmp_path, count) as library:
        ids = library.ids(Query())
        library.set_favourite(ids, True, report=lambda *each: said.append(each))
    changing = [each for each in said if each[2] == "Changing articles"]  # not the copy before
    assert changing == [(number, count, "Changing articles") for number in told]


# ---- what a step says and leaves


def test_steps_are_named_by_what_was_done_to_what(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library:
        for state, one, all in (
            (State.ARCHIVE, "Archived “Old”", "Archived 2 articles"),
            (State.TRASH, "Moved to the trash: “Old”", "Moved to the trash: 2 articles"),
            (State.QUEUE, "Put into the queue: “Old”", "Put into the queue: 2 articles"),
        ):
            library.set_state([1], state)
            assert library.history.undo_text() == one
            library.set_state([1, 2, 3], state)
            assert library.history.undo_text() == all


def test_an_unknown_article_changes_nothing_and_makes_no_step(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library:
        library.set_favourite([1], True)
        library.history.undo()
        assert library.set_title(99, "New") == 0
        assert library.edit("Renamed", [Edit(99, title="New")]) == 0
        assert library.trash.restore([99]) == 0
        assert (library.history.undo_text(), library.history.redo_text()) == (
            "",
            "Made a favourite: “Old”",
        )


def test_a_corrected_title_or_author_is_sorted_by(library: Library) -> None:
    ids = [
        library.add(Clipping(f"https://example.org/{n}", title=n, byline=n, site=site)).id
        for n, site in (("a", ""), ("b", ""), ("c", "Élan"))
    ]
    library.set_title(ids[0], "“Zebra”")
    library.edit("Corrected", [Edit(id, byline="Über") for id in (ids[0], ids[2])])
    lists = [library.ids(Query(sort=sort, descending=False)) for sort in (Sort.TITLE, Sort.SITE)]
    assert lists == [[ids[1], ids[2], ids[0]], [ids[1], ids[2], ids[0]]]
    library.history.undo()
    assert library.ids(Query(sort=Sort.SITE, descending=False)) == ids


def test_finishing_is_undone_with_the_archive_it_led_to(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library:
        library.set_state([1], State.ARCHIVE, done=True)
        assert library.article(1).read_at
        library.history.undo()
        assert (library.article(1).read_at, library.article(1).state) == ("", State.QUEUE)
        library.history.redo()
        assert library.article(1).read_at


def test_undo_takes_back_what_it_can_and_leaves_the_rest(tmp_path: Path) -> None:
    with filled(tmp_path, 2) as library:
        library.edit("Renamed", [Edit(1, title="New"), Edit(2, title="New", byline="By")])
        library.add(Clipping("https://example.org/1", title="Theirs", byline="Theirs"))
        with library._database.writing() as connection:
            connection.execute("UPDATE article SET byline = 'Newer' WHERE id = 2")
        library.history.undo()
        assert [library.article(id).title for id in (1, 2)] == ["Old", "Old"]
        assert library.article(2).byline == "Newer"


def test_what_can_be_redone_is_done_again_in_its_order(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library:
        for title in ("1", "2", "3"):
            library.set_title(1, title)
        for label in ("2", "1", "Old"):
            assert said(library.history.undo()) == f"Renamed “{label}”"
        assert said(library.history.undo()) == ""
        for number in (1, 2, 3):
            assert library.history.redo()
            assert library.article(1).title == str(number)
        assert said(library.history.redo()) == library.history.redo_text() == ""
        assert library.history.undo_text() == "Renamed “2”"


def test_one_that_became_another_is_found_by_both_uids(library: Library) -> None:
    text = "<p>" + " ".join(f"word{n}" for n in range(50)) + "</p>"
    urls = ("https://example.org/1", "https://example.org/2")
    stays, goes = (library.add(Clipping(url, html=text)).id for url in urls)
    for id in (stays, goes):
        library.reading_log.count_view(id)
        library.reading_log.keep_position(id, Anchor(1, 2), 0.5)
    uids = [library.article(id).uid for id in (stays, goes)]
    library.add(Clipping(urls[1], html=text, aliases=urls[:1]))
    with library._database.reading() as connection:
        assert identity.members(connection, uids[0]) == uids
        assert identity.root(connection, uids[1]) == uids[0]
    article = library.article(stays)
    assert (article.views, article.position) == (2, Anchor(1, 2))


def test_only_the_address_a_person_typed_is_typed(library: Library) -> None:
    urls = ("https://example.org/1", "https://example.org/2")
    one, other = (library.add(Clipping(url)).id for url in urls)
    for url in ("https://example.org/none", urls[0], urls[0]):
        library.note_typed(url)
    assert (library.is_typed(one), library.is_typed(other)) == (True, False)
    assert not library.is_typed(99)
    assert library.history.undo_text() == ""
    with library._database.writing() as connection:
        connection.execute("UPDATE article SET url = 'https://example.org/3' WHERE id = ?", (one,))
    assert not library.is_typed(one)


# ---- stamps


@pytest.mark.parametrize(
    ("stamp", "following"),
    [
        ("0000000000005-00007-ab", (5, 8)),
        ("0000000000005-99998-ab", (5, 99_999)),
        ("0000000000005-99999-ab", (6, 0)),
        ("9999999999998-99999-ab", (9_999_999_999_999, 0)),
        ("9999999999999-99999-ab", (9_999_999_999_999, 100_000)),
        ("", (0, 0)),
        ("5", (0, 0)),
        ("5-x-ab", (0, 0)),
        ("x-5-ab", (0, 0)),
    ],
)
def test_a_stamp_is_followed_by_the_next(stamp: str, following: tuple[int, int]) -> None:
    assert stamps.following(stamp) == following


@pytest.mark.parametrize(
    ("nanoseconds", "begins"),
    [(1_999_999, "0000000000001-00000-"), (-1, "0000000000000-00000-"),
     (10**30, "9999999999999-00000-")],
)  # fmt: skip
def test_a_stamp_tells_milliseconds_whatever_the_clock_says(
    library: Library, monkeypatch: pytest.MonkeyPatch, nanoseconds: int, begins: str
) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: nanoseconds)
    id = library.add(Clipping("https://example.org/1")).id
    library.set_title(id, "a")
    library.set_title(id, "b")
    with library._database.reading() as connection:
        sql = "SELECT stamp FROM change WHERE field = 'title' ORDER BY id"
        found: Any = connection.execute(sql).fetchall()
    (first,), (second,) = found
    assert first.startswith(begins[:13])
    device = first[20:]
    assert re.fullmatch("[0-9a-f]{16}", device)
    assert (first[14:19], second[14:]) == ("00001", f"00002-{device}")


# ---- texts from outside

_ODD = (
    "a\ud800b",
    "\udcff",
    "a\0b",
    "\0",
    "\ufffe\uffff",
    "\ud83d\ude00",
    "x" * 100_000,
    "\x1b[2J",
)
_TEXTS = [name for name, kind in Clipping.__annotations__.items() if kind in (str, "str")]
_LISTS = [name for name, value in Clipping("")._asdict().items() if isinstance(value, tuple)]


@pytest.mark.parametrize("odd", _ODD, ids=lambda odd: ascii(odd)[:9])
@pytest.mark.parametrize("name", [*_TEXTS, *_LISTS])
def test_whatever_a_clipping_says_is_stored(library: Library, name: str, odd: str) -> None:
    told = Clipping("https://example.org/1", title="T", html="<p>x</p>")
    value: Any = (odd, f"{odd}2") if name in _LISTS else odd
    id = library.add(told._replace(**{name: value})).id
    again = library.add(told._replace(**{name: value})).id
    assert again == id
    article = library.article(id)
    stored = json.dumps(
        [article, library.texts.source(id).media_type], default=repr, ensure_ascii=False
    )
    assert stored.encode()
    assert "\0" not in stored
    assert name in ("pictures", "lead") or library.check() == ()


def test_halves_of_a_letter_that_belong_together_become_it(library: Library) -> None:
    id = library.add(Clipping("https://example.org/1", title="\ud83d\ude00 \ud83d")).id
    assert library.article(id).title == "😀 �"


_PLACES: dict[str, Callable[[Library, str], object]] = {
    "title": lambda library, odd: library.set_title(1, odd),
    "edit": lambda library, odd: library.edit(
        odd, [Edit(1, odd, odd, odd, Clipping("", html=odd))]
    ),
    "tag": lambda library, odd: library.tags.add([1], odd),
    "untag": lambda library, odd: library.tags.remove([1], odd),
    "tags": lambda library, odd: library.tags.change([1], [odd], [odd + "x"]),
    "rename": lambda library, odd: library.tags.rename("t", odd),
    "rename unknown": lambda library, odd: library.tags.rename(odd, "t"),
    "saved": lambda library, odd: library.saved.add(odd, odd),
    "ask": lambda library, odd: library.saved.ask(library.saved.add("n", "q"), odd),
    "rename saved": lambda library, odd: library.saved.rename(library.saved.add("n", "q"), odd),
    "find": lambda library, odd: library.find(odd),
    "titled": lambda library, odd: library.search.titled(odd, 5),
}


@pytest.mark.parametrize("odd", _ODD, ids=lambda odd: ascii(odd)[:9])
@pytest.mark.parametrize("place", _PLACES)
def test_whatever_a_person_types_is_stored_or_refused(
    library: Library, place: str, odd: str
) -> None:
    library.add(Clipping("https://example.org/1", title="T", html="<p>x</p>", tags=("t",)))
    with suppress(LibraryError):
        _PLACES[place](library, odd)
    assert library.check() == ()
    assert isinstance(library.article(1).title.encode(), bytes)
    assert json.dumps([library.counts(), library.history.undo_text()], ensure_ascii=False).encode()


# ---- what later programs read


def test_what_is_written_of_a_step_is_named_as_ever(library: Library) -> None:
    text = Clipping("", html="<p>two</p>")
    ids = [library.add(Clipping(f"https://example.org/{n}", html=f"<p>{n}</p>")).id for n in "ab"]
    one, other = (library.article(id).uid for id in ids)
    library.tags.add(ids[:1], "art")
    library.tags.colour("art", "red")
    library.tags.rename("art", "music")
    search = library.saved.add("Name", "question")
    library.duplicates.tell_apart(*ids)
    library.edit("Edited", [Edit(ids[0], "T", "B", "2025-01-01", text)])
    library.set_favourite(ids[:1], True)
    library.set_state(ids[:1], State.ARCHIVE, done=True)
    library.duplicates.merge(*ids)
    with library._database.reading() as connection:
        sql = "SELECT DISTINCT entity, field FROM change WHERE step IS NOT NULL"
        found: Any = connection.execute(sql).fetchall()
    tag = hashlib.blake2b(b"art", digest_size=16).hexdigest()
    fields = (f"tag/{tag}", "title", "byline", "published_at", "text", "favourite", "read_at",
              "state")  # fmt: skip
    assert {*found} == {
        *((one, field) for field in fields),
        *((other, field) for field in ("state", "merged_into")),
        (f"apart/{min(one, other)}/{max(one, other)}", "apart"),
        *((f"tag/{tag}", field) for field in ("colour", "name")),
        *((f"saved/{search}", field) for field in ("name", "question", "place")),
    }


def test_what_was_corrected_stays_when_it_comes_in_again(library: Library) -> None:
    told = Clipping("https://example.org/1", "T", "B", published_at="2024-01-01")
    id = library.add(told).id
    library.edit("Edited", [Edit(id, "Mine", "Me", "2025-01-01")])
    library.add(told._replace(title="U", byline="C", published_at="2024-02-02", site="New"))
    article = library.article(id)
    assert (article.title, article.byline, article.published_at) == ("Mine", "Me", "2025-01-01")
    assert article.site == "New"


def test_by_site_an_article_is_sorted_by_its_author_only_without_one(library: Library) -> None:
    told = (("b", "x"), ("", "c"), ("a", "z"), ("", ""))
    ids = [
        library.add(Clipping(f"https://example.org/{n}", site=site, byline=byline)).id
        for n, (site, byline) in enumerate(told)
    ]
    wanted = [ids[each] for each in (3, 2, 0, 1)]
    assert library.ids(Query(sort=Sort.SITE, descending=False)) == wanted


# ---- steps as data


def test_a_step_tells_what_was_done_to_which_articles(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library:
        library.set_state([1, 3], State.ARCHIVE)
        made = library.history.made()
        assert made == library.history.newest()
        assert made is not None
        assert (made.verb, made.articles, made.uids, made.size) == (Verb.ARCHIVE, (1, 3), (), 2)
        library.tags.change([2], ["bees"], [])
        library.tags.colour("bees", "red")
        coloured = library.history.newest()
        assert coloured is not None
        assert (coloured.verb, coloured.articles, len(coloured.uids)) == (Verb.COLOUR_TAG, (), 1)
        assert library.history.undo() == coloured
        assert library.history.redo() == coloured
        assert library.history.newest(undone=True) is None


def test_a_step_is_undone_and_done_again_by_its_id(tmp_path: Path) -> None:
    with filled(tmp_path, 2) as library:
        library.set_title(1, "New")
        first = library.history.newest()
        library.set_favourite([2], True)
        assert first is not None
        assert library.history.undo(step=first.id) == first
        assert (library.article(1).title, library.article(2).favourite) == ("Old", True)
        assert library.history.undo(step=first.id) is None, "it is undone already"
        assert library.history.redo(step=first.id) == first
        assert library.article(1).title == "New"


def test_what_this_thread_has_made_is_not_what_another_window_does(tmp_path: Path) -> None:
    with filled(tmp_path, 2) as library, Library.open(tmp_path) as other:
        library.set_favourite([1], True)
        other.set_favourite([2], True)
        made, newest = library.history.made(), library.history.newest()
        assert made and newest
        assert (made.articles, newest.articles) == ((1,), (2,))


def test_every_verb_has_a_sentence_and_is_stored_under_its_own_name() -> None:
    for verb in Verb:
        assert phrases.step(Label(verb, {"count": 2, "text": "Did"})).strip()
        assert verb.value == verb.value.lower()
    assert len({phrases.step(Label(verb, {"count": 2})) for verb in Verb}) == len(Verb)


def test_a_damaged_label_is_no_reason_not_to_undo(tmp_path: Path) -> None:
    with filled(tmp_path, 1) as library:
        for told in ("{", "[]", "null"):
            library.set_title(1, "New")
            with library._database.writing() as connection:
                connection.execute("UPDATE change_group SET told = ?", (told,))
            assert isinstance(library.history.undo_text(), str)
            library.history.undo()
            assert library.article(1).title == "Old"


def test_what_set_state_moves_is_asked_within_its_transaction(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as library:
        asked = []
        connection = library._database.connection

        def trace(_: object, sql: str, __: object) -> bool:
            asked.append(sql)
            return True

        connection.exec_trace = trace
        assert library.set_state([1, 2, 3, 99], State.ARCHIVE) == 3
        connection.exec_trace = None
        assert asked[0] == "BEGIN IMMEDIATE"
        assert sum("state FROM" in each for each in asked) < 6
