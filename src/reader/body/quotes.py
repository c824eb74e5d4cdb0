"""Finding quoted words in a body: as they are, or slightly changed.

Quote and context follow the TextQuoteSelector of the Web Annotation Data Model (W3C
Recommendation, 2017). White space, the kind of quotation marks and dashes, case and accents do not
count, but decide between several places. A quote that is too different, or has several places that
are slightly different, has no place: a wrong one is worse than none.
"""

from collections.abc import Sequence
from typing import NamedTuple

from reader import folding
from reader.anchor import Anchor
from reader.body import anchors, near_quotes
from reader.body.anchors import Point, Texts
from reader.body.letters import WORD, Letters

_CONTEXT = 32
_MARGIN = 0.08
_LEAST = ((60, 0.70), (30, 0.76), (18, 0.84), (12, 0.90))
"""The least likeness of a quote with so many letters; shorter ones must be the same."""
_SURE = 0.75  # likeness of a context that decides
_LESS = 0.08  # may be missing if the context is right
_MOST_FALLBACKS = 20


class Sought(NamedTuple):
    """A quote, the text before and after it if known, and its ends in an older text."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    start: Anchor | None = None
    end: Anchor | None = None


class Place(NamedTuple):
    """A quote in a text: the points before its first letter and after its last one."""

    start: Point
    end: Point


def find_all(texts: Texts, sought: Sequence[Sought]) -> list[Place | None]:
    """Return the places of quotes in a text; None for those that have none.

    If a quote stands at several places, its context decides, or else the first that no other
    quote has.
    """
    finder = _Finder(texts)
    return [finder.place(each) for each in sought]


def anchored(texts: Texts, place: Place) -> tuple[Anchor, Anchor]:
    """Return the anchors of both ends of a place."""
    return anchors.anchor_at(texts, *place.start), anchors.anchor_at(texts, *place.end)


_SIGNS = {
    **{ord(sign): folding.LETTERS[ord(sign)] for sign in "‘’‚‛“”„‟‐‑‒–—―−"},
    **dict.fromkeys(map(ord, "\xad\u200b\u2060\ufeff")),
}


def _with_case(text: str) -> str:
    return "".join(WORD.findall(text.translate(_SIGNS)))


class _Found(NamedTuple):
    """A range of letters, and its place in the text."""

    letters: tuple[int, int]
    place: Place


class _Finder:
    """A text in which quotes are found."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._letters = Letters(texts)
        self._known: dict[str, list[_Found]] = {}
        self._taken: set[Place] = set()
        self._fallbacks = 0

    def place(self, sought: Sought) -> Place | None:
        """Return the place of a quote, None if it has none."""
        quote = self._letters.of(sought.quote)
        if not quote or not self._letters.whole:
            return None
        found = (
            self._same(quote, sought) or self._alike(quote, sought) or self._where_it_was(sought)
        )
        if found is not None:
            self._taken.add(found)
        return found

    # ---- the same letters

    def _same(self, quote: str, sought: Sought) -> Place | None:
        if sought.quote not in self._known:
            self._known[sought.quote] = self._all_same(quote, sought.quote)
        found = self._known[sought.quote]
        context = _Context(self._letters, sought)
        if len(found) > 1 and context:
            likeness = [context.likeness(*each.letters) for each in found]
            best = max(likeness)
            if best >= _SURE / 2:
                pairs = zip(found, likeness, strict=True)
                found = [each for each, share in pairs if share == best]
        free = (each.place for each in found if each.place not in self._taken)
        return next(free, found[0].place if found else None)

    def _all_same(self, quote: str, asked: str) -> list[_Found]:
        """Return the places of a quote: whole words, or parts of words if it is long enough.

        Case and accents decide between several.
        """
        letters = self._letters
        places = letters.places(quote)
        whole = [at for at in places if letters.is_bounded(at, at + len(quote))]
        is_short = len(quote) < _LEAST[-1][0] and quote.isascii()
        ranges = [(at, at + len(quote)) for at in (whole if whole or is_short else places)]
        found = [_Found(each, self._range(*each)) for each in ranges]
        if len(found) < 2:
            return found
        wanted = _with_case(asked)
        same = [each for each in found if _with_case(self._text(each.place)) == wanted]
        return same or found

    def _range(self, start: int, end: int) -> Place:
        return Place(self._letters.point(start), self._letters.point(end - 1, behind=True))

    def _text(self, place: Place) -> str:
        return _between(self._texts, place, near_quotes.LONG)

    # ---- similar letters

    def _alike(self, quote: str, sought: Sought) -> Place | None:
        letters = self._letters
        least = next((share for size, share in _LEAST if len(quote) >= size), None)
        if least is None:
            return None
        context = _Context(letters, sought)
        found: list[tuple[float, float, int, int]] = []
        for start, end in near_quotes.ranges(letters, quote):
            nearby = context.likeness(start, end)
            likeness = near_quotes.likeness(quote, letters.whole[start:end])
            if likeness >= least - (_LESS if nearby >= _SURE else 0):
                found.append((likeness, nearby, start, end))
        found.sort(reverse=True)
        if not found:
            return None
        if len(found) > 1 and found[0][0] - found[1][0] < _MARGIN:
            found.sort(key=lambda each: each[1], reverse=True)
            if found[0][1] < _SURE or found[0][1] - found[1][1] < _MARGIN:
                return None
        return self._range(*found[0][2:])

    # ---- the place in an older text

    def _where_it_was(self, sought: Sought) -> Place | None:
        if sought.start is None or sought.end is None or self._fallbacks >= _MOST_FALLBACKS:
            return None
        self._fallbacks += 1
        start = anchors.find(sought.start, self._texts)
        end = anchors.find(sought.end, self._texts)
        end = _before_space(self._texts, end) if end else None
        if start is None or end is None or not start < end:
            return None
        words = _between(self._texts, Place(start, end), 4 * len(sought.quote) + _CONTEXT)
        letters = self._letters
        if near_quotes.likeness(letters.of(sought.quote), letters.of(words)) < _LEAST[0][1] - _LESS:
            return None
        return Place(start, end)


class _Context:
    """The letters before and after a quote."""

    def __init__(self, letters: Letters, sought: Sought) -> None:
        start, end = sought.start or Anchor(), sought.end or Anchor()
        self._whole = letters.whole
        self._prefix = letters.of(sought.prefix or start.prefix)[-_CONTEXT:]
        self._suffix = letters.of(sought.suffix or end.exact + end.suffix)[:_CONTEXT]

    def __bool__(self) -> bool:
        return bool(self._prefix or self._suffix)

    def likeness(self, start: int, end: int) -> float:
        """Return the likeness of the text around letters, 0 to 1; 0 if there is no context."""
        if not self:
            return 0.0
        from rapidfuzz import fuzz  # imported lazily: an article seldom has highlights

        before = self._whole[max(0, start - len(self._prefix)) : start]
        after = self._whole[end : end + len(self._suffix)]
        sizes = len(self._prefix), len(self._suffix)
        shares = fuzz.ratio(self._prefix, before), fuzz.ratio(self._suffix, after)
        return sum(s * n for s, n in zip(shares, sizes, strict=True)) / sum(sizes) / 100


def _before_space(texts: Texts, point: Point) -> Point:
    """Return the point behind the last letter before a point; it may be in another block."""
    for block in range(point.block, -1, -1):
        text = texts[block]
        offset = len((text[: point.offset] if block == point.block else text).rstrip())
        if offset:
            return Point(block, offset)
    return Point(0, 0)


def _between(texts: Texts, place: Place, most: int) -> str:
    """Return the words of a place, up to a number of characters."""
    (block, offset), end = place
    found = ""
    while block < end.block and len(found) < most:
        found += texts[block][offset:] + " "
        block, offset = block + 1, 0
    return (found + texts[end.block][offset : end.offset] if block == end.block else found)[:most]
