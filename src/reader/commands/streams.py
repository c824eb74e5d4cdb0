"""The standard streams: in any encoding, closed, on a full disk."""

import codecs
import io
import os
import sys
from contextlib import suppress

# What the program prints itself, for terminals that have no such sign.
_PLAIN = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "…": "...",
    "·": "-",
    "•": "*",
    "★": "*",
}


class _Patient(io.TextIOWrapper):
    """A stream that drops what cannot be written: messages are no reason to fail."""

    def write(self, text: str) -> int:
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()


def prepare() -> None:
    """Make the streams of this process safe to use, whatever was handed to it."""
    _open_closed()
    codecs.register_error("reader.plain", _in_plain_signs)
    codecs.register_error("reader.json", _in_json)
    error = sys.stderr
    if type(error) is io.TextIOWrapper and error is sys.__stderr__:
        sys.stderr = _Patient(error.buffer, error.encoding, line_buffering=True, write_through=True)
    for stream in (sys.stdout, sys.stderr):
        replace_by(stream, "reader.plain")


def replace_by(stream: object, handler: str) -> None:
    """Choose how a stream writes what its encoding cannot say."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=handler)


def drop_output() -> None:
    """Send what is still to be written nowhere: nobody listens, or there is no room."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_closed() -> None:
    # A file that is opened next would get the free number, and be written to by mistake.
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def _in_plain_signs(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_PLAIN.get(each, "?") for each in signs), error.end


def _in_json(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from json import dumps

    return dumps(error.object[error.start : error.end])[1:-1], error.end
