"""The tokenizer of the index: no case or accents, bigrams in scripts without spaces.

Chinese, Japanese, Thai and others are written without spaces, and Korean joins particles to words.
Text in such a script is indexed as its bigrams and the last character alone: 日本語 becomes 日本
本語 語. So every part of it is found as a phrase of bigrams.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Any

import apsw

# The same as in the migration that creates the index.
_TOKENIZER = ("unicode61", ["remove_diacritics", "2", "categories", "L* M* N* Co"])

# Thai, Lao, Burmese, Khmer, Korean, Japanese, Chinese: letters and marks without punctuation.
_LETTERS = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0eda\u0edc-\u0edf\u1000-\u103f\u1050-\u109d\u1780-\u17d3"
    "\u1100-\u11ff\uac00-\ud7a3\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
)
_RUN = re.compile(f"[{_LETTERS}]+")
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


def indexed(text: str) -> str:
    """Return a text in the form of the index."""
    text = whole(text)
    return text if text.isascii() else _RUN.sub(lambda run: _pairs(run[0], last=True), text)


def asked(text: str) -> str:
    """Return the text of a query in the form of the index.

    The index has a single last character only at the end of a run, and the query may match
    the middle of one. So it is left out at the end of the query.
    """
    text = whole(text)
    end = len(text)
    return _RUN.sub(lambda run: _pairs(run[0], last=run.end() < end), text)


def is_joined(text: str) -> bool:
    """Return whether a text has characters of a script without spaces."""
    return not text.isascii() and _RUN.search(text) is not None


def split(connection: apsw.Connection, text: str) -> list[str]:
    """Return the words of a text, tokenized and folded by FTS5."""
    tokenizer = connection.fts5_tokenizer(*_TOKENIZER)
    kind = apsw.FTS5_TOKENIZE_DOCUMENT
    found: Any = tokenizer(
        text.encode(), kind, None, include_offsets=False, include_colocated=False
    )
    return list(found)


def placed(connection: apsw.Connection, data: bytes) -> list[tuple[int, int, str]]:
    """Return the words of a text in UTF-8: start and end byte, and the folded word."""
    tokenizer = connection.fts5_tokenizer(*_TOKENIZER)
    found: Any = tokenizer(data, apsw.FTS5_TOKENIZE_DOCUMENT, None)
    return list(found)


def _pairs(run: str, *, last: bool) -> str:
    pairs = [one + other for one, other in pairwise(run)]
    alone = [run[-1]] if last or not pairs else []
    return f" {' '.join(pairs + alone)} "
