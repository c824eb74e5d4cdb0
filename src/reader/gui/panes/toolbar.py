"""The toolbar: actions of the library above the list, actions of the article above the page."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from reader.gui.panes.panes import Arrangement, Panes
from reader.gui.widgets.layouts import NO_LIMIT
from reader.gui.widgets.plain_text import set_tip
from reader.gui.widgets.roving import Roving
from reader.gui.widgets.theme import icon
from reader.model import Theme

HEIGHT = 48
_LTR = Qt.LayoutDirection.LeftToRight
_SIDE = 36
_GAP = 4
_MARGIN = 12
_RULE = 13  # a separator with the space around it

_PRIMARY = "add.url"
_LIBRARY = ("window.show_sidebar", _PRIMARY, " ", "history.undo")
_ARTICLE = (
    "page.go_back",
    "page.go_forward",
    "",
    "article.read_later",
    "article.archive",
    "article.favourite",
    "article.edit_tags",
    "article.trash",
    " ",
    "article.previous",
    "article.next",
    "",
    "contents.toggle",
    "find.find",
    "look.panel",
)
_WORDS = {
    "article.read_later": "Read Later",
    "article.archive": "Archive",
    "article.favourite": "Favourite",
    "article.edit_tags": "Tags",
    "article.trash": "Delete",
    "contents.toggle": "Contents",
    "find.find": "Find",
    "look.panel": "Text",
    "add.url": "Add",
}
"""The words beside the icons, shown while there is room for all of them."""
_FIRST_TO_GO = (
    "article.trash",
    "article.edit_tags",
    "article.previous",
    "article.next",
    "article.favourite",
    "page.go_forward",
    "contents.toggle",
    "page.go_back",
    "find.find",
    "look.panel",
    "article.archive",
    "article.read_later",
)
_IN_MORE = (
    "page.zoom_in",
    "page.zoom_out",
    "page.reset_zoom",
    "",
    "print.print",
    "print.save_pdf",
    "",
    "article.open_original",
)
"""Always in the menu of the last button, in this order."""

SHOWN: frozenset[str] = frozenset({*_LIBRARY, *_ARTICLE}) - {"", " "}
"""The ids of the actions with a button."""


class ActionRow(QWidget):
    """A row of buttons for actions; ``hidden`` are those without room.

    ``ids`` are ids of actions; ``""`` is a separator, ``" "`` a stretch.
    """

    def __init__(self, name: str, ids: Sequence[str], actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)
        self._ids = ids
        self.buttons = {id: self._button(id, actions[id]) for id in ids if id.strip()}
        self._rules = [QFrame(self) for id in ids if not id]
        for rule in self._rules:
            rule.setObjectName("barRule")
        self.hidden: list[str] = []
        self._with_words: int | None = None  # the width with all words, None if not measured
        self.ends: list[QToolButton] = []
        self._roving = Roving(list(self.buttons.values()), self)

    def _button(self, id: str, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setIconSize(QSize(20, 20))
        if id in _WORDS:
            action.setIconText(_WORDS[id])
        if id == _PRIMARY:  # has an icon in another colour than its action
            button.setObjectName("primary")
            button.setText(action.iconText())
            action.changed.connect(lambda: set_tip(button, action.toolTip()))
            set_tip(button, action.toolTip())
            button.clicked.connect(action.trigger)
        else:
            button.setDefaultAction(action)
        button.setAccessibleName(action.iconText())
        return button

    def sizeHint(self) -> QSize:
        """Return a size that any window has room for."""
        return QSize(0, HEIGHT)

    def put_at_end(self, button: QToolButton) -> None:
        """Put a button at the end that is always shown."""
        button.setParent(self)
        self.ends.append(button)
        self._roving.add(button)
        self.fit()

    def fit(self) -> None:
        """Show words if all fit, else icons, and as many of them as fit."""
        room = self._room()
        shown = [*self.buttons]
        if self._with_words is None:
            self._style(words=True)
            self._with_words = self.needed(shown)
        self._style(words=self._with_words <= room)
        self.hidden = []
        for id in _FIRST_TO_GO:
            if self.needed(shown) <= room:
                break
            if id in shown:
                shown.remove(id)
                self.hidden.append(id)
        self._place(shown)

    def _style(self, *, words: bool) -> None:
        style = Qt.ToolButtonStyle
        for id, button in self.buttons.items():
            with_word = id in _WORDS and (words or id == _PRIMARY)
            button.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if with_word else style.ToolButtonIconOnly
            )

    def _room(self) -> int:
        ends = sum(_end_width(x) + _GAP for x in self.ends if not x.isHidden())
        return self.width() - 2 * _MARGIN - ends

    def width_of(self, id: str) -> int:
        """Return the width in pixels that a button needs."""
        return max(_SIDE, self.buttons[id].sizeHint().width())

    def needed(self, shown: Sequence[str]) -> int:
        """Return the width in pixels that some of the buttons need, with what is between them."""
        rules = sum(1 for id in self._ids if not id) * _RULE
        return sum(self.width_of(id) + _GAP for id in shown) + rules

    def _place(self, shown: Sequence[str]) -> None:
        spare = max(0, self._room() - self.needed(shown))
        rules, x, before = iter(self._rules), _MARGIN, False
        for id in self._ids:
            if id == " ":
                x += spare
            elif not id:
                rule = next(rules)
                rule.setVisible(before)
                self._put(rule, x + 6, 1, 24)
                x += _RULE if before else 0
                before = False
            else:
                self.buttons[id].setVisible(id in shown)
                if id in shown:
                    self._put(self.buttons[id], x, self.width_of(id), _SIDE)
                    x += self.width_of(id) + _GAP
                    before = True
        x = self.width() - _MARGIN
        for button in (x for x in reversed(self.ends) if not x.isHidden()):
            x -= _end_width(button)
            self._put(button, x, _end_width(button), _SIDE)
            x -= _GAP

    def _put(self, part: QWidget, x: int, wide: int, high: int) -> None:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            x = self.width() - x - wide
        part.setGeometry(QRect(x, (HEIGHT - high) // 2, wide, high))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the buttons into the new width."""
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Fit the buttons once after several changes."""
        if event.type() is QEvent.Type.LayoutRequest and self._with_words is None:
            self.fit()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the buttons after a change of font, style or direction."""
        super().changeEvent(event)
        if event.type() in (
            QEvent.Type.FontChange,
            QEvent.Type.StyleChange,
            QEvent.Type.LayoutDirectionChange,
        ):
            self._with_words = None
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))


def _end_width(button: QToolButton) -> int:
    return max(_SIDE, button.sizeHint().width())


class ToolBar(QWidget):
    """The two rows of buttons above the panes; ``list_wanted`` is emitted by the way back.

    ``more_wanted`` carries the menu of the last button, which has to be filled.
    """

    list_wanted = Signal()
    more_wanted = Signal(QMenu)

    def __init__(self, actions: Mapping[str, QAction], panes: Panes) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.setAccessibleName("Toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT + 1)
        self._actions = actions
        self._panes = panes
        self.library = ActionRow("Library", _LIBRARY, actions)
        self.article = ActionRow("Article", _ARTICLE, actions)
        self.add = self.library.buttons[_PRIMARY]
        self.back = self._to_list()
        self.more = self._more(self.article)
        self.more_of_list = self._more(self.library)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.library, self.back, self.article):
            layout.addWidget(part)
        self._layout = layout
        layout.setStretch(2, 1)
        panes.arranged.connect(self.follow)
        panes.page.installEventFilter(self)

    def _to_list(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("toList")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAccessibleName("Back to the list")
        set_tip(button, "Back to the list")
        button.clicked.connect(self.list_wanted)
        button.hide()
        return button

    def _more(self, row: ActionRow) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName("More")
        set_tip(button, "More")
        button.setIconSize(QSize(20, 20))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill(menu, row))
        button.setMenu(menu)
        row.put_at_end(button)
        return button

    def _fill(self, menu: QMenu, row: ActionRow) -> None:
        menu.clear()
        for id in (id for id in row.buttons if id in row.hidden):
            menu.addAction(self._actions[id])
        menu.addSeparator()
        for id in _IN_MORE if row is self.article else ():
            menu.addAction(self._actions[id]) if id else menu.addSeparator()
        self.more_wanted.emit(menu)

    def show_shelf(self, title: str) -> None:
        """Name the shelf on the way back to the list."""
        self.back.setText(
            self.back.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, 160)
        )

    def paint(self, theme: Theme) -> None:
        """Set the icons that depend on the theme but on no action."""
        for button in (self.more, self.more_of_list):
            button.setIcon(icon("more", theme.text))
        self.back.setIcon(icon("back", theme.text))
        self.add.setIcon(icon("add", theme.on_accent))
        self.follow()

    def follow(self) -> None:
        """Place the two parts above their panes, and check the action that folds these."""
        panes, one = self._panes, self._panes.arrangement is Arrangement.ONE
        self._actions["window.show_panes"].setChecked(not panes.folded)
        self.back.setVisible(one and panes.shows_page)
        self.article.setVisible(panes.shows_page)
        self.library.setVisible(not one or not panes.shows_page)
        self.more_of_list.setVisible(one)
        self._layout.setStretch(0, int(one))
        if one:
            self.library.setMinimumWidth(0)
            self.library.setMaximumWidth(NO_LIMIT)
        else:
            area = panes.page.geometry()
            ltr = panes.layoutDirection() is _LTR
            before = area.left() if ltr else panes.width() - area.right() - 1
            least = 2 * _MARGIN + self.library.needed([*self.library.buttons])
            self.library.setFixedWidth(max(before, least))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.follow()
        return super().eventFilter(watched, event)
