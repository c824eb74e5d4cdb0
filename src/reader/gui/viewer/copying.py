"""Copying: the selection, the article as Markdown, a quote with its source, and links."""

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QGuiApplication

from reader import phrases
from reader.body.blocks import Body, Paragraph, Text
from reader.body.excerpt import portable
from reader.body.to_html import to_html
from reader.body.to_text import to_text
from reader.document.selected import selected
from reader.gui.context import Context
from reader.gui.viewer import links
from reader.library.library import Library
from reader.model import Article
from reader.progress import Report

if TYPE_CHECKING:
    from reader.gui.viewer.viewer import Viewer

MARKDOWN = "text/markdown"
_SPACES = str.maketrans("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", "  ")


class Copying(QObject):
    """Copies to the clipboard, and names the copied thing in a message.

    ``chosen`` returns the ids of the articles that actions apply to.
    """

    def __init__(
        self, context: Context, viewer: "Viewer", chosen: Callable[[], Sequence[int]]
    ) -> None:
        super().__init__(viewer)
        self._library = context.library
        self._jobs = context.jobs
        self._messages = context.messages
        self._viewer = viewer
        self._chosen = chosen

    def copy_markdown(self) -> None:
        """Copy several selected articles as Markdown, or words of the page, or its article."""
        if len(ids := self._chosen()) > 1:
            self._copy_several(ids)
        elif self._viewer.textCursor().hasSelection():
            self._put_markdown(_markdown(excerpt(self._viewer)))
            self._messages.tell("Selection copied as Markdown.")
        elif (article := self._viewer.article) is not None:
            self._put_markdown(markdown_of(self._library, article.id))
            self._messages.tell("Article copied as Markdown.")

    def _copy_several(self, ids: Sequence[int]) -> None:
        """Copy articles as Markdown, with a line between two of them."""

        def work(report: Report) -> str:
            parts = []
            for done, id in enumerate(ids):
                report(done, len(ids), "")
                parts.append(markdown_of(self._library, id))
            return "\n---\n\n".join(parts)

        def done(text: str) -> None:
            self._put_markdown(text)
            self._messages.tell(f"{len(ids):,} articles copied as Markdown.")

        self._jobs.start("Copying", work, done)

    def copy_quote(self) -> None:
        """Copy the selection as a quote in Markdown, with a link to the article."""
        from reader.body.to_markdown import quoted

        article = self._viewer.article
        if article is None or not self._viewer.textCursor().hasSelection():
            self._messages.tell("Select the words to quote first.")
            return
        words = _markdown(excerpt(self._viewer)).rstrip("\n")
        self._put_markdown(f"{quoted(words)}\n\n— {_markdown(_source(article))}")
        self._messages.tell("Quote copied.")

    def copy_code(self, group: int) -> None:
        """Copy the code of a panel of the page, with its tabs and lines as they are."""
        QGuiApplication.clipboard().setText(self._viewer.page.code_of(group))
        self._messages.tell("Code copied.")

    def copy_link(self) -> None:
        """Copy the URLs of the articles, with their titles for programs that take links."""
        ids, article = self._chosen(), self._viewer.article
        if len(ids) > 1:
            self._copy_links(ids)
            return
        if article is None:
            return
        if not address_of(article):
            self._messages.tell("This article did not come from the web, so it has no link.")
            return
        self.copy_address(address_of(article), article.title)
        self._messages.tell("Link copied.")

    def _copy_links(self, ids: Sequence[int]) -> None:
        """Copy the links of several articles, one a line, and tell how many have none."""
        found = ((title, _handed_on(url)) for title, url in self._library.texts.addresses(ids))
        linked = [(address, title) for title, address in found if address]
        if not linked:
            self._messages.tell("These articles did not come from the web, so they have no links.")
            return
        self._put_links(linked)
        without = len(ids) - len(linked)
        more = f"; {without:,} did not come from the web" if without else ""
        self._messages.tell(f"{phrases.plural(len(linked), 'link')} copied{more}.")

    def copy_address(self, address: str, text: str) -> None:
        """Copy an address, with its text for programs that take links."""
        self._put_links([(address, text)])

    def _put_links(self, links: Sequence[tuple[str, str]]) -> None:
        named = [(address, text or address) for address, text in links]
        data = QMimeData()
        data.setText("\n".join(address for address, _ in named))
        html = (f'<a href="{escape(address)}">{escape(text)}</a>' for address, text in named)
        data.setHtml("<br>\n".join(html))
        items = (_markdown(_linked(text, address)).rstrip() for address, text in named)
        mark = "- " if len(named) > 1 else ""
        data.setData(MARKDOWN, "\n".join(f"{mark}{item}" for item in items).encode())
        QGuiApplication.clipboard().setMimeData(data)

    def _put_markdown(self, text: str) -> None:
        data = QMimeData()
        data.setText(text)
        data.setData(MARKDOWN, text.encode())
        QGuiApplication.clipboard().setMimeData(data)


def excerpt(viewer: "Viewer") -> Body:
    """Return the selected piece of the article."""
    return selected(viewer.page, viewer.textCursor(), viewer.all_parts)


def mime_of(viewer: "Viewer") -> QMimeData:
    """Return the selection as plain text, as rich text, and as Markdown."""
    body = excerpt(viewer)
    data = QMimeData()
    data.setText(to_text(body).translate(_SPACES))
    data.setHtml(to_html(portable(body)))
    data.setData(MARKDOWN, _markdown(body).encode())
    return data


def address_of(article: Article) -> str:
    """Return the URL of an article without user name and password, ``""`` if it has none."""
    return _handed_on(article.url)


def _handed_on(url: str) -> str:
    address = links.handed_on(QUrl(url))
    return address if address.startswith("http") else ""


def _source(article: Article) -> Body:
    return _linked(article.title, address_of(article))


def _linked(text: str, address: str) -> Body:

    return Body((Paragraph((Text(text, link=address),)),))


def markdown_of(library: Library, id: int) -> str:
    """Return an article as Markdown."""
    from reader.exporting import clipboard  # only if an article is copied

    return clipboard.markdown_of(library, id)


def _markdown(body: Body) -> str:
    from reader.body.to_markdown import to_markdown  # only if something is copied

    return to_markdown(body, lambda picture: picture.address)
