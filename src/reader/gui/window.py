"""The main window: its parts, and the signals that connect them."""

import logging
from functools import partial

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from reader.body.caveats import caveats_of
from reader.document.images import Pictures
from reader.gui.action import Pane
from reader.gui.actions import keymap, menus
from reader.gui.actions.layout_keys import LayoutKeys
from reader.gui.appearance.appearance import Appearance
from reader.gui.context import Context, Selection
from reader.gui.controllers import Controllers
from reader.gui.history.history import History
from reader.gui.jobs.bar import JobsBar
from reader.gui.jobs.jobs import Jobs
from reader.gui.list.actions import show_form
from reader.gui.list.articles import ArticleList
from reader.gui.list.head import ListHead
from reader.gui.navigation import Navigation
from reader.gui.panes.panes import Panes
from reader.gui.panes.toolbar import ToolBar
from reader.gui.search.field import SearchField
from reader.gui.settings_signals import SettingsSignals
from reader.gui.sidebar.lines import Shelf
from reader.gui.sidebar.shelf_view import ShelfView
from reader.gui.sidebar.shelves import Shelves
from reader.gui.turning.actions import SHOWN, show_turning
from reader.gui.viewer.foot import Foot
from reader.gui.viewer.reading_log import ReadingLog
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.layouts import column, framed
from reader.gui.widgets.messages import MessageBar
from reader.gui.widgets.plain_text import set_window_title
from reader.gui.window_geometry import WindowGeometry
from reader.library.library import Library
from reader.model import Article, Caveat, ImportResult, Outcome, State, Theme
from reader.settings import Settings
from reader.settings_store import SettingsStore

log = logging.getLogger(__name__)

_LOOK_MS = 1000
_MANY = 100  # articles added at once, from which on they are indexed in the background
_ROOM_FOR_MENUS = 480  # pixels; in a narrower window the menus are in the toolbar


class Window(QMainWindow):
    """Shelves, list and page of one library; ``controllers`` carries out the actions."""

    appearance: Appearance
    context: Context
    controllers: Controllers
    qactions: menus.QActions
    shelves: Shelves
    list: ArticleList
    viewer: Viewer
    panes: Panes
    navigation: Navigation
    toolbar: ToolBar

    def __init__(self, library: Library, settings: Settings | SettingsStore) -> None:
        super().__init__()
        self.library = library
        self.store = SettingsStore.of(settings)
        keymap.carry_over(self.store)
        self.appearance = Appearance(self)
        self.context = self._context()
        self.reading = ReadingLog(self.context)
        self.shelves = Shelves()
        self.list = ArticleList(library, self.context.images, self.colours)
        self.list.key_of = self.context.key_of
        self.list_head = ListHead()
        self.search_field = SearchField()
        self.viewer = Viewer(self.context.images, self.appearance.look_of(None))
        self.selection = Selection(self.list)
        self.navigation = Navigation(self.context, self.selection, self.list, self.viewer)
        self.controllers = Controllers(self)
        parts = (self.list, self.list_head, self.search_field)
        self.shelf_view = ShelfView(
            self.context, *parts, lambda count: self.controllers.search.show_count(count)
        )
        self._put_together()
        self._connect()
        self._begin()

    def _context(self) -> Context:
        jobs = Jobs(lambda error: self.context.messages.report(error), self)
        key_of = partial(keymap.shown, self.store)
        messages = MessageBar(seconds=lambda: self.settings.message_seconds, key_of=key_of)
        history = History(self.library, jobs, messages, self)
        images = Pictures(self.library.picture_path)
        return Context(self, self.library, jobs, messages, self.store, images, history, key_of)

    @property
    def settings(self) -> Settings:
        """The settings as they are now; ``context.settings`` changes them."""
        return self.store.value

    @property
    def colours(self) -> Theme:
        """The colours of the window."""
        return self.appearance.colours

    @property
    def shelf(self) -> Shelf | None:
        """The shelf in the list, None before the first one is shown."""
        return self.shelf_view.shelf

    @property
    def article(self) -> Article | None:
        """The open article, None if none is open."""
        return self.selection.article

    # ---- setting up

    def _put_together(self) -> None:
        self.setAcceptDrops(True)
        self.setMinimumSize(420, 320)
        panes = {Pane.SIDEBAR: self.shelves, Pane.LIST: self.list, Pane.PAGE: self.viewer}
        self.qactions = menus.build(
            self, panes, keymap.of(self.settings), lambda action: action.handler(self)
        )
        menus.before_showing(self, lambda: self.controllers.availability.prepare())
        LayoutKeys(self, self.qactions.values())
        self.middle = column(framed(self.search_field), self.list_head, self.list)
        JobsBar(self.context.jobs, over=self.list)
        self.page = column(self.viewer, Foot(self.viewer, lambda: self.reading.words_a_minute()))
        self.context.messages.float_on(self.page, self.viewer.viewport())
        self.panes = Panes(self.shelves, self.middle, self.page, self.viewer)
        self.toolbar = ToolBar(self.qactions, self.panes)
        self.setCentralWidget(column(self.toolbar, self.panes))

    def _connect(self) -> None:
        self.shelves.chosen.connect(self.shelf_view.show)
        self.shelves.chosen.connect(lambda _: self.panes.show_page(False))
        self.shelf_view.question_asked.connect(
            lambda question: self.controllers.search.ask_saved(question)
        )
        self.shelves.all_sites.connect(lambda: self.controllers.shelf_editing.go_to_site())
        self.shelves.menu_wanted.connect(lambda *of: self.controllers.shelf_editing.show_menu(*of))
        self.list.chosen.connect(self.open)
        self.list.activated_article.connect(self._read)
        self.list.clicked.connect(self._clicked)
        self.navigation.page_wanted.connect(self.panes.show_page)
        self.navigation.opened.connect(self._opened)
        self.navigation.shown.connect(self._shown)
        self.navigation.way_changed.connect(self._show_state)
        self.navigation.emptied.connect(lambda text: self.controllers.empty_page.show_unless(text))
        self.toolbar.list_wanted.connect(self.go_to_list)
        self.toolbar.more_wanted.connect(self._add_menus)
        self.list.moved.connect(
            lambda ids, behind: self.controllers.editing.put_behind(ids, behind)
        )
        self.list.customContextMenuRequested.connect(self._context_menu)
        self.search_field.typed.connect(lambda text, done: self.controllers.search.ask(text, done))
        self.context.history.changed.connect(self.refresh)
        self.watch = self.reading.follow(self.viewer)
        self.viewer.ended.connect(self._ended)
        self.viewer.zoom_changed.connect(self._zoomed)
        self.viewer.head.set_actions(self.qactions)
        self.appearance.changed.connect(self._show_state)
        self.viewer.taken.connect(self.appearance.dress_page)
        self._signals = SettingsSignals(self.store, self)
        self._signals.changed.connect(self._apply_settings)
        self._signals.troubled.connect(self.context.messages.warn)
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look_for_changes)
        self._looking.start()

    def _begin(self) -> None:
        settings = self.settings
        self.geometry_keeper = WindowGeometry(self, self.panes, self.shelves, self.list, self.store)
        self.viewer.set_zoom(settings.zoom)
        self._zoomed(self.viewer.zoom)
        show_form(self)
        show_turning(self)
        menus.show_minutes(self.qactions, self.settings.minutes)
        self.appearance.paint()
        self._version = self.library.version()
        self.shelves.set_counts(self.library.counts())
        self.shelves.select(settings.shelf)
        if self.shelf is None:
            self.shelves.select("queue")
        self.navigation.open_again(settings.article)
        if settings.tabs:
            self.controllers.around.tabs.restore(settings.tabs)
        self.shelf_view.shown.connect(self._show_state)
        self.navigation.shown.connect(self._show_state)
        self._show_state()
        if settings.contents:
            self.controllers.around.contents.open()
        self.viewer.setFocus()

    # ---- actions of the window itself

    def next_article(self) -> None:
        """Open the next article of the list, or of the session."""
        if not self.controllers.session.step(1):
            self.navigation.step(1)

    def previous_article(self) -> None:
        """Open the previous article of the list, or of the session."""
        if not self.controllers.session.step(-1):
            self.navigation.step(-1)

    def select_all(self) -> None:
        """Select all articles if the list has the focus, else all text."""
        page = self.controllers.page_in_use.viewer
        (self.list if self.list.hasFocus() else page).selectAll()

    def go_to_page(self) -> None:
        """Give the keyboard to the page."""
        self.panes.show_page()
        self.viewer.setFocus()

    def go_to_list(self) -> None:
        """Give the keyboard to the list."""
        self.panes.show_list()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def go_to_sidebar(self) -> None:
        """Give the keyboard to the sidebar."""
        self.panes.show_sidebar()
        self.shelves.setFocus()

    # ---- showing articles

    def open(self, id: int) -> None:
        """Show an article on the page."""
        self.navigation.open(id)

    def _opened(self, article: Article, counts: bool) -> None:
        self.watch.begin(article, counts=counts)
        if counts and Caveat.UNSURE in caveats_of(article.html):
            self.controllers.cleanup.offer()

    def _shown(self, article: Article | None) -> None:
        if article is None:
            self.setWindowTitle("Reader")
            return
        set_window_title(self, f"{article.title} – Reader")
        self.store.update(article=article.id)
        self.controllers.page.show_highlights(article)
        if self.controllers.is_searching:
            self.controllers.search.mark(article.id)

    def refresh(self) -> None:
        """Show the current contents of the library."""
        self._version = self.library.version()
        self.shelves.set_counts(self.library.counts())
        self.list.refresh()
        self.shelf_view.show_length()
        self.navigation.renew()  # shows the state if an article is open
        if self.article is None:
            self._show_state()

    def _look_for_changes(self) -> None:
        if self.library.is_damaged:
            self.controllers.health.report_damage()
            return
        if self.library.version() != self._version:
            self.context.history.changed.emit()  # which also refreshes

    # ---- going on

    def _ended(self) -> None:
        """Go on at the end of an article; in a session, archive it first."""
        if self.article is not None and self.article.id == self.controllers.session.current:
            self.finish()
        else:
            self.next_article()

    def _read(self, id: int) -> None:
        """Open an article and go to its page."""
        self.go_to_page()
        if self.article is None or self.article.id != id:
            self.navigation.open(id)

    def _clicked(self) -> None:
        id = self.list.current_id()
        if id is not None and not self.panes.shows_page and self.list.selected_count() == 1:
            self._read(id)

    def _add_menus(self, more: QMenu) -> None:
        """Add the menus to the menu of the toolbar if they are not visible."""
        if not self.menuBar().isVisible():
            more.addSeparator()
            more.addActions(self.menuBar().actions())

    def finish(self) -> None:
        """Archive the open article, and go on to the next."""
        if self.article is not None:
            self.controllers.editing.finish(self.article)

    def go_on(self, id: int) -> None:
        """Open the next article after one was archived or deleted, also in a session."""
        if self.controllers.session.go_on(id) or self.article is None or self.article.id != id:
            return
        shown = self.shelf.query.state if self.shelf is not None else None
        deleted = self.article.state is State.TRASH and shown is not State.TRASH
        if deleted or shown is State.QUEUE:
            following = self.list.step(1) or self.list.step(-1)
            hint = "Queue finished\nArticles you add with Read Later appear here."
            if following is None:
                self.navigation.open_nothing("" if deleted else hint)
            else:
                self.navigation.open(following)

    def take_back(self, id: int) -> None:
        """Open an article again after its archiving was undone."""
        self.controllers.session.take_back(id)
        self.navigation.open_listed(id)

    # ---- signals of the parts

    def show_added(self, result: ImportResult) -> None:
        """Show the added or downloaded articles; open the first new one if none is open."""
        self.refresh()
        if len(result.rows) > _MANY:
            self.controllers.search.prepare()
        new = (row.article for row in result.rows if row.outcome is Outcome.ADDED)
        first = next(new, 0)
        if first and self.article is None and self.list.select(first):
            self.navigation.open(first)

    def _zoomed(self, zoom: float) -> None:
        self.store.update(zoom=zoom)
        self.qactions["page.reset_zoom"].setIconText(f"{round(zoom * 100)} %")

    def _apply_settings(self, changed: frozenset[str]) -> None:
        """Apply changed settings, also those changed in another window."""
        self.appearance.apply(changed)
        if changed & {"keys", "vim"}:
            menus.set_keys(self.qactions, keymap.of(self.settings))
            menus.show_watched(self.qactions, self.settings.watched)
        if changed & {"density", "excerpt"}:
            show_form(self)
        if changed & SHOWN:
            show_turning(self)
        if "margin_notes" in changed:
            for page in self.controllers.pages:
                page.show_margin_notes()
        if changed & {"find_case", "find_whole", "margin_notes"}:
            self._show_state()
        if "minutes" in changed:
            menus.show_minutes(self.qactions, self.settings.minutes)

    def _context_menu(self, at: QPoint) -> None:
        menus.of_article(self, self.qactions).popup(self.list.viewport().mapToGlobal(at))

    def _show_state(self) -> None:
        self.controllers.show_state()
        menus.paint_icons(self.qactions, self.colours)
        self.toolbar.show_shelf(self.shelf.title if self.shelf else "")

    # ---- Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files, pages and text of other programs."""
        if event.source() is None and self.controllers.adding.invites(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the dropped files or text."""
        self.controllers.adding.mime(event.mimeData())
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the menus into the toolbar if there is no room for them."""
        if not self.isFullScreen() and not self.controllers.hides_bars:
            self.menuBar().setVisible(self.width() >= _ROOM_FOR_MENUS)
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save the reading position and the settings, and wait for the background jobs."""
        self.viewer.show_nothing("")
        self.geometry_keeper.keep()
        self.store.flush()
        self._signals.stop()
        self._looking.stop()
        self.hide()  # at once; running jobs end in the background
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not self.context.jobs.close():
            log.warning(
                "work was not finished: %s", [job.title for job in self.context.jobs.running]
            )
        self.context.images.close()
        super().closeEvent(event)
