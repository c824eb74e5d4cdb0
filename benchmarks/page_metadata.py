"""Whether the title, the authors and the date of a page are right."""

import re

_WORD = re.compile(r"\w+")
_AROUND = re.compile(r"^(?:written )?by[:\s]\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;&|]\s*|\s+(?:and|und|et|og|och|y|e|en)\s+", re.IGNORECASE)


def title_right(wanted: str, found: str, site: str, host: str) -> bool:
    """Return whether two titles have the same words, apart from the name of the site at an end.

    ``site`` is that name, ``host`` the host of the page.
    """
    one, other = _WORD.findall(wanted.lower()), _WORD.findall(found.lower())
    short, long = sorted((one, other), key=len)
    if not short or short == long:
        return short == long
    if long[: len(short)] == short:
        rest = long[len(short) :]
    elif long[-len(short) :] == short:
        rest = long[: -len(short)]
    else:
        return False
    name = "".join(rest)
    own = "".join(_WORD.findall(site.lower()))
    return name in own or (own != "" and own in name) or name in host.lower().replace("-", "")


def authors_right(wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Return whether both name the same people, in any order."""
    return _people(wanted) == _people(found)


def date_right(wanted: str, found: str) -> bool:
    """Return whether two dates are the same day."""
    return wanted[:10] == found[:10]


def _people(names: tuple[str, ...]) -> set[str]:
    parts = (part for name in names for part in _BETWEEN.split(_AROUND.sub("", name.strip())))
    return {" ".join(_WORD.findall(part.lower())) for part in parts} - {""}
