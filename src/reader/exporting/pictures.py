"""Copies of pictures beside a note, in a folder of its own: never links into the library."""

from collections.abc import Callable
from filecmp import cmp
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from reader.exporting.pieces import Beside
from reader.exporting.writing import Stage

_FOLDER = "assets"
_LETTERS = 16
"""So many digits of the hash of a picture name it."""


class Pictures:
    """The pictures of the notes in a folder."""

    def __init__(self, stage: Stage, root: Path) -> None:
        self._stage = stage
        self._root = root
        self._folder = ""

    def beside(self, stem: str, find: Callable[[str], Path | None]) -> Beside:
        """Return the function that puts pictures beside the note with this stem."""
        folder = ""
        known: dict[str, str] = {}

        def put(name: str) -> str:
            nonlocal folder
            if name in known:
                return known[name]
            source = find(name)
            if source is None:
                return ""
            folder = folder or self._folder_of(stem)
            known[name] = self._place(folder, source).replace("%", "%25")
            return known[name]

        return put

    def _folder_of(self, stem: str) -> str:
        self._folder = self._folder or _real(self._root, _FOLDER)
        return f"{self._folder}/{_real(self._root / self._folder, stem)}"

    def _place(self, folder: str, source: Path) -> str:
        """Return the path of a copy of a picture; one that has these bytes already is used."""
        stem, number = source.name[:_LETTERS], 1
        while True:
            ending = f" {number}" if number > 1 else ""
            path = f"{folder}/{stem}{ending}{source.suffix}"
            target = self._root / path
            mode = _mode(target)
            if not mode:
                self._stage.copy(target, source)
                return path
            if S_ISREG(mode) and _same(target, source):
                return path
            number += 1


def _same(one: Path, other: Path) -> bool:
    try:
        return cmp(one, other, shallow=False)
    except OSError:
        return False


def _real(parent: Path, name: str) -> str:
    """Return a name that is that of a folder, or of nothing; others get a number."""
    number, tried = 1, name
    while (mode := _mode(parent / tried)) and not S_ISDIR(mode):
        number += 1
        tried = f"{name} {number}"
    return tried


def _mode(path: Path) -> int:
    """Return the mode of a file, without following a link, 0 if there is none."""
    try:
        return path.lstat().st_mode
    except OSError:
        return 0
