"""Fingerprints: four numbers by which texts with similar content are found.

The runs of five words are hashed into sixteen bins, and the smallest hashes of four bins at a time
make a number: texts that share four fifths of their runs nearly always share a number, others
almost never do. It is MinHash (A. Broder, "On the resemblance and containment of documents", 1997)
by one permutation (P. Li, A. Owen, C.-H. Zhang, "One Permutation Hashing", 2012), in bands
(J. Leskovec, A. Rajaraman, J. Ullman, "Mining of Massive Datasets", chapter 3).
"""

import re
from array import array
from bisect import bisect_left
from zlib import crc32

_RUN = 5
_KINDS = 16
_BANDS = 4
_FEWEST = 60
_KIND_BITS = 28
_MARKUP = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")
# Chinese, Japanese and Thai do not separate words: each character counts as one.
_UNPARTED = re.compile("([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")

Fingerprint = tuple[int, int, int, int] | tuple[None, None, None, None]
TOO_SHORT: Fingerprint = (None, None, None, None)


def fingerprint(html: str) -> Fingerprint:
    """Return the four numbers of a text in canonical HTML, all None if it is too short."""
    text = _MARKUP.sub(" ", html).casefold()
    if not text.isascii():
        text = _UNPARTED.sub(r" \1 ", text)
    words = array("I", map(crc32, map(str.encode, _WORD.findall(text))))
    if len(words) < _FEWEST:
        return TOO_SHORT
    size, data = words.itemsize, words.tobytes()
    starts = range(0, len(data) - _RUN * size + 1, size)
    runs = map(data.__getitem__, map(slice, starts, range(_RUN * size, len(data) + 1, size)))
    return _banded(sorted(set(map(crc32, runs))))


def _banded(runs: list[int]) -> Fingerprint:
    """Return a number for each four bins; the first four bits of a hash choose its bin."""
    least = [runs[bisect_left(runs, kind << _KIND_BITS) % len(runs)] for kind in range(_KINDS)]
    step = _KINDS // _BANDS
    first, second, third, fourth = (
        crc32(array("I", least[at : at + step]).tobytes()) for at in range(0, _KINDS, step)
    )
    return first, second, third, fourth
