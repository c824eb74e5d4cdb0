"""Records are decoded by the book, and bytes that are none are refused."""

import pytest

from reader.library.repair import records
from reader.library.repair.records import MISSING, RecordError

_TEXT = 13 + 2 * 4  # the serial type of a text of four bytes


@pytest.mark.parametrize(
    ("data", "value"),
    [(b"\x00", 0), (b"\x7f", 127), (b"\x81\x00", 128), (b"\xff\x7f", 16383),
     (b"\xff" * 9, 2**64 - 1), (b"\x80" * 8 + b"\x05", 5)],
)  # fmt: skip
def test_integers_of_any_length_are_read(data: bytes, value: int) -> None:
    assert records.varint(data, 0) == (value, len(data))


@pytest.mark.parametrize("data", [b"", b"\x81", b"\xff" * 8])
def test_an_integer_that_runs_out_is_none(data: bytes) -> None:
    with pytest.raises(RecordError):
        records.varint(data, 0)


@pytest.mark.parametrize("header", [b"\x02\x0a", b"\x02\x0b", b"\x05\x01", b"\x02\x15"])
def test_a_header_that_does_not_add_up_is_no_record(header: bytes) -> None:
    with pytest.raises(RecordError):
        records.types(header, 9)


def test_values_after_the_end_are_missing() -> None:
    data = bytes((4, 1, _TEXT, 1)) + b"\x07text\x08"
    found, at = records.types(data, len(data))
    assert records.values(data, found, at, "utf-8") == [7, "text", 8]
    assert records.values(data[:-3], found, at, "utf-8") == [7, MISSING, MISSING]


def test_a_text_that_is_not_utf_8_keeps_its_bytes() -> None:
    data = bytes((2, _TEXT)) + b"a\xffbc"
    [text] = records.values(data, *records.types(data, len(data)), "utf-8")
    assert isinstance(text, str) and records.clean(text) == b"a\xffbc"
    assert records.clean("ä") == "ä"
