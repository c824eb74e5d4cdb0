"""A page whole: its article, what is said of it, and how sure that is."""

from html import escape
from typing import NamedTuple

from reader.ingest.extract.about import PageAbout, about_of
from reader.ingest.extract.article import article_of
from reader.ingest.extract.page import parse

_EXCERPT = 1_000


class Page(NamedTuple):
    """What was found in a page: the article as clean HTML, what is said of it, and how sure."""

    about: PageAbout
    html: str
    unsure: bool


def extract(html: str, address: str = "", *, saved: bool = False) -> Page:
    """Return the article of a page; its links and pictures are absolute addresses.

    The pictures of a ``saved`` page keep their names.
    """
    root = parse(html)
    about = about_of(root, address)
    found = article_of(root, about.title, about.byline, address, saved=saved)
    if not about.excerpt:
        about = about._replace(excerpt=found.first[:_EXCERPT])
    return Page(about, found.html, found.unsure)


def marked(html: str, page: Page, *, whole: bool = True) -> str:
    """Return the HTML; where it may not be the article, or not come whole, a line of it says so."""
    said: list[str] = []
    if not whole:
        said.append("The page did not come whole: the end may be missing. Download it again.")
    if page.unsure:
        said.append(
            "This may not be all of the article, or more than it: the page was hard to read."
        )
    lines = "".join(f"<p><em>{escape(each)}</em></p>\n" for each in said)
    if not said or not html.startswith("<article"):
        return lines + html
    head, _, rest = html.partition("\n")
    return f"{head}\n{lines}{rest}"
