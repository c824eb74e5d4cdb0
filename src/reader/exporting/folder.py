"""A folder of exports: files of articles get their names and replace those of earlier exports.

A name that is taken by something else, or by a file that the user has changed since, is left to
it. The journal remembers the name of each article.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, NamedTuple, Self

from reader.exporting.journal import Journal
from reader.exporting.names import Taken, is_name
from reader.exporting.pictures import Pictures
from reader.exporting.writing import Stage, Waiting, no_room
from reader.outcomes import Outcome


class Batch(NamedTuple):
    """Files on their way, and their lines in the journal, which is written first."""

    lines: list[str]
    files: Waiting


class Folder:
    """The folder of an export, a context; ``suffix`` is the ending of the files of articles."""

    def __init__(self, root: Path, suffix: str) -> None:
        """Use a folder, or make it. Raises ExportError if that is impossible."""
        self._root = root
        self._suffix = suffix
        try:
            root.mkdir(exist_ok=True)
            self._taken = Taken(path.name for path in root.iterdir())
        except OSError as error:
            raise no_room(root, error) from error
        self._journal = Journal(root)
        try:
            self.stage = Stage(root)
        except BaseException:
            self._journal.close()
            raise
        self.pictures = Pictures(self.stage, root)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stage.__exit__()
        self._journal.close()

    def name(self, key: str, title: str) -> str:
        """Return the name of the file of an article, by which it is known from now on.

        ``key`` identifies the article.
        """
        for name in self._candidates(key, title):
            if not self._taken.is_given(name) and self._is_free(key, name):
                self._taken.give(name)
                return name
        raise AssertionError  # there is always another number

    def put(self, key: str, name: str, data: bytes) -> Outcome:
        """Write the file of an article. Raises OSError."""
        digest = sha256(data).hexdigest()
        there = self._taken.there(name)
        if there and self._hash(there) == digest:
            return Outcome.UNCHANGED
        self.stage.put(self._root / (there or name), data)
        self._journal.note(key, name, digest)
        return Outcome.UPDATED if there else Outcome.ADDED

    @contextmanager
    def open(self, key: str, name: str) -> Iterator[IO[bytes]]:
        """Open the file of a key. Raises OSError, also for the block's own."""
        target = self._root / (self._taken.there(name) or name)
        with self.stage.open(target) as out:
            yield out
        with self.stage.written(target).open("rb") as file:
            self._journal.note(key, name, file_digest(file, "sha256").hexdigest())

    def settle(self) -> dict[str, OSError]:
        """Put all files in place; return the names of those that failed, or a picture of which."""
        return self.place(self.take())

    def take(self) -> Batch:
        """Return the written files that are not yet in place, for ``place``."""
        return Batch(self._journal.take(), self.stage.take())

    def place(self, batch: Batch) -> dict[str, OSError]:
        """Put files in place; more may be written while another thread does it."""
        try:
            self._journal.write(batch.lines)
        except OSError as error:
            raise no_room(self._root, error) from error
        return {self._name_of(path): error for path, error in self.stage.place(batch.files).items()}

    def settle_all(self) -> None:
        """Put all files in place. Raises OSError for the first one that failed."""
        for trouble in self.settle().values():
            raise trouble

    def _name_of(self, path: Path) -> str:
        return path.name if path.parent == self._root else f"{path.parent.name}{self._suffix}"

    def _candidates(self, key: str, title: str) -> Iterator[str]:
        known = self._journal.name_of(key)
        if known and is_name(known, self._suffix):
            yield known
        yield from self._taken.candidates(title, self._suffix)

    def _is_free(self, key: str, name: str) -> bool:
        there = self._taken.there(name)
        if not there:
            return True
        path = self._root / there
        if path.is_symlink() or not path.is_file():
            return False
        return self._journal.is_ours(key, name, self._hash(there))

    def _hash(self, name: str) -> str:
        try:
            with (self._root / name).open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""
