"""Text read whole or damaged, and made comparable: what lists are sorted by, how alike two are."""

import re
import unicodedata

_SHINGLE = 5
_MARKUP = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"(\d{1,18})")
_WORD = re.compile(r"\w+")

LAST = "\U0010ffff"
"""Sorts after every letter: ``BETWEEN start AND start + LAST`` is all that begins so."""


def decoded(text: bytes | None) -> str:
    """Return a text that was read as bytes: a letter the disk has damaged costs no other one."""
    return (text or b"").decode(errors="replace")


def storable(text: str) -> str:
    """Return a text without what no database keeps whole: NUL, and halves of letters.

    Halves that belong together (from JSON, or a file name of Windows) become their letter.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "") if "\0" in text else text


def digest(text: str) -> str:
    """Return a uid made from a text: the same on every device, and it does not tell the text."""
    from hashlib import blake2b  # a start without changes does not pay for it

    return blake2b(text.encode(), digest_size=16).hexdigest()


def sort_key(text: str) -> str:
    """Return what a title or site is sorted by: no case, no accents, no leading signs."""
    kept = _plain(text)
    start = next((index for index, each in enumerate(kept) if each.isalnum()), 0)
    return kept[start:][:200]


def natural_key(text: str) -> list[str | int]:
    """Return what names are sorted by: no case, no accents, and 2 before 10."""
    return [int(each) if each.isdecimal() else each for each in _NUMBER.split(_plain(text))]


def _plain(text: str) -> str:
    """Return small letters without accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each))


def resemblance(one: str, other: str) -> float:
    """Return how much of the shorter of two texts in HTML is in the other, 0 to 1.

    Measured on what each five words in a row say (shingles, after Broder 1997).
    """
    mine, its = _shingles(one), _shingles(other)
    return len(mine & its) / (min(len(mine), len(its)) or 1)


def _shingles(html: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(_MARKUP.sub(" ", html).casefold())
    size = min(_SHINGLE, len(words))
    return set(zip(*(words[start:] for start in range(size)), strict=False)) if size else set()
