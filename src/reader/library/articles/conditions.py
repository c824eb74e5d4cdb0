"""SQL conditions on articles, in the words of the indexes that serve them, with their values."""

from typing import TypeAlias

from reader.library.store.collation import LAST, sort_key
from reader.model import State

Condition: TypeAlias = tuple[str, list[object]]

TAG = "(SELECT id FROM tag WHERE name_key = ?)"
FAVOURITE = "favourite = 1"


def in_state(state: State) -> Condition:
    """Select the articles in a state."""
    return "state = ?", [str(state)]


def outside_trash(*, by_origin: bool) -> str:
    """Select the articles outside the trash; ``by_origin`` if also selected by site or language."""
    # Both mean the same. Each is what the partial indexes for its kind of query contain.
    return "trashed_at = ''" if by_origin else "state <> 'trash'"


def of_site(name: str) -> Condition:
    """Select the articles of a site."""
    return "site = ?", [name]


def beginning(title: str) -> Condition:
    """Select the articles whose titles begin so, without regard to case and accents."""
    key = sort_key(title)
    return "title_key >= ? AND title_key < ?", [key, key + LAST]


def in_language(name: str, *, begins: bool = False) -> Condition:
    """Select the articles in a language without its region, or in all that begin so."""
    return _named("tongue", name, begins)


def tagged(name: str, *, begins: bool = False, id: str = "id") -> Condition:
    """Select the articles with a tag or one within it, or with any tag that begins so.

    ``id`` is the expression for the id of the article.
    """
    key = name.casefold()
    if begins:
        condition, values = _named("name_key", key, begins)
        within = f"JOIN tag ON tag.id = within WHERE {condition}"
    else:
        within, values = f"WHERE within = {TAG}", [key]
    inner = f"SELECT article FROM article_tag JOIN tag_within USING (tag) {within}"
    return f"{id} IN ({inner})", values


def _named(column: str, name: str, begins: bool) -> Condition:
    if begins:
        return f"{column} BETWEEN ? AND ?", [name, name + LAST]
    return f"{column} = ?", [name]
