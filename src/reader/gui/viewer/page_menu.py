"""The context menu of the page: for the link, the picture and the words at its place."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, QPointF, QUrl, Signal
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu

from reader.document.formats import Mark, Role
from reader.document.picture_object import picture_at
from reader.document.portions import written
from reader.gui.context import Context
from reader.gui.viewer import links
from reader.gui.viewer.copying import Copying
from reader.gui.viewer.saved_pictures import SavedPictures
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.plain_text import caption, set_tip

_SELECTED = ("page.copy", "copy.markdown", "copy.quote", "find.find")
_PAGE = (
    ("copy.link", "article.open_original"),
    ("find.find", "page.zoom_in", "page.zoom_out"),
    ("article.read_later", "print.print", "export.show", "window.select_all"),
)
_LONGEST = 60
_WORDS = 30
_QUESTION = 200


class Place(NamedTuple):
    """The link, picture and words that a menu is about; each is ``""`` if it is not there.

    ``pictured`` is the position of the picture, None for a sign in a line; ``table`` is in
    a table, and ``code`` the group of lines of code.
    """

    link: str = ""
    picture: str = ""
    alt: str = ""
    words: str = ""
    pictured: int | None = None
    table: int | None = None
    code: int | None = None


class PageMenu(QObject):
    """Opens the menu; its signals are for other parts of the window."""

    link_saved = Signal(str)
    tab_wanted = Signal(str)
    search_wanted = Signal(str)
    enlarge_wanted = Signal(int)
    table_wanted = Signal(int)

    def __init__(
        self,
        context: Context,
        viewer: Viewer,
        actions: dict[str, QAction],
        copying: Copying,
        pictures: SavedPictures,
    ) -> None:
        super().__init__(viewer)
        self._messages, self._library = context.messages, context.library
        self._viewer = viewer
        self._actions = actions
        self._copying = copying
        self._pictures = pictures

    def open_at(self, at: QPoint) -> None:
        """Open the menu at a point of the page, in its middle if the point cannot be seen."""
        if self._viewer.article is None or QApplication.activePopupWidget() is not None:
            return
        area = self._viewer.viewport().rect()
        place = self.place(at)
        shown = at if area.contains(at) else area.center()
        menu = self.menu(place)
        menu.popup(self._viewer.viewport().mapToGlobal(shown))

    def place(self, at: QPoint) -> Place:
        """Return the place at a point; at the caret, its link is the one that has the focus."""
        viewer = self._viewer
        link = viewer.anchorAt(at)
        at_caret = at == viewer.cursorRect().center()
        if at_caret:
            link = _focused_link(viewer.textCursor()) or link
        point = viewer.to_document(QPointF(at))
        words = written(viewer.textCursor().selectedText())
        pictured = viewer.parts.picture_at(at)
        position = None if pictured is None else pictured.position
        inside = viewer.textCursor() if at_caret else viewer.cursorForPosition(at)
        table = inside.position() if inside.currentTable() else None
        picture = picture_at(viewer.page, point)
        return Place(link, *picture, " ".join(words.split()), position, table, _code(inside))

    def menu(self, place: Place) -> QMenu:
        """Return a menu; it is deleted when it is closed."""
        menu = QMenu(self._viewer)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        if place.link:
            self._add_link(menu, place.link)
        if (position := place.pictured) is not None:
            self._add(menu, "Enlarge Picture", lambda: self.enlarge_wanted.emit(position))
        if place.picture:
            self._add_picture(menu, place)
        if place.words:
            self._add_selection(menu, place.words)
        if (table := place.table) is not None:
            self._add(menu, "Open Table", lambda: self.table_wanted.emit(table))
            menu.addSeparator()
        if (code := place.code) is not None:
            self._add(menu, "Copy Code", lambda: self._copying.copy_code(code))
            menu.addSeparator()
        if menu.isEmpty():
            self._add_page(menu)
        return menu

    # ---- its parts

    def _add_link(self, menu: QMenu, link: str) -> None:
        url = QUrl(link)
        shown, address = links.described(url), links.handed_on(url)
        if shown:
            # Where it leads is to be seen before it is opened: the keyboard has no tool tips.
            self._add(menu, _elided(shown, _LONGEST), lambda: None, tip=shown).setEnabled(False)
        self._add(menu, "Open Link", lambda: self._viewer.anchorClicked.emit(url), tip=shown)
        if address.startswith("http") and self._library.find(address) is not None:
            self._add(menu, "Open in New Tab", lambda: self.tab_wanted.emit(link))
        elif address.startswith("http"):
            save = self._add(menu, "Save Link to Reader", lambda: self.link_saved.emit(address))
            set_tip(save, "Add the article it leads to")
        if address:
            self._add(menu, "Copy Link Address", lambda: self._copy_address(address))
        menu.addSeparator()

    def _copy_address(self, address: str) -> None:
        self._copying.copy_address(address.removeprefix("mailto:"), "")
        self._messages.tell("Link address copied.")

    def _add_picture(self, menu: QMenu, place: Place) -> None:
        name, article = place.picture, self._viewer.article
        title = place.alt or (article.title if article else "")
        self._add(menu, "Copy Picture", lambda: self._pictures.copy(name))
        self._add(menu, "Save Picture As…", lambda: self._pictures.save(name, title))
        self._add(menu, "Open Picture", lambda: self._pictures.open(name))
        menu.addSeparator()

    def _add_selection(self, menu: QMenu, words: str) -> None:
        menu.addActions([self._actions[name] for name in _SELECTED])
        if len(words) <= _WORDS:
            self._add(menu, f"Look Up “{words}”", self._actions["word.look_up"].trigger)
        shown = f"Search All Articles for “{_elided(words, _WORDS)}”"
        self._add(menu, shown, lambda: self.search_wanted.emit(_question(words)))
        menu.addSeparator()
        self._add(menu, "Select All", self._viewer.selectAll)

    def _add_page(self, menu: QMenu) -> None:
        for names in _PAGE:
            menu.addActions([self._actions[name] for name in names if name in self._actions])
            menu.addSeparator()

    def _add(
        self, menu: QMenu, text: str, handler: Callable[[], object], *, tip: str = ""
    ) -> QAction:
        action = menu.addAction(caption(text))
        action.triggered.connect(lambda _=False: handler())
        set_tip(action, tip)
        return action


def _focused_link(cursor: QTextCursor) -> str:
    """Return the link whose text is selected, as Tab selects it."""
    if not cursor.hasSelection():
        return ""
    found = set()
    for position in (cursor.selectionStart() + 1, cursor.selectionEnd()):
        inside = QTextCursor(cursor.document())
        inside.setPosition(position)
        found.add(inside.charFormat().anchorHref())
    return found.pop() if len(found) == 1 else ""


def _code(cursor: QTextCursor) -> int | None:
    """Return the group of the lines of code at a cursor, None if it is elsewhere."""
    form = cursor.blockFormat()
    is_code = form.intProperty(Mark.ROLE) == Role.CODE
    return form.intProperty(Mark.GROUP) if is_code else None


def _elided(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _question(words: str) -> str:
    """Return the search for words in this order, at most as many as one would type."""
    short = words if len(words) <= _QUESTION else words[:_QUESTION].rsplit(" ", 1)[0]
    return '"' + short.replace('"', " ") + '"'
