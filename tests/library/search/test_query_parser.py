"""What is typed into the search field, read piece by piece."""

import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.search import query_parser
from reader.library.search.query_parser import (
    Between,
    Clause,
    Named,
    Part,
    Words,
    last_piece,
    misread,
    question,
)

_TODAY = date(2025, 6, 1)


def part(text: str, *, typing: bool = False) -> Part:
    """Return what a text says that is one piece."""
    ((found,), never) = question(text, typing=typing, today=_TODAY).clauses[0]
    assert not never
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('tag:"to read…"', "to read…"),
        ('tag:"½ done"', "½ done"),
        ('tag:"say "hi""', 'say "hi"'),
        ('tag:"Nº 5" bees', "nº 5"),
        ("tag：café", "café"),
        ("tag:cafe\u0301", "café"),
        ("tag:“long reads”", "long reads"),
        ("tag:c++", "c++"),
    ],
)
def test_the_name_of_a_tag_is_taken_as_it_is(text: str, name: str) -> None:
    ((found,), _) = question(text).clauses[0]
    assert found == Named("tag", name)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("words:500", 500, 500),
        ("words:0", 0, 0),
        ("words:2k", 2000, 2000),
        ("words:<500", 0, 499),
        ("words:<=500", 0, 500),
        ("words:>500", 501, 10**12),
        ("words:>=500", 500, 10**12),
        ("words:500..1k", 500, 1000),
        ("published:2024", "2024", "2024~"),
        ("published:2024-02", "2024-02", "2024-02~"),
        ("published:<2024-02", "0", "2024-01~"),
        ("published:<2024", "0", "2023~"),
        ("published:<2024-02-10", "0", "2024-02-1/~"),
        ("published:<=2024-02-10", "0", "2024-02-10~"),
        ("published:>2024", "2024~", "~"),
        ("published:>=2024-02", "2024-02", "~"),
        ("published:2023..2024-05", "2023", "2024-05~"),
        ("published:today", "2025-06-01", "2025-06-01~"),
        ("published:yesterday", "2025-05-31", "2025-05-31~"),
        ("published:1d", "2025-05-31", "~"),
        ("published:2w", "2025-05-18", "~"),
        ("published:3m", "2025-03-02", "~"),
        ("published:1y", "2024-06-01", "~"),
        ("published:<1y", "0", "2024-06-00~"),
        ("published:<=1w", "0", "2025-05-25~"),
        ("published:9999y", "0001-01-01", "~"),
        ("published:2w..today", "2025-05-18", "2025-06-01~"),
    ],
)
def test_what_is_compared_is_read(text: str, low: object, high: object) -> None:
    name = text.partition(":")[0]
    assert part(text) == Between({"published": "published_at"}.get(name, name), low, high)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["words:1234567890", "words:1kk", "words:-1", "words:..5", "words:5..", "words:k", "views:one",
     "added:20245", "added:2024-1", "added:3000-01-01", "added:12345d", "added:7x", "added:..2024",
     "is:", "is:later2", "has:nothing", "title:", 'title:"', "tag:", "unknown:word"],
)  # fmt: skip
def test_what_is_no_value_is_looked_for_as_a_word(text: str) -> None:
    assert part(text) == Words(text.strip('"*'))


@pytest.mark.parametrize(
    ("name", "column"), [*query_parser.DATES.items(), *query_parser.NUMBERS.items()]
)
def test_every_field_that_is_compared_has_its_column(name: str, column: str) -> None:
    low, high = ("2000-01-01T00:00:00Z", "2000-12-31T23:59:59Z")
    if name == "published":
        low, high = "2000", "2000~"
    compared = Between(column, low, high) if name in query_parser.DATES else None
    assert part(f"{name}:2000") == (compared or Between(column, 2000, 2000))


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Return a function that brings the computer into another time zone."""

    def go(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield go
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "text", "low", "high"),
    [
        ("Europe/Berlin", "added:today", "2025-05-31T22:00:00Z", "2025-06-01T21:59:59Z"),
        ("Europe/Berlin", "added:yesterday", "2025-05-30T22:00:00Z", "2025-05-31T21:59:59Z"),
        ("Etc/GMT+12", "added:today", "2025-06-01T12:00:00Z", "2025-06-02T11:59:59Z"),
        ("Pacific/Kiritimati", "read:2025-06-01", "2025-05-31T10:00:00Z", "2025-06-01T09:59:59Z"),
        # The clocks change in the night to 30 March: the day has 23 hours, and 26 October has 25.
        ("Europe/Berlin", "added:2025-03-30", "2025-03-29T23:00:00Z", "2025-03-30T21:59:59Z"),
        ("Europe/Berlin", "opened:2025-10-26", "2025-10-25T22:00:00Z", "2025-10-26T22:59:59Z"),
        ("Europe/Berlin", "added:2025-07", "2025-06-30T22:00:00Z", "2025-07-31T21:59:59Z"),
        ("Europe/Berlin", "added:2025", "2024-12-31T23:00:00Z", "2025-12-31T22:59:59Z"),
        ("Europe/Berlin", "added:2024-02..2025", "2024-01-31T23:00:00Z", "2025-12-31T22:59:59Z"),
        ("Europe/Berlin", "added:<2025-06-01", "0", "2025-05-31T21:59:59Z"),
        ("Europe/Berlin", "added:<=2025-06-01", "0", "2025-06-01T21:59:59Z"),
        ("Europe/Berlin", "added:>2025-06-01", "2025-06-01T22:00:00Z", "~"),
        ("Europe/Berlin", "added:>=2025-12", "2025-11-30T23:00:00Z", "~"),
        ("Europe/Berlin", "added:1d", "2025-05-30T22:00:00Z", "~"),
        ("Europe/Berlin", "added:<1w", "0", "2025-05-24T21:59:59Z"),
        # In Beirut this day begins at one o'clock.
        ("Asia/Beirut", "added:2025-03-30", "2025-03-29T22:00:00Z", "2025-03-30T20:59:59Z"),
        ("Europe/Berlin", "published:today", "2025-06-01", "2025-06-01~"),
        ("Europe/Berlin", "added:2025-02-31", "2025-02-31", "2025-02-31~"),
        ("Europe/Berlin", "added:9999y", "0001-01-01", "~"),
    ],
)
def test_days_begin_at_midnight_here_but_days_of_publication_are_those_of_the_page(
    there: Callable[[str], None], zone: str, text: str, low: str, high: str
) -> None:
    there(zone)
    assert part(text) == Between(query_parser.DATES[text.partition(":")[0]], low, high)


def test_today_is_the_day_here(there: Callable[[str], None]) -> None:
    there("Etc/GMT-14")
    far_east = question("added:today").clauses
    there("Etc/GMT+12")
    assert question("added:today").clauses != far_east


@pytest.mark.parametrize(("name", "column"), query_parser.TEXTS.items())
def test_every_field_of_words_has_its_column(name: str, column: str) -> None:
    assert part(f"{name}:bees") == Words("bees", column)
    assert part(f"{name.upper()}:bees*") == Words("bees", column, begins=True)
    assert part(f'{name}:"old bees"') == Words("old bees", column)
    assert part(f"{name}:be", typing=True) == Words("be", column, begins=True)
    assert part(f'{name}:"be"', typing=True) == Words("be", column)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [(f"{field}:{name}", Named(field, name))
     for field in ("is", "has") for name in query_parser.NAMED[field]]
    + [(f"is:{said}", Named("is", name)) for said, name in query_parser._SAME.items()
       if name in query_parser.NAMED["is"]]
    + [("has:pictures", Named("has", "image")), ("has:TAGS", Named("has", "tag"))],
)  # fmt: skip
def test_every_name_and_its_other_names_are_known(text: str, wanted: Named) -> None:
    assert part(text) == part(text, typing=True) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tag:art", Named("tag", "art")),
        ("tag:art*", Named("tag", "art", begins=True)),
        ('tag:"Long  Reads"', Named("tag", "long reads")),
        ("lang:de-CH", Named("lang", "de-ch")),
    ],
)
def test_names_of_tags_and_languages_are_any(text: str, wanted: Named) -> None:
    assert part(text) == wanted
    unfinished = part(text, typing=True)
    assert unfinished == wanted._replace(begins=not text.endswith('"'))


def test_one_or_the_other_is_one_clause_and_never_none_of_it() -> None:
    a, b, c = (Words(each) for each in "abc")
    assert question("a OR b | c").clauses == (Clause((a, b, c)),)
    assert question("a AND b OR c").clauses == (Clause((a,)), Clause((b, c)))
    assert question("a OR -b c").clauses == (Clause((a,)), Clause((b,), True), Clause((c,)))
    assert question("-a OR b").clauses == (Clause((a,), True), Clause((b,)))
    assert question("a OR", typing=True).clauses == (Clause((a,)),)
    assert question("a OR OR b").clauses == (Clause((a, b)),)


def test_of_a_question_only_so_much_is_read() -> None:
    assert question("a" * 1001).clauses == (Clause((Words("a" * 1000),)),)
    assert len(question(" ".join(f"w{number}" for number in range(40))).clauses) == 32


def test_the_last_letter_alone_says_nothing_yet() -> None:
    assert question("bees c", typing=True).clauses == (Clause((Words("bees"),)),)
    for text in ("c", "bees é", "bees ci"):
        last = question(text, typing=True).clauses[-1].parts[0]
        assert last == Words(text.split()[-1], begins=True)
    assert question("bees c ", typing=True).clauses[-1] == Clause((Words("c"),))
    assert question("bees -ci", typing=True).clauses[-1] == Clause((Words("ci"),), True)


@pytest.mark.parametrize(
    ("text", "piece"),
    [("bees ta", "ta"), ("bees ", ""), ("", ""), ('tag:"long r', 'tag:"long r'),
     ('a tag:"long reads"', 'tag:"long reads"'), ("tag:“long", 'tag:"long'), ("-is:un", "-is:un")],
)  # fmt: skip
def test_the_last_piece_is_what_is_being_typed(text: str, piece: str) -> None:
    assert last_piece(text) == piece


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("titel:bees", [("titel", "bees", "title:bees", False)]),
        ("foo:bar -baz:q", [("foo", "bar", "", False), ("baz", "q", "", False)]),
        ("IS:unred x", [("is", "unred", "is:unread", True)]),
        ("has:not", [("has", "not", "has:note", True)]),
        ("added:soon ", [("added", "soon", "", True)]),
        ("has:notes has:nil x", [("has", "nil", "", True)]),
        ('bees https://e.org 10:30 Re: "foo:bar" site:x is:fav words:>2k', []),
        ("", []),
    ],
)
def test_what_looks_like_a_field_but_is_none_is_told_with_what_may_be_meant(
    text: str, told: list[tuple[str, str, str, bool]]
) -> None:
    assert [tuple(each) for each in misread(text)] == told


def test_an_unfinished_value_is_not_told_yet() -> None:
    assert misread("is:unr", typing=True) == []
    assert [each.meant for each in misread("is:unr ", typing=True)] == ["is:unread"]
    assert [each.field for each in misread("foo:b", typing=True)] == ["foo"]


@given(st.text(max_size=60))
def test_any_text_is_looked_through_for_fields(text: str) -> None:
    for each in misread(text, typing=True):
        assert each.field
        assert each.value
