"""The outcome of adding, as a sentence."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from reader import phrases
from reader.model import ImportResult, ImportRow, Outcome
from reader.reasons import Reason

_TITLE = 80
_NO_TEXT = frozenset({Reason.WAITING, Reason.UNREACHABLE, Reason.ERROR})


class Told(NamedTuple):
    """A sentence about a result, and whether the user should know more than that."""

    text: str
    is_error: bool


def told(result: ImportResult, titles: Mapping[int, str], origin: str = "") -> Told:
    """Return a sentence about a result; ``titles`` are those of its articles by id.

    ``origin`` is added to it, such as `` from Downloads``.
    """
    if len(result.rows) == 1:
        row = result.rows[0]
        text = _about_one(row, titles.get(row.article, row.name), origin)
    else:
        first, *more = _about_many(result.rows)
        text = "; ".join((f"{first}{origin}", *more)) + "."
    return Told(text, any(row.outcome is Outcome.FAILED or row.remarks for row in result.rows))


def note(row: ImportRow) -> str:
    """Return a line about a row."""
    return f"{row.name}: {phrases.remarks(row.remarks) or row.outcome}"


def _about_one(row: ImportRow, title: str, origin: str) -> str:
    why = phrases.remarks(row.remarks)
    if row.outcome is Outcome.FAILED:
        return note(row)
    name = f"“{title if len(title) <= _TITLE else title[:_TITLE].rstrip() + '…'}”"
    if row.outcome is Outcome.UNCHANGED:
        return _ended(
            f"{name} stays as it is: {why}" if why else f"Already in your library: {name}"
        )
    word = "Saved" if row.outcome is Outcome.ADDED else "Updated"
    without = " without its text" if row.reasons & _NO_TEXT else ""
    return _ended(f"{word} {name}{origin}{without}{': ' if why else ''}{why}")


def _about_many(rows: Iterable[ImportRow]) -> list[str]:
    """Return numbers that add up: ``Saved 3 articles``, ``1 was already there``, ``1 failed``."""
    of: dict[Outcome, list[ImportRow]] = {outcome: [] for outcome in Outcome}
    for row in rows:
        of[row.outcome].append(row)
    parts = []
    if new := of[Outcome.ADDED]:
        waiting = sum(bool(row.reasons & _NO_TEXT) for row in new)
        some = f", {waiting:,} of them without the text" if waiting else ""
        parts.append(f"Saved {phrases.plural(len(new), 'article')}{some}")
    if updated := of[Outcome.UPDATED]:
        parts.append(f"{'u' if parts else 'U'}pdated {len(updated):,}")
    if had := of[Outcome.UNCHANGED]:
        parts.append(f"{len(had):,} {'was' if len(had) == 1 else 'were'} already there")
    if bad := of[Outcome.FAILED]:
        parts.append(f"{len(bad):,} failed")
    return parts or ["There was nothing to add"]


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
