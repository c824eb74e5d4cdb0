"""A dialog to tag one article or many."""

import unicodedata
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reader.gui.widgets.choice_list import ChoiceList
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.plain_text import Label
from reader.library.shelves.tag_store import clean, names_in

Index = QModelIndex | QPersistentModelIndex
_HINT = (
    "Press Enter to add a tag, or several with commas between them. "
    "A slash puts a tag inside another: art/music."
)


class TagDialog(Dialog):
    """A list of all tags with check marks; typing filters it, and Enter adds a new tag.

    ``tags`` are all tags of the library. ``having`` counts the articles with each tag, of
    ``number`` in all: a tag of some only is half checked, and unchanged unless the user clicks it.
    """

    def __init__(
        self,
        tags: Sequence[str],
        having: Mapping[str, int],
        number: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tags")
        self.tags = TagModel(tags, having, number)
        self._edit = QLineEdit()
        self._edit.setPlaceholderText("Find or add a tag")
        self._edit.setClearButtonEnabled(True)
        self._list = ChoiceList("Tags")
        self._list.setModel(self.tags)
        hint = Label(_HINT)
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        layout = QVBoxLayout(self)
        for part in (self._edit, self._list, hint, buttons):
            layout.addWidget(part)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._edit.textChanged.connect(self.tags.narrow)
        self.resize(340, 420)

    def added(self) -> list[str]:
        """Return the tags to add to the articles."""
        return self.tags.turned(Qt.CheckState.Checked)

    def removed(self) -> list[str]:
        """Return the tags to remove from the articles."""
        return self.tags.turned(Qt.CheckState.Unchecked)

    def accept(self) -> None:
        """Add the typed tags first; close only if the field is empty."""
        typed = self.tags.typed(self._edit.text())
        if not typed:
            super().accept()
            return
        self._edit.clear()
        for name in typed:
            row = self.tags.check(name)
        self._list.scrollTo(self.tags.index(row))


class TagModel(QAbstractListModel):
    """Tags with check marks: those of the articles first, then the others."""

    def __init__(self, tags: Sequence[str], having: Mapping[str, int], number: int) -> None:
        super().__init__()
        self._was = {tag: _state(having[tag], number) for tag in having}
        self._now = dict(self._was)
        self._all = [*having, *(tag for tag in tags if tag not in having)]
        self._shown = self._all

    def narrow(self, text: str) -> None:
        """Show only the tags whose names contain a text."""
        wanted = _key(text.strip())
        self.beginResetModel()
        self._shown = [tag for tag in self._all if wanted in _key(tag)]
        self.endResetModel()

    def typed(self, text: str) -> list[str]:
        """Return the names in a text: commas separate them, unless a tag has that name whole."""
        whole = clean(text)
        if whole and self._same(whole):
            return [whole]
        return names_in(text)

    def _same(self, name: str) -> list[str]:
        key = _key(name)
        return [tag for tag in self._all if _key(tag) == key]

    def check(self, name: str) -> int:
        """Check the tag of a name, adding it if it is new, and return its row."""
        same = self._same(name)
        self.beginResetModel()
        if not same:
            self._all = [name, *self._all]
        self._shown = self._all
        tag = same[0] if same else name
        self._now[tag] = Qt.CheckState.Checked
        self.endResetModel()
        return self._all.index(tag)

    def turned(self, state: Qt.CheckState) -> list[str]:
        """Return the tags that have changed to a state."""
        no = Qt.CheckState.Unchecked
        return [
            tag for tag, now in self._now.items() if now == state and self._was.get(tag, no) != now
        ]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of tags that are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, _index: Index) -> Qt.ItemFlag:
        """Return the flags of a tag: every tag can be checked."""
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of a tag, or its check state."""
        tag = self._shown[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._now.get(tag, Qt.CheckState.Unchecked)
        return tag if role == Qt.ItemDataRole.DisplayRole else None

    def setData(
        self, index: Index, value: object, role: int = Qt.ItemDataRole.CheckStateRole
    ) -> bool:
        """Set the check state of a tag."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self._now[self._shown[index.row()]] = Qt.CheckState(value)
        self.dataChanged.emit(index, index)
        return True


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _state(having: int, number: int) -> Qt.CheckState:
    if not having:
        return Qt.CheckState.Unchecked
    return Qt.CheckState.Checked if having == number else Qt.CheckState.PartiallyChecked
