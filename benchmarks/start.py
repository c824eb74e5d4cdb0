"""From the start to a painted list and article, compared with an empty PySide6 window.

Measures the CPU time of the process until it has painted, without its end.
"""

import statistics
import sys
from pathlib import Path

from benchmarks.figures import BUILD, Figure, in_turn, ratio, said_by
from benchmarks.make_library import make

_EMPTY = """
import time
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from PySide6.QtCore import QTimer
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("empty"))
window.resize(1200, 800)
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
window.grab()
print(time.process_time())
"""

_READER = """
import gc
gc.disable()  # as the program does
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from reader.gui.app import _application
app = _application()
from reader.gui.window import Window
from reader.library.library import Library
from reader.settings import Settings
library = Library.open(Path(sys.argv[1]))
window = Window(library, Settings(theme="light"))
window.resize(1200, 800)
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
window.grab()
print(time.process_time())
if len(sys.argv) > 2:
    for line in open("/proc/self/smaps_rollup"):
        if line.startswith("Pss:"):
            open(sys.argv[2], "w").write(line.split()[1])
"""


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of starting."""
    BUILD.mkdir(parents=True, exist_ok=True)
    many = make(BUILD / "many", 100_000, with_text=True)
    none = make(BUILD / "none", 0, with_text=False)
    one = make(BUILD / "one", 1, with_text=True)
    empty, small, big, single = in_turn(
        9,
        ("-c", _EMPTY),
        ("-c", _READER, none),
        ("-c", _READER, many),
        ("-c", _READER, one),
        of=said_by,
    )
    figures = [
        Figure("empty PySide6 window", statistics.median(empty), "s"),
        Figure("list and article of 100,000, CPU", statistics.median(big), "s"),
        Figure("… as a multiple of the empty window", ratio(big, empty), "x", 1.8),
        Figure("… as a multiple of an empty library", ratio(big, small), "x", 1.1),
        Figure("… as a multiple of a library of one article", ratio(big, single), "x", 1.1),
    ]
    if sys.platform == "linux":
        pss = BUILD / "pss"
        said_by("-c", _READER, many, pss)
        figures.append(Figure("memory (PSS)", int(Path(pss).read_text()) / 1024, "MB", 90))
    return figures
