"""The articles that differ between a copy and the library, with check boxes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from reader.backup_phrases import fields, moment
from reader.gui.list.placed import Placed
from reader.gui.list.row import is_rtl, plain, title_of
from reader.gui.list.site_marks import Site, SiteMarks
from reader.gui.widgets.plain_text import tip
from reader.gui.widgets.theme import icon
from reader.library.backup.copy import Change, Differing
from reader.model import Theme

Index = QModelIndex | QPersistentModelIndex

_AROUND = 28  # pixels above and below the text of a row
_CHECK, _MARK, _GAP, _END = 18, 16, 12, 4
_LEAST_TITLE = 120
_SMALL = 12 / 13
_ARTICLE = Qt.ItemDataRole.UserRole
_LONGEST = 400  # letters of a title


class ArticleModel(QAbstractListModel):
    """Articles of one kind of change, and those of all kinds that are checked.

    Added articles have no check box: a copy does not have them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.articles: Sequence[Differing] = ()
        self.checked: set[str] = set()
        self._now = 0.0

    def show(self, articles: Sequence[Differing], now: float) -> None:
        """Show articles; ``now`` is in seconds since 1970."""
        self.beginResetModel()
        self.articles, self._now = articles, now
        self.endResetModel()

    def check(self, uids: Sequence[str], *, checked: bool) -> None:
        """Check or uncheck articles."""
        self.checked = self.checked | {*uids} if checked else self.checked - {*uids}
        if self.articles:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.articles) - 1, 0))

    def details(self, article: Differing) -> str:
        """Return the changes of an article and their time in words."""
        when = moment(article.at, self._now)
        if article.change is Change.CHANGED:
            return ", ".join(filter(None, (fields(article.fields), when)))
        return " ".join(filter(None, (article.change, when)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of articles."""
        return 0 if parent.isValid() else len(self.articles)

    def flags(self, _index: Index) -> Qt.ItemFlag:
        """Return the flags of a row."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the Differing for painting, its title, its check, or its spoken text."""
        if not 0 <= index.row() < len(self.articles):
            return None
        article = self.articles[index.row()]
        if role == _ARTICLE:
            return article
        if role == Qt.ItemDataRole.CheckStateRole and article.change is not Change.ADDED:
            state = Qt.CheckState
            return state.Checked if article.uid in self.checked else state.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(article.title[:_LONGEST])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(title_of(article.title[:_LONGEST]))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (title_of(article.title[:_LONGEST]), plain(article.site), self.details(article))
            return ", ".join(filter(None, parts))
        return None


class DifferingList(QListView):
    """The articles; a click or Space checks one. ``toggled`` is emitted after that."""

    toggled = Signal()

    def __init__(self, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self.setObjectName("differing")
        self.setAccessibleName("Articles that differ")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.rows = ArticleModel()
        self.setModel(self.rows)
        self.setItemDelegate(_ArticlePainter(self, colours))
        self.clicked.connect(self._toggle)

    def show_articles(self, articles: Sequence[Differing], now: float) -> None:
        """Show articles from the first one."""
        self.rows.show(articles, now)
        self.setCurrentIndex(self.rows.index(0, 0))
        self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Check the current article by Space."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _toggle(self, index: QModelIndex) -> None:
        article = index.data(_ARTICLE)
        if isinstance(article, Differing) and article.change is not Change.ADDED:
            self.rows.check([article.uid], checked=article.uid not in self.rows.checked)
            self.toggled.emit()


class _ArticlePainter(QStyledItemDelegate):
    """Paints the rows: check box, mark of the site, title, and the change with its time."""

    def __init__(self, view: DifferingList, colours: Callable[[], Theme]) -> None:
        super().__init__(view)
        self._view, self._colours = view, colours
        self._marks = SiteMarks()

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, option.fontMetrics.height() + _AROUND)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        article = index.data(_ARTICLE)
        if not isinstance(article, Differing):
            return
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # of the words of the program
        placed = Placed(painter, option.rect, self._view.layoutDirection())
        theme, whole = self._colours(), placed.whole
        if option.state & QStyle.StateFlag.State_MouseOver:
            placed.fill(whole, theme.hover)
        left = self._paint_check(placed, index)
        mark = QRect(left, (whole.height() - _MARK) // 2, _MARK, _MARK)
        self._marks.paint(painter, placed.at(mark), Site(plain(article.site)), theme)
        self._paint_text(placed, article, left + _MARK + _GAP)
        placed.fill(QRect(0, whole.height() - 1, whole.width(), 1), theme.rule)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    def _paint_check(self, placed: Placed, index: Index) -> int:
        """Paint the check box, and return the start of the mark."""
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return _END
        theme, painter = self._colours(), placed.painter
        checked = Qt.CheckState(state) is Qt.CheckState.Checked
        box = placed.at(QRect(_END, (placed.whole.height() - _CHECK) // 2, _CHECK, _CHECK))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent if checked else theme.edge), 1.5))
        painter.setBrush(QColor(theme.accent if checked else theme.page))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if checked:
            icon("check", theme.on_accent).paint(painter, box.adjusted(1, 1, -1, -1))
        return _END + _CHECK + _GAP

    def _paint_text(self, placed: Placed, article: Differing, left: int) -> None:
        theme, whole, flag = self._colours(), placed.whole, Qt.AlignmentFlag
        is_rtl_window = self._view.isRightToLeft()
        start, end = (
            (flag.AlignRight, flag.AlignLeft)
            if is_rtl_window
            else (flag.AlignLeft, flag.AlignRight)
        )
        font, small = QFont(self._view.font()), QFont(self._view.font())
        small.setPointSizeF(small.pointSizeF() * _SMALL)
        metrics, elide = QFontMetrics(small), Qt.TextElideMode.ElideRight
        details = self._view.rows.details(article)
        room = whole.width() - _END - left
        wide = min(metrics.horizontalAdvance(details) + 2, max(0, room - _LEAST_TITLE - _GAP))
        place = QRect(whole.width() - _END - wide, 0, wide, whole.height())
        shown = metrics.elidedText(details, elide, wide)
        placed.text(place, small, theme.muted, shown, end | flag.AlignAbsolute)
        title = title_of(article.title[:_LONGEST])
        wide = room - wide - _GAP
        shown = QFontMetrics(font).elidedText(title, elide, wide)
        place = QRect(left, 0, wide, whole.height())
        placed.painter.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if is_rtl(title) else Qt.LayoutDirection.LeftToRight
        )
        placed.text(place, font, theme.text, shown, start | flag.AlignAbsolute)
