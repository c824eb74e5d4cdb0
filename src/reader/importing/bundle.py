"""What the user hands over for an import, as named members: files, an archive or a folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from reader.entries import Unread
from reader.outcomes import Where

HEAD = 65_536
"""The bytes of a member that formats may look at to recognise it."""
MOST = 200_000_000
"""The largest member that is read whole."""


class Bundle:
    """Members with names separated by slashes; nothing is unpacked to the disk.

    The names of a single file, and of several files, are those of the files; an archive or a
    folder names what is in it. Leftovers of systems (``__MACOSX/``, ``._*``) are left out.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        """Open files; raises IngestError if one cannot be read."""
        raise NotImplementedError

    paths: tuple[Path, ...]
    """What the user named."""
    names: tuple[str, ...]
    """The names of the members in their order."""
    refused: tuple[Unread, ...]
    """Members that are not read: links, names that lead out, what is too large or damaged."""

    def head(self, name: str) -> bytes:
        """Return the first bytes of a member."""
        raise NotImplementedError

    def read(self, name: str, most: int = MOST) -> bytes:
        """Return the bytes of a member. Raises IngestError if it is damaged or larger."""
        raise NotImplementedError

    def opened(self, name: str) -> IO[bytes]:
        """Return a member as a stream, for what is read row by row; it ends at a bound."""
        raise NotImplementedError

    def where(self, name: str, line: int = 0) -> Where:
        """Return a place in a member; a single file is not named."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the files."""
        raise NotImplementedError
