"""The start with a library that may be damaged: reading, repairing, restoring and opening it.

A library is repaired at once if nothing of it is lost; the damaged file is kept next to it. In any
other case the window of ``recovery.window`` shows the state and offers the ways out.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader import paths, settings
from reader.errors import LibraryError, NotALibrary, SettingsError
from reader.library import known_libraries
from reader.library.library import Library
from reader.library.store import migrate
from reader.model import SHELF_QUERIES, State
from reader.progress import Report, silent

if TYPE_CHECKING:
    from reader.library.backup.copy import Copy
    from reader.library.repair.salvaged import Findings, Mended

_FIRST_ROWS = 128


class Opened(NamedTuple):
    """An open library, a notice about damage, and whether only a part of it could be read."""

    library: Library
    notice: str = ""
    is_in_part: bool = False


class Looked(NamedTuple):
    """The remains of a library: its copies, its readable part, and the repair if it was made.

    ``findings`` is None if nothing can be read. ``is_read_only`` if no new file can be written.
    """

    copies: "tuple[Copy, ...]" = ()
    findings: "Findings | None" = None
    mended: "Mended | None" = None
    is_read_only: bool = False


def open_library(
    folder: Path, theme_name: str = "system", *, with_loss: bool = False
) -> Opened | None:
    """Open a library even if it is damaged; return None if the user gives up.

    If ``with_loss``, the user has agreed to a repair that leaves out unreadable entries.
    """
    try:
        return _open_in_sight(folder)
    except LibraryError as error:
        return reopen(folder, error, theme_name, with_loss=with_loss)


def reopen(
    folder: Path, error: LibraryError, theme_name: str = "system", *, with_loss: bool = False
) -> Opened | None:
    """Open a library that turned out to be damaged while the window was being created."""
    from reader.gui.recovery.window import RecoveryWindow  # imported only if there is trouble
    from reader.gui.widgets import theme

    colours = theme.resolve(theme_name)
    theme.apply(colours)
    window = RecoveryWindow(folder, error, with_loss=with_loss, colours=colours)
    try:
        return window.opened if window.exec() else None
    finally:
        window.deleteLater()  # in this thread: a job must not collect it as garbage


def _open_in_sight(folder: Path) -> Opened:
    """Open a library; show the progress in a window if it must be migrated."""
    if not migrate.is_due(folder / "library.db"):
        return open_whole(folder)
    from reader.gui.recovery.opening import open_with_progress

    outcome = open_with_progress(folder, lambda folder, report: open_whole(folder, report).library)
    if isinstance(outcome, LibraryError):
        raise outcome
    return Opened(outcome)


def open_whole(folder: Path, report: Report = silent) -> Opened:
    """Open a library, and check that the first rows can be read."""
    library = known_libraries.opened(folder, report=report)
    try:
        if library.is_damaged:
            raise NotALibrary(f"The library in {folder} is damaged.")
        library.counts()
        library.rows(SHELF_QUERIES["queue"], limit=_FIRST_ROWS)
    except BaseException:
        library.close()
        raise
    return Opened(library)


# ---- looking, repairing, restoring: jobs of the recovery window


def look(folder: Path, report: Report, *, with_loss: bool = False) -> Looked:
    """Read a damaged library, and repair it if nothing is lost or the user accepts the loss."""
    from reader.library.repair import rescue

    file, copies = folder / "library.db", _copies(folder, report)
    if not os.access(folder, os.W_OK):
        return Looked(copies, _examined(file, report), is_read_only=True)
    try:
        mended = rescue.mend(file, report, with_loss=with_loss)
    except LibraryError:  # nothing can be read, or there is no room for a new file
        return Looked(copies, _examined(file, report), is_read_only=True)
    return Looked(copies, mended.findings, mended)


def look_for_copies(folder: Path, report: Report) -> Looked:
    """Return the copies of a library that cannot be looked into."""
    return Looked(_copies(folder, report))


def repair(folder: Path, report: Report) -> "Mended":
    """Repair a library, without the entries that nothing could be read of."""
    from reader.library.repair import rescue

    return rescue.mend(folder / "library.db", report, with_loss=True)


def open_repaired(
    folder: Path, mended: "Mended", unwanted: Sequence[str], report: Report = silent
) -> Opened:
    """Open a repaired library; the articles whose uids are ``unwanted`` go to the trash."""
    library = Library.open(folder, report=report)
    found = filter(None, map(library.with_uid, unwanted))
    if ids := [*found]:
        library.set_state(ids, State.TRASH)
    return Opened(library, _repair_notice(mended))


def restore(folder: Path, copy: "Copy", report: Report) -> Opened:
    """Restore a copy in place of a library, and open it."""
    from reader.gui.recovery import pages
    from reader.library.backup import restoring

    aside = restoring.restore_library(copy, folder, report)
    kept = f" The file that was there is kept as {aside.name}." if aside else ""
    return Opened(Library.open(folder), f"You see the copy of {pages.day_of(copy)}.{kept}")


def restore_elsewhere(target: Path, copy: "Copy", report: Report) -> Opened:
    """Write a copy as a library into an empty folder, and open it."""
    from reader.gui.recovery import pages
    from reader.library.backup import restoring

    restoring.write_beside(copy, target, report)
    library = known_libraries.opened(target, report=report)
    return Opened(library, f"You see the copy of {pages.day_of(copy)}, in {target}.")


def open_what_is_whole(folder: Path, report: Report) -> Opened:
    """Open the readable part of a damaged library, read-only."""
    notice = (
        "You see what can be read of a damaged library. Reader does not write to it, so that "
        "nothing gets worse."
    )
    return Opened(Library.open_what_is_whole(folder, report), notice, is_in_part=True)


def save_report(text: str, target: Path, _report: Report) -> None:
    """Write the report of a repair into a file."""
    try:
        target.write_text(text, "utf-8")
    except OSError as error:
        raise LibraryError(
            f"The report could not be saved as {target} ({error.strerror}). The library is "
            "repaired; choose another folder for the report."
        ) from error


def _examined(file: Path, report: Report) -> "Findings | None":
    from reader.library.repair import rescue

    try:
        return rescue.examine(file, report)
    except LibraryError:
        return None


def _copies(folder: Path, report: Report) -> "tuple[Copy, ...]":
    """Return the copies of a library, the newest first, also those in the second place."""
    from reader.library.backup import copies

    here = copies.all_of(folder, report)
    known = {each.id for each in here}
    away = (each for each in _elsewhere(folder, report) if each.id not in known)
    return tuple(copies.newest_first([*here, *away]))


def _elsewhere(folder: Path, report: Report) -> Iterator["Copy"]:
    """Yield the copies in the second place; all that are there if the library is missing."""
    from reader.library.backup import copies, elsewhere

    with suppress(SettingsError):
        if place := settings.load(paths.settings_file()).backup_place:
            own = elsewhere.folder_of(folder, Path(place))
            for each in copies.all_of(own or Path(place), report):
                yield each._replace(is_elsewhere=True)


def _repair_notice(mended: "Mended") -> str:
    found = mended.findings
    if mended.rows:
        lost = "1 entry" if mended.rows == 1 else f"{mended.rows:,} entries"
        outcome = f"The library was repaired, without {lost} that could not be read"
    elif found.damaged:
        outcome = "The library was repaired, but parts of some articles are damaged"
    else:
        outcome = "The library was damaged. It was repaired, and every article is intact"
    kept = f" The damaged file is kept as {mended.aside.name}." if mended.aside else ""
    return f"{outcome}.{kept}"
