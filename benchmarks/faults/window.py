"""Open the real window on a library, print its texts as JSON once it rests, and close it."""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget

from reader.gui.app import run

_REST_SECONDS = 1.2
_LONGEST_SECONDS = 40.0
_PAUSE_MS = 100


class _Watch:
    """Waits until the windows have not changed for a moment, and closes them."""

    def __init__(self) -> None:
        self.seen: list[dict[str, object]] = []
        self._last: object = None
        self._begun = self._changed = time.monotonic()
        self.timer = QTimer(interval=_PAUSE_MS)
        self.timer.timeout.connect(self._look)
        self.timer.start()

    def _look(self) -> None:
        now, windows = time.monotonic(), _windows()
        told = [_told(each) for each in windows]
        if told != self._last or not windows:
            self._last, self._changed = told, now
        late = now - self._begun > _LONGEST_SECONDS
        if late or (windows and now - self._changed > _REST_SECONDS):
            self.seen += told
            self._changed = now
            _close(windows)


def _windows() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def _told(window: QWidget) -> dict[str, object]:
    labels = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
    buttons = [each.text() for each in window.findChildren(QAbstractButton) if each.isVisible()]
    return {
        "class": type(window).__name__,
        "title": window.windowTitle(),
        "texts": [each for each in labels if each.strip()],
        "buttons": [each for each in buttons if each],
    }


def _close(windows: list[QWidget]) -> None:
    modal = QApplication.activeModalWidget()
    for window in [modal] if modal else windows:
        window.reject() if isinstance(window, QDialog) else window.close()


def main() -> int:
    """Open the window; the exit code is that of the program."""
    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    watch = _Watch()
    code = run(Path(sys.argv[1]))
    watch.timer.stop()
    print(json.dumps(watch.seen))
    del app
    return code


if __name__ == "__main__":
    sys.exit(main())
