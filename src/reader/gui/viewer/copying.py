"""Copying: the selection, the article as Markdown, a quote with its source, and links."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QGuiApplication

from reader.body.blocks import Body, Heading, Paragraph, Text
from reader.body.excerpt import portable
from reader.body.from_html import body_of
from reader.body.to_html import to_html
from reader.body.to_text import runs_text, to_text
from reader.document.selected import selected
from reader.gui.context import Context
from reader.gui.viewer import links
from reader.model import Article

if TYPE_CHECKING:
    from reader.gui.viewer.viewer import Viewer

MARKDOWN = "text/markdown"
_SPACES = str.maketrans("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", "  ")


class Copying(QObject):
    """Copies to the clipboard, and names the copied thing in a message."""

    def __init__(self, context: Context, viewer: "Viewer") -> None:
        super().__init__(viewer)
        self._messages = context.messages
        self._viewer = viewer

    def copy_markdown(self) -> None:
        """Copy the selection as Markdown, or the whole article if nothing is selected."""
        if self._viewer.textCursor().hasSelection():
            self._put_markdown(_markdown(excerpt(self._viewer)))
            self._messages.tell("Selection copied as Markdown.")
        elif (article := self._viewer.article) is not None:
            self._put_markdown(_markdown(_whole(article)))
            self._messages.tell("Article copied as Markdown.")

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

    def copy_link(self) -> None:
        """Copy the URL of the article, with its title for programs that take links."""
        article = self._viewer.article
        if article is None:
            return
        if not address_of(article):
            self._messages.tell("This article did not come from the web, so it has no link.")
            return
        self.copy_address(address_of(article), article.title)
        self._messages.tell("Link copied.")

    def copy_address(self, address: str, text: str) -> None:
        """Copy an address, with its text for programs that take links."""
        data = QMimeData()
        data.setText(address)
        data.setHtml(f'<a href="{escape(address)}">{escape(text or address)}</a>')
        data.setData(MARKDOWN, _markdown(_linked(text or address, address)).rstrip().encode())
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
    address = links.handed_on(QUrl(article.url))
    return address if address.startswith("http") else ""


def _whole(article: Article) -> Body:
    """Return the body of an article under its title."""
    body = body_of(article.html)
    first = next(iter(body.blocks), None)
    if isinstance(first, Heading) and runs_text(first.runs) == article.title:
        return body
    return body._replace(blocks=(Heading(1, (Text(article.title),)), *body.blocks))


def _source(article: Article) -> Body:
    return _linked(article.title, address_of(article))


def _linked(text: str, address: str) -> Body:

    return Body((Paragraph((Text(text, link=address),)),))


def _markdown(body: Body) -> str:
    from reader.body.to_markdown import to_markdown  # only if something is copied

    return to_markdown(body, lambda picture: picture.address)
