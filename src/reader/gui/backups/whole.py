"""Restoring the whole library while its window is closed."""

import logging
import time
from pathlib import Path
from typing import NamedTuple

from reader.backup_phrases import moment
from reader.errors import LibraryError
from reader.library import known_libraries
from reader.library.backup.copy import Copy, Reason
from reader.library.library import Library
from reader.progress import Report

log = logging.getLogger(__name__)


class Told(NamedTuple):
    """The message to begin with: news, or why the library is still what it was."""

    news: str = ""
    trouble: str = ""


def restored(folder: Path, copy: Copy) -> Told:
    """Restore the library in a folder from a copy; a window shows the progress if it takes long.

    A copy of the present is made first, if the library can still be read.
    """
    from reader.gui.recovery.opening import open_with_progress

    kept: list[str] = []

    def work(folder: Path, report: Report) -> Library:
        from reader.library.backup import restoring

        is_copied = _copied_first(folder, report)
        aside = restoring.restore_library(copy, folder, report)
        kept.extend(_places(aside, is_copied=is_copied))
        return known_libraries.opened(folder, report=report)

    when = moment(copy.made_at, time.time()) or "of an unknown time"
    outcome = open_with_progress(folder, work, f"Restoring the copy: {when}")
    if isinstance(outcome, LibraryError):
        return Told(trouble=f"The library was not restored. {outcome}")
    outcome.close()
    return Told(news=_news(when, kept))


def _copied_first(folder: Path, report: Report) -> bool:
    """Make a copy of the present, unless the newest one is that; False if that is impossible."""
    try:
        with Library.open(folder, create=False, report=report) as library:
            library.backups.before(Reason.RESTORE, {}, report)
    except LibraryError as error:
        log.info("no copy before the library was restored: %s", error)
        return False
    return True


def _places(aside: Path | None, *, is_copied: bool) -> list[str]:
    """Return where the former state is, in words."""
    there = ["in the newest copy in File › Backups…"] if is_copied else []
    return [*there, *([f"in the file {aside.name}"] if aside is not None else [])]


def _news(when: str, kept: list[str]) -> str:
    former = f" What it was before is {' and '.join(kept)}." if kept else ""
    return f"The library is as it was {when}.{former}"
