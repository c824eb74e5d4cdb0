"""A dialog to name a search that is saved, and to change it."""

from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from reader.gui.widgets.dialogs import Dialog

_WIDE = 440
_LONGEST_NAME = 200


class SearchDialog(Dialog):
    """Asks for ``question``, the text of a search, and ``name``; the text is the usual name."""

    def __init__(self, title: str, name: str, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._name = _field("Name", name)
        self._name.setMaxLength(_LONGEST_NAME)
        self._question = _field("Search for", question)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        layout = QFormLayout(self)
        layout.addRow("&Search for", self._question)
        layout.addRow("&Name", self._name)
        layout.addRow(self._buttons)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._question.textChanged.connect(self._show)
        self._show()
        (self._name if question else self._question).setFocus()
        self.resize(_WIDE, self.sizeHint().height())

    @property
    def name(self) -> str:
        """The name of the search, its text if no name was typed."""
        return _line(self._name) or self.question[:_LONGEST_NAME]

    @property
    def question(self) -> str:
        """The text of the search."""
        return _line(self._question)

    def _show(self) -> None:
        """Offer the text as the name, and Save if there is a text."""
        self._name.setPlaceholderText(self.question[:_LONGEST_NAME] or "Name of the search")
        save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(bool(self.question))


def _field(name: str, text: str) -> QLineEdit:
    field = QLineEdit(" ".join(text.split()))
    field.setAccessibleName(name)
    field.setCursorPosition(0)
    return field


def _line(field: QLineEdit) -> str:
    return " ".join(field.text().split())
