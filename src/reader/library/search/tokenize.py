"""The tokenizer of the index: folded words, bigrams in scripts without spaces.

Chinese, Japanese, Thai and others are written without spaces, and Korean joins particles to words.
Text in such a script is indexed as its bigrams and the last character alone: 日本語 becomes 日本
本語 語. So every part of it is found as a phrase of bigrams.

C++, C# and their like are words: one or two letters keep the signs behind them.
"""

import re
import unicodedata
from functools import cached_property
from itertools import pairwise
from typing import Any

import apsw

from reader import folding

# The same as in the migration that creates the index.
_TOKENIZER = ("unicode61", ["remove_diacritics", "2", "categories", "L* M* N* Co"])

# Thai, Lao, Burmese, Khmer, Korean, Japanese, Chinese: letters and marks without punctuation.
_LETTERS = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0eda\u0edc-\u0edf\u1000-\u103f\u1050-\u109d\u1780-\u17d3"
    "\u1100-\u11ff\uac00-\ud7a3\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
)
_RUN = re.compile(f"[{_LETTERS}]+")
_SIGNED = re.compile(r"(?<!\w)([a-z]{1,2})(\+\+|#(?!\w))")
_PLUS, _SHARP = "\ue02b", "\ue023"
_INLINE = re.compile(r"</?(?:a|em|strong|code|u|s|mark|small|sub|sup|img)\b[^>]*>")
_MARKUP = re.compile(r"<[^>]*>")


def plain(html: str) -> str:
    """Return the text of canonical HTML, with a line end between blocks."""
    text = _MARKUP.sub("\n", _INLINE.sub("", html))
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


def whole(text: str) -> str:
    """Return a text in Unicode form NFKC, without characters that SQLite cannot store."""
    if text.isascii():
        return text.replace("\0", " ")
    sound = text.encode("utf-8", "replace").decode().replace("\0", " ")
    return unicodedata.normalize("NFKC", sound)


def folded(text: str) -> str:
    """Return a text without case and accents, in which the signs of C++ and C# are letters.

    Private characters stand for the signs, because the tokenizer takes them for letters.
    """
    text = folding.folded(text)
    return _SIGNED.sub(_with_letters, text) if "#" in text or "++" in text else text


def _with_letters(match: re.Match[str]) -> str:
    name, signs = match.groups()
    return f"{name}{_SHARP}" if signs == "#" else f"{name}{_PLUS} "


def indexed(text: str) -> str:
    """Return a text in the form of the index."""
    text = folded(whole(text))
    return text if text.isascii() else _RUN.sub(lambda run: _pairs(run[0], last=True), text)


def asked(text: str) -> str:
    """Return the text of a query in the form of the index.

    The index has a single last character only at the end of a run, and the query may match
    the middle of one. So it is left out at the end of the query.
    """
    text = folded(whole(text))
    end = len(text)
    return _RUN.sub(lambda run: _pairs(run[0], last=run.end() < end), text)


def is_joined(text: str) -> bool:
    """Return whether a text has characters of a script without spaces."""
    return not text.isascii() and _RUN.search(text) is not None


def split(connection: apsw.Connection, text: str) -> list[str]:
    """Return the words of a folded text."""
    tokenizer = connection.fts5_tokenizer(*_TOKENIZER)
    kind = apsw.FTS5_TOKENIZE_DOCUMENT
    found: Any = tokenizer(
        text.encode(), kind, None, include_offsets=False, include_colocated=False
    )
    return list(found)


class Placed:
    """The words of a text as they are searched, and where they stand in the text.

    ``words`` are their start and end byte in the folded text, and the folded word.
    """

    def __init__(self, connection: apsw.Connection, text: str) -> None:
        self._text = text
        sought = folded(text)
        self._data = sought.encode("utf-8", "replace")
        self._is_plain = text.isascii() and sought.isascii()
        tokenizer = connection.fts5_tokenizer(*_TOKENIZER)
        found: Any = tokenizer(self._data, apsw.FTS5_TOKENIZE_DOCUMENT, None)
        self.words: list[tuple[int, int, str]] = list(found)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the start and end in the text, in characters, of bytes of the folded text."""
        if self._is_plain:
            return start, end
        first = len(self._data[:start].decode())
        last = len(self._data[:end].decode()) - 1
        return self._origin(first)[0], _end(self._text, self._origin(last)[1])

    def _origin(self, at: int) -> tuple[int, int]:
        """Return the characters of the text that one of the folded text comes from."""
        more = 0  # characters of the folded text, so far
        for place, size, made in self._odd:
            if at < place + more:
                break
            if at < place + more + made:
                return place, place + size
            more += made - size
        return at - more, at - more + 1

    @cached_property
    def _odd(self) -> list[tuple[int, int, int]]:
        """The places that have another length when they are folded, and both lengths."""
        signs = "".join(sign for sign in {*self._text} if len(folding.LETTERS[ord(sign)]) != 1)
        pattern = f"{folding.PARTED.pattern}|[{re.escape(signs)}]" if signs else folding.PARTED
        return [
            (match.start(), len(match[0]), len(folding.folded(match[0])))
            for match in re.finditer(pattern, self._text)
        ]


def _end(text: str, end: int) -> int:
    """Return the end of a word behind its last folded letter: vowel marks and C++ have more."""
    end += text[end - 1 : end + 1] == "++"
    while end < len(text) and _is_mark(text[end]):
        end += 1
    return end


def _is_mark(letter: str) -> bool:
    return not folding.LETTERS[ord(letter)] or unicodedata.combining(letter) > 0


def _pairs(run: str, *, last: bool) -> str:
    pairs = [one + other for one, other in pairwise(run)]
    alone = [run[-1]] if last or not pairs else []
    return f" {' '.join(pairs + alone)} "
