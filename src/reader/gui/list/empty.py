"""The hint of an empty list: the reason, and the next step."""

from collections.abc import Callable
from typing import NamedTuple

from reader.model import Query


class _Hint(NamedTuple):
    """Lines of an empty list; ``with_key`` replaces ``hint`` if ``action`` has a key."""

    title: str
    hint: str
    action: str = ""
    with_key: str = ""


_EMPTY: dict[str, _Hint] = {
    "queue": _Hint(
        "Your queue is empty",
        "Drop addresses or files here to add some.",
        "add.url",
        "Add articles with {key}, or drop files here.",
    ),
    "archive": _Hint(
        "Nothing archived yet",
        "Archive an article when you are done with it.",
        "article.archive",
        "Press {key} when you are done with an article.",
    ),
    "trash": _Hint("The trash is empty", "Deleted articles wait here, and can be restored."),
    "favourites": _Hint(
        "No favourites yet",
        "Make an article a favourite to keep it close.",
        "article.favourite",
        "Press {key} on an article to keep it close.",
    ),
    "tag": _Hint(
        "Nothing has this tag",
        "Tag an article to find it here.",
        "article.edit_tags",
        "Press {key} on an article to tag it.",
    ),
    "begun": _Hint("Nothing begun", "Articles you have started to read wait here."),
    "site": _Hint("No more articles from here", "Deleted articles are in the trash."),
    "found": _Hint("Nothing found", "Try fewer words, or other ones."),
    "all": _Hint(
        "No articles yet",
        "Drop addresses or files here to add some.",
        "add.url",
        "Add some with {key}, or drop files here.",
    ),
}


def hint_of(query: Query | None, key_of: Callable[[str], str]) -> str:
    """Return the title and the hint of an empty list, two lines; None is a search.

    ``key_of`` returns the key of an action by its id, ``""`` if it has none.
    """
    title, hint, action, with_key = _EMPTY[_kind(query)]
    key = key_of(action) if action else ""
    return f"{title}\n{with_key.format(key=key) if key else hint}"


def _kind(query: Query | None) -> str:
    if query is None:
        return "found"
    if query.tag:
        return "tag"
    if query.site or query.language:
        return "site"
    if query.favourite or query.begun:
        return "favourites" if query.favourite else "begun"
    return str(query.state) if query.state else "all"
