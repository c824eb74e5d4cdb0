"""The text that a page gives as data, ``articleBody`` of schema.org, if it shows none itself."""

import re
from html import escape, unescape

from reader.ingest.extract.linked_data import article_data
from reader.ingest.extract.measure import Element

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_LINES = re.compile(r"\s*[\r\n]\s*")


def tells_body(html: str) -> bool:
    """Return whether a page gives its text as data, at no great cost."""
    return '"articleBody"' in html


def told_body(root: Element, address: str) -> str:
    """Return the text of the article that a page gives as data, as HTML, ``""`` if none."""
    text = article_data(root, address).get("articleBody")
    if not isinstance(text, str):
        return ""
    lines = _LINES.split(unescape(_TAG.sub("\n", text)).strip())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)
