"""A second process that reads texts, so that an import uses two processors.

This file is both sides: ``Helper`` starts the process and shares the work with it, and ``serve``
runs in it. A text with pictures in it or beside it is read here, because they are stored.
"""

import json
import os
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from reader.entries import Entry, TextKind
from reader.model import Clipping

MANY = 100
"""From so many texts on, starting a process is worth while."""

_AT_ONCE = 2
_LARGEST = 1_000_000
_SIZES = struct.Struct(">II")
_KINDS = (TextKind.HTML, TextKind.MARKDOWN, TextKind.PLAIN)
_READ = (
    "title", "byline", "site", "language", "excerpt", "published_at", "tags", "html", "words",
)  # fmt: skip
"""The fields of a clipping that reading its text fills."""


class Helper:
    """Reads some texts in another process, in the order they are given; it ends with this one."""

    def __init__(self, texts: int) -> None:
        """Start the process if there are many texts, and a processor for it."""
        self._waiting: deque[tuple[int, Entry, Future[Entry | None]]] = deque()
        self._process = _started() if texts >= MANY and (os.cpu_count() or 1) > 1 else None
        self._thread = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.kill()
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._process is not None:
            with suppress(OSError):  # what was not sent is not needed
                self._process.communicate()

    def takes(self, number: int, entry: Entry) -> bool:
        """Take a text to read if there is room; ``finished`` returns it by its number."""
        if self._process is None or len(self._waiting) >= _AT_ONCE or entry.own is not None:
            return False
        if entry.text is None or entry.text.kind not in _KINDS:
            return False
        try:
            data = entry.text.load()
        except Exception:  # it is read again here, and reported
            return False
        if len(data) > _LARGEST:
            return False
        self._waiting.append((number, entry, self._thread.submit(self._read, entry, data)))
        return True

    def finished(self, *, all: bool = False) -> Iterator[tuple[int, Entry, Entry | None]]:
        """Yield each text that was read: its number, its entry before and after.

        It is None after if it has to be read here. ``all`` waits for the last one.
        """
        while self._waiting and (all or self._waiting[0][2].done()):
            number, entry, future = self._waiting.popleft()
            yield number, entry, future.result()

    def _read(self, entry: Entry, data: bytes) -> Entry | None:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None or not entry.text:
            return None
        about = entry.clipping
        told = {"kind": entry.text.kind, "url": about.url, **{x: getattr(about, x) for x in _READ}}
        try:
            _send(process.stdin, told, data)
            fields, html = _received(process.stdout)
        except (OSError, EOFError, ValueError):
            return None
        if not fields:
            return None
        fields |= {"tags": tuple(fields["tags"]), "html": html.decode(), "source": data}
        return entry._replace(clipping=about._replace(**fields))


def _started() -> subprocess.Popen[bytes] | None:
    source = str(Path(__file__).parents[2])
    code = f"import sys; sys.path.insert(0, {source!r}); from reader.importing import helper; "
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        return subprocess.Popen(
            [sys.executable, "-I", "-c", f"{code}helper.serve()"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            creationflags=hidden, start_new_session=True,
        )  # fmt: skip
    except OSError:
        return None


def _send(stream: IO[bytes], told: dict[str, Any], data: bytes) -> None:
    head = json.dumps(told).encode()
    stream.write(_SIZES.pack(len(head), len(data)) + head + data)
    stream.flush()


def _received(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Return a message. Raises EOFError if the other side is gone, even in the middle of it."""
    sizes = stream.read(_SIZES.size)
    if len(sizes) < _SIZES.size:
        raise EOFError
    head, data = _SIZES.unpack(sizes)
    told, text = stream.read(head), stream.read(data)
    if len(told) < head or len(text) < data:
        raise EOFError
    return json.loads(told), text


# ---- in the other process


def serve() -> None:
    """Read texts from standard input until it ends, and write them to standard output."""
    from reader.importing import texts

    source, target = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            told, data = _received(source)
            kind, about = TextKind(told.pop("kind")), Clipping(**told)
            about = about._replace(tags=tuple(about.tags))
            try:
                made = texts.read(kind, data, about, texts.elsewhere(kind, about.url))
            except Exception:  # the other side reads it again, and reports why
                _send(target, {}, b"")
                continue
            kept = {name: getattr(made, name) for name in (*_READ, "source_type", "made_by")}
            _send(target, {**kept, "html": ""}, made.html.encode())
