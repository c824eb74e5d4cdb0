"""Reader's own export, as ``docs/json-lines.md`` describes it."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from reader import own_lines
from reader.entries import Entry, Text, TextKind, Unread
from reader.errors import IngestError
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.outcomes import Outcome
from reader.own_export import ARTICLES, LIBRARY, TEXTS, VERSION, OwnLibrary
from reader.reasons import Reason, Remark

_LONGEST = 20_000_000
"""The bytes of a line; a longer one is left out."""
_TOO_NEW = (
    "This export was made by a newer version of Reader ({}; this one reads up to {}). "
    "Update Reader, then import it again."
)


def read(bundle: Bundle, _: Choices) -> Iterator[Entry | Unread]:
    """Yield the articles of an export in the order in which they came into the library."""
    base = _base(bundle)
    head = _head(bundle, base)
    if (version := own_lines.version_of(head)) > VERSION:
        text = _TOO_NEW.format(version, VERSION)
        yield _unread(bundle, f"{base}{ARTICLES}", 0, text)
        return
    name = f"{base}{ARTICLES}"
    files = _Files(bundle, base)
    for number, line in _lines(bundle, name):
        if isinstance(line, str):
            yield _unread(bundle, name, number, line)
        elif line.strip():
            yield _item(bundle, name, files, (number, line))


def rest(bundle: Bundle) -> OwnLibrary | None:
    """Return the facts of an export besides its articles, None if it cannot be read."""
    head = _head(bundle, _base(bundle))
    if own_lines.version_of(head) not in range(1, VERSION + 1):
        return None
    return own_lines.library_of(head)


def _fits(bundle: Bundle) -> float:
    if any(_is_named(name, LIBRARY) and _FORMAT in bundle.head(name) for name in bundle.names):
        return 1.0
    lines = (name for name in bundle.names if _is_named(name, ARTICLES))
    return 0.95 if any(bundle.head(name).startswith(_LIKE) for name in lines) else 0.0


_FORMAT = b'"reader-library"'
_LIKE = b'{"uid":"'


def _is_named(name: str, wanted: str) -> bool:
    return name == wanted or name.endswith(f"/{wanted}")


def _base(bundle: Bundle) -> str:
    """Return the folder of the export within the bundle, ``""`` or with a slash."""
    for wanted in (LIBRARY, ARTICLES):
        for name in bundle.names:
            if _is_named(name, wanted):
                return name.removesuffix(wanted)
    return ""


def _head(bundle: Bundle, base: str) -> object:
    name = f"{base}{LIBRARY}"
    if name not in bundle.names:
        return None
    try:
        return json.loads(bundle.read(name))
    except (IngestError, ValueError, RecursionError):
        return None


def _lines(bundle: Bundle, name: str) -> Iterator[tuple[int, bytes | str]]:
    """Yield the lines of a member with their numbers; a text is the reason why one is unread."""
    if name not in bundle.names:
        yield 0, f"there is no {ARTICLES}"
        return
    number = 0
    try:
        with bundle.opened(name) as stream:
            while line := stream.readline(_LONGEST):
                number += 1
                if len(line) < _LONGEST:
                    yield number, line
                    continue
                while line and not line.endswith(b"\n"):
                    line = stream.readline(_LONGEST)
                yield number, "the line is too long"
    except IngestError as error:
        yield number + 1, str(error)


class _Files(Mapping[str, Callable[[], bytes]]):
    """The files beside the lines, by name: a function for each that reads it."""

    def __init__(self, bundle: Bundle, base: str) -> None:
        self._bundle = bundle
        self._base = base
        self._names = frozenset(bundle.names)

    def __getitem__(self, name: str) -> Callable[[], bytes]:
        whole = f"{self._base}{name}"
        if whole not in self._names:
            raise KeyError(name)
        return partial(self._bundle.read, whole)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _item(bundle: Bundle, name: str, files: _Files, numbered: tuple[int, bytes]) -> Entry | Unread:
    number, line = numbered
    try:
        entry = own_lines.article_of(json.loads(line))
    except (ValueError, RecursionError, OverflowError) as error:
        return _unread(bundle, name, number, str(error))
    entry = entry._replace(where=bundle.where(name, number))
    own = entry.own
    if own is None:
        return entry
    load = files.get(f"{TEXTS}{own.text}.html")
    text = Text(TextKind.CANONICAL, load) if load else None
    return entry._replace(own=own._replace(files=files), text=text)


def _unread(bundle: Bundle, name: str, line: int, text: str) -> Unread:
    remark = Remark(Reason.NOT_READABLE, text=text)
    return Unread(bundle.where(name, line), Outcome.FAILED, remark)


READER = Format("reader", _fits, read, rest)
