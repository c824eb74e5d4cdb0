"""The state of the copies in a sentence, with the figures below it."""

from enum import StrEnum
from typing import NamedTuple

from reader import phrases
from reader.backup_phrases import age, moment
from reader.library.backup.copy import Backlog

_FRESH_SECONDS = 3600  # a copy counts as recent
_DAY = 86_400
LATE_DAYS = 7
"""From then on a second place that was not reached is told of."""


class Mood(StrEnum):
    """How good the state is; it decides about the icon."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


class State(NamedTuple):
    """The state: a sentence, and the figures as another one."""

    mood: Mood
    sentence: str
    figures: str = ""


def state_of(backlog: Backlog, now: float, *, is_damaged: bool, is_read_only: bool) -> State:
    """Return the state of the copies of a library; ``now`` is in seconds since 1970."""
    mood, sentence = _library(backlog, now, is_damaged=is_damaged, is_read_only=is_read_only)
    if mood is Mood.GOOD and is_late(backlog, now):
        mood, sentence = Mood.WARN, f"{late_sentence(backlog, now)}; there is a copy here"
    return State(mood, sentence, _figures(backlog, now))


def is_late(backlog: Backlog, now: float) -> bool:
    """Return whether the second place was not reached for days, although there is a copy."""
    there = backlog.elsewhere is not None and backlog.newest is not None
    return there and 0 < backlog.reached_at < now - LATE_DAYS * _DAY


def late_sentence(backlog: Backlog, now: float) -> str:
    """Return when the second place was last reached, without a full stop."""
    name = backlog.elsewhere.name if backlog.elsewhere else ""
    return f"The second place “{name}” was last reached {moment(backlog.reached_at, now)}"


def _library(
    backlog: Backlog, now: float, *, is_damaged: bool, is_read_only: bool
) -> tuple[Mood, str]:
    if is_damaged:
        return Mood.BAD, "The library is damaged: no copies are made until it is repaired"
    if backlog.newest is None:
        if is_read_only:
            return Mood.WARN, "The library is read-only, and there is no copy of it"
        return Mood.WARN, "There is no copy of the library yet"
    old = age(now - backlog.newest.made_at)
    if not backlog.has_changed:
        return Mood.GOOD, f"The library is whole, and as it was in its newest copy, {old} ago"
    if now - backlog.newest.made_at < _FRESH_SECONDS:
        return Mood.GOOD, f"The library is whole, and a copy is {old} old"
    late = now - backlog.newest.made_at > LATE_DAYS * _DAY
    sentence = f"The library has changed since its newest copy, which is {old} old"
    return (Mood.WARN if late else Mood.GOOD), sentence


def _figures(backlog: Backlog, now: float) -> str:
    copies = f"{backlog.count:,} copy" if backlog.count == 1 else f"{backlog.count:,} copies"
    limit = f" of at most {phrases.bytes_of(backlog.limit)}" if backlog.limit else ""
    parts = [f"{copies}, {phrases.bytes_of(backlog.size)}{limit}" if backlog.count else "No copies"]
    if backlog.elsewhere is not None:
        reached = moment(backlog.reached_at, now)
        told = f"last reached {reached}" if reached else "not reached yet"
        parts.append(f"second place “{backlog.elsewhere.name}”: {told}")
    return " · ".join(parts)
