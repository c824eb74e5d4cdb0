"""What a server answers, as HTTP/1.1 has it (RFC 9112): a head, and a body that may be cut.

Everything is bounded: lines, headers, interim answers, chunks and what follows them. The body
knows at its end whether all of it came.
"""

import re
from collections.abc import Callable, Iterator
from io import BufferedReader

_LONGEST_LINE = 65_536
_MOST_LINES = 200
_MOST_INTERIM = 20
_PIECE = 65_536
_LINGER_SECONDS = 0.25
_STATUS = re.compile(rb"HTTP/1\.\d +(\d{3})(?: .*)?")
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;.*)?")


class BadResponse(ValueError):
    """What came is not HTTP, or is past the bounds."""


class Response:
    """An answer: its status, its headers, and its body in pieces.

    ``whole`` is set when the body was read: whether it ended where it should.
    """

    def __init__(self, stream: BufferedReader, set_timeout: Callable[[float], None]) -> None:
        """Read the head. Raises BadResponse or OSError."""
        self._stream = stream
        self._set_timeout = set_timeout
        self.whole = False
        for _ in range(_MOST_INTERIM):
            found = _STATUS.fullmatch(self._head_line())
            if not found:
                raise BadResponse("no status line")
            self.status = int(found[1])
            self._headers = self._read_headers()
            if not 100 <= self.status < 200:
                return
        raise BadResponse("interim answers without end")

    def headers(self, name: str) -> list[str]:
        """Return the values of all headers of a name."""
        return [value for key, value in self._headers if key == name.lower()]

    def header(self, name: str) -> str:
        """Return the value of a header, ``""`` if there is none; several are one list."""
        return ", ".join(self.headers(name))

    def body(self) -> Iterator[bytes]:
        """Yield the body as it comes; errors of the connection end it."""
        try:
            if "chunked" in self.header("Transfer-Encoding").lower():
                yield from self._chunks()
            else:
                yield from self._plain(*self._length())
        except OSError:
            self.whole = False

    # ---- the head

    def _head_line(self) -> bytes:
        line = self._read_line()
        if line is None:
            raise BadResponse("a head that is cut or too long")
        return line

    def _read_headers(self) -> list[tuple[str, str]]:
        headers: list[tuple[str, str]] = []
        for _ in range(_MOST_LINES):
            line = self._head_line()
            if not line:
                return headers
            name, colon, value = _text(line).partition(":")
            if line[:1] in b" \t" and headers:
                headers[-1] = (headers[-1][0], f"{headers[-1][1]} {_text(line).strip()}")
            elif colon:
                headers.append((name.strip().lower(), value.strip()))
        raise BadResponse("headers without end")

    def _read_line(self) -> bytes | None:
        """Return a line without its end, None if it is cut or too long."""
        line = self._stream.readline(_LONGEST_LINE)
        return line.rstrip(b"\r\n") if line.endswith(b"\n") else None

    # ---- the body

    def _length(self) -> tuple[int | None, bool]:
        """Return how long the body is, None if nobody knows, and whether that can be trusted."""
        values = {each.strip() for each in self.header("Content-Length").split(",")} - {""}
        if not values:
            return None, True
        value = values.pop()
        usable = not values and value.isascii() and value.isdecimal() and len(value) < 16
        return (int(value), True) if usable else (None, False)

    def _plain(self, length: int | None, sure: bool) -> Iterator[bytes]:
        left = length
        while left is None or left > 0:
            piece = self._stream.read1(_PIECE if left is None else min(left, _PIECE))
            if not piece:
                self.whole = sure and left is None
                return
            left = None if left is None else left - len(piece)
            yield piece
        yield from self._surplus()

    def _surplus(self) -> Iterator[bytes]:
        """Yield what comes behind the length that was told: then that was too small."""
        self.whole = True
        self._set_timeout(_LINGER_SECONDS)
        try:
            while piece := self._stream.read1(_PIECE):
                if piece.strip():
                    self.whole = False
                    yield piece
        except OSError:
            return  # the server keeps the line open, as it may

    def _chunks(self) -> Iterator[bytes]:
        while left := self._chunk_size():
            while left > 0:
                piece = self._stream.read1(min(left, _PIECE))
                if not piece:
                    return
                left -= len(piece)
                yield piece
            if self._read_line() != b"":
                return
        self.whole = left == 0 and self._ends()

    def _chunk_size(self) -> int | None:
        """Return how long the next chunk is, None if there should be one and is none."""
        line = self._read_line()
        found = None if line is None else _CHUNK.fullmatch(line)
        return int(found[1], 16) if found else None

    def _ends(self) -> bool:
        """Return whether the last chunk is the end, behind a bounded number of trailers."""
        for number in range(_MOST_LINES):
            line = self._stream.readline(_LONGEST_LINE)
            if not line.strip(b"\r\n"):
                # Many servers close at once: behind the last chunk nothing is missing.
                return bool(line) or number == 0
            if not line.endswith(b"\n"):
                return False
        return False


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")
