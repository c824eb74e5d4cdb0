"""A list of articles as the bookmarks of Netscape, which browsers and services read.

Unread articles stand first, the archive in a folder of its own.
"""

from collections.abc import Iterator
from html import escape
from typing import IO

from reader.exporting.lists import listed, seconds
from reader.exporting.pieces import Work
from reader.library.imports.known import Listed
from reader.model import State
from reader.outcomes import ImportRow

_START = (
    '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV="Content-Type" CONTENT="text/html; '
    'charset=UTF-8">\n<TITLE>{0}</TITLE>\n<H1>{0}</H1>\n<DL><p>\n'
)
_ARCHIVE = "<DT><H3>Archived</H3>\n<DL><p>\n"
_END = "</DL><p>\n"


def write(work: Work, file: IO[bytes]) -> Iterator[ImportRow]:
    """Write the list; yield the row of each article."""
    archived = []
    file.write(_START.format(escape(work.wanted.title or "Articles")).encode("utf-8", "replace"))
    for article, row in listed(work):
        if article is not None and article.state is State.ARCHIVE:
            archived.append(_bookmark(article))
        elif article is not None:
            file.write(_bookmark(article))
        yield row
    if archived:
        file.writelines((_ARCHIVE.encode(), *archived, _END.encode()))
    file.write(_END.encode())


def _bookmark(article: Listed) -> bytes:
    attributes = {
        "HREF": article.url,
        "ADD_DATE": seconds(article.added_at),
        "TAGS": ",".join(tag.replace(",", " ") for tag in article.tags),
        "FAVOURITE": "1" if article.favourite else "",
    }
    told = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    unread = int(article.state is State.QUEUE)
    title = escape(" ".join(article.title.split()) or article.url, quote=False)
    lines = [f'<DT><A{told} TOREAD="{unread}">{title}</A>']
    if about := _about(article):
        lines.append(f"<DD>{escape(about, quote=False)}")
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _about(article: Listed) -> str:
    """Return the description of the page, and the notes of the user marked as linkding does."""
    notes = "\n\n".join(article.notes)
    marked = f"[linkding-notes]{notes}[/linkding-notes]" if notes else ""
    return " ".join(article.excerpt.split()) + marked
