"""A browser that knows the place that is read, and comes back to it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from reader.anchor import Anchor
from reader.document.images import Pictures
from reader.gui.viewer.column import AIR, ColumnBrowser
from reader.gui.viewer.scroll_anchor import ScrollAnchor, restore, scroll_to
from reader.model import FINISHED, Article, Look

_REST_MS = 400
_BY_PROGRESS = Anchor(-1)
"""The place of an article of which another program knew only how much was read."""


class PlacedBrowser(ColumnBrowser):
    """Keeps the reading position of its article, also of one that is still built.

    ``moved`` carries the anchor that the person came to, and how far the article is read.
    """

    moved = Signal(int, object, float)

    def __init__(self, pictures: Pictures, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(pictures, look, parent)
        self.article: Article | None = None
        self._wanted: Anchor | None = None
        self._back: list[ScrollAnchor] = []
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
            self.moved.emit(self.article.id, self.place(), progress)

    def _scrolled(self) -> None:
        super()._scrolled()
        if not self._busy and self.article is not None:
            self._wanted = None
            self._resting.start()

    # ---- a place that is still to come

    def _begin_at(self, article: Article) -> None:
        """Go to the reading position of another article once it is built."""
        self._back.clear()
        begun = article.position == Anchor() and 0 < article.progress < FINISHED
        self._wanted = _BY_PROGRESS if begun else article.position

    def _hold_place(self) -> None:
        """Go to the same line of the same article once it is built anew."""
        self._wanted = self.place()

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

    @property
    def can_go_back(self) -> bool:
        """Whether a link within the article was followed."""
        return bool(self._back)

    def go_back(self) -> None:
        """Return from a link within the article to the place of the link."""
        if self._back:
            restore(self, self._back.pop())

    def leap(self, share: float) -> None:
        """Scroll until this share of the article is above the lower edge; ``go_back`` returns."""
        self._turning.stop()
        self._back.append(self.anchor())
        self._anchor = scroll_to(self, share)

    def leap_to(self, position: int) -> None:
        """Scroll a position of the document to the top; ``go_back`` returns."""
        self._turning.stop()
        self._back.append(self.anchor())
        restore(self, ScrollAnchor(position, AIR / 2))
