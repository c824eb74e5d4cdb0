"""What an import would do is known before anything is done, and its rows add up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.entries import Entry, Highlight, Placing, Text, TextKind, Unread
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.plan import DEFAULT, Plan, plan
from reader.library.library import Library
from reader.model import Clipping, State
from reader.outcomes import Outcome, Where
from reader.progress import Cancelled
from reader.reasons import Reason, Remark


def entry(path: str, line: int = 0, **told: object) -> Entry:
    made = Entry(Clipping(f"https://ex.org/{path}", title=path), Where(line=line))
    return made._replace(**told)  # type: ignore[arg-type]


def foreseen(library: Library, *items: Entry | Unread, choices: Choices = DEFAULT) -> Plan:
    def read(_bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
        return iter(items)

    return plan(library, Bundle([]), Format("pocket", lambda _: 1.0, read), choices)


def urls(made: Plan) -> list[str]:
    return [each.clipping.url.rpartition("/")[2] for _, each in made.entries]


def test_every_item_has_a_row_and_rows_add_up(library: Library) -> None:
    library.add(Clipping("https://ex.org/known", title="Known"))
    made = foreseen(
        library,
        entry("new", 2),
        entry("known", 3),
        entry("new?utm_source=x", 4),
        Entry(Clipping("javascript:alert()")),
        Unread(Where("b.json", 7), Outcome.FAILED, Remark(Reason.NOT_TEXT), "Seven"),
        entry("feed", 8, from_feed=True),
    )
    assert "".join(row.outcome[:2] for row in made.rows) in ("adupskskfask", "adunskskfask")
    assert made.rows[2].remarks == (Remark(Reason.SAME_AS, (2,)),)
    assert sum(made.number_of(outcome) for outcome in Outcome) == 6
    assert made.facts["waiting"] == made.facts["sites"] == made.facts["from_feed"] == 1


def test_a_second_file_of_the_same_articles_names_the_first(library: Library) -> None:
    one = entry("a", 2)._replace(where=Where("one.csv", 2))
    made = foreseen(library, one, one._replace(where=Where("two.csv", 9)))
    assert made.rows[1].remarks == (Remark(Reason.SAME_IN, (2,), "one.csv"),)


@pytest.mark.parametrize(
    ("choices", "tags", "marks", "state", "feeds"),
    [
        (DEFAULT, ("t", "a/b-c"), 1, State.QUEUE, 1),
        (Choices(folders_as_tags=False), ("t",), 1, State.QUEUE, 1),
        (Choices(highlights=False), ("t", "a/b-c"), 0, State.QUEUE, 1),
        (Choices(placing=Placing.ARCHIVE), ("t", "a/b-c"), 1, State.ARCHIVE, 1),
        (Choices(feed_items=True), ("t", "a/b-c"), 1, State.QUEUE, 2),
    ],
)
def test_a_choice_changes_what_comes_in(
    library: Library, choices: Choices, tags: tuple[str, ...], marks: int, state: State, feeds: int
) -> None:
    one = entry("a", folders=(("a", "b/c"),), highlights=(Highlight("words"),))
    one = one._replace(clipping=one.clipping._replace(tags=("t",)))
    made = foreseen(library, one, entry("b", from_feed=True), choices=choices)
    first = made.entries[0][1]
    assert (first.clipping.tags, len(first.highlights), first.state) == (tags, marks, state)
    assert len(made.entries) == feeds


def test_the_queue_follows_the_order_of_the_file_and_pinned_ones_lead(library: Library) -> None:
    every = [entry("a"), entry("b"), entry("c", pinned=True), entry("d")]
    made = foreseen(library, *every)
    assert urls(made) == ["c", "a", "b", "d"]
    dates = {each.clipping.title: each.added_at for _, each in made.entries}
    assert dates["a"] > dates["b"] > dates["c"] > dates["d"]
    years = ("2021", "", "2020")
    dated = [entry(x, added_at=y and f"{y}-01-01T00:00:00Z") for x, y in zip("abc", years)]  # noqa: B905
    made = foreseen(library, *dated)
    assert [each.added_at[:4] for _, each in made.entries] == ["2021", "2021", "2020"]
    assert (made.first[:4], made.last[:4]) == ("2020", "2021")
    assert urls(foreseen(library, *dated, choices=Choices(keep_order=False))) == ["c", "a", "b"]


@pytest.mark.logs
def test_a_reader_that_breaks_is_the_last_row(library: Library) -> None:
    def read(_bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
        yield entry("a")
        raise RecursionError

    made = plan(library, Bundle([]), Format("pocket", lambda _: 1.0, read))
    assert [row.outcome for row in made.rows] == [Outcome.ADDED, Outcome.FAILED]
    assert made.rows[1].remarks == (Remark(Reason.NOT_READABLE, text="RecursionError"),)


def test_a_private_text_that_cannot_be_read_is_one_row(library: Library) -> None:
    def damaged() -> bytes:
        raise OSError

    made = foreseen(library, Entry(Clipping("", title="T"), text=Text(TextKind.HTML, damaged)))
    assert [(row.name, row.outcome) for row in made.rows] == [("T", Outcome.FAILED)]


def test_stop_ends_the_plan(library: Library, tmp_path: Path) -> None:
    def stop(_done: int, _total: int, _text: str) -> None:
        raise Cancelled

    (tmp_path / "a.csv").write_text("title,url,time_added,tags,status\n")
    with pytest.raises(Cancelled):
        plan(
            library,
            Bundle([tmp_path / "a.csv"]),
            Format("x", lambda _: 1.0, lambda *_: iter((entry("a"),))),
            report=stop,
        )
