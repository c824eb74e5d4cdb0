"""Steps of the size, the column, the lines and the letters, within their bounds."""

from typing import NamedTuple

from reader.gui.appearance.appearance import Appearance
from reader.settings import LEADING_RANGE, LETTER_SPACING_RANGE, MEASURE_RANGE, SIZE_RANGE


class Scale(NamedTuple):
    """A setting of the look that is a number: its steps, and how it is written.

    ``leap`` is the step of the keys, as a number of the small steps of the panel.
    """

    name: str
    title: str
    limits: tuple[float, float]
    step: float
    unit: str
    leap: int = 1

    def bounded(self, value: float) -> float:
        """Return the nearest value that can be chosen."""
        least, most = self.limits
        near = round(min(max(value, least), most), 3)
        return int(near) if isinstance(least, int) else near

    def text(self, value: float) -> str:
        """Return a value with its unit, as it is shown and read out."""
        decimals = 2 if self.step < 0.1 else 1 if value % 1 else 0
        return f"{value:.{decimals}f} {self.unit}".rstrip()


SIZE = Scale("size_pt", "Size", SIZE_RANGE, 0.5, "pt", 2)
LEADING = Scale("leading", "Leading", LEADING_RANGE, 0.05, "")
MEASURE = Scale("measure", "Width", MEASURE_RANGE, 2, "letters", 2)
SPACING = Scale("letter_spacing", "Spacing", LETTER_SPACING_RANGE, 0.01, "em")
SCALES = (SIZE, LEADING, MEASURE, SPACING)


def step(appearance: Appearance, scale: Scale, steps: int) -> None:
    """Change a number of the look by some of its steps."""
    here = getattr(appearance.settings, scale.name)
    appearance.choose(**{scale.name: scale.bounded(here + steps * scale.step)})
