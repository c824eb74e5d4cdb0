"""Put soft hyphens into words that may be divided, by the patterns of their language."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from reader.body.blocks import Runs, Style, Text

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
Divide = Callable[[str], str]

_LEFT, _RIGHT = 2, 3  # the fewest letters before and after a hyphen
_SHORTEST, _LONGEST = 6, 60
_WORDS = re.compile(rf"([^\W\d_]{{{_SHORTEST},{_LONGEST}}})")
_ADDRESS = re.compile(r"://|@|www\.|\w\.[a-z]{2}")
_LONG_TEXT = 120
"""The letters from which on the last word of a paragraph stays whole; one alone is divided."""

_SAMPLE = 60_000
_TAG = re.compile("<[^>]*>")
_SPELT = re.compile("[a-z]{4,}")
_AMERICAN_REGIONS = frozenset(("US", "CA", "PH", "PR"))
_OUR = (
    "arb|ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|harb|hon|hum|lab|neighb|od|parl|"
    "rig|rum|savi|sav|splend|tum|val|vap|vig"
)
_DOUBLED = "cancel|channel|counsel|dial|fuel|label|level|marvel|model|quarrel|signal|total|travel"
_BRITISH = re.compile(
    rf"(?:{_OUR})our\w*|(?:cent|theat|fib|lit|calib|somb|\w+met)re[sd]?"
    r"|\w{3,}isations?|\w+(?:al|an|ar|as|er|gn|ic|il|im|it|og|or|rn)is(?:e[sd]?|ing)"
    rf"|(?:anal|paral|catal)ys(?:ed?|ing)|(?:{_DOUBLED})l(?:ed|ing|ers?)"
    r"|(?:def|off|pret)ences?|grey\w*|programmes?|whilst|aluminium"
)
_AMERICAN = re.compile(
    rf"(?:{_OUR})or(?:s|ed|ing|ful|able|ite|less|hood|al)*"
    r"|(?:cent|theat|fib|lit|calib|somb|kilomet|centimet|millimet)er(?:s|ed)?"
    rf"|(?:anal|paral|catal)yz(?:e[sd]?|ing)|(?:{_DOUBLED})(?:ed|ing|ers?)"
    r"|(?:def|off|pret)enses?|gray\w*|gotten|aluminum"
)
"""Words that are spelt otherwise on the other side of the Atlantic."""

_IZE = re.compile(r"\w{3,}iz(?:e[sd]?|ing|ations?)")
_WEIGHT_OF_IZE = 0.25
"""Americans write "-ize", and so do some in Britain."""


def patterns_of(language: str, text: str) -> str:
    """Return the language tag whose patterns divide the words of a text.

    English is divided by sound in America and by origin in Britain (demo-cracy, democ-racy). If the
    tag names no region, the spelling decides: the words that are spelt in one of the two ways are
    counted, each once. Without any, it is American.
    """
    name, _, region = language.replace("_", "-").partition("-")
    if name.lower() != "en":
        return language
    if region:
        return "en-US" if region.upper() in _AMERICAN_REGIONS else "en-GB"
    words = set(_SPELT.findall(_TAG.sub(" ", text[:_SAMPLE]).lower()))
    british, american, ize = (
        sum(map(bool, map(spelling.fullmatch, words))) for spelling in (_BRITISH, _AMERICAN, _IZE)
    )
    return "en-GB" if british > american + ize * _WEIGHT_OF_IZE else "en-US"


@cache
def divider(language: str) -> Divide | None:
    """Return a function that puts soft hyphens into a word, None if there are no patterns."""
    import pyphen

    known = pyphen.language_fallback(language.replace("-", "_")) if language else None
    if not known:
        return None
    return _Divider(pyphen.Pyphen(lang=known)).__getitem__


class _Divider(dict[str, str]):
    """Words with soft hyphens, found the first time that they are asked for.

    The method is that of Franklin Mark Liang, "Word Hy-phen-a-tion by Com-put-er", Stanford
    University, 1983. Words with capitals inside stay whole.
    """

    def __init__(self, dictionary: Any) -> None:
        """Take the patterns of a ``pyphen.Pyphen``: each has numbers from an offset on."""
        super().__init__()
        self._patterns: dict[str, tuple[int, tuple[int, ...]]] = dictionary.hd.patterns
        lengths: dict[str, set[int]] = {}
        for pattern in self._patterns:
            lengths.setdefault(pattern[:2], set()).add(len(pattern))
        self._lengths = {start: sorted(found) for start, found in lengths.items()}

    def __missing__(self, word: str) -> str:
        divided = self[word] = self._divided(word) if word[1:].islower() else word
        return divided

    def _divided(self, word: str) -> str:
        numbers, done, parts = self._numbers(f".{word.lower()}."), 0, list[str]()
        for place in range(_LEFT, len(word) - _RIGHT + 1):
            # Data are other letters for the two lines, which would stand within a line as well.
            if numbers[place + 1] % 2 and not getattr(numbers[place + 1], "data", None):
                parts.append(word[done:place])
                done = place
        return SOFT_HYPHEN.join((*parts, word[done:]))

    def _numbers(self, letters: str) -> list[int]:
        """Return the highest number of all patterns before each letter, odd for a division."""
        numbers, patterns, lengths = [0] * len(letters), self._patterns, self._lengths.get
        for start, letter in enumerate(letters):
            pair = letters[start : start + 2]
            for length in (*lengths(letter, ()), *lengths(pair, ())):
                if found := patterns.get(letters[start : start + length]):
                    for place, number in enumerate(found[1], start + found[0]):
                        if place < len(numbers) and number >= numbers[place]:
                            numbers[place] = number
        return numbers


def divided(runs: Runs, divide: Divide) -> Runs:
    """Return runs with soft hyphens in their words.

    Code, addresses, words with capitals inside and the last word of a paragraph have none.
    """
    last = len(runs) - 1
    is_long = sum(len(run.text) for run in runs if isinstance(run, Text)) > _LONG_TEXT
    return tuple(
        run._replace(text=_divided(run.text, divide, ends=is_long and number == last))
        if isinstance(run, Text) and Style.CODE not in run.style
        else run
        for number, run in enumerate(runs)
    )


def _divided(text: str, divide: Divide, *, ends: bool) -> str:
    last = text.rstrip()
    end = len(last) - len(last.split()[-1]) if ends and last else len(text)
    pieces, done = list[str](), 0
    for start, stop in (*_addresses(text[:end]), (end, len(text))):
        words = _WORDS.split(text[done:start])  # every second one is such a word
        words[1::2] = map(divide, words[1::2])
        pieces += words
        pieces.append(text[start:stop])
        done = stop
    return "".join(pieces)


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the words that hold a URL or an e-mail address."""
    stop = 0
    for match in _ADDRESS.finditer(text):
        if match.start() >= stop:
            start = text.rfind(" ", stop, match.start()) + 1 or stop
            stop = text.find(" ", match.end())
            stop = len(text) if stop < 0 else stop
            yield start, stop
