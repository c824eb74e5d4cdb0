"""Text as it is searched: without case, accents and vowel marks, with one kind of each sign.

Letters with strokes and ligatures follow the transliteration Latin-ASCII of the Unicode CLDR, the
forms of Arabic and Persian letters the normalization of Apache Lucene.
"""

import re
import unicodedata

_SIGNS = {
    **dict.fromkeys("‘’‚‛′ʼʻ", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("\u2028\t", " "),
    **dict.fromkeys("\u0649\u06cc", "\u064a"),  # alef maksura, Farsi yeh: yeh
    "\u0629": "\u0647", "\u0671": "\u0627", "\u06a9": "\u0643",  # teh marbuta, alef wasla, keheh
    "…": "...", "⁄": "/", "♯": "#", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i",
    "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ŋ": "n", "ĸ": "q", "ـ": "",
}  # fmt: skip
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a]"
)
_WHOLE = re.compile("[\u3041-\u30ff\uac00-\ud7a3]")
"""Kana and Korean syllables: their parts are letters, but not what one searches for."""

PARTED = re.compile("[\u3041-\u30ff][\u3099\u309a]|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?")
"""Kana and Korean syllables that are written in parts (NFD)."""
_PARTS = re.compile("[\u3099\u309a\u1160-\u11a7]")
_UNUSUAL = re.compile(r"[^\n -~]+")


class _Table(dict[int, str]):
    """The folded form of each character, computed when it is first needed."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _letter(chr(code))
        return folded


def _letter(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in ("Cf", "Cc") and sign not in "\n\t":
        return ""
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if _WHOLE.match(sign):
        return sign
    parts = unicodedata.normalize("NFKD", _SIGNS.get(sign, sign)).casefold()
    parts = _ACCENTS.sub("", unicodedata.normalize("NFKD", parts))
    return "".join(_SIGNS.get(part, part) for part in parts)


class _CasedTable(dict[int, str]):
    """The same form of each character, with the case that it has."""

    def __missing__(self, code: int) -> str:
        small = LETTERS[code]
        cased = self[code] = small.upper() if chr(code).isupper() else small
        return cased


LETTERS = _Table()
"""The folded form of each character by its code point: none, one or several characters."""

CASED = _CasedTable()
"""The folded form of each character that keeps its case."""


def folded(text: str, *, cased: bool = False) -> str:
    """Return a text as it is searched; if ``cased``, capital letters stay as they are."""
    same, letters = (text, CASED) if cased else (text.lower(), LETTERS)
    if not same.isascii():
        same = PARTED.sub(_joined, same) if is_parted(same) else same
    elif same.replace("\n", "").isprintable():  # nearly always, and quicker to find out
        return same
    return _UNUSUAL.sub(lambda match: match[0].translate(letters), same)


def is_parted(text: str) -> bool:
    """Return whether a text may have syllables in parts, which is found sooner than they are."""
    return _PARTS.search(text) is not None


def _joined(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[0])
