"""Decode bytes: by their byte order mark, their declaration, as UTF-8, else by detection.

Encoding names are interpreted as by browsers (WHATWG Encoding Standard): a page labelled Latin-1 is
read as Windows-1252.
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
_LABELS = {
    "unicode-1-1-utf-8": "utf-8", "unicode11utf8": "utf-8", "unicode20utf8": "utf-8",
    "x-unicode20utf8": "utf-8", "utf8mb4": "utf-8", "csisolatin9": "iso8859-15",
    "csiso88596e": "iso8859-6", "csiso88596i": "iso8859-6", "iso-8859-6-e": "iso8859-6",
    "iso-8859-6-i": "iso8859-6", "sun_eu_greek": "iso8859-7", "csiso88598e": "iso8859-8",
    "iso-8859-8-e": "iso8859-8", "visual": "iso8859-8", "csiso88598i": "iso8859-8",
    "iso-8859-8-i": "iso8859-8", "logical": "iso8859-8", "koi": "koi8-r", "koi8": "koi8-r",
    "koi8-ru": "koi8-u", "csmacintosh": "mac-roman", "mac": "mac-roman", "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic", "x-mac-ukrainian": "mac-cyrillic", "dos-874": "cp874",
    "windows-874": "cp874", "csgb2312": "gbk", "gb_2312": "gbk", "gb_2312-80": "gbk",
    "x-gbk": "gbk", "cn-big5": "big5", "x-x-big5": "big5", "cseucpkdfmtjapanese": "euc_jp",
    "x-euc-jp": "euc_jp", "windows-31j": "cp932", "x-sjis": "cp932", "cseuckr": "cp949",
    "csksc56011987": "cp949", "iso-ir-149": "cp949", "ks_c_5601-1989": "cp949",
    "ksc_5601": "cp949", "windows-949": "cp949",
}  # fmt: skip
"""Labels of the standard that Python does not know, and one that databases use for UTF-8."""

_RUN_TOGETHER = re.compile(r"(?:x-(cp125\d)|iso8859(\d{1,2}))")
_HEAD = 4096
_DECLARED = 16_384
"""Where a declaration may be; standards say 1024 bytes, but scripts are often written before it."""

_ESCAPES = frozenset({"iso2022_jp", "hz", "iso2022_kr"})
"""Encodings whose text looks like ASCII and contains no other bytes."""

_ASCII = b"\\x41+AGE-</p>\xff"

_LATIN = frozenset({"cp1252", "cp1250", "cp1254", "cp1257", "iso8859-2", "iso8859-15"})
_LETTERS = re.compile(rb"[\xa1-\xff]+")
"""Bytes of letters in every Latin encoding, without spaces, dashes and quotation marks."""

_A_RUN, _A_RULE = 4, 8
_SAMPLE = 200_000
_CONTROLS = bytes(byte for byte in range(32) if byte < 9 or 13 < byte < 27 or byte > 27)
_MOSTLY = 0.3
_BROKEN = 0.2


def decode(data: bytes, served: str = "") -> str:
    """Return the text of a file; invalid bytes become U+FFFD.

    ``served`` is the encoding named by a server; it counts as much as the declaration in the page.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if (wide := _wide(data)) is not None:
        return data.decode(wide, "replace")
    labels = [label for label in (declared(data), known(served)) if label]
    escapes = _ESCAPES.intersection((*labels, *_escaped(data))) if data.isascii() else ()
    believed = [label for label in labels if label not in _LATIN or _is_latin(data)]
    for encoding in (*escapes, "utf-8"):
        # UTF-8 comes first: a wrong label on UTF-8 is the commonest mistake.
        text = _strictly(data, encoding)
        if text is not None:
            return text
    if _is_mostly_utf8(data) and ("utf-8" in labels or not data[:_SAMPLE].isascii()):
        return data.decode("utf-8", "replace")
    for encoding in believed:
        text = _strictly(data, encoding)
        if text is not None:
            return text
    return data.decode(_detected(data), "replace")


def encoding_of(sample: bytes) -> str:
    """Return the encoding of plain data by its beginning, if it is not decoded as a whole.

    It is UTF-8 even if some bytes are broken, as long as most are not: the rows of a table may come
    from several programs.
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return "utf-8-sig" if name == "utf-8" else "utf-16"
    if (wide := _wide(sample)) is not None:
        return wide
    text = sample.decode("utf-8", "replace")
    mostly = text.isascii() or text.count("\ufffd") <= sum(not sign.isascii() for sign in text) // 2
    return "utf-8" if mostly else _detected(sample)


def _escaped(data: bytes) -> tuple[str, ...]:
    """Return the encoding whose escapes are in ASCII, even if no label names it."""
    return ("iso2022_jp",) if b"\x1b$B" in data or b"\x1b$@" in data else ()


def _is_mostly_utf8(data: bytes) -> bool:
    """Return whether few characters outside ASCII are broken, by accident rather than encoding.

    Text in another encoding hardly has any sequence of bytes that is valid in UTF-8.
    """
    text = data[:_SAMPLE].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken <= _BROKEN * sum(not sign.isascii() for sign in text)


def _is_latin(data: bytes) -> bool:
    """Return whether bytes outside ASCII stand among letters, as in Latin scripts.

    Any bytes can be decoded as Latin. If they form long runs, they are another script or double
    bytes, and the label was written by an editor by default.
    """
    letters = _LETTERS.findall(data[:_SAMPLE])
    runs = b"".join(run for run in letters if len(run) >= _A_RUN)
    is_rule = len(set(runs)) < _A_RULE  # a rule made of dots
    return is_rule or len(runs) <= sum(map(len, letters)) // 2


def _strictly(data: bytes, name: str) -> str | None:
    """Return the text in an encoding, None if it is invalid; an error near the end is ignored."""
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        late = error.start > _SAMPLE or error.start > len(data) - 4
        meant = name == "utf-8" and late and not data[: error.start].isascii()
        return data.decode(name, "replace") if meant else None


def declared(data: bytes) -> str | None:
    """Return the encoding declared at the beginning of a file, None if there is none."""
    match = _SAID.search(data[:_DECLARED])
    if match is None:
        return None
    return known((match[1] or match[2]).decode("ascii"))


def known(name: str) -> str | None:
    """Return the encoding that browsers use for a label, None if the label is unknown."""
    if not name:
        return None
    if name.strip().lower() in ("utf-16", "utf-16le", "utf-16be", "unicode"):
        return "utf-8"  # a declaration in ASCII could not have been read if this were UTF-16
    name = name.strip().lower()
    if together := _RUN_TOGETHER.fullmatch(name):
        name = together[1] or f"iso8859-{together[2]}"
    try:
        codec = codecs.lookup(_LABELS.get(name, name))
    except (LookupError, ValueError):  # such as a NUL in the name
        return None
    if not codec._is_text_encoding or not _keeps_ascii(codec.name):
        return None
    return _AS_BROWSERS.get(codec.name, codec.name)


def _keeps_ascii(name: str) -> bool:
    """Return whether a page that declares this encoding in ASCII could be written in it.

    Python also has special encodings, which change ASCII or always fail.
    """
    try:
        return "x41+AGE-</p>" in _ASCII.decode(name, "replace")
    except ValueError:
        return False


def is_binary(data: bytes) -> bool:
    """Return whether the bytes are not text in any encoding."""
    head = data[:_HEAD]
    if any(head.startswith(mark) for mark, _ in _MARKS) or _wide(head) is not None:
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return b"\x00" in head or controls > len(head) * 0.02


def _wide(data: bytes) -> str | None:
    """Detect UTF-16 without a byte order mark by the zero bytes of its Latin letters."""
    head = data[:400]
    if len(head) < 8 or len(data) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * _MOSTLY and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > half * _MOSTLY and odd == 0 else None


def _detected(data: bytes) -> str:
    from cchardet import detect  # rarely needed

    encoding = known(detect(data[:_SAMPLE])["encoding"] or "")
    # UTF-8 was tried before, so this result is no information.
    return "cp1252" if encoding in (None, "utf-8") else encoding
