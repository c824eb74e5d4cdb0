"""Cleaning up on the page: every block of the source, those left out pale, each one a click."""

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
from reader.ingest.extract.dates import loose_date
from reader.ingest.metadata import iso_date
from reader.ingest.reprocess import Cleaning
from reader.model import Edit, Look

_PALE = 205  # of 255: how much of the page lies over what is left out
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
    """Shows all blocks of the source of an article; a block is taken out or brought back."""

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

    def show_cleaning(self, begun: Cleaning) -> None:
        """Show an article with everything that was on its page; the keyboard is on its start."""
        self.kept = [piece.kept for piece in begun.pieces]
        self.current = self.kept.index(True) if True in self.kept else 0
        self._steps.clear()
        self._tops = []
        self._first = self.current
        blocks = tuple(piece.block for piece in begun.pieces)
        html = to_html(begun.body._replace(blocks=blocks))
        self.show_article(begun.article._replace(html=html, position=Anchor()))

    def toggle(self, index: int, until: int | None = None) -> None:
        """Take a block out or bring it back; with ``until`` all up to that one the same way."""
        if not 0 <= index < len(self.kept):
            return
        wanted = not self.kept[index]
        first, last = sorted((index, index if until is None else until))
        for each in range(first, last + 1):
            self._steps.append((each, last - first, self.kept[each]))
            self.kept[each] = wanted
        self._tell()

    def set_all(self, kept: Sequence[bool]) -> None:
        """Keep exactly these blocks."""
        changed = [
            n for n, (old, new) in enumerate(zip(self.kept, kept, strict=True)) if old != new
        ]
        for each in changed:
            self._steps.append((each, len(changed) - 1, self.kept[each]))
            self.kept[each] = not self.kept[each]
        self._tell()

    def undo(self) -> None:
        """Take back what was toggled last."""
        more = self._steps[-1][1] if self._steps else -1
        for _ in range(more + 1):
            index, _, self.kept[index] = self._steps.pop()
            self.current = index
        self._tell()

    def _tell(self) -> None:
        self.viewport().update()
        self.changed.emit()

    # ---- where the blocks are

    def _begin(self) -> None:
        self._measure()
        if self._tops and self._first:
            self.verticalScrollBar().setValue(round(self._tops[self._first]) - 120)
        self._first = 0

    def _measure(self) -> None:
        """Find where each block begins, where the page is laid out another way than before."""
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
        """Return where a block stands, in the pixels of the document."""
        top = self._tops[index]
        last = index + 1 == len(self._tops)
        bottom = self.page.size().height() if last else self._tops[index + 1]
        return QRectF(0, top - 3, self.viewport().width(), max(8.0, bottom - top - 4))

    def index_at(self, y: float) -> int:
        """Return the block at a height of the viewport, -1 above the first."""
        return bisect_right(self._tops, y + self.verticalScrollBar().value() + 3) - 1

    # ---- what is seen

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, what is left out pale, and the block that is meant."""
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
        said = "Take out" if self.kept[self.current] else "Bring back"
        font = self.font()
        font.setPointSizeF(_PILL_PT)
        painter.setFont(font)
        wide = painter.fontMetrics().horizontalAdvance(said) + 20
        pill = QRectF(band.right() - wide - 4, max(band.top() + 4, self._seen_top() + 4), wide, 22)
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(pill, 11, 11)
        painter.setPen(QColor(theme.page))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, said)

    def _seen_top(self) -> float:
        return float(self.verticalScrollBar().value())

    # ---- mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mean the block under the mouse."""
        index = self.index_at(event.position().y())
        if self.document_ready and index >= 0 and index != self.current:
            self.current = index
            self.viewport().update()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take out or bring back the block, with Shift all from the last one to it."""
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
        """Follow no link."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Count each click of a quick pair."""
        self.mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take the keys of the window for the blocks, while the keyboard is here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() in ((_KEY.Key_Z,) if control else (*_TOGGLES, *_MOVES)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from block to block, take out, bring back, undo."""
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
    """The page in clean-up with title, author and date above it and what to do below."""

    done = Signal()
    cancelled = Signal()

    def __init__(
        self, begun: Cleaning, pictures: Pictures, look: Look, zoom: float, site: str
    ) -> None:
        super().__init__()
        self.begun = begun
        self.page = CleanupPage(pictures, look)
        self.page.set_zoom(zoom)
        article = begun.article
        self.title = _field("Title", article.title)
        self.byline = _field("Author", article.byline)
        self.date = _field("Date", article.published_at[:10])
        self.for_site = QCheckBox(caption(f"On all pages of {site}"))
        set_tip(
            self.for_site,
            "Makes a rule of what you take out or bring back, for what is saved from now on",
        )
        self.for_site.setVisible(bool(begun.pages))
        self._state = Label()
        self._state.setObjectName("hint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self._top(), self.page, self._foot()):
            layout.addWidget(part, 1 if part is self.page else 0)
        self.page.changed.connect(self._say)
        self.page.show_cleaning(begun)
        self._say()

    def edit(self) -> Edit:
        """Return what was corrected of title, author and date."""
        article, title = self.begun.article, " ".join(self.title.text().split())
        byline, said = " ".join(self.byline.text().split()), self.date.text().strip()
        date = iso_date(said) or loose_date(said)
        return Edit(
            article.id,
            title=title if title and title != article.title else None,
            byline=byline if byline != article.byline else None,
            published_at=date if (date or not said) and date[:10] != article.published_at[:10]
            else None,
        )  # fmt: skip

    @property
    def changed(self) -> bool:
        """Whether anything is another than before."""
        blocks = self.page.kept != [piece.kept for piece in self.begun.pieces]
        return blocks or self.edit() != Edit(self.begun.article.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End with Esc or Ctrl+Return, wherever the keyboard is."""
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
            field.textChanged.connect(self._say)
        return bar

    def _foot(self) -> QWidget:
        bar = _bar("foot")
        layout = QVBoxLayout(bar)
        layout.setContentsMargins(14, 8, 14, 8)
        every, cancel, done = (QPushButton(x) for x in ("Keep All", "Cancel", "Done"))
        set_tip(every, "Bring back all that the page says")
        every.clicked.connect(lambda: self.page.set_all([True] * len(self.page.kept)))
        set_tip(cancel, "Leave it as it was (Esc)")
        cancel.clicked.connect(self.cancelled)
        set_tip(done, "Keep it so (Ctrl+Return)")
        done.setDefault(True)
        done.setObjectName("primary")
        done.clicked.connect(self.done)
        said, row = QHBoxLayout(), QHBoxLayout()
        said.addWidget(self._state, 1)
        said.addWidget(self.for_site)
        row.addWidget(every)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(done)
        layout.addLayout(said)
        layout.addLayout(row)
        return bar

    def _say(self) -> None:
        before = [piece.kept for piece in self.begun.pieces]
        pairs = list(zip(before, self.page.kept, strict=True))
        out, back = pairs.count((True, False)), pairs.count((False, True))
        said = [f"{out} taken out" if out else "", f"{back} brought back" if back else ""]
        wrong = self.date.text().strip() and not (
            iso_date(self.date.text()) or loose_date(self.date.text())
        )
        hint = "Click what should go, and what should come back. Or ↑ ↓ and Space."
        self._state.setText(
            "Write the date as 2026-01-31." if wrong else ", ".join(filter(None, said)) or hint
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
