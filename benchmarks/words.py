"""Text for benchmarks with natural word frequencies; the same seed gives the same text.

Word frequencies follow the Zipf–Mandelbrot law (B. Mandelbrot, 1953).
"""

import random
from collections.abc import Iterator
from itertools import accumulate

_SYLLABLES = [
    a + b for a in ("b", "d", "f", "k", "l", "m", "n", "p", "r", "s", "t", "v") for b in "aeiou"
]
_TYPES = 20_000
_SHIFT = 2.7


class Words:
    """A made-up language of 20,000 words."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._words = [self._word() for _ in range(_TYPES)]
        self._weights = list(accumulate(1 / (rank + _SHIFT) for rank in range(_TYPES)))

    def sentence(self, words: int) -> str:
        """Return that many words as a sentence."""
        chosen = self._chance.choices(self._words, cum_weights=self._weights, k=words)
        return " ".join(chosen).capitalize() + "."

    def paragraph(self, words: int) -> str:
        """Return about that many words in sentences of 8 to 24 words."""
        sentences: list[str] = []
        while words > 0:
            length = self._chance.randint(8, 24)
            sentences.append(self.sentence(min(length, words)))
            words -= length
        return " ".join(sentences)

    def paragraphs(self, characters: int) -> Iterator[str]:
        """Yield paragraphs of 40 to 120 words until there are that many characters."""
        while characters > 0:
            text = self.paragraph(self._chance.randint(40, 120))
            characters -= len(text)
            yield text

    def _word(self) -> str:
        return "".join(self._chance.choices(_SYLLABLES, k=self._chance.choice((1, 2, 2, 3, 4))))
