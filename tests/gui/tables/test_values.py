"""Columns are sorted as people read them: numbers by size, dates by time, words by letters."""

import pytest

from reader.gui.tables.values import Kind, date, kind_of, number, order


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234,567", 1234567), ("1.234,5", 1234.5), ("12 %", 12), ("−3", -3), ("(5)", -5),
        ("$5.50", 5.5), ("234 MB", 234e6), ("1.5 GB", 1.5e9), ("3.10+", 3.1), ("1'000", 1000),
        ("0,5", 0.5), ("words", None), ("", None),
    ],
)  # fmt: skip
def test_numbers_are_read(text: str, value: float | None) -> None:
    assert number(text) == (None if value is None else pytest.approx(value))


def test_dates_are_in_order_of_time() -> None:
    texts = ["2019", "3 Mar 2020", "March 5, 2020", "2020-04-01", "24.12.2020", "Jan 2021"]
    days = [date(text) for text in texts[1:]]
    assert None not in days
    assert days == sorted(day for day in days if day is not None)
    assert date("2020-13-01") is None


def test_columns_are_sorted_by_what_they_mostly_are() -> None:
    sizes = ["10", "9", "—", "1,000", "", "about"]
    assert kind_of(sizes) is Kind.WORDS
    sizes = ["10", "9", "—", "1,000", "", "8", "7"]
    kind = kind_of(sizes)
    assert kind is Kind.NUMBERS
    assert [sizes[n] for n in order(sizes, kind, falling=False)] == [
        "7", "8", "9", "10", "1,000", "—", "",
    ]  # fmt: skip
    assert [sizes[n] for n in order(sizes, kind, falling=True)][:2] == ["1,000", "10"]
    words = ["item 10", "Item 2", "äpfel", "Apfel"]
    in_order = [words[n] for n in order(words, Kind.WORDS, falling=False)]
    assert in_order.index("Item 2") < in_order.index("item 10")
