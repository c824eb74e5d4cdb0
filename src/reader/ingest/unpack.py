"""Decompress a response piece by piece, never beyond a limit."""

import zlib

from reader.errors import IngestError
from reader.model import FailureKind

_MOST_CODINGS = 4
_GZIP, _ZLIB, _RAW = 31, 15, -15
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}
_UNKNOWN = frozenset("aes128gcm br compress dcb dcz exi pack200-gzip x-compress zstd".split())
_SURE_BYTES = 1024
_MAGIC = b"\x1f\x8b"


class Unpacker:
    """Decompresses a body by its ``Content-Encoding``, to at most ``most`` bytes."""

    def __init__(self, packing: str, most: int) -> None:
        """Raise IngestError if the encoding is not supported."""
        names = [part.strip().lower() for part in packing.split(",")]
        wrong = next((name for name in names if name in _UNKNOWN), "")
        # A name that is no coding, such as “utf-8”, says nothing about the compression.
        codings = [name for name in names if name in _WINDOWS]
        if wrong or len(codings) > _MOST_CODINGS:
            raise IngestError(
                "The page is compressed in a way that Reader does not support "
                f"({wrong or packing[:80]}); save it in your browser and add the file.",
                FailureKind.UNSUPPORTED,
            )
        self._layers = [_Layer(_WINDOWS[coding], most) for coding in reversed(codings)]

    def feed(self, piece: bytes) -> bytes:
        """Return the contents of the next piece. Raises IngestError if it is invalid."""
        for layer in self._layers:
            piece = layer.feed(piece)
        return piece

    @property
    def whole(self) -> bool:
        """Return whether every encoding has reached its end."""
        return all(layer.whole for layer in self._layers)

    @property
    def full(self) -> bool:
        """Return whether there is more than the limit."""
        return any(layer.left <= 0 for layer in self._layers)


class _Layer:
    """One encoding; gzip can consist of several members."""

    def __init__(self, window: int, most: int) -> None:
        self._most = self.left = most
        self.whole = False
        self._window = window
        self._packed = zlib.decompressobj(window)
        self._unsure = b""  # looked at again together with the next piece
        self._sure = window == _GZIP  # some servers leave out the zlib header
        self._over = False

    def feed(self, piece: bytes) -> bytes:
        data, output = self._unsure + piece, b""
        self._unsure = b""
        while data and not self._over and self.left > 0:
            if self._packed.eof:
                data = self._next_member(data)
            else:
                output += self._unpacked(data)
                data = self._packed.unused_data
        return output

    def _unpacked(self, data: bytes) -> bytes:
        try:
            output = self._packed.decompress(data, self.left)
        except zlib.error as error:
            return self._failed(data, error)
        self.left -= len(output)
        self.whole = self._packed.eof
        self._sure |= bool(output) or self.whole or len(data) >= _SURE_BYTES
        if not self._sure:
            self._unsure, self._packed = data, zlib.decompressobj(self._window)
        return output

    def _failed(self, data: bytes, error: zlib.error) -> bytes:
        if not self._sure:
            self._sure, self._packed = True, zlib.decompressobj(_RAW)
            return self._unpacked(data)
        if self.left == self._most:
            raise IngestError("The page is compressed incorrectly and cannot be read.") from error
        self._over, self.whole = True, False
        return b""

    def _next_member(self, data: bytes) -> bytes:
        """Begin the next member; anything else is ignored, as in browsers."""
        begins = data[:2] == _MAGIC[: len(data)] and self._window == _GZIP
        self._over, self.whole = not begins, not begins
        if not begins:
            return b""
        if len(data) < len(_MAGIC):
            self._unsure = data
            return b""
        self._packed = zlib.decompressobj(_GZIP)
        return data
