"""Turn pages into an article: extract them, apply the user's rules, join the parts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from reader.body import clean
from reader.body.blocks import Block, Body, Heading, Note, Picture, Rule, Run, Runs
from reader.body.from_html import FindPicture, from_html
from reader.body.rewrite import prefixed, rewrite, rewrite_note
from reader.body.to_html import to_html
from reader.body.to_text import bare_text, count_words, excerpt, pictures
from reader.ingest import cleaning, images
from reader.ingest.extract.whole import Page, extract
from reader.ingest.metadata import Metadata
from reader.ingest.picture_sizes import given_size
from reader.ingest.rules import Rules
from reader.ingest.sources import PageText
from reader.ingest.urls import site_of
from reader.model import Caveat, Clipping

Known = Mapping[str, Picture | None]
"""Pictures by their URLs; None for a tracking pixel."""

FindWritten = Callable[[str], Picture | None]
"""Returns the picture that is written into a URL."""

NO_RULES = Rules()
NOTHING: Known = MappingProxyType({})

_AGAIN = 40  # the least length of a block that is left out if it is repeated


class Reading(NamedTuple):
    """The metadata and the body of an article, and whether it may be the wrong text."""

    about: Metadata
    body: Body
    unsure: bool


def no_picture(_url: str) -> Picture | None:
    """Find no picture in a URL."""
    return None


def extracts(pages: Sequence[PageText], rules: Rules = NO_RULES) -> list[Page]:
    """Return the extracted contents of each page, independent of the known pictures."""
    return [extract(*page, without=rules.remove) for page in pages]


def read(
    pages: Sequence[PageText],
    rules: Rules = NO_RULES,
    known: Known = NOTHING,
    extracted: Sequence[Page] = (),
    written: FindWritten = no_picture,
) -> Reading:
    """Return the article in the pages that are its parts; unknown pictures are missing.

    ``extracted`` avoids extracting the pages again, ``written`` finds pictures within the pages.
    """
    picture = picture_finder(known, written)
    results = extracted or extracts(pages, rules)
    bodies = [
        from_html(one.html, picture=picture, address=page.address, whole=True)
        for one, page in zip(results, pages, strict=True)
    ]
    about = results[0].about
    joined = _thread(bodies) if results[0].is_thread else _joined(bodies)
    body = cleaning.with_kept(joined, pages, rules, picture)
    unsure = any(one.unsure for one in results)
    if not body.blocks:  # all of the page is better than nothing
        body, unsure = cleaning.everything(pages, picture), True
    body = _without_outer_rules(body)
    body = body._replace(language=about.language or body.language, direction=about.direction)
    return Reading(about, body, unsure)


def _without_outer_rules(body: Body) -> Body:
    """Return a body without lines at its ends and without lines after lines."""
    blocks: list[Block] = []
    for block in body.blocks:
        if not isinstance(block, Rule) or (blocks and not isinstance(blocks[-1], Rule)):
            blocks.append(block)
    if blocks and isinstance(blocks[-1], Rule):
        blocks.pop()
    return body._replace(blocks=tuple(blocks)) if blocks else body


def clipping(reading: Reading, address: str, *, whole: bool = True) -> Clipping:
    """Return an article as a clipping; ``whole`` means that all of it was downloaded."""
    about, body, unsure = reading
    caveats = () if whole else (Caveat.PARTIAL,)
    if unsure and body.blocks:
        caveats = (Caveat.UNSURE, *caveats)
    names, lead = images.picture_names(body)
    return Clipping(
        url=address,
        title=clean.line(about.title) or site_of(address),
        byline=clean.line(about.byline),
        site=clean.line(about.site) or site_of(address),
        language=about.language,
        subjects=about.subjects,
        excerpt=clean.text(about.excerpt)[:400] or excerpt(body),
        published_at=about.published_at,
        html=to_html(body._replace(caveats=caveats)),
        words=count_words(body),
        pictures=names,
        lead=lead,
    )


def picture_finder(known: Known, written: FindWritten = no_picture) -> FindPicture:
    """Return a function that gives each ``<img>`` its picture, a missing one if it is unknown."""

    def picture(attributes: Mapping[str, str]) -> Picture | None:
        alt = " ".join(clean.text(attributes.get("alt", "")).split())
        source = attributes.get("src", "")
        if source.startswith("data:"):
            there = written(source)
            return there and there._replace(alt=alt, given=given_size(attributes))
        address = source if source.startswith(("https://", "http://")) else ""
        there = known.get(source, Picture(""))
        return there and there._replace(alt=alt, address=address, given=given_size(attributes))

    return picture


def with_pictures(body: Body, known: Known) -> Body:
    """Return a body with the known pictures filled in, and without tracking pixels."""

    def change(runs: Runs) -> Runs:
        return tuple(new for run in runs if (new := _filled(run, known)) is not None)

    blocks = tuple(rewrite(block, change) for block in body.blocks)
    kept = [new for new, old in zip(blocks, body.blocks, strict=True) if new == old or _shows(new)]
    notes = tuple(rewrite_note(note, change) for note in body.notes)
    return body._replace(blocks=tuple(kept), notes=notes)


def _filled(run: Run, known: Known) -> Run | None:
    if not isinstance(run, Picture) or run.name or run.address not in known:
        return run
    picture = known[run.address]
    return picture and picture._replace(
        alt=run.alt, link=run.link, address=run.address, given=run.given
    )


def _shows(block: Block) -> bool:
    return bool(bare_text(block)) or any(True for _ in pictures(Body((block,))))


def _joined(bodies: Sequence[Body]) -> Body:
    """Join the parts of an article; blocks repeated from earlier parts are left out."""
    if len(bodies) == 1:
        return bodies[0]
    blocks, notes = list(bodies[0].blocks), list(bodies[0].notes)
    texts = {bare_text(block) for block in blocks}
    for number, body in enumerate(bodies[1:], 2):
        prefix = f"part{number}-"
        fresh = [x for x in body.blocks if len(bare_text(x)) < _AGAIN or bare_text(x) not in texts]
        texts |= {bare_text(block) for block in fresh}
        change = partial(prefixed, prefix=prefix)
        blocks += [rewrite(x, change, prefix) for x in fresh]
        notes += [rewrite_note(x, change, prefix) for x in body.notes]
    return bodies[0]._replace(blocks=tuple(blocks), notes=tuple(notes))


def _thread(bodies: Sequence[Body]) -> Body:
    """Join the pages of a thread; a post that was on an earlier page is left out."""
    seen: set[tuple[str, ...]] = set()
    blocks: list[Block] = []
    notes: list[Note] = []
    for number, body in enumerate(bodies, 1):
        prefix = f"part{number}-" if body.notes and number > 1 else ""
        change = partial(prefixed, prefix=prefix)
        posts = list(_posts(body.blocks))
        fresh = [block for post in posts if _key(post) not in seen for block in post]
        seen |= {key for post in posts if (key := _key(post))}
        blocks += [rewrite(x, change, prefix) for x in fresh]
        notes += [rewrite_note(x, change, prefix) for x in body.notes]
    return bodies[0]._replace(blocks=tuple(blocks), notes=tuple(notes))


def _posts(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks of each post; what is before the first head is one, too."""
    post: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.anchor:
            yield post
            post = []
        post.append(block)
    yield post


def _key(post: Sequence[Block]) -> tuple[str, ...]:
    """Return what tells a post from others: its place, its head and its first block.

    Words alone do not: people write the same.
    """
    if not post or not isinstance(post[0], Heading):
        return ()
    return (post[0].anchor, *map(bare_text, post[:2]))
