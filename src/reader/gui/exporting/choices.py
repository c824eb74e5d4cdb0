"""The articles that can be exported: the open one, the selected ones, a list, everything."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.exporting.kinds import Kind
from reader.gui.list.model import ArticleModel
from reader.library.library import Library
from reader.model import SHELF_QUERIES

if TYPE_CHECKING:
    from reader.gui.window import Window

_CAPS = (200, 2000)
"""The numbers of results at which the list may end before the search does."""


class Choice(NamedTuple):
    """A choice of articles: its name, its subject, and the title of a book of them.

    ``number`` is 0 if it is not known yet. ``in_trash`` is the number of further articles, which
    only the format of Reader itself takes along. ``ids`` is called in the background.
    """

    text: str
    detail: str
    title: str
    number: int
    ids: Callable[[Kind], Sequence[int]]
    in_trash: int = 0

    def count_as(self, kind: Kind) -> int:
        """Return the number of articles in a format, 0 if it is not known yet."""
        return self.number + (self.in_trash if kind is Kind.JSONL else 0)

    def is_several(self, kind: Kind) -> bool:
        """Return whether there may be several articles."""
        return self.count_as(kind) != 1


def choices_of(window: "Window") -> list[Choice]:
    """Return the choices for an export from a window, the most likely one first."""
    choices: list[Choice] = []
    article, library = window.article, window.library
    if article is not None:
        only = (article.id,)
        choices.append(Choice("This article", article.title, article.title, 1, lambda _: only))
    if window.list.several:
        choices.insert(0, _selected(tuple(window.list.selected_ids())))
    listed = _listed(window)
    if listed is not None:
        choices.append(listed)
    counts = library.counts()
    if counts.all or counts.trash:
        choices.append(_everything(library, counts.all, counts.trash))
    return choices


def _selected(ids: Sequence[int]) -> Choice:
    text = f"The {len(ids):,} selected articles"
    return Choice(text, "", "Selected articles", len(ids), lambda _: ids)


def _listed(window: "Window") -> Choice | None:
    """Return the choice of the articles in the list: a shelf, or the results of a search."""
    library, query = window.library, window.list.query
    if query is not None:
        title = window.shelf_view.query()[0]
        count = library.count(query)
        ids = library.ids
        text = f"The shelf ({count:,})"
        return Choice(text, title, title, count, lambda _: ids(query)) if count else None
    model = window.list.model()
    assert isinstance(model, ArticleModel)
    results, words = tuple(model.listing.ids(0, model.rowCount())), window.search_field.text()
    if not results:
        return None
    if words.strip() and len(results) in _CAPS:
        return Choice(
            "All that the search finds", words, words, 0, lambda _: _found(library, words)
        )
    text = f"The articles in the list ({len(results):,})"
    return Choice(text, words, words or "Articles", len(results), lambda _: results)


def _found(library: Library, words: str) -> Sequence[int]:
    from reader.library.search.query_parser import question

    return library.search.ids(question(words), limit=-1)


def _everything(library: Library, count: int, in_trash: int) -> Choice:
    def ids(kind: Kind) -> Sequence[int]:
        return library.known.ids() if kind is Kind.JSONL else library.ids(SHELF_QUERIES["all"])

    return Choice(f"Everything ({count:,})", "", "All articles", count, ids, in_trash)
