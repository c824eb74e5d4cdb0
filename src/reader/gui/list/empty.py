"""What an empty list says: why it is empty, and what to do."""

from reader.model import Query

_EMPTY: dict[str, tuple[str, str]] = {
    "queue": ("Your queue is empty", "Add articles with Ctrl+O, or drop files here."),
    "archive": ("Nothing archived yet", "Press E when you are done with an article."),
    "trash": (
        "The trash is empty",
        "Deleted articles wait here, and can be restored.",
    ),
    "favourites": ("No favourites yet", "Press S on an article to keep it close."),
    "tag": ("Nothing has this tag", "Press T on an article to tag it."),
    "begun": ("Nothing begun", "Articles you have started to read wait here."),
    "site": ("No more articles from here", "Deleted articles are in the trash."),
    "found": ("Nothing found", "Try fewer words, or other ones."),
    "all": ("No articles yet", "Add some with Ctrl+O, or drop files here."),
}


def hint_of(query: Query | None) -> str:
    """Return the title and the hint of an empty list, two lines; None is a search."""
    return "\n".join(_EMPTY[_kind(query)])


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
