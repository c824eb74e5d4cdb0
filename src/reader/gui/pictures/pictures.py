"""Enlarging pictures of the page: which, and what is done with one."""

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDrag, QTextCursor

from reader.document.picture_list import Pictured, pictures_of
from reader.gui.context import Context
from reader.gui.pictures.enlarged import Enlarged
from reader.gui.viewer.saved_pictures import Put, SavedPictures
from reader.gui.viewer.viewer import Viewer


class EnlargedPictures(QObject):
    """Opens pictures of the page over the window; the page below stays as it is."""

    def __init__(self, context: Context, viewer: Viewer, put: Put) -> None:
        super().__init__(viewer)
        self._messages, self._viewer = context.messages, viewer
        self.view = Enlarged(context.window, context.images)
        self._saved = SavedPictures(context._replace(messages=self.view.messages), put)
        self.view.copy_wanted.connect(lambda picture: self._saved.copy(picture.name))
        self.view.save_wanted.connect(self._save)
        self.view.drag_wanted.connect(self._drag)
        self.view.link_wanted.connect(self._follow)
        viewer.left.connect(self.view.close_view)
        viewer.grown.connect(lambda: self.view.extend(self._pictures()))

    def enlarge(self, position: int) -> None:
        """Enlarge the picture at a position of the document."""
        pictures = self._pictures()
        at = next((n for n, each in enumerate(pictures) if each.position == position), None)
        article = self._viewer.article
        if at is not None and article is not None:
            title, rtl = article.title, self._viewer.is_rtl
            self.view.open_view(pictures, at, title, rtl=rtl)

    def enlarge_nearest(self) -> None:
        """Enlarge the selected picture, the first one that is seen, or the next one."""
        pictures = self._pictures()
        if not pictures:
            self._messages.tell("This article has no pictures.")
            return
        self.enlarge(self._nearest(pictures).position)

    def _nearest(self, pictures: list[Pictured]) -> Pictured:
        cursor = self._viewer.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        chosen = (each for each in pictures if start <= each.position < end)
        seen = (each for each in pictures if self._is_seen(each))
        top = self._viewer.anchor().position
        below = (each for each in pictures if each.position >= top)
        return next(chosen, None) or next(seen, None) or next(below, pictures[-1])

    def _is_seen(self, picture: Pictured) -> bool:
        cursor = QTextCursor(self._viewer.page)
        cursor.setPosition(picture.position)
        return self._viewer.viewport().rect().intersects(self._viewer.cursorRect(cursor))

    def _pictures(self) -> list[Pictured]:
        return list(pictures_of(self._viewer.page))

    # ---- what is done with one

    def _title(self, picture: Pictured) -> str:
        article = self._viewer.article
        return picture.alt or picture.caption or (article.title if article else "")

    def _save(self, picture: Pictured) -> None:
        self._saved.save(picture.name, self._title(picture))

    def _drag(self, picture: Pictured) -> None:
        file = self._saved.lend(picture.name, self._title(picture)) if picture.name else None
        if file is None:
            return
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        drag = QDrag(self.view)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)

    def _follow(self, link: str) -> None:
        self.view.close_view()
        self._viewer.anchorClicked.emit(QUrl(link))
