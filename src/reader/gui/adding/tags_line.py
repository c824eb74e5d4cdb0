"""A field for tags, separated by commas, that completes existing ones."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from reader.library.shelves.tag_store import clean


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
        names = filter(None, map(clean, self.text().split(",")))
        return tuple({name.casefold(): name for name in names}.values())


class _OfLastTag(QCompleter):
    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: object) -> str:
        chosen = super().pathFromIndex(index)  # type: ignore[arg-type]
        line = self.widget()
        assert isinstance(line, QLineEdit)
        before, comma, _ = line.text().rpartition(",")
        return f"{before}{comma} {chosen}" if comma else chosen
