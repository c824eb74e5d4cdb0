"""Changing the look of an article of 100 kB and of 1 MB, until the change is painted."""

import statistics
from functools import partial

from benchmarks.figures import Figure, cpu_ms
from benchmarks.opening import _article, _whole
from reader import themes
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.gui.viewer.viewer import Viewer
from reader.model import Look

_RUNS = 7


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of the look."""
    app = _application()
    light = Look(themes.theme("light"))
    viewer = Viewer(Pictures(lambda _: None), light)
    viewer.resize(900, 800)
    viewer.show()
    looks = {
        "size": light._replace(size_pt=15.0),
        "leading": light._replace(leading=1.8),
        "width": light._replace(measure=50),
        "typeface": light._replace(font="sans"),
        "theme": light._replace(theme=themes.theme("dark")),
    }
    figures = []
    for size, name in ((100_000, "100 kB"), (1_000_000, "1 MB"))[: 2 if large else 1]:
        viewer.set_look(light)
        viewer.show_article(_article(size))
        _whole(app, viewer)
        viewer.leap(0.9)
        for what, look in looks.items():
            times = []
            for each in (look, light) * _RUNS:
                times.append(cpu_ms(partial(_show, viewer, each)))
                _whole(app, viewer)
            middle = statistics.median(times)
            figures.append(
                Figure(f"{name}, near its end: another {what}, painted", middle, "ms", 60)
            )
    return figures


def _show(viewer: Viewer, look: Look) -> None:
    viewer.set_look(look)
    viewer.repaint()
