"""The outcome of an import: its texts at home and missing, and the original that is kept."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reader import phrases
from reader.gui.importing.labels import wrapped
from reader.gui.importing.work import Done
from reader.gui.widgets.return_key import press_by_return


class ReportPanel(QWidget):
    """The texts and the original.

    ``delete_wanted`` asks to delete the original, ``texts_wanted`` to show the missing texts.
    """

    delete_wanted = Signal()
    texts_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._texts_title, self._original_title = wrapped("importHeading"), wrapped("importHeading")
        self.texts, self.original = wrapped(at_top=True), wrapped(at_top=True)
        self.delete = QPushButton("&Delete the Original…")
        self.missing = QPushButton("&Missing Texts…")
        for button in (self.delete, self.missing):
            press_by_return(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for parts in (
            (self._texts_title, self.texts, self.missing),
            (self._original_title, self.original, self.delete),
        ):
            for part in parts[:2]:
                column.addWidget(part)
            line = QHBoxLayout()
            line.addWidget(parts[2])
            line.addStretch(1)
            column.addLayout(line)
        column.addStretch(1)
        self._texts_title.setText("Texts")
        self._original_title.setText("Original")
        self.delete.clicked.connect(self.delete_wanted)
        self.missing.clicked.connect(self.texts_wanted)
        self.hide()

    def show_done(self, done: Done, name: str) -> None:
        """Show a report about the files of that name."""
        size = done.size
        self.texts.setText("\n".join(texts(done)))
        for part in (self._texts_title, self.texts):
            part.setVisible(bool(self.texts.text()))
        self.missing.setVisible(bool(done.texts.waiting or done.texts.dead))
        kept = f"“{name}” is kept in the library, {phrases.bytes_of(size)}."
        self.original.setText(kept if size else "It is not kept in the library.")
        self.delete.setVisible(bool(size))
        for part in (self._original_title, self.original):
            part.setVisible(bool(done.report.key))
        self.show()

    def text(self) -> str:
        """Return the sentences that are shown."""
        shown = (self.texts, self.original)
        return "\n".join(each.text() for each in shown if not each.isHidden())


def texts(done: Done) -> list[str]:
    """Return a sentence each for the texts at home, waiting and dead."""
    home, waiting, dead = done.texts
    if not any(done.texts):
        return []
    lines = [f"{home:,} {_are(home)} at home."]
    if waiting:
        lines.append(f"{waiting:,} {'waits' if waiting == 1 else 'wait'} for the text.")
    if dead:
        lines.append(f"{dead:,} {_are(dead)} dead: the text does not come by itself any more.")
    return lines


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
