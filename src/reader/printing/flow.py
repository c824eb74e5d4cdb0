"""The flow of a text over columns and pages, with pictures that float and notes at the foot.

A column takes one box of the galley after the other while they fit, and ends at the last good
place. A picture that does not fit shrinks a little, or it floats as in LaTeX: it waits and heads
the next column while the text runs on.
"""

from collections.abc import Sequence
from typing import NamedTuple

from reader.printing.boxes import Place, Text
from reader.printing.filling import Column, Filling
from reader.printing.foot import FootNotes
from reader.printing.paginate import Galley

_TRIALS = 12


class Grid(NamedTuple):
    """The columns of a page: their number, the height of a full one, and that of a line.

    If the next text ``runs_on`` below, the last notes stand right below theirs, not at the foot.
    """

    columns: int
    height: float
    line: float
    runs_on: bool = False


class Flow:
    """Fills pages with a galley; ``place`` is the end of the galley before it, if there is one."""

    def __init__(
        self,
        galley: Galley,
        grid: Grid,
        notes: FootNotes | None = None,
        place: Place | None = None,
    ) -> None:
        self._grid = grid
        self._text = Text(galley, grid.height, grid.line, notes)
        self.place = self._text.begin(place)

    @property
    def done(self) -> bool:
        """Whether all is placed: text, pictures and notes."""
        return self._text.ends(self.place)

    def page(self, room: float, *, free: bool) -> Sequence[Column]:
        """Return the columns of the next page, ``room`` high; even if they hold all the rest.

        Returns none if nothing fits well, but never if the page is ``free``.
        """
        fillings = self._fill(room, free=free, tight=True)
        if self._hold_rest(fillings):
            fillings = self._fill(room, free=free)
        if not fillings:
            return ()
        ends = self._hold_rest(fillings)
        if ends and self._grid.columns > 1:
            fillings = self._even(fillings, room)
        self.place = fillings[-1].place
        runs_on = ends and self._grid.runs_on
        bottom = max(filling.bottom for filling in fillings) if runs_on else room
        return [filling.column(bottom, stretched=not ends) for filling in fillings]

    def _hold_rest(self, fillings: Sequence[Filling]) -> bool:
        return bool(fillings) and self._text.ends(fillings[-1].place)

    def _fill(
        self, room: float, *, free: bool, tight: bool = False, shrinks: bool = True
    ) -> list[Filling]:
        fillings: list[Filling] = []
        place = self.place
        while len(fillings) < self._grid.columns and not self._text.ends(place):
            filling = Filling(self._text, place, room, shrinks=shrinks)
            if not filling.fill(free=free):
                break
            if tight and not filling.reaches(room):
                filling = self._tightened(place, room) or filling
            fillings.append(filling)
            place = filling.place
        return fillings

    def _tightened(self, place: Place, room: float) -> Filling | None:
        """Return a column with a line more if with less space between its blocks it fits."""
        filling = Filling(self._text, place, room + self._grid.line)
        fits = filling.fill(free=False) and filling.bottom > room and filling.reaches(room)
        return filling if fits and filling.place.box < self._text.boxes else None

    def _even(self, fillings: list[Filling], most: float) -> list[Filling]:
        """Return the columns as low as they can be and still hold all the rest."""
        least = 0.0
        for _ in range(_TRIALS):
            trial = (least + most) / 2
            tried = self._fill(trial, free=False, shrinks=False)
            if self._hold_rest(tried):
                fillings, most = tried, trial
            else:
                least = trial
        return fillings
