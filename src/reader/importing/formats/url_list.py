"""Plain lists of addresses, one a line, as OneTab and many others write them."""

import re
from collections.abc import Iterator

from reader.entries import Entry, Unread
from reader.errors import ReaderError
from reader.importing import values
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.lines import lines_of
from reader.importing.shapes import Shape, members
from reader.model import Clipping
from reader.outcomes import Outcome, Where
from reader.reasons import Reason, Remark

_LINE = re.compile(
    r"(?:[-*+•]\s+|\d{1,6}[.)]\s+)?<?([A-Za-z][A-Za-z0-9+.-]{1,20}:[^\s<>]+)>?(?:\s*[|\t]\s*(.*)|\s+(.*))?",
    re.DOTALL,
)
_WEB = re.compile(
    r"(?:[-*+•]\s+|\d{1,6}[.)]\s+)?<?https?://[^\s<>]+>?(?:\s*\||\s*$)", re.IGNORECASE
)
_MOST_LINES = 200
_SHOWN = 80


def _fits(bundle: Bundle) -> float:
    """Return how sure it is: lists of links with words between them are only read if asked for."""
    shares = [_share(member.head) for member in members(bundle) if member.shape is Shape.TABLE]
    share = min(shares, default=0.0)
    return 0.5 if share > 0.5 else 0.2 if share > 0.2 else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    for member in members(bundle):
        if member.shape in (Shape.TABLE, Shape.MARKUP):
            yield from _in_file(bundle, member.name)


def _share(head: str) -> float:
    """Return the share of the lines with words that are addresses."""
    lines = [line for line in head.splitlines()[:_MOST_LINES] if line.strip()]
    return sum(bool(_WEB.match(line.strip())) for line in lines) / len(lines) if lines else 0.0


def _in_file(bundle: Bundle, name: str) -> Iterator[Entry | Unread]:
    file = bundle.where(name).file
    number = 0
    try:
        for number, line in enumerate(lines_of(bundle, name), 1):
            if line.strip():
                yield _entry(line.strip().lstrip("\ufeff"), Where(file, number))
    except ReaderError as error:
        remark = Remark(Reason.ERROR, text=str(error))
        yield Unread(Where(file, number), Outcome.FAILED, remark, name)


def _entry(line: str, where: Where) -> Entry | Unread:
    match = _LINE.fullmatch(line)
    if match is None:
        return Unread(where, Outcome.SKIPPED, Remark(Reason.NO_ADDRESS), values.line(line[:_SHOWN]))
    return Entry(Clipping(match[1], values.line(match[2] or match[3] or "")), where)


URL_LIST = Format("urls", _fits, _read)
