"""The conditions of the actions: those that hold in a window, and the reason if one is missing."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import ReaderError
from reader.gui.action import Needs
from reader.gui.appearance.scopes import Scope
from reader.model import Article, State
from reader.settings import Settings

if TYPE_CHECKING:
    from reader.gui.page_controllers import PageControllers
    from reader.gui.window import Window

_SWITCHES = ("justified", "hyphenated", "indented")
_OF_PAGE = (
    Needs.ARTICLE
    | Needs.CHOSEN
    | Needs.LISTED
    | Needs.TEXT
    | Needs.SITE
    | Needs.ORIGINAL
    | Needs.SELECTION
)
_JUDGED = 4  # search results that tell whether the selected ones are in the trash
_REASONS: Mapping[Needs, str] = MappingProxyType(
    {
        Needs.ARTICLE: "Open an article first.",
        Needs.CHOSEN: "Open or select an article first.",
        Needs.LISTED: "The list is empty.",
        Needs.TEXT: "This article has no text.",
        Needs.SELECTION: "Select words on the page first.",
        Needs.ORIGINAL: "This article was pasted; it has no original.",
        Needs.WEB: "Only articles from the web can be downloaded.",
        Needs.SITE: "This article belongs to no site.",
        Needs.VERSIONS: "This article has no older texts.",
        Needs.IN_TRASH: "This article is not in the trash.",
        Needs.NOT_IN_TRASH: "This article is in the trash.",
        Needs.QUEUE_ORDER: "Show the queue in its own order first.",
        Needs.QUEUE: "The queue is empty.",
        Needs.TRASH: "The trash is empty.",
        Needs.SITES: "No article comes from a site yet.",
        Needs.UNDO: "There is nothing to undo.",
        Needs.REDO: "There is nothing to redo.",
        Needs.BACK: "There is no place to go back to.",
        Needs.FORWARD: "There is no place to go forward to.",
        Needs.SESSION: "No reading session is running.",
        Needs.TAG: "Select a tag in the sidebar first.",
        Needs.SAVED: "Select a saved search in the sidebar first.",
        Needs.TAG_OR_SAVED: "Select a tag or a saved search in the sidebar first.",
    }
)


class Conditions(NamedTuple):
    """The conditions that hold, and whether actions are checked, by the ids of actions.

    ``on_page`` are those that hold for actions on the page in use.
    ``undo`` and ``redo`` describe the steps that they would take, ``""`` for none. ``goals`` are
    the names of the places that actions lead to, by their ids.
    """

    met: Needs
    checked: Mapping[str, bool]
    settings: Settings = Settings()
    undo: str = ""
    redo: str = ""
    goals: Mapping[str, str] = MappingProxyType({})
    on_page: Needs = Needs.NOTHING


def reason(missing: Needs) -> str:
    """Return why an action is disabled, from the first of its missing conditions."""
    return next((words for need, words in _REASONS.items() if need in missing), "")


def of(window: "Window", *, with_history: bool = True) -> Conditions:
    """Return the conditions that hold in a window; without the history, there may be any step."""
    article, undo, redo = window.article, "", ""
    met = _of_article(window, article) | _of_shelves(window)
    if with_history:
        undo, redo = window.library.history.undo_text(), window.library.history.redo_text()
    met |= _if(Needs.UNDO, bool(undo) or not with_history)
    met |= _if(Needs.REDO, bool(redo) or not with_history)
    goals = {
        "page.go_back": window.navigation.goal(-1),
        "page.go_forward": window.navigation.goal(1),
    }
    met |= _if(Needs.BACK, bool(goals["page.go_back"]))
    met |= _if(Needs.FORWARD, bool(goals["page.go_forward"]))
    if article is not None:
        known = not with_history or bool(window.library.texts.versions(article.id))
        met |= _if(Needs.VERSIONS, known)
    if window.controllers.is_in_session:
        met |= Needs.SESSION
    checked = {
        "contents.toggle": window.controllers.around.shows_contents,
        "article.read_later": article is not None and article.state is State.QUEUE,
        "article.favourite": article is not None and article.favourite,
    }
    look = window.appearance.settings
    checked |= {f"type.{name}": getattr(look, name) for name in _SWITCHES}
    checked["look.site"] = window.appearance.has_own(Scope.SITE)
    checked["look.article"] = window.appearance.has_own(Scope.ARTICLE)
    return Conditions(met, checked, look, undo, redo, goals, _on_page(window, met))


def _of_article(window: "Window", article: Article | None) -> Needs:
    """Return the conditions that hold for the open article and the selected ones."""
    in_list = window.list.selectionModel().hasSelection()
    met = _if(Needs.CHOSEN, article is not None or in_list)
    met |= _if(Needs.LISTED, article is not None or window.list.model().rowCount() > 0)
    if Needs.CHOSEN in met:
        met |= Needs.IN_TRASH if _is_in_trash(window, article) else Needs.NOT_IN_TRASH
    if article is None:
        return met
    met |= _of_page(window.controllers.page)
    is_web = article.url.startswith(("http://", "https://"))
    return met | _if(Needs.WEB, is_web or window.list.several)


def _on_page(window: "Window", met: Needs) -> Needs:
    """Return the conditions for actions on the page in use."""
    page = window.controllers.page_in_use
    return met if page is window.controllers.page else met & ~_OF_PAGE | _of_page(page)


def _of_page(page: "PageControllers") -> Needs:
    """Return the conditions that the article on a page fulfils."""
    article = page.article
    if article is None:
        return Needs.NOTHING
    met = Needs.ARTICLE | Needs.CHOSEN | Needs.LISTED | _if(Needs.TEXT, bool(article.html))
    met |= _if(Needs.SITE, bool(article.site)) | _if(Needs.ORIGINAL, bool(article.url))
    return met | _if(Needs.SELECTION, page.viewer.textCursor().hasSelection())


def _is_in_trash(window: "Window", article: Article | None) -> bool:
    """Return whether the articles that actions apply to are in the trash; judged by a few."""
    if article is not None and not window.list.several:
        return article.state is State.TRASH
    if window.list.query is not None:
        return window.list.query.state is State.TRASH
    try:
        rows = window.library.rows_of(window.list.selected_ids(most=_JUDGED))
    except ReaderError:  # deleted in the meantime, or unreadable
        return False
    return all(row.state is State.TRASH for row in rows)


def _of_shelves(window: "Window") -> Needs:
    """Return the conditions that hold for the list and the sidebar."""
    counts, shelf = window.shelves.counts, window.shelves.shelf()
    met = _if(Needs.QUEUE_ORDER, window.list.own_order) | _if(Needs.QUEUE, counts.queue > 0)
    met |= _if(Needs.TRASH, counts.trash > 0) | _if(Needs.SITES, bool(counts.sites))
    if shelf is None:
        return met
    met |= _if(Needs.TAG, bool(shelf.query.tag)) | _if(Needs.SAVED, bool(shelf.question))
    return met | _if(Needs.TAG_OR_SAVED, bool(shelf.query.tag or shelf.question))


def _if(need: Needs, holds: bool) -> Needs:
    return need if holds else Needs.NOTHING
