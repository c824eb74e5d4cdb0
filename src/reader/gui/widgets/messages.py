"""The message bar with its button, and the report of a bug."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from reader import __version__
from reader.gui.widgets.plain_text import Label, caption, message_box

_SECONDS = 8


class MessageBar(QFrame):
    """A sentence with at most one button; news disappears by itself, warnings stay."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._text = Label()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act = QToolButton()
        self._act.setObjectName("act")
        self._act.clicked.connect(self._pressed)
        self._close = QToolButton()
        self._close.setText("✕")
        self._close.setAccessibleName("Close the message")
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._act)
        layout.addWidget(self._close)
        self._action: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def text(self) -> str:
        """Return the sentence that is shown, ``""`` if the bar is hidden."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, text: str, label: str = "", action: Callable[[], None] | None = None) -> None:
        """Show news for a few seconds."""
        self._show(text, label, action)
        self._timer.start()

    def warn(self, text: str, label: str = "", action: Callable[[], None] | None = None) -> None:
        """Show a warning until the user closes it."""
        self._timer.stop()
        self._show(text, label, action)

    def _show(self, text: str, label: str, action: Callable[[], None] | None) -> None:
        self._text.setText(text)
        self._act.setText(caption(label))
        self._act.setVisible(action is not None)
        self._action = action
        self.show()

    def _pressed(self) -> None:
        action, self._action = self._action, None
        self.hide()
        if action is not None:
            action()


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
