"""Repairing the text of an article: clean-up, extraction, missing pictures, older versions."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget

from reader import phrases
from reader.errors import IngestError
from reader.gui.cleanup.originals import Originals
from reader.gui.context import Context
from reader.gui.viewer import links
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.dialogs import chosen, passing
from reader.model import Article, ImportResult, Outcome
from reader.progress import Report
from reader.reasons import OVERRIDABLE, Reason

if TYPE_CHECKING:
    from reader.gui.cleanup.page import CleanupEditor
    from reader.ingest.reprocess import Cleaning

_NOT_KEPT = "The original page of this article was not stored, so its text stays as it is."


class Cleanup:
    """Repairs the text of the open article; every change is an undo step.

    ``column`` is the widget around the viewer, in which the clean-up page replaces it.
    """

    def __init__(self, context: Context, viewer: Viewer, column: QWidget) -> None:
        self._context = context
        self._library = context.library
        self._jobs = context.jobs
        self._messages = context.messages
        self._images = context.images
        self._history = context.history
        self._viewer = viewer
        self._column = column
        self.originals = Originals()
        self.editor: CleanupEditor | None = None
        viewer.left.connect(self._finish)
        viewer.zoom_changed.connect(self._zoom)

    # ---- cleaning up

    def clean_up(self) -> None:
        """Show all blocks of the page of the article, to remove and restore them."""
        from reader.ingest import reprocess

        article = self._article()
        if article is not None and self.editor is None:
            work = partial(reprocess.begin, self._library, article.id)
            self._jobs.start("Opening the page", work, self._clean)

    def _clean(self, cleaning: "Cleaning") -> None:
        from reader.gui.cleanup.page import CleanupEditor
        from reader.ingest.urls import site_of

        if self._viewer.article_id != cleaning.article.id or self.editor is not None:
            return
        site = site_of(cleaning.article.url)
        viewer = self._viewer
        self.editor = CleanupEditor(cleaning, self._images, viewer.look, viewer.zoom, site)
        self.editor.done.connect(self._finish)
        self.editor.cancelled.connect(self._cancel)
        layout = self._column.layout()
        assert layout is not None
        layout.addWidget(self.editor)
        viewer.hide()
        self.editor.page.setFocus()

    def _finish(self) -> None:
        """Save the edited text, also if the user goes on to another article."""
        editor = self.editor
        if editor is None:
            return
        self._close()
        if not editor.changed:
            return
        from reader.ingest import reprocess  # not sooner: this loads what downloads pages

        work = partial(
            reprocess.finish, self._library, editor.cleaning, list(editor.page.kept), editor.edit(),
            for_site=editor.for_site.isChecked(),
        )  # fmt: skip
        title = editor.cleaning.article.title
        self._jobs.start("Cleaning up", work, partial(self._cleaned, title))

    def _cleaned(self, title: str, note: str) -> None:
        self._history.tell_undoable(" ".join(filter(None, (f"Cleaned up “{title}”.", note))))
        self._history.changed.emit()

    def _cancel(self) -> None:
        """Close the page; ask first if there are corrections."""
        if self.editor is None or not self.editor.changed:
            self._close()
            return
        ask, window = "Save your corrections of this article?", self._context.window
        answer = chosen(window, ask, "The page has changed.", ("Save", "Discard", "Keep Editing"))
        if answer == "Save":
            self._finish()
        elif answer == "Discard":
            self._close()

    def _close(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.hide()
            editor.deleteLater()
            self._viewer.show()
            self._viewer.setFocus()

    def _zoom(self, zoom: float) -> None:
        if self.editor is not None:
            self.editor.page.set_zoom(zoom)

    def open_rules(self) -> None:
        """Show the rules for sites, to edit and test them."""
        from reader.gui.cleanup.rules_dialog import RulesDialog

        article = self._article()
        dialog = RulesDialog(self._context, article.url if article else "")
        dialog.file_wanted.connect(self.open_rules_file)
        with passing(dialog):
            pass

    def open_rules_file(self) -> None:
        """Open the file of site rules in a text editor, and show the first error in it."""
        from reader.ingest import rules

        folder = self._library.folder
        try:
            if not (folder / rules.FILE).exists():
                rules.remember(folder, "", rules.Rules())
            wrong = [rule for rule in rules.read(folder) if rule.trouble]
        except IngestError as error:
            self._messages.warn(str(error))
            return
        if wrong:
            self._messages.warn(f"Line {wrong[0].line} of the rules: {wrong[0].trouble}")
        links.open_file(folder / rules.FILE, self._messages)

    # ---- the whole text

    def offer(self) -> None:
        """Offer to show the whole page if the article may be incomplete."""
        text = "Parts of this article may be missing."
        self._messages.tell(text, "Show Whole Page", self.whole_page)

    def whole_page(self) -> None:
        """Replace the article by the text of its whole page."""
        from reader.ingest import reprocess

        def shown(changed: int) -> None:
            if changed:
                self._history.tell_undoable("This is the text of the whole page.")
                self._history.changed.emit()
            else:
                self._messages.tell(_NOT_KEPT)

        article = self._article()
        if article is not None:
            self._jobs.write(partial(reprocess.whole_page, self._library, article.id), shown)

    def extract_again(self) -> None:
        """Extract the article from its stored page again."""
        from reader.ingest import reprocess

        def done(result: ImportResult) -> None:
            row = result.rows[0]
            note = phrases.remarks(row.remarks)
            if row.outcome is Outcome.UPDATED:
                self._history.tell_undoable(f"Extracted again: {note}.")
                self._history.changed.emit()
            elif row.reasons & OVERRIDABLE:
                self._messages.warn(f"The text stays: {note}.", "Take It Anyway", anyway)
            elif Reason.NO_PAGE in row.reasons:
                self._messages.tell(_NOT_KEPT)
            else:
                self._messages.tell(f"The text stays: {note}." if note else "The text is the same.")

        def start(anyway: bool) -> None:
            def work(report: Report) -> ImportResult:
                return reprocess.extract_again(self._library, [id], report, anyway=anyway)

            self._jobs.start("Extracting", work, done)

        article = self._article()
        if article is not None:
            id, anyway = article.id, partial(start, True)
            start(False)

    def show_versions(self) -> None:
        """Let the user choose an older version of the text."""
        from reader.gui.cleanup.versions_dialog import VersionsDialog

        article = self._article()
        if article is None or not self._library.texts.versions(article.id):
            self._messages.tell("This article has no older texts.")
            return
        dialog = VersionsDialog(self._context, article, self._viewer.look)
        with passing(dialog) as accepted:
            chosen = dialog.chosen
        if accepted:
            self._jobs.write(lambda: self._library.texts.use(article.id, chosen), self._used)

    def _used(self, changed: int) -> None:
        if changed:
            self._history.tell_undoable("The chosen text is shown.")
        self._history.changed.emit()

    # ---- pictures and files

    def fetch_missing(self) -> None:
        """Download the missing pictures of the article."""
        article = self._article()
        if article is None:
            return

        def work(report: Report) -> ImportResult:
            from reader.ingest.reprocess import fetch_missing

            return fetch_missing(self._library, [article.id], report)

        def done(result: ImportResult) -> None:
            row = result.rows[0]
            note = phrases.remarks(row.remarks)
            self._history.changed.emit()
            if row.outcome is Outcome.FAILED:
                self._messages.warn(f"{note}.", "Try Again", self.fetch_missing)
            elif row.outcome is Outcome.UPDATED:
                self._messages.tell("All pictures are downloaded.")
            else:
                self._messages.tell(f"{note}.".capitalize())

        self._jobs.start("Downloading pictures", work, done)

    def open_original(self, article: Article | None = None) -> None:
        """Open the original file of an article in another program, or else its URL.

        It is the open article if None.
        """
        article = article or self._article()
        if article is None:
            return
        source = self._library.texts.source(article.id) if article.html else None
        from reader.ingest.attachments import ENDINGS, is_attachment

        if source is not None and is_attachment(source.media_type):
            name = f"article-{article.id}{ENDINGS.get(source.media_type, '.bin')}"
            try:
                links.open_file(self.originals.put(name, source.data), self._messages)
            except OSError as error:
                self._messages.warn(
                    f"The original could not be opened: {error.strerror}. The article is unchanged."
                )
        elif QUrl(article.url).isLocalFile():
            links.open_file(Path(QUrl(article.url).toLocalFile()), self._messages)
        elif article.url.startswith(("http://", "https://")):
            links.follow(article.url, self._messages)
        else:
            self._messages.tell("This article was pasted; there is no original to open.")

    def _article(self) -> Article | None:
        return self._viewer.article
