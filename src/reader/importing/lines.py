"""Text files of any encoding: whole, or their lines, read one after the other."""

import codecs
import io
from collections.abc import Iterator
from functools import partial
from typing import IO

from reader.entries import Unread
from reader.errors import ReaderError
from reader.importing.bundle import Bundle
from reader.ingest.decode import decode, encoding_of
from reader.outcomes import Outcome
from reader.reasons import Reason, Remark

_CHUNK = 65_536
_LONGEST = 20_000_000
"""The characters of a line from which on it is cut."""
_ERRORS = "reader.windows"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Return broken bytes of UTF-8 as Windows would read them; some programs mix both."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252" if error.encoding == "utf-8" else "ascii", "replace"), error.end


codecs.register_error(_ERRORS, _as_windows)


def decoded(head: bytes) -> str:
    """Return the beginning of a text file."""
    decoder = codecs.getincrementaldecoder(encoding_of(head))(_ERRORS)
    return decoder.decode(head)


def text_of(bundle: Bundle, name: str) -> str | Unread:
    """Return the text of a member, or its row if it cannot be read."""
    try:
        return decode(bundle.read(name))
    except ReaderError as error:
        remark = Remark(Reason.ERROR, text=str(error))
        return Unread(bundle.where(name), Outcome.FAILED, remark, name)


def lines_of(bundle: Bundle, name: str) -> Iterator[str]:
    """Yield the lines of a member with their ends. Raises IngestError if it is damaged."""
    encoding = _encoding(bundle, name)
    with bundle.opened(name) as stream:
        text = io.TextIOWrapper(stream, encoding, _ERRORS, newline="")
        yield from iter(partial(text.readline, _LONGEST), "")


def _encoding(bundle: Bundle, name: str) -> str:
    """Return the encoding of a member by its first bytes that are not ASCII."""
    with bundle.opened(name) as stream:
        sample = stream.read(_CHUNK)
        encoding = encoding_of(sample)
        while sample and encoding == "utf-8" and sample.isascii():
            sample = _next(stream)
            encoding = encoding_of(sample) if sample else "utf-8"
    return encoding


def _next(stream: IO[bytes]) -> bytes:
    """Return the next bytes, and more of them if the first ones are not ASCII."""
    sample = stream.read(_CHUNK)
    return sample if sample.isascii() else sample + stream.read(_CHUNK)
