"""One window for a library: a second start hands its request over to the first.

The first process holds a lock, which the system releases when the process ends, and listens at a
socket beside it, in a private folder. Python has no such sockets on Windows: there each start has
its own window.
"""

import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from zlib import crc32

from reader.article_links import is_uid
from reader.errors import LibraryLocked

_PATIENCE_SECONDS = 5.0
_PAUSE_SECONDS = 0.02
_LONGEST = 1_000_000  # bytes of a request
_LONGEST_NAME = 100  # bytes of a socket's path; systems allow 103 or more
_TAKEN = b"taken\n"
_LAST_ID = 2**63 - 1


class Request(NamedTuple):
    """The ids, absolute paths, URLs and uids to open.

    ``token`` is the desktop's permission for the window to come to the front.
    """

    articles: tuple[int, ...] = ()
    paths: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    token: str = ""
    uids: tuple[str, ...] = ()


class Caller:
    """Another process that hands over a request; never blocks."""

    def __init__(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        self._connection = connection
        self._received = b""

    def fileno(self) -> int:
        """Return the file descriptor to wait at."""
        return self._connection.fileno()

    def receive(self) -> Request | None:
        """Read the available bytes, and answer once the request is complete.

        Raises OSError if there will be none, because the caller has gone or sends something else.
        """
        try:
            piece = self._connection.recv(65536)
        except BlockingIOError:
            return None
        self._received += piece
        if not piece or len(self._received) > _LONGEST:
            raise ConnectionError("no request")
        if not self._received.endswith(b"\n"):
            return None
        if self._has_gone() or (request := decode(self._received)) is None:
            raise ConnectionError("no request")
        self._connection.sendall(_TAKEN)
        return request

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _has_gone(self) -> bool:
        try:
            return not self._connection.recv(1)
        except BlockingIOError:
            return False


class Instance:
    """The only window of a library; use ``claim_or_hand_over``."""

    def __init__(self, lock: int, path: Path, listener: socket.socket) -> None:
        self._lock, self._path, self._listener = lock, path, listener

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop_listening()
        with suppress(OSError):
            _lock_file(self._path).unlink()
        os.close(self._lock)

    def fileno(self) -> int:
        """Return the file descriptor to wait at for callers."""
        return self._listener.fileno()

    def accept(self) -> Caller | None:
        """Return the next caller, None if it has hung up."""
        try:
            return Caller(self._listener.accept()[0])
        except OSError:
            return None

    def stop_listening(self) -> None:
        """Stop accepting requests: later callers wait for the end and open their own window."""
        self._listener.close()
        with suppress(OSError):
            self._path.unlink()

    def listen_again(self) -> None:
        """Accept requests again, for a window that opens in place of the one that closed."""
        self.stop_listening()
        with suppress(OSError):
            self._listener = _listening(self._path)


def claim_or_hand_over(library: Path, request: Request) -> tuple[Instance | None, bool]:
    """Become the window of a library, or hand a request over to the existing one.

    Returns the instance and whether the request was handed over. Neither happens if the other
    window does not answer in time, or if the system has no means for it.
    """
    path = _socket_path(library)
    until = time.monotonic() + _PATIENCE_SECONDS
    try:
        while path is not None and time.monotonic() < until:
            try:
                return _claim(path), False
            except BlockingIOError:  # there is a window already
                with suppress(FileNotFoundError, ConnectionError, BlockingIOError):
                    return None, _hand_over(path, request, until)
            time.sleep(_PAUSE_SECONDS)  # the other window is starting, or closing
    except OSError:
        pass
    return None, False


def _claim(path: Path) -> Instance:
    """Become the window that listens at a path. Raises BlockingIOError if there is one already."""
    lock = _locked(_lock_file(path))
    try:
        return Instance(lock, path, _listening(path))
    except OSError:
        os.close(lock)
        raise


def _listening(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    try:
        path.unlink(missing_ok=True)  # the socket of a window that crashed
        listener.bind(str(path))
        listener.listen(64)
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener


@contextmanager
def alone(library: Path) -> Iterator[None]:
    """Keep windows of a library away meanwhile. Raises LibraryLocked if one is open.

    A start meanwhile waits a few seconds. Without a place for locks, nobody is kept away.
    """
    path, lock = _socket_path(library), None
    try:
        lock = None if path is None else _locked(_lock_file(path))
    except BlockingIOError as error:
        raise LibraryLocked(
            f"Reader's window has the library in {library} open. Nothing was changed; close the "
            "window, then try again."
        ) from error
    except OSError:
        pass
    try:
        yield
    finally:
        if lock is not None and path is not None:
            with suppress(OSError):
                _lock_file(path).unlink()
            os.close(lock)


def encode(request: Request) -> bytes:
    """Return a request as a line of JSON, without uids if it has none: older windows know none."""
    values = request._asdict()
    if not request.uids:
        del values["uids"]
    return json.dumps(values).encode() + b"\n"


def decode(line: bytes) -> Request | None:
    """Return the request in a line, None if it is invalid."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or {"uids", *values} != set(Request._fields):
        return None
    *lists, token, uids = ({"uids": [], **values}[name] for name in Request._fields)
    if not isinstance(token, str) or "\0" in token or not all(map(_is_list, (*lists, uids))):
        return None
    articles, paths, addresses = lists
    if not all(type(article) is int and 0 < article <= _LAST_ID for article in articles):
        return None
    if not all(map(_is_path, paths)) or not all(map(_is_web, addresses)):
        return None
    if not all(isinstance(uid, str) and is_uid(uid) for uid in uids):
        return None
    return Request(tuple(articles), tuple(paths), tuple(addresses), token, tuple(uids))


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_path(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value and Path(value).is_absolute()


def _is_web(value: object) -> bool:
    return isinstance(value, str) and value.lower().startswith(("http://", "https://"))


def _hand_over(path: Path, request: Request, until: float) -> bool:
    with socket.socket(socket.AF_UNIX) as calling:
        calling.settimeout(max(0.01, until - time.monotonic()))
        calling.connect(str(path))
        calling.sendall(encode(request))
        calling.settimeout(max(0.01, until - time.monotonic()))
        if calling.recv(len(_TAKEN)) != _TAKEN:
            raise ConnectionError("not taken")
    return True


def _socket_path(library: Path) -> Path | None:
    """Return the path at which the window of a library listens, None if there is no safe one."""
    if sys.platform == "win32":
        return None
    place = os.fsencode(os.path.realpath(library))
    # A checksum to tell libraries apart, not a secret: hashlib would slow down the start.
    name = f"reader-{crc32(place):08x}{crc32(place[::-1]):08x}"
    for folder in _folders():
        path = folder / name
        if len(os.fsencode(path)) <= _LONGEST_NAME and _is_private(folder):
            return path
    return None


def _folders() -> list[Path]:
    own = f"reader-{os.getuid()}"
    runtime, temporary = os.environ.get("XDG_RUNTIME_DIR"), os.environ.get("TMPDIR")
    folders = [Path(folder, own) for folder in (temporary, "/tmp") if folder]  # noqa: S108
    return [Path(runtime), *folders] if runtime else folders


def _is_private(folder: Path) -> bool:
    """Return whether a folder belongs to this user alone; our own is created."""
    try:
        if folder.name == f"reader-{os.getuid()}":
            with suppress(FileExistsError):
                folder.mkdir(mode=0o700)
        status = folder.lstat()
    except OSError:
        return False
    is_folder, others = (status.st_mode & 0o170000) == 0o040000, status.st_mode & 0o077
    return is_folder and not others and status.st_uid == os.getuid()


def _lock_file(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def _locked(file: Path) -> int:
    """Return the descriptor of a locked file. Raises BlockingIOError if it is locked already."""
    import fcntl

    lock = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not file.exists() or not os.path.samestat(os.fstat(lock), file.lstat()):
            raise BlockingIOError("deleted in between, with the window that had it")
    except OSError:
        os.close(lock)
        raise
    return lock
