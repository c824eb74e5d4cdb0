"""The sentence about what was added: one by its title, many by numbers that add up."""

import re

import pytest

from reader.gui.adding.outcome import note, told
from reader.model import ImportResult, ImportRow, Outcome
from reader.reasons import Reason, Remark

_TITLES = {1: "The lighthouse keepers"}
_UNREACHABLE = Remark(Reason.UNREACHABLE, text="example.org cannot be reached.")


def _row(outcome: Outcome, *remarks: Remark, article: int = 1) -> ImportRow:
    return ImportRow("example.org/a", outcome, article, remarks)


@pytest.mark.parametrize(
    ("row", "text", "is_error"),
    [
        (_row(Outcome.ADDED), "Saved “The lighthouse keepers”.", False),
        (_row(Outcome.UPDATED), "Updated “The lighthouse keepers”.", False),
        (_row(Outcome.UNCHANGED), "Already in your library: “The lighthouse keepers”.", False),
        (_row(Outcome.UNCHANGED, Remark(Reason.NOT_MODIFIED)),
         "“The lighthouse keepers” stays as it is: the page has not changed.", True),
        (_row(Outcome.ADDED, _UNREACHABLE),
         "Saved “The lighthouse keepers” without its text: "
         "example.org cannot be reached. It waits.", True),
        (_row(Outcome.FAILED, Remark(Reason.ERROR, text="It is empty."), article=0),
         "example.org/a: It is empty.", True),
    ],
)  # fmt: skip
def test_one_article_is_told_by_its_title(row: ImportRow, text: str, is_error: bool) -> None:
    assert told(ImportResult((row,)), _TITLES) == (text, is_error)


def test_many_articles_are_told_by_numbers_that_add_up() -> None:
    outcomes = [*[Outcome.ADDED] * 5, *[Outcome.UNCHANGED] * 2, Outcome.FAILED, Outcome.UPDATED]
    rows = tuple(map(_row, outcomes))
    text = told(ImportResult(rows), {}, " from Inbox").text
    assert text == "Saved 5 articles from Inbox; updated 1; 2 were already there; 1 failed."
    assert sum(map(int, re.findall(r"\d+", text))) == len(rows)


def test_articles_that_wait_for_their_text_are_among_the_saved_ones() -> None:
    rows = (_row(Outcome.ADDED), _row(Outcome.ADDED, _UNREACHABLE))
    assert told(ImportResult(rows), {}).text == "Saved 2 articles, 1 of them without the text."


def test_nothing_and_long_titles_are_told_too() -> None:
    assert told(ImportResult(), {}).text == "There was nothing to add."
    long = told(ImportResult((_row(Outcome.ADDED),)), {1: "w" * 10_000}).text
    assert long == f"Saved “{'w' * 80}…”."


def test_the_details_name_each_row() -> None:
    assert note(_row(Outcome.ADDED)) == "example.org/a: added"
    assert note(_row(Outcome.ADDED, _UNREACHABLE)).endswith("cannot be reached. It waits.")
