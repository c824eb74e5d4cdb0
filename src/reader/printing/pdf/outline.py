"""The outline of a PDF."""

from collections.abc import Sequence
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name


class Bookmark(NamedTuple):
    """A line of the outline: its level, text, page from 0, and position in points."""

    level: int
    text: str
    page: int
    x: float
    y: float


def set_outline(pdf: pikepdf.Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """Write the outline; a level that the text skips is skipped as well."""
    if not bookmarks:
        return
    pages = [page.obj for page in pdf.pages]
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    open_items: list[tuple[int, pikepdf.Object]] = []
    last: dict[int, pikepdf.Object] = {}
    counts: dict[int, int] = {}
    for bookmark in bookmarks:
        while open_items and open_items[-1][0] >= bookmark.level:
            open_items.pop()
        parent = open_items[-1][1] if open_items else root
        place = Array([pages[bookmark.page], Name.XYZ, bookmark.x, bookmark.y, None])
        item = pdf.make_indirect(Dictionary(Title=bookmark.text or "–", Parent=parent, Dest=place))
        key = parent.objgen[0]
        if key in last:
            last[key].Next, item.Prev = item, last[key]
        else:
            parent.First = item
        last[key] = parent.Last = item
        counts[key] = counts.get(key, 0) + 1
        if parent is not root:
            parent.Count = -counts[key]  # closed
        open_items.append((bookmark.level, item))
    root.Count = counts[root.objgen[0]]
    pdf.Root.Outlines = root
