"""Files that hold the address of a page: those that browsers and desktops save for a link."""

import re
from pathlib import Path

from reader.body import clean
from reader.errors import IngestError
from reader.ingest import disk
from reader.ingest.decode import decode
from reader.ingest.urls import is_url

ENDINGS = frozenset({".url", ".website", ".webloc", ".desktop"})
FOUND_IN_FOLDERS = frozenset({".url", ".webloc"})
"""The endings that are seldom anything but a link."""

_MAX_BYTES = 1_000_000
_LINE = re.compile(r"\s*(URL(?:\[\$e\])?)\s*=\s*(.*?)\s*", re.IGNORECASE)
_SECTION = re.compile(r"\s*\[(.+)\]\s*")
_SECTIONS = frozenset({"internetshortcut", "desktop entry"})


def is_link_file(path: Path) -> bool:
    """Return whether a file holds an address, by its ending."""
    return path.suffix.lower() in ENDINGS


def address_in_file(path: Path) -> str:
    """Return the web address that a file holds. Raises IngestError if it holds none."""
    data, _ = disk.read(path, _MAX_BYTES)
    is_webloc = path.suffix.lower() == ".webloc"
    address = _of_plist(data) if is_webloc else _of_sections(decode(data))
    if is_url(address):
        return address.strip()
    name = disk.name_of(path)
    if address:
        shown = clean.line(address, 80)
        raise IngestError(f"{name} is a link to “{shown}”, which is not the address of a web page.")
    raise IngestError(f"{name} holds no address of a web page; nothing was added.")


def _of_sections(text: str) -> str:
    """Return the address in an Internet shortcut, or in a desktop entry of a link."""
    here = False
    for line in text.splitlines():
        if section := _SECTION.fullmatch(line):
            here = section[1].strip().lower() in _SECTIONS
        elif here and (found := _LINE.fullmatch(line)):
            return found[2].strip("\"'")
    return ""


def _of_plist(data: bytes) -> str:
    """Return the address in a property list, in XML or binary."""
    import plistlib

    try:
        found = plistlib.loads(data)
    except Exception:  # the parser raises what it likes on damaged files
        return ""
    address = found.get("URL") if isinstance(found, dict) else ""
    return address if isinstance(address, str) else ""
