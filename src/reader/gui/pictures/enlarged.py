"""The sheet over the window on which a picture is enlarged, with its bar and its caption."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.document.fonts import font
from reader.document.images import Pictures
from reader.document.picture_list import Pictured
from reader.gui.pictures.canvas import GROUND, INK, Canvas
from reader.gui.widgets.keyboard import give_back
from reader.gui.widgets.messages import MessageBar
from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.theme import icon

_BAR, _SIDE, _NARROW = 56, 64, 620
_PAN = 0.15
_CAPTION_LETTERS = 600
_PASSED_ON = (Qt.Key.Key_F11,)

_MISSING = "This picture is not in the library: it was not downloaded."


class Enlarged(QWidget):
    """Shows the pictures of an article one by one; ``closed`` is emitted afterwards.

    It covers the window and takes every key, since no command for the page below is meant.
    """

    closed = Signal()
    copy_wanted = Signal(object)
    save_wanted = Signal(object)
    drag_wanted = Signal(object)
    link_wanted = Signal(str)

    def __init__(self, window: QWidget, pictures: Pictures) -> None:
        super().__init__(window)
        self.setObjectName("enlarged")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._window = window
        self._before: QWidget | None = None
        self._rough: Callable[[str], QImage | None] = lambda name: pictures.image(name, 1, 1)
        self._list: Sequence[Pictured] = ()
        self._at = 0
        self._title = ""
        self.canvas = Canvas(pictures, self)
        self.canvas.changed.connect(self._show_scale)
        self.canvas.pressed.connect(self.close_view)
        self.canvas.dragged_out.connect(lambda: self.drag_wanted.emit(self.picture))
        self._make_bar()
        self.back = self._button("back", "Previous Picture", "←", lambda: self.step(-1))
        self.forth = self._button("forward", "Next Picture", "→", lambda: self.step(1))
        self.caption = Label("", self)
        self.caption.setObjectName("enlargedCaption")
        self.caption.setWordWrap(True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.caption.setFont(font("serif", 12))
        self._arrange()
        self.messages = MessageBar(self)
        window.installEventFilter(self)
        self.hide()

    def _make_bar(self) -> None:
        self.place = Label("")
        self.place.setObjectName("enlargedPlace")
        self.where = Label("")
        self.where.setObjectName("enlargedTitle")
        self.scale = Label("100 %")
        self.scale.setObjectName("enlargedPlace")
        self.scale.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.scale.setMinimumWidth(56)
        canvas = self.canvas
        self._zooms = [
            self._button("zoom-out", "Zoom Out", "-", lambda: canvas.zoom_by(-1)),
            self._button("zoom-in", "Zoom In", "+", lambda: canvas.zoom_by(1)),
            self._button("zoom-reset", "Fit", "0", canvas.zoom_to_fit, words=True),
        ]
        self.link = self._button("out", "Open Link", "", self._follow, words=True)
        self.copy = self._button("copy", "Copy", "Ctrl+C", self._copy, words=True)
        self.save = self._button("download", "Save…", "Ctrl+S", self._save, words=True)
        self.leave = self._button("close", "Close", "Esc", self.close_view)

    def _button(
        self, name: str, text: str, key: str, do: Callable[[], object], *, words: bool = False
    ) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name, INK))
        button.setIconSize(QSize(20, 20))
        button.setText(text)
        button.setAccessibleName(text.rstrip("…"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("words", words)
        button.setMinimumSize(36, 36)
        set_tip(button, f"{text} ({key})" if key else text)
        button.clicked.connect(lambda _=False: do())
        return button

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 0, 14, 0)
        bar.setSpacing(6)
        bar.addSpacing(6)  # which changes sides with the article, unlike a margin
        bar.addWidget(self.place)
        bar.addWidget(self.where, 1)
        bar.addWidget(self._zooms[0])
        bar.addWidget(self.scale)
        for button in (*self._zooms[1:], self.link, self.copy, self.save, self.leave):
            bar.addWidget(button)
        self._bar = QWidget(self)
        self._bar.setFixedHeight(_BAR)
        self._bar.setLayout(bar)
        for button in (self.back, self.forth):
            button.setMinimumSize(48, 48)
        middle = QHBoxLayout()
        middle.setContentsMargins(8, 0, 8, 0)
        middle.addWidget(self.back)
        middle.addWidget(self.canvas, 1)
        middle.addWidget(self.forth)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addLayout(middle, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(_SIDE, 14, _SIDE, 18)
        foot.addWidget(self.caption)
        layout.addLayout(foot)
        self.caption.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    # ---- what is shown

    @property
    def picture(self) -> Pictured:
        """The picture that is shown."""
        return self._list[self._at]

    def open_view(self, pictures: Sequence[Pictured], at: int, title: str, *, rtl: bool) -> None:
        """Show one of some pictures, and take the keyboard."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._title = title
        way = Qt.LayoutDirection
        self.setLayoutDirection(way.RightToLeft if rtl else way.LeftToRight)
        self.back.setIcon(icon("forward" if rtl else "back", INK))
        self.forth.setIcon(icon("back" if rtl else "forward", INK))
        self._list, self._at = pictures, at
        self.setGeometry(self._window.rect())
        self._fit_words()
        self.show()
        self.raise_()
        self.setFocus()
        self._show()

    def extend(self, pictures: Sequence[Pictured]) -> None:
        """Take the list of an article of which more is built."""
        if self.isVisible() and len(pictures) > len(self._list):
            self._list = pictures
            self._show_place()

    def close_view(self) -> None:
        """Close, and give the keyboard back."""
        if self.isHidden():
            return
        give_back(self, self._before)
        if QApplication.focusWidget() is self and self._before is not None:
            self._before.setFocus()
        self.hide()
        self.canvas.show_message("")  # its pixels go
        self.closed.emit()

    def step(self, by: int) -> None:
        """Go to another picture of the article, if there is one."""
        wanted = self._at + by
        if 0 <= wanted < len(self._list):
            self._at = wanted
            self._show()

    def _show(self) -> None:
        picture = self.picture
        words = picture.caption or picture.alt
        self.caption.setText(_elided(words))
        self.caption.setVisible(bool(words))
        for button in (self.copy, self.save, *self._zooms):
            button.setEnabled(bool(picture.name))
        self.link.setVisible(bool(picture.link))
        set_tip(self.link, picture.link)
        self.layout().activate()  # type: ignore[union-attr]
        if picture.name:
            rough = self._rough(picture.name) or QImage()
            self.canvas.show_picture(picture.name, rough, QSize(picture.width, picture.height))
        else:
            self.canvas.show_message(_MISSING)
        self._show_place()
        self._tell()

    def _show_place(self) -> None:
        self.place.setText(f"Picture {self._at + 1:,} of {len(self._list):,}")
        self.where.setText(f"·  {self._title}" if self._title and self.width() > _NARROW else "")
        for button, end in ((self.back, 0), (self.forth, len(self._list) - 1)):
            button.setEnabled(self._at != end)
            button.setVisible(len(self._list) > 1)

    def _show_scale(self) -> None:
        percent = self.canvas.percent
        self.scale.setText(f"{percent} %" if percent else "")

    def _tell(self) -> None:
        """Describe the picture to screen readers."""
        picture = self.picture
        said = picture.alt or picture.caption or "Picture without a description"
        missing = "" if picture.name else f" {_MISSING}"
        place = f"{self._at + 1} of {len(self._list)}"
        self.setAccessibleName(f"{said}. Picture {place}.{missing}")
        self.canvas.setAccessibleName(said)
        self.setAccessibleDescription(picture.caption if picture.alt else "")
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, self.accessibleName())
            QAccessible.updateAccessibility(event)

    def _copy(self) -> None:
        if self.picture.name:
            self.copy_wanted.emit(self.picture)

    def _save(self) -> None:
        if self.picture.name:
            self.save_wanted.emit(self.picture)

    def _follow(self) -> None:
        self.link_wanted.emit(self.picture.link)

    # ---- Qt

    def focusNextPrevChild(self, next: bool) -> bool:
        """Move the keyboard in a circle through the buttons; the sheet itself is one stop."""
        buttons = [
            self.back, self.forth, *self._zooms, self.link, self.copy, self.save, self.leave,
        ]  # fmt: skip
        stops = [self, *(each for each in buttons if each.isVisible() and each.isEnabled())]
        focused = QApplication.focusWidget()
        here = next_of(stops, focused)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[(here + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True

    def event(self, event: QEvent) -> bool:
        """Keep all keys here but those of the window itself."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            quits = event.matches(QKeySequence.StandardKey.Quit)
            if not quits and event.key() not in _PASSED_ON:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, zoom, pan, copy, save, or close."""
        do = self._key(event)
        event.accept()
        if do is not None:
            do()

    def _key(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return the effect of a key."""
        key, canvas = Qt.Key(event.key()), self.canvas
        if event.matches(QKeySequence.StandardKey.Copy):
            return self._copy
        if event.matches(QKeySequence.StandardKey.Save):
            return self._save
        forth = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        right: Callable[[], object] = lambda: self.step(forth)  # noqa: E731
        left: Callable[[], object] = lambda: self.step(-forth)  # noqa: E731
        if shift:
            right, left = (lambda: canvas.pan(_PAN, 0)), (lambda: canvas.pan(-_PAN, 0))
        return {
            Qt.Key.Key_Escape: self.close_view,
            Qt.Key.Key_Right: right,
            Qt.Key.Key_Left: left,
            Qt.Key.Key_Down: lambda: canvas.pan(0, _PAN),
            Qt.Key.Key_Up: lambda: canvas.pan(0, -_PAN),
            Qt.Key.Key_PageDown: lambda: self.step(1),
            Qt.Key.Key_PageUp: lambda: self.step(-1),
            Qt.Key.Key_Home: lambda: self.step(-self._at),
            Qt.Key.Key_End: lambda: self.step(len(self._list) - 1 - self._at),
            Qt.Key.Key_Plus: lambda: canvas.zoom_by(1),
            Qt.Key.Key_Equal: lambda: canvas.zoom_by(1),
            Qt.Key.Key_Minus: lambda: canvas.zoom_by(-1),
            Qt.Key.Key_0: canvas.zoom_to_fit,
            Qt.Key.Key_1: canvas.zoom_to_pixels,
        }.get(key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close with a click on the ground beside the picture."""
        if not self._bar.geometry().contains(event.position().toPoint()):
            self.close_view()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let nothing reach the page below."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
            self._fit_words()
            self._show_place()
        return super().eventFilter(watched, event)

    def _fit_words(self) -> None:
        """Leave the words of the buttons out if there is no room for them."""
        wide = self.width() > _NARROW
        styles = Qt.ToolButtonStyle
        for button in (*self._zooms, self.link, self.copy, self.save):
            words = wide and bool(button.property("words"))
            button.setToolButtonStyle(
                styles.ToolButtonTextBesideIcon if words else styles.ToolButtonIconOnly
            )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, self.width(), self.height()), QColor(GROUND))
        painter.end()


def next_of(stops: Sequence[QWidget], focused: QWidget | None) -> int:
    """Return the place of the widget that has the keyboard, 0 if it is none of them."""
    return next((number for number, each in enumerate(stops) if each is focused), 0)


def _elided(words: str) -> str:
    return words if len(words) <= _CAPTION_LETTERS else f"{words[:_CAPTION_LETTERS].rstrip()}…"
