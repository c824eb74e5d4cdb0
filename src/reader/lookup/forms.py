"""Words in another form than the dictionary has them: inflected, or without spaces."""

import re

from reader.lookup.index import Index, Row, key_of

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_LONGEST_UNSPACED = 16
_MOST_CUT, _MOST_ADDED = 5, 2
_LEAST = 3
_MOST_SEEN = 200
_MOST_NEAR = 8
_EDGES = " \t\n.,;:!?()[]{}<>\"“”„«»‹›‘’‚'`´*_/\\|…–—、。，！？；：（）「」『』《》〈〉·"


def bare(text: str) -> str:
    """Return a word as it was selected without the signs around it."""
    return " ".join(text.split()).strip(_EDGES)


def is_unspaced(text: str) -> bool:
    """Return whether a text begins in a script without spaces between words."""
    return bool(_UNSPACED.match(text))


def exact(index: Index, word: str) -> list[Row]:
    """Return the rows of a word, those that are written like it first."""
    found = index.of(key_of(word))
    same = [row for row in found if row.word == word]
    return same or found


def longest(index: Index, text: str) -> list[Row]:
    """Return the rows of the longest word with which a text begins."""
    for length in range(min(len(text), _LONGEST_UNSPACED), 0, -1):
        if found := exact(index, text[:length]):
            return found
    return []


def near(index: Index, word: str) -> list[str]:
    """Return words of which a word may be a form, the nearest first.

    They begin like it, and few letters must be cut off and added: no rules of any language are
    needed, as the dictionary knows its words.
    """
    costs: dict[str, int] = {}
    for key in _stems(key_of(word)):
        for cut in range(min(_MOST_CUT, max(len(key) - _LEAST, 0)) + 1):
            stem = key[: len(key) - cut]
            if cut > len(stem) + 1:
                break
            for row in index.beginning(stem, _MOST_SEEN):
                added = len(row.key) - len(stem)
                if added <= min(_MOST_ADDED, cut):
                    cost = cut + added
                    costs[row.word] = min(cost, costs.get(row.word, cost))
    return sorted(costs, key=lambda each: (costs[each], each))[:_MOST_NEAR]


def _stems(key: str) -> list[str]:
    """Return a key, and the longer part of one with an apostrophe: “dog's”, “l'eau”."""
    if "'" not in key:
        return [key]
    return [max(key.split("'"), key=len)]
