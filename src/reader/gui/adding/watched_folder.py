"""A watched folder: files that are saved into it are added automatically.

Its files are only read, never moved or deleted.
"""

import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from reader.gui.context import Context
from reader.library.library import Library
from reader.model import ImportResult, ImportRow, Outcome
from reader.progress import Report

_STEADY_SECONDS = 2.0  # a file is complete if nothing was written to it for so long
_AGAIN_MS = 1000
_BACK_MS = 30_000  # between checks for a missing folder


class Stamp(NamedTuple):
    """The state of a file: the time of its last change in nanoseconds, and its size in bytes."""

    changed: int
    size: int


class Scan(NamedTuple):
    """The new files of a folder: complete ones, and others that are still being written.

    ``trouble`` explains why the folder could not be read, ``""`` if it could.
    """

    complete: Mapping[Path, Stamp]
    others: Mapping[Path, Stamp]
    trouble: str = ""


class WatchedFolder(QObject):
    """Watches one folder at a time, and keeps its path in the settings.

    ``changed`` carries the path, ``""`` if no folder is watched; ``added`` carries an
    ImportResult and a phrase that names its source.
    """

    changed = Signal(str)
    added = Signal(object, str)

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self.folder: Path | None = None
        self._window = context.window
        self._library = context.library
        self._jobs = context.jobs
        self._messages = context.messages
        self._settings = context.settings
        self._seen: dict[Path, Stamp] = {}
        self._trouble = ""
        self._quiet = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look_soon)
        self._watcher.fileChanged.connect(self._look_soon)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)

    def choose(self) -> None:
        """Let the user choose a folder to watch, or stop watching the current one."""
        if self.folder is not None:
            self.stop()
            self._messages.tell(
                "The folder is no longer watched. Articles already added from it stay."
            )
        elif name := QFileDialog.getExistingDirectory(self._window, "Watch a Folder"):
            self.watch(Path(name))
            self._messages.tell(f"From now on, files saved into {name} are added automatically.")
        else:
            self._watched("")

    def watch(self, folder: Path, *, quiet: bool = False) -> None:
        """Add the files of a folder, now and later; if ``quiet``, ignore files that fail now."""
        self.stop()
        self.folder, self._quiet = folder, quiet
        self._watched(str(folder))
        self._look()

    def stop(self) -> None:
        """Stop watching the folder."""
        self.folder, self._trouble = None, ""
        self._seen.clear()
        self._timer.stop()
        if paths := [*self._watcher.directories(), *self._watcher.files()]:
            self._watcher.removePaths(paths)
        self._watched("")

    def _watched(self, folder: str) -> None:
        self._settings.update(watched=folder)
        self.changed.emit(folder)

    def _look_soon(self) -> None:
        if self.folder is not None and not self._timer.isActive():
            self._timer.start(_AGAIN_MS)

    def _look(self) -> None:
        # In the background: the folder may be on a slow network drive.
        if (folder := self.folder) is not None:
            work = partial(_scan, folder, dict(self._seen))
            self._jobs.start("", lambda _: work(), partial(self._looked, folder))

    def _looked(self, folder: Path, scan: Scan) -> None:
        if folder != self.folder:
            return
        if scan.trouble:
            if not self._trouble:
                self._messages.warn(scan.trouble)
            self._trouble = scan.trouble
            self._timer.start(_BACK_MS)
            return
        self._trouble = ""
        self._take(folder, scan.complete)
        unwatched = not self._watcher.directories()
        if unwatched:
            self._watcher.addPath(str(folder))
        if fresh := sorted({str(file) for file in scan.others} - {*self._watcher.files()}):
            self._watcher.addPaths(fresh)
        # One more look finds files saved between look and watch. An empty file is only
        # the placeholder of a download.
        if unwatched or any(stamp.size for stamp in scan.others.values()):
            self._timer.start(_AGAIN_MS)

    def _take(self, folder: Path, files: Mapping[Path, Stamp]) -> None:
        quiet, self._quiet = self._quiet, False
        self._seen.update(files)
        if files:
            work = partial(_add, self._library, sorted(files))
            self._jobs.start("Adding", work, partial(self._added, folder, quiet))

    def _added(self, folder: Path, quiet: bool, result: ImportResult) -> None:
        rows = tuple(row for row in result.rows if _is_reported(row, quiet=quiet))
        if rows:
            self.added.emit(ImportResult(rows), f" from {folder.name}")


def _is_reported(row: ImportRow, *, quiet: bool) -> bool:
    """Return whether to report a file; a ZIP file is seldom a page."""
    if row.outcome is Outcome.FAILED:
        return not quiet and not row.name.lower().endswith(".zip")
    return row.outcome is not Outcome.UNCHANGED


def _scan(folder: Path, seen: Mapping[Path, Stamp]) -> Scan:
    """Find the files of a folder that are new or changed since they were taken."""
    try:
        files = _files(folder)
    except OSError as error:
        why = "does not exist" if isinstance(error, FileNotFoundError) else "cannot be read"
        return Scan({}, {}, (
            f"The watched folder {folder} {why}. Its files will be added as soon as it is "
            "available again. To stop watching it, choose “Watch a Folder…” in the menu “File”."
        ))  # fmt: skip
    fresh = {file: stamp for file, stamp in files.items() if seen.get(file) != stamp}
    complete = {file: stamp for file, stamp in fresh.items() if _is_complete(stamp)}
    return Scan(complete, {file: stamp for file, stamp in fresh.items() if file not in complete})


def _files(folder: Path) -> dict[Path, Stamp]:
    # Subfolders are left out: browsers put the files of a page there.
    from reader.ingest.disk import leads_out
    from reader.ingest.files import ENDINGS

    stamps = {}
    top = folder.resolve()
    for file in folder.iterdir():
        if file.suffix.lower() in {*ENDINGS, ".zip"} and not file.name.startswith("."):
            try:
                state = file.stat()
            except OSError:
                continue  # it has vanished, or the user may not read it
            if leads_out(file, top):
                continue
            if S_ISREG(state.st_mode):
                stamps[file] = Stamp(state.st_mtime_ns, state.st_size)
    return stamps


def _is_complete(stamp: Stamp) -> bool:
    age = time.time() - stamp.changed / 1e9
    return stamp.size > 0 and not 0 <= age < _STEADY_SECONDS


def _add(library: Library, files: list[Path], report: Report) -> ImportResult:
    from reader.ingest.save import add_new

    return add_new(library, files, report)
