"""Opening tables of the page in windows of their own."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtWidgets import QFileDialog

from reader.body.to_text import runs_text
from reader.document.tables import FittedTable
from reader.file_names import plain
from reader.gui.context import Context
from reader.gui.tables.sheet import Sheet, sheet_of
from reader.gui.viewer.viewer import Viewer
from reader.progress import Report

if TYPE_CHECKING:
    from reader.gui.tables.window import TableWindow


class Tables(QObject):
    """Opens the tables of the page; a window stays when another article is opened."""

    def __init__(self, context: Context, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._context, self._viewer = context, viewer

    def open_at(self, position: int) -> None:
        """Open the table at a position of the document, if there is one."""
        table = self._viewer.page.table_at(position)
        if table is not None:
            self._open(table)

    def open_nearest(self) -> None:
        """Open the table at the cursor, the first one that is seen, or the next one."""
        table = self._nearest()
        if table is None:
            self._context.messages.tell("This article has no tables.")
        else:
            self._open(table)

    def _nearest(self) -> FittedTable | None:
        tables, viewer = self._viewer.page.tables, self._viewer
        chosen = viewer.textCursor()
        if chosen.hasSelection() and (at := viewer.page.table_at(chosen.selectionStart())):
            return at
        top = viewer.anchor().position
        below = (each for each in tables if each.portions[-1].lastPosition() >= top)
        return next(below, tables[-1] if tables else None)

    def _open(self, table: FittedTable) -> None:
        article = self._viewer.article
        block, rtl = table.block, self._viewer.is_rtl
        words = " ".join(runs_text(block.caption).split())
        title = words or (article.title if article else "")

        def work(report: Report) -> Sheet:
            return sheet_of(block, report)

        self._context.jobs.start(
            "Opening the table", work, lambda sheet: self._show(sheet, title, rtl)
        )

    def _show(self, sheet: Sheet, title: str, rtl: bool) -> None:
        from reader.gui.tables.window import TableWindow

        name = title if len(title) <= 120 else f"{title[:119]}…"
        window = TableWindow(sheet, f"Table: {name}", rtl=rtl, parent=self._context.window)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.link_wanted.connect(lambda link: self._viewer.anchorClicked.emit(QUrl(link)))
        window.save_wanted.connect(lambda text: self._save(window, text, title))
        window.show()

    def _save(self, window: "TableWindow", text: str, title: str) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            window, "Save Table As", plain(title, ".csv", untitled="Table"), "CSV (*.csv)"
        )
        if not chosen:
            return
        file = Path(chosen)
        file = file if file.suffix else file.with_suffix(".csv")
        try:
            file.write_text(text, encoding="utf-8-sig", errors="replace", newline="")
        except OSError as error:
            reason = error.strerror or error
            window.messages.warn(f"The table could not be saved: {reason}.")
        else:
            window.messages.tell(f"Table saved as {file.name}.")
