"""Another look for the page: it is built beside the page, which stays until the place is there."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reader.anchor import Anchor
from reader.body.blocks import Block, Note
from reader.document.build import Document

if TYPE_CHECKING:
    from reader.gui.viewer.glimpse import Glimpse
    from reader.gui.viewer.viewer import Viewer

_FIRST = 0.010
_PAGED = 0.05
_SLICE = 0.007
_STEP = 0.002
_SCREEN = 6000  # characters, more than are seen at once
_SHORT = 10_000  # characters of an article that is built in one slice
_NEAR = 12  # blocks, which are built at once


class Renewal(QObject):
    """Builds the page anew in slices, and hands it over once the line that is read is there.

    Until then a glimpse lies over the page. Another look begins anew, so that any number of
    changes after each other, as of a slider, cost a glimpse each.
    """

    def __init__(self, viewer: "Viewer") -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._place = Anchor()
        self._document: Document | None = None
        self._parts: Iterator[Block | Note] = iter(())
        self._glimpse: Glimpse | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._grow)
        viewer.scrolled.connect(self._uncover)

    @property
    def active(self) -> bool:
        """Whether another page is being built."""
        return self._document is not None

    def begin(self, place: Anchor) -> None:
        """Build the page in the look of the viewer."""
        self._give_up()
        self._place = place
        self._document, self._parts = self._viewer.new_document(), self._viewer.all_parts()
        article = self._viewer.article
        if article is not None and len(article.html) < _SHORT:
            self._document.grow(self._parts)
        else:
            paged = self._viewer.spread is not None  # which no glimpse can show
            self._grow_for(_PAGED if paged else _FIRST if place.block < _NEAR else _STEP)
        if self._is_enough():
            self._hand_over()
            return
        viewer = self._viewer
        can_show = viewer.isVisible() and viewer.spread is None
        if can_show and place != Anchor() and place.block >= 0:
            from reader.gui.viewer.glimpse import Glimpse  # a start without it is quicker

            self._glimpse = self._glimpse or Glimpse(viewer)
            self._glimpse.show_from(place)
        self._timer.start()

    def stop(self) -> None:
        """Give up a page that is being built."""
        self._give_up()
        self._uncover()

    def _give_up(self) -> None:
        self._timer.stop()
        if self._document is not None:
            self._document.discard()
            self._document = None

    def _uncover(self) -> None:
        if self._glimpse is not None:
            self._glimpse.close_glimpse()

    def _grow(self) -> None:
        self._grow_for(_SLICE)
        if self._is_enough():
            self._hand_over()

    def _grow_for(self, seconds: float) -> None:
        assert self._document is not None
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            if self._document.grow(self._parts, _STEP) or self._is_enough():
                break

    def _is_enough(self) -> bool:
        """Return whether there is a screen of text from the place on, or all of it."""
        document = self._document
        if document is None or document.complete:
            return True
        is_start = self._place == Anchor()
        position = 0 if is_start else document.position_of(self._place)
        return position is not None and document.characterCount() > position + _SCREEN

    def _hand_over(self) -> None:
        self._timer.stop()
        document, self._document = self._document, None
        assert document is not None
        self._viewer.take_grown(document, self._parts)
        self._uncover()
