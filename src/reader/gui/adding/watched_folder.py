"""A folder that is watched: what a browser saves into it comes in by itself.

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

_STEADY_SECONDS = 2.0  # for so long nothing was written to a file that is whole
_AGAIN_MS = 1000
_BACK_MS = 30_000  # between looks for a folder that is gone


class Stamp(NamedTuple):
    """How a file stood when it was looked at: nanoseconds of its last change, bytes."""

    changed: int
    size: int


class Look(NamedTuple):
    """What a look into a folder found: files that are whole and others that are not yet.

    ``trouble`` says why it could not be looked into, ``""`` where it could.
    """

    whole: Mapping[Path, Stamp]
    others: Mapping[Path, Stamp]
    trouble: str = ""


class WatchedFolder(QObject):
    """Watches one folder at a time, and keeps in the settings which one it is.

    ``changed`` carries its path, ``""`` if no folder is watched; ``added`` an ImportResult, and
    the words that say where it came from.
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
        self._taken: dict[Path, Stamp] = {}
        self._trouble = ""
        self._quiet = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look_soon)
        self._watcher.fileChanged.connect(self._look_soon)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)

    def choose(self) -> None:
        """Let the person choose a folder to watch, or stop watching the one there is."""
        if self.folder is not None:
            self.stop()
            self._messages.tell("The folder is no longer watched; what came in from it stays.")
        elif name := QFileDialog.getExistingDirectory(self._window, "Watch a Folder"):
            self.watch(Path(name))
            self._messages.tell(f"What is saved into {name} comes in by itself from now on.")
        else:
            self._watched("")

    def watch(self, folder: Path, *, quiet: bool = False) -> None:
        """Bring in what lies in a folder and what comes; ``quiet`` of what cannot be read now."""
        self.stop()
        self.folder, self._quiet = folder, quiet
        self._watched(str(folder))
        self._look()

    def stop(self) -> None:
        """Watch no folder any longer."""
        self.folder, self._trouble = None, ""
        self._taken.clear()
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
        # In the background: a folder may lie on a disk far away.
        if (folder := self.folder) is not None:
            work = partial(_look_into, folder, dict(self._taken))
            self._jobs.start("", lambda _: work(), partial(self._looked, folder))

    def _looked(self, folder: Path, look: Look) -> None:
        if folder != self.folder:
            return
        if look.trouble:
            if not self._trouble:
                self._messages.warn(look.trouble)
            self._trouble = look.trouble
            self._timer.start(_BACK_MS)
            return
        self._trouble = ""
        self._take(folder, look.whole)
        unwatched = not self._watcher.directories()
        if unwatched:
            self._watcher.addPath(str(folder))
        if fresh := sorted({str(each) for each in look.others} - {*self._watcher.files()}):
            self._watcher.addPaths(fresh)
        # What came between look and watch is found by one more look. An empty file is only
        # the place of one to come.
        if unwatched or any(each.size for each in look.others.values()):
            self._timer.start(_AGAIN_MS)

    def _take(self, folder: Path, files: Mapping[Path, Stamp]) -> None:
        quiet, self._quiet = self._quiet, False
        self._taken.update(files)
        if files:
            work = partial(_add, self._library, sorted(files))
            self._jobs.start("Adding", work, partial(self._added, folder, quiet))

    def _added(self, folder: Path, quiet: bool, result: ImportResult) -> None:
        rows = tuple(row for row in result.rows if _is_told(row, quiet=quiet))
        if rows:
            self.added.emit(ImportResult(rows), f" from {folder.name}")


def _is_told(row: ImportRow, *, quiet: bool) -> bool:
    """Return whether a person wants to know; a ZIP file is seldom a page."""
    if row.outcome is Outcome.FAILED:
        return not quiet and not row.name.lower().endswith(".zip")
    return row.outcome is not Outcome.UNCHANGED


def _look_into(folder: Path, taken: Mapping[Path, Stamp]) -> Look:
    """Look for files in a folder that are other ones than those taken."""
    try:
        files = _files(folder)
    except OSError as error:
        why = "is not there" if isinstance(error, FileNotFoundError) else "cannot be read"
        return Look({}, {}, (
            f"The watched folder {folder} {why}; what is saved into it comes in as soon as "
            "it is back. “Watch a Folder…” in the menu “File” ends the watching."
        ))  # fmt: skip
    fresh = {file: stamp for file, stamp in files.items() if taken.get(file) != stamp}
    whole = {file: stamp for file, stamp in fresh.items() if _is_whole(stamp)}
    return Look(whole, {file: stamp for file, stamp in fresh.items() if file not in whole})


def _files(folder: Path) -> dict[Path, Stamp]:
    # Folders in it are left out: browsers put there what belongs to a page.
    from reader.ingest.disk import leads_out
    from reader.ingest.files import ENDINGS

    found = {}
    top = folder.resolve()
    for file in folder.iterdir():
        if file.suffix.lower() in {*ENDINGS, ".zip"} and not file.name.startswith("."):
            try:
                state = file.stat()
            except OSError:
                continue  # it was there for a moment only, or is not for this person to read
            if leads_out(file, top):
                continue
            if S_ISREG(state.st_mode):
                found[file] = Stamp(state.st_mtime_ns, state.st_size)
    return found


def _is_whole(stamp: Stamp) -> bool:
    age = time.time() - stamp.changed / 1e9
    return stamp.size > 0 and not 0 <= age < _STEADY_SECONDS


def _add(library: Library, files: list[Path], report: Report) -> ImportResult:
    from reader.ingest.save import add_new

    return add_new(library, files, report)
