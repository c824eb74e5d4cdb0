"""Parts put together."""

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget


def column(*parts: QWidget) -> QWidget:
    """Return the parts below each other, without room between them."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(QMargins())
    layout.setSpacing(0)
    for part in parts:
        layout.addWidget(part)
    return made


def framed(part: QWidget) -> QWidget:
    """Return a part with some room around it."""
    frame = QWidget()
    frame.setObjectName("searchFrame")
    frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(10, 8, 10, 0)
    layout.addWidget(part)
    return frame
