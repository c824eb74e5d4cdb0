"""The head of an article below its title: site, date, length, tags and its actions.

It lies on the page, in a gap that the document keeps free, and scrolls with the text.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFocusEvent, QFont, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from reader import phrases
from reader.body.caveats import caveats_of
from reader.body.from_html import count_pictures
from reader.document.build import Head
from reader.gui.list.row import plain
from reader.gui.viewer.head_row import HeadButton, HeadRow
from reader.gui.widgets.flow import flow, gaps, height, mirrored
from reader.gui.widgets.plain_text import Label, caption, set_tip
from reader.gui.widgets.site_mark import paint_site_mark
from reader.gui.widgets.theme import icon
from reader.model import Article, Theme

MOST_TAGS = 12
"""As many tags stand in the head; a chip with their number stands for the others."""
_LONGEST_TITLE, _LONGEST_BYLINE = 240, 120
_CHIP_HIGH = 26
ICON = 16
_PAD_SITE, _PAD_CHIP = 4, 11  # as in the style sheet, with the borders
_ZOOMS = (0.85, 1.5)
_GAP, _BETWEEN = 16, 6
_CHIP_GAP = 8
_LONGEST_CHIP = 220
_BELOW_DETAILS, _ROW_PAD, _BELOW = 14, 6, 26


class ArticleHead(QWidget):
    """One stop of the Tab key: arrow keys walk through its buttons.

    Without actions, as on the page of a cleanup, it only describes the article.
    ``shelf_wanted`` carries the key of a shelf, ``seen_wanted`` asks to scroll to the head.
    """

    shelf_wanted = Signal(str)
    seen_wanted = Signal()

    def __init__(self, page: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self.setObjectName("articleHead")
        self.setAccessibleName("Article")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.row = HeadRow(self)
        self._icon: QImage | None = None
        self._actions: Mapping[str, QAction] = {}
        self._article: Article | None = None
        self._theme: Theme | None = None
        self._rtl = False
        self._going_back = False
        self._arranged = (0, 0.0)
        self._current: HeadButton | None = None
        self._labels: list[Label] = []
        self._chips: list[HeadButton] = []
        self._details: list[QRect] = []
        self._site = self._made("siteLink", self._show_site)
        self._site.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._site.customContextMenuRequested.connect(self._site_menu)
        self._more = self._made("tagChip", self._edit_tags)
        self._plus = self._made("addTag", self._edit_tags)
        self._plus.setAccessibleName("Edit Tags")
        set_tip(self._plus, "Edit the tags of the article")
        self.hide()

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Make the buttons of the actions, by their ids in the table."""
        self._actions = actions
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._arranged = (0, 0.0)
        self.row.set_actions(actions)
        QWidget.setTabOrder(self, self._page)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        if theme is not self._theme:
            self._theme = theme
            self.row.set_theme(theme)
            for chip in self._chips:
                chip.setIcon(icon("tag", theme.text))
            self._plus.setIcon(icon("add", theme.text))

    # ---- contents

    def show_article(self, article: Article, *, rtl: bool) -> None:
        """Show the head of an article; ``rtl`` is whether it is read from right to left."""
        self._article, self._rtl = article, rtl
        self._arranged = (0, 0.0)
        way = Qt.LayoutDirection
        self.setLayoutDirection(way.RightToLeft if rtl else way.LeftToRight)
        site = plain(article.site)
        self._site.setVisible(bool(site))
        self._site.setAccessibleName(site)
        set_tip(self._site, f"Show the articles of {site}")
        self._show_labels(details_of(article))
        self._show_tags(article.tags)
        self.row.set_views(article.views)
        self._plus.setVisible(bool(self._actions))
        self.row.setVisible(bool(self._actions))
        for button in (self._site, self._more, *self._chips):
            button.setEnabled(bool(self._actions))
        self.show()

    def set_icon(self, image: QImage | None) -> None:
        """Show the icon of the site, or its letter if that is None."""
        self._icon = image
        self.update()

    def _show_labels(self, details: list[str]) -> None:
        while len(self._labels) < len(details):
            label = Label("", self)
            label.setObjectName("detail")
            self._labels.append(label)
        for number, label in enumerate(self._labels):
            label.setVisible(number < len(details))
            label.setText(details[number] if number < len(details) else "")

    def _show_tags(self, tags: tuple[str, ...]) -> None:
        shown = tags if len(tags) <= MOST_TAGS else tags[: MOST_TAGS - 1]
        while len(self._chips) < len(shown):
            self._chips.append(self._chip())
        for number, chip in enumerate(self._chips):
            tag = shown[number] if number < len(shown) else ""
            chip.setVisible(bool(tag))
            chip.setProperty("tag", tag)
            chip.setAccessibleName(f"Tag {plain(tag)}")
            set_tip(chip, f"Show the articles tagged {plain(tag)}")
        others = len(tags) - len(shown)
        self._more.setVisible(others > 0)
        self._more.setText(f"{others:,} more")
        self._more.setAccessibleName(f"{others:,} more tags")

    def _chip(self) -> HeadButton:
        chip = self._made("tagChip", lambda: self.shelf_wanted.emit(f"tag:{chip.property('tag')}"))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if self._theme is not None:
            chip.setIcon(icon("tag", self._theme.text))
        return chip

    def _made(self, name: str, press: Callable[[], None]) -> HeadButton:
        button = HeadButton(self)
        button.setObjectName(name)
        button.setIconSize(QSize(14, 14))
        button.clicked.connect(press)
        return button

    def texts(self) -> list[str]:
        """Return its texts, part by part, as a screen reader gets them."""
        buttons = [each.accessibleName() for each in self.stops() if each not in self.row.buttons]
        return [*self._details_shown(), *buttons, self.row.views()]

    def _details_shown(self) -> list[str]:
        return [label.text() for label in self._labels if not label.isHidden()]

    # ---- the layout

    def arrange(self, width: int, zoom: float) -> int:
        """Place all parts in a column at a zoom; return the height that they take."""
        if self._arranged != (width, zoom):
            self._arranged = (width, zoom)
            self._arrange(width, zoom)
        return self.height() + _BELOW

    def _arrange(self, width: int, zoom: float) -> None:
        factor = min(max(zoom, _ZOOMS[0]), _ZOOMS[1])
        self._scale(factor)
        parts = [part for part in self._detail_parts() if not part.isHidden()]
        high = round(_CHIP_HIGH * max(1.0, factor))
        sizes = [self._size(part, width, high) for part in parts]
        rects = flow(sizes, width, [_gap_after(part) for part in parts], _BETWEEN)
        self._details = mirrored(rects, width) if self._rtl else rects
        for part, rect in zip(parts, self._details, strict=True):
            part.setGeometry(self._without_mark(rect) if part is self._site else rect)
        self.resize(width, self._arrange_row(width, height(rects)))
        self.update()

    def _arrange_row(self, width: int, above: int) -> int:
        """Place the row and its rules below the details; return the height of all parts."""
        top = above + _BELOW_DETAILS + _ROW_PAD
        if self.row.isHidden():
            return above + 1
        inner = self.row.arrange(width, rtl=self._rtl)
        self.row.setGeometry(0, top, width, inner)
        return top + inner + _ROW_PAD + 1

    def _detail_parts(self) -> list[QWidget]:
        return [self._site, *self._labels, *self._chips, self._more, self._plus]

    def _scale(self, factor: float) -> None:
        base = self._page.font()
        scaled = QFont(base)
        scaled.setPointSizeF(base.pointSizeF() * factor)
        underlined = QFont(scaled)
        underlined.setUnderline(True)
        for part in self._detail_parts():  # each: parts with a style sheet inherit no font
            wanted = underlined if part is self._site else scaled
            if part.font() != wanted:
                part.setFont(wanted)

    def _size(self, part: QWidget, width: int, high: int) -> QSize:
        """Return the size of a part, and shorten its text to it."""
        if part is self._plus:
            return QSize(high, high)
        if part is self._site:
            room = width - self._mark_room()
            _shorten(self._site, self._site.accessibleName(), room)
            return QSize(_width(self._site) + self._mark_room(), high)
        if not isinstance(part, HeadButton):
            return QSize(part.sizeHint().width(), high)
        if part is not self._more:
            _shorten(part, plain(str(part.property("tag"))), min(width, _LONGEST_CHIP))
        return QSize(_width(part), high)

    def _mark_room(self) -> int:
        return ICON + 2

    def _without_mark(self, rect: QRect) -> QRect:
        room = self._mark_room()
        return rect.adjusted(0, 0, -room, 0) if self._rtl else rect.adjusted(room, 0, 0, 0)

    # ---- what its buttons do

    def _show_site(self) -> None:
        if self._article is not None:
            self.shelf_wanted.emit(f"site:{self._article.site}")

    def _edit_tags(self) -> None:
        if (action := self._actions.get("article.edit_tags")) is not None:
            action.trigger()

    def _site_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = plain(self._site.text()).replace("&&", "&")
        menu.addAction(caption(f"Show Articles of {shown}"), self._show_site)
        if (action := self._actions.get("article.open_original")) is not None:
            menu.addAction(action)
        menu.popup(self._site.mapToGlobal(at))

    # ---- the keyboard

    def stops(self) -> list[HeadButton]:
        """Return the buttons in the order in which the arrow keys walk through them."""
        every = [self._site, *self._chips, self._more, self._plus, *self.row.buttons]
        return [button for button in every if not button.isHidden() and button.isEnabled()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the buttons by arrow keys, Home and End."""
        stops, key = self.stops(), event.key()
        here = next((at for at, each in enumerate(stops) if each.hasFocus()), None)
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if here is None or (key not in steps and key not in (Qt.Key.Key_Home, Qt.Key.Key_End)):
            super().keyPressEvent(event)
            return
        by = steps.get(Qt.Key(key), 0) * (-1 if self._rtl else 1)
        to = here + by if by else (0 if key == Qt.Key.Key_Home else len(stops) - 1)
        self._go(stops[min(max(to, 0), len(stops) - 1)])

    def _go(self, button: HeadButton) -> None:
        self._current = button
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self.seen_wanted.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the button that had it last, or to the first one."""
        super().focusInEvent(event)
        stops = self.stops()
        if stops and not self._going_back:
            self._go(self._current if self._current in stops else stops[0])

    def focusNextPrevChild(self, next: bool) -> bool:
        """Leave all buttons at once, for the page or for the widget before the head."""
        if next:
            self._page.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        self._going_back = True
        self.setFocus(Qt.FocusReason.BacktabFocusReason)
        self._going_back = False
        return QWidget.focusNextPrevChild(self._page, False)

    # ---- Qt

    def paintEvent(self, _event: object) -> None:
        """Paint the mark of the site, dots between the details, and rules around the row."""
        if self._theme is None or self._article is None:
            return
        painter = QPainter(self)
        rule = QColor(self._theme.rule)
        if not self.row.isHidden():
            painter.fillRect(0, self.row.y() - _ROW_PAD, self.width(), 1, rule)
        painter.fillRect(0, self.height() - 1, self.width(), 1, rule)
        self._paint_mark(painter)
        painter.setPen(QColor(self._theme.muted))
        texts = self._details[: len(self._details_shown()) + (not self._site.isHidden())]
        for one, other in gaps(texts):
            left, right = sorted((one, other), key=lambda rect: rect.x())
            middle = QRect(left.right(), one.y(), right.left() - left.right(), one.height())
            painter.drawText(middle, int(Qt.AlignmentFlag.AlignCenter), "·")
        painter.end()

    def _paint_mark(self, painter: QPainter) -> None:
        if self._site.isHidden() or self._theme is None or self._article is None:
            return
        area = self._details[0]
        left = area.right() + 1 - ICON if self._rtl else area.left()
        at = QRect(left, area.center().y() + 1 - ICON // 2, ICON, ICON)
        paint_site_mark(painter, at, self._article.site, self._icon, self._theme)


def title_lines(article: Article) -> Head:
    """Return the lines that the document holds itself: title and author."""
    byline = article.byline if article.byline != article.site else ""
    return Head(_cut(article.title, _LONGEST_TITLE) or "Untitled", _cut(byline, _LONGEST_BYLINE))


def _cut(text: str, most: int) -> str:
    text = plain(text).strip()
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def details_of(article: Article) -> list[str]:
    """Return the details beside the site: date, length, and defects of the text."""
    details = [
        phrases.day(article.published_at),
        phrases.reading_time(article.words),
        phrases.pictures_there(*count_pictures(article.html)),
        *(phrases.CAVEATS[caveat] for caveat in caveats_of(article.html)),
    ]
    return [detail for detail in details if detail]


def _gap_after(part: QWidget) -> int:
    return _CHIP_GAP if part.objectName() == "tagChip" else _GAP


def _shorten(button: HeadButton, text: str, room: int) -> None:
    """Set a text, shortened so that the button is not wider than its room."""
    room -= _frame(button)
    shown = button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
    button.setText(caption(shown))


def _width(button: HeadButton) -> int:
    shown = button.text().replace("&&", "&")
    return _frame(button) + button.fontMetrics().horizontalAdvance(shown) + 1


def _frame(button: HeadButton) -> int:
    """Return the width of a button without its text: Qt's own hint is generous."""
    if button.objectName() == "siteLink":
        return 2 * _PAD_SITE
    has_icon = button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    return 2 * _PAD_CHIP + (button.iconSize().width() + 6 if has_icon else 0)
