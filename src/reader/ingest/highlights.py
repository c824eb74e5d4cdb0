"""The places of highlights in the present text of an article, found if they are not known yet."""

from collections.abc import Sequence
from contextlib import suppress

from reader.anchor import Anchor
from reader.errors import LibraryError
from reader.library.highlights.highlights import Stored, order
from reader.library.library import Library


def placed(library: Library, article: int) -> list[Stored]:
    """Return the highlights of an article with their places in its text, in their order.

    Places that had to be found are stored.
    """
    return _placed(library, article, library.highlights.of(article))


def placed_many(library: Library, articles: Sequence[int]) -> dict[int, list[Stored]]:
    """Return the highlights of articles with their places, by the ids of those that have any."""
    found = library.highlights.of_many(articles)
    return {id: _placed(library, id, each) for id, each in found.items()}


def are_placed(library: Library, article: int, stored: Sequence[Stored]) -> bool:
    """Return whether the places of highlights are those in the present text of their article."""
    digest = library.highlights.text_of(article) if stored else b""
    return not digest or all(each.sha256 == digest for each in stored if each.highlight.quote)


def _placed(library: Library, article: int, stored: list[Stored]) -> list[Stored]:
    if are_placed(library, article, stored):
        return stored
    digest = library.highlights.text_of(article)
    html = library.article(article).html
    due = [each for each in stored if each.highlight.quote and each.sha256 != digest]
    taken = [each for each in stored if each.start is not None and each.sha256 == digest]
    found = find(html, due)
    with suppress(LibraryError):  # they can be found again
        library.highlights.keep_places(digest, found)
    done = [_at(each, found[each.highlight.uid], digest) for each in due]
    rest = [each for each in stored if not each.highlight.quote]
    return sorted([*rest, *taken, *done], key=order)


def find(html: str, stored: Sequence[Stored]) -> dict[str, tuple[Anchor, Anchor] | None]:
    """Return the anchors of highlights in canonical HTML by their uids, None for those without."""
    from reader.body import quotes  # imported lazily: most articles have no highlights
    from reader.body.anchors import text_of
    from reader.body.from_html import parts

    texts = [text_of(part) for part in parts(html)]
    sought = [
        quotes.Sought(x.highlight.quote, x.highlight.prefix, x.highlight.suffix, x.start, x.end)
        for x in stored
    ]
    places = quotes.find_all(texts, sought)
    return {
        each.highlight.uid: quotes.anchored(texts, place) if place else None
        for each, place in zip(stored, places, strict=True)
    }


def _at(stored: Stored, place: tuple[Anchor, Anchor] | None, digest: bytes) -> Stored:
    start, end = place or (None, None)
    return Stored(stored.highlight, start, end, digest)
