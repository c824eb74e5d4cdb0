"""Dates are read as people write them."""

import datetime

import pytest

from reader.ingest.metadata import iso_date


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2026", "2026"), ("2026-2", "2026-02"), ("2026/2/3", "2026-02-03"),
        ("2026.02.03", "2026-02-03"),
        ("2026-02-03T04:05Z", "2026-02-03"), ("2026-02-03 04:05", "2026-02-03"),
        ("2026-02-03x", ""),
        ("2026-13", ""), ("2026-02-30", ""), ("0000", ""), ("0001-01-01", "0001-01-01"), ("26", ""),
        ("February 2026", "2026-02"), ("3 Feb 2026", "2026-02-03"), ("3. feb. 2026", "2026-02-03"),
        ("Feb 3, 2026", "2026-02-03"), ("Mon, 3 May 2021 10:00", "2021-05-03"), ("3 Foo 2026", ""),
        ("30 Feb 2026", ""), (None, ""), (True, ""), (2026, "2026"),
        (datetime.date(2026, 2, 3), "2026-02-03"),
        (datetime.datetime(2026, 2, 3, 4, 5), "2026-02-03"),
        *((f"3 {name} 2026", f"2026-{number:02}-03") for number, name in enumerate(
            "jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)),
    ],
)  # fmt: skip
def test_a_date_is_as_exact_as_it_is_said(said: object, date: str) -> None:
    assert iso_date(said) == date
