"""An HTTP/1.1 response (RFC 9112): a head, and a body that may be truncated.

Everything is bounded: lines, headers, interim responses, chunks and trailers. At its end, the body
knows whether it is complete.
"""

import re
from collections.abc import Callable, Iterator
from io import BufferedReader
from urllib.parse import quote

_LONGEST_LINE = 65_536
_MOST_LINES = 200
_MOST_INTERIM = 20
_PIECE = 65_536
_LINGER_SECONDS = 0.25
_STATUS = re.compile(rb"HTTP/[12](?:\.\d)? +(\d{3})(?: .*)?")
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;.*)?")


class BadResponse(ValueError):
    """The response is not HTTP, or exceeds the bounds."""


class Response:
    """A response: its status, its headers, and its body in pieces.

    ``whole`` is set once the body is read: whether it ended properly.
    """

    def __init__(self, stream: BufferedReader, set_timeout: Callable[[float], None]) -> None:
        """Read the head. Raises BadResponse or OSError."""
        self._stream = stream
        self._set_timeout = set_timeout
        self.whole = False
        for _ in range(_MOST_INTERIM):
            match = _STATUS.fullmatch(self._head_line())
            if not match:
                raise BadResponse("no status line")
            self.status = int(match[1])
            self._headers = self._read_headers()
            if not 100 <= self.status < 200:
                return
        raise BadResponse("interim answers without end")

    def headers(self, name: str) -> list[str]:
        """Return the values of all headers with a name."""
        return [_text(value) for key, value in self._headers if key == name.lower()]

    def header(self, name: str) -> str:
        """Return the value of a header, ``""`` if there is none; several values are one list."""
        return ", ".join(self.headers(name))

    @property
    def location(self) -> str:
        """Return where a redirect leads, ``""`` if it does not say; bytes of letters are encoded.

        Servers write letters in an encoding of their own and expect to get the same bytes.
        """
        for name, value in self._headers:
            if name == "location" and value.strip():
                return quote(value.strip(), safe=_PRINTABLE)
        return ""

    def body(self) -> Iterator[bytes]:
        """Yield the body as it arrives; a connection error ends it."""
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

    def _read_headers(self) -> list[tuple[str, bytes]]:
        headers: list[tuple[str, bytes]] = []
        for _ in range(_MOST_LINES):
            line = self._head_line()
            if not line:
                return headers
            name, colon, value = line.partition(b":")
            if line[:1] in b" \t" and headers:
                headers[-1] = (headers[-1][0], headers[-1][1] + b" " + line.strip())
            elif colon:
                headers.append((_text(name).strip().lower(), value.strip()))
        raise BadResponse("headers without end")

    def _read_line(self) -> bytes | None:
        """Return a line without its end, None if it is truncated or too long."""
        line = self._stream.readline(_LONGEST_LINE)
        return line.rstrip(b"\r\n") if line.endswith(b"\n") else None

    # ---- the body

    def _length(self) -> tuple[int | None, bool]:
        """Return the length of the body, None if unknown, and whether it can be trusted."""
        values = {part.strip() for part in self.header("Content-Length").split(",")} - {""}
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
        """Yield the bytes beyond the declared length, which is then too small."""
        self.whole = True
        self._set_timeout(_LINGER_SECONDS)
        try:
            while piece := self._stream.read1(_PIECE):
                if piece.strip():
                    self.whole = False
                    yield piece
        except OSError:
            return  # the server may keep the connection open

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
        """Return the size of the next chunk, None if its header is missing or invalid."""
        line = self._read_line()
        match = None if line is None else _CHUNK.fullmatch(line)
        return int(match[1], 16) if match else None

    def _ends(self) -> bool:
        """Return whether the body ends after the last chunk and a bounded number of trailers."""
        for number in range(_MOST_LINES):
            line = self._stream.readline(_LONGEST_LINE)
            if not line.strip(b"\r\n"):
                # Many servers close at once: nothing is missing after the last chunk.
                return bool(line) or number == 0
            if not line.endswith(b"\n"):
                return False
        return False


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")
