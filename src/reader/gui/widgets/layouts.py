"""Widgets in layouts."""

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

NO_LIMIT = 16_777_215
"""The largest width or height of a widget: Qt's QWIDGETSIZE_MAX, unknown to PySide."""


def column(*parts: QWidget) -> QWidget:
    """Return a widget with the parts below each other, without spacing."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(QMargins())
    layout.setSpacing(0)
    for part in parts:
        layout.addWidget(part)
    return column


def scrolled(part: QWidget) -> QScrollArea:
    """Return a part of a dialog in an area that scrolls if it is too small."""
    area = QScrollArea()
    area.setObjectName("dialogMiddle")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(part)
    return area


def framed(part: QWidget) -> QWidget:
    """Return a widget with margins around a part."""
    frame = QWidget()
    frame.setObjectName("searchFrame")
    frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(10, 8, 10, 0)
    layout.addWidget(part)
    return frame
