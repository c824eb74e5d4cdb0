"""The lines of the sidebar: shelves, headings, and nested tags."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from PySide6.QtCore import QLocale

from reader.model import SHELF_QUERIES, Counts, Query

MANY_SITES = 8
ALL_SITES = "sites"


class Shelf(NamedTuple):
    """A named query; ``key`` identifies it in the settings.

    A saved search has a ``question`` instead. A tag may have the name of a ``colour``.
    """

    key: str
    title: str
    query: Query
    icon: str
    question: str = ""
    colour: str = ""


SHELVES: tuple[Shelf, ...] = (
    Shelf("queue", "Queue", SHELF_QUERIES["queue"], "queue"),
    Shelf("begun", "Continue Reading", SHELF_QUERIES["begun"], "begun"),
    Shelf("all", "All", SHELF_QUERIES["all"], "all"),
    Shelf("favourites", "Favourites", SHELF_QUERIES["favourites"], "favourite"),
    Shelf("archive", "Archive", SHELF_QUERIES["archive"], "archive"),
    Shelf("trash", "Trash", SHELF_QUERIES["trash"], "trash"),
)


class Line(NamedTuple):
    """A shelf, or a heading without one; ``folded`` is None if nothing is below it.

    ``key`` is unique; ``depth`` is the number of tags that a tag is nested in.
    """

    key: str
    title: str
    shelf: Shelf | None = None
    articles: int = 0
    depth: int = 0
    folded: bool | None = None


def shelf_of_tag(tag: str, colour: str = "") -> Shelf:
    """Return the shelf of a tag."""
    return Shelf(f"tag:{tag}", tag, Query(tag=tag), "tag", colour=colour)


def shelf_of_site(site: str) -> Shelf:
    """Return the shelf of a site."""
    return Shelf(f"site:{site}", site, Query(site=site), "site")


def shelf_of_language(code: str) -> Shelf:
    """Return the shelf of a language, with its English name."""
    language = QLocale(code).language()
    known = language is not QLocale.Language.C
    name = QLocale.languageToString(language) if known else code.upper()
    return Shelf(f"language:{code}", name, Query(language=code), "language")


def lines(counts: Counts, folded: Collection[str], site: str = "") -> list[Line]:
    """Return the lines of the sidebar; ``site`` is shown even if it has few articles."""
    fixed = [Line(shelf.key, shelf.title, shelf, getattr(counts, shelf.key)) for shelf in SHELVES]
    saved = [
        Line(f"saved:{uid}", name, Shelf(f"saved:{uid}", name, Query(), "find", question))
        for uid, name, question in counts.saved
    ]
    languages = [_line(shelf_of_language(code), count) for code, count in counts.languages]
    tags_folded = frozenset(key for key in folded if key.startswith("tag:"))
    return [
        *fixed,
        *_section("Searches", saved, folded, "saved"),
        *_section("Tags", _tags(counts.tags, tuple(counts.colours.items()), tags_folded), folded),
        *_section("Sites", _sites(counts.sites, site), folded),
        *_section("Languages", languages if len(languages) > 1 else [], folded),
    ]


def _line(shelf: Shelf, count: int) -> Line:
    return Line(shelf.key, shelf.title, shelf, count)


def _section(
    title: str, below: Sequence[Line], folded: Collection[str], name: str = ""
) -> Iterator[Line]:
    key = f"section:{name or title.casefold()}"
    if below:
        yield Line(key, title, folded=key in folded)
        yield from () if key in folded else below


def _sites(sites: Sequence[tuple[str, int]], site: str) -> list[Line]:
    shown = [_line(shelf_of_site(name), count) for name, count in sites]
    if site and site not in dict(sites):
        shown.append(_line(shelf_of_site(site), 0))
    if len(sites) >= MANY_SITES:
        shown.append(Line(ALL_SITES, "All Sites…"))
    return shown


@lru_cache(maxsize=2)  # the tags of the list, and none
def _tags(
    tags: tuple[tuple[str, int], ...],
    colours: tuple[tuple[str, str], ...],
    folded: frozenset[str],
) -> tuple[Line, ...]:
    """Return a line for each tag outside of folded ones, titled by the last part of its name.

    The cache helps if other counts have changed and there are ten thousand tags.
    """
    shown: list[Line] = []
    own, hidden = dict(colours), "\0"
    for (tag, articles), (after, _) in zip_longest(tags, tags[1:], fillvalue=("", 0)):
        name, key = tag.casefold(), f"tag:{tag}"
        if name.startswith(hidden):
            continue
        folds = key in folded if after.casefold().startswith(f"{name}/") else None
        if folds:
            hidden = f"{name}/"
        above, _, title = tag.rpartition("/")
        depth = above.count("/") + 1 if above else 0
        shelf = shelf_of_tag(tag, own.get(tag, ""))
        shown.append(Line(key, title or tag, shelf, articles, depth, folds))
    return tuple(shown)
