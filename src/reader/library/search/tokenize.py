"""Words as the index knows them: no case, no accents, pairs of letters where no spaces are.

Chinese, Japanese, Thai and others are written without spaces, Korean joins particles to its
words. What stands in such a script is entered as all its pairs of neighbouring letters, and the
last letter alone: 日本語 becomes 日本 本語 語. So every part of it is found as a phrase of pairs.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Any

import apsw

# As in the migration that makes the index.
_TOKENIZER = ("unicode61", ["remove_diacritics", "2", "categories", "L* M* N* Co"])

# Thai, Lao, Burmese, Khmer, Korean, Japanese, Chinese: their letters and marks, no signs.
_LETTERS = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0eda\u0edc-\u0edf\u1000-\u103f\u1050-\u109d\u1780-\u17d3"
    "\u1100-\u11ff\uac00-\ud7a3\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
)
_RUN = re.compile(f"[{_LETTERS}]+")
_INLINE = re.compile(r"</?(?:a|em|strong|code|u|s|mark|small|sub|sup|img)\b[^>]*>")
_MARKUP = re.compile(r"<[^>]*>")


def plain(html: str) -> str:
    """Return what canonical HTML says, its blocks apart by line ends."""
    text = _MARKUP.sub("\n", _INLINE.sub("", html))
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


def whole(text: str) -> str:
    """Return foreign text in one way of writing: letters of one width, nothing SQLite refuses."""
    if text.isascii():
        return text.replace("\0", " ")
    sound = text.encode("utf-8", "replace").decode().replace("\0", " ")
    return unicodedata.normalize("NFKC", sound)


def indexed(text: str) -> str:
    """Return a text as it is entered into the index."""
    text = whole(text)
    return text if text.isascii() else _RUN.sub(lambda run: _pairs(run[0], last=True), text)


def asked(text: str) -> str:
    """Return what a person looks for as it stands in the index.

    The last letter alone is only there where the text ends; what is asked for may go on.
    """
    text = whole(text)
    end = len(text)
    return _RUN.sub(lambda run: _pairs(run[0], last=run.end() < end), text)


def is_joined(text: str) -> bool:
    """Return whether there are letters of a script without spaces."""
    return not text.isascii() and _RUN.search(text) is not None


def split(connection: apsw.Connection, text: str) -> list[str]:
    """Return the words of a text, folded, as FTS5 does it."""
    tokenizer = connection.fts5_tokenizer(*_TOKENIZER)
    kind = apsw.FTS5_TOKENIZE_DOCUMENT
    found: Any = tokenizer(
        text.encode(), kind, None, include_offsets=False, include_colocated=False
    )
    return list(found)


def placed(connection: apsw.Connection, data: bytes) -> list[tuple[int, int, str]]:
    """Return the words of a text in UTF-8: first byte, byte after the last, folded word."""
    tokenizer = connection.fts5_tokenizer(*_TOKENIZER)
    found: Any = tokenizer(data, apsw.FTS5_TOKENIZE_DOCUMENT, None)
    return list(found)


def _pairs(run: str, *, last: bool) -> str:
    pairs = [one + other for one, other in pairwise(run)]
    alone = [run[-1]] if last or not pairs else []
    return f" {' '.join(pairs + alone)} "
