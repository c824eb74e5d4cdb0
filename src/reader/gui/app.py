"""The program with a window: library, settings and window made and handed to each other."""

import ctypes
import gc
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QSocketNotifier,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from reader import paths, system
from reader.desktop import APP_ID
from reader.errors import IngestError, LibraryError, LibraryReadOnly, ReaderError
from reader.gui.recovery.recovery import Opened, open_library, reopen
from reader.gui.requests import Requests
from reader.gui.widgets import theme as theme_of
from reader.gui.widgets.messages import show_report
from reader.gui.window import Window
from reader.instance import Instance, Request
from reader.library import known_libraries
from reader.library.library import Library
from reader.model import ImportResult
from reader.settings import Settings
from reader.settings_store import SettingsStore

log = logging.getLogger(__name__)

_NOTHING = Request()
_NOISE = ("propagateSizeHints", "This plugin does not support")
_PATIENCE_SECONDS = 30.0
_CHECK_MS = 5000
_WAITING_MS = 3000
_PAINTED_MS = 200
_M_MMAP_THRESHOLD = -3  # of glibc's malloc.h
_OWN_MAPPING_BYTES = 256 * 1024


def run(
    folder: Path,
    *,
    open: Callable[[Library], int] | None = None,
    instance: Instance | None = None,
    request: Request = _NOTHING,
    signals: int | None = None,
    with_loss: bool = False,
) -> int:
    """Open the window on the library in ``folder`` until it is closed; return the exit code.

    ``open`` may bring something into the library and returns the article to begin with;
    ``request`` is taken once the window is there, as what ``instance`` hears from other starts.
    The window closes as soon as the file number ``signals`` can be read. ``with_loss`` says that
    the person agreed to a repair of the library that leaves out what cannot be read.
    """
    app = _application()
    store = SettingsStore.open(paths.settings_file())
    opened = open_library(folder, store.value.theme, with_loss=with_loss)
    if opened is None:
        return 1
    fresh = opened.library.counts().total == 0
    first, trouble = _begin_with(open, opened.library) if open else (0, "")
    made = _window(opened, store)
    if made is None:
        return 1
    window, opened = made
    library = window.library
    sys.excepthook = _caught(window)
    if first:
        _show(window, first)
    _tell(window, opened, trouble or store.trouble)
    if fresh and not library.read_only:
        window.controllers.adding.welcome()
    _begin_later(window)
    window.show()
    code = _loop(app, window, instance, request, signals)
    is_to_be_mended, accepts_loss = (
        window.controllers.health.is_repair_wanted,
        window.controllers.health.accepts_loss,
    )
    _delete(window)
    store.flush()
    known_libraries.remember(library)
    library.close()
    if is_to_be_mended:
        return run(folder, instance=instance, signals=signals, with_loss=accepts_loss)
    return code


def _tell(window: Window, opened: Opened, trouble: str) -> None:
    """Say what is wrong, if anything is: the first thing of what a person brought along."""
    if trouble:
        window.context.messages.warn(trouble)
    elif opened.notice:
        window.controllers.health.report_damage(
            opened.notice, can_repair=opened.is_in_part, lost=opened.lost
        )
    elif window.library.read_only:
        window.context.messages.warn(
            f"The library in {window.library.folder} may only be read; nothing you change here "
            "is kept."
        )


def _begin_later(window: Window) -> None:
    """Do once the window is there what a start does not wait for."""
    QTimer.singleShot(_CHECK_MS, window, lambda: _check(window))
    QTimer.singleShot(_WAITING_MS, window, lambda: window.controllers.adding.download_waiting())
    QTimer.singleShot(_WAITING_MS, window, lambda: _watch(window))
    QTimer.singleShot(_WAITING_MS, window, lambda: window.controllers.search.prepare())
    QTimer.singleShot(_PAINTED_MS, window, _collect_garbage)


def _delete(window: Window) -> None:
    # Qt's part goes first, while everything that it may still ask for is there.
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def snapshot(folder: Path, target: Path, *, size: tuple[int, int], theme: str = "light") -> None:
    """Draw the real window on the library in ``folder`` to a PNG, without a screen."""
    app = _application()
    with Library.open(folder, create=False) as library:
        drawn = _drawn(app, library, size, theme)
    if not drawn.save(str(target)):
        raise ReaderError(f"The picture could not be written to {target}. Choose a .png file.")


def _drawn(app: QApplication, library: Library, size: tuple[int, int], theme: str) -> QPixmap:
    window = Window(library, SettingsStore(value=Settings(theme=theme)))
    window.resize(*size)
    window.show()
    window.next_article()
    _settle(app, window)
    drawn = window.grab()
    window.close()
    _delete(window)
    return drawn


def _begin_with(open: Callable[[Library], int], library: Library) -> tuple[int, str]:
    """Return the article to begin with, 0 for none, and why it could not be brought in."""
    try:
        return open(library), ""
    except (IngestError, LibraryReadOnly) as error:
        return 0, str(error)


def _loop(
    app: QApplication,
    window: Window,
    instance: Instance | None,
    request: Request,
    signals: int | None,
) -> int:
    """Wait for what people, signals and other starts want, until the window is closed."""
    requests = Requests(instance, window) if instance else None
    if requests:
        requests.came.connect(lambda came: take(window, came))
    if request._replace(token="") != _NOTHING:
        QTimer.singleShot(0, window, lambda: take(window, request))
    if signals is not None:
        ended = QSocketNotifier(signals, QSocketNotifier.Type.Read, window)
        ended.activated.connect(lambda: _close(window, ended))
    code = app.exec()
    if requests:
        requests.stop()
    return code


def _close(window: Window, ended: QSocketNotifier) -> None:
    ended.setEnabled(False)
    window.close()
    QCoreApplication.quit()


def take(window: Window, request: Request) -> None:
    """Come to the front, bring in what another start was asked for, and open it."""
    if request.token:
        os.environ["XDG_ACTIVATION_TOKEN"] = request.token  # Qt hands it to Wayland
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()
    if request.articles:
        _show(window, request.articles[0])

    def show_first(result: ImportResult) -> None:
        if first := next((row.article for row in result.rows if row.article), 0):
            _show(window, first)

    window.controllers.adding.paths([Path(each) for each in request.paths], show_first)
    if request.addresses:
        window.controllers.adding.addresses(request.addresses, show_first, typed=request.addresses)


def _show(window: Window, id: int) -> None:
    if not window.list.select(id):
        window.shelves.select("all")
        window.list.select(id)
    window.open(id)


def _check(window: Window) -> None:
    window.controllers.health.check_daily()
    window.controllers.trash.tidy()
    window.controllers.cleanup.originals.sweep()


def _application() -> QApplication:
    qInstallMessageHandler(_heard_at_start)
    # Fusion looks the same everywhere; as an argument it does not bring QStyle in.
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    assert isinstance(app, QApplication)
    qInstallMessageHandler(_heard)
    QCoreApplication.setApplicationName("Reader")
    app.setDesktopFileName(APP_ID)
    theme_of.begin(app)
    _return_large_blocks()
    return app


def _return_large_blocks() -> None:
    """Let glibc give pictures and painted pages back to the system as soon as they are freed.

    Left alone, it moves its limit up with the first large block that is freed, and keeps all
    later ones in a heap that never shrinks again.
    """
    if sys.platform == "linux" and hasattr(program := ctypes.CDLL(None), "mallopt"):
        program.mallopt(_M_MMAP_THRESHOLD, _OWN_MAPPING_BYTES)


def _collect_garbage() -> None:
    """Look for garbage from now on, but not in what the start has made: that stays."""
    gc.freeze()
    gc.enable()


def _window(opened: Opened, store: SettingsStore) -> tuple[Window, Opened] | None:
    """Make the window; if the library turns out to be damaged, on what can be read of it."""
    try:
        return Window(opened.library, store), opened
    except LibraryError as error:
        folder = opened.library.folder
        opened.library.close()
        found = reopen(folder, error, store.value.theme)
        return None if found is None else (Window(found.library, store), found)


def _watch(window: Window) -> None:
    """Go on watching the folder that was watched before."""
    if window.settings.watched and not window.library.read_only:
        window.controllers.adding.watching.watch(Path(window.settings.watched), quiet=True)


def _settle(app: QApplication, window: Window) -> None:
    """Wait until the article is whole and every picture that is seen has arrived."""
    until = time.monotonic() + _PATIENCE_SECONDS
    still = 0
    while time.monotonic() < until and still < 3:
        window.grab()  # asks for the pictures that are seen
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        still = still + 1 if window.viewer.document_ready and window.context.images.idle else 0
        time.sleep(0.01)


def _caught(window: Window) -> Callable[..., None]:
    def caught(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        there = isValid(window)
        if isinstance(error, ReaderError) and there:  # such as a damaged page of the library
            window.context.messages.warn(str(error))
            return
        log.critical("a bug", exc_info=(kind, error, at))
        if issubclass(kind, Exception) and there:
            show_report(error, window)

    return caught


def _heard(kind: QtMsgType, _context: object, text: str) -> None:
    if any(noise in text for noise in _NOISE):
        return
    level = logging.INFO if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) else logging.WARNING
    log.log(level, "Qt: %s", text)
    if kind is QtMsgType.QtFatalMsg:
        _end(f"Qt has stopped: {text}")


def _heard_at_start(kind: QtMsgType, context: object, text: str) -> None:
    """Explain why there is no screen: what is fatal before there is an application."""
    if kind is not QtMsgType.QtFatalMsg:
        _heard(kind, context, text)
        return
    log.warning("Qt: %s", text)
    _end(system.window_trouble() if sys.platform == "linux" else text)


def _end(text: str) -> None:
    """End at once with a sentence: Qt would abort as soon as the message is handled."""
    print(f"reader: {text}", file=sys.stderr, flush=True)
    os._exit(1)
