"""What is at home looked at once more: extracted anew, missing pictures fetched, cleaned up.

Nothing is lost by it: the text before stays as a version, and each is a step to undo.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from reader import phrases
from reader.body.blocks import Block, Body, Picture
from reader.body.from_html import body_of
from reader.body.to_html import to_html
from reader.body.to_text import count_words
from reader.errors import IngestError
from reader.ingest import cleaning, images
from reader.ingest.address import site_of
from reader.ingest.fetch import Fetched, fetch
from reader.ingest.reading import clipping, filled, find, read
from reader.ingest.rows import row_of
from reader.ingest.rules import Rules, remember, rules_for
from reader.ingest.sources import PageText, unpacked
from reader.ingest.web import (
    Fetch,
    fetch_pictures,
    missing,
    pictures_at_home,
    remembering,
    trusting,
)
from reader.library.library import Library
from reader.model import Article, Clipping, Edit, ImportResult, ImportRow, Making, Outcome, State
from reader.progress import Cancelled, Report, silent
from reader.steps import Verb

_BY_HAND = frozenset({Making.CLEANED, Making.WHOLE})


def extract_again(
    library: Library, ids: Sequence[int], report: Report = silent, *, anyway: bool = False
) -> ImportResult:
    """Find the articles in their kept pages once more, without the network.

    A text that would get shorter, or was cleaned up by hand, stays, unless ``anyway``.
    """
    rows: list[ImportRow] = []

    def edits() -> Iterator[Edit]:
        for id in ids:
            article = library.article(id)
            report(len(rows), len(ids), article.title)
            found: list[Clipping] = []
            again = partial(_again, library, article, found, anyway=anyway)
            rows.append(row_of(article.title, again, id))
            for made in found:
                library.add(made._replace(html="", words=0, lead="", source=b""))
                yield Edit(id, text=made)

    library.edit(Verb.EXTRACT_AGAIN, edits())
    return ImportResult(tuple(rows))


def _again(library: Library, article: Article, found: list[Clipping], *, anyway: bool) -> ImportRow:
    """Return the row of an article; a better text, if there is one, is put into ``found``."""

    def stays(why: str) -> ImportRow:
        return ImportRow(article.title, Outcome.UNCHANGED, article.id, why)

    if article.state is State.TRASH:
        return stays("it is in the trash")
    pages = unpacked(library.source(article.id))
    if not pages:
        return stays("it was not made of a page that is kept")
    by_hand = any(x.in_use and x.made_by in _BY_HAND for x in library.versions(article.id))
    if by_hand and not anyway:
        return stays("it was cleaned up by hand")
    rules = rules_for(library.folder, site_of(article.url))
    reading = read(pages, rules, pictures_at_home(library, article.id))
    made = clipping(reading, article.url)._replace(made_by=Making.EXTRACTED)
    if not reading.body.blocks or made.html == article.html:
        return stays("")
    if reading.unsure and not phrases.is_unsure(article.html) and not anyway:
        return stays("what is found now may not be the article")
    if made.words < article.words and not anyway:
        return stays(f"it would get shorter ({made.words} words, not {article.words})")
    note = f"{article.words} words before, {made.words} now"
    found.append(made)
    return ImportRow(made.title, Outcome.UPDATED, article.id, note)


def fetch_missing(
    library: Library, ids: Sequence[int], report: Report = silent, *, get: Fetch = fetch
) -> ImportResult:
    """Fetch the pictures of articles that are not at home."""
    rows: list[ImportRow] = []
    get = remembering(get)
    for id in ids:
        title = library.article(id).title
        report(len(rows), len(ids), title)
        rows.append(row_of(title, partial(_complete, library, id, get), id))
    return ImportResult(tuple(rows))


def _complete(library: Library, id: int, get: Fetch) -> ImportRow:
    article = library.article(id)
    body = body_of(article.html)
    wanted = missing(body)
    found = _pictures_of(library, article, wanted, get)
    made = text(filled(body, found), Making.COMPLETED)
    some = library.edit(Verb.FETCH_PICTURES, [Edit(id, text=made)] if wanted else [])
    note = images.missing_note(made.html)
    stayed = Outcome.FAILED if note and wanted else Outcome.UNCHANGED
    note = note or ("" if wanted else "no picture is missing whose address is known")
    return ImportRow(article.title, Outcome.UPDATED if some else stayed, id, note)


def _pictures_of(
    library: Library, article: Article, wanted: Sequence[str], get: Fetch
) -> dict[str, Picture | None]:
    """Fetch pictures of an article; a page from the web may use the site it came from."""
    page = library.source(article.id).base
    return fetch_pictures(wanted, library.keep_picture, trusting(library, article.id, page, get))


def text(body: Body, made_by: Making) -> Clipping:
    """Return a body as the text of an article that is there already."""
    names, lead = images.named(body)
    return Clipping(
        "", html=to_html(body), words=count_words(body), pictures=names, lead=lead, made_by=made_by
    )


# ---- cleaning up by hand


class Cleaning(NamedTuple):
    """An article to be cleaned up: its text, all that its pages show, and where each block is."""

    article: Article
    body: Body
    every: Body
    pages: tuple[PageText, ...]
    pieces: tuple[cleaning.Piece, ...]


def begin(library: Library, id: int, report: Report = silent) -> Cleaning:
    """Return an article with every block of its pages, in the article or not."""
    article = library.article(id)
    report(0, 0, article.title)
    body = body_of(article.html)
    pages = tuple(unpacked(library.source(id)))
    read = _reported(pages, report, article.title)
    every = cleaning.everything(read, find(pictures_at_home(library, id)))
    report(len(pages), len(pages), article.title)
    return Cleaning(article, body, every, pages, tuple(cleaning.pieces(body, every)))


def _reported(pages: Sequence[PageText], report: Report, title: str) -> Iterator[PageText]:
    for number, page in enumerate(pages):
        report(number, len(pages), title)
        yield page


def finish(
    library: Library,
    begun: Cleaning,
    kept: Sequence[bool],
    told: Edit,
    report: Report = silent,
    *,
    for_site: bool = False,
    get: Fetch = fetch,
) -> str:
    """Keep the blocks that are marked and what is told, as one step; ``for_site`` makes rules.

    The pictures of what was brought back are fetched; Stop leaves them out and keeps the rest.
    Returns a sentence where something is to be known. Raises IngestError where nothing is kept.
    """
    chosen = [piece._replace(kept=keep) for piece, keep in zip(begun.pieces, kept, strict=True)]
    edit = told
    if chosen != list(begun.pieces):
        if not any(kept):
            raise IngestError("That would leave nothing of the article; nothing was changed.")
        body = cleaning.joined(chosen, begun.body, begun.every)
        if wanted := missing(Body(tuple(_moved(begun, chosen, back=True)))):
            body = _with_pictures(library, begun, body, wanted, report, get)
        edit = told._replace(text=text(body, Making.CLEANED))
    library.edit(Verb.CLEAN_UP, [edit])
    return _remembered(library, begun, chosen) if for_site else ""


def _with_pictures(
    library: Library,
    begun: Cleaning,
    body: Body,
    wanted: Sequence[str],
    report: Report,
    get: Fetch,
) -> Body:
    """Return the body with pictures that were fetched, or as it is if that was stopped."""

    def stoppable(address: str, **told: Any) -> Fetched:
        report(0, 0, begun.article.title)
        return get(address, **told)

    try:
        found = _pictures_of(library, begun.article, wanted, remembering(stoppable))
    except Cancelled:
        return body
    return filled(body, found)


def _moved(begun: Cleaning, chosen: Sequence[cleaning.Piece], *, back: bool) -> list[Block]:
    """Return the blocks that were brought back, or taken out."""
    pairs = zip(chosen, begun.pieces, strict=True)
    return [new.block for new, old in pairs if new.kept is back and old.kept is not back]


def _remembered(library: Library, begun: Cleaning, chosen: Sequence[cleaning.Piece]) -> str:
    removed, returned = (_moved(begun, chosen, back=each) for each in (False, True))
    others = [x.block for x in chosen if x.kept and x.block not in returned]
    rules, nameless = cleaning.rules_of(begun.pages, removed, returned, others)
    if rules != Rules():
        remember(library.folder, site_of(begun.article.url), rules)
    count = len(rules.remove) + len(rules.keep)
    made = f"{count} rule{'s' * (count != 1)} for {site_of(begun.article.url)} remembered"
    if not nameless:
        return f"{made}."
    return f"{made}; {nameless} of the blocks have no name in the page that a rule could use."


def whole_page(library: Library, id: int) -> int:
    """Show all that the page of an article says instead of its text; return whether it changed."""
    begun = begin(library, id)
    if not begun.every.blocks:
        return 0
    body = cleaning.joined(
        (piece._replace(kept=True) for piece in begun.pieces), begun.body, begun.every
    )
    return library.edit(Verb.WHOLE_PAGE, [Edit(id, text=text(body, Making.WHOLE))])
