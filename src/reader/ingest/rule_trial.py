"""Try rules on an article whose page is stored, without changing anything."""

from collections import Counter
from typing import NamedTuple

from reader.body.blocks import Body
from reader.body.to_html import to_html
from reader.body.to_text import excerpt
from reader.errors import IngestError
from reader.ingest.reading import NO_RULES, read
from reader.ingest.rules import Rules
from reader.ingest.sources import unpacked
from reader.ingest.web_pictures import known_pictures
from reader.library.library import Library

_BEGINNING = 300


class Trial(NamedTuple):
    """How many blocks the article has with the rules, and how many they remove and add.

    ``beginning`` is how the text begins then.
    """

    blocks: int
    removed: int
    added: int
    beginning: str


def trial(library: Library, id: int, rules: Rules) -> Trial:
    """Extract an article with rules and without, and compare. Raises IngestError."""
    article = library.article(id)
    pages = unpacked(library.texts.source(id))
    if not pages:
        raise IngestError(
            f"The page of “{article.title}” is not stored, so no rule can be tested on it. "
            "Choose an article that was saved from the web."
        )
    known = known_pictures(library, id)
    before, after = read(pages, NO_RULES, known).body, read(pages, rules, known).body
    old, new = _blocks(before), _blocks(after)
    return Trial(
        len(after.blocks), (old - new).total(), (new - old).total(), excerpt(after, _BEGINNING)
    )


def _blocks(body: Body) -> Counter[str]:
    return Counter(to_html(body._replace(blocks=(block,))) for block in body.blocks)
