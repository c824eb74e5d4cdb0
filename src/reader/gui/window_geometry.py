"""The geometry of the window: its place, its size and its panes, saved on every change."""

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from reader.gui.list.articles import ArticleList
from reader.gui.panes.panes import Panes
from reader.gui.sidebar.shelves import Shelves
from reader.gui.widgets.dialogs import free_for, move_into, room_for
from reader.settings_store import SettingsStore

_REST_MS = 300
_USUAL = (1280, 820)
_CHANGES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange}


class WindowGeometry(QObject):
    """Restores the geometry of a window, and saves it once the user stops dragging."""

    def __init__(
        self,
        window: QMainWindow,
        panes: Panes,
        shelves: Shelves,
        articles: ArticleList,
        store: SettingsStore,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._panes = panes
        self._shelves = shelves
        self._articles = articles
        self._store = store
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self.keep)
        self._restore()
        window.installEventFilter(self)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._back = QTimer(self, singleShot=True, interval=0)
        self._back.timeout.connect(self._bring_into_view)
        app.screenRemoved.connect(self._back.start)
        for changed in (panes.splitterMoved, articles.resized, shelves.folds_changed):
            changed.connect(self._touch)

    def keep(self) -> None:
        """Save the current geometry."""
        self._resting.stop()
        self._store.update(
            window=self._window.saveGeometry().toBase64().toStdString(),
            panes=self._panes.whole_sizes,
            list_size=self._articles.size_factor,
            folded=tuple(sorted(self._shelves.folded)),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the window was moved or resized."""
        if event.type() in _CHANGES and self._window.isVisible():
            self._touch()
        return super().eventFilter(watched, event)

    def _touch(self) -> None:
        self._resting.start()

    def _restore(self) -> None:
        settings, window = self._store.value, self._window
        self._articles.set_size(settings.list_size)
        self._shelves.folded = set(settings.folded)
        room = room_for(window)
        window.setMinimumSize(window.minimumSize().boundedTo(room.size()))
        if window.restoreGeometry(QByteArray.fromBase64(settings.window.encode())):
            self._bring_into_view()
        else:
            window.resize(QSize(*_USUAL).boundedTo(room.size()))
        if len(settings.panes) == self._panes.count() and any(settings.panes):
            self._panes.set_whole_sizes(settings.panes)

    def _bring_into_view(self) -> None:
        """Move and shrink the window to fit onto an existing screen."""
        move_into(free_for(self._window), self._window)
