"""The elements of a page by their classes and roles: one walk for all that look for names."""

from collections.abc import Callable, Iterable

from reader.ingest.extract.measure import Element

_Placed = tuple[int, Element]


class Index:
    """An index of a page; elements that are removed later stay in it."""

    def __init__(self, body: Element) -> None:
        self._classes: dict[str, list[_Placed]] = {}
        self._roles: dict[str, list[_Placed]] = {}
        for number, element in enumerate(body.iter()):
            if named := element.get("class"):
                self._classes.setdefault(named.lower(), []).append((number, element))
            if role := element.get("role"):
                self._roles.setdefault(role, []).append((number, element))

    def named(self, test: Callable[[str], object], *parts: str) -> list[Element]:
        """Return the elements whose lower-case classes pass a test, in the order of the page.

        If ``parts`` are given, all classes that pass contain one of them: this saves most tests.
        """
        lists = (
            found
            for named, found in self._classes.items()
            if (not parts or any(part in named for part in parts)) and test(named)
        )
        return _in_order(placed for found in lists for placed in found)

    def of_roles(self, roles: frozenset[str]) -> list[Element]:
        """Return the elements with one of these roles, in the order of the page."""
        lists = (found for role, found in self._roles.items() if role in roles)
        return _in_order(placed for found in lists for placed in found)


def _in_order(placed: Iterable[_Placed]) -> list[Element]:
    return [element for _, element in sorted(placed, key=lambda each: each[0])]
