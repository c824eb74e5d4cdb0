"""The message that floats over the page, and the report of a bug."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QToolButton, QWidget
from shiboken6 import isValid

from reader import __version__
from reader.errors import ReaderError
from reader.gui.widgets.keyboard import give_back, has_keyboard
from reader.gui.widgets.plain_text import Label, Words, caption, message_box, set_tip
from reader.gui.widgets.return_key import press_by_return
from reader.gui.widgets.theme import icon

_SECONDS = 8
_MS = 1000
_MOST_UNREAD = 5
_MOST_OFFERS = 2
_MOST_WIDE, _LEAST_WIDE = 640, 180
_LEAST_FOR_TEXT = 200
_HIGH, _PADDING = 48, 8
_BESIDE, _ABOVE = 24, 24  # pixels between a message and the edges of the page
_ANNOUNCE_MS = 120  # of many messages at once, screen readers announce the last
_ICON = 20
_TARGET = 28


class Offer(NamedTuple):
    """A button of a message; ``id`` is that of an action whose key is shown beside it."""

    label: str
    act: Callable[[], None]
    id: str = ""


class Message(NamedTuple):
    """A sentence with its buttons; an error stays until it is closed or acted upon."""

    text: str
    offers: tuple[Offer, ...] = ()
    is_error: bool = False


class MessageBar(QFrame):
    """The newest message, floating over the lower edge of the page: nothing else moves.

    News disappear after ``seconds``, 0 for never, but not while they are hovered or focused. An
    error that news have replaced returns when they have gone. ``key_of`` returns the key of an
    action by its id.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        seconds: Callable[[], int] = lambda: _SECONDS,
        key_of: Callable[[str], str] = lambda _id: "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._seconds, self._key_of = seconds, key_of
        self._message = Message("")
        self._unread: list[Message] = []
        self._page, self._area = parent, parent
        self._before: QWidget | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.close_message)
        self._announcing = QTimer(self, singleShot=True, interval=_ANNOUNCE_MS)
        self._announcing.timeout.connect(self._announce)
        self._put_together()
        if parent is not None:
            parent.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)
        self.hide()

    def _put_together(self) -> None:
        self._icon = Label()
        self._text = Words()
        self._buttons = _Buttons(self.close_message)
        self._act, self._close = self._buttons.acts[0], self._buttons.close_button
        self._line = QHBoxLayout()
        self._line.setSpacing(12)
        self._line.addWidget(self._icon)
        self._line.addWidget(self._text, 1)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(16, _PADDING, 8, _PADDING)
        self._layout.setSpacing(12)
        self._layout.addLayout(self._line, 1)
        self._layout.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignVCenter)

    def float_on(self, page: QWidget, area: QWidget) -> None:
        """Show messages over ``page`` from now on, above the lower edge of ``area`` in it."""
        self._page, self._area = page, area
        shown = not self.isHidden()
        self.setParent(page)
        for watched in (page, area):
            watched.installEventFilter(self)
        self.setVisible(shown)
        self._place()

    # ---- what is shown

    def text(self) -> str:
        """Return the sentence that is shown, ``""`` if there is none."""
        return "" if self.isHidden() else self._message.text

    def tell(
        self,
        text: str,
        label: str = "",
        action: Callable[[], None] | None = None,
        *,
        id: str = "",
        offers: Sequence[Offer] = (),
    ) -> None:
        """Show news for a few seconds, with at most two buttons: the first one and ``offers``."""
        self._keep_unread()
        self._show(Message(text, _offers(label, action, id, offers)))

    def warn(
        self,
        text: str,
        label: str = "",
        action: Callable[[], None] | None = None,
        *,
        offers: Sequence[Offer] = (),
    ) -> None:
        """Show an error until the user closes it or presses one of its buttons."""
        self._keep_unread()
        self._unread = [each for each in self._unread if each.text != text]
        self._show(Message(text, _offers(label, action, "", offers), is_error=True))

    def report(self, error: BaseException) -> None:
        """Show an error that the user can do something about, or the report of a bug."""
        if isinstance(error, ReaderError):
            self.warn(str(error))
        else:
            show_report(error, self.window())

    def close_message(self) -> None:
        """Close the message; an error that it has replaced returns."""
        self._put_away()
        self._return_unread()

    def _keep_unread(self) -> None:
        if self._message.is_error and not self.isHidden():
            self._unread = [*self._unread, self._message][-_MOST_UNREAD:]

    def _return_unread(self) -> None:
        if self._unread and self.isHidden():
            self._show(self._unread.pop(), announced=True)

    def _show(self, message: Message, *, announced: bool = False) -> None:
        self._message = message
        self._text.set_words(message.text)
        self._icon.setVisible(message.is_error)
        self._paint_icon()
        self._buttons.show_offers(message.offers, self._carry_out, self._key_of)
        self.setAccessibleName(message.text)
        self.setFocusProxy(self._act if message.offers else self._close)
        self.show()
        self.raise_()
        self._place()
        self._count_down()
        if not announced:
            self._announcing.start()

    def _carry_out(self, offer: Offer) -> None:
        self._put_away()
        offer.act()
        self._return_unread()

    def _put_away(self) -> None:
        self._timer.stop()
        before = self._before
        give_back(self, before)
        self.hide()

    # ---- time

    def _count_down(self) -> None:
        """Begin to count the seconds of news, unless the user is at them."""
        self._timer.stop()
        seconds = self._seconds()
        if seconds and not (self._message.is_error or self.underMouse() or has_keyboard(self)):
            self._timer.start(seconds * _MS)

    def _focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if self.isHidden():
            return
        if now is not None and self.isAncestorOf(now):
            if before is not None and not self.isAncestorOf(before):
                self._before = before
            self._timer.stop()
        elif not self._timer.isActive():
            self._count_down()

    # ---- place

    def _place(self) -> None:
        """Centre the message above the lower edge of the area, as wide as its text needs."""
        page = self._page
        if page is None or self._area is None or self.isHidden() or not isValid(page):
            return  # a page that is being deleted hides first
        room = min(_MOST_WIDE, max(_LEAST_WIDE, page.width() - 2 * _BESIDE))
        wide, wanted, least = self._size_within(room)
        floor = page.height()
        if self._area is not page and self._area.isVisible():
            floor = self._area.mapTo(page, self._area.rect().bottomLeft()).y() + 1
        high = min(wanted, max(least, floor // 2))
        self._text.set_scrolls(high < wanted)
        self.setGeometry((page.width() - wide) // 2, floor - _ABOVE - high, wide, high)

    def _size_within(self, room: int) -> tuple[int, int, int]:
        """Return the width, the height, and the least height, in which the text scrolls."""
        margins, gap = self._layout.contentsMargins(), self._layout.spacing()
        around = margins.left() + margins.right()
        around += (_ICON + gap) if self._message.is_error else 0
        buttons = self._buttons.sizeHint()
        wide = min(room, self._text.natural_width() + gap + buttons.width() + around)
        text = wide - around - gap - buttons.width()
        below = text < min(_LEAST_FOR_TEXT, self._text.natural_width())
        if below:
            wide = min(room, max(self._text.natural_width(), buttons.width()) + around)
            text = wide - around
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.TopToBottom if below else direction.LeftToRight)
        side = Qt.AlignmentFlag.AlignTrailing if below else Qt.AlignmentFlag.AlignVCenter
        self._layout.setAlignment(self._buttons, side)
        words = self._text.height_at(text)
        self._text.setMaximumHeight(words)
        line = max(self._text.fontMetrics().height(), _ICON if self._message.is_error else 0)
        words = max(words, line)
        high = words + gap + buttons.height() if below else max(words, buttons.height())
        least = line + gap + buttons.height() + 2 * _PADDING if below else _HIGH
        return wide, max(_HIGH, high + 2 * _PADDING), least

    # ---- screen readers

    def _announce(self) -> None:
        if self.isHidden() or not QAccessible.isActive():
            return
        politeness = QAccessible.AnnouncementPoliteness
        event = QAccessibleAnnouncementEvent(self, self._message.text)
        is_error = self._message.is_error
        event.setPoliteness(politeness.Assertive if is_error else politeness.Polite)
        QAccessible.updateAccessibility(event)

    # ---- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page, and stay in front of widgets that are added to it."""
        kind = QEvent.Type
        if isValid(self) and not self.isHidden():
            if event.type() in (kind.Resize, kind.Move, kind.Show, kind.Hide):
                self._place()
            elif event.type() == kind.ChildPolished:
                self.raise_()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Paint the icon in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not self.isHidden():
            self._paint_icon()

    def _paint_icon(self) -> None:
        shade = QApplication.palette().base().color().name()
        self._icon.setPixmap(icon("warning", shade).pixmap(_ICON, _ICON))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is here."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go when the pointer has left."""
        super().leaveEvent(event)
        if not self.isHidden() and not self._timer.isActive():
            self._count_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the message with Esc, if it has the keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_message()
        else:
            super().keyPressEvent(event)


class _Buttons(QWidget):
    """At most two buttons, each with the key of its action, and one that closes the message."""

    def __init__(self, close: Callable[[], None]) -> None:
        super().__init__()
        self._offers: tuple[Offer, ...] = ()
        self._chosen: Callable[[Offer], None] = lambda _: None
        self.acts = [QToolButton(), QToolButton()]
        self._keys = [Label(), Label()]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for number, (act, key) in enumerate(zip(self.acts, self._keys, strict=True)):
            act.setObjectName("act" if not number else "secondAct")
            act.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            act.setMinimumSize(_TARGET, _TARGET)
            press_by_return(act)
            act.clicked.connect(lambda _=False, number=number: self._press(number))
            key.setObjectName("actKey")
            layout.addWidget(act)
            layout.addWidget(key)
        layout.addSpacing(4)
        self.close_button = _closing(close)
        layout.addWidget(self.close_button)

    def show_offers(
        self,
        offers: tuple[Offer, ...],
        chosen: Callable[[Offer], None],
        key_of: Callable[[str], str],
    ) -> None:
        self._offers, self._chosen = offers, chosen
        for number, (act, label) in enumerate(zip(self.acts, self._keys, strict=True)):
            offer = offers[number] if number < len(offers) else None
            act.setVisible(offer is not None)
            act.setText(caption(offer.label) if offer else "")
            key = key_of(offer.id) if offer and offer.id else ""
            label.setText(key)
            label.setVisible(bool(key))
        for part in self.findChildren(QWidget):
            part.ensurePolished()  # the style sheet makes it larger
        self.adjustSize()

    def _press(self, number: int) -> None:
        if number < len(self._offers):
            offer, self._offers = self._offers[number], ()  # each acts once
            self._chosen(offer)


def _closing(close: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setObjectName("closeMessage")
    button.setText("✕")
    button.setMinimumSize(_TARGET, _TARGET)
    button.setAccessibleName("Close the message")
    set_tip(button, "Close")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    press_by_return(button)
    button.clicked.connect(close)
    return button


def _offers(
    label: str, action: Callable[[], None] | None, id: str, others: Sequence[Offer]
) -> tuple[Offer, ...]:
    first = (Offer(label, action, id),) if action is not None else ()
    return (*first, *others)[:_MOST_OFFERS]


def report_of(error: BaseException) -> str:
    """Return a bug report for developers: versions and traceback."""
    import platform
    import traceback

    from PySide6.QtCore import qVersion

    trace = "".join(traceback.format_exception(error))
    return (
        f"Reader {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.platform()}\n\n{trace}"
    )


def show_report(error: BaseException, parent: QWidget | None = None) -> None:
    """Report a bug, with a button that copies the report; the program goes on."""
    text = "Something went wrong inside Reader. Your articles are safe."
    box = message_box(parent, text, "You can go on working. A report helps to fix the problem.")
    box.setIcon(box.Icon.Warning)
    box.setDetailedText(report_of(error))
    copy = box.addButton("Copy Report", box.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report_of(error)))
    box.addButton(box.StandardButton.Close)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setModal(False)
    box.show()
