"""The originals and the reports of imports, files in ``imports/`` of the library.

The names of all files of an import begin with its key. A folder is kept as an archive.
"""

import os
import re
import shutil
import time
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from reader import private
from reader.errors import LibraryError
from reader.library.store import backup, creation

_KEY = re.compile(r"[\w-]{1,80}", re.ASCII)
_REPORT = "report"
_LONGEST_NAME = 100
_STALE_SECONDS = 86_400


class Kept:
    """The originals and the reports of imports; every method may raise LibraryError."""

    def __init__(self, folder: Path) -> None:
        """Use ``Library.imports.kept``."""
        self._folder = folder

    def keep(self, paths: Sequence[Path], key: str) -> None:
        """Copy the files of an import; each is complete before its name appears."""
        for number, path in enumerate(paths, 1):
            is_folder = os.path.isdir(path)  # noqa: PTH112  # Path.is_dir may raise
            name = f"{path.name}.zip" if is_folder else path.name
            copy = _pack if is_folder else _copy
            self._write(f"{key}.{number}.{name[-_LONGEST_NAME:]}", lambda at: copy(path, at))  # noqa: B023

    def store_report(self, key: str, data: bytes) -> None:
        """Store the report of an import."""
        self._write(f"{key}.{_REPORT}", lambda at: at.write_bytes(data))

    def reports(self) -> list[str]:
        """Return the keys of the imports that have a report, the newest first."""
        names = creation.names(self._folder)
        keys = [name.removesuffix(f".{_REPORT}") for name in names if name.endswith(f".{_REPORT}")]
        return sorted(filter(_KEY.fullmatch, keys), reverse=True)

    def report(self, key: str) -> bytes:
        """Return the report of an import. Raises LibraryError if there is none."""
        if not _KEY.fullmatch(key):
            raise LibraryError(f"“{key[:40]}” is not the key of an import.")
        try:
            return (self._folder / f"{key}.{_REPORT}").read_bytes()
        except FileNotFoundError as error:
            raise LibraryError(
                f"There is no report {key}. “reader import --list” lists the imports."
            ) from error
        except OSError as error:
            raise self._trouble(f"The report {key} could not be read", error) from error

    def originals(self, key: str) -> list[Path]:
        """Return the files that were kept of an import."""
        names = [name for name in creation.names(self._folder) if name.startswith(f"{key}.")]
        return [
            self._folder / name for name in sorted(names) if not name.endswith((_REPORT, ".new"))
        ]

    def size(self, key: str) -> int:
        """Return the bytes of the files that were kept of an import, 0 if there are none."""
        sizes = 0
        for file in self.originals(key):
            with suppress(OSError):
                sizes += file.stat().st_size
        return sizes

    def delete_originals(self, key: str) -> None:
        """Delete the files that were kept of an import; its report stays."""
        for file in self.originals(key):
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                raise self._trouble(f"{file.name} could not be deleted", error) from error

    def _write(self, name: str, write: Callable[[Path], object]) -> None:
        target = self._folder / name
        fresh = target.with_name(f"{name}.new")
        try:
            private.make_folder(self._folder)
            self._sweep()
            private.make_file(fresh)
            write(fresh)
            backup.to_disk(fresh)
            fresh.replace(target)
            backup.folder_to_disk(self._folder)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink()
            raise self._trouble("The imported file could not be kept", error) from error

    def _sweep(self) -> None:
        """Delete what a program that was killed left half written long ago."""
        for name in creation.names(self._folder):
            file = self._folder / name
            with suppress(OSError):
                if name.endswith(".new") and time.time() - file.stat().st_mtime > _STALE_SECONDS:
                    file.unlink()

    def _trouble(self, event: str, error: OSError) -> LibraryError:
        return LibraryError(
            f"{event} in {self._folder} ({error.strerror}). Free some disk space, or give yourself "
            "permission to write there, then try again."
        )


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _pack(folder: Path, target: Path) -> None:
    """Write the files of a folder into an archive; links and hidden files are left out."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for place, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                file = Path(place, name)
                if not name.startswith(".") and file.is_file() and not file.is_symlink():
                    archive.write(file, file.relative_to(folder).as_posix())
