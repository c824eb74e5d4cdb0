"""Portions of text that Qt would lay out in quadratic time: long paragraphs and words."""

import re
from collections.abc import Iterator

from reader.body.blocks import Run, Runs, Text

BREAK = "\u200b"
"""Inserted into words that are too long for a line; not part of the text."""

JOINER = "\u2060"
"""An invisible character that carries the name of a place; not part of the text."""

LONGEST_WHOLE = 20
"""Characters: in the cells of tables, longer words may be divided at their hyphens and slashes."""

_NO_BREAK = "\u00a0\u202f"
_OURS = re.compile(f"[{BREAK}{JOINER}\u00ad\ufffc]")
_MAX_PARAGRAPH = 8_000
_WORD = 60
_LONG_WORD = re.compile(rf"\S{{{_WORD * 3},}}")


def breakable(text: str) -> str:
    """Return the text with places at which its very long words can break."""
    if len(text) < _WORD * 3 or not _LONG_WORD.search(text):
        return text
    return _LONG_WORD.sub(_broken, text)


def loosened(text: str) -> str:
    """Return the text with places to break in long chains of words joined by no-break spaces."""
    if not any(space in text for space in _NO_BREAK):
        return text
    return re.sub(rf"(?:\S|[{_NO_BREAK}])+", _loosened, text)


def _loosened(chain: re.Match[str]) -> str:
    if len(chain[0]) <= LONGEST_WHOLE:
        return chain[0]
    return re.sub(rf"[{_NO_BREAK}]", rf"\g<0>{BREAK}", chain[0])


def written(text: str) -> str:
    """Return a text of a document without the characters that its layout has put into it."""
    return _OURS.sub("", text)


def _broken(match: re.Match[str]) -> str:
    word = match[0]
    return BREAK.join(word[start : start + _WORD] for start in range(0, len(word), _WORD))


def portions(runs: Runs) -> Iterator[Runs]:
    """Yield the runs of a paragraph, in several portions if it is very long."""
    if sum(len(run.text) for run in runs if isinstance(run, Text)) <= _MAX_PARAGRAPH:
        yield runs
        return
    gathered: list[Run] = []
    size = 0
    for run in (piece for whole_run in runs for piece in _pieces(whole_run)):
        gathered.append(run)
        size += len(run.text) if isinstance(run, Text) else 1
        if size >= _MAX_PARAGRAPH:
            yield tuple(gathered)
            gathered, size = [], 0
    if gathered:
        yield tuple(gathered)


def _pieces(run: Run) -> Iterator[Run]:
    if not isinstance(run, Text) or len(run.text) <= _MAX_PARAGRAPH:
        yield run
        return
    start = 0
    while start < len(run.text):
        end = start + _MAX_PARAGRAPH
        space = run.text.rfind(" ", start + _MAX_PARAGRAPH // 2, end)
        end = space + 1 if space > 0 and end < len(run.text) else end
        yield run._replace(text=run.text[start:end])
        start = end
