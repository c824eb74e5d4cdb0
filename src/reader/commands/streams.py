"""The standard streams, whatever their encoding: closed ones, full disks, closed pipes."""

import codecs
import io
import os
import sys
from contextlib import suppress

# Replacements of our own characters for terminals that lack them.
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
    """A stream that drops output it cannot write: messages are no reason to fail."""

    def write(self, text: str) -> int:
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()


def prepare() -> None:
    """Make the standard streams of this process safe to use."""
    _open_closed()
    codecs.register_error("reader.plain", _in_plain_signs)
    codecs.register_error("reader.json", _in_json)
    error = sys.stderr
    if type(error) is io.TextIOWrapper and error is sys.__stderr__:
        sys.stderr = _Patient(error.buffer, error.encoding, line_buffering=True, write_through=True)
    for stream in (sys.stdout, sys.stderr):
        replace_by(stream, "reader.plain")


def replace_by(stream: object, handler: str) -> None:
    """Choose how a stream replaces characters that its encoding lacks."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=handler)


def drop_output() -> None:
    """Discard the remaining output, after the pipe was closed or the disk was full."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_closed() -> None:
    # The next file to be opened would get the free number, and be written to by mistake.
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
    return "".join(_PLAIN.get(sign, "?") for sign in signs), error.end


def _in_json(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from json import dumps

    return dumps(error.object[error.start : error.end])[1:-1], error.end
