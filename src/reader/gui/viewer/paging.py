"""Paging through the article from any pane."""

from reader.gui.viewer.viewer import Viewer


class Paging:
    """Scrolls the viewer by pages and to its ends."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer

    def page_down(self) -> None:
        """Scroll down by a page; at the end of an article, go to the next one."""
        if self._viewer.isVisible():
            self._viewer.page_down()

    def page_up(self) -> None:
        """Scroll up by a page."""
        if self._viewer.isVisible():
            self._viewer.page_up()

    def to_start(self) -> None:
        """Scroll to the beginning of the article."""
        bar = self._viewer.verticalScrollBar()
        bar.setValue(bar.minimum())

    def to_end(self) -> None:
        """Scroll to the end of the article."""
        if self._viewer.spread is not None:
            self._viewer.spread.to_end()
            return
        bar = self._viewer.verticalScrollBar()
        bar.setValue(bar.maximum())
