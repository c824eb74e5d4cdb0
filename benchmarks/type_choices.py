"""Changes of the look of an article of 100 kB, and the cost of each choice of type."""

import statistics
from collections.abc import Mapping
from functools import partial
from typing import Any

from benchmarks.figures import Figure, cpu_ms
from benchmarks.opening import _article, _whole
from reader import themes
from reader.document.fonts import installed
from reader.document.hyphenation import _Divider, _file
from reader.document.images import Pictures
from reader.gui.app import _application
from reader.gui.viewer.viewer import Viewer
from reader.model import Look

_RUNS = 9
_CHOICES: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "justified": {"justified": True},
    "justified, with hyphens": {"justified": True, "hyphenated": True},
    "indented": {"indented": True},
    "spaced letters": {"letter_spacing": 0.05},
    "hyperlegible": {"font": "legible"},
    "a family that is gone": {"font": "No Such Family"},
}


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of a change of the look."""
    app = _application()
    viewer = Viewer(Pictures(lambda _: None), Look(themes.theme("light")))
    viewer.resize(900, 800)
    viewer.show()
    viewer.show_article(_article(1_000_000 if large else 100_000)._replace(language="en"))
    _whole(app, viewer)
    looks = {name: viewer.look._replace(**choice) for name, choice in _CHOICES.items()}
    times: dict[str, list[float]] = {name: [] for name in looks}
    wholes: dict[str, list[float]] = {name: [] for name in looks}
    for _ in range(_RUNS):
        for name, look in looks.items():
            times[name].append(cpu_ms(partial(_change, viewer, look)))
            wholes[name].append(cpu_ms(partial(_whole, app, viewer)))
    size = "1 MB" if large else "100 kB"
    return [
        *(
            Figure(f"{size}: changed to {name}, painted", statistics.median(times[name]), "ms", 60)
            for name in looks
        ),
        *(
            Figure(f"{size}: … {name}, the rest of it", statistics.median(wholes[name]), "ms")
            for name in looks
        ),
        *(
            Figure(f"patterns of {language}", cpu_ms(partial(_patterns, language)), "ms")
            for language in ("en-US", "fr", "de")
        ),
        Figure("installed families listed", cpu_ms(installed), "ms"),
    ]


def _change(viewer: Viewer, look: Look) -> None:
    viewer.set_look(look)
    viewer.viewport().repaint()


def _patterns(language: str) -> None:
    file = _file(language)
    assert file is not None
    _Divider(file)
