"""Text: decoding and cleaning, sort keys, digests and similarity."""

import re
import unicodedata

_SHINGLE = 5
_MARKUP = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"(\d{1,18})")
_WORD = re.compile(r"\w+")

LAST = "\U0010ffff"
"""Sorts after every letter: ``BETWEEN start AND start + LAST`` is all that begins so."""


def decoded(text: bytes | None) -> str:
    """Decode UTF-8; replace damaged characters and keep all others."""
    return (text or b"").decode(errors="replace")


def storable(text: str) -> str:
    """Return a text without NUL characters and lone surrogates, which SQLite cannot store.

    A pair of surrogates (from JSON, or a Windows file name) becomes its character.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "") if "\0" in text else text


def digest(text: str) -> str:
    """Return a uid derived from a text: the same on every device, without revealing the text."""
    from hashlib import blake2b  # imported lazily for a fast start

    return blake2b(text.encode(), digest_size=16).hexdigest()


def sort_key(text: str) -> str:
    """Return the sort key of a title or site: no case, accents or leading punctuation."""
    kept = _plain(text)
    start = next((index for index, each in enumerate(kept) if each.isalnum()), 0)
    return kept[start:][:200]


def natural_key(text: str) -> list[str | int]:
    """Return the sort key of a name: no case or accents, and 2 before 10."""
    return [int(each) if each.isdecimal() else each for each in _NUMBER.split(_plain(text))]


def _plain(text: str) -> str:
    """Return a text in lower case without accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each))


def resemblance(one: str, other: str) -> float:
    """Return the share of the shorter of two HTML texts that the other contains, 0 to 1.

    It compares shingles of five consecutive words (Broder 1997).
    """
    mine, its = _shingles(one), _shingles(other)
    return len(mine & its) / (min(len(mine), len(its)) or 1)


def _shingles(html: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(_MARKUP.sub(" ", html).casefold())
    size = min(_SHINGLE, len(words))
    return set(zip(*(words[start:] for start in range(size)), strict=False)) if size else set()
