"""What keeps articles whole: cleaned up, completed, their older texts, the library's health."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget

from reader import phrases
from reader.damage import REPAIRABLE, Damage, entries, sentences
from reader.document.images import Pictures
from reader.errors import IngestError
from reader.gui import links
from reader.gui.dialogs import passing
from reader.gui.jobs import Jobs
from reader.gui.messages import MessageBar
from reader.gui.originals import Originals
from reader.gui.plain import message_box
from reader.gui.viewer import Viewer
from reader.library.library import Library
from reader.model import Article, ImportResult, Outcome
from reader.progress import Report
from reader.reasons import OVERRIDABLE, Reason

if TYPE_CHECKING:
    from reader.gui.clean_up import CleanUp
    from reader.ingest.reprocess import Cleaning

_NOT_KEPT = "The page of this article is not kept; there is nothing to look at again."
_DAMAGED = "The library is damaged: something in it could not be read. Nothing is written to it."


class Care:
    """Mends the article on the page; every change is a step that ``undo`` takes back.

    ``column`` is where the page stands: while it is cleaned up another one takes its place.
    ``done`` is called when the library is another than before.
    """

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        messages: MessageBar,
        viewer: Viewer,
        pictures: Pictures,
        column: QWidget,
        done: Callable[[], None],
        undo: Callable[[], None],
    ) -> None:
        self._library = library
        self._jobs = jobs
        self._messages = messages
        self._viewer = viewer
        self._pictures = pictures
        self._column = column
        self._done = done
        self._undo = undo
        self.originals = Originals()
        self.cleaning: CleanUp | None = None
        self.is_to_be_mended = False
        self.accepts_loss = False
        self._is_told = False
        viewer.left.connect(self._keep_cleaning)
        viewer.zoom_changed.connect(self._zoom)

    # ---- cleaning up

    def clean_up(self) -> None:
        """Show everything that was on the page of the article, to take out and bring back."""
        from reader.ingest import reprocess

        article = self._article()
        if article is not None and self.cleaning is None:
            work = partial(reprocess.begin, self._library, article.id)
            self._jobs.start("Opening the page", work, self._clean)

    def _clean(self, begun: "Cleaning") -> None:
        from reader.gui.clean_up import CleanUp
        from reader.ingest.urls import site_of

        if self._viewer.article_id != begun.article.id or self.cleaning is not None:
            return
        site = site_of(begun.article.url)
        viewer = self._viewer
        self.cleaning = CleanUp(begun, self._pictures, viewer.look, viewer.zoom, site)
        self.cleaning.done.connect(self._keep_cleaning)
        self.cleaning.cancelled.connect(self._close)
        layout = self._column.layout()
        assert layout is not None
        layout.addWidget(self.cleaning)
        viewer.hide()
        self.cleaning.page.setFocus()

    def _keep_cleaning(self) -> None:
        """Keep what was cleaned up, also where the person goes on to another article."""
        from reader.ingest import reprocess

        open = self.cleaning
        if open is None:
            return
        self._close()
        if not open.changed:
            return
        work = partial(
            reprocess.finish, self._library, open.begun, list(open.page.kept), open.edit(),
            for_site=open.for_site.isChecked(),
        )  # fmt: skip
        title = open.begun.article.title
        self._jobs.start("Cleaning up", work, partial(self._cleaned, title))

    def _cleaned(self, title: str, note: str) -> None:
        self._messages.tell(
            " ".join(filter(None, (f"Cleaned up “{title}”.", note))), "Undo", self._undo
        )
        self._done()

    def _close(self) -> None:
        open, self.cleaning = self.cleaning, None
        if open is not None:
            open.hide()
            open.deleteLater()
            self._viewer.show()
            self._viewer.setFocus()

    def _zoom(self, zoom: float) -> None:
        if self.cleaning is not None:
            self.cleaning.page.set_zoom(zoom)

    def open_rules(self) -> None:
        """Open the file of rules for sites in whatever edits text, and say what is wrong in it."""
        from reader.ingest import rules

        folder = self._library.folder
        try:
            if not (folder / rules.FILE).exists():
                rules.remember(folder, "", rules.Rules())
            wrong = [each for each in rules.read(folder) if each.trouble]
        except IngestError as error:
            self._messages.warn(str(error))
            return
        if wrong:
            self._messages.warn(f"Line {wrong[0].line} of the rules: {wrong[0].trouble}")
        links.open_file(folder / rules.FILE, self._messages)

    # ---- the text as a whole

    def offer(self) -> None:
        """Offer to look at the page where its article may not be the right one."""
        said = "This page was hard to read: something may be missing."
        self._messages.tell(said, "Show Whole Page", self.whole_page)

    def whole_page(self) -> None:
        """Show all that the page said instead of the article found in it."""
        from reader.ingest import reprocess

        def shown(changed: int) -> None:
            if changed:
                self._messages.tell("This is all that the page says.", "Undo", self._undo)
                self._done()
            else:
                self._messages.tell(_NOT_KEPT)

        article = self._article()
        if article is not None:
            self._jobs.write(partial(reprocess.whole_page, self._library, article.id), shown)

    def extract_again(self) -> None:
        """Find the article in its kept page once more."""
        from reader.ingest import reprocess

        def done(result: ImportResult) -> None:
            row = result.rows[0]
            note = phrases.remarks(row.remarks)
            if row.outcome is Outcome.UPDATED:
                self._messages.tell(f"Extracted again: {note}.", "Undo", self._undo)
                self._done()
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

    def older_texts(self) -> None:
        """Show the texts the article has had, to choose one."""
        from reader.gui.texts_dialog import TextsDialog

        article = self._article()
        found = self._library.versions(article.id) if article is not None else []
        if article is None or not found:
            self._messages.tell("This article has had one text only.")
            return
        text_of = partial(self._library.text_of, article.id)
        dialog = TextsDialog(
            article, found, text_of, self._pictures, self._viewer.look, self._column.window()
        )
        with passing(dialog) as agreed:
            chosen = dialog.chosen
        if agreed:
            self._jobs.write(lambda: self._library.use_version(article.id, chosen), self._used)

    def _used(self, changed: int) -> None:
        if changed:
            self._messages.tell("An older text is shown.", "Undo", self._undo)
        self._done()

    # ---- pictures and files

    def fetch_missing(self) -> None:
        """Fetch the pictures of the article that are not at home."""
        article = self._article()
        if article is None:
            return

        def work(report: Report) -> ImportResult:
            from reader.ingest.reprocess import fetch_missing

            return fetch_missing(self._library, [article.id], report)

        def done(result: ImportResult) -> None:
            row = result.rows[0]
            note = phrases.remarks(row.remarks)
            self._done()
            if row.outcome is Outcome.FAILED:
                self._messages.warn(f"{note}.", "Try Again", self.fetch_missing)
            elif row.outcome is Outcome.UPDATED:
                self._messages.tell("All pictures are at home.")
            else:
                self._messages.tell(f"{note}.".capitalize())

        self._jobs.start("Fetching pictures", work, done)

    def open_original(self) -> None:
        """Open the file an article was kept with in another program, else its address."""
        article = self._article()
        if article is None:
            return
        source = self._library.source(article.id) if article.html else None
        from reader.ingest.attachments import ENDINGS, is_attachment

        if source is not None and is_attachment(source.media_type):
            name = f"article-{article.id}{ENDINGS.get(source.media_type, '.bin')}"
            try:
                links.open_file(self.originals.put(name, source.data), self._messages)
            except OSError as error:
                self._messages.warn(f"The original could not be written: {error.strerror}.")
        elif QUrl(article.url).isLocalFile():
            links.open_file(Path(QUrl(article.url).toLocalFile()), self._messages)
        elif article.url.startswith(("http://", "https://")):
            links.follow(article.url, self._messages)
        else:
            self._messages.tell("This article was pasted; there is no original to open.")

    # ---- the library

    def check_library(self, checked_at: str, keep: Callable[[str], Any]) -> None:
        """Look for damage in the background, once a day; ``keep`` is told which day it was."""
        today = time.strftime("%Y-%m-%d")
        if checked_at != today and not self._library.is_damaged:
            keep(today)
            self.check()

    def check(self) -> None:
        """Look for damage in the background."""
        self._jobs.start("Checking the library", self._library.check, self._checked)

    def _checked(self, found: tuple[Damage, ...]) -> None:
        if found:
            can_repair = any(each.kind in REPAIRABLE for each in found)
            self.tell_of_damage(" ".join(sentences(found)[:3]), can_repair=can_repair)

    def tell_of_damage(
        self, text: str = _DAMAGED, *, can_repair: bool = True, lost: int = 0
    ) -> None:
        """Say once what is damaged, with a way to repair it, and what that would leave out."""
        if self._is_told:
            return
        self._is_told = True
        if lost:
            label = f"Repair and Leave Out {entries(lost).title()}…"
            self._messages.warn(text, label, lambda: self._ask_to_leave_out(label))
        elif can_repair:
            self._messages.warn(text, "Try to Repair", self.mend)
        else:
            self._messages.warn(text)

    def mend(self) -> None:
        """Repair the library: the window is closed and opened again for it."""
        self.is_to_be_mended = True
        self._column.window().close()

    def _ask_to_leave_out(self, label: str) -> None:
        more = "The damaged file is kept beside it, and Reader can write to the library again."
        box = message_box(self._column.window(), f"{label.rstrip('…')}?", more)
        box.setIcon(box.Icon.Question)
        repair = box.addButton("Repair", box.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(box.StandardButton.Cancel))
        box.exec()
        box.deleteLater()
        self.accepts_loss = box.clickedButton() is repair
        if self.accepts_loss:
            self.mend()

    def _article(self) -> Article | None:
        return self._viewer.article
