"""Records of SQLite's file format, decoded as far as they are readable.

After "Database File Format", section 2.1 (https://www.sqlite.org/fileformat2.html).
"""

import struct
from enum import Enum

_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
_COLUMNS = 100  # more than any table of a library has
_REAL = struct.Struct(">d")


class RecordError(ValueError):
    """The bytes are no record."""


class _Missing(Enum):
    MISSING = "missing"


MISSING = _Missing.MISSING
"""The value of a column that cannot be read."""

Value = None | int | float | str | bytes | _Missing
Row = list[Value]


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a variable-length integer and the offset of the next byte. Raises RecordError."""
    try:
        value = data[at]
        if value < 128:
            return value, at + 1
        value &= 127
        for index in range(at + 1, at + 8):
            byte = data[index]
            value = value << 7 | byte & 127
            if byte < 128:
                return value, index + 1
        return value << 8 | data[at + 8], at + 9
    except IndexError:
        raise RecordError from None


def types(data: bytes, size: int) -> tuple[list[int], int]:
    """Return the serial types of a record of a size, and the offset of its values.

    Raises RecordError if they do not add up to the size, as those of every whole record do.
    """
    header, at = varint(data, 0)
    if header > len(data) or header > 9 * _COLUMNS:
        raise RecordError
    found: list[int] = []
    total = header
    while at < header:
        kind, at = varint(data, at)
        if kind < 12:
            if kind > 9:
                raise RecordError
            total += _SIZES[kind]
        else:
            total += (kind - 12) >> 1
        found.append(kind)
    if at != header or total != size or len(found) > _COLUMNS:
        raise RecordError
    return found, header


def values(data: bytes, found: list[int], at: int, codec: str) -> Row:
    """Return the values of a record, MISSING after the end of the data."""
    row: Row = []
    for kind in found:
        end = at + (_SIZES[kind] if kind < 12 else (kind - 12) >> 1)
        if end > len(data):
            break
        row.append(_value(kind, data[at:end], codec))
        at = end
    return row + [MISSING] * (len(found) - len(row))


def _text(data: bytes, codec: str) -> str:
    """Decode a text; undecodable bytes of UTF-8 become lone surrogates (PEP 383)."""
    return data.decode(codec, "surrogateescape" if codec == "utf-8" else "replace")


def clean(text: str) -> str | bytes:
    """Return a text, or its bytes if they are not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape")
    return text


def _value(kind: int, data: bytes, codec: str) -> Value:
    if kind >= 12:
        return _text(data, codec) if kind & 1 else data
    if kind == 0:
        return None
    if kind == 7:
        number: float = _REAL.unpack(data)[0]
        return number if number == number else None
    return kind - 8 if kind > 7 else int.from_bytes(data, signed=True)
