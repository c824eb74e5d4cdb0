"""The tabs above the page: which articles they hold, which is shown, and how they go."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtWidgets import QVBoxLayout

from reader.errors import ReaderError
from reader.gui.list.row import ROW
from reader.gui.tabs.bar import TabBar
from reader.gui.tabs.button import Entry, Looks
from reader.gui.tabs.tab import Tab, make_room
from reader.gui.viewer import links
from reader.gui.viewer.kept import keep
from reader.gui.widgets.layouts import column
from reader.model import Article, Row, State
from reader.settings import MOST_TABS

if TYPE_CHECKING:
    from reader.gui.window import Window

_MOST_CLOSED = 30
_MOST_AT_ONCE = 20


class Tabs(QObject):
    """Keeps the tabs of a window; the page, its place and its history are those of one of them.

    There is always one, without a bar; the others are not loaded until they are shown.
    """

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window, self._library = window, window.context.library
        self._messages = window.context.messages
        self._navigation, self._viewer = window.navigation, window.viewer
        self.tabs = [Tab(seen=True)]
        self.here = 0
        self._closed: list[tuple[int, Tab]] = []
        self._gone: list[tuple[int, Tab]] = []
        self._left = self._opened = 0
        if window.article is not None:
            self.current.show(window.article)
        self.bar = self._made_bar()
        self._navigation.is_elsewhere = self._show_elsewhere
        self._navigation.shown.connect(self._shown)
        window.context.history.changed.connect(self.look)

    def _made_bar(self) -> TabBar:
        window = self._window
        bar = TabBar(Looks(window.context.images, lambda: window.colours))
        bar.wanted.connect(self.show)
        bar.close_wanted.connect(self.close)
        bar.others_close_wanted.connect(self.close_others)
        bar.beside_wanted.connect(lambda at: self.open_beside(self.tabs[at].id))
        bar.window_wanted.connect(self._open_window)
        bar.moved.connect(self._move)
        bar.hide()
        place = column(bar)  # full screen and focus mode hide it, whether it has a bar or not
        page = window.page.layout()
        assert isinstance(page, QVBoxLayout)
        page.insertWidget(0, place)
        place.show()
        window.controllers.bars.add(place)
        return bar

    @property
    def current(self) -> Tab:
        """The tab on the page."""
        return self.tabs[self.here]

    # ---- opening

    def open(self, id: int) -> None:
        """Open an article in a tab behind the page; one that has it already is shown.

        The article on the page keeps its tab, and the article before it gets one again.
        """
        there = self._with(id)
        if id == self.current.id:
            self._part()
        elif there is not None:
            self.show(there)
        else:
            self._insert(id, self._behind())

    def open_beside(self, id: int) -> None:
        """Show an article beside the page; if it is the one there, the page goes back first."""
        if id == self.current.id:
            others = [tab.id for tab in self.tabs if tab.id != id]
            before = self._navigation.before or next(iter(others), 0)
            if not before:
                self._messages.tell("This article is open. Choose another one to put beside it.")
                return
            self._navigation.open_listed(before)
        self._window.controllers.around.beside.open(id)

    def _open_window(self, at: int) -> None:
        self._window.controllers.around.article_windows.open(self.tabs[at].id)

    def _behind(self) -> int:
        """Return the place behind the tabs that were opened from the current one."""
        self._opened += 1
        return min(self.here + self._opened, len(self.tabs))

    def open_row(self, row: int) -> None:
        """Open the article of a row of the list."""
        found = self._window.list.model().index(row, 0).data(ROW)
        if isinstance(found, Row):
            self.open(found.id)

    def open_link(self, link: str) -> None:
        """Open the article that a link leads to, or else its page in another program."""
        address = links.handed_on(QUrl(link))
        id = self._library.find(address) if address.startswith("http") else None
        if id is not None:
            self.open(id)
        elif address:
            links.follow(address, self._messages)

    def open_all(self, ids: Sequence[int]) -> None:
        """Open articles in tabs, at most as many as can be overlooked."""
        if len(ids) == 1:
            self.open(ids[0])
            return
        for id in ids[:_MOST_AT_ONCE]:
            if self._with(id) is None and not self._insert(id, self._behind()):
                return
        if len(ids) > _MOST_AT_ONCE:
            self._messages.tell(f"The first {_MOST_AT_ONCE} of these articles are in tabs.")

    def _part(self) -> None:
        before = self._navigation.before
        if before and self._with(before) is None and self._insert(before, self.here):
            return
        if len(self.tabs) == 1:
            self._messages.tell("This article is open. Choose another one to open it in a tab.")

    def _insert(self, id: int, at: int) -> bool:
        """Put a tab for an article at a place; return whether there is one now."""
        if len(self.tabs) >= MOST_TABS:
            self._messages.tell(f"There are {MOST_TABS} tabs. Close some of them first.")
            return False
        try:
            article = self._library.article(id)
        except ReaderError as error:
            self._messages.warn(str(error))
            return False
        tab = Tab()
        tab.show(article)
        self._put(tab, at)
        return True

    def _put(self, tab: Tab, at: int) -> None:
        self.tabs.insert(at, tab)
        self.here += at <= self.here
        self._show_bar()

    def restore(self, uids: Sequence[str]) -> None:
        """Show the tabs of the last time that still have an article; the open one is on the page.

        None of them is loaded.
        """
        try:
            ids = [self._library.with_uid(uid) for uid in dict.fromkeys(uids)]
            rows = self._rows(dict.fromkeys(id for id in ids if id is not None))
        except ReaderError:  # the library is damaged, which is reported elsewhere
            return
        mine, found = self.current, []
        for uid, id in zip(dict.fromkeys(uids), ids, strict=True):
            row = rows.pop(id or 0, None)
            if row is not None and id == mine.id:
                found.append(mine)
            elif row is not None and row.state is not State.TRASH:
                found.append(Tab(uid=uid))
                found[-1].show(row)
        if mine not in found and mine.id:
            found.insert(0, mine)
        if found:
            self.tabs = found
            self.here = found.index(mine) if mine in found else 0
            self._show_bar()
            if mine not in found:
                self._bring()

    # ---- showing

    def show(self, at: int) -> None:
        """Show a tab, at the line that was left there."""
        if at != self.here and 0 <= at < len(self.tabs):
            self._leave()
            self.here = at
            self._bring()

    def step(self, by: int) -> None:
        """Show the tab that is ``by`` places further, in a circle."""
        self.show((self.here + by) % len(self.tabs))

    def _leave(self) -> None:
        """Keep the page for the tab that is left."""
        self._opened = 0
        tab, self._left = self.current, self._left + 1
        tab.left_at = self._left
        tab.history = self._navigation.swap_history(tab.history)
        if tab.id and self._viewer.article_id == tab.id:
            tab.place = self._viewer.place()
            tab.kept = keep(self._viewer)
        make_room(self.tabs)

    def _bring(self) -> None:
        """Show the current tab on the page."""
        tab = self.current
        self._navigation.swap_history(tab.history)
        kept, tab.kept = tab.kept, None
        try:
            article = self._library.article(tab.id) if tab.id else None
        except ReaderError:  # deleted by another process, or unreadable
            article = None
        if article is None:
            if kept is not None:
                kept.document.discard()
            self._navigation.open_nothing()
        else:
            here = article if tab.place is None else article._replace(position=tab.place)
            counts, tab.seen = not tab.seen, True
            self._navigation.show_again(here, kept, counts=counts)
        self._window.panes.show_page()
        self._show_bar()

    def _show_elsewhere(self, id: int) -> bool:
        """Show another tab if it holds an article; return whether one does."""
        there = None if id == self.current.id else self._with(id)
        if there is not None:
            self.show(there)
        return there is not None

    def _shown(self, article: Article | None) -> None:
        if article is not None:
            self.current.show(article)
            self._remove_doubles()
        elif self.current.id and len(self.tabs) > 1 and not self._rows([self.current.id]):
            QTimer.singleShot(0, self, self.look)  # once the page is empty
        else:
            self.current.empty()
        self._show_bar()

    def _remove_doubles(self) -> None:
        """Close another tab with the article on the page, to which undo or a way back led."""
        here = self.current
        for tab in [*self.tabs]:
            if tab is not here and tab.id == here.id:
                self._remove(self.tabs.index(tab))

    # ---- closing

    def close(self, at: int | None = None) -> None:
        """Close a tab, the current one if None; the only one loses its article, no more."""
        at = self.here if at is None else at
        tab = self.tabs[at]
        if tab.id:
            self._closed = [*self._closed, (at, tab)][-_MOST_CLOSED:]
        if len(self.tabs) == 1:
            if tab.id:
                self._closed[-1] = (at, Tab(uid=tab.uid, title=tab.title))
                self._navigation.open_nothing()
            return
        self._remove(at)

    def close_others(self, at: int) -> None:
        """Close all tabs but one."""
        stays = self.tabs[at]
        self.show(at)
        for tab in [*self.tabs]:
            if tab is not stays:
                self.close(self.tabs.index(tab))

    def _remove(self, at: int) -> None:
        tab, was_here = self.tabs[at], at == self.here
        if was_here:
            self._leave()
        tab.let_go()
        del self.tabs[at]
        self.here -= at < self.here
        self.here = min(self.here, len(self.tabs) - 1)
        if was_here:
            self._bring()
        self._show_bar()

    def reopen(self) -> None:
        """Open the tab that was closed last and still has an article."""
        while self._closed:
            at, tab = self._closed.pop()
            id = self._library.with_uid(tab.uid)
            if id is None or self._with(id) is not None:
                continue
            if len(self.tabs) == 1 and not self.current.id:
                self._navigation.open_listed(id)
                return
            if tab.id != id:
                tab = Tab(uid=tab.uid)
                tab.show(self._library.article(id))
            self._put(tab, min(at, len(self.tabs)))
            self.show(self.tabs.index(tab))
            return
        self._messages.tell("No tab was closed.")

    # ---- following the library

    def look(self) -> None:
        """Show the present titles of the articles in tabs.

        Those that are gone lose their tabs, until they come back as by Undo.
        """
        if len(self.tabs) == 1 and not self._gone:
            return
        lost = [tab for _, tab in self._gone]
        rows = self._rows([tab.id for tab in (*self.tabs, *lost) if tab.id])
        self._bring_back(rows)
        for tab in [*self.tabs]:
            row = rows.get(tab.id) or self._merged(tab)
            if row is not None and tab is not self.current:
                tab.show(row)
            gone = row is None or (row.state is State.TRASH and not tab.in_trash)
            double = row is not None and self._with(row.id) != self.tabs.index(tab)
            is_left = tab is not self.current or row is None
            if tab.id and is_left and (gone or double) and len(self.tabs) > 1:
                at = self.tabs.index(tab)
                if not double:
                    self._gone = [*self._gone, (at, tab)][-_MOST_CLOSED:]
                self._remove(at)
        self._show_bar()

    def _bring_back(self, rows: Mapping[int, Row]) -> None:
        """Give tabs again to articles that have come back."""
        for at, tab in [*self._gone]:
            row = rows.get(tab.id)
            if row is not None and row.state is not State.TRASH:
                self._gone.remove((at, tab))
                if self._with(tab.id) is None and len(self.tabs) < MOST_TABS:
                    tab.show(row)
                    self._put(tab, min(at, len(self.tabs)))

    def _merged(self, tab: Tab) -> Row | None:
        """Return the row of the article that the one of a tab was merged into."""
        id = self._library.with_uid(tab.uid) if tab.id else None
        return None if id is None else self._rows([id]).get(id)

    def _rows(self, ids: "Sequence[int] | dict[int, None]") -> dict[int, Row]:
        """Return the rows of those articles that exist."""
        try:
            return {row.id: row for row in self._library.rows_of([*ids])}
        except ReaderError:
            found = {}
        for id in ids:
            try:
                found[id] = self._library.rows_of([id])[0]
            except ReaderError:
                continue
        return found

    # ---- their order

    def _with(self, id: int) -> int | None:
        return next((at for at, tab in enumerate(self.tabs) if tab.id == id), None)

    def _move(self, source: int, target: int) -> None:
        here = self.current
        self.tabs.insert(target, self.tabs.pop(source))
        self.here = self.tabs.index(here)
        self._keep()

    def _show_bar(self) -> None:
        self.bar.show_tabs([Entry(x.title, x.site, x.icon) for x in self.tabs], self.here)
        self._keep()

    def _keep(self) -> None:
        """Store the tabs for the next start."""
        several = len(self.tabs) > 1
        uids = tuple(dict.fromkeys(tab.uid for tab in self.tabs if tab.uid)) if several else ()
        if uids != self._window.settings.tabs:
            self._window.store.update(tabs=uids)
