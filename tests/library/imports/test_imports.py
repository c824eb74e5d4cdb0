"""Imports into a library: what is foreseen is what is done, as one undo step, whole or not."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reader.entries import Entry, Highlight, Placing, Text, TextKind
from reader.errors import LibraryError
from reader.library.history import exchange
from reader.library.library import Library
from reader.library.store.database import rows
from reader.model import SHELF_QUERIES, Clipping, Query, State
from reader.outcomes import Outcome
from reader.progress import Cancelled
from reader.reasons import Reason
from reader.steps import Verb

_LOCAL = {"sqlite_sequence", "tag_mark", "unsealed", "device", "change_group", "setting"}
"""Tables that tell how something was written, not what."""
_ODD = ("", "a", "Ünïcode", "日本語の題", "nul\0", "\ud800x", "x" * 300)


def entry(number: int, **told: Any) -> Entry:
    """Return an entry with an address and a title of its own."""
    about = {name: told.pop(name) for name in [*told] if name in Clipping._fields}
    url = about.pop("url", f"https://example.org/{number}")
    return Entry(Clipping(url, **{"title": f"Article {number}", **about}), **told)


def titles(library: Library, query: Query) -> list[str]:
    """Return the titles of a shelf in order."""
    return [row.title for row in library.rows(query)]


def dump(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """Return all tables, with the uids of articles by their addresses, and without times."""
    with library._database.reading() as connection:
        uids: dict[str, str] = dict(rows(connection, "SELECT uid, url FROM article"))
        sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'"
        found: dict[str, list[tuple[Any, ...]]] = {}
        for (name,) in rows(connection, sql):
            if name not in _LOCAL:
                columns = rows(connection, f"PRAGMA table_info({name})")
                names = ", ".join(column[1] for column in columns)
                every = rows(connection, f"SELECT {names} FROM {name}")
                found[name] = sorted(_plain(name, row, uids) for row in every)
        found["search"] = sorted(rows(connection, "SELECT term, doc, cnt FROM search_word"))
        return found


def _plain(name: str, row: tuple[Any, ...], uids: dict[str, str]) -> tuple[Any, ...]:
    if name == "change":
        row = row[2:6]  # without the stamp, and the step, which has a number
    if name == "seal":
        row = row[:3]  # those of what tells of the time differ; the check compares them
    words = [uids.get(each, each) if isinstance(each, str) else each for each in row]
    now = re.compile(r"20[23]\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    return tuple(repr(now.sub("now", each) if isinstance(each, str) else each) for each in words)


# ---- what is foreseen is what is done

_TAGS = st.lists(st.sampled_from(("art", "Art", "art/oil", "日本", " ", "ﬁn", "x,y")), max_size=3)
_TIMES = st.sampled_from(("", "2011-02-03T04:05:06Z", "2031-01-01T00:00:00Z", "yesterday"))
_HTML = st.sampled_from(("", "", "<p>One text of some words.</p>", "<p>Another text.</p>"))
_MARKS = st.lists(
    st.builds(
        Highlight,
        st.sampled_from(("some words", "text", "")),
        st.sampled_from(("", "so")),
        colour=st.sampled_from(("blue", "mauve")),
        labels=st.just(("label",)),
        made_at=_TIMES,
        prefix=st.just(""),
        suffix=st.just(""),
        uid=st.just(""),
    ),
    max_size=2,
)


@st.composite
def _entries(draw: st.DrawFn) -> list[Entry]:
    made = []
    for _ in range(draw(st.integers(1, 9))):
        numbers = st.integers(0, 6)
        clipping = Clipping(
            f"https://example.org/{draw(numbers)}",
            title=draw(st.sampled_from(_ODD)),
            html=draw(_HTML),
            tags=tuple(draw(_TAGS)),
            aliases=tuple(
                f"https://example.org/{draw(numbers)}" for _ in range(draw(numbers) // 5)
            ),
        )
        made.append(
            Entry(
                clipping,
                state=draw(st.sampled_from((State.QUEUE, State.ARCHIVE))),
                favourite=draw(st.booleans()),
                added_at=draw(_TIMES),
                progress=draw(st.sampled_from((0.0, 0.4, 2.0, float("nan")))),
                highlights=tuple(draw(_MARKS)),
                pinned=draw(st.booleans()),
            )
        )
    return made


@given(first=_entries(), second=_entries(), placing=st.sampled_from(Placing))
@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_foreseen_is_done_and_undone(
    empty_library: bytes,
    tmp_path_factory: pytest.TempPathFactory,
    first: list[Entry],
    second: list[Entry],
    placing: Placing,
) -> None:
    folder = tmp_path_factory.mktemp("library")
    (folder / "library.db").write_bytes(empty_library)
    with Library.open(folder) as library:
        for entries in (first, second):
            before, made = _seen(library), library.history.made()
            foreseen = library.imports.foresee(entries)
            done = library.imports.take_in(iter(entries), placing, "pocket")
            assert [each._replace(article=0) for each in done] == [
                each._replace(article=0) for each in foreseen
            ]
            if library.history.made() != made:  # a kept text alone makes no step
                after = _seen(library)
                step = library.history.undo()
                assert step is not None
                assert step.verb is Verb.IMPORT
                assert {url: its for url, its in _seen(library).items() if url in before} == before
                library.history.redo()
                assert _seen(library) == after
            again = library.imports.take_in(entries, placing, "pocket")
            assert not any(each.is_change for each in again)
        assert library.check() == ()


def _seen(library: Library) -> dict[str, Any]:
    """Return what people see of the articles outside the trash, by their addresses."""
    with library._database.reading() as connection:
        ids = [id for (id,) in rows(connection, "SELECT id FROM article WHERE state <> 'trash'")]
    found = {}
    for id in ids:
        its = library.article(id)
        marks = sorted(each.highlight[:2] for each in library.highlights.of(id))
        found[its.url] = (*its[2:12], *its[14:17], its.progress, its.html, marks)
    return found


def test_a_new_article_is_stored_as_one_that_is_added_by_hand(
    library: Library, new_library: Path, tmp_path: Path, empty_library: bytes
) -> None:
    clippings = [
        Clipping("https://example.org/1", title="One “title”", site="Site", language="en-GB",
                 tags=("art", "art/oil", "Other"), subjects=("S",), published_at="2020-02-02"),
        Clipping("https://example.org/2", title="Two", byline="By",
                 html='<p>A <img src="">text.</p>',
                 words=2, source=b"<p>A text", source_type="text/html", made_by="added",
                 pictures=("b.png", "a.png"), lead="a.png", aliases=("https://example.org/two",)),
        Clipping("https://example.org/3", excerpt="Excerpt", tags=("art",)),
    ]  # fmt: skip
    library.imports.take_in([Entry(each) for each in clippings], Placing.BEHIND, "pocket")
    other = tmp_path / "other"
    other.mkdir()
    (other / "library.db").write_bytes(empty_library)
    with Library.open(other) as by_hand:
        for clipping in clippings:
            by_hand.add(clipping)
        for each in (library, by_hand):  # by hand nothing is fetched slowly
            with each._database.writing() as connection:
                connection.execute("DELETE FROM later_text")
        mine, its = dump(library), dump(by_hand)
        assert library.check() == by_hand.check()  # the pictures are missing in both
    moved = [row for row in mine["change"] if row[1:] == ("'state'", "'trash'", "'queue'")]
    assert len(moved) == 3
    assert [row for row in mine.pop("change") if row not in moved and "created" not in row[1]] == [
        row for row in its.pop("change") if "created" not in row[1]
    ]
    articles = mine.pop("article"), its.pop("article")
    assert _without_places(articles[0]) == _without_places(articles[1])
    assert mine == its


def _without_places(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [tuple(each for each in row if not re.fullmatch(r"'[a-zA-Z]\w{1,5}'", each)
                  or each in ("'Site'", "'site'")) for row in rows]  # fmt: skip


def test_everything_comes_to_other_devices(library: Library, tmp_path: Path) -> None:
    entries = [
        entry(1, tags=("a", "b/c"), favourite=True, added_at="2012-01-02T03:04:05Z",
              state=State.ARCHIVE, opened_at="2012-01-03T03:04:05Z",
              read_at="2012-01-04T03:04:05Z", progress=0.7),
        entry(2, html="<p>Text.</p>", source=b"Text", highlights=(Highlight("Text", "note"),)),
        entry(3, aliases=("https://example.org/three",)),
    ]  # fmt: skip
    library.add(Clipping("https://example.org/3", title="Known"))
    library.imports.take_in(entries, Placing.BEHIND, "pocket")
    older = entry(3, added_at="2010-01-01T00:00:00Z")
    library.imports.take_in([older], Placing.BEHIND, "pocket")
    with Library.open(tmp_path / "other") as other:
        with library._database.reading() as connection:
            told = [*exchange.export(connection, {})]
        with other._database.writing() as connection:
            exchange.apply(connection, told)
        assert _seen(other) == _seen(library)
        assert other.counts() == library.counts()
        assert other.check() == ()
        assert other.article(other.find(older.clipping.url) or 0).added_at == older.added_at


# ---- merging


def test_a_known_article_gains_and_keeps_its_own(library: Library) -> None:
    id = library.add(Clipping("https://example.org/1", title="Mine", html="<p>My text.</p>")).id
    library.tags.add([id], "mine")
    wanted = entry(1, tags=("mine", "more", "most"), favourite=True, state=State.ARCHIVE,
                   added_at="2001-01-01T00:00:00Z", html="<p>Their text.</p>",
                   highlights=(Highlight("text"),))  # fmt: skip
    (done,) = library.imports.take_in([wanted], Placing.BEHIND, "pocket")
    assert done.outcome is Outcome.UPDATED
    assert done.article == id
    assert [each.reason for each in done.remarks] == [
        Reason.TEXT_KEPT, Reason.MORE_TAGS, Reason.MORE_HIGHLIGHTS, Reason.OLDER_DATE,
        Reason.MADE_FAVOURITE,
    ]  # fmt: skip
    its = library.article(id)
    assert (its.title, its.state, its.html) == ("Mine", State.QUEUE, "<p>My text.</p>")
    assert (its.tags, its.favourite) == (("mine", "more", "most"), True)
    assert its.added_at == "2001-01-01T00:00:00Z"
    assert len(library.texts.versions(id)) == 2
    library.history.undo()
    assert library.article(id).tags == ("mine",)
    assert library.article(id).added_at > "2020"
    assert [name for name, _ in library.counts().tags] == ["mine"]


def test_an_article_that_waits_gets_the_text_of_the_export(library: Library) -> None:
    id = library.add(Clipping("https://example.org/1")).id
    wanted = entry(1, html="<p>Their text.</p>", source=b"Their text", byline="Ann")
    unread = wanted._replace(
        clipping=wanted.clipping._replace(html=""), text=Text(TextKind.HTML, lambda: b"")
    )
    assert library.imports.foresee([unread])[0].remarks[0].reason is Reason.TEXT_ADDED
    library.imports.take_in([wanted], Placing.BEHIND, "omnivore")
    its = library.article(id)
    assert (its.html, its.byline, its.title) == ("<p>Their text.</p>", "Ann", "Article 1")
    assert library.texts.source(id).data == b"Their text"
    assert library.downloads.waiting() == []
    library.history.undo()
    assert library.article(id).html == ""
    assert library.downloads.waiting() == [id]


def test_an_import_brings_back_from_the_trash(library: Library) -> None:
    entries = [entry(number) for number in range(3)]
    library.imports.take_in(entries, Placing.BEHIND, "pocket")
    library.history.undo()
    assert library.counts().trash == 3
    done = library.imports.take_in(entries, Placing.ARCHIVE, "pocket")
    assert [each.remarks[0].reason for each in done] == 3 * [Reason.BROUGHT_BACK]
    assert (library.counts().archive, library.counts().trash) == (3, 0)


def test_a_later_change_stands_against_undoing_a_part(library: Library) -> None:
    done = library.imports.take_in([entry(1), entry(2)], Placing.BEHIND, "pocket")
    step = library.history.newest()
    assert step is not None
    library.set_state([done[0].article], State.ARCHIVE)
    library.set_title(done[1].article, "Corrected")
    found = library.history.dependents(step.id)
    assert (found.total, found.free) == (2, 1)
    library.history.undo(step=step.id, part=True)
    assert (library.counts().archive, library.counts().trash) == (1, 1)


def test_undo_works_after_a_restart(library: Library, new_library: Path) -> None:
    library.imports.take_in([entry(1, tags=("a",))], Placing.BEHIND, "pocket")
    library.close()
    with Library.open(new_library) as again:
        again.history.undo()
        assert (again.counts().queue, again.counts().tags) == (0, ())
        again.history.redo()
        assert (again.counts().queue, again.counts().tags) == (1, (("a", 1),))


# ---- the queue


@pytest.mark.parametrize(
    ("placing", "expected"),
    [
        (Placing.BEHIND, ["Here", "Article 2", "Article 0", "Article 1"]),
        (Placing.BEFORE, ["Article 2", "Article 0", "Article 1", "Here"]),
        (Placing.ARCHIVE, ["Here"]),
    ],
)
def test_the_queue_follows_the_order_of_the_export(
    library: Library, placing: Placing, expected: list[str]
) -> None:
    library.add(Clipping("https://example.org/here", title="Here"))
    entries = [entry(0), entry(1), entry(2, pinned=True), entry(3, state=State.ARCHIVE)]
    library.imports.take_in(iter(entries), placing, "pocket")
    assert titles(library, SHELF_QUERIES["queue"]) == expected
    assert library.counts().archive == (4 if placing is Placing.ARCHIVE else 1)


# ---- what goes wrong


def test_a_value_of_the_wrong_kind_is_one_failed_row(library: Library) -> None:
    odd: Sequence[Any] = (
        entry(1), entry(2, title=7), entry(3, words="x"), entry(4, url=""), entry(5, progress="x"),
        entry(6, words=10**20), entry(7, tags=(None,)),
    )  # fmt: skip
    done = library.imports.take_in(odd, Placing.BEHIND, "pocket")
    assert [each.outcome for each in done] == [Outcome.ADDED, *6 * [Outcome.FAILED]]
    assert titles(library, SHELF_QUERIES["queue"]) == ["Article 1"]


@pytest.mark.parametrize("at", [1, 250, 600])
def test_a_stopped_import_changes_nothing(library: Library, at: int) -> None:
    library.add(Clipping("https://example.org/1", title="Known"))
    before = dump(library)

    def stop(done: int, _total: int, _text: str) -> None:
        if done >= at:
            raise Cancelled

    def entries() -> Iterator[Entry]:
        yield from (entry(number, tags=("x",)) for number in range(700))
        if at == 600:
            raise LibraryError("no more")

    with pytest.raises((Cancelled, LibraryError)):
        library.imports.take_in(entries(), Placing.BEHIND, "pocket", stop)
    assert dump(library) == before
    assert library.history.newest() is None
    library.tags.add([1], "triggers")  # they run again
    assert library.counts().tags == (("triggers", 1),)
