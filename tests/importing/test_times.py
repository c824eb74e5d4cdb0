import pytest

from reader.importing.times import time_of
from reader.reasons import Reason, Remark


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (1_500_000_000, "2017-07-14T02:40:00Z"),
        ("1500000000", "2017-07-14T02:40:00Z"),
        ("1500000000.75", "2017-07-14T02:40:00Z"),
        (1_500_000_000_000, "2017-07-14T02:40:00Z"),
        ("1500000000000000", "2017-07-14T02:40:00Z"),
        ("1.5E+09", "2017-07-14T02:40:00Z"),
        ("2017-07-14T02:40:00Z", "2017-07-14T02:40:00Z"),
        ("2017-07-14T02:40:00.123456789Z", "2017-07-14T02:40:00Z"),
        ("2017-07-14 04:40:00.5+02:00", "2017-07-14T02:40:00Z"),
        ("2017-07-13T22:40:00-0400", "2017-07-14T02:40:00Z"),
        ("2017-07-14 02:40", "2017-07-14T02:40:00Z"),
        ("2017-07-14", "2017-07-14T00:00:00Z"),
        ("14.7.2017", "2017-07-14T00:00:00Z"),
        ("7/14/2017 2:40 PM", "2017-07-14T14:40:00Z"),
        ("July 14, 2017", "2017-07-14T00:00:00Z"),
        ("Fri, 14 Jul 2017 04:40:00 +0200", "2017-07-14T02:40:00Z"),
        ("42930", "2017-07-14T00:00:00Z"),
    ],
)
def test_times_of_all_programs_are_read(written: object, read: str) -> None:
    remarks: list[Remark] = []
    assert time_of(written, remarks) == read
    assert not remarks


@pytest.mark.parametrize(
    "unknown", [None, "", " ", 0, "0", "1601-01-01T00:00:00Z", "1904-01-01", True]
)
def test_clocks_that_were_never_set_are_no_times(unknown: object) -> None:
    remarks: list[Remark] = []
    assert time_of(unknown, remarks) == ""
    assert not remarks


@pytest.mark.parametrize(
    "odd",
    ["yesterday", "03/04/2017", "2017-13-45", -5, "-62135596801", float("nan"), 1e30, "9" * 40,
     "2017-07-14T25:00:00Z", "8e99"],
)  # fmt: skip
def test_what_cannot_be_a_time_is_remarked_on(odd: object) -> None:
    remarks: list[Remark] = []
    assert time_of(odd, remarks) == ""
    assert [remark.reason for remark in remarks] == [Reason.BAD_DATE]
