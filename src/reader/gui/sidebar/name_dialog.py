"""A dialog to find and choose a site or a tag."""

from collections.abc import Sequence

from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reader.gui.list.row import plain
from reader.gui.widgets.choice_list import ChoiceList
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.plain_text import Label, set_window_title


class NameDialog(Dialog):
    """Names with their counts; a field finds some of them."""

    def __init__(
        self,
        names: Sequence[tuple[str, int]],
        title: str,
        hint: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_window_title(self, title)
        self._names = names
        self._edit = QLineEdit()
        self._edit.setAccessibleName(hint)
        self._edit.setPlaceholderText(hint)
        self._edit.setClearButtonEnabled(True)
        texts = [f"{plain(name)}  ·  {count:,}" for name, count in names]
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(QStringListModel(texts, self))
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._list = ChoiceList(title)
        self._list.setModel(self._shown)
        self._none = Label("Nothing matches.")
        self._none.setObjectName("hint")
        self._none.hide()
        self._lay_out()
        self._narrow("")

    @property
    def name(self) -> str:
        """The selected name, ``""`` if there is none."""
        index = self._shown.mapToSource(self._list.currentIndex())
        return self._names[index.row()][0] if index.isValid() else ""

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton("Choose", QDialogButtonBox.ButtonRole.AcceptRole)
        layout = QVBoxLayout(self)
        for part in (self._edit, self._list, self._none, buttons):
            layout.addWidget(part)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._list.activated.connect(lambda _: self.accept())
        self._list.doubleClicked.connect(lambda _: self.accept())
        self._edit.textChanged.connect(self._narrow)
        self.resize(380, 460)

    def _narrow(self, text: str) -> None:
        self._shown.setFilterFixedString(" ".join(text.split()))
        self._list.setCurrentIndex(self._shown.index(0, 0))
        self._none.setVisible(not self._shown.rowCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the list with the arrows while the field has the focus."""
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        row = self._list.currentIndex().row() + by
        if 0 <= row < self._shown.rowCount():
            self._list.setCurrentIndex(self._shown.index(row, 0))
