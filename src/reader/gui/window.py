"""The main window: the parts put together, and what each tells the others."""

import logging

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter

from reader import phrases
from reader.body.caveats import caveats_of
from reader.document.images import Pictures
from reader.errors import NoSuchArticle, ReaderError
from reader.gui import links, menus, theme
from reader.gui.articles import ArticleList
from reader.gui.jobs import Jobs
from reader.gui.jobs_bar import JobsBar
from reader.gui.layouts import column, framed
from reader.gui.list_head import ListHead, ordered
from reader.gui.messages import MessageBar, show_report
from reader.gui.parts import Parts
from reader.gui.plain import set_window_title
from reader.gui.reading_log import ReadingLog
from reader.gui.reading_watch import ReadingWatch
from reader.gui.search_field import SearchField
from reader.gui.settings_signals import SettingsSignals
from reader.gui.shape import Shape
from reader.gui.shelf_lines import Shelf
from reader.gui.shelves import Shelves
from reader.gui.viewer import Viewer
from reader.library.library import Library
from reader.model import Article, Caveat, ImportResult, Look, Query, State
from reader.settings import Settings
from reader.settings_store import SettingsStore

log = logging.getLogger(__name__)

_LOOK_MS = 1000
_MANY = 100  # articles that came in at once, from which on they are made ready behind the window
_ROOM_FOR_SHELVES = 900  # pixels of width below which they give way


class Window(Parts):
    """Shelves, list and page of one library."""

    def __init__(self, library: Library, settings: Settings | SettingsStore) -> None:
        super().__init__()
        self.library = library
        self.store = SettingsStore.of(settings)
        self.colours = theme.resolve(self.settings.theme)
        self.article: Article | None = None
        self.shelf: Shelf | None = None
        self.jobs = Jobs(self._trouble, self)
        self.messages = MessageBar()
        self.pictures = Pictures(library.picture_path)
        self.shelves = Shelves()
        self.list = ArticleList(library, self.pictures, self.colours)
        self.list_head = ListHead()
        self.search_field = SearchField()
        self.viewer = Viewer(self.pictures, self._look())
        self._put_together()
        self._connect()
        self._begin()

    # ---- putting together

    def _put_together(self) -> None:
        self.setAcceptDrops(True)
        self.setMinimumSize(420, 320)
        self.verbs = menus.build(self, self._keys())
        self.addToolBar(menus.toolbar(self.verbs))
        menus.menu(self, "View").aboutToShow.connect(lambda: self.appearance)
        self.middle = column(
            framed(self.search_field), self.list_head, self.list, JobsBar(self.jobs)
        )
        self.page = column(self.messages, self.viewer)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setChildrenCollapsible(False)
        self.panes.setHandleWidth(1)
        for part, least in ((self.shelves, 130), (self.middle, 220), (self.page, 260)):
            part.setMinimumWidth(least)
            self.panes.addWidget(part)
        self.panes.setSizes([190, 340, 900])
        self.panes.setStretchFactor(2, 1)
        self.setCentralWidget(self.panes)

    def _connect(self) -> None:
        self.shelves.chosen.connect(self._show_shelf)
        self.shelves.all_sites.connect(lambda: self.shelving.go_to_site())
        self.shelves.menu_wanted.connect(lambda at: self.shelving.show_menu(at))
        self.list.chosen.connect(self.open)
        self.list.activated_article.connect(self.viewer.setFocus)
        self.list.moved.connect(lambda ids, behind: self.changes.put_behind(ids, behind))
        self.list.customContextMenuRequested.connect(self._context_menu)
        self.list_head.changed.connect(self._sort)
        self.search_field.asked.connect(lambda text, done: self.searching.ask(text, done))
        self.reading = ReadingLog(self.library, self.jobs, self.store, self.look_again)
        self.viewer.moved.connect(self.reading.keep_place)
        self.watch = ReadingWatch(self.viewer, self.reading.note_reading)
        self.watch.viewed.connect(self.reading.count_view)
        self.viewer.ended.connect(self._ended)
        self.viewer.link_activated.connect(lambda link: links.follow(link, self.messages))
        self.viewer.zoom_changed.connect(self._zoomed)
        QApplication.styleHints().colorSchemeChanged.connect(lambda _: self._show_look())
        self._signals = SettingsSignals(self.store, self)
        self._signals.changed.connect(self._apply_settings)
        self._signals.troubled.connect(self.messages.warn)
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look_for_changes)
        self._looking.start()

    def _begin(self) -> None:
        settings = self.settings
        self.shape = Shape(self, self.panes, self.shelves, self.list, self.store)
        self.viewer.set_zoom(settings.zoom)
        self._zoomed(self.viewer.zoom)
        self.verbs["fold"].setChecked(True)
        self._show_minutes()
        self._paint()
        self._version = self.library.version()
        self.shelves.set_counts(self.library.counts())
        self.shelves.select(settings.shelf)
        if self.shelf is None:
            self.shelves.select("queue")
        self._show_again(settings.article)
        self.viewer.setFocus()

    # ---- actions of the window itself

    def next_article(self) -> None:
        """Open the next article of the list, or of the session."""
        if not self.session.step(1):
            self._step(1)

    def previous_article(self) -> None:
        """Open the article before."""
        if not self.session.step(-1):
            self._step(-1)

    def select_all(self) -> None:
        """Select all articles or all text, wherever the keyboard is."""
        (self.list if self.list.hasFocus() else self.viewer).selectAll()

    def fold(self) -> None:
        """Show or hide shelves and list; the shelves need room as well."""
        wanted = self.verbs["fold"].isChecked()
        self.middle.setVisible(wanted)
        self.shelves.setVisible(wanted and self.width() >= _ROOM_FOR_SHELVES)

    def full_screen(self) -> None:
        """Fill the screen, or no longer."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def ask(self, question: str) -> None:
        """Show what a question finds."""
        self.searching.ask_saved(question)

    # ---- what is shown

    def open(self, id: int) -> None:
        """Show an article on the page."""
        try:
            article = self.library.article(id)
        except NoSuchArticle as error:
            self.messages.warn(str(error))
            return
        except ReaderError as error:
            self._open_nothing(f"This article cannot be read\n{error}")
            return
        self._show(article)
        self.watch.begin(article)
        if Caveat.UNSURE in caveats_of(article.html):
            self.care.offer()

    def _show_again(self, id: int) -> None:
        """Show what was open when the window was closed: no new opening; else nothing."""
        try:
            article = self.library.article(id)
        except ReaderError:  # it is gone, or cannot be read
            article = None
        if article is None or article.state is State.TRASH:
            self._open_nothing()
            return
        self.list.select(id)
        self._show(article)
        self.watch.begin(article, counts=False)

    def _show(self, article: Article) -> None:
        self.article = article
        self.viewer.update_article(article)  # the one that is there already stays where it is
        set_window_title(self, f"{article.title} – Reader")
        self.store.update(article=article.id)
        self._paint_verbs()
        if self.__dict__.get("searching"):
            self.searching.mark(article.id)

    def look_again(self) -> None:
        """Show what the library holds now."""
        self._version = self.library.version()
        self.shelves.set_counts(self.library.counts())
        self.list.refresh()
        self._show_length()
        if self.article is None:
            return
        try:
            self.article = self.library.article(self.article.id)
        except NoSuchArticle:  # deleted for good, here or elsewhere
            self._open_nothing()
            return
        self.viewer.update_article(self.article)
        set_window_title(self, f"{self.article.title} – Reader")
        self._paint_verbs()

    def chosen(self) -> list[int]:
        """Return the ids an action is meant for: several in the list, else the one on the page."""
        selected = self.list.selected_ids()
        if len(selected) > 1 or self.article is None:
            return selected
        return [self.article.id]

    def _open_nothing(self, text: str = "") -> None:
        self.article = None
        empty = self.library.counts().all == 0
        hint = "Drop files here, paste an article, or press Ctrl+O to add some."
        usual = f"Nothing to read yet\n{hint}" if empty else "Choose an article"
        self.viewer.show_nothing(text or usual)
        self.setWindowTitle("Reader")
        self._paint_verbs()

    def _look_for_changes(self) -> None:
        if self.library.is_damaged:
            self.care.tell_of_damage()
            return
        if self.library.version() != self._version:
            self.look_again()

    def _step(self, by: int) -> None:
        id = self.list.step(by)
        if id is not None:
            self.open(id)

    # ---- one article after the other

    def _ended(self) -> None:
        """Go on at the end of an article: in a session it is read, elsewhere who knows."""
        if self.article is not None and self.article.id == self.session.current:
            self._finish()
        else:
            self.next_article()

    def _show_minutes(self) -> None:
        self.verbs["session.begin"].setText(f"I Have {self.settings.minutes} Minutes…")

    def _finish(self) -> None:
        if self.article is not None:
            self.changes.finish(self.article)

    def _go_on(self, id: int) -> None:
        """Go on after an article was archived: in the session, or where the queue is read."""
        if self.session.go_on(id) or self.article is None or self.article.id != id:
            return
        if self.shelf is not None and self.shelf.query.state is State.QUEUE:
            following = self.list.step(1) or self.list.step(-1)
            if following is None:
                self._open_nothing("The queue is read\nWhat you add with Read Later comes here.")
            else:
                self.open(following)

    def _take_back(self, id: int) -> None:
        self.session.take_back(id)
        self._open_listed(id)

    # ---- what the parts tell

    def _query_of_list(self) -> tuple[str, Query]:
        assert self.shelf is not None
        kept = self.settings.sorts.get(self.shelf.key, "")
        return self.shelf.title, ordered(self.shelf.query, kept)

    def _show_shelf(self, shelf: Shelf) -> None:
        if shelf.question:
            self.ask(shelf.question)
            return
        self.shelf = shelf
        if self.search_field.text():
            self.search_field.clear()  # which shows the shelf again
            return
        _, query = self._query_of_list()
        self.list_head.show_shelf(shelf.title, query, shelf.query.sort)
        self.list.show_query(query)
        self._show_length()
        for name in menus.STEPPING:
            self.verbs[name].setEnabled(self.list.own_order)
        self.store.update(shelf=shelf.key)

    def _show_shelf_again(self) -> None:
        if self.shelf is not None:
            self._show_shelf(self.shelf)

    def _show_length(self) -> None:
        """Say how much there is to read in the queue, or how much was found."""
        if self.list.query is None:
            self.searching.tell(self.list.model().rowCount())
            return
        here = self.shelf is not None and self.shelf.key == "queue"
        self.list_head.show_sum(phrases.length(self.library.queue.length()) if here else "")

    def _sort(self, kept: str) -> None:
        if self.shelf is not None:
            sorts = {**self.settings.sorts, self.shelf.key: kept}
            self.store.update(sorts=sorts)
            self._show_shelf(self.shelf)

    def _added(self, result: ImportResult) -> None:
        self.look_again()
        if len(result.rows) > _MANY:
            self.searching.prepare()
        first = next((row.article for row in result.rows if row.article), 0)
        if first and self.article is None and self.list.select(first):
            self.open(first)

    def _watched(self, folder: str) -> None:
        self.store.update(watched=folder)
        menus.show_watched(self.verbs, folder)

    def _zoomed(self, zoom: float) -> None:
        self.store.update(zoom=zoom)
        self.verbs["viewer.reset_zoom"].setIconText(f"{round(zoom * 100)} %")

    def _apply_settings(self, changed: frozenset[str]) -> None:
        """Show what was chosen, here or in another window."""
        if changed & {"theme", "font", "size_pt", "measure", "leading"}:
            self._show_look()
        if changed & {"keys", "vim"}:
            menus.set_keys(self.verbs, self._keys())
            menus.show_watched(self.verbs, self.settings.watched)
        self._show_minutes()

    def _show_look(self) -> None:
        self.appearance.refresh()
        self.colours = theme.resolve(self.settings.theme)
        self._paint()
        self.viewer.set_look(self._look())

    def _trouble(self, error: Exception) -> None:
        if isinstance(error, ReaderError):
            self.messages.warn(str(error))
        else:
            show_report(error, self)

    def _context_menu(self, at: QPoint) -> None:
        menus.of_article(self, self.verbs).popup(self.list.viewport().mapToGlobal(at))

    def _look(self) -> Look:
        chosen = self.settings
        return Look(self.colours, chosen.font, chosen.size_pt, chosen.leading, chosen.measure)

    def _paint(self) -> None:
        theme.apply(self.colours)
        self.list.set_theme(self.colours)
        self.shelves.set_theme(self.colours)
        self._paint_verbs()

    def _paint_verbs(self) -> None:
        menus.show_state(self.verbs, self.article, self.colours)

    # ---- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up the shelves where there is no room for them."""
        super().resizeEvent(event)
        self.fold()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep where one was and how one likes it; let the work end first."""
        self.viewer.show_nothing("")
        self.shape.keep()
        self.store.flush()
        self._signals.stop()
        self._looking.stop()
        self.hide()  # at once; what was asked for is finished behind it
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not self.jobs.close():
            log.warning("work was not finished: %s", [each.title for each in self.jobs.running])
        self.pictures.close()
        super().closeEvent(event)
