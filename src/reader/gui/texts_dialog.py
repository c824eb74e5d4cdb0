"""The texts an article has had, to be looked at and chosen again."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.anchor import Anchor
from reader.document.images import Pictures
from reader.gui.plain import set_window_title
from reader.gui.viewer import Viewer
from reader.model import Article, Look, Version


class TextsDialog(QDialog):
    """A list of texts by their age, and the page of the one that is meant."""

    def __init__(
        self,
        article: Article,
        found: Sequence[Version],
        text_of: Callable[[int], str],
        pictures: Pictures,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_window_title(self, f"Older Texts of “{article.title}”")
        self.resize(980, 640)
        self._article = article
        self._found = found
        self._text_of = text_of
        self.page = Viewer(pictures, look)
        self.list = QListWidget()
        self.list.setObjectName("texts")
        self.list.setAccessibleName("Texts")
        self.list.setFixedWidth(270)
        self.list.addItems([_said(each) for each in found])
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, 2 * self.fontMetrics().height() + 24))
        self.list.currentRowChanged.connect(self._show)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.use = self.buttons.addButton("Use This Text", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.list.itemActivated.connect(lambda _: self.use.click())
        self._lay_out()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    @property
    def chosen(self) -> int:
        """The version that is meant."""
        return self._found[self.list.currentRow()].id

    def _lay_out(self) -> None:
        parts = QHBoxLayout()
        parts.setSpacing(0)
        parts.addWidget(self.list)
        parts.addWidget(self.page, 1)
        foot = QWidget()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(parts, 1)
        layout.addWidget(foot)

    def _show(self, row: int) -> None:
        version = self._found[row]
        html = self._article.html if version.in_use else self._text_of(version.id)
        shown = self._article._replace(html=html, words=version.words, position=Anchor())
        self.page.show_article(shown)
        self.use.setEnabled(not version.in_use)


def _said(version: Version) -> str:
    how = (version.made_by or "added").capitalize()
    words = phrases.plural(version.words, "word")
    there = " · in use" if version.in_use else ""
    return f"{how}, {phrases.age(version.made_at)}\n{words}{there}"
