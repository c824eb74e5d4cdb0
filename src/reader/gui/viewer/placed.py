"""A browser that knows the place that is read, and comes back to it."""

from bisect import bisect_right

from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtWidgets import QWidget

from reader.anchor import Anchor, Reached
from reader.document.hits import position_at
from reader.document.images import Pictures
from reader.gui.list.row import plain
from reader.gui.viewer.column import AIR, ColumnBrowser
from reader.gui.viewer.scroll_anchor import ScrollAnchor, restore, scroll_to
from reader.model import FINISHED, Article, Look

_REST_MS = 400
_BY_PROGRESS = Anchor(-1)
"""The place of an article of which another program knew only how much was read."""


class PlacedBrowser(ColumnBrowser):
    """Keeps the reading position of its article, also of one that is still built.

    ``moved`` carries the anchor that the person came to, and how far the article is read.
    ``leaping`` is emitted before the page goes to another place of the article, to which no
    reading has led; going back returns from there. Until the person has scrolled there, the page
    does not count as ``reads_on``.
    """

    moved = Signal(int, object, float)
    leaping = Signal()

    def __init__(self, pictures: Pictures, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(pictures, look, parent)
        self.article: Article | None = None
        self._wanted: Anchor | None = None
        self.reads_on = True
        self.furthest = Reached()
        self._went_to: int | None = None
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self.tell_place)

    def place(self) -> Anchor:
        """Return the anchor of the line at the top, or of the one that is still to come there."""
        if self._wanted is not None:
            return self._wanted
        return self._document.anchor_at(self.anchor().position)

    def flush(self) -> None:
        """Emit the reading position now if the user has scrolled since the last time."""
        if self._resting.isActive():
            self.tell_place()

    def tell_place(self) -> None:
        """Emit the reading position and the progress."""
        self._resting.stop()
        if self.article is not None and self.article.html:
            ready = self._document.complete
            progress = self.progress() if ready else self.article.progress
            place = self.place()
            if self.reads_on and progress >= self.furthest.share:
                self.furthest = Reached(progress, place)
            self.moved.emit(self.article.id, place, progress)

    def _scrolled(self) -> None:
        super()._scrolled()
        if not self._busy:
            self._went_to, self.reads_on = None, True
            if self.article is not None:
                self._wanted = None
                self._resting.start()

    # ---- a place that is still to come

    def _begin_at(self, article: Article) -> None:
        """Go to the reading position of another article once it is built."""
        self._went_to, self.reads_on = None, True
        place = Reached(article.progress, article.position)
        self.furthest = article.furthest if article.furthest.share else place
        begun = article.position == Anchor() and 0 < article.progress < FINISHED
        self._wanted = _BY_PROGRESS if begun else article.position

    def _hold_place(self) -> None:
        """Go to the same line of the same article once it is built anew."""
        self._wanted = self.place()
        self._went_to = None

    def _go_where_wanted(self) -> None:
        if self._wanted in (None, Anchor()):
            self._wanted = None  # the beginning is there
            return
        is_known = self._wanted != _BY_PROGRESS
        position = self._document.position_of(self._wanted) if is_known else None
        if position is None and not self._document.complete:
            return
        self._wanted = None
        self._busy = True
        if position is None:
            self._anchor = scroll_to(self, self.article.progress if self.article else 0.0)
        else:
            self._anchor = ScrollAnchor(position, 0)
            restore(self, self._anchor)
        self._busy = False

    # ---- leaps

    def leap(self, share: float) -> None:
        """Scroll until this share of the article is above the lower edge."""
        self._leave_here()
        self.show_share(share)

    def show_share(self, share: float) -> None:
        """Scroll as ``leap`` does, on a leap that has begun."""
        self._anchor = scroll_to(self, share)
        self.reads_on = False

    def go_to_named(self, name: str) -> None:
        """Go to a named place of the article, as far as it is built."""
        position = self._document.position_of_anchor(name)
        if position is not None:
            self.leap_to(position)

    def leap_to(self, position: int) -> None:
        """Scroll a position of the document to the top."""
        self._leave_here()
        restore(self, ScrollAnchor(position, AIR / 2))
        self._went_to, self.reads_on = position, False

    def leap_to_place(self, place: Anchor) -> None:
        """Scroll a place to the top, also one that is still to be built."""
        self.leaping.emit()
        self.return_to(place)

    def go_to_furthest(self) -> None:
        """Go to the furthest place that was read."""
        if self.furthest.anchor == Anchor():
            self.leap(self.furthest.share)
        else:
            self.leap_to_place(self.furthest.anchor)

    def start_again(self) -> None:
        """Go to the beginning as if the article were new."""
        self.leap_to_place(Anchor())
        self._resting.stop()

    def return_to(self, place: Anchor) -> None:
        """Go to a place of the article that was read before."""
        self._turning.stop()
        self._wanted = place
        if place == Anchor():
            self._bar.setValue(0)
        self._go_where_wanted()
        self._went_to, self.reads_on = None, False
        self._resting.start()

    def _leave_here(self) -> None:
        self._turning.stop()
        self.leaping.emit()

    # ---- the chapter

    def reading_at(self) -> int:
        """Return the position that is read: a third below the upper edge, at the end the last.

        It is where the person wanted to go, as long as nothing has moved since.
        """
        if self._went_to is not None:
            return self._went_to
        top, edge = self._bar.value(), self.lower_edge()
        left = self._bar.maximum() - top if self.spread is None else (1 - self.progress()) * 1e9
        near_end = min(max(1 - left / max(1, edge - top), 0.0), 1.0)
        seen = top + (edge - top) * (1 + 2 * near_end) / 3
        hit = position_at(self._document, QPointF(8, seen))
        return hit if hit >= 0 else self._document.characterCount() - 1

    def chapter(self) -> str:
        """Return the heading of the present chapter, ``""`` if there is none."""
        headings = self._document.headings
        at = bisect_right(headings, (self.reading_at(), 9)) - 1
        return self.heading(headings[at][0]) if at >= 0 else ""

    def heading(self, position: int) -> str:
        """Return the text of a heading at a position, without its pictures."""
        return plain(self._document.findBlock(position).text().replace("\ufffc", " "))
