"""How well encodings are told: real pages written in others, with a right label, none, a wrong one.

A page counts as right where 99 % of its characters outside ASCII come back.
"""

import gzip
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from reader.ingest.decode import decode

_ENCODINGS = {
    "ru": ("cp1251", "koi8-r"), "uk": ("cp1251",), "bg": ("cp1251",), "ja": ("shift_jis", "euc-jp"),
    "zh": ("gb2312", "gbk", "big5"), "ko": ("euc-kr",), "pl": ("iso-8859-2", "cp1250"),
    "cs": ("iso-8859-2", "cp1250"), "hu": ("iso-8859-2", "cp1250"), "de": ("cp1252",),
    "fr": ("cp1252",), "es": ("cp1252",), "it": ("cp1252",), "pt": ("cp1252",), "sv": ("cp1252",),
    "nl": ("cp1252",), "ar": ("cp1256",), "tr": ("cp1254",), "el": ("cp1253",), "he": ("cp1255",),
}  # fmt: skip
_LABEL = re.compile(r"<meta[^>]*charset[^>]*>|<\?xml[^>]*>", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]*\blang=[\"']?([a-z]{2})", re.IGNORECASE)
_RIGHT = 0.99
_FEWEST = 200
_MOST_LOST = 0.002


def measure(folder: Path) -> list[Figure]:
    """Return how many cases of the pages of a folder are right, per label, and what one takes."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    taken = 0.0
    for page, encoding in _cases(folder):
        for kind, label in (("right", encoding), ("no", ""), ("wrong", _wrong(encoding))):
            meta = f'<meta charset="{label}">' if label else ""
            text = page.replace("<head>", "<head>" + meta, 1)
            data = text.encode(encoding, "xmlcharrefreplace")
            before = time.process_time()
            found = decode(data)
            taken += time.process_time() - before
            asked[kind] += 1
            right[kind] += _is_right(data.decode(encoding), found)
    figures = [Figure(f"encodings, {kind} label: right, of {n}", right[kind], "")
               for kind, n in asked.items()]  # fmt: skip
    whole = sum(asked.values())
    return [*figures, Figure("encodings: CPU a page", 1000 * taken / whole, "ms")] if whole else []


def _cases(folder: Path) -> Iterator[tuple[str, str]]:
    for each in sorted([*folder.rglob("*.html.gz"), *folder.rglob("source.html")]):
        data = each.read_bytes()
        data = gzip.decompress(data) if each.suffix == ".gz" else data
        page = _LABEL.sub("", data.decode("utf-8", "replace"))
        language = _LANGUAGE.search(page)
        if language is None or sum(ord(sign) > 127 for sign in page) < _FEWEST:
            continue
        for encoding in (*_ENCODINGS.get(language[1].lower(), ()), "utf-8"):
            lost = len(page) - len(page.encode(encoding, "ignore").decode(encoding))
            if lost <= max(20, _MOST_LOST * len(page)):
                yield page, encoding


def _wrong(encoding: str) -> str:
    return "windows-1252" if encoding == "utf-8" else "utf-8"


def _is_right(wanted: str, found: str) -> bool:
    one = Counter(sign for sign in wanted if ord(sign) > 127)
    other = Counter(sign for sign in found if ord(sign) > 127)
    return sum((one & other).values()) >= _RIGHT * sum(one.values())
