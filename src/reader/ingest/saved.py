"""A page with its resources, as programs save it in one file or folder."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urljoin

_SAVED = (
    re.compile(r"saved from url=\(\d+\)(https?://\S+)", re.IGNORECASE),
    re.compile(r"SingleFile[\s\S]{0,200}?\burl:\s*(https?://\S+)", re.IGNORECASE),
)
_BEGINNING = 4000
_IS_GROUPED = "--sf-img-"
_VARIABLE = re.compile(r"""(--sf-img-\d+)\s*:\s*url\(["']?(data:image/[^"')]+)["']?\)""")
_USE = re.compile(r"var\((--sf-img-\d+)\)")
_IMAGE = re.compile(r"""<img\b(?>[^>"']+|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_SOURCE = re.compile(r"""\ssrc\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)


class Saved(NamedTuple):
    """A saved page: its HTML, its original URL, and its parts by their URLs or names.

    ``whole`` is False if a part of the file is damaged or missing.
    """

    html: str
    address: str
    parts: Mapping[str, bytes]
    whole: bool = True

    def part(self, source: str) -> bytes | None:
        """Return the bytes of a picture of the page, None if it was not saved."""
        names = (source, self._resolved(source), *spellings(source))
        found = next((self.parts[name] for name in names if name in self.parts), None)
        if found is not None or source.startswith(("http://", "https://", "cid:")):
            return found
        alike = {same_name(name) for name in spellings(source)}
        return next((data for name, data in self.parts.items() if same_name(name) in alike), None)

    def _resolved(self, source: str) -> str:
        try:
            return urljoin(self.address, source)
        except ValueError:
            return source


def address_in(html: str) -> str:
    """Return the URL that a saved page came from, ``""`` if it is not named."""
    for pattern in _SAVED:
        if match := pattern.search(html[:_BEGINNING]):
            return match[1].rstrip("->")
    return ""


def with_pictures(html: str) -> str:
    """Return a page of SingleFile in which each picture has its data.

    Pictures that are used several times are kept once, as variables of the style sheet.
    """
    data = dict(_VARIABLE.findall(html)) if _IS_GROUPED in html else {}

    def with_data(tag: re.Match[str]) -> str:
        used = _USE.search(tag[0])
        source = data.get(used[1]) if used else None
        return _SOURCE.sub(lambda _: f' src="{source}"', tag[0], count=1) if source else tag[0]

    return _IMAGE.sub(with_data, html) if data else html


def spellings(source: str) -> Iterator[str]:
    """Yield the relative paths that the source of a picture may mean, the likeliest first.

    Programs write names with and without percent-encoding, and Windows writes backslashes.
    """
    path = re.split(r"[?#]", source, maxsplit=1)[0]
    for name in dict.fromkeys((unquote(path), unquote(source), source)):
        yield name.removeprefix("./")
        if "\\" in name:
            yield name.replace("\\", "/").removeprefix("./")


def same_name(name: str) -> str:
    """Return the form of a name in which other cases and other Unicode forms of it are equal."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()
