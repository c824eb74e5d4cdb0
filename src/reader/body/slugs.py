"""Names of headings in Markdown, made of their words as GitHub does."""

import re
from collections.abc import Iterator

from reader.body.blocks import Body, Code, Heading, Paragraph, Table, Text

_UNNAMED = re.compile(r"[^\w\- ]")


def slug(text: str) -> str:
    """Return the name of a heading: its letters, digits and hyphens in small letters."""
    return _UNNAMED.sub("", text.strip().lower()).replace(" ", "-")


class Slugs:
    """Names the headings of one text in order; a name that is taken gets a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def take(self, name: str) -> None:
        """Take a name that a heading has of its own."""
        self._taken.add(name)

    def next(self, text: str) -> str:
        """Return the name of the next heading."""
        name = base = slug(text)
        while name in self._taken:
            self._counts[base] = self._counts.get(base, 0) + 1
            name = f"{base}-{self._counts[base]}"
        self._taken.add(name)
        return name


def slugs_of(body: Body) -> dict[str, str]:
    """Return the names that the headings of a body get in Markdown, by their anchors."""
    slugs = Slugs()
    named = {heading.anchor: slugs.next(_words(heading)) for heading in _headings(body)}
    return {anchor: name for anchor, name in named.items() if anchor and name}


def _headings(part: object) -> Iterator[Heading]:
    if isinstance(part, Heading):
        yield part
    elif isinstance(part, tuple) and not isinstance(part, Paragraph | Table | Code):
        for item in part:
            yield from _headings(item)


def _words(heading: Heading) -> str:
    return "".join(run.text for run in heading.runs if isinstance(run, Text))
