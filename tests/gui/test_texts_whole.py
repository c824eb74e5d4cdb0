"""No text is cut: at every size of the window, each has the room it needs or a whole tool tip."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.gui import every_dialog

from reader.gui.widgets.elided import Elided
from reader.gui.widgets.switch import Switch
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article

Add = Callable[..., Article]
Make = Callable[..., Window]

SIZES = (
    (420, 320), (480, 640), (600, 400), (640, 480), (700, 500), (800, 600), (900, 700),
    (1024, 640), (1280, 820), (1366, 768), (1920, 1080), (2560, 1440),
)  # fmt: skip
_SLACK = 1  # pixels, by which Qt rounds


def cut(window: QWidget) -> Iterator[str]:
    """Yield a sentence for each visible text of a window that has less room than it needs."""
    for part in window.findChildren(QWidget):
        if part.isVisible() and not part.visibleRegion().isEmpty():
            text, wanted, room = _measured(part)
            if text and wanted > room + _SLACK and not _is_told_in_full(part, text):
                yield f"{_place(part)} “{text[:40]}” wants {wanted} px, has {room}"


def _place(part: QWidget) -> str:
    name = part.objectName() or part.accessibleName()
    return f"{type(part.window()).__name__} {type(part).__name__} {name}".strip()


def _measured(part: QWidget) -> tuple[str, int, int]:
    """Return the text of a part, the pixels it needs and those it has; ``""`` if it has none."""
    match part:
        case Elided():
            return part.text(), _width(part, part.text()), part.contentsRect().width()
        case QLabel() if part.wordWrap():
            return part.text(), part.heightForWidth(part.width()), part.height()
        case QLabel():
            return part.text(), part.sizeHint().width(), part.width()
        case Switch():
            return "", 0, 0
        case QCheckBox() | QRadioButton() | QPushButton() | QToolButton():
            return _button(part)
        case QLineEdit() if not isinstance(part.parent(), QAbstractSpinBox | QComboBox):
            shown = part.placeholderText()
            return shown if not part.text() else "", _width(part, shown), _inner(part)
        case QAbstractSpinBox():
            return part.text(), _width(part, part.text()), part.lineEdit().width()
        case QComboBox() if not part.isEditable():
            return part.currentText(), _width(part, part.currentText()), _field(part)
    return "", 0, 0


def _width(part: QWidget, text: str) -> int:
    return max(
        (part.fontMetrics().horizontalAdvance(line) for line in text.splitlines()), default=0
    )


def _button(part: QAbstractButton) -> tuple[str, int, int]:
    text = part.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    is_icon = isinstance(part, QToolButton) and (
        part.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly and not part.icon().isNull()
    )
    if is_icon:
        return "", 0, 0
    room = part.width()
    if isinstance(part, QPushButton):
        option = QStyleOptionButton()
        part.initStyleOption(option)
        room = part.style().subElementRect(
            QStyle.SubElement.SE_PushButtonContents, option, part
        ).width()  # fmt: skip
    elif isinstance(part, QCheckBox | QRadioButton):
        room -= part.sizeHint().width() - _width(part, text)
    return text, _width(part, text), room


def _inner(part: QLineEdit) -> int:
    option_margins = part.textMargins() + QMargins(10, 0, 10, 0)
    buttons = sum(24 for each in part.findChildren(QToolButton) if each.isVisible())
    return part.width() - option_margins.left() - option_margins.right() - buttons


def _field(part: QComboBox) -> int:
    return part.width() - 11 - 30


def _is_told_in_full(part: QWidget, text: str) -> bool:
    """Return whether a tool tip holds the whole text; it may wrap and shorten a very long one."""
    told = "".join(part.toolTip().split()).removesuffix("…")
    whole = "".join(text.split())
    return len(told) >= min(len(whole), 300) and whole.startswith(told[: len(whole)])


def _in_scrolled_page(part: QWidget) -> bool:
    above = part.parentWidget()
    while above is not None and not isinstance(above, QAbstractScrollArea):
        above = above.parentWidget()
    return above is not None


@pytest.mark.parametrize("size", SIZES)
def test_no_text_of_the_main_window_is_cut(
    make_window: Make, add: Add, size: tuple[int, int]
) -> None:
    for title in ("A usual title", every_dialog.LONG, "\N{SNOWMAN}"):
        add(title)
    window = make_window()
    window.resize(*size)
    QApplication.processEvents()
    assert [*cut(window)] == []


_DIALOGS = sorted(
    [
        "BackupsDialog", "DamageDialog", "DuplicatesDialog", "ExportDialog", "HelpSheet",
        "HistoryDialog", "ImportWindow", "KeysDialog", "MissingWindow", "NameDialog", "PrintWindow",
        "RecoveryWindow", "RulesDialog", "SearchDialog", "SessionDialog", "SettingsWindow",
        "TableWindow", "TagDialog", "ThemeEditor", "VersionsDialog", "VocabularyWindow",
    ]
)  # fmt: skip


def test_no_dialog_is_missing_here(make_window: Make, library: Library) -> None:
    every_dialog.fill(library)
    assert sorted(every_dialog.makers(make_window())) == _DIALOGS


@pytest.mark.parametrize("name", _DIALOGS)
def test_no_text_of_a_dialog_is_cut_at_any_size(
    qtbot: QtBot, make_window: Make, library: Library, name: str
) -> None:
    every_dialog.fill(library)
    dialog = every_dialog.makers(make_window())[name]()
    dialog.show()
    found: set[str] = set()
    for width, height in SIZES:
        dialog.resize(width, height)
        for _ in range(3):  # lines that are wrapped anew make a window higher
            QApplication.processEvents()
        found |= {f"{width}: {text}" for text in cut(dialog)}
    dialog.close()
    assert sorted(found) == []


def test_no_text_of_a_page_of_the_settings_is_cut(make_window: Make, library: Library) -> None:
    every_dialog.fill(library)
    dialog = make_window().controllers.preferences.open_settings()
    found: set[str] = set()
    for row in range(dialog.places.count()):
        dialog.places.setCurrentRow(row)
        for width, height in SIZES:
            dialog.resize(width, height)
            QApplication.processEvents()
            found |= {f"{width}: {text}" for text in cut(dialog)}
    assert sorted(found) == []
