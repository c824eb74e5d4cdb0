"""Start the desktop program: open the library and the settings, and create the window."""

import ctypes
import gc
import logging
import os
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
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
from reader.instance import Instance, Request, claim_or_hand_over
from reader.library import known_libraries
from reader.library.library import Library
from reader.model import ImportResult
from reader.progress import Report
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
    trouble: str = "",
    news: str = "",
) -> int:
    """Open the window on the library in ``folder`` until it is closed; return the exit code.

    ``open`` may add something to the library and returns the article to begin with. ``request``
    is handled once the window is open, as are the requests that ``instance`` receives. The window
    closes as soon as the file descriptor ``signals`` can be read. If ``with_loss``, the user has
    agreed to a repair of the library that leaves out unreadable entries. ``trouble`` or ``news`` is
    a message to begin with.
    """
    app = _application()
    store = SettingsStore.open(paths.settings_file())
    opened = open_library(folder, store.value.theme, with_loss=with_loss)
    if opened is None:
        return 1
    fresh = opened.library.counts().total == 0
    first, trouble = _begin_with(open, opened.library) if open else (0, trouble)
    window_and_library = _window(opened, store)
    if window_and_library is None:
        return 1
    window, opened = window_and_library
    library = window.library
    sys.excepthook = _exception_hook(window)
    if first:
        _show(window, first)
    _show_trouble(window, opened, trouble or store.trouble)
    if news:
        window.context.messages.tell(news, "Backups…", window.controllers.backups.show)
    if fresh and not library.read_only:
        window.controllers.adding.welcome()
    _begin_later(window)
    window.show()
    code = _loop(app, window, instance, request, signals)
    again = _after(window, store, instance, signals)
    return code if again is None else again


def _after(
    window: Window, store: SettingsStore, instance: Instance | None, signals: int | None
) -> int | None:
    """Close the library, and open it again if the window was closed for that; None if not."""
    library, controllers = window.library, window.controllers
    health, move_wanted = controllers.health, controllers.move_wanted
    copy = controllers.restore_wanted
    _delete(window)
    store.flush()
    known_libraries.remember(library)
    if copy is None and move_wanted is None and not health.is_repair_wanted:
        from reader.gui.backups import at_rest

        at_rest.leave(library, store.value)
    library.close()
    folder = library.folder
    if instance is not None and (health.is_repair_wanted or copy is not None):
        instance.listen_again()
    if health.is_repair_wanted:
        return run(folder, instance=instance, signals=signals, with_loss=health.accepts_loss)
    if move_wanted is not None:
        return _run_moved(folder, *move_wanted, instance, signals)
    if copy is not None:
        from reader.gui.backups import whole

        told = whole.restored(folder, copy)
        return run(folder, instance=instance, signals=signals, **told._asdict())
    return None


def _run_moved(
    folder: Path, target: Path, keeps_old: bool, instance: Instance | None, signals: int | None
) -> int:
    """Move the library, and open the window again: on the new folder, or the old if that failed."""
    from reader.gui.recovery.opening import open_with_progress
    from reader.library.moving.move import move

    def moved(target: Path, report: Report) -> Library:
        move(folder.resolve(), target, report, keep=keeps_old)
        return known_libraries.opened(target, report=report)

    outcome = open_with_progress(target, moved, f"Moving the library to {target}")
    if isinstance(outcome, LibraryError):
        return run(folder, instance=instance, signals=signals, trouble=str(outcome))
    outcome.close()
    if instance is None:
        return run(target, signals=signals)
    instance.stop_listening()  # whoever starts now is led to the new folder
    new, _ = claim_or_hand_over(target, _NOTHING)
    with new or nullcontext():
        return run(target, instance=new, signals=signals)


def _show_trouble(window: Window, opened: Opened, trouble: str) -> None:
    """Show the first problem of the start, if there is any."""
    if trouble:
        window.context.messages.warn(trouble)
    elif opened.notice:
        window.controllers.health.report_damage(opened.notice, can_repair=opened.is_in_part)
    elif window.library.read_only:
        window.context.messages.warn(
            f"The library in {window.library.folder} is read-only. "
            "Changes you make here are not saved."
        )


def _begin_later(window: Window) -> None:
    """Schedule the work that can wait until the window is open."""
    QTimer.singleShot(_CHECK_MS, window, lambda: _check(window))
    QTimer.singleShot(_WAITING_MS, window, lambda: window.controllers.retrying.look(at_start=True))
    QTimer.singleShot(_WAITING_MS, window, lambda: window.controllers.missing_texts.slow.look())
    QTimer.singleShot(_WAITING_MS, window, lambda: _watch(window))
    QTimer.singleShot(_WAITING_MS, window, lambda: _look_at_place(window))
    QTimer.singleShot(_WAITING_MS, window, lambda: window.controllers.search.prepare())
    QTimer.singleShot(_WAITING_MS, window, lambda: _copy_at_rest(window))
    QTimer.singleShot(_PAINTED_MS, window, _collect_garbage)


def _copy_at_rest(window: Window) -> None:
    """Begin to make copies of the library while the window is at rest."""
    from reader.gui.backups import at_rest

    at_rest.AtRest(window.context, lambda: window.controllers.backups.show())


def _look_at_place(window: Window) -> None:
    """Begin to watch the place of the library: synced folders, conflict copies."""
    from reader.gui.recovery.places import Places

    def move() -> None:
        window.controllers.preferences.choose_target()

    Places(window.context, move, lambda: window.controllers.health.repair()).begin()


def _delete(window: Window) -> None:
    # Delete Qt's objects first, while everything they may still use exists.
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
    window.panes.show_page()
    _settle(app, window)
    drawn = window.grab()
    window.close()
    _delete(window)
    return drawn


def _begin_with(open: Callable[[Library], int], library: Library) -> tuple[int, str]:
    """Return the article to begin with, or 0, and the error if it could not be added."""
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
    """Run the event loop until the window is closed; serve signals and other starts."""
    requests = Requests(instance, window) if instance else None
    if requests:
        requests.received.connect(lambda request: take(window, request))
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
    """Raise the window, and add and open the articles that another start passed on."""
    if request.token:
        os.environ["XDG_ACTIVATION_TOKEN"] = request.token  # Qt passes it to Wayland
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()
    if request.articles:
        _show(window, request.articles[0])
    for uid in request.uids[:1]:
        _show_linked(window, uid)

    def show_first(result: ImportResult) -> None:
        if first := next((row.article for row in result.rows if row.article), 0):
            _show(window, first)

    window.controllers.adding.paths([Path(path) for path in request.paths], show_first)
    if request.addresses:
        window.controllers.adding.addresses(request.addresses, show_first, typed=request.addresses)


def _show_linked(window: Window, uid: str) -> None:
    id = window.library.with_uid(uid)
    if id is not None:
        _show(window, id)
    else:
        window.context.messages.warn(
            "The article of this link is not in this library: it was deleted for good, or it "
            "is in another library."
        )


def _show(window: Window, id: int) -> None:
    if not window.list.select(id):
        window.shelves.select("all")
        window.list.select(id)
    window.navigation.open(id)


def _check(window: Window) -> None:
    window.controllers.health.check_daily()
    window.controllers.trash.tidy()
    window.controllers.cleanup.originals.sweep()


def _application() -> QApplication:
    qInstallMessageHandler(_log_qt_at_start)
    # Fusion looks the same everywhere. As an argument it does not import QStyle.
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    assert isinstance(app, QApplication)
    qInstallMessageHandler(_log_qt)
    QCoreApplication.setApplicationName("Reader")
    app.setDesktopFileName(APP_ID)
    theme_of.begin(app)
    _return_large_blocks()
    return app


def _return_large_blocks() -> None:
    """Make glibc return large blocks, such as pictures, to the system when they are freed.

    By default it raises its threshold when the first large block is freed, and takes all later
    ones from a heap that never shrinks.
    """
    if sys.platform == "linux" and hasattr(program := ctypes.CDLL(None), "mallopt"):
        program.mallopt(_M_MMAP_THRESHOLD, _OWN_MAPPING_BYTES)


def _collect_garbage() -> None:
    """Enable garbage collection, except of the objects that the start created: they stay."""
    gc.freeze()
    gc.enable()


def _window(opened: Opened, store: SettingsStore) -> tuple[Window, Opened] | None:
    """Create the window; if the library turns out to be damaged, on its readable part."""
    try:
        return Window(opened.library, store), opened
    except LibraryError as error:
        folder = opened.library.folder
        opened.library.close()
        reopened = reopen(folder, error, store.value.theme)
        return None if reopened is None else (Window(reopened.library, store), reopened)


def _watch(window: Window) -> None:
    """Resume watching the folder that was watched before."""
    if window.settings.watched and not window.library.read_only:
        window.controllers.adding.watching.watch(Path(window.settings.watched), quiet=True)


def _settle(app: QApplication, window: Window) -> None:
    """Wait until the article is laid out and every visible picture is loaded."""
    until = time.monotonic() + _PATIENCE_SECONDS
    still = 0
    while time.monotonic() < until and still < 3:
        window.grab()  # requests the visible pictures
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        still = still + 1 if window.viewer.document_ready and window.context.images.idle else 0
        time.sleep(0.01)


def _exception_hook(window: Window) -> Callable[..., None]:
    def hook(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        there = isValid(window)
        if isinstance(error, ReaderError) and there:  # such as a damaged page of the library
            window.context.messages.warn(str(error))
            return
        log.critical("a bug", exc_info=(kind, error, at))
        if issubclass(kind, Exception) and there:
            show_report(error, window)

    return hook


def _log_qt(kind: QtMsgType, _context: object, text: str) -> None:
    if any(noise in text for noise in _NOISE):
        return
    level = logging.INFO if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) else logging.WARNING
    log.log(level, "Qt: %s", text)
    if kind is QtMsgType.QtFatalMsg:
        _end(f"Qt has stopped: {text}")


def _log_qt_at_start(kind: QtMsgType, context: object, text: str) -> None:
    """Explain a fatal error before the application exists: there is no screen."""
    if kind is not QtMsgType.QtFatalMsg:
        _log_qt(kind, context, text)
        return
    log.warning("Qt: %s", text)
    _end(system.window_trouble() if sys.platform == "linux" else text)


def _end(text: str) -> None:
    """Print a sentence and exit at once: Qt would abort after handling the message."""
    print(f"reader: {text}", file=sys.stderr, flush=True)
    os._exit(1)
