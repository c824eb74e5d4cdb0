"""The glyphs that the substitutions of a typeface reach (OpenType, GSUB), read from its bytes."""

import struct
from collections.abc import Iterator
from pathlib import Path

FEATURES = frozenset(
    b"rvrn ltra ltrm rtla rtlm frac numr dnom ccmp locl rlig liga clig rclt".split()
)
"""The features that a shaper applies unasked (HarfBuzz), but for ``calt``, which is off."""


class _View:
    """A part of a font file; numbers are unsigned and of 16 bits."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at

    def number(self, offset: int) -> int:
        return int(struct.unpack_from(">H", self._data, self._at + offset)[0])

    def numbers(self, offset: int) -> list[int]:
        """Return the numbers of a list that begins with its length."""
        count = self.number(offset)
        return [self.number(offset + 2 + 2 * step) for step in range(count)]

    def long(self, offset: int) -> int:
        return int(struct.unpack_from(">I", self._data, self._at + offset)[0])

    def tag(self, offset: int) -> bytes:
        return self._data[self._at + offset : self._at + offset + 4]

    def part(self, offset: int) -> "_View":
        return _View(self._data, self._at + offset)


def characters(file: Path) -> dict[int, int]:
    """Return the glyph of each code point (cmap, formats 4 and 12)."""
    cmap = _table(file, b"cmap")
    tables = [cmap.part(cmap.long(8 + 8 * n)) for n in range(cmap.number(2))]
    readers = {4: _segments, 12: _groups}
    return {
        code: glyph for each in tables for code, glyph in readers[each.number(0)](each) if glyph
    }


def _segments(table: _View) -> Iterator[tuple[int, int]]:
    segments = table.number(6)  # twice their count
    for step in range(0, segments, 2):
        last, first = table.number(14 + step), table.number(16 + segments + step)
        delta = table.number(16 + 2 * segments + step)
        place = 16 + 3 * segments + step
        for code in range(first, min(last, 0xFFFE) + 1):
            way = table.number(place)
            glyph = table.number(place + way + 2 * (code - first)) if way else code
            yield code, (glyph + delta) & 0xFFFF


def _groups(table: _View) -> Iterator[tuple[int, int]]:
    for at in range(16, 16 + 12 * table.long(12), 12):
        first, last, glyph = (table.long(at + step) for step in (0, 4, 8))
        yield from ((code, glyph + code - first) for code in range(first, last + 1))


def reachable(file: Path, letters: dict[int, str]) -> dict[int, set[str]]:
    """Return the glyphs that can stand for letters, with all these; ``letters`` are those known.

    A glyph that stands for nothing has only ``""``: the second of two glyphs for one letter.
    """
    found = {glyph: {said} for glyph, said in letters.items()}
    first, size = dict(letters), -1
    rules = [*_rules(_table(file, b"GSUB"))]
    while len(found) > size:
        size = len(found)
        for before, after in rules:
            if all(glyph in first for glyph in before):
                said = "".join(first[glyph] for glyph in before)
                for number, glyph in enumerate(after):
                    first.setdefault(glyph, "" if number else said)
                    found.setdefault(glyph, set()).add("" if number else said)
    return found


def _table(file: Path, tag: bytes) -> _View:
    whole = _View(file.read_bytes(), 0)
    listed = (12 + 16 * n for n in range(whole.number(4)))
    return next(whole.part(whole.long(at + 8)) for at in listed if whole.tag(at) == tag)


def _rules(gsub: _View) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    features, lookups = gsub.part(gsub.number(6)), gsub.part(gsub.number(8))
    wanted = [
        index
        for at in range(2, 2 + 6 * features.number(0), 6)
        if features.tag(at) in FEATURES
        for index in features.part(features.number(at + 4)).numbers(2)
    ]
    done: set[int] = set()
    while wanted:
        index = wanted.pop()
        if index in done:
            continue
        done.add(index)
        lookup = lookups.part(lookups.number(2 + 2 * index))
        for offset in lookup.numbers(4):
            kind, table = lookup.number(0), lookup.part(offset)
            if kind == 7:
                kind, table = table.number(2), table.part(table.long(4))
            if kind in (5, 6):
                wanted += _applied(table, chained=kind == 6)
            elif kind in _SUBSTITUTIONS:
                yield from _SUBSTITUTIONS[kind](table)


def _covered(table: _View) -> list[int]:
    coverage = table.part(table.number(2))
    if coverage.number(0) == 1:
        return coverage.numbers(2)
    ranges = (coverage.part(4 + 6 * n) for n in range(coverage.number(2)))
    return [glyph for each in ranges for glyph in range(each.number(0), each.number(2) + 1)]


def _single(table: _View) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    for step, glyph in enumerate(_covered(table)):
        one = table.number(0) == 1
        new = glyph + table.number(4) & 0xFFFF if one else table.number(6 + 2 * step)
        yield (glyph,), [new]


def _multiple(table: _View) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    for glyph, offset in zip(_covered(table), table.numbers(4), strict=True):
        yield (glyph,), table.part(offset).numbers(0)


def _ligature(table: _View) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    for first, offset in zip(_covered(table), table.numbers(4), strict=True):
        ligatures = table.part(offset)
        for at in ligatures.numbers(0):
            each = ligatures.part(at)
            rest = [each.number(4 + 2 * n) for n in range(each.number(2) - 1)]
            yield (first, *rest), [each.number(0)]


_SUBSTITUTIONS = {1: _single, 2: _multiple, 4: _ligature}


def _applied(table: _View, *, chained: bool) -> list[int]:
    """Return the lookups that a context applies."""
    form = table.number(0)
    if form == 3:
        return _records(table, 2, chained=chained, whole=True)
    sets_at = 4 if form == 1 else 10 if chained else 6
    found: list[int] = []
    for offset in filter(None, table.numbers(sets_at)):
        rules = table.part(offset)
        for at in rules.numbers(0):
            found += _records(rules.part(at), 0, chained=chained, whole=False)
    return found


def _records(rule: _View, at: int, *, chained: bool, whole: bool) -> list[int]:
    """Return the lookups of a rule; ``whole`` tells that the first glyph is listed as well."""
    spared = 0 if whole else 1
    if chained:
        at += 2 + 2 * rule.number(at)
        at += 2 + 2 * (rule.number(at) - spared)
        at += 2 + 2 * rule.number(at)
        count, at = rule.number(at), at + 2
    else:
        count, at = rule.number(at + 2), at + 4 + 2 * (rule.number(at) - spared)
    return [rule.number(at + 4 * n + 2) for n in range(count)]
