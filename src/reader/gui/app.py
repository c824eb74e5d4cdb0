"""The program with a window: library, settings and window made and handed to each other."""

import gc
import logging
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from reader import paths, settings
from reader.desktop import APP_ID
from reader.errors import LibraryError, ReaderError, SettingsError
from reader.gui import theme as theme_of
from reader.gui.messages import show_report
from reader.gui.window import Window
from reader.library.library import Library
from reader.settings import Settings

log = logging.getLogger(__name__)

_NOISE = ("propagateSizeHints", "This plugin does not support")
_PATIENCE_SECONDS = 30.0
_CHECK_MS = 5000
_WAITING_MS = 3000
_PAINTED_MS = 200


def run(folder: Path, *, open: Callable[[Library], int] | None = None) -> int:
    """Open the window on the library in ``folder`` until it is closed; return the exit code.

    ``open`` may bring something into the library and returns the article to begin with.
    """
    app = _application()
    library = _library(folder)
    if library is None:
        return 1
    fresh = library.counts().total == 0
    liking, trouble = _settings()
    if open is not None:
        liking = liking._replace(article=open(library), shelf="all")
    window = Window(library, liking)
    sys.excepthook = _caught(window)
    if trouble:
        window.messages.warn(trouble)
    elif library.read_only:
        window.messages.warn(
            f"The library in {folder} may only be read; nothing you change here is kept."
        )
    if fresh and not library.read_only:
        window.adding.welcome()
    QTimer.singleShot(_CHECK_MS, window, lambda: _check(window))
    QTimer.singleShot(_WAITING_MS, window, lambda: window.adding.download_waiting())
    QTimer.singleShot(_WAITING_MS, window, lambda: _watch(window))
    QTimer.singleShot(_WAITING_MS, window, lambda: window.searching.prepare())
    QTimer.singleShot(_PAINTED_MS, window, _collect_garbage)
    window.show()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    code = app.exec()
    # Qt's part goes first, while everything that it may still ask for is there.
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    library.close()
    return code


def snapshot(folder: Path, target: Path, *, size: tuple[int, int], theme: str = "light") -> None:
    """Draw the real window on the library in ``folder`` to a PNG, without a screen."""
    app = _application()
    with Library.open(folder) as library:
        window = Window(library, Settings()._replace(theme=theme))
        window.resize(*size)
        window.show()
        _settle(app, window)
        window.grab().save(str(target))
        window.close()


def _check(window: Window) -> None:
    def keep(day: str) -> None:
        window.settings = window.settings._replace(checked_at=day)

    window.care.check_library(window.settings.checked_at, keep)
    window.emptying.tidy()


def _application() -> QApplication:
    qInstallMessageHandler(_heard)
    # Fusion looks the same everywhere; as an argument it does not bring QStyle in.
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    assert isinstance(app, QApplication)
    QCoreApplication.setApplicationName("Reader")
    app.setDesktopFileName(APP_ID)
    theme_of.begin(app)
    return app


def _collect_garbage() -> None:
    """Look for garbage from now on, but not in what the start has made: that stays."""
    gc.freeze()
    gc.enable()


def _library(folder: Path) -> Library | None:
    try:
        return Library.open(folder)
    except LibraryError as error:
        from PySide6.QtWidgets import QMessageBox

        QMessageBox.critical(None, "Reader", str(error))
        return None


def _watch(window: Window) -> None:
    """Go on watching the folder that was watched before."""
    if window.settings.watched and not window.library.read_only:
        window.adding.watching.watch(Path(window.settings.watched), quiet=True)


def _settings() -> tuple[Settings, str]:
    try:
        return settings.load(paths.settings_file()), ""
    except SettingsError as error:
        return Settings(), str(error)


def _settle(app: QApplication, window: Window) -> None:
    """Wait until the article is whole and every picture that is seen has arrived."""
    until = time.monotonic() + _PATIENCE_SECONDS
    still = 0
    while time.monotonic() < until and still < 3:
        window.grab()  # asks for the pictures that are seen
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        still = still + 1 if window.viewer.document_ready and window.pictures.idle else 0
        time.sleep(0.01)


def _caught(window: Window) -> Callable[..., None]:
    def caught(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        if isinstance(error, ReaderError):  # such as a page of the library that is damaged
            window.messages.warn(str(error))
            return
        log.critical("a bug", exc_info=(kind, error, at))
        if issubclass(kind, Exception):
            show_report(error, window)

    return caught


def _heard(kind: QtMsgType, _context: object, text: str) -> None:
    if any(noise in text for noise in _NOISE):
        return
    level = logging.INFO if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) else logging.WARNING
    log.log(level, "Qt: %s", text)
