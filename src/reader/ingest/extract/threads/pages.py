"""The pages of a thread: which link leads from one to the next.

Forums number their pages in the address, by page or by the posts before it. On the page of a thread
no label is needed: a link to the same thread with the next number is its next page, and another
topic has another address.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_PAGE = re.compile(r"(?:(?:timeline_)?page|pagenumber|paged|pg|p)=(?P<number>\d{1,5})")
_OFFSET = re.compile(r"(?:start|st|offset)=(?P<number>\d{1,7})")
_TOPIC = re.compile(r"(?P<stem>.*\btopic[=,]\d+)\.(?P<number>\d{1,7})(?P<end>(?:\.html)?)")
_NAMED = re.compile(r"(?P<stem>.*?)[/_-](?:page[/_-]?|p)(?P<number>\d{1,5})(?P<end>/?|\.\w{3,5})")
_BARE = re.compile(r"(?P<stem>.*?)(?:[/_,-]|(?<=/index))(?P<number>\d{1,5})(?P<end>/?|\.\w{3,5})")
_SESSION = re.compile(r"(?:sid|s|phpsessid|highlight|hl)=.*", re.IGNORECASE)
_ENDING = re.compile(r"(?:/index)?(?:\.(?:html?|php))?/?$")


class Link(NamedTuple):
    """A link of a page as a whole URL, and whether the page calls it the next or a page."""

    address: str
    paging: bool


class _Thread(NamedTuple):
    """The part of a URL that all pages of a thread have in common."""

    host: str
    path: str
    query: frozenset[str]


class _Turn(NamedTuple):
    """A URL taken apart: the thread, and the number of the page or of the posts before it.

    ``numbered`` is False if the URL has no number; ``sure`` if it might mean something else.
    """

    thread: _Thread
    number: int
    counts_posts: bool = False
    numbered: bool = True
    sure: bool = True


def next_of_thread(links: Iterable[Link], here: Iterable[str]) -> str:
    """Return the URL of the next page of a thread, ``""`` if there is none.

    ``here`` are the URLs of this page: its own, and its canonical one.
    """
    links = list(links)
    known = _known(here, {turn.thread for link in links for turn in _turns(link.address)[:1]})
    found: dict[str, int] = {}
    for link in links:
        for turn in _turns(link.address):
            if (turn.sure or link.paging) and any(_follows(turn, at) for at in known):
                found[link.address] = min(turn.number, found.get(link.address, turn.number))
    return min(found, key=lambda address: found[address], default="")


def _known(here: Iterable[str], linked: set[_Thread]) -> list[_Turn]:
    """Return the ways to read the URLs of a page: those with a certain number, if there are any.

    A number alone counts pages if the page links to the same address without it.
    """
    turns = [turn for address in here for turn in _turns(address)]
    certain = [turn for turn in turns if turn.numbered and turn.sure]
    return certain or [turn for turn in turns if turn.sure or turn.thread in linked]


def _follows(turn: _Turn, at: _Turn) -> bool:
    """Return whether one URL can be the page after another."""
    one, other = turn.thread, at.thread
    if (one.host, one.path) != (other.host, other.path) or (other.query and not one.query):
        return False
    if not (one.query <= other.query or other.query <= one.query):
        return False
    if turn.counts_posts != at.counts_posts and at.numbered:
        return False
    if turn.counts_posts:
        return turn.number > (at.number if at.counts_posts else 0)
    return turn.number == at.number + 1


def _turns(address: str) -> list[_Turn]:
    """Return the ways to read a URL; the first, without a number, is the first page."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    items = [x for x in re.split("[&;]", unquote(parts.query)) if x and not _SESSION.fullmatch(x)]
    whole = _Thread(host, _stem(parts.path), frozenset(map(_stem, items)))
    turns = [_Turn(whole, 1, numbered=False)]
    for item in items:
        rest = whole._replace(query=whole.query - {_stem(item)})
        if match := _PAGE.fullmatch(item):
            turns.append(_Turn(rest, int(match["number"])))
        elif match := _OFFSET.fullmatch(item):
            turns.append(_Turn(rest, int(match["number"]), counts_posts=True))
        elif found := _within(item):
            stem, turn = found
            turns.append(turn._replace(thread=rest._replace(query=rest.query | {stem})))
    if found := _within(parts.path):
        stem, turn = found
        turns.append(turn._replace(thread=whole._replace(path=stem)))
    return turns


_NOWHERE = _Thread("", "", frozenset())


def _within(text: str) -> tuple[str, _Turn] | None:
    """Return the number in a path, or in a query that is like a path, and what is around it."""
    for pattern in (_TOPIC, _NAMED, _BARE):
        if match := pattern.fullmatch(text):
            counts_posts, sure = pattern is _TOPIC, pattern is not _BARE
            turn = _Turn(_NOWHERE, int(match["number"]), counts_posts, sure=sure)
            return _stem(match["stem"]), turn
    return None


def _stem(text: str) -> str:
    return _ENDING.sub("", text)
