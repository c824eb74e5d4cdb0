"""Entries in a form that can be stored: data from outside may be anything."""

import re
from datetime import datetime
from math import isfinite

from reader.entries import COLOURS, Entry, Highlight, Placing
from reader.library.articles import add, versions
from reader.library.store import clock
from reader.model import Clipping, State

_MOST_WORDS = 10**12
_KINDS = tuple(map(type, Clipping("")))
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}(?:T|$)")
"""A day, a month or a year; a time may follow."""
_TIME = "0000-00-00T00:00:00Z"


class Unfit(Exception):
    """Nothing can be stored of an entry; the message gives the reason."""


def sketched(entry: Entry) -> Entry:
    """Return an entry as ``settled`` does, if only its gains are wanted. Raises Unfit."""
    its = entry.clipping
    if not isinstance(its.url, str) or not its.url:
        raise Unfit("no address")
    is_plain = its.url.isascii() and "\0" not in its.url and not its.aliases and not its.html
    clipping = its if is_plain else add.clean(its)
    added_at = _time(entry.added_at) or clock.now()
    if clipping is its and added_at == entry.added_at:
        return entry
    return entry._replace(clipping=clipping, added_at=added_at)


def settled(entry: Entry, placing: Placing) -> Entry:
    """Return an entry with all fields in the form of the library. Raises Unfit.

    If unread articles go to the archive, that is its state.
    """
    try:
        _check(entry.clipping)
        clipping = add.clean(entry.clipping)
        if not entry.own and not _DAY.match(clipping.published_at):
            clipping = clipping._replace(published_at="")
        progress = float(entry.progress)
        return entry._replace(
            clipping=clipping,
            state=_state(entry.state, placing),
            favourite=bool(entry.favourite),
            added_at=_time(entry.added_at) or clock.now(),
            opened_at=_time(entry.opened_at),
            read_at=_time(entry.read_at),
            progress=min(max(progress, 0.0), 1.0) if isfinite(progress) else 0.0,
            highlights=tuple(map(_marked, entry.highlights)),
            text=None,
        )
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Unfit("a value of another kind than it should be") from error


def _check(clipping: Clipping) -> None:
    if not clipping.url:
        raise Unfit("no address")
    if not all(map(isinstance, clipping, _KINDS)):
        raise TypeError
    if len(clipping.html) > versions.LARGEST_BYTES // 4 and (
        len(clipping.html.encode()) >= versions.LARGEST_BYTES
    ):
        raise Unfit("a text of more than 100 MB")
    if not 0 <= clipping.words < _MOST_WORDS:
        raise ValueError


def _marked(highlight: Highlight) -> Highlight:
    colour = highlight.colour if highlight.colour in COLOURS else COLOURS[0]
    return highlight._replace(made_at=_time(highlight.made_at), colour=colour)


def _state(state: State, placing: Placing) -> State:
    is_moved = placing is Placing.ARCHIVE and state == State.QUEUE
    return State.ARCHIVE if is_moved else State(state)


def _time(text: str) -> str:
    """Return a time if it is one in the form of the library, else ``""``."""
    if len(text) != len(_TIME) or text[-1] != "Z" or text[10] != "T":
        return ""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text
