"""Letters of several scripts in a text: their spaces, and the typefaces of their signs.

There is no space within words whose letters join, and a little one between ideographs and Latin.
Both belong to the format of a letter, so that the text stays as it is written.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from PySide6.QtGui import QTextCharFormat

from reader.document.formats import Formats, set_spacing

_BETWEEN_EM = 0.14
# Arabic, Syriac, Thaana, N'Ko, Mandaic, the scripts of India, Tibetan, Mongolian, and their forms
_JOINED = (
    "\u0600-\u085f\u0860-\u0dff\u0f00-\u0fff\u1800-\u18af\ua8e0-\ua8ff"
    "\ufb50-\ufdff\ufe70-\ufefc\u200c\u200d"
)
_IDEOGRAPH = "\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LATIN = "0-9A-Za-z\u00c0-\u024f\u0370-\u052f"
_FULL = rf"{_IDEOGRAPH}\u3001-\u303f\uff00-\uffef"
_SIGNS = "[\u2018\u2019\u201c\u201d\u2026\u2014]+"

# Their many letters take long to compile, and few articles need them.


@cache
def _joined_words() -> re.Pattern[str]:
    return re.compile(rf"[{_JOINED}]+(?:\s+[{_JOINED}]+)*")


@cache
def _parted_letters() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>[{_IDEOGRAPH}](?=[{_LATIN}])|[{_LATIN}%](?=[{_IDEOGRAPH}]))"
        rf"|(?P<sign>(?<=[{_FULL}]){_SIGNS}|{_SIGNS}(?=[{_FULL}]))"
    )


def parted(
    text: str, chars: QTextCharFormat, formats: Formats
) -> Iterator[tuple[str, QTextCharFormat]]:
    """Yield the pieces of a text with their formats: those that have other spaces stand alone."""
    if formats.look.letter_spacing and _joined_words().search(text):
        joined = QTextCharFormat(chars)
        set_spacing(joined, 0.0)
        yield from _pieces(text, _joined_words(), chars, {None: joined})
    elif formats.script.parted:
        before, sign = QTextCharFormat(chars), QTextCharFormat(chars)
        set_spacing(before, formats.look.letter_spacing + _BETWEEN_EM)
        # Latin typefaces have these signs as well, too narrow and too low.
        sign.setFontFamilies([*formats.families_of_script, *chars.fontFamilies()])
        yield from _pieces(text, _parted_letters(), chars, {"before": before, "sign": sign})
    else:
        yield text, chars


def _pieces(
    text: str,
    pattern: re.Pattern[str],
    chars: QTextCharFormat,
    others: Mapping[str | None, QTextCharFormat],
) -> Iterator[tuple[str, QTextCharFormat]]:
    """Yield the matches of a pattern in other formats, by the names of the groups that matched."""
    done = 0
    for match in pattern.finditer(text):
        if match.start() > done:
            yield text[done : match.start()], chars
        yield match[0], others[match.lastgroup]
        done = match.end()
    if done < len(text):
        yield text[done:], chars
