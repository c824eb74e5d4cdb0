"""Footnotes: a popover by the mark of a note, on hover, click or key."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QObject, QRect, QRectF, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QCursor, QGuiApplication, QPainter, QPen, QTextBlock
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from reader.body.note_of import Found, note_of
from reader.document.direction import RTL, direction_of_article
from reader.gui.context import Context
from reader.gui.viewer import links
from reader.gui.viewer.link_focus import areas
from reader.gui.viewer.note_view import NoteView
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.plain_text import Label
from reader.gui.widgets.popover import Popover

_WIDE, _SIDES = 400, 32
_LEAST, _CHROME = 48, 84  # the least height of the words; that of everything else
_HOVER_MS, _LEAVE_MS = 350, 300
_NEAR = 10  # pixels between mark and popover that a pointer may cross
_SIGN_WIDE = 30
_RING = 24.0


class Mark(NamedTuple):
    """The mark of a note in the text: its first position, the one after the last, its words."""

    start: int
    end: int
    sign: str

    @property
    def number(self) -> str:
        """The words without brackets."""
        return self.sign.strip("[]() \u2060")


def marks_in(block: QTextBlock) -> Iterator[tuple[str, Mark]]:
    """Yield the links of a block to places of the article, each after the name of its place."""
    name, mark = "", Mark(0, 0, "")
    fragments = block.begin()
    while not fragments.atEnd():
        piece = fragments.fragment()
        fragments += 1
        href = piece.charFormat().anchorHref()
        here = links.within(QUrl(href)) if href else ""
        if here != name:
            if name:
                yield name, mark
            name, mark = here, Mark(piece.position(), 0, "")
        end = piece.position() + piece.length()
        mark = mark._replace(end=end, sign=mark.sign + piece.text())
    if name:
        yield name, mark


class Footnotes(QObject):
    """Opens notes over the page; the mark of the open one has a ring."""

    def __init__(self, context: Context, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._context, self._viewer = context, viewer
        self.popover: Popover | None = None
        self._mark: Mark | None = None
        self._area = QRect()
        self._pointed = self._wanted = ""
        self._entering = QTimer(self, singleShot=True, interval=_HOVER_MS)
        self._entering.timeout.connect(self._open_hovered)
        self._leaving = QTimer(self, interval=_LEAVE_MS)
        self._leaving.timeout.connect(self._close_if_left)
        viewer.underlays.append(self._paint)
        viewer.taken.connect(self.close)
        viewer.left.connect(self._forget)
        viewer.arranged.connect(self._close_if_moved)
        viewer.scrolled.connect(self.close)
        viewer.grown.connect(self._go_on)

    # ---- opening and closing

    def open(self, name: str) -> bool:
        """Open the note that the link at the cursor leads to; return False if there is none."""
        mark = self._mark_at(self._viewer.textCursor().selectionStart(), name)
        return mark is not None and self._open(name, mark)

    def open_beside(self, name: str, mark: Mark, beside: QWidget, area: QRect) -> None:
        """Open the note of a mark at an area of a widget beside the page."""
        self._open(name, mark, at=(beside, area))

    def hover(self, name: str) -> None:
        """Open the note of a link below the pointer if it rests there; ``""`` is no link."""
        self._entering.stop()
        self._pointed = name
        if name and QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._entering.start()

    def close(self) -> None:
        """Close the popover."""
        self._entering.stop()
        self._leaving.stop()
        if self.popover is not None:
            self.popover.close_popover()

    def _open_hovered(self) -> None:
        at = self._viewer.viewport().mapFromGlobal(QCursor.pos())
        mark = self._mark_at(self._viewer.cursorForPosition(at).position(), self._pointed)
        if mark is not None and not (self.popover and self.popover.isVisible()):
            self._open(self._pointed, mark, hovering=True)

    def _open(
        self,
        name: str,
        mark: Mark,
        *,
        hovering: bool = False,
        at: tuple[QWidget, QRect] | None = None,
    ) -> bool:
        article = self._viewer.article
        found = note_of(article.html, name, mark.sign) if article is not None else None
        if found is None:
            return False
        self.close()
        self._mark = mark
        self._viewer.viewport().update()
        view = self._fill(found, mark)
        assert self.popover is not None
        self._area = self._viewer.area_of(mark.start, mark.end)
        anchor, area = at or (self._viewer.viewport(), self._area)
        self.popover.open_at(anchor, None if hovering else view, area)
        if hovering:
            self._leaving.start()
        return True

    def _fill(self, found: Found, mark: Mark) -> NoteView:
        """Make the popover of a note."""
        article = self._viewer.article
        assert article is not None
        direction = direction_of_article(article)
        wide = min(_WIDE, self._context.window.width() - 2 * _CHROME // 5)
        room = wide - _SIDES - _SIGN_WIDE - 8
        view = NoteView(self._viewer, found.blocks, direction, room)
        most = max(_LEAST, self._viewer.height() // 3 - _CHROME)
        view.setFixedHeight(max(24, min(view.natural_height, most)))
        view.setAccessibleName(f"Note {mark.number}")
        view.setAccessibleDescription(view.words)
        view.anchorClicked.connect(self._follow)
        self.popover = popover = Popover(self._context.window, wide)
        popover.setAccessibleName(f"Note {mark.number}")
        popover.closed.connect(lambda: self._closed(popover))
        row = _row(direction)
        number = Label(mark.number)
        number.setObjectName("noteSign")
        number.setFixedWidth(_SIGN_WIDE - 6)
        row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(view, 1)
        popover.content.addLayout(row)
        foot = _row(direction)
        foot.addStretch(1)
        for text, do in (
            ("Go to Note", lambda: self._go(found.place)),
            ("Copy", lambda: QGuiApplication.clipboard().setText(view.words)),
        ):
            button = QPushButton(text)
            button.setObjectName("linkButton")
            button.setAutoDefault(False)
            button.clicked.connect(do)
            foot.addWidget(button)
        popover.content.addLayout(foot)
        return view

    def _closed(self, popover: Popover) -> None:
        self._leaving.stop()
        if popover is self.popover:
            self.popover = self._mark = None
            self._viewer.viewport().update()
        popover.deleteLater()

    def _close_if_left(self) -> None:
        """Close a popover that was opened by hovering if the pointer is gone from it."""
        popover, mark = self.popover, self._mark
        if popover is None or mark is None or popover.has_keyboard:
            self._leaving.stop()
            return
        at = QCursor.pos()
        area = self._area.adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR)
        is_near = area.contains(self._viewer.viewport().mapFromGlobal(at))
        if not is_near and not popover.covers(at, _NEAR):
            self.close()

    def _close_if_moved(self) -> None:
        """Close if the mark stands elsewhere in the page that is laid out again."""
        mark = self._mark
        if mark is not None and self._viewer.area_of(mark.start, mark.end) != self._area:
            self.close()

    # ---- following

    def _follow(self, url: QUrl) -> None:
        """Follow a link of a note: to the web, to another note, or to a place of the article."""
        mark = self._mark
        if link := links.handed_on(url):
            self._viewer.link_activated.emit(link)
        elif (name := links.within(url)) and mark is not None:
            sign = self._sign_of(name)
            if not self._open(name, mark._replace(sign=sign)):
                self._go(name)

    def _sign_of(self, name: str) -> str:
        number = self._viewer.page.note_numbers.get(name.removeprefix("n-"))
        return str(number) if number else "*"

    def _go(self, name: str) -> None:
        """Go to a place of the article, once it is built."""
        self.close()
        self._viewer.setFocus()
        self._wanted = ""
        if self._viewer.page.position_of_anchor(name) is None:
            self._wanted = name
        else:
            self._viewer.go_to_named(name)

    def _go_on(self) -> None:
        if self._wanted:
            self._viewer.go_to_named(self._wanted)
        self._wanted = ""

    def _forget(self) -> None:
        self._wanted = ""
        self.close()

    # ---- the mark

    def _mark_at(self, position: int, name: str) -> Mark | None:
        """Return the link to a name that is at or next to a position."""
        there = marks_in(self._viewer.page.findBlock(position))
        near = (mark for each, mark in there if each == name)
        return next((x for x in near if x.start - 1 <= position <= x.end + 1), None)

    def _paint(self, painter: QPainter, _seen: QRectF) -> None:
        """Paint the ring around the mark of the open note."""
        if self._mark is None:
            return
        theme = self._viewer.look.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.setBrush(QColor(theme.selection))
        for area in areas(self._viewer, self._mark.start, self._mark.end):
            extra = max(0.0, (_RING - area.width()) / 2)
            ring = area.adjusted(-min(extra, 5) - 1, 1, min(extra, 5) + 1, -1)
            painter.drawRoundedRect(ring, 5, 5)
        painter.restore()


def _row(direction: str) -> QHBoxLayout:
    """Return a row of widgets that runs as the article does."""
    row = QHBoxLayout()
    row.setSpacing(8)
    if direction == RTL:
        row.setDirection(QHBoxLayout.Direction.RightToLeft)
    return row
