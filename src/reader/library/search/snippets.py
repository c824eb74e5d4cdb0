"""The matches of a search in an article: snippets for lists, and words to mark on the page."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple, TypeAlias

import apsw

from reader.library.articles import versions
from reader.library.highlights import store as highlights
from reader.library.search import tokenize
from reader.library.search.query_parser import Question, Words

_CHUNK = 4000
_LENGTH = 180
_BEFORE = 40
_MOST_CHUNKS = 25

Marked: TypeAlias = tuple[tuple[str, bool], ...]
"""A text in parts, each with whether it is a match."""


class Found(NamedTuple):
    """A search result: the title and a snippet, with marked matches."""

    id: int
    title: Marked
    text: Marked


class _Wanted(NamedTuple):
    """A phrase to find, of which the last word may be a prefix, or a pattern of characters."""

    row: tuple[str, ...]
    begins: bool
    column: str
    letters: re.Pattern[str] | None


def found(connection: apsw.Connection, question: Question, ids: Sequence[int]) -> list[Found]:
    """Return the search results for articles."""
    wanted = _wanted(connection, question)
    titled = [each for each in wanted if each.column in ("", "title")]
    inside = [each for each in wanted if each.column in ("", "text")]
    noted = [each for each in wanted if each.column in ("", "text", "notes")]
    sql = "SELECT title, excerpt FROM article WHERE id = ?"
    made = []
    for id in ids:
        title, excerpt = connection.execute(sql, (id,)).fetchone() or ("", "")
        said = _snippet(
            connection, tokenize.plain(versions.current(connection, id)).strip(), inside
        )
        said = said or _snippet(connection, highlights.words_of(connection, id), noted)
        hits = _hits(connection, title, titled)
        made.append(Found(id, _marked(title, hits), said or _marked(excerpt, ())))
    return made


def on_page(connection: apsw.Connection, question: Question, id: int) -> tuple[str, ...]:
    """Return the distinct matches in the text of an article, the longest first."""
    html = versions.current(connection, id)
    wanted = [each for each in _wanted(connection, question) if each.column in ("", "text")]
    written = {
        chunk[first:last]
        for chunk in _chunks(tokenize.plain(html))
        for first, last, _ in _hits(connection, chunk, wanted)
    }
    return tuple(sorted(written, key=lambda each: (-len(each), each)))


def _wanted(connection: apsw.Connection, question: Question) -> list[_Wanted]:
    parts = [part for clause in question.clauses if not clause.never for part in clause.parts]
    made = [_wanted_of(connection, part) for part in parts if isinstance(part, Words)]
    return [each for each in made if each.row]


def _wanted_of(connection: apsw.Connection, part: Words) -> _Wanted:
    text = tokenize.whole(part.text)
    letters = re.compile(re.escape(text), re.IGNORECASE) if tokenize.is_joined(text) else None
    words = tokenize.split(connection, tokenize.folded(text))
    return _Wanted(tuple(words), part.begins, part.column, letters)


def _hits(
    connection: apsw.Connection, text: str, wanted: Sequence[_Wanted]
) -> list[tuple[int, int, int]]:
    """Return the matches in a text: start, end and the index of the wanted phrase."""
    hits = [
        (match.start(), match.end(), which)
        for which, each in enumerate(wanted)
        if each.letters
        for match in each.letters.finditer(text)
    ]
    rows = [(which, each) for which, each in enumerate(wanted) if not each.letters]
    if rows:
        placed = tokenize.Placed(connection, text)
        hits += [
            (*placed.span(start, end), which)
            for which, each in rows
            for start, end in _rows(placed.words, each)
        ]
    return sorted(hits)


def _rows(words: Sequence[tuple[int, int, str]], wanted: _Wanted) -> Iterator[tuple[int, int]]:
    *head, last = wanted.row
    for index in _ends(words, last, wanted.begins):
        first = index - len(head)
        if first >= 0 and [word for _, _, word in words[first:index]] == head:
            yield words[first][0], words[index][1]


def _ends(words: Sequence[tuple[int, int, str]], last: str, begins: bool) -> list[int]:
    if begins:
        return [index for index, (_, _, word) in enumerate(words) if word.startswith(last)]
    return [index for index, (_, _, word) in enumerate(words) if word == last]


def _snippet(connection: apsw.Connection, text: str, wanted: Sequence[_Wanted]) -> Marked:
    """Return the part of a text with the most phrases, empty if there is no match."""
    best, most = "", 0
    hits: list[tuple[int, int, int]] = []
    for chunk in islice(_chunks(text), _MOST_CHUNKS):
        found = _hits(connection, chunk, wanted)
        kinds = len({which for _, _, which in found})
        if kinds > most:
            best, hits, most = chunk, found, kinds
        if kinds == len(wanted):
            break
    return _marked(*_cut(best, hits)) if most else ()


def _chunks(text: str) -> Iterator[str]:
    """Yield a text in chunks that end at a block, or at least at a word.

    Most matches are in the first chunks, so that the rest need not be searched.
    """
    start = 0
    while start < len(text):
        end, least = start + _CHUNK, start + _CHUNK // 2
        if end < len(text):
            end = text.rfind("\n", least, end) + 1 or text.rfind(" ", least, end) + 1 or end
        yield text[start:end]
        start = end


def _cut(text: str, hits: list[tuple[int, int, int]]) -> tuple[str, list[tuple[int, int, int]]]:
    """Cut out the passage with the most different phrases."""
    start = hits[max(range(len(hits)), key=lambda index: _kinds_from(hits, index))][0]
    first = max(0, start - _BEFORE)
    if first:
        first = text.find(" ", first, start) + 1 or first
    last = first + _LENGTH
    if last < len(text):
        space = text.rfind(" ", last - _BEFORE, last)
        last = last if space < 0 else space
    before, after = "…" if first else "", "…" if last < len(text) else ""
    inside = [
        (a - first + len(before), b - first + len(before), w)
        for a, b, w in hits
        if first <= a < last
    ]
    return before + text[first:last] + after, inside


def _kinds_from(hits: list[tuple[int, int, int]], index: int) -> int:
    end = hits[index][0] + _LENGTH - _BEFORE
    near = takewhile(lambda hit: hit[0] < end, hits[index:])
    return len({which for _, _, which in near})


def _marked(text: str, hits: Sequence[tuple[int, int, int]]) -> Marked:
    """Return a text in marked and unmarked parts; line ends become spaces."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for first, last, _ in sorted(hits):
        if last > at:
            first = max(first, at)
            parts += [(text[at:first], False), (text[first:last], True)]
            at = last
    parts.append((text[at:], False))
    return tuple((part.replace("\n", " "), mark) for part, mark in parts if part)
