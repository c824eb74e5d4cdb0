"""A field for tags, separated by commas, that completes existing ones."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from reader.library.shelves.tag_store import last_in, names_in


class TagsLine(QLineEdit):
    """Tags separated by commas; the last one is completed."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("none")
        self.setAccessibleName("Tags, separated by commas")

    def offer(self, tags: Sequence[str]) -> None:
        """Complete the tags from now on."""
        completer = _OfLastTag([*tags], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def tags(self) -> tuple[str, ...]:
        """Return the tags, each once."""
        return tuple({name.casefold(): name for name in names_in(self.text())}.values())


class _OfLastTag(QCompleter):
    def splitPath(self, path: str) -> list[str]:
        return [last_in(path).strip()]

    def pathFromIndex(self, index: object) -> str:
        chosen = super().pathFromIndex(index)  # type: ignore[arg-type]
        line = self.widget()
        assert isinstance(line, QLineEdit)
        before = line.text().removesuffix(last_in(line.text()))
        return f"{before} {chosen}" if before else chosen
