"""Articles to search: a made-up language of 250,000 words, and some languages without spaces.

Word frequencies follow the Zipf–Mandelbrot law (B. Mandelbrot, 1953), lengths are log-normal, and
an article repeats words of its own, as articles do. The same seed gives the same articles.
"""

import random
from itertools import accumulate

TYPES = 250_000
_ONSETS = (
    "s t c p m b d f r l h g n w st th ch pr tr sh gr br cl pl fl dr v j k qu str sp y z".split()
)
_VOWELS = "e a i o u ea ou io ai ee oo au".split()
_CODAS = ["", "", "", "n", "r", "s", "t", "l", "nd", "nt", "st", "ng", "m", "ck", "x", "p"]
_SHIFT = 2.7
_TOPIC = 25
_TOPIC_SHARE = 0.2
_HAN = [chr(0x4E00 + 7 * n) for n in range(1500)]
_KANA = [chr(0x3042 + n) for n in range(80)]
_THAI = [chr(0x0E01 + n) for n in range(46)] + list("ะาเแโใไ") + ["ั", "ิ", "ี", "่", "้"]
_HANGUL = [chr(0xAC00 + 28 * n) for n in range(399)] + [chr(0xAC04 + 28 * n) for n in range(399)]


class Language:
    """Words, the most frequent first."""

    def __init__(self, chance: random.Random, words: list[str], gap: str = " ") -> None:
        self.words = words
        self._chance = chance
        self._gap = gap
        self._weights = list(accumulate(1 / (rank + _SHIFT) for rank in range(len(words))))

    def draw(self, count: int) -> list[str]:
        """Return some words by their frequencies."""
        return self._chance.choices(self.words, cum_weights=self._weights, k=count)

    def text(self, count: int) -> str:
        """Return about so many words on a subject, as paragraphs in HTML."""
        topic = self._chance.sample(range(200, len(self.words)), _TOPIC)
        words = self.draw(count)
        for at in self._chance.sample(range(count), int(count * _TOPIC_SHARE)):
            words[at] = self.words[topic[int(self._chance.random() ** 2 * _TOPIC)]]
        parts = [words[start : start + 80] for start in range(0, count, 80)]
        return "\n".join(f"<p>{self._gap.join(part)}.</p>" for part in parts)


def languages(seed: int = 11) -> list[Language]:
    """Return the language of most articles, then Japanese, Thai and Korean, more or less."""
    chance = random.Random(seed)
    main: dict[str, None] = {}
    while len(main) < TYPES:
        main[_word(chance, len(main))] = None
    return [
        Language(chance, [*main]),
        Language(chance, _joined(chance, (_HAN, _HAN, _KANA), 40_000), ""),
        Language(chance, _joined(chance, (_THAI,), 20_000, 3), ""),
        Language(chance, _joined(chance, (_HANGUL,), 40_000)),
    ]


def _word(chance: random.Random, rank: int) -> str:
    """Return a word; frequent ones are short."""
    most = 1 if rank < 300 else 2 if rank < 20_000 else 3
    syllables = chance.randint(max(1, most - 1), most)
    return "".join(
        _one(chance, _ONSETS) + _one(chance, _VOWELS) + _one(chance, _CODAS)
        for _ in range(syllables)
    )


def _one(chance: random.Random, choices: list[str]) -> str:
    return choices[int(chance.random() ** 1.6 * len(choices))]


def _joined(
    chance: random.Random, scripts: tuple[list[str], ...], types: int, least: int = 1
) -> list[str]:
    joined: dict[str, None] = {}
    while len(joined) < types:
        script = chance.choice(scripts)
        joined["".join(_one(chance, script) for _ in range(chance.randint(least, least + 2)))] = (
            None
        )
    return [*joined]
