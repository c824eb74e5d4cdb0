"""A dialog to look at the older texts of an article, and to choose one."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.anchor import Anchor
from reader.gui.context import Context
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.plain_text import set_window_title
from reader.model import Article, Look, Version


class VersionsDialog(Dialog):
    """A list of texts by their age, and the page of the selected one."""

    def __init__(self, context: Context, article: Article, look: Look) -> None:
        super().__init__(context.window)
        set_window_title(self, f"Older Texts of “{article.title}”")
        self.resize(980, 640)
        self._article = article
        self._library = context.library
        self._versions = context.library.texts.versions(article.id)
        self.page = Viewer(context.images, look)
        self.list = QListWidget()
        self.list.setObjectName("texts")
        self.list.setAccessibleName("Texts")
        self.list.setFixedWidth(270)
        self.list.addItems([_label(version) for version in self._versions])
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
        """The id of the selected version."""
        return self._versions[self.list.currentRow()].id

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
        version = self._versions[row]
        article = self._article
        html = article.html if version.in_use else self._library.texts.html(article.id, version.id)
        shown = article._replace(html=html, words=version.words, position=Anchor())
        self.page.show_article(shown)
        self.use.setEnabled(not version.in_use)


def _label(version: Version) -> str:
    how = (version.made_by or "added").capitalize()
    words = phrases.plural(version.words, "word")
    in_use = " · in use" if version.in_use else ""
    return f"{how}, {phrases.age(version.made_at)}\n{words}{in_use}"
