"""A tab: an article, its place and its way back; its page as long as there is room for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.anchor import Anchor
from reader.gui.list.row import title_of
from reader.gui.viewer.kept import Kept
from reader.model import Article, Row, State

if TYPE_CHECKING:
    from reader.gui.navigation import Visited

ROOM = 3 * 1024 * 1024
"""The memory in bytes that kept pages may take for each tab."""
_MOST_ROOM = 8 * ROOM


@dataclass(slots=True, eq=False)
class Tab:
    """An article in a tab, 0 for none; ``left_at`` is a count that grows with each tab left.

    ``seen`` is whether it was shown since the start, ``in_trash`` whether it was opened there.
    """

    id: int = 0
    uid: str = ""
    title: str = ""
    site: str = ""
    icon: str = ""
    seen: bool = False
    in_trash: bool = False
    place: Anchor | None = None
    history: "Visited | None" = None
    kept: Kept | None = None
    left_at: int = 0

    def show(self, article: Article | Row) -> None:
        """Describe an article as it is now."""
        self.id, self.title = article.id, title_of(article.title)
        self.site, self.icon = article.site or article.byline, article.icon
        if isinstance(article, Article):
            self.uid = article.uid
            self.in_trash = article.state is State.TRASH

    def empty(self) -> None:
        """Hold no article any longer."""
        self.id, self.uid, self.title, self.site, self.icon = 0, "", "", "", ""
        self.place = None
        self.let_go()

    def let_go(self) -> None:
        """Discard the page."""
        if self.kept is not None:
            self.kept.document.discard()
            self.kept = None


def make_room(tabs: Sequence[Tab]) -> None:
    """Discard the pages that were left longest ago until the others have room."""
    free = min(ROOM * len(tabs), _MOST_ROOM)
    for tab in sorted(tabs, key=lambda tab: -tab.left_at):
        if tab.kept is not None:
            free -= tab.kept.size
            if free < 0:
                free += tab.kept.size
                tab.let_go()
