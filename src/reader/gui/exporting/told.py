"""The outcome of an export, as a sentence and row by row."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reader import phrases
from reader.gui.adding.outcome import note
from reader.outcomes import ImportResult, ImportRow, Outcome

_TITLE = 80
_MOST = 5000  # rows that anyone reads
_WRITTEN = (Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED)


class Told(NamedTuple):
    """A sentence about an export, whether something is missing, and the rows with details."""

    text: str
    is_error: bool
    details: tuple[ImportRow, ...]


def told(result: ImportResult, verb: str, place: str) -> Told:
    """Return the sentence about a result: ``12 articles exported to …``.

    ``verb`` is a participle, such as ``exported``; ``place`` is a folder or the name of a device.
    """
    rows = result.rows
    details = tuple(row for row in rows if row.remarks or row.outcome not in _WRITTEN)
    left_out = sum(row.outcome not in _WRITTEN for row in rows)
    text = "; ".join(_parts(rows, left_out, f"{verb} to {place}"))
    return Told(f"{text}.", bool(left_out), details)


def _parts(rows: tuple[ImportRow, ...], left_out: int, deed: str) -> Iterator[str]:
    if len(rows) == 1 and not left_out:
        title = rows[0].name
        yield f"“{title if len(title) <= _TITLE else title[:_TITLE].rstrip() + '…'}” {deed}"
        return
    yield f"{phrases.plural(len(rows) - left_out, 'article')} {deed}"
    failed = sum(row.outcome is Outcome.FAILED for row in rows)
    if failed:
        yield f"{failed:,} could not be written"
    if left_out > failed:
        yield f"{left_out - failed:,} left out, without a text"


def lines(rows: tuple[ImportRow, ...]) -> str:
    """Return a line about each of some rows."""
    more = [f"… and {len(rows) - _MOST:,} more"] if len(rows) > _MOST else []
    return "\n".join([*map(note, rows[:_MOST]), *more])


def shown(folder: Path) -> str:
    """Return a folder for display, shorter if it is below the user's home."""
    try:
        return f"~/{folder.relative_to(Path.home()).as_posix()}".removesuffix("/.")
    except (ValueError, RuntimeError):
        return str(folder)
