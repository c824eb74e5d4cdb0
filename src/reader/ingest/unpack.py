"""What a server packed for the way, unpacked piece by piece and never past a bound."""

import zlib
from collections.abc import Callable

from reader.errors import IngestError


def unpacker(packing: str) -> Callable[[bytes, int], bytes]:
    """Return what unpacks the next piece of an answer, up to a bound. Raises IngestError."""
    if packing in ("", "identity"):
        return lambda piece, _left: piece
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise IngestError(f"The page is packed in a way we did not ask for ({packing}).")
    held = [zlib.decompressobj(47)]
    tried = [False]

    def unpack(piece: bytes, left: int) -> bytes:
        try:
            made = held[0].decompress(piece, max(1, left))
        except zlib.error as error:
            if packing != "deflate" or tried[0]:
                raise IngestError("What came is packed wrongly; it cannot be read.") from error
            held[0] = zlib.decompressobj(-15)  # as some servers write it
            tried[0] = True
            return unpack(piece, left)
        tried[0] = True
        return made

    return unpack
