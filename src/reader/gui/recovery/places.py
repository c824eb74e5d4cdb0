"""Messages about the place of the library, and about other programs that change its files."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer

from reader import phrases
from reader.damage import STOPS_WRITING, Damage
from reader.errors import LibraryError
from reader.gui.context import Context
from reader.gui.widgets.dialogs import chosen
from reader.gui.widgets.messages import Offer
from reader.library.store import access, drives
from reader.library.store.drives import Kind, Place

if TYPE_CHECKING:
    from reader.library import conflicts

_LOOK_MS = 2000
_MOST_TOLD = 200
_SAFE = {
    Kind.SYNCED: (
        "The library is in a folder that {name} copies to other computers. That is safe while "
        "Reader is open on one computer at a time, and {name} has finished before you open it on "
        "another one. Safer still: keep the library on this computer’s disk, and the copies of "
        "it in the synced folder."
    ),
    Kind.NETWORK: (
        "The library is on a network drive ({name}). Reader works there without the log that "
        "needs shared memory, so that it is somewhat slower. Open it on one computer at a time. "
        "Safer still: keep the library on this computer’s disk, and the copies of it on the "
        "network drive."
    ),
    Kind.REMOVABLE: (
        "The library is on a drive with the {name} file system, which cannot keep other users of "
        "a computer from reading it. Close Reader before you unplug the drive."
    ),
}
_OVERWRITTEN = (
    "Another program has written into the file of the library while it was open, and damaged it. "
    "Reader does not write to it any more."
)
_LOGS_ASIDE = "library-damaged-*.db-wal"
_LOG_ASIDE = (
    "Beside the library was a log of another moment, as a program leaves it that copies files one "
    "by one. It was set aside as {name}. The library is whole, but may lack its latest changes; a "
    "copy or the other computer may have them."
)
_NO_LOCKS = (
    " Locks do not work there: never open the library in two programs at once, also not in the "
    "window and on the command line."
)


class Files(NamedTuple):
    """Size and modification time of the library and of its log, ``(0, 0)`` if it is missing."""

    library: tuple[int, int]
    log: tuple[int, int]

    def is_overwritten(self, later: "Files") -> bool:
        """Return whether the library was written to although its log was not.

        Every program that uses a log writes to that first, or empties it.
        """
        return later.library != self.library and later.log == self.log and self.log[0] > 0


class Places(QObject):
    """Watches the place of the library; ``found`` are the conflict copies beside it.

    ``reopen`` closes the window and opens it again.
    """

    def __init__(
        self, context: Context, move: Callable[[], None], reopen: Callable[[], None]
    ) -> None:
        super().__init__(context.window)
        self._context = context
        self._library = context.library
        self._move, self._reopen = move, reopen
        self._folder = context.library.folder
        self._identity = _identity(self._folder)
        self._files = _files(self._folder)
        self._beside: frozenset[tuple[str, int, int]] = frozenset()
        self._offered: set[tuple[str, float]] = set()
        self.found: tuple[conflicts.Conflict, ...] = ()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Explain the place once, look for conflict copies, and go on looking."""
        place = drives.of(self._folder)
        if place.kind is not Kind.DISK and not self._library.read_only:
            self.show_place(place)
        self._show_log_aside()
        self.look()
        self._timer.start()

    def look(self) -> None:
        """Look whether another program has replaced the library or put files beside it."""
        from reader.library import conflicts

        there = _identity(self._folder)
        if there is not None and there != self._identity:
            self._timer.stop()
            self._keep_replaced()
            return
        before, self._files = self._files, _files(self._folder)
        if before.is_overwritten(self._files):
            self._check()
        if (beside := conflicts.beside(self._folder)) != self._beside:
            self._beside = beside
            self.look_for_conflicts()

    # ---- the place

    def show_place(self, place: Place) -> None:
        """Explain the risks of a place that is not a disk of this computer, once for each place."""
        settings, key = self._context.settings, f"{place.kind}:{place.root}"
        told = settings.value.told_places
        if key in told:
            return
        text = _SAFE[place.kind].format(name=place.name or "another program")
        locks = "" if _holds_locks(self._folder) else _NO_LOCKS
        self._context.messages.warn(text + locks, "Move Library…", self._move)
        settings.update(told_places=(*told, key)[-_MOST_TOLD:])

    def _show_log_aside(self) -> None:
        """Explain once that a log of another moment was set aside when the library was opened."""
        settings = self._context.settings
        for name in sorted(each.name for each in self._folder.glob(_LOGS_ASIDE)):
            key, told = f"log:{self._folder / name}", settings.value.told_places
            alone = not (self._folder / name.removesuffix("-wal")).exists()
            if alone and key not in told:
                settings.update(told_places=(*told, key)[-_MOST_TOLD:])
                self._context.messages.warn(_LOG_ASIDE.format(name=name))

    # ---- another file in the place of the library

    def _keep_replaced(self) -> None:
        """Write the library as it was open here beside the file that has taken its place."""
        target = access.aside(self._folder / "library.db", "replaced")
        try:
            # In this thread: its connection still reads the file that was replaced.
            self._library.backup(target)
        except LibraryError as error:
            kept = f"What was open here could not be kept: {error}"
        else:
            kept = f"What was open here is kept beside it as {target.name}, and can be merged."
        self._context.messages.warn(
            "Another program, such as one that syncs folders, has put another file in the place "
            f"of the library. {kept}",
            "Open Again",
            self._reopen,
        )

    def _check(self) -> None:
        """Check a library into whose file another program has written, past its log."""

        def report(found: tuple[Damage, ...]) -> None:
            if any(each.kind in STOPS_WRITING for each in found):
                self._context.messages.warn(_OVERWRITTEN, "Repair…", self._reopen)

        self._context.jobs.start("Checking the library", self._library.check, report)

    # ---- conflict copies

    def look_for_conflicts(self) -> None:
        """Look for conflict copies in the background, and offer to merge them."""
        from reader.library import conflicts

        work = partial(conflicts.found, self._folder)
        title = "Looking for conflict copies"
        self._context.jobs.start(title, work, self._offer, lambda _: None)

    def _offer(self, found: tuple["conflicts.Conflict", ...]) -> None:
        """Offer each state of a conflict copy once."""
        self.found = found
        new = [each for each in found if (each.file.name, each.changed_at) not in self._offered]
        self._offered |= {(each.file.name, each.changed_at) for each in new}
        for each in new[:1]:
            name = f"“{each.file.name}”"
            if each.is_damaged:
                self._context.messages.warn(
                    f"{name} beside the library is another state of it, but is damaged or not "
                    "complete yet. It was left as it is."
                )
            else:
                when = phrases.moment(
                    time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(each.changed_at))
                )
                self._context.messages.warn(
                    f"{name} beside the library is another state of it, last changed {when}. It "
                    f"has {phrases.plural(each.changes, 'change')} that are not here.",
                    offers=(Offer("Merge…", partial(self._ask, each)),),
                )

    def _ask(self, conflict: "conflicts.Conflict") -> None:
        from reader.library import conflicts

        text = f"Merge “{conflict.file.name}” into the library?"
        more = (
            "Of what was changed in both, the later change wins, field by field. The library is "
            f"copied before, and the file is kept in {conflicts.KEPT}."
        )
        if chosen(self._context.window, text, more, ("Merge", "Cancel")) == "Merge":
            work = partial(conflicts.merge, self._folder, conflict.file)
            self._context.jobs.change("Merging", work, self._merged, self._context.messages.report)

    def _merged(self, merging: "conflicts.Merging") -> None:
        self._context.history.changed.emit()
        merged = merging.merged
        came = f"{phrases.plural(merged.added, 'article')} came in, {merged.changed:,} changed"
        self._context.messages.tell(f"{came}. The file is kept as {merging.kept}.")
        self.look_for_conflicts()


def _holds_locks(folder: Path) -> bool:
    try:
        return drives.holds_locks(folder)
    except OSError:
        return True  # another message tells that the folder cannot be written to


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = (folder / "library.db").stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _files(folder: Path) -> Files:
    return Files(_state(folder / "library.db"), _state(folder / "library.db-wal"))


def _state(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
