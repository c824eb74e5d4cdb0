"""The page of a clean-up: all blocks of the source, removed ones pale, toggled by a click."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.anchor import Anchor
from reader.body.to_html import to_html
from reader.document.images import Pictures
from reader.gui.viewer.scroll_anchor import y_of
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.plain_text import Label, caption, set_tip
from reader.ingest.extract.date_words import loose_date
from reader.ingest.metadata import iso_date
from reader.ingest.reprocess import Cleaning
from reader.model import Edit, Look

_PALE = 205  # of 255: opacity of the page colour over removed blocks
_TINT = 30
_ROUND = 6.0
_PILL_PT = 8.5
_KEY = Qt.Key
_TOGGLES = (_KEY.Key_Space, _KEY.Key_Return, _KEY.Key_Enter, _KEY.Key_Delete, _KEY.Key_Backspace)
_MOVES = {
    _KEY.Key_Down: 1, _KEY.Key_J: 1, _KEY.Key_Up: -1, _KEY.Key_K: -1,
    _KEY.Key_Home: -(10**6), _KEY.Key_End: 10**6,
}  # fmt: skip


class CleanupPage(Viewer):
    """Shows all blocks of the source of an article, and lets the user remove and restore them."""

    changed = Signal()

    def __init__(self, pictures: Pictures, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(pictures, look, parent)
        self.kept: list[bool] = []
        self.current = 0
        self._steps: list[tuple[int, int, bool]] = []
        self._tops: list[float] = []
        self._laid = (0.0, 0.0)
        self._first = 0
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Blocks of the page")
        self.grown.connect(self._begin)

    def show_cleaning(self, cleaning: Cleaning) -> None:
        """Show all blocks of a page; the first block of the article is the current one."""
        self.kept = [piece.kept for piece in cleaning.pieces]
        self.current = self.kept.index(True) if True in self.kept else 0
        self._steps.clear()
        self._tops = []
        self._first = self.current
        blocks = tuple(piece.block for piece in cleaning.pieces)
        html = to_html(cleaning.body._replace(blocks=blocks))
        self.show_article(cleaning.article._replace(html=html, position=Anchor()))

    def toggle(self, index: int, until: int | None = None) -> None:
        """Remove or restore a block, and likewise all up to ``until`` if it is given."""
        if not 0 <= index < len(self.kept):
            return
        wanted = not self.kept[index]
        first, last = sorted((index, index if until is None else until))
        for block in range(first, last + 1):
            self._steps.append((block, last - first, self.kept[block]))
            self.kept[block] = wanted
        self._notify()

    def set_all(self, kept: Sequence[bool]) -> None:
        """Set for each block whether it is kept."""
        changed = [
            n for n, (old, new) in enumerate(zip(self.kept, kept, strict=True)) if old != new
        ]
        for block in changed:
            self._steps.append((block, len(changed) - 1, self.kept[block]))
            self.kept[block] = not self.kept[block]
        self._notify()

    def undo(self) -> None:
        """Undo the last toggle."""
        more = self._steps[-1][1] if self._steps else -1
        for _ in range(more + 1):
            index, _, self.kept[index] = self._steps.pop()
            self.current = index
        self._notify()

    def _notify(self) -> None:
        self.viewport().update()
        self.changed.emit()

    # ---- layout of the blocks

    def _begin(self) -> None:
        self._measure()
        if self._tops and self._first:
            self.verticalScrollBar().setValue(round(self._tops[self._first]) - 120)
        self._first = 0

    def _measure(self) -> None:
        """Find the top of each block, if the layout of the page has changed."""
        page, top = self.page, 0.0
        laid = (page.size().width(), page.size().height())
        if laid == self._laid and self._tops:
            return
        self._laid = laid
        self._tops = []
        for index in range(len(self.kept)):
            top = max(top, y_of(self, page.start_of(index)))
            self._tops.append(top)

    def band(self, index: int) -> QRectF:
        """Return the area of a block, in pixels of the document."""
        top = self._tops[index]
        last = index + 1 == len(self._tops)
        bottom = self.page.size().height() if last else self._tops[index + 1]
        return QRectF(0, top - 3, self.viewport().width(), max(8.0, bottom - top - 4))

    def index_at(self, y: float) -> int:
        """Return the block at a height of the viewport, -1 above the first."""
        return bisect_right(self._tops, y + self.verticalScrollBar().value() + 3) - 1

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, with removed blocks pale and the current block tinted."""
        super().paintEvent(event)
        if not self.document_ready:
            return
        self._measure()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self.verticalScrollBar().value()
        painter.translate(0, -top)
        seen = event.rect().translated(0, top)
        pale = QColor(self.look.theme.page)
        pale.setAlpha(_PALE)
        first = max(0, bisect_right(self._tops, seen.top()) - 1)
        for index in range(first, bisect_right(self._tops, seen.bottom() + 3)):
            if not self.kept[index]:
                painter.fillRect(self.band(index).adjusted(-2, 0, 2, 3), pale)
        if self.kept:
            self._paint_current(painter)
        painter.end()

    def _paint_current(self, painter: QPainter) -> None:
        band, theme = self.band(self.current), self.look.theme
        tint = QColor(theme.accent)
        tint.setAlpha(_TINT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawRoundedRect(band, _ROUND, _ROUND)
        label = "Remove" if self.kept[self.current] else "Restore"
        font = self.font()
        font.setPointSizeF(_PILL_PT)
        painter.setFont(font)
        wide = painter.fontMetrics().horizontalAdvance(label) + 20
        pill = QRectF(band.right() - wide - 4, max(band.top() + 4, self._seen_top() + 4), wide, 22)
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(pill, 11, 11)
        painter.setPen(QColor(theme.page))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, label)

    def _seen_top(self) -> float:
        return float(self.verticalScrollBar().value())

    # ---- mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Make the block under the pointer the current one."""
        index = self.index_at(event.position().y())
        if self.document_ready and index >= 0 and index != self.current:
            self.current = index
            self.viewport().update()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Toggle the clicked block; with Shift, all blocks from the last one to it."""
        index = self.index_at(event.position().y())
        if event.button() != Qt.MouseButton.LeftButton or index < 0 or not self.document_ready:
            return
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if shift and self._steps:
            last = self._steps[-1][0]
            self.toggle(last + (1 if index > last else -1), index)
        else:
            self.toggle(index)
        self.current = index

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ignore links."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Handle both clicks of a double click."""
        self.mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Override shortcuts of the window while this page has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() in ((_KEY.Key_Z,) if control else (*_TOGGLES, *_MOVES)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between blocks, toggle them, undo."""
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control or key == _KEY.Key_Escape:
            self.undo() if key == _KEY.Key_Z else event.ignore()
        elif key in _TOGGLES:
            self.toggle(self.current)
        elif key in _MOVES:
            self._go(_MOVES[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def _go(self, by: int) -> None:
        if not self._tops:
            return
        self.current = min(max(0, self.current + by), len(self.kept) - 1)
        band, bar = self.band(self.current), self.verticalScrollBar()
        room = self.viewport().height()
        if band.top() < bar.value() or band.bottom() > bar.value() + room:
            bar.setValue(round(band.top() - room / 4))
        self.viewport().update()


class CleanupEditor(QWidget):
    """The clean-up page, with title, author and date above it and buttons below it."""

    done = Signal()
    cancelled = Signal()

    def __init__(
        self, cleaning: Cleaning, pictures: Pictures, look: Look, zoom: float, site: str
    ) -> None:
        super().__init__()
        self.cleaning = cleaning
        self.page = CleanupPage(pictures, look)
        self.page.set_zoom(zoom)
        article = cleaning.article
        self.title = _field("Title", article.title)
        self.byline = _field("Author", article.byline)
        self.date = _field("Date", article.published_at[:10])
        self.for_site = QCheckBox(caption(f"On all pages of {site}"))
        set_tip(
            self.for_site,
            "Make a rule of these changes for all pages of this site that you save from now on",
        )
        self.for_site.setVisible(bool(cleaning.pages))
        self._state = Label()
        self._state.setObjectName("hint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self._top(), self.page, self._foot()):
            layout.addWidget(part, 1 if part is self.page else 0)
        self.page.changed.connect(self._show_state)
        self.page.show_cleaning(cleaning)
        self._show_state()

    def edit(self) -> Edit:
        """Return the corrections of title, author and date."""
        article, title = self.cleaning.article, " ".join(self.title.text().split())
        byline, typed = " ".join(self.byline.text().split()), self.date.text().strip()
        date = iso_date(typed) or loose_date(typed)
        return Edit(
            article.id,
            title=title if title and title != article.title else None,
            byline=byline if byline != article.byline else None,
            published_at=date if (date or not typed) and date[:10] != article.published_at[:10]
            else None,
        )  # fmt: skip

    @property
    def changed(self) -> bool:
        """Whether the user has changed anything."""
        blocks = self.page.kept != [piece.kept for piece in self.cleaning.pieces]
        return blocks or self.edit() != Edit(self.cleaning.article.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel with Esc, finish with Ctrl+Return."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == _KEY.Key_Escape:
            self.cancelled.emit()
        elif control and event.key() in (_KEY.Key_Return, _KEY.Key_Enter):
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _top(self) -> QWidget:
        bar = _bar("cleanTop")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(14, 8, 14, 8)
        self.date.setFixedWidth(self.fontMetrics().horizontalAdvance("2026-01-31") + 40)
        for field, room in ((self.title, 5), (self.byline, 2), (self.date, 0)):
            layout.addWidget(field, room)
            field.textChanged.connect(self._show_state)
        return bar

    def _foot(self) -> QWidget:
        bar = _bar("foot")
        layout = QVBoxLayout(bar)
        layout.setContentsMargins(14, 8, 14, 8)
        keep_all, cancel, done = (QPushButton(text) for text in ("Keep All", "Cancel", "Done"))
        set_tip(keep_all, "Restore everything on the page")
        keep_all.clicked.connect(lambda: self.page.set_all([True] * len(self.page.kept)))
        set_tip(cancel, "Discard the changes (Esc)")
        cancel.clicked.connect(self.cancelled)
        set_tip(done, "Save the changes (Ctrl+Return)")
        done.setDefault(True)
        done.setObjectName("primary")
        done.clicked.connect(self.done)
        top, row = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._state, 1)
        top.addWidget(self.for_site)
        row.addWidget(keep_all)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(done)
        layout.addLayout(top)
        layout.addLayout(row)
        return bar

    def _show_state(self) -> None:
        before = [piece.kept for piece in self.cleaning.pieces]
        pairs = list(zip(before, self.page.kept, strict=True))
        out, back = pairs.count((True, False)), pairs.count((False, True))
        counts = [f"{out} removed" if out else "", f"{back} restored" if back else ""]
        wrong = self.date.text().strip() and not (
            iso_date(self.date.text()) or loose_date(self.date.text())
        )
        hint = "Click a part to remove it or restore it, or use ↑, ↓ and Space."
        self._state.setText(
            "Enter the date as 2026-01-31." if wrong else ", ".join(filter(None, counts)) or hint
        )


def _field(name: str, text: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setAccessibleName(name)
    field.setPlaceholderText(name)
    set_tip(field, name)
    field.setCursorPosition(0)
    return field


def _bar(name: str) -> QWidget:
    bar = QWidget()
    bar.setObjectName(name)
    bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return bar
