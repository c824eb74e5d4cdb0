"""The files, archive or folder that a user wants to import, as named members."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from stat import S_ISREG
from typing import IO, NamedTuple

from reader.body import clean
from reader.entries import Unread
from reader.errors import IngestError
from reader.ingest import disk, zips
from reader.ingest.zips import Refused, Why, Zip
from reader.outcomes import Outcome, Where
from reader.reasons import Reason, Remark

HEAD = 65_536
"""The bytes of a member that formats may look at to recognise it."""
MOST = 200_000_000
"""The largest member that is read whole."""
_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
_OTHER_FILES = ("META-INF/container.xml", "[Content_Types].xml", "mimetype")
"""Names in archives that are documents: books and those of word processors."""


class _Member(NamedTuple):
    """A member: its size as it was found, and how it is opened."""

    size: int
    open: Callable[[], IO[bytes]]


class _Part(NamedTuple):
    """The members of one of the paths; ``label`` goes before their names if they are not unique."""

    label: str
    members: Sequence[tuple[str, _Member]]
    refused: Sequence[Refused] = ()


class Bundle:
    """Members with names separated by slashes; nothing is unpacked to the disk.

    The names of a single file, and of several files, are those of the files; an archive or a
    folder names its contents, without the one folder that contains all of an archive. If two
    archives or folders share a name, the members of the later one stand in a folder of its name.
    Leftovers of systems (``__MACOSX/``, ``._*``) and hidden files are left out. Names are composed
    (NFC).
    """

    paths: tuple[Path, ...]
    """What the user named."""
    names: tuple[str, ...]
    """The names of the members in their order."""
    refused: tuple[Unread, ...]
    """Members that are not read: links, names that lead out, what is too large or damaged."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Open files; raises IngestError if none of them can be read."""
        self.paths = tuple(paths)
        self._archives: list[tuple[Path, Zip, IO[bytes], os.stat_result]] = []
        self._changing: set[str] = set()
        self._members: dict[str, list[_Member]] = {}
        refused: list[Unread] = []
        for path in self.paths:
            try:
                part = self._part(path)
            except IngestError as error:
                if len(self.paths) == 1:
                    raise
                refused.append(_unreadable(path, error))
                continue
            self._take(part)
            refused += map(_unread, part.refused)
        if self.paths and len(refused) == len(self.paths) and not self._members:
            raise IngestError(refused[0].remark.text)
        self._alone = len(self.paths) == 1 and not self._archives and not _is_folder(paths[0])
        self.names = tuple(self._members)
        self.refused = tuple(refused)

    def head(self, name: str) -> bytes:
        """Return the first bytes of a member. Raises IngestError if it is damaged."""
        with self.opened(name) as stream:
            return stream.read(HEAD)

    def read(self, name: str, most: int = MOST) -> bytes:
        """Return the bytes of a member. Raises IngestError if it is damaged or larger."""
        member = self._member(name)
        if member.size > most:
            raise IngestError(f"{clean.line(name)} is larger than {most // 1_000_000} MB.")
        with member.open() as stream:
            return stream.read()

    def opened(self, name: str) -> IO[bytes]:
        """Return a member as a stream, to be read row by row; it ends at a bound.

        The stream raises IngestError if the member is damaged.
        """
        return self._member(name).open()

    def size(self, name: str) -> int:
        """Return the bytes of a member as its archive or folder claims."""
        return self._member(name).size

    def earlier(self, name: str) -> tuple[str, ...]:
        """Return the names by which other members of the same name are read, the first one first.

        The last of them that is not empty has the name itself.
        """
        return tuple(f"{name}\0{at}" for at in range(len(self._members[name]) - 1))

    def where(self, name: str, line: int = 0) -> Where:
        """Return a place in a member; a single file is not named."""
        return Where("" if self._alone else clean.line(name.partition("\0")[0]), line)

    def changed(self) -> tuple[str, ...]:
        """Return the names of files that were written to since they were opened."""
        archives = [
            disk.name_of(path)
            for path, _, file, before in self._archives
            if _state(os.fstat(file.fileno())) != _state(before)
        ]
        return (*archives, *sorted(self._changing))

    def close(self) -> None:
        """Close the files."""
        for _, archive, file, _ in self._archives:
            archive.close()
            file.close()
        self._archives.clear()

    # ---- what is in it

    def _member(self, name: str) -> _Member:
        name, _, nth = name.partition("\0")
        return self._members[name][int(nth) if nth else -1]

    def _take(self, part: _Part) -> None:
        """Take the members of a path in, under names that no other path has."""
        label = part.label if any(name in self._members for name, _ in part.members) else ""
        number = 2
        while label and any(f"{label}/{name}" in self._members for name, _ in part.members):
            label, number = f"{part.label} ({number})", number + 1
        for name, member in part.members:
            alike = self._members.setdefault(f"{label}/{name}" if label else name, [])
            alike.insert(0 if alike and not member.size else len(alike), member)

    def _part(self, path: Path) -> _Part:
        if _is_folder(path):
            return self._folder(path)
        file = disk.opened(path)
        before = os.fstat(file.fileno())
        name = zips.safe_name(disk.name_of(path)) or "file"
        if archive := _archive_in(file):
            self._archives.append((path, archive, file, before))
            return _of_archive(archive, Path(name).stem)
        file.close()
        member = _Member(before.st_size, partial(self._open, path, name, before))
        return _Part(disk.name_of(path.absolute().parent), ((name, member),))

    def _folder(self, top: Path) -> _Part:
        members: list[tuple[str, _Member]] = []
        refused: list[Refused] = []
        for path, state, why in _files_in(top):
            name = zips.safe_name(disk.shown(path.relative_to(top)))
            if why is None and not name:
                why = Why.NAME
            if why is None and state is not None:
                members.append(
                    (name, _Member(state.st_size, partial(self._open, path, name, state)))
                )
            elif why is not None:
                refused.append(Refused(name or disk.name_of(path), why))
        return _Part(disk.name_of(top.absolute()), members, refused)

    def _open(self, path: Path, name: str, before: os.stat_result) -> IO[bytes]:
        """Open a file of the disk as far as it went when it was found."""
        file = disk.opened(path)
        if _state(os.fstat(file.fileno())) != _state(before):
            self._changing.add(name)
        return zips.reading(file, name, max(before.st_size, 0))


def _archive_in(file: IO[bytes]) -> Zip | None:
    """Return the archive in a file, None if it is something else, such as a book."""
    try:
        if file.read(4) not in _ARCHIVE:
            return None
        archive = Zip(file)
    except Exception:
        file.close()
        raise
    is_other = any(each.name in _OTHER_FILES for each in archive.members)
    return None if is_other else archive


def _of_archive(archive: Zip, label: str) -> _Part:
    tops = {name.partition("/")[0] for name, _ in archive.members}
    shared = all("/" in name for name, _ in archive.members) and len(tops) == 1
    cut = len(tops.pop()) + 1 if shared else 0
    members = [
        (each.name[cut:], _Member(each.info.file_size, partial(archive.opened, each)))
        for each in archive.members
    ]
    return _Part(label, members, archive.refused)


def _files_in(top: Path) -> Iterator[tuple[Path, os.stat_result | None, Why | None]]:
    """Yield the files of a folder in the order of their names, and why some are refused."""
    refused: list[OSError] = []
    inner = top.resolve()
    count = 0
    for place, folders, names in os.walk(top, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [link for name in folders if (link := Path(place, name)).is_symlink()]
        out = [link.name for link in links if disk.leads_out(link, inner)]
        for name in sorted((*names, *out)):
            if not name.startswith(".") and not zips.is_leftover(name):
                count += 1
                yield _found(Path(place, name), inner)
        if count >= zips.MOST_MEMBERS:
            yield Path(place), None, Why.MANY
            break
    yield from ((Path(os.fsdecode(e.filename or top)), None, Why.DAMAGED) for e in refused)


def _found(path: Path, top: Path) -> tuple[Path, os.stat_result | None, Why | None]:
    if disk.leads_out(path, top):
        return path, None, Why.LINK
    try:
        state = path.stat()
    except (OSError, ValueError):
        return path, None, Why.DAMAGED
    return path, state, None if S_ISREG(state.st_mode) else Why.SPECIAL


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  # Path.is_dir may raise


def _state(state: os.stat_result) -> tuple[int, int]:
    return state.st_size, state.st_mtime_ns


def _unread(refused: Refused) -> Unread:
    name, why = refused
    remark = Remark(Reason.REFUSED_MEMBER, text=why.value)
    return Unread(Where(clean.line(name)), Outcome.FAILED, remark, clean.line(name))


def _unreadable(path: Path, error: IngestError) -> Unread:
    name = disk.name_of(path)
    return Unread(Where(name), Outcome.FAILED, Remark(Reason.NOT_READABLE, text=str(error)), name)
