"""My Weekly has the newest of the queue, no more than one reads in a week, and its dates."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from reader import phrases
from reader.errors import PrintError
from reader.library.library import Library
from reader.library.store import clock
from reader.model import Clipping, State
from reader.printing.weekly import weekly

_TODAY = date(2026, 11, 29)
Add = Callable[..., int]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def add(library: Library, monkeypatch: pytest.MonkeyPatch) -> Add:
    """Return a function that adds an article some days ago, at an hour by the clock here."""
    numbers = iter(range(10_000))

    def make(days_ago: int, *, hour: int = 12, words: int = 100, html: str = "<p>x</p>") -> int:
        then = (datetime(2026, 11, 29, hour) - timedelta(days=days_ago)).astimezone(UTC)
        monkeypatch.setattr(clock, "now", lambda: then.strftime("%Y-%m-%dT%H:%M:%SZ"))
        number = next(numbers)
        url = f"https://example.org/{number}"
        return library.add(Clipping(url, f"T{number}", html=html, words=words)).id

    return make


def _ids(library: Library) -> list[int]:
    return [row.id for row in weekly(library, _TODAY).rows]


def test_it_has_the_last_seven_days_newest_first(library: Library, add: Add) -> None:
    added = [add(8), add(7, hour=23), add(6, hour=0), add(3), add(0, hour=23)]
    assert _ids(library) == added[:1:-1]


def test_it_has_only_what_waits_to_be_read_and_has_a_text(library: Library, add: Add) -> None:
    _archived, _waiting, kept = add(1), add(1, html=""), add(1)
    library.set_state([_archived], State.ARCHIVE)
    assert _ids(library) == [kept]


def test_it_ends_at_thirty_articles_or_three_hours(library: Library, add: Add) -> None:
    hour = 60 * phrases.WORDS_A_MINUTE
    short = add(2, words=hour // 2)
    long = add(1, words=hour)
    longest = add(0, words=2 * hour + hour // 2)
    issue = weekly(library, _TODAY)
    assert [row.id for row in issue.rows] == [longest, short], "what does not fit is left out"
    assert issue.left_out == 1
    library.set_state([longest], State.ARCHIVE)
    assert _ids(library) == [long, short]
    for _ in range(130):
        add(0, words=10)
    issue = weekly(library, _TODAY)
    assert (len(issue.rows), issue.left_out) == (30, 102)


def test_an_article_longer_than_an_issue_is_an_issue(library: Library, add: Add) -> None:
    assert _ids(library) == []
    only = add(0, words=10**6)
    assert _ids(library) == [only]


def test_it_bears_the_days_of_its_week(library: Library, add: Add) -> None:
    add(0)
    issue = weekly(library, _TODAY)
    assert issue.dates == "23–29 November 2026"
    assert issue.file_name == "My Weekly 2026-11-29.pdf"


def test_an_empty_week_is_told_with_its_days(library: Library, add: Add) -> None:
    add(9)
    with pytest.raises(PrintError, match=r"no article .* seven days \(23–29 November 2026\)"):
        weekly(library, _TODAY).check()
