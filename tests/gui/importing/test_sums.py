"""The sums of an import add up, and are put in words."""

import pytest
from tests.gui.importing.faking import rows

from reader.entries import Entry
from reader.gui.importing import sums
from reader.importing.formats.format import Choices
from reader.importing.plan import Plan
from reader.model import Clipping, State
from reader.outcomes import ImportRow, Outcome, Where
from reader.reasons import Reason, Remark


def _plan(made: tuple[ImportRow, ...], format: str = "pocket", **facts: int) -> Plan:
    states = [State.QUEUE] * 12 + [State.ARCHIVE] * 9
    entries = [(n, Entry(Clipping(""), state=state)) for n, state in enumerate(states)]
    some = tuple(entries[: len(made)])
    return Plan(format, ("a.csv",), Choices(), made, some, {}, facts, "2012-05-01", "2025-01-01")


def test_the_figures_of_a_plan_add_up_to_its_rows() -> None:
    plan = _plan(rows())
    found = sums.foreseen(plan)
    assert sum(found.number_of(each) for each in Outcome) == found.total == len(plan.rows)
    assert found.taken == plan.number_of(Outcome.ADDED) + plan.number_of(Outcome.UPDATED)
    assert [row.outcome for row in found.problems] == [Outcome.FAILED] * 3 + [Outcome.SKIPPED] * 2


def test_the_sentence_for_screen_readers_names_every_figure() -> None:
    said = sums.sentence(sums.foreseen(_plan(rows(20, 1, 0))))
    assert said == (
        "26 items: 20 will be added, 1 merges with yours, 0 are the same, 2 left out, "
        "3 cannot be read."
    )
    done = sums.sentence(sums.come_out(rows(1, 2, 1)), is_done=True)
    assert done == (
        "9 items: 1 was added, 2 were merged, 1 was the same, 2 were left out, 3 could not be read."
    )


def test_the_notes_explain_the_figures() -> None:
    notes = sums.foreseen(_plan(rows())).notes
    assert notes[Outcome.ADDED] == "12 unread, 8 archived"
    assert notes[Outcome.UPDATED] == "tags, highlights and dates come together"
    assert notes[Outcome.SKIPPED] == "same row twice"
    none = sums.foreseen(_plan(())).notes
    assert none[Outcome.FAILED] == "all can be read"


def test_the_head_names_only_what_there_is() -> None:
    assert sums.head(_plan(rows(), highlights=912, tags=1)) == (
        "30 items, 912 highlights, 1 tag, 2012 to 2025"
    )
    assert sums.head(_plan((), texts=0)._replace(first="", last="")) == "0 items"


@pytest.mark.parametrize(
    ("outcomes", "format", "why"),
    [
        ([Outcome.ADDED], "pocket", ""),
        ([], "pocket", "There is nothing to import in it."),
        ([Outcome.UNCHANGED, Outcome.FAILED], "pocket", "All of it is in your library already."),
        ([Outcome.FAILED], "csv", "Choose the column that holds the addresses."),
        ([Outcome.FAILED], "pocket", "None of its rows can be read."),
        ([Outcome.SKIPPED], "opml", "None of its rows can be imported with these choices."),
    ],
)
def test_a_plan_that_does_nothing_has_a_reason(
    outcomes: list[Outcome], format: str, why: str
) -> None:
    plan = _plan(tuple(ImportRow("", outcome) for outcome in outcomes), format)
    assert sums.no_import(plan, sums.foreseen(plan)) == why


def test_a_row_is_told_in_one_line() -> None:
    row = ImportRow("x", Outcome.FAILED, remarks=(Remark(Reason.NO_ADDRESS),),
                    where=Where("part.csv", 3002))  # fmt: skip
    assert sums.as_line(row) == "part.csv, line 3,002 – no address – x"
    assert sums.place(row._replace(where=Where("note.md"))) == "note.md"
    assert sums.as_line(ImportRow("x", Outcome.ADDED)) == "added – x"


@pytest.mark.parametrize(
    ("texts", "time"), [(1, "about 1 min"), (4102, "about 6 h"), (100_000, "about 6 days")]
)
def test_the_time_of_downloads_is_rough(texts: int, time: str) -> None:
    assert sums.hours(texts) == time
