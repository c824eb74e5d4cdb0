"""Device ids: derived from a name that is kept beside the settings, never in the library.

A copy of a library is another device: in another home because of the home's name, in the same
home because of its path. A library restored from a backup gets a new ``generation`` (see
``backup.restoring``), because it would otherwise reuse row numbers.
"""

import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import apsw

from reader import paths, private

_SIZE = 8
_LONGEST = 64


_IDS: WeakKeyDictionary[apsw.Connection, str] = WeakKeyDictionary()


def id_of(connection: apsw.Connection) -> str:
    """Return the id of the device that writes through a connection."""
    found = _IDS.get(connection)
    if found is None:
        found = _IDS[connection] = _id(connection)
    return found


def _id(connection: apsw.Connection) -> str:
    from hashlib import blake2b  # imported lazily for a fast start

    sql = "SELECT value FROM setting WHERE name = 'generation'"
    parts = (_home(paths.device_file()), os.path.realpath(connection.filename),
             str(connection.execute(sql).get or ""))  # fmt: skip
    told = "\0".join(parts).encode("utf-8", "surrogateescape")
    return blake2b(told, digest_size=_SIZE).hexdigest()


def begin_generation(connection: apsw.Connection) -> None:
    """Give a library a new generation, and thereby a new device id."""
    value = os.urandom(4).hex()
    connection.execute("INSERT OR REPLACE INTO setting VALUES ('generation', ?)", (value,))


@cache
def _home(file: Path) -> str:
    """Return the name of this home; if it cannot be stored, a name for this run only."""
    with suppress(OSError):
        return _read(file) or _made(file)
    return _new()


def _new() -> str:
    return os.urandom(_SIZE).hex()


def _read(file: Path) -> str:
    with suppress(FileNotFoundError):
        found = file.read_bytes()[:_LONGEST].strip()
        if len(found) == 2 * _SIZE and found.isalnum():
            return found.decode("ascii")
    return ""


def _made(file: Path) -> str:
    """Write a new name atomically and return it, or the name that another process wrote first."""
    private.make_folder(file.parent)
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with open(fresh, "w", encoding="ascii", opener=private.opener) as out:
            out.write(_new())
            out.flush()
            os.fsync(out.fileno())
        _put(fresh, file)
    finally:
        with suppress(OSError):
            fresh.unlink()
    return _read(file)


def _put(fresh: Path, file: Path) -> None:
    if file.exists():  # damaged, or it would have been read
        fresh.replace(file)
        return
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        fresh.replace(file)
