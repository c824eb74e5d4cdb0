"""The spellings of a host: canonical ASCII for machines, Unicode for people.

Letters are mapped as in UTS 46 (Unicode IDNA Compatibility Processing), by the tables of ``idna``:
symbols such as emoji are permitted, as in browsers, although IDNA 2008 itself forbids them. The
rest follows the URL standard (https://url.spec.whatwg.org/#host-parsing), so that a host has the
same meaning as in a browser: ``0x7f.1`` and ``127。0。0。1`` are 127.0.0.1.
"""

import ipaddress
import re
import unicodedata
from urllib.parse import unquote

_DOTS = re.compile("[.\u3002\uff0e\uff61]")
_JOINERS = "\u200c\u200d"
_FORBIDDEN = re.compile(r"[\x00-\x20#%/:<>?@\[\\\]^|\x7f]")
_LONGEST_LABEL, _LONGEST_HOST = 63, 253
_ACE = "xn--"


def canonical(host: str) -> str:
    """Return the canonical ASCII spelling of a host. Raises ValueError if it is invalid."""
    if ":" in host and "%" not in host:
        return ipaddress.IPv6Address(host).compressed
    labels = [_ascii(label) for label in _DOTS.split(unquote(host, errors="strict"))]
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
    """Return a label with the mapping of UTS 46 for its letters. Raises ValueError."""
    if label.isascii():
        return label
    import idna  # rarely needed, and its tables are large

    mapped = idna.uts46_remap(label, std3_rules=False)
    if mapped.isascii():
        return mapped
    idna.check_initial_combiner(mapped)
    idna.check_bidi(mapped)
    joiners = [at for at, letter in enumerate(mapped) if letter in _JOINERS]
    if not all(idna.valid_contextj(mapped, at) for at in joiners):
        raise ValueError(f"{label!r} has a joiner where it joins nothing")
    return mapped


def _ascii(label: str) -> str:
    """Return a label in lower case, with Punycode unless it is ASCII."""
    label = _mapped(label).lower()
    if not label.isascii():
        label = _ACE + label.encode("punycode").decode("ascii")
    if len(label) > _LONGEST_LABEL:
        raise ValueError(f"{label!r} is too long")
    return label


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
