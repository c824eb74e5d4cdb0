"""The files that stand beside a text in an export, by the names that the text has for them."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from reader.importing.bundle import Bundle
from reader.ingest.images import MAX_BYTES
from reader.ingest.saved import same_name, spellings

Load = Callable[[], bytes]


class Names:
    """The names of a bundle, found whatever their case and their Unicode form."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._named: dict[str, str] = {}
        self._last: dict[str, list[str]] = {}
        for name in bundle.names:
            alike = same_name(name)
            self._named.setdefault(alike, name)
            self._last.setdefault(alike.rpartition("/")[2], []).append(name)

    def at(self, folder: str, path: str) -> str:
        """Return the member at a path relative to a folder, ``""`` if there is none."""
        meant = posixpath.normpath(posixpath.join(folder, path))
        return self._named.get(same_name(meant), "")

    def anywhere(self, path: str) -> str:
        """Return the member whose name ends in a path, the one with the shortest name.

        Obsidian finds the files named in a note of its vault in the same way.
        """
        wanted = same_name(path.strip("/")).split("/")
        fitting = (
            name
            for name in self._last.get(wanted[-1], ())
            if same_name(name).split("/")[-len(wanted) :] == wanted
        )
        return min(fitting, key=lambda name: (name.count("/"), len(name)), default="")

    def load(self, name: str) -> Load:
        """Return the function that reads a picture."""
        return partial(self._bundle.read, name, MAX_BYTES)


class Beside(Mapping[str, Load]):
    """The pictures of a text in a folder, found when they are asked for by their source.

    If ``vault``, a name alone means the file of that name in any folder.
    """

    def __init__(self, names: Names, folder: str, *, vault: bool = False) -> None:
        self._names = names
        self._folder = folder
        self._vault = vault

    def __getitem__(self, source: str) -> Load:
        """Return how the file that a source names is read. Raises KeyError if there is none."""
        if ":" in source.partition("/")[0] or source.startswith("//"):
            raise KeyError(source)
        for path in spellings(source):
            name = self._names.at(self._folder, path)
            if not name and self._vault and path:
                name = self._names.anywhere(path)
            if name:
                return self._names.load(name)
        raise KeyError(source)

    def __iter__(self) -> Iterator[str]:
        """Yield nothing: the sources are in the text."""
        return iter(())

    def __len__(self) -> int:
        """Return 1, because an empty mapping would count as none."""
        return 1
