"""The items of JSON files, one after the other, so that damage to one of them costs no other."""

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from reader.body import clean
from reader.entries import Entry, Unread
from reader.importing.bundle import Bundle
from reader.importing.lines import text_of
from reader.ingest.decode import decode
from reader.outcomes import Outcome, Where
from reader.reasons import Reason, Remark

_DECODER = json.JSONDecoder(strict=False)
_GAP = re.compile(r"[\s,]*")
_SPACE = re.compile(r"[\s,:]*")
_NEXT_ITEM = re.compile(r"\}\s*,\s*(?=\{)")
_MOST_DAMAGED = 100
"""The damaged items of a file after which it is given up."""
_SHOWN = 80


class Item(NamedTuple):
    """An object in an array, with its number in it."""

    value: dict[str, Any]
    where: Where


def entries(
    bundle: Bundle, names: Iterable[str], make: Callable[[Item], Entry | Unread]
) -> Iterator[Entry | Unread]:
    """Yield an entry for each object in the arrays of some files, and the damaged ones."""
    for name in names:
        for item in items(bundle, name):
            yield item if isinstance(item, Unread) else make(item)


def items(bundle: Bundle, name: str, key: str = "") -> Iterator[Item | Unread]:
    """Yield the objects of the array that a file is, or of the one that is a member of its object.

    Items that cannot be read are yielded as well; it never raises.
    """
    where, text = bundle.where(name), text_of(bundle, name)
    if isinstance(text, Unread):
        yield text
        return
    at = _array_at(text, key)
    if at < 0:
        if not key or at < -1:
            yield _damaged(text, 0, where)
        return
    yield from _items(text, at, where.file)


def document(bundle: Bundle, name: str) -> Any:
    """Return the value of a whole file. Raises ReaderError or ValueError if it is damaged."""
    try:
        return json.loads(decode(bundle.read(name)), strict=False)
    except RecursionError as error:
        raise ValueError from error


def kept(text: str) -> Callable[[], bytes]:
    """Return a function that loads a text, which is packed as long as it is not needed."""
    return partial(zlib.decompress, zlib.compress(text.encode("utf-8", "replace"), 1))


def damaged(bundle: Bundle, name: str) -> Unread:
    """Return the row of a file that cannot be read at all."""
    where = bundle.where(name)
    return Unread(where, Outcome.FAILED, Remark(Reason.NOT_READABLE, text=clean.line(name)), name)


def _items(text: str, at: int, file: str) -> Iterator[Item | Unread]:
    number, bad = 0, 0
    while bad < _MOST_DAMAGED:
        at = _GAP.match(text, at).end()  # type: ignore[union-attr]
        if at >= len(text) or text[at] in "]}":
            break
        number += 1
        start = at
        where = Where(file, number)
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            bad += 1
            at = _behind(text, max(start + 1, getattr(error, "pos", 0)))
            yield _damaged(text, start, where)
            continue
        yield Item(value, where) if isinstance(value, dict) else _damaged(text, start, where)
    if bad < _MOST_DAMAGED and at >= len(text) and not bad:  # it ends before its array does
        yield _damaged("", 0, Where(file, number + 1))


def _behind(text: str, at: int) -> int:
    """Return the place of the next object behind a damaged one."""
    found = _NEXT_ITEM.search(text, at)
    return found.end() if found else len(text)


def _array_at(text: str, key: str) -> int:
    """Return the place behind the bracket of an array; -1 if there is none, -2 if it is damaged."""
    at = _SPACE.match(text).end()  # type: ignore[union-attr]
    if not key:
        return at + 1 if text.startswith("[", at) else -1
    if not text.startswith("{", at):
        return -1
    at += 1
    try:
        while at < len(text):
            at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
            if text.startswith("}", at):
                return -1
            name, at = _DECODER.raw_decode(text, at)
            at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
            if name == key:
                return at + 1 if text.startswith("[", at) else -1
            at = _skipped(text, at)
    except (ValueError, RecursionError):
        return -2
    return -2


def _skipped(text: str, at: int) -> int:
    """Return the place behind a value; the items of an array are forgotten one by one."""
    if not text.startswith("[", at):
        return _DECODER.raw_decode(text, at)[1]
    at += 1
    while True:
        at = _GAP.match(text, at).end()  # type: ignore[union-attr]
        if text.startswith("]", at):
            return at + 1
        at = _DECODER.raw_decode(text, at)[1]


def _damaged(text: str, at: int, where: Where) -> Unread:
    shown = clean.line(text[at : at + _SHOWN], _SHOWN)
    return Unread(where, Outcome.FAILED, Remark(Reason.NOT_READABLE, text=shown), shown)
