"""Decompress a response piece by piece, never beyond a limit."""

import sys
import zlib
from collections.abc import Callable
from typing import NamedTuple, Protocol

from reader.errors import IngestError
from reader.model import FailureKind

_MOST_CODINGS = 4
_GZIP, _ZLIB, _RAW = 31, 15, -15
_UNKNOWN = frozenset("aes128gcm compress dcb dcz exi pack200-gzip x-compress".split())
_SURE_BYTES = 1024
_MARKUP = (b"<", b"\xef\xbb\xbf<")
_MAGIC_OF_GZIP = (b"\x1f\x8b",)
_MAGIC_OF_ZSTD = (b"\x28\xb5\x2f\xfd", *(bytes([0x50 + n]) + b"\x2a\x4d\x18" for n in range(16)))
_LARGEST_WINDOW = 23
"""The binary logarithm of the greatest window of Zstandard in HTTP, in bytes (RFC 9659)."""


class Unpacker:
    """Decompresses a body by its ``Content-Encoding``, to at most ``most`` bytes."""

    def __init__(self, packing: str, most: int) -> None:
        """Raise IngestError if the encoding is not supported."""
        names = [part.strip().lower() for part in packing.split(",")]
        wrong = next((name for name in names if name in _UNKNOWN), "")
        # A name that is no coding, such as “utf-8”, says nothing about the compression.
        codings = [name for name in names if name in _CODINGS]
        if wrong or len(codings) > _MOST_CODINGS:
            raise IngestError(
                "The page is compressed in a way that Reader does not support "
                f"({wrong or packing[:80]}); save it in your browser and add the file.",
                FailureKind.UNSUPPORTED,
            )
        self._layers = [_Layer(_CODINGS[name](), most) for name in reversed(codings)]

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


class _Decoder(Protocol):
    """A decompressor of one member, as in ``zlib``; ``unused_data`` is what follows its end."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Coding(NamedTuple):
    """How members begin and fail; ``otherwise`` begins members without their usual header."""

    begin: Callable[[], _Decoder]
    error: type[Exception]
    magic: tuple[bytes, ...] = ()
    otherwise: Callable[[], _Decoder] | None = None


def _gzip() -> _Coding:
    return _Coding(lambda: zlib.decompressobj(_GZIP), zlib.error, _MAGIC_OF_GZIP)


def _deflate() -> _Coding:
    """Some servers leave out the header of zlib."""
    raw = lambda: zlib.decompressobj(_RAW)  # noqa: E731
    return _Coding(lambda: zlib.decompressobj(_ZLIB), zlib.error, (), raw)


def _brotli() -> _Coding:
    import brotli

    return _Coding(_Brotli, brotli.error)


def _zstd() -> _Coding:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _LARGEST_WINDOW}
    begin = lambda: zstd.ZstdDecompressor(options=options)  # noqa: E731
    return _Coding(begin, zstd.ZstdError, _MAGIC_OF_ZSTD)


_CODINGS = {
    "gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd,
}  # fmt: skip


class _Brotli:
    """Brotli with the methods of ``zlib``; a body has one member."""

    def __init__(self) -> None:
        import brotli

        self._begin = brotli.Decompressor
        self._error = brotli.error
        self._decoder = self._begin()
        self._before = bytearray()
        self.unused_data = b""

    @property
    def eof(self) -> bool:
        return bool(self._decoder.is_finished())

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        try:
            output = bytes(self._decoder.process(data, output_buffer_limit=max_length))
        except self._error:
            return self._to_end(data, max_length)
        self._before += data
        return output

    def _to_end(self, data: bytes, max_length: int) -> bytes:
        """Decompress the beginning of a piece: the library fails if anything follows the end."""
        self._decoder = self._begin()
        self._decoder.process(bytes(self._before))
        output = b""
        for at in range(len(data)):
            if self.eof:
                self.unused_data = data[at:]
                break
            output += self._decoder.process(data[at : at + 1], output_buffer_limit=max_length)
        return output


class _Layer:
    """One encoding; it can consist of several members."""

    def __init__(self, coding: _Coding, most: int) -> None:
        self._most = self.left = most
        self.whole = False
        self._coding = coding
        self._decoder = coding.begin()
        self._unsure = b""  # looked at again together with the next piece
        self._sure = coding.otherwise is None
        self._over = self._begun = self._plain = False

    def feed(self, piece: bytes) -> bytes:
        """Return what is in a piece. Raises IngestError."""
        if self._plain:
            self.left -= len(piece)
            return piece
        data, output = self._unsure + piece, b""
        self._unsure = b""
        while data and not self._over and self.left > 0:
            if self._decoder.eof:
                data = self._next_member(data)
            else:
                output += self._unpacked(data)
                failed = self._over or self._plain
                data = self._decoder.unused_data if not failed and self._decoder.eof else b""
        return output

    def _unpacked(self, data: bytes) -> bytes:
        try:
            output = self._decoder.decompress(data, self.left)[: self.left]
        except self._coding.error as error:
            return self._failed(data, error)
        self.left -= len(output)
        self.whole = self._decoder.eof
        self._sure |= bool(output) or self.whole or len(data) >= _SURE_BYTES
        self._begun |= self._sure
        if not self._sure:
            self._unsure, self._decoder = data, self._coding.begin()
        return output

    def _failed(self, data: bytes, error: Exception) -> bytes:
        """Return what a piece still means that could not be decompressed."""
        if not self._sure and self._coding.otherwise is not None:
            self._sure, self._decoder = True, self._coding.otherwise()
            return self._unpacked(data)
        if not self._begun and data.lstrip().startswith(_MARKUP):
            self._plain = self.whole = True  # a proxy unpacked it and left the header
            return self.feed(data)
        if self.left == self._most:
            raise IngestError("The page is compressed incorrectly and cannot be read.") from error
        self._over, self.whole = True, False
        return b""

    def _next_member(self, data: bytes) -> bytes:
        """Begin the next member; anything else is ignored, as in browsers."""
        begins = any(data.startswith(magic[: len(data)]) for magic in self._coding.magic)
        self._over, self.whole = not begins, not begins
        if not begins:
            return b""
        if len(data) < min(map(len, self._coding.magic)):
            self._unsure = data
            return b""
        self._decoder = self._coding.begin()
        return data
