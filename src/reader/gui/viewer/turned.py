"""A browser whose pages are turned, or scrolled by pages."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from reader.gui.viewer.placed import PlacedBrowser


class TurnedBrowser(PlacedBrowser):
    """Goes on by a page; ``ended`` is emitted if the article ends there."""

    ended = Signal()

    def page_down(self) -> None:
        """Scroll down by a page less two lines; emit ``ended`` at the end of the article."""
        bar = self._bar
        if self.spread is not None:
            if not self.spread.turn(1) and self.spread.is_at_end:
                self.ended.emit()
        elif bar.value() >= bar.maximum() and self._document.complete:
            self.ended.emit()
        else:
            self._turning.by(self._page_step())

    def page_up(self) -> None:
        """Go back by a page less two lines."""
        if self.spread is not None:
            self.spread.turn(-1)
        else:
            self._turning.by(-self._page_step())

    def _page_step(self) -> int:
        line = self._look.size_pt * 96 / 72 * self._look.leading * self.zoom
        return max(40, round(self.viewport().height() - 2 * line))

    def set_paged(self, columns: int) -> None:
        """Show pages in as many columns, if there is room for them, or scroll if there are none."""
        if (self.spread.wanted if self.spread else 0) == columns:
            return
        self._turning.stop()
        with self._holding():
            if self.spread is not None:
                self.spread.close()
                self.spread = None
            if columns:
                from reader.gui.viewer.spread import Spread

                self.spread = Spread(self, columns)
            policy = Qt.ScrollBarPolicy
            self.setVerticalScrollBarPolicy(
                policy.ScrollBarAlwaysOff if columns else policy.ScrollBarAlwaysOn
            )
            self._set_air(self._document)
            self._set_column()
        self.viewport().update()

    # ---- what a page shows, and what can be pressed there

    def paint_below(self, _painter: QPainter, _seen: QRectF) -> None:
        """Paint the layers below the text, in the coordinates of the document."""

    def paint_above(self, _painter: QPainter, _seen: QRectF) -> None:
        """Paint the layers above the text, in the coordinates of the document."""

    def is_free(self, _at: QPointF) -> bool:
        """Return whether nothing that can be pressed is at a point."""
        return True
