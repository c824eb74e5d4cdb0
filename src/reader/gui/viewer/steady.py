"""A browser that keeps the line at its top in place until the user scrolls."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from reader.gui.viewer.scroll_anchor import ScrollAnchor, anchor_at_top, restore
from reader.gui.viewer.scroll_bar import PageBar
from reader.gui.widgets.zoomable import ZoomableBrowser

_KIND = QEvent.Type
# While one of these is handled, whatever moves the page was done by the person.
_INPUT = frozenset((
    _KIND.KeyPress, _KIND.KeyRelease, _KIND.ShortcutOverride, _KIND.InputMethod, _KIND.Wheel,
    _KIND.MouseButtonPress, _KIND.MouseButtonRelease, _KIND.MouseButtonDblClick, _KIND.MouseMove,
    _KIND.TouchBegin, _KIND.TouchUpdate, _KIND.TouchEnd, _KIND.Gesture, _KIND.NativeGesture,
    _KIND.Timer,  # a selection that is dragged beyond the edge
))  # fmt: skip
# These make Qt lay out the page anew, or scroll to its own cursor.
_LAYOUT = frozenset((
    _KIND.Show, _KIND.ShowToParent, _KIND.Resize, _KIND.LayoutRequest, _KIND.ContentsRectChange,
    _KIND.Polish, _KIND.PolishRequest, _KIND.FontChange, _KIND.ApplicationFontChange,
    _KIND.StyleChange, _KIND.PaletteChange, _KIND.LayoutDirectionChange, _KIND.LocaleChange,
    _KIND.ParentChange, _KIND.ScreenChangeInternal, _KIND.DevicePixelRatioChange,
    _KIND.WindowStateChange, _KIND.ActivationChange, _KIND.WindowActivate,
    _KIND.WindowDeactivate, _KIND.FocusIn, _KIND.FocusOut,
))  # fmt: skip


class SteadyBrowser(ZoomableBrowser):
    """Lays out, shows and resizes its page around the line at the top.

    ``scrolled`` follows the person's scrolling alone: wheel, keys, bar, selecting, and what this
    program does at their word. Qt scrolls as well, to show its cursor for one.
    """

    scrolled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = PageBar(self)
        self._anchor: ScrollAnchor | None = None
        self._busy = False
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._settle)
        self.setVerticalScrollBar(self._bar)
        self._bar.scrolled.connect(self._scrolled)

    def show_cursor(self, cursor: QTextCursor) -> None:
        """Go to a place that the person looks for."""
        with self._bar.on_purpose():
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def anchor(self) -> ScrollAnchor:
        """Return the line at the top."""
        return self._anchor or anchor_at_top(self)

    @contextmanager
    def _holding(self) -> Iterator[None]:
        """Keep the line at the top in place while the page is laid out again."""
        # One anchor for many steps: it is only given up when the person scrolls.
        self._anchor = self.anchor()
        outer, self._busy = self._busy, True
        try:
            yield
            if self._anchor is not None and not outer:
                restore(self, self._anchor)
        finally:
            self._busy = outer

    def _settle(self) -> None:
        """Bring the line back that a change of layout has moved."""
        if self._anchor is not None:
            with self._holding():
                pass  # which restores it at its end

    def _scrolled(self) -> None:
        if not self._busy:
            self._anchor = anchor_at_top(self)
            self.scrolled.emit()

    # ---- Qt

    def event(self, event: QEvent) -> bool:
        """Let only the person move the page: whatever else Qt does, the line stays."""
        if event.type() in _INPUT:
            with self._bar.on_purpose():
                return super().event(event)
        if event.type() in _LAYOUT and "_settling" in self.__dict__:  # once it is made
            with self._holding():
                return super().event(event)
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Know the person's own moves of the mouse or the fingers."""
        if event.type() in _INPUT:
            with self._bar.on_purpose():
                return super().viewportEvent(event)
        return super().viewportEvent(event)
