"""The spellings of a host: canonical ASCII for machines, Unicode for people.

They follow the URL standard (https://url.spec.whatwg.org/#host-parsing), so that a host has the
same meaning as in a browser: ``0x7f.1`` and ``127。0。0。1`` are 127.0.0.1.
"""

import ipaddress
import re
import unicodedata
from urllib.parse import unquote

_DOTS = re.compile("[.\u3002\uff0e\uff61]")
_KEPT_LETTERS = re.compile("([ßẞςΣ\u200c\u200d])")
"""Letters that current IDNA keeps and Python's ``nameprep`` of 2003 replaces or removes."""

_FORBIDDEN = re.compile(r"[\x00-\x20#%/:<>?@\[\\\]^|\x7f]")
_LONGEST_LABEL, _LONGEST_HOST = 63, 253
_ACE = "xn--"


def canonical(host: str) -> str:
    """Return the canonical ASCII spelling of a host. Raises ValueError if it is invalid."""
    if ":" in host and "%" not in host:
        return ipaddress.IPv6Address(host).compressed
    written = _DOTS.split(unquote(host, errors="strict"))
    # A letter can map to a dot, such as U+2024.
    labels = [_ascii(part) for label in written for part in _mapped(label).split(".")]
    while len(labels) > 1 and not labels[-1]:
        labels.pop()
    name = ".".join(labels)
    if _FORBIDDEN.search(name) or not all(labels) or len(name) > _LONGEST_HOST:
        raise ValueError(f"{host!r} is not a host")
    return _ipv4(labels) if _is_number(labels[-1]) else name


def in_letters(host: str) -> str:
    """Return a canonical host with its Punycode decoded."""
    return ".".join(_letters(label) for label in host.split("."))


def _mapped(label: str) -> str:
    """Return a label with the standard mapping of its letters."""
    if label.isascii():
        return label
    from encodings.idna import nameprep  # slow to import, and rarely needed

    pieces = _KEPT_LETTERS.split(label)
    return "".join(_kept(x) if n % 2 else nameprep(x) for n, x in enumerate(pieces))


def _ascii(label: str) -> str:
    """Return a label in lower case, with Punycode unless it is ASCII."""
    label = _mapped(label).lower()
    if not label.isascii():
        label = _ACE + label.encode("punycode").decode("ascii")
    if len(label) > _LONGEST_LABEL:
        raise ValueError(f"{label!r} is too long")
    return label


def _kept(letter: str) -> str:
    return {"ẞ": "ß", "Σ": "σ"}.get(letter, letter)


def _letters(label: str) -> str:
    """Return a decoded label, unchanged if it would not encode back to itself."""
    if not label.startswith(_ACE):
        return label
    try:
        letters = label.removeprefix(_ACE).encode("ascii").decode("punycode")
        same = _ascii(letters) == label
    except (UnicodeError, ValueError):
        return label
    seen = all(unicodedata.category(letter)[0] in "LMN" or letter == "-" for letter in letters)
    return letters if same and seen else label


def _is_number(label: str) -> bool:
    return re.fullmatch(r"[0-9]+|0x[0-9a-f]*", label) is not None


def _ipv4(parts: list[str]) -> str:
    """Return an IPv4 address from parts that can be short, octal or hexadecimal."""
    numbers = [_number(part) for part in parts]
    *first, last = numbers
    if (
        len(numbers) > 4
        or any(number > 255 for number in first)
        or last >= 256 ** (5 - len(numbers))
    ):
        raise ValueError(f"{'.'.join(parts)!r} is not an IPv4 address")
    whole = last + sum(each * 256 ** (3 - n) for n, each in enumerate(first))
    return str(ipaddress.IPv4Address(whole))


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if len(part) > 1 and part.startswith("0") else int(part, 10)
