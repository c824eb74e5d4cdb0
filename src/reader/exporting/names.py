"""Names of exported files: the titles of their articles, each only once in a folder."""

import re
from collections.abc import Iterable, Iterator

from reader.file_names import MOST_BYTES, folded, plain

_OF_LINKS = re.compile(r"[#^\[\]]+")
"""Characters that cannot be in the name of a note to which others link."""


def name_of(title: str, suffix: str, number: int = 1) -> str:
    """Return the name of a title, the same each time; those after the first get a number."""
    ending = f" {number}" if number > 1 else ""
    room = MOST_BYTES - len(f"{ending}{suffix}".encode())
    return plain(_OF_LINKS.sub(" ", title), f"{ending}{suffix}", most=room)


def is_name(name: str, suffix: str) -> bool:
    """Return whether a name is one that ``name_of`` can have made."""
    return name == name_of(name.removesuffix(suffix), suffix)


class Taken:
    """The names in a folder, whatever their case; ``there`` are those that exist."""

    def __init__(self, there: Iterable[str]) -> None:
        self._there = {folded(name): name for name in there}
        self._given: set[str] = set()
        self._numbers: dict[str, int] = {}

    def there(self, name: str) -> str:
        """Return the existing name that is the same as a name, ``""`` if there is none."""
        return self._there.get(folded(name), "")

    def is_given(self, name: str) -> bool:
        """Return whether a name was given in this export."""
        return folded(name) in self._given

    def give(self, name: str) -> None:
        """Take a name."""
        self._given.add(folded(name))

    def candidates(self, title: str, suffix: str) -> Iterator[str]:
        """Yield the names that a title can have, beginning behind those that were tried before."""
        first = folded(name_of(title, suffix))
        while True:
            number = self._numbers.get(first, 1)
            self._numbers[first] = number + 1
            yield name_of(title, suffix, number)
