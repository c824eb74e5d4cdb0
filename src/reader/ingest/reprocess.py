"""Process existing articles again: extract them, fetch missing pictures, clean them up.

Nothing is lost: the previous text stays as a version, and each change is an undo step.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from reader.anchor import Anchor
from reader.body.blocks import Block, Body, Picture
from reader.body.caveats import caveats_of
from reader.body.from_html import body_of
from reader.body.to_html import to_html
from reader.body.to_text import count_words
from reader.errors import IngestError
from reader.ingest import cleaning, images
from reader.ingest.fetch import Fetched, fetch
from reader.ingest.reading import clipping, picture_finder, read, with_pictures
from reader.ingest.rows import row_of
from reader.ingest.rules import Rules, remember, rules_for
from reader.ingest.sources import PageText, unpacked
from reader.ingest.urls import site_of
from reader.ingest.web import skipping_silent_hosts, typed_origin, with_permissions
from reader.ingest.web_pictures import Fetch, fetch_pictures, known_pictures, missing_pictures
from reader.library.library import Library
from reader.model import (
    Article,
    Caveat,
    Clipping,
    Edit,
    ImportResult,
    ImportRow,
    Making,
    Outcome,
    State,
)
from reader.progress import Cancelled, Report, silent
from reader.reasons import Reason, Remark
from reader.steps import Verb

_BY_HAND = frozenset({Making.CLEANED, Making.WHOLE, Making.PASTED})


def extract_again(
    library: Library, ids: Sequence[int], report: Report = silent, *, anyway: bool = False
) -> ImportResult:
    """Extract articles from their kept pages again, without the network.

    A text that would become shorter, or was cleaned up by hand, stays unless ``anyway``.
    """
    rows: list[ImportRow] = []

    def edits() -> Iterator[Edit]:
        for id in ids:
            article = library.article(id)
            report(len(rows), len(ids), article.title)
            better: list[Clipping] = []
            again = partial(_again, library, article, better, anyway=anyway)
            rows.append(row_of(article.title, again, id))
            for new in better:
                library.add(new._replace(html="", words=0, lead="", source=b""))
                yield Edit(id, text=new)

    library.backups.before_many(Verb.EXTRACT_AGAIN, len(ids), report)
    library.edit(Verb.EXTRACT_AGAIN, edits())
    return ImportResult(tuple(rows))


def _again(
    library: Library, article: Article, better: list[Clipping], *, anyway: bool
) -> ImportRow:
    """Return the row of an article; append its better text to ``found`` if there is one."""

    def stays(*reasons: Reason, words: tuple[int, ...] = ()) -> ImportRow:
        remarks = tuple(Remark(reason, words) for reason in reasons)
        return ImportRow(article.title, Outcome.UNCHANGED, article.id, remarks)

    if article.state is State.TRASH:
        return stays(Reason.IN_TRASH)
    pages = unpacked(library.texts.source(article.id))
    if not pages:
        return stays(Reason.NO_PAGE)
    by_hand = any(x.in_use and x.made_by in _BY_HAND for x in library.texts.versions(article.id))
    if by_hand and not anyway:
        return stays(Reason.EDITED)
    rules = rules_for(library.folder, site_of(article.url))
    known, written = known_pictures(library, article.id), images.Written(library.keep_picture)
    reading = read(pages, rules, known, written=written)
    new = clipping(reading, article.url)._replace(made_by=Making.EXTRACTED)
    if not reading.body.blocks or new.html == to_html(body_of(article.html)):
        return stays()
    if reading.unsure and Caveat.UNSURE not in caveats_of(article.html) and not anyway:
        return stays(Reason.UNSURE)
    words = (article.words, new.words)
    if new.words < article.words and not anyway:
        return stays(Reason.SHORTER, words=words)
    better.append(new)
    return ImportRow(new.title, Outcome.UPDATED, article.id, (Remark(Reason.LENGTHS, words),))


def fetch_missing(
    library: Library, ids: Sequence[int], report: Report = silent, *, get: Fetch = fetch
) -> ImportResult:
    """Download the missing pictures of articles."""
    rows: list[ImportRow] = []
    get = skipping_silent_hosts(get)
    for id in ids:
        title = library.article(id).title
        report(len(rows), len(ids), title)
        rows.append(row_of(title, partial(_complete, library, id, get), id))
    return ImportResult(tuple(rows))


def _complete(library: Library, id: int, get: Fetch) -> ImportRow:
    article = library.article(id)
    body = body_of(article.html)
    wanted = missing_pictures(body)
    downloaded = _pictures_of(library, article, wanted, get)
    new = text(with_pictures(body, downloaded), Making.COMPLETED)
    some = library.edit(Verb.FETCH_PICTURES, [Edit(id, text=new)] if wanted else [])
    remarks = images.missing_remark(new.html)
    stayed = Outcome.FAILED if remarks and wanted else Outcome.UNCHANGED
    if not remarks and not wanted:
        remarks = (Remark(Reason.NO_PICTURE_MISSING),)
    return ImportRow(article.title, Outcome.UPDATED if some else stayed, id, remarks)


def _pictures_of(
    library: Library, article: Article, wanted: Sequence[str], get: Fetch
) -> dict[str, Picture | None]:
    """Download pictures of an article; a web page may use the site that it came from."""
    page = library.texts.source(article.id).base
    ask = with_permissions(typed_origin(library, article), page, get)
    return fetch_pictures(wanted, library.keep_picture, ask, page=page)


def text(body: Body, made_by: Making) -> Clipping:
    """Return a body as the text of an existing article.

    A text that the user has edited is the one they want: it is not unsure any more.
    """
    if made_by in _BY_HAND:
        body = body._replace(caveats=tuple(x for x in body.caveats if x is not Caveat.UNSURE))
    names, lead = images.picture_names(body)
    return Clipping(
        "", html=to_html(body), words=count_words(body), pictures=names, lead=lead, made_by=made_by
    )


# ---- cleaning up by hand


class Cleaning(NamedTuple):
    """An article to be cleaned up: its text, all of its pages, and every block with its state."""

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
    pages = tuple(unpacked(library.texts.source(id)))
    read = _reported(pages, report, article.title)
    every = cleaning.everything(read, picture_finder(known_pictures(library, id)))
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
    corrections: Edit,
    report: Report = silent,
    *,
    for_site: bool = False,
    get: Fetch = fetch,
) -> str:
    """Save the blocks that are kept, and the corrections, as one undo step.

    With ``for_site``, the removed and restored blocks become rules for the site. The pictures of
    restored blocks are downloaded; if that is cancelled, the rest is saved without them. Returns a
    sentence about the rules, ``""`` if there are none. Raises IngestError if no block is kept.
    """
    chosen = [piece._replace(kept=keep) for piece, keep in zip(begun.pieces, kept, strict=True)]
    edit = corrections
    if chosen != list(begun.pieces):
        if not any(kept):
            raise IngestError("That would leave nothing of the article; nothing was changed.")
        body = cleaning.joined(chosen, begun.body, begun.every)
        if wanted := missing_pictures(Body(tuple(_moved(begun, chosen, back=True)))):
            body = _with_pictures(library, begun, body, wanted, report, get)
        edit = corrections._replace(text=text(body, Making.CLEANED))
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
    """Return the body with the downloaded pictures, unchanged if the download is cancelled."""

    def stoppable(address: str, **options: Any) -> Fetched:
        report(0, 0, begun.article.title)
        return get(address, **options)

    try:
        downloaded = _pictures_of(library, begun.article, wanted, skipping_silent_hosts(stoppable))
    except Cancelled:
        return body
    return with_pictures(body, downloaded)


def _moved(begun: Cleaning, chosen: Sequence[cleaning.Piece], *, back: bool) -> list[Block]:
    """Return the blocks that were restored, or those that were removed."""
    pairs = zip(chosen, begun.pieces, strict=True)
    return [new.block for new, old in pairs if new.kept is back and old.kept is not back]


def _remembered(library: Library, begun: Cleaning, chosen: Sequence[cleaning.Piece]) -> str:
    removed, returned = (_moved(begun, chosen, back=back) for back in (False, True))
    others = [x.block for x in chosen if x.kept and x.block not in returned]
    rules, nameless = cleaning.rules_of(begun.pages, removed, returned, others)
    if rules != Rules():
        remember(library.folder, site_of(begun.article.url), rules)
    count = len(rules.remove) + len(rules.keep)
    summary = f"{count} rule{'s' * (count != 1)} for {site_of(begun.article.url)} remembered"
    if not nameless:
        return f"{summary}."
    return f"{summary}; {nameless} of the blocks cannot be identified by a rule."


def original(library: Library, id: int, report: Report = silent) -> Article | None:
    """Return an article with the text of its whole page, which stays as it is; None if unknown."""
    begun = begin(library, id, report)
    if not begun.every.blocks:
        return None
    return begun.article._replace(html=to_html(begun.every), position=Anchor(), progress=0.0)


def whole_page(library: Library, id: int) -> int:
    """Replace the text of an article by all of its page; return 1 if that changed it, else 0."""
    begun = begin(library, id)
    if not begun.every.blocks:
        return 0
    body = cleaning.joined(
        (piece._replace(kept=True) for piece in begun.pieces), begun.body, begun.every
    )
    return library.edit(Verb.WHOLE_PAGE, [Edit(id, text=text(body, Making.WHOLE))])
