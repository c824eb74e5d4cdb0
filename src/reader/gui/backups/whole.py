"""Restoring the whole library while its window is closed."""

import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reader.backup_phrases import moment
from reader.errors import LibraryError
from reader.library import known_libraries
from reader.library.backup.copy import Copy
from reader.library.library import Library
from reader.progress import Cancelled, Report

_STOPPED = "You stopped it, and nothing was changed."


class Told(NamedTuple):
    """The message to begin with: news, or the reason for a failure."""

    news: str = ""
    trouble: str = ""


def restored(folder: Path, copy: Copy) -> Told:
    """Restore the library in a folder from a copy; a window shows the progress if it takes long.

    A copy of the present is made first, or a damaged file is set aside.
    """
    from reader.gui.recovery.opening import open_with_progress

    asides: list[Path | None] = []

    def work(folder: Path, report: Report) -> Library:
        from reader.library.backup import restoring

        def heedless(done: int, total: int, text: str) -> None:
            with suppress(Cancelled):  # too late: the library is replaced
                report(done, total, text)

        try:
            asides.append(restoring.restore_library(copy, folder, report))
        except Cancelled as stop:
            raise LibraryError(_STOPPED) from stop
        return known_libraries.opened(folder, report=heedless)

    when = moment(copy.made_at, time.time()) or "at an unknown time"
    title = f"Restoring the library as it was {when}"
    outcome = open_with_progress(folder, work, title, stoppable=True)
    if isinstance(outcome, LibraryError):
        return Told(trouble=f"The library was not restored. {outcome}")
    outcome.close()
    aside = asides[-1]
    kept = "the newest copy in File › Backups…" if aside is None else f"kept as {aside.name}"
    return Told(news=f"The library is as it was {when}. What it was before is {kept}.")
