"""Detection of encodings: pages in many of them, with a right label, none, and a wrong one.

A page counts as right if 99 % of its characters outside ASCII are decoded correctly.
"""

import gzip
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.tongues import SENTENCES
from reader.ingest.decode import decode

OWN = {
    "ru": ("cp1251", "koi8-r"), "ja": ("shift_jis", "euc-jp"), "zh-hans": ("gb2312", "gbk"),
    "zh-hant": ("big5",), "ko": ("euc-kr",), "pl": ("iso-8859-2", "cp1250"),
    "cs": ("iso-8859-2", "cp1250"), "de": ("cp1252",), "fr": ("cp1252",), "es": ("cp1252",),
    "ar": ("cp1256",),
}  # fmt: skip
"""The languages of our own pages, and their encodings besides UTF-8."""

_FOUR_PAGES = frozenset({"zh-hant", "ko", "de"})
"""Five pages of each of the others: 129 cases."""

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
_MARKUP = "".join(
    f'<li class="menu-item menu-item-{n}"><a href="/section/{n}/?from=menu" data-id="{n}">'
    f"<span class='icon icon-{n}'></span></a></li>\n"
    for n in range(60)
)
_SCRIPT = "".join(
    f"window.settings['option{n}'] = {{on: {n % 2}, wait: {n}}};\n" for n in range(90)
)


def measure(*, large: bool) -> list[Figure]:
    """Return the number of right cases of our own pages, per label, and the time for a page."""
    return _figures(own_cases())


def measure_pages(folder: Path) -> list[Figure]:
    """Return the same for the pages of a folder."""
    return _figures(_cases(folder))


def own_cases() -> Iterator[tuple[str, str]]:
    """Yield pages of our own, each with every encoding it is to be written in."""
    for language, encodings in OWN.items():
        for number in range(4 if language in _FOUR_PAGES else 5):
            page = own_page(language, number)
            for encoding in (*encodings, "utf-8"):
                yield page, encoding


def own_page(language: str, number: int) -> str:
    """Return a page in a language: other sentences in another order for each number."""
    known = SENTENCES[language]
    steps = (1, 3, 5, 9, 11)  # each of them goes through all fourteen
    sentences = [
        known[(number + at * steps[number % 5]) % len(known)] for at in range(8 + 6 * number)
    ]
    text = "".join(
        f"<p>{' '.join(sentences[at : at + 3])}</p>\n" for at in range(0, len(sentences), 3)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language[:2]}"><head>\n<title>{sentences[0][:40]}</title>\n'
        f'<link rel="stylesheet" href="/style.css"><script>{_SCRIPT}</script></head>\n'
        f'<body class="single page-{number}"><ul>{_MARKUP * (number % 3)}</ul>\n'
        f'<article class="post"><h1>{sentences[0][:40]}</h1>\n{text}</article>\n'
        f'<footer><a href="/imprint">&copy; 2026</a></footer></body></html>\n'
    )


def labelled(page: str, encoding: str) -> Iterator[tuple[str, bytes]]:
    """Yield a page in an encoding as bytes: with a right label, none, and a wrong one."""
    for kind, label in (("right", encoding), ("no", ""), ("wrong", _wrong(encoding))):
        meta = f'<meta charset="{label}">' if label else ""
        text = page.replace("<head>", "<head>" + meta, 1)
        yield kind, text.encode(encoding, "xmlcharrefreplace")


def is_right(data: bytes, encoding: str, decoded: str) -> bool:
    """Return whether nearly all characters outside ASCII were decoded correctly."""
    wanted = data.decode(encoding)
    one = Counter(sign for sign in wanted if ord(sign) > 127)
    other = Counter(sign for sign in decoded if ord(sign) > 127)
    return sum((one & other).values()) >= _RIGHT * max(sum(one.values()), sum(other.values()))


def _figures(cases: Iterable[tuple[str, str]]) -> list[Figure]:
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    taken = 0.0
    for page, encoding in cases:
        for kind, data in labelled(page, encoding):
            before = time.process_time()
            decoded = decode(data)
            taken += time.process_time() - before
            asked[kind] += 1
            right[kind] += is_right(data, encoding, decoded)
    figures = [Figure(f"encodings, {kind} label: right, of {n}", right[kind], "")
               for kind, n in asked.items()]  # fmt: skip
    whole = sum(asked.values())
    return [*figures, Figure("encodings: CPU a page", 1000 * taken / whole, "ms")] if whole else []


def _cases(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted([*folder.rglob("*.html.gz"), *folder.rglob("source.html")]):
        data = file.read_bytes()
        data = gzip.decompress(data) if file.suffix == ".gz" else data
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
