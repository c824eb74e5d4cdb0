"""A dialog to tag one article or many."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)


class TagDialog(QDialog):
    """All tags with check marks; typing narrows them and makes a new one with Enter.

    ``tags`` are all tags of the library, ``of`` those of each article: one that only
    some have is half checked and stays as it is unless touched.
    """

    def __init__(
        self, tags: Sequence[str], of: Sequence[Sequence[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tags")
        self._was: dict[str, Qt.CheckState] = {}
        self._edit = QLineEdit()
        self._edit.setPlaceholderText("Find or add a tag")
        self._edit.setClearButtonEnabled(True)
        self._list = QListWidget()
        self._list.setAccessibleName("Tags")
        for tag in tags:
            self._add(tag, _state(tag, of))
        self._hint = QLabel("Enter adds the tag that is typed.")
        self._hint.setObjectName("hint")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        layout = QVBoxLayout(self)
        for part in (self._edit, self._list, self._hint, buttons):
            layout.addWidget(part)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._edit.textChanged.connect(self._narrow)
        self.resize(320, 380)

    def added(self) -> list[str]:
        """Return the tags that all the articles shall have and not all had."""
        return self._now(Qt.CheckState.Checked)

    def removed(self) -> list[str]:
        """Return the tags that no article shall have and some had."""
        return self._now(Qt.CheckState.Unchecked)

    def accept(self) -> None:
        """Take a typed tag in first; close only when the line is empty."""
        text = self._edit.text().strip()
        if not text:
            super().accept()
            return
        same = [each for each in self._items() if each.text().casefold() == text.casefold()]
        item = same[0] if same else self._add(text, Qt.CheckState.Unchecked)
        item.setCheckState(Qt.CheckState.Checked)
        self._edit.clear()
        self._list.scrollToItem(item)

    def _add(self, tag: str, state: Qt.CheckState) -> QListWidgetItem:
        item = QListWidgetItem(tag)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(state)
        self._was[tag] = state
        self._list.addItem(item)
        return item

    def _narrow(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.strip().casefold() not in item.text().casefold())

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(index) for index in range(self._list.count())]

    def _now(self, state: Qt.CheckState) -> list[str]:
        items = [each for each in self._items() if each.checkState() == state]
        return [each.text() for each in items if self._was[each.text()] != state]


def _state(tag: str, of: Sequence[Sequence[str]]) -> Qt.CheckState:
    having = sum(tag in tags for tags in of)
    if having == 0:
        return Qt.CheckState.Unchecked
    return Qt.CheckState.Checked if having == len(of) else Qt.CheckState.PartiallyChecked
