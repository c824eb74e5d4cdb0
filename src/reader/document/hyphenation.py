"""Put soft hyphens into words that may be divided, by the patterns of their language."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reader.body.blocks import Runs, Style, Text

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
Divide = Callable[[str], str]

_LEFT, _RIGHT = 2, 3  # the fewest letters before and after a hyphen
_SHORTEST, _LONGEST = 6, 60
_WORDS = re.compile(rf"([^\W\d_]{{{_SHORTEST},{_LONGEST}}})")
_ADDRESS = re.compile(r"://|@|www\.|\w\.[a-z]{2}")
_MAY_BE_ADDRESS = re.compile(r"[@.:](?=\S)|@")
_LONG_TEXT = 120
"""The letters from which on the last word of a paragraph stays whole; one alone is divided."""

_MOST_WORDS = 100_000
_DIGITS = re.compile(r"[0-9]")
_NO_PATTERNS = re.compile(rb"^[%#A-Z].*|[ \t\r]+$", re.MULTILINE)
_NUMBERS = re.compile(r"(\d?)(\D?)")
_HEX = re.compile(r"\^{2}([0-9a-f]{2})")
_ENCODINGS = {b"microsoft-cp1251": "cp1251"}

_SAMPLE = 60_000
_TAG = re.compile("<[^>]*>")
_SPELT = re.compile("[a-z]{4,}")
_AMERICAN_REGIONS = frozenset(("US", "CA", "PH", "PR"))
_OUR = (
    "arb|ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|harb|hon|hum|lab|neighb|od|parl|"
    "rig|rum|savi|sav|splend|tum|val|vap|vig"
)
_DOUBLED = "cancel|channel|counsel|dial|fuel|label|level|marvel|model|quarrel|signal|total|travel"
_BRITISH = (
    rf"(?:{_OUR})our\w*|(?:cent|theat|fib|lit|calib|somb|\w+met)re[sd]?"
    r"|\w{3,}isations?|\w+(?:al|an|ar|as|er|gn|ic|il|im|it|og|or|rn)is(?:e[sd]?|ing)"
    rf"|(?:anal|paral|catal)ys(?:ed?|ing)|(?:{_DOUBLED})l(?:ed|ing|ers?)"
    r"|(?:def|off|pret)ences?|grey\w*|programmes?|whilst|aluminium"
)
_AMERICAN = (
    rf"(?:{_OUR})or(?:s|ed|ing|ful|able|ite|less|hood|al)*"
    r"|(?:cent|theat|fib|lit|calib|somb|kilomet|centimet|millimet)er(?:s|ed)?"
    rf"|(?:anal|paral|catal)yz(?:e[sd]?|ing)|(?:{_DOUBLED})(?:ed|ing|ers?)"
    r"|(?:def|off|pret)enses?|gray\w*|gotten|aluminum"
)
"""Words that are spelt otherwise on the other side of the Atlantic."""

_IZE = r"\w{3,}iz(?:e[sd]?|ing|ations?)"
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
        sum(map(bool, map(re.compile(spelling).fullmatch, words)))
        for spelling in (_BRITISH, _AMERICAN, _IZE)
    )
    return "en-GB" if british > american + ize * _WEIGHT_OF_IZE else "en-US"


@cache
def divider(language: str) -> Divide | None:
    """Return a function that puts soft hyphens into words, None if there are no patterns."""
    file = _file(language)
    return _divider_of(file) if file else None


def _file(language: str) -> Path | None:
    """Return the file with the patterns of a language tag, or of its first parts.

    The files are those of pyphen. It parses all patterns at once, which takes a second for German.
    """
    spec = find_spec("pyphen")
    folder = Path((spec and spec.origin) or "").with_name("dictionaries")
    files: dict[str, Path] = {}
    for file in sorted(folder.glob("hyph_*.dic")):
        name = file.stem.removeprefix("hyph_").lower()
        files[name] = file
        files.setdefault(name.split("_")[0], file)
    parts = language.lower().replace("-", "_").split("_")
    tags = ("_".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((files[tag] for tag in tags if tag in files), None)


@cache
def _divider_of(file: Path) -> Divide:
    return _Divider(file).__getitem__


class _Divider(dict[str, str]):
    """Pieces of text between spaces with soft hyphens, found when they are first asked for.

    The method is that of Franklin Mark Liang, "Word Hy-phen-a-tion by Com-put-er", Stanford
    University, 1983. Words with capitals inside stay whole.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._patterns = _Patterns(file)

    def __missing__(self, piece: str) -> str:
        if len(self) >= _MOST_WORDS:
            self.clear()
        words = _WORDS.split(piece)  # every second one is such a word
        words[1::2] = map(self._divided, words[1::2])
        found = self[piece] = "".join(words)
        return found

    def _divided(self, word: str) -> str:
        if not word[1:].islower():
            return word
        numbers, done, parts = self._numbers(f".{word.lower()}."), 0, list[str]()
        for place in range(_LEFT, len(word) - _RIGHT + 1):
            if numbers[place + 1] > 0 and numbers[place + 1] % 2:
                parts.append(word[done:place])
                done = place
        return SOFT_HYPHEN.join((*parts, word[done:]))

    def _numbers(self, letters: str) -> list[int]:
        """Return the highest number of all patterns before each letter, odd for a division."""
        numbers, patterns, lines = [0] * len(letters), self._patterns, self._patterns.lines
        for start in range(len(letters)):
            for end in range(start + 1, min(len(letters), start + patterns.longest) + 1):
                if (piece := letters[start:end]) in lines:
                    for place, number in enumerate(patterns[piece], start):
                        if place < len(numbers) and abs(number) >= abs(numbers[place]):
                            numbers[place] = number
        return numbers


class _Patterns(dict[str, tuple[int, ...]]):
    """The numbers before each letter of a pattern, read the first time that they are asked for.

    A negative one divides with other letters, which would stand within a line as well. ``lines``
    are the patterns as they are written, ``a1b``, by their letters.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        name, _, data = file.read_bytes().partition(b"\n")
        encoding = _ENCODINGS.get(name.strip().lower(), name.strip().decode("ascii"))
        data = _NO_PATTERNS.sub(b"", data)
        lines = data.decode(encoding).split("\n")
        letters = data.translate(None, b"0123456789").decode(encoding).split("\n")
        pairs = zip(letters, lines, strict=True)
        self.lines = {key: line for key, line in pairs if key != line}
        for line in [line for key, line in self.lines.items() if "=" in key or "^^" in key]:
            read = _HEX.sub(lambda match: chr(int(match[1], 16)), line)
            self.lines[_DIGITS.sub("", read.split("/")[0])] = read
        self.longest = max(map(len, self.lines))

    def __missing__(self, letters: str) -> tuple[int, ...]:
        line, _, other = self.lines[letters].partition("/")
        numbers = [int(number or 0) for number, _ in _NUMBERS.findall(line)]
        if other:
            numbers = [-number if number % 2 else number for number in numbers]
        found = self[letters] = tuple(numbers)
        return found


def hyphener(language: str) -> Callable[[Runs], Runs] | None:
    """Return a function that divides the words of runs, None if there are no patterns."""
    divide = divider(language)
    return None if divide is None else lambda runs: divided(runs, divide)


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
        pieces.append(" ".join(map(divide, text[done:start].split(" "))))
        pieces.append(text[start:stop])
        done = stop
    return "".join(pieces)


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the words that hold a URL or an e-mail address."""
    stop = 0
    if not _MAY_BE_ADDRESS.search(text) and "www." not in text:
        return  # quickly
    for match in _ADDRESS.finditer(text):
        if match.start() >= stop:
            start = text.rfind(" ", stop, match.start()) + 1 or stop
            stop = text.find(" ", match.end())
            stop = len(text) if stop < 0 else stop
            yield start, stop
