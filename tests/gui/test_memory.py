"""What was shown is let go, in an event loop that deletes what is to be deleted."""

import ctypes
import gc
import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from reader.document.build import Document
from reader.gui.cleanup.versions_dialog import VersionsDialog
from reader.gui.printing.print_window import PrintWindow
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping, Edit

Make = Callable[..., Window]
Add = Callable[..., Article]
_TIMES = 5
_ROUNDS = 3
TEXT = "\n\n".join("Some words of it. " * 40 for _ in range(30))


def _run(is_done: Callable[[], bool] = lambda: True) -> None:
    """Run an event loop; mere ``processEvents`` would not run deferred deletes."""
    loop, timer = QEventLoop(), QTimer(interval=0)
    timer.timeout.connect(lambda: loop.quit() if is_done() else None)
    timer.start()
    loop.exec()


def _documents() -> int:
    gc.collect()
    return sum(isinstance(each, Document) and isValid(each) for each in gc.get_objects())


def _grown(window: Window, work: Callable[[], None]) -> tuple[int, int]:
    """Return the least growth of documents and objects of Qt for each time the same is done.

    What leaks grows in every round; what is made once when it is first needed, does so in one.
    """

    def objects() -> int:
        return len(window.findChildren(QObject))

    for _ in range(2):
        work()
    grown = []
    for _ in range(_ROUNDS):
        _run()
        documents, before = _documents(), objects()
        for _ in range(_TIMES):
            work()
        _run()
        # Animations of the style come and go.
        grown.append((_documents() - documents, int((objects() - before) / _TIMES)))
        if grown[-1] == (0, 0):
            break
    return min(grown)


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "left while they come in"])
def test_articles_that_were_opened_are_let_go(
    qtbot: QtBot, make_window: Make, add: Add, whole: bool
) -> None:
    ids = [add(f"Article {n}", TEXT * 6).id for n in range(6)]
    window = make_window()
    for _ in range(4):
        for id in ids:
            window.navigation.open(id)
            window.viewer.page_down()
            window.viewer.grab()
            _run(lambda: window.viewer.document_ready or not whole)
    _run()
    assert _documents() <= 2
    assert len(window.viewer.findChildren(Document)) == 1


def test_looks_that_were_changed_are_let_go(qtbot: QtBot, make_window: Make, add: Add) -> None:
    add("One", TEXT * 6)
    window = make_window()

    def change() -> None:
        for theme in ("dark", "light"):
            window.store.update(theme=theme)
            _run()
            window.viewer.zoom_in()
            window.viewer.grab()

    assert _grown(window, change) == (0, 0)


def test_a_page_that_was_cleaned_up_is_let_go(qtbot: QtBot, make_window: Make, add: Add) -> None:
    add("One", TEXT)
    window = make_window()

    def clean() -> None:
        window.controllers.cleanup.clean_up()
        _run(lambda: window.controllers.cleanup.editor is not None)
        assert window.controllers.cleanup.editor is not None
        window.controllers.cleanup.editor.cancelled.emit()

    assert _grown(window, clean) == (0, 0)


def test_older_texts_that_were_looked_at_are_let_go(
    qtbot: QtBot,
    make_window: Make,
    add: Add,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = add("One", TEXT)
    library.edit("Changed", [Edit(one.id, text=Clipping("", html="<p>New</p>", words=1))])
    window = make_window()
    monkeypatch.setattr(VersionsDialog, "exec", lambda _: QDialog.DialogCode.Rejected.value)
    assert _grown(window, window.controllers.cleanup.show_versions) == (0, 0)


def test_previews_are_let_go(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("One", TEXT)
    window = make_window()

    def look(dialog: PrintWindow) -> int:
        dialog.show()
        _run(lambda: not dialog.busy)
        dialog.close()
        return 0

    monkeypatch.setattr(PrintWindow, "exec", look)
    assert _grown(window, window.controllers.page.printing.print_article) == (0, 0)


def test_statistics_and_jobs_leave_nothing(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    add("One", TEXT)
    window = make_window()

    def work() -> None:
        window.controllers.statistics.toggle()
        window.controllers.statistics.close_page()
        window.context.jobs.start("", lambda _: library.counts(), lambda _: None)
        _run(lambda: not window.context.jobs.running)

    assert _grown(window, work) == (0, 0)
    for _ in range(5):
        QApplication.processEvents()
    assert len(library._database._all) <= 2, "a thread that ended keeps no connection"


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="asks glibc 2.33")
def test_freed_pictures_go_back_to_the_system() -> None:
    told = subprocess.check_output([sys.executable, "-c", _LARGE_BLOCKS], text=True)
    assert int(told) >= 4_000_000


# In a process of its own: here free room is left over from other tests.
_LARGE_BLOCKS = """
import ctypes
from PySide6.QtGui import QImage
from reader.gui import app

class Held(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "abcdefghij"]

held = ctypes.CDLL(None).mallinfo2
held.restype = Held
app._application()
large = QImage(2000, 2000, QImage.Format.Format_RGB32)
del large  # by this glibc would learn to keep what is smaller
before = held().e  # bytes in blocks of their own
page = QImage(1000, 1000, QImage.Format.Format_RGB32)
print(held().e - before)
"""
