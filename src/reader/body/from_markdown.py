"""Read a body from Markdown, through the HTML that Python-Markdown produces.

Raw HTML in it is treated as safely as any page. Input that the parser cannot handle, such as
thousands of nested quotes, is shown as plain paragraphs: nothing is lost.
"""

import logging
import re
from typing import Any

from reader.body import clean
from reader.body.blocks import Body, Paragraph, Text
from reader.body.from_html import FindPicture, from_html, library_picture

_EXTENSIONS = ["pymdownx.tilde", "pymdownx.mark", "pymdownx.magiclink"]
_SETTINGS: dict[str, dict[str, Any]] = {
    "pymdownx.tilde": {"subscript": False},
    "pymdownx.magiclink": {"hide_protocol": False},
}
_log = logging.getLogger(__name__)


def from_markdown(text: str, *, picture: FindPicture = library_picture, address: str = "") -> Body:
    """Return the body of a Markdown text without front matter."""
    text = clean.text(text).expandtabs(4)
    try:
        html = _html(text)
    except Exception:  # its parser fails on some input, such as thousands of nested elements
        _log.info("a text is shown plain, because its Markdown could not be parsed")
        return _plain(text)
    return from_html(html, picture=picture, address=address, whole=True)


def _html(text: str) -> str:
    from markdown import Markdown

    from reader.body.commonmark import CommonMark

    made = Markdown(extensions=[*_EXTENSIONS, CommonMark()], extension_configs=_SETTINGS)
    return made.convert(text)


def _plain(text: str) -> Body:
    paragraphs = re.split(r"\n[>\s]*\n", text)
    texts = (" ".join(paragraph.replace(">", " ").split()) for paragraph in paragraphs)
    return Body(tuple(Paragraph((Text(paragraph),)) for paragraph in texts if paragraph))
