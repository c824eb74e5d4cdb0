"""Pages in the logs beside a database file: the write-ahead log and a rollback journal.

After "Database File Format", sections 3 and 4 (https://www.sqlite.org/fileformat2.html).
"""

import struct
from pathlib import Path

_WAL_HEADER, _FRAME_HEADER = 32, 24
_WAL_MAGIC = (0x377F0682, 0x377F0683)
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_FULL = 0xFFFFFFFF

Logged = tuple[dict[int, bytes], int]
"""Pages by their number, and the number of pages of the file, 0 if unknown."""


def pages(file: Path, size: int) -> Logged:
    """Return the pages of a size that count instead of those in the file."""
    before, counted = _of_journal(_bytes_of(file, "-journal"), size)
    after, of_wal = _of_wal(file.with_name(file.name + "-wal"), size)
    return {**before, **after}, of_wal or counted


def _bytes_of(file: Path, ending: str) -> bytes:
    try:
        return file.with_name(file.name + ending).read_bytes()
    except OSError:
        return b""


# ---- the write-ahead log


def _of_wal(log: Path, size: int) -> Logged:
    """Return the pages of committed transactions.

    A frame is valid if its salts are those of the log and its checksum follows from that of the
    frame before it. So a damaged frame does not make those behind it invalid, as it does in
    SQLite: only its own page is lost.
    """
    try:
        with log.open("rb") as opened:
            head = opened.read(_WAL_HEADER)
            if len(head) < _WAL_HEADER or int.from_bytes(head[:4]) not in _WAL_MAGIC:
                return {}, 0
            if int.from_bytes(head[8:12]) != size:
                return {}, 0
            order = ">" if head[3] & 1 else "<"
            sums = struct.unpack(">2I", head[24:32])
            committed: dict[int, bytes] = {}
            waiting: dict[int, bytes] = {}
            counted = 0
            while len(frame := opened.read(_FRAME_HEADER + size)) == _FRAME_HEADER + size:
                number, commit = struct.unpack(">2I", frame[:8])
                told = struct.unpack(">2I", frame[16:24])
                if frame[8:16] == head[16:24]:
                    data = frame[:8] + frame[_FRAME_HEADER:]
                    if _checksum(data, order, sums) == told and number:
                        waiting[number] = frame[_FRAME_HEADER:]
                        if commit:
                            committed.update(waiting)
                            waiting, counted = {}, commit
                sums = told
    except OSError:
        return {}, 0
    return committed, counted


def _checksum(data: bytes, order: str, sums: tuple[int, ...]) -> tuple[int, int]:
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for index in range(0, len(words), 2):
        one = (one + words[index] + two) & _FULL
        two = (two + words[index + 1] + one) & _FULL
    return one, two


# ---- the rollback journal


def _of_journal(data: bytes, size: int) -> Logged:
    """Return the former pages that an interrupted transaction wanted to change."""
    found: dict[int, bytes] = {}
    at, counted = 0, 0
    while data[at : at + 8] == _JOURNAL_MAGIC:
        count, nonce, counted, sector, page = struct.unpack(">5I", data[at + 8 : at + 28])
        if page != size or not 32 <= sector <= 1 << 16:
            break
        at += sector
        for _ in range(min(count, len(data) // size + 1)):
            number = int.from_bytes(data[at : at + 4])
            body = data[at + 4 : at + 4 + size]
            told = int.from_bytes(data[at + 4 + size : at + 8 + size])
            if len(body) < size or (nonce + sum(body[size - 200 : 0 : -200])) & _FULL != told:
                return found, counted
            found.setdefault(number, body)
            at += size + 8
        at = -(-at // sector) * sector
    return found, counted
