"""The parser of search queries: it turns any text into a Question and never fails."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import NamedTuple, TypeAlias

from reader.library.search.tokenize import whole
from reader.library.store.collation import storable

MOST = 1000
"""The number of characters of a query that are parsed."""

TEXTS = {
    "title": "title", "author": "byline", "by": "byline", "site": "site", "text": "text",
    "note": "notes", "subject": "subjects",
}  # fmt: skip
"""The full-text fields, and their columns in the index."""

DATES = {
    "added": "added_at", "saved": "added_at", "read": "read_at", "opened": "opened_at",
    "published": "published_at",
}  # fmt: skip
_MOMENTS = frozenset({"added_at", "read_at", "opened_at"})
"""The columns with times in UTC, which people see in local time; others hold days."""
NUMBERS = {"words": "words", "views": "views"}
"""The fields that are compared, and their columns."""

NAMED = {
    "is": (
        "unread", "opened", "read", "queue", "archived", "trash", "fav", "downloaded", "waiting",
        "failed",
    ),
    "has": ("image", "tag", "author", "highlight", "note"),
    "tag": (),
    "lang": (),
}  # fmt: skip
"""The fields with names as values; an empty tuple allows any name."""

_SAME = {
    "favourite": "fav", "favorite": "fav", "favourites": "fav", "archive": "archived",
    "queued": "queue", "trashed": "trash", "later": "queue", "picture": "image",
    "pictures": "image", "images": "image", "tags": "tag", "highlights": "highlight",
    "notes": "note", "subjects": "subject", "unopened": "unread", "finished": "read",
}  # fmt: skip
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»＂", '"'),
        "：": ":",
        "－": "-",
        "＊": "*",
        "＜": "<",
        "＞": ">",
        "＝": "=",
    }
)
_PIECE = re.compile(
    r'-?tag:"(?:[^"]|"(?=[^\s*]))*"?\*?|-?(?:[a-z]+:)?"[^"]*"?\*?|[^\s"]+', re.IGNORECASE
)
"""A piece of a query: words within quotes, or one word; the name of a tag may have quotes."""

_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+|https?://(?:localhost|\[)[^\s]*", re.IGNORECASE)
_FIELD = re.compile(r"([a-z]+):(.*)", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(r"[12][0-9]{3}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_AGO = re.compile(r"([0-9]{1,4})([dwmy])")
_NUMBER = re.compile(r"([0-9]{1,9})(k?)")
_SIGN = re.compile("[<>]=?")
_GREATEST = 10**12
_DAYS = {"d": 1, "w": 7, "m": 30.44, "y": 365.25}
_AFTER = "~"  # sorts after any continuation of a date
_MOST_PIECES = 32


class Words(NamedTuple):
    """A phrase in an article; with ``begins``, the last word is a prefix.

    ``column`` is the column to search, ``""`` for all.
    """

    text: str
    column: str = ""
    begins: bool = False


class Between(NamedTuple):
    """A column of an article and its least and greatest allowed value."""

    column: str
    low: str | int
    high: str | int


class Named(NamedTuple):
    """A named property of an article: ``tag:``, ``lang:``, ``is:``, ``has:``."""

    field: str
    name: str
    begins: bool = False


class Misread(NamedTuple):
    """A piece that looks like a field but is searched for as words.

    ``field`` and ``value`` are as typed; ``meant`` is the likely correction, or ``""``.
    If the field exists, its value is wrong.
    """

    field: str
    value: str
    meant: str
    exists: bool


class Address(NamedTuple):
    """The URL of an article; if there is no such article, it is searched for as words."""

    url: str


Part: TypeAlias = Words | Between | Named | Address


class Clause(NamedTuple):
    """Parts of which at least one must match; with ``never``, none may match."""

    parts: tuple[Part, ...]
    never: bool = False


class Question(NamedTuple):
    """A parsed query: every clause must hold.

    ================== ======================================================================
    climate change     both words, anywhere: title, author, site or text
    "climate change"   this phrase
    clim*              words that start so
    -politics          without this word; works with everything: -tag:work, -"last year"
    paris OR london    one or the other
    title:bees         in the title; also author:, site:, text:
    tag:science        with this tag; tag:"long reads", tag:sci*
    subject:climate    about this, according to the page
    is:unread          also is:opened, read, queue, archived, fav, downloaded, trash
    is:waiting         without its text; is:failed: because its download failed
    note:ferry         in a note on a highlight
    has:image          also has:tag, author; has:highlight, has:note: marked words, with notes
    lang:de            in this language
    added:2025-01      in that month; added:>2025, added:<=2024-06-30, added:2023..2024
    added:7d           within 7 days; also today, yesterday, 2w, 3m, 1y; added:<1y is longer ago
    read: published: opened: likewise
    words:>2000        longer than that; words:500..1500, views:0
    ================== ======================================================================

    Articles in the trash are only found with ``is:trash``. Text that is no valid field is searched
    for as words. With ``typing``, the last word may be unfinished and counts as a prefix.
    """

    clauses: tuple[Clause, ...] = ()
    typing: bool = False


def question(text: str, *, typing: bool = False, today: date | None = None) -> Question:
    """Parse a query; never raises."""
    text, unfinished = _prepared(text, typing)
    pieces = _PIECE.findall(text)[:_MOST_PIECES]
    clauses: list[Clause] = []
    either = False
    for index, piece in enumerate(pieces):
        last = index == len(pieces) - 1
        if piece in ("OR", "AND", "|") and clauses and (not last or typing):
            either = piece != "AND"
            continue
        if last and unfinished and clauses and piece.isascii() and len(piece) == 1:
            break  # one letter hardly narrows the result, and is slow in a large library
        clause = _clause(piece, last and unfinished, today or date.today())
        if clause and either and not (clause.never or clauses[-1].never):
            clauses[-1] = Clause(clauses[-1].parts + clause.parts)
        elif clause:
            clauses.append(clause)
        either = False
    return Question(tuple(dict.fromkeys(clauses)), typing)


def _prepared(text: str, typing: bool) -> tuple[str, bool]:
    """Return a query as it is parsed, and whether its last piece may be unfinished."""
    text = unicodedata.normalize("NFC", storable(text[:MOST])).translate(_SIGNS)
    return text, typing and not text[-1:].isspace()


def misread(text: str, *, typing: bool = False) -> list[Misread]:
    """Return the pieces of a query that look like fields, but are none.

    With ``typing``, the value of the last piece may be unfinished.
    """
    if ":" not in text:
        return []
    text, unfinished = _prepared(text, typing)
    pieces = [hit[0] for hit in islice(_PIECE.finditer(text), _MOST_PIECES)]
    found = []
    for number, piece in enumerate(pieces, 1):
        field = _FIELD.fullmatch(piece.removeprefix("-"))
        if field is None or not field[2].strip('"*') or field[2].startswith("//"):
            continue
        name, value, is_last = field[1].lower(), field[2], number == len(pieces)
        if _field(name, value, False, date.today()):
            continue
        if not (_known(name) and is_last and unfinished):
            found.append(Misread(name, value, _meant(name, value), _known(name)))
    return found


def fields() -> list[str]:
    """Return the names of the fields that are offered."""
    return [*NAMED, *TEXTS, *DATES, *NUMBERS]


def values(field: str) -> list[str]:
    """Return the values that a field with names is offered with."""
    return [*NAMED.get(field, ())]


def _meant(name: str, value: str) -> str:
    """Return the nearest field, or the nearest value of a field, ``""`` if none is near."""
    from difflib import get_close_matches  # seldom needed

    if not _known(name):
        near = get_close_matches(name, fields(), 1)
        return f"{near[0]}:{value}" if near else ""
    near = get_close_matches(value.strip('"*').casefold(), values(name), 1)
    return f"{name}:{near[0]}" if near else ""


def last_piece(text: str) -> str:
    """Return the piece of a query that is being typed, ``""`` after a space."""
    found = [match for match in _PIECE.finditer(text.translate(_SIGNS)) if match[0]]
    return found[-1][0] if found and found[-1].end() == len(text) else ""


def _clause(piece: str, unfinished: bool, today: date) -> Clause | None:
    """Return the clause of a piece, None if the piece is an unfinished field."""
    never = len(piece) > 1 and piece.startswith("-")
    said = piece[1:] if never else piece
    field = _FIELD.fullmatch(said)
    part: Part | None = Address(said) if _ADDRESS.fullmatch(said) else None
    if field and part is None:
        name, value = field[1].lower(), field[2]
        part = _field(name, value, unfinished, today)
        if part is None and unfinished and _known(name):
            return None
    return Clause((part or _words(said, unfinished and not never),), never)


def _known(name: str) -> bool:
    return any(name in fields for fields in (TEXTS, DATES, NUMBERS, NAMED))


def _words(said: str, unfinished: bool, column: str = "") -> Words:
    """Return a phrase; its last word is finished if the quotes are closed."""
    closed = len(said) > 1 and said.endswith('"')
    begins = said.endswith("*") or (unfinished and not closed)
    return Words(said.strip('"*'), column, begins)


def _field(name: str, value: str, unfinished: bool, today: date) -> Part | None:
    if name in TEXTS and value.strip('"*'):
        return _words(value, unfinished, TEXTS[name])
    if name in NAMED:
        return _named(name, value, unfinished)
    if name in DATES:
        column = DATES[name]
        return _between(column, value, lambda said: _date(said, today, column in _MOMENTS))
    return _between(NUMBERS[name], value, _number) if name in NUMBERS else None


def _between(column: str, value: str, reads: Callable[[str], "_Reach | None"]) -> Between | None:
    low, apart, high = value.partition("..")
    if apart:
        first, last = reads(low), reads(high)
        return Between(column, first.low, last.high) if first and last else None
    sign = _SIGN.match(value)
    reach = reads(value[sign.end() :] if sign else value)
    if reach is None:
        return None
    match sign[0] if sign else ">=" if _AGO.fullmatch(value) else "":
        case "<":
            return Between(column, reach.least, reach.before)
        case "<=":
            return Between(column, reach.least, reach.high)
        case ">":
            return Between(column, reach.after, reach.greatest)
        case ">=":
            return Between(column, reach.low, reach.greatest)
    return Between(column, reach.low, reach.high)


class _Reach(NamedTuple):
    """The range of a date or number, its neighbours on both sides, and the outermost values."""

    low: str | int
    high: str | int
    before: str | int
    after: str | int
    least: str | int
    greatest: str | int


def _date(said: str, today: date, local: bool) -> _Reach | None:
    """Return the range of a date; ``local`` if days begin at midnight here, not in UTC."""
    said = whole(said)
    ago = _AGO.fullmatch(said)
    if ago or said in ("today", "yesterday"):
        days = int(ago[1]) * _DAYS[ago[2]] if ago else int(said == "yesterday")
        said = (today - timedelta(days=min(days, today.toordinal() - 1))).isoformat()
    elif not _DAY.fullmatch(said):
        return None
    if local and (bounds := _local(said)):
        return _Reach(*bounds, "0", _AFTER)
    high = said + _AFTER
    before = said[:-1] + chr(ord(said[-1]) - 1) + _AFTER
    return _Reach(said, high, before, high, "0", _AFTER)


def _local(said: str) -> tuple[str, str, str, str] | None:
    """Return the first and the last second of a local day, month or year, and their neighbours.

    They are in UTC; None if there is no such date. Days may have 23 or 25 hours.
    """
    numbers = [*map(int, said.split("-")), 1, 1]
    try:
        begin = datetime(*numbers[:3])  # type: ignore[arg-type]
        if len(said) == 4:
            end = begin.replace(year=begin.year + 1)
        elif len(said) == 7:
            end = (begin + timedelta(days=31)).replace(day=1)
        else:
            end = begin + timedelta(days=1)
        first, behind = _midnight(begin), _midnight(end)
        second = timedelta(seconds=1)
        moments = (first, behind - second, first - second, behind)
        return tuple(f"{each:%Y-%m-%dT%H:%M:%SZ}" for each in moments)  # type: ignore[return-value]
    except (ValueError, OverflowError, OSError):
        return None


def _midnight(here: datetime) -> datetime:
    """Return in UTC when a local day begins; the clocks may skip midnight, or show it twice."""
    moments = [here.replace(fold=fold).astimezone() for fold in (0, 1)]
    return next((x for x in moments if x.date() == here.date()), moments[0]).astimezone(UTC)


def _unquoted(value: str) -> str:
    """Return the name in a value; quotes within it are part of the name."""
    name = value.removesuffix("*")
    if not name.startswith('"'):
        return name
    return name[1:-1] if len(name) > 1 and name.endswith('"') else name[1:]


def _number(said: str) -> _Reach | None:
    found = _NUMBER.fullmatch(whole(said))
    if found is None:
        return None
    number = int(found[1]) * (1000 if found[2] else 1)
    return _Reach(number, number, number - 1, number + 1, 0, _GREATEST)


def _named(field: str, value: str, unfinished: bool) -> Named | None:
    name = " ".join(_unquoted(value).split()).casefold()
    known = NAMED[field]
    name = _SAME.get(name, name) if known else name
    if not name or (known and name not in known):
        return None
    closed = value.endswith('"') and len(value) > 1
    return Named(field, name, value.endswith("*") or (unfinished and not known and not closed))
