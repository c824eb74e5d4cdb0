"""Putting a single flipped bit right, which a hash of the right bytes proves."""

from collections.abc import Callable

_BYTES_A_SECOND = 3e8  # that SHA-256 hashes on a slow computer


def seconds(size: int) -> float:
    """Return about how long it takes to try all bits of data of a size."""
    return 8 * size * (size / 2 / _BYTES_A_SECOND + 1.5e-6)


def put_right(data: bytes, digest: bytes, tick: Callable[[], None]) -> bytes | None:
    """Return data of a SHA-256 that differ in one bit, None if there are none.

    It tries every bit, so that the time grows with the square of the size (see ``seconds``).
    ``tick`` is called now and then.
    """
    from hashlib import sha256  # imported lazily for a fast start

    before = sha256()
    for at, byte in enumerate(data):
        if not at % 1000:
            tick()
        rest = data[at + 1 :]
        for bit in range(8):
            tried = before.copy()
            tried.update(bytes((byte ^ 1 << bit,)) + rest)
            if tried.digest() == digest:
                return data[:at] + bytes((byte ^ 1 << bit,)) + rest
        before.update(data[at : at + 1])
    return None
