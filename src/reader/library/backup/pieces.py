"""Pieces of database files, 4 MB each, stored as files that are named by their hash.

Copies share the pieces that are equal, so a copy of a library that hardly changed takes little.
"""

from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from reader import private
from reader.library.store import backup, creation

SIZE = 4 << 20
"""Bytes in a piece, a multiple of every page size of SQLite; the last piece may be shorter."""


class DamagedPiece(OSError):
    """A piece cannot be read, or its bytes do not have the hash that is its name."""


def hash_of(data: bytes | bytearray) -> str:
    """Return the name of a piece: the BLAKE2b hash of its bytes, as 64 hexadecimal digits."""
    return blake2b(data, digest_size=32).hexdigest()


class Pieces:
    """A folder of pieces. The methods raise OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, name: str) -> Path:
        """Return the file of a piece."""
        return self._folder / name

    def size(self, name: str) -> int:
        """Return the size of a piece in bytes, -1 if it is missing."""
        try:
            return self.file(name).stat().st_size
        except FileNotFoundError:
            return -1

    def sizes(self) -> dict[str, int]:
        """Return the sizes of all pieces in bytes, none if the folder is missing."""
        found: dict[str, int] = {}
        for name in creation.names(self._folder):
            size = self.size(name)
            if size >= 0:
                found[name] = size
        return found

    def read(self, name: str) -> bytes:
        """Return the bytes of a piece. Raises DamagedPiece unless they match its hash."""
        try:
            data = self.file(name).read_bytes()
        except OSError as error:
            text = "a piece of the copy cannot be read"
            raise DamagedPiece(error.errno, text, str(self.file(name))) from error
        if hash_of(data) != name:
            raise DamagedPiece(5, "a piece of the copy is damaged", str(self.file(name)))
        return data

    def is_whole(self, name: str) -> bool:
        """Return whether a piece can be read and matches its hash."""
        try:
            self.read(name)
        except DamagedPiece:
            return False
        return True

    def write(self, name: str, data: bytes) -> None:
        """Store a piece and read it back. A damaged file of the same name is replaced."""
        private.make_folder(self._folder)
        with backup.made(self.file(name)) as out:
            out.write(data)
        self.read(name)

    def to_disk(self) -> None:
        """Flush the names of the pieces to the disk."""
        if self._folder.is_dir():
            backup.folder_to_disk(self._folder)

    def sweep(self, used: Iterable[str]) -> None:
        """Delete all pieces but those in use, and the temporary files of killed processes."""
        creation.sweep(self._folder)
        kept = set(used)
        for name in creation.names(self._folder):
            if len(name) == len(hash_of(b"")) and name not in kept:
                with suppress(OSError):  # the next sweep tries again
                    self.file(name).unlink()
