"""The place of an export in its window: a path, and a button that changes it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reader.exporting.kinds import FORMS, Kind
from reader.gui.exporting.described import heading_of
from reader.gui.exporting.places import Place
from reader.gui.widgets.elided import Elided
from reader.gui.widgets.return_key import press_by_return

_LEFT_TO_RIGHT = "\u200e"  # or a window from right to left would turn a path


class PlaceLine(QWidget):
    """A line with the path; ``chosen`` carries the place that the user has chosen."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.place = Place(Path())
        self._kind = Kind.MARKDOWN
        self._heading = heading_of("Folder")
        self.path = Elided("", Qt.TextElideMode.ElideMiddle)
        self.button = QPushButton("Choose…")
        press_by_return(self.button)
        self.button.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addLayout(row)

    def show_place(self, kind: Kind, place: Place) -> None:
        """Show a place for a format."""
        self._kind, self.place = kind, place
        what = "File" if place.name else "Folder"
        self._heading.setText(what)
        self.path.setText(f"{_LEFT_TO_RIGHT}{place.path}")
        self.path.setAccessibleName(f"{what}: {place.path}")
        self.button.setAccessibleName(f"Choose the {what.lower()}")
        self.button.setAccessibleDescription(str(place.path))

    def _choose(self) -> None:
        title, place = "Export To", self.place
        if not place.name:
            start = place.folder if place.folder.is_dir() else place.folder.parent
            if name := QFileDialog.getExistingDirectory(self, title, str(start)):
                self.chosen.emit(Place(Path(name)))
            return
        form = FORMS[self._kind]
        kinds = f"{form.title} (*{form.suffix})"
        name, _ = QFileDialog.getSaveFileName(self, title, str(place.path), kinds)
        if name:
            path = Path(name if Path(name).suffix else f"{name}{form.suffix}")
            self.chosen.emit(Place(path.parent, path.name, exact=True))
