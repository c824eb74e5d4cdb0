"""An anchor: a point in the text of an article that survives another layout or extraction.

It follows the Web Annotation Data Model (W3C Recommendation, 2017): a position in the text, as
its TextPositionSelector, and the words there, as its TextQuoteSelector. ``body.anchors`` makes
anchors and finds them again.
"""

import math
from typing import NamedTuple

LONGEST = 400
"""The most bytes that an anchor takes as text."""

_MOST = 2**31 - 1


class Anchor(NamedTuple):
    """A top-level block, an offset in its text, and the words there, before them and after.

    An anchor without words comes from an older library: its offset counts the characters that
    the page had at that time. ``Anchor()`` is the beginning of the page.
    """

    block: int = 0
    offset: int = 0
    prefix: str = ""
    exact: str = ""
    suffix: str = ""

    @property
    def has_quote(self) -> bool:
        """Whether there are words to find it by."""
        return bool(self.prefix or self.exact or self.suffix)

    def __str__(self) -> str:
        """Write it as JSON in one line, or, if it has no words, as ``block:offset``."""
        if not self.has_quote:
            return f"{self.block}:{self.offset}"
        import json  # imported lazily: a list of articles does not need it

        return json.dumps(self._asdict(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def parse(cls, text: str) -> "Anchor":
        """Parse the output of ``str``; return the beginning of the page if it is invalid."""
        if len(text) > LONGEST:
            return cls()
        if text.startswith("{"):
            return cls._of_json(text)
        block, _, offset = text.partition(":")
        if block.isdecimal() and offset.isdecimal():
            return cls(min(int(block), _MOST), min(int(offset), _MOST))
        return cls()

    @classmethod
    def _of_json(cls, text: str) -> "Anchor":
        import json

        try:
            read = json.loads(text)
            made = cls(*(read.pop(name) for name in cls._fields))
            "".join((made.prefix, made.exact, made.suffix)).encode()  # rejects lone surrogates
        except (ValueError, TypeError, KeyError, RecursionError):
            return cls()
        numbers = all(type(each) is int and 0 <= each <= _MOST for each in made[:2])
        words = all(type(each) is str for each in made[2:])
        return made if numbers and words and not read else cls()


class Reached(NamedTuple):
    """A place that reading came to: the share of the article above it, 0 to 1, and its anchor.

    ``Reached()`` is none.
    """

    share: float = 0.0
    anchor: Anchor = Anchor()

    def __str__(self) -> str:
        """Write it as the share and the anchor, ``""`` if it is none."""
        return f"{float(round(self.share, 4))} {self.anchor}" if self.share > 0 else ""

    @classmethod
    def parse(cls, text: str) -> "Reached":
        """Parse the output of ``str``; return none if it is invalid."""
        share, _, anchor = text.partition(" ")
        try:
            read = float(share)
        except ValueError:
            return cls()
        if not (math.isfinite(read) and 0 < read <= 1):
            return cls()
        return cls(read, Anchor.parse(anchor))
