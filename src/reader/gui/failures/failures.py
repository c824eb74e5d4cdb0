"""Articles whose text did not come: their page, and the ways to a text."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from reader import phrases
from reader.gui.context import Context
from reader.gui.failures.page import FailurePage
from reader.gui.viewer import links
from reader.gui.viewer.viewer import Viewer
from reader.model import Article, ImportResult, Outcome, State
from reader.progress import Report

_NOTHING = "There is no text on the clipboard. Copy the article in your browser, then try again."


class Failures(QObject):
    """Shows the page of the open article while it has no text."""

    def __init__(self, context: Context, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._context = context
        self._library = context.library
        self._jobs = context.jobs
        self._article: Article | None = None
        self._asked = 0
        self.page = FailurePage(viewer)
        self.page.wanted.connect(self._go)
        self._jobs.changed.connect(self._show_progress)

    def show(self, article: Article | None) -> None:
        """Show the page of an article without a text; give way to any other."""
        self._article = article if article is not None and not article.html else None
        if self._article is None:
            self.page.give_way()
        else:
            self._show(self._article)
            self._fetch_opened(self._article)

    def _fetch_opened(self, article: Article) -> None:
        """Fetch the text of an article that waits to be opened."""
        wanted = self._context.settings.value.download_waiting and not self._library.read_only
        if wanted and not self._is_busy(article) and article.id != self._asked:
            self._asked = article.id
            if self._library.downloads.later.is_wanted_when_opened(article.id):
                self._download(article)

    def _show_progress(self) -> None:
        """Show whether the article is being downloaded, if that has changed."""
        if self._article is not None and self._is_busy(self._article) != self.page.busy:
            self._show(self._article)

    def _show(self, article: Article) -> None:
        busy, can_change = self._is_busy(article), not self._library.read_only
        self.page.show_article(article, busy=busy, can_change=can_change)

    def _is_busy(self, article: Article) -> bool:
        """Return whether a job is going to download an article, and has not tried it yet."""
        tried_at = article.failure.tried_at if article.failure else ""
        return any(
            article.id in job.articles and tried_at <= job.began_at for job in self._jobs.running
        )

    # ---- the ways to a text

    def _go(self, way: str) -> None:
        ways: dict[str, Callable[[Article], None]] = {
            "again": self._download,
            "browser": lambda article: links.follow(article.url, self._context.messages),
            "snapshot": self._look_in_archive,
            "paste": self._paste,
            "plain": self._download_plain,
            "remove": self._remove,
        }
        if self._article is not None:
            ways[way](self._article)

    def _download(self, article: Article) -> None:
        from reader.ingest.web import download

        self._start("Downloading", partial(download, self._library, [article.id]), article)

    def _download_plain(self, article: Article) -> None:
        from reader.ingest.alternatives import unencrypted
        from reader.ingest.web import download

        get = unencrypted(article.url)
        work = partial(download, self._library, [article.id], get=get)
        self._start("Downloading", work, article)

    def _look_in_archive(self, article: Article) -> None:
        from reader.ingest.snapshots import add_snapshots

        work = partial(add_snapshots, self._library, [article.id])
        self._start("Looking in the Internet Archive", work, article, tells=True)

    def _start(
        self,
        title: str,
        work: Callable[[Report], ImportResult],
        article: Article,
        *,
        tells: bool = False,
    ) -> None:
        def done(result: ImportResult) -> None:
            row = result.rows[0]
            if row.outcome is Outcome.FAILED:
                self._context.messages.warn(sentence(phrases.remarks(row.remarks)))
            elif tells:
                self._context.messages.tell(sentence(phrases.remarks(row.remarks)))
            self._context.history.changed.emit()

        self._jobs.start(title, work, done, articles=[article.id])

    def _paste(self, article: Article) -> None:
        from reader.ingest.alternatives import use_text

        mime = QGuiApplication.clipboard().mimeData()
        html = mime.html() if mime and mime.hasHtml() else ""
        text = html if html.strip() else mime.text() if mime else ""
        if not text.strip():
            self._context.messages.tell(_NOTHING)
            return
        kind = "html" if html.strip() else ""
        self._context.history.run(partial(use_text, self._library, article.id, text, kind=kind))

    def _remove(self, article: Article) -> None:
        change = partial(self._library.set_state, [article.id], State.TRASH)
        self._context.history.run(change)


def sentence(remarks: str) -> str:
    """Return remarks as a sentence."""
    return f"{remarks[:1].upper()}{remarks[1:].rstrip('.')}."
