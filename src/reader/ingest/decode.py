"""Bytes become text: by their mark, by what they declare, as UTF-8, else by detection.

Names of encodings are taken as browsers take them (WHATWG Encoding Standard): what says
it is Latin-1 is read as Windows-1252.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAID = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})|"""
    rb"""<\?xml[^>]{0,120}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""",
    re.I,
)
_AS_BROWSERS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
_HEAD = 4096
_SAMPLE = 200_000
_MOSTLY = 0.3


def decode(data: bytes) -> str:
    """Return the text of a file; what cannot be read in it becomes U+FFFD."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if (wide := _wide(data)) is not None:
        return data.decode(wide, "replace")
    said = declared(data)
    if said is not None and said != "utf-8":
        return data.decode(said, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if said == "utf-8" or error.start > _SAMPLE:
            return data.decode("utf-8", "replace")
    return data.decode(_detected(data), "replace")


def declared(data: bytes) -> str | None:
    """Return the encoding that the beginning of a file names, None where it names none."""
    found = _SAID.search(data[:_HEAD])
    if found is None:
        return None
    name = (found[1] or found[2]).decode("ascii")
    if name.lower() in ("utf-16", "utf-16le", "utf-16be", "unicode"):
        return "utf-8"  # it could not have been read so far if it were
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    return _AS_BROWSERS.get(known, known)


def is_binary(data: bytes) -> bool:
    """Return whether the bytes are no text in any encoding."""
    head = data[:_HEAD]
    if any(head.startswith(mark) for mark, _ in _MARKS) or _wide(head) is not None:
        return False
    controls = sum(each < 9 or 13 < each < 27 or 27 < each < 32 for each in head)
    return b"\x00" in head or controls > len(head) * 0.02


def _wide(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark by the zero bytes of its Latin letters."""
    head = data[:400]
    if len(head) < 8 or len(data) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * _MOSTLY and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > half * _MOSTLY and odd == 0 else None


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(data[:_SAMPLE])
    best = matches.best()
    name = best.encoding if best is not None else "cp1252"
    if best is not None:
        # Of two that read equally well, the one that most pages are in.
        alike = [
            m.encoding for m in matches if (m.chaos, m.coherence) == (best.chaos, best.coherence)
        ]
        name = "cp1252" if "cp1252" in alike else name
    return _AS_BROWSERS.get(codecs.lookup(name).name, name)
