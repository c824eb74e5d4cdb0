"""Labels of this window: lines that wrap and take the room that there is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from reader.gui.widgets.plain_text import Label


def wrapped(name: str = "", text: str = "", *, at_top: bool = False) -> Label:
    """Return a label that wraps its lines; ``name`` is that of its style."""
    label = Label(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    if at_top:
        sides = label.alignment() & ~Qt.AlignmentFlag.AlignVertical_Mask
        label.setAlignment(sides | Qt.AlignmentFlag.AlignTop)
    return label
