"""The services that imports need from other rooms of the window."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.gui.list.listings import SearchListing
from reader.model import Theme
from reader.phrases import plural

if TYPE_CHECKING:
    from reader.gui.window import Window

_TITLE = "Imported"


class Services(NamedTuple):
    """Functions of other rooms: the theme, and ways to show an article or many of them."""

    colours: Callable[[], Theme]
    open_article: Callable[[int], None]
    show_articles: Callable[[Sequence[int]], None]


def services_of(window: "Window") -> Services:
    """Return the services of a window."""

    def show(ids: Sequence[int]) -> None:
        window.search_field.clear()
        window.list.show_results(SearchListing(window.library, lambda: ids), lambda _: ())
        window.list_head.show_results(plural(len(ids), "article"), title=_TITLE)
        window.shelves.show_search(_TITLE)
        window.go_to_list()

    return Services(lambda: window.colours, window.navigation.open_listed, show)
