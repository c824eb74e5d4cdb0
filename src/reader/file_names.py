"""Names of files that Windows, macOS, Linux and memory sticks take alike."""

import re
import unicodedata

MOST_BYTES = 120
"""The length of a name that leaves room for folders, on every system."""

_SPACED = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164'
    r"\ud800-\udfff\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]+"
)
_DROPPED = re.compile(r"[\xad\ufe00-\ufe0f]")
_LOOSE = re.compile(r"^[\s\-–—_.,~]+|[\s\-–—_.,]+$")
_DOUBLE = re.compile(r"(\s[-–—]){2,}")
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])(?=\s*(?:\.|$))",
    re.IGNORECASE,
)


def plain(title: str, suffix: str = ".pdf", *, untitled: str = "Article", most: int = 180) -> str:
    """Return a file name for a title; ``most`` is its length in bytes without the suffix."""
    words = _SPACED.sub(" ", _DROPPED.sub("", unicodedata.normalize("NFC", title)))
    kept = _DOUBLE.sub(r"\1", " ".join(words.split()))
    short = _LOOSE.sub("", kept).encode()[:most].decode(errors="ignore")
    return (_undeviced(_LOOSE.sub("", short)) or untitled) + suffix


def _undeviced(name: str) -> str:
    """Return a name that is not that of a device on Windows, such as ``nul.txt``."""
    device = _DEVICE.match(name)
    return f"{device[0]}_{name[device.end() :]}" if device else name


def folded(name: str) -> str:
    """Return a form that is the same for two names if they are one on any system."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
