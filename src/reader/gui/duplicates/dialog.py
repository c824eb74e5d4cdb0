"""A dialog that shows pairs of possible duplicates side by side, to merge them or not."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.anchor import Anchor
from reader.document.images import Pictures
from reader.errors import NoSuchArticle
from reader.gui.list.row import plain, title_of
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.elided import Elided
from reader.gui.widgets.plain_text import Label
from reader.library.library import Library
from reader.model import Article, Duplicate, Look

_HINT = (
    "Merging keeps the older article with the tags, texts and addresses of both. You can undo it."
)
_NARROW, _LIST, _LEAST_LIST = 760, 270, 110  # pixels
_PAIR = Qt.ItemDataRole.UserRole


class DuplicatesDialog(Dialog):
    """A list of pairs, and both pages of the selected one.

    ``merged`` and ``kept_apart`` carry the Duplicate that the user has decided on.
    """

    merged = Signal(object)
    kept_apart = Signal(object)

    def __init__(
        self,
        library: Library,
        pairs: list[Duplicate],
        pictures: Pictures,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self.older, self.newer = Twin(pictures, look), Twin(pictures, look)
        self.list = QListWidget()
        self.list.setObjectName("texts")
        self.list.setAccessibleName("Duplicates")
        self.list.setFixedWidth(_LIST)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.merge = self._buttons.addButton("&Merge", role)
        self.apart = self._buttons.addButton("&Not the Same", role)
        self._lay_out()
        self.list.currentItemChanged.connect(lambda _: self._show())
        self.merge.clicked.connect(self._merge)
        self.apart.clicked.connect(self._keep_apart)
        self._buttons.rejected.connect(self.reject)
        self._fill(pairs)

    @property
    def pair(self) -> Duplicate | None:
        """The selected pair, None if no pair is left."""
        item = self.list.currentItem()
        pair = item.data(_PAIR) if item else None
        return pair if isinstance(pair, Duplicate) else None

    def _lay_out(self) -> None:
        twins = QSplitter(Qt.Orientation.Horizontal)
        twins.setObjectName("twins")
        twins.setHandleWidth(1)
        twins.setChildrenCollapsible(False)
        twins.addWidget(self.older)
        twins.addWidget(self.newer)
        parts = self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        parts.setSpacing(0)
        parts.addWidget(self.list)
        parts.addWidget(twins, 1)
        hint = Label(_HINT)
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        foot = QWidget()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.addWidget(hint, 1)
        row.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(parts, 1)
        layout.addWidget(foot)
        self.resize(1080, 680)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the list above the pages in a narrow window."""
        super().resizeEvent(event)
        is_narrow, direction = self.width() < _NARROW, QBoxLayout.Direction
        self._parts.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self.list.setMinimumWidth(0 if is_narrow else _LIST)
        self.list.setMaximumWidth(self.width() if is_narrow else _LIST)
        self.list.setMaximumHeight(_LEAST_LIST if is_narrow else self.height())

    def _fill(self, pairs: list[Duplicate]) -> None:
        high = 2 * self.fontMetrics().height() + 24
        rows = self._library.rows_of([pair.older for pair in pairs])
        titles = {row.id: title_of(row.title) for row in rows}
        for pair in pairs:
            item = QListWidgetItem(f"{titles[pair.older]}\n{_likeness(pair)}")
            item.setSizeHint(QSize(0, high))
            item.setData(_PAIR, pair)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._name()

    def _name(self) -> None:
        self.setWindowTitle(f"Duplicates: {phrases.plural(self.list.count(), 'pair')}")

    def _show(self) -> None:
        pair = self.pair
        if pair is None:
            return
        try:
            both = self._library.article(pair.older), self._library.article(pair.newer)
        except NoSuchArticle:  # deleted in the meantime
            self._forget(lambda other: other == pair)
            return
        self.older.show_article("The older one, which is kept", both[0], both[1])
        self.newer.show_article("The newer one", both[1], both[0])

    def _merge(self) -> None:
        pair = self.pair
        if pair is not None:
            self.merged.emit(pair)
            self._forget(lambda other: pair.newer in (other.older, other.newer))

    def _keep_apart(self) -> None:
        pair = self.pair
        if pair is not None:
            self.kept_apart.emit(pair)
            self._forget(lambda other: other == pair)

    def _forget(self, is_done: Callable[[Duplicate], bool]) -> None:
        """Remove the decided pairs from the list; close after the last one."""
        for row in range(self.list.count() - 1, -1, -1):
            if is_done(self.list.item(row).data(_PAIR)):
                self.list.takeItem(row)
        self._name()
        if not self.list.count():
            self.accept()


class Twin(QWidget):
    """One of two articles: its facts, with the differing ones in bold, and its page."""

    def __init__(self, pictures: Pictures, look: Look) -> None:
        super().__init__()
        self._name = _label(strong=True)
        self.values = {name: _label() for name in _FACTS}
        about = QWidget()
        about.setObjectName("twin")
        about.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(about)
        grid.setContentsMargins(18, 12, 18, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.addWidget(self._name, 0, 0, 1, 2)
        for row, (name, value) in enumerate(self.values.items(), start=1):
            caption = Label(name)
            caption.setObjectName("hint")
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        grid.setColumnStretch(1, 1)
        self.page = Viewer(pictures, look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(about)
        layout.addWidget(self.page, 1)

    def show_article(self, name: str, article: Article, other: Article) -> None:
        """Show an article, and mark the facts in which it differs from the other one."""
        self._name.setText(name)
        for fact, value in self.values.items():
            mine, its = _FACTS[fact](article), _FACTS[fact](other)
            value.setText(plain(mine) or "–")
            font = value.font()
            font.setBold(mine != its)
            value.setFont(font)
        self.page.show_article(article._replace(position=Anchor()))


_FACTS: dict[str, Callable[[Article], str]] = {
    "Title": lambda article: article.title,
    "Address": lambda article: article.url.partition("://")[2] or article.url,
    "Site": lambda article: article.site,
    "Added": lambda article: phrases.day(article.added_at),
    "Length": lambda article: phrases.plural(article.words, "word") if article.html else "waiting",
    "Tags": lambda article: ", ".join(article.tags),
    "State": lambda article: article.state + (", favourite" if article.favourite else ""),
}


def _label(*, strong: bool = False) -> Elided:
    label = Elided()
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    if strong:
        label.setObjectName("shelfTitle")
    return label


def _likeness(pair: Duplicate) -> str:
    """Describe briefly how similar a pair is."""
    alike = f"{round(100 * pair.likeness)} % in common" if pair.likeness else ""
    address = "same address" if pair.same_address else ""
    return " · ".join(filter(None, (alike, address)))
