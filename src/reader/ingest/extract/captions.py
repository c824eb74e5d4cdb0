"""Pictures with their captions become figures, whatever elements a page uses for them.

Known are the captions and galleries of WordPress, the tables of Blogger, and boxes that hold a
picture and nothing else but what is named its caption.
"""

import re
from itertools import islice

from lxml import etree

from reader.ingest.extract.measure import Element, length

_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:wp-caption-text|wp-caption-dd|gallery-caption|tr-caption"
    r"|(?:(?:image|img|photo|picture|figure|media)[_-]?)?caption(?:[_-]?text)?)(?=\s|$)"
)
_TAGS = ("p", "div", "dd", "td", "span", "small", "em", "i", "cite", "section")
_HOLDERS = frozenset(
    {"figure", "div", "dl", "table", "li", "section", "span", "td", "tr", "tbody", "p"}
)
_PICTURES = ("img", "video", "iframe")
_MOST_PARTS = 60  # elements of a picture with its caption
_LEVELS = 4
_LONGEST = 1_000  # characters


def repair(root: Element) -> None:
    """Make figures of the pictures of a page that have captions."""
    for caption in [each for each in root.iter(*_TAGS) if _is_caption(each)]:
        holder = _holder(caption)
        if holder is not None and caption.getparent() is not None:
            _as_figure(holder, caption)


def _is_caption(element: Element) -> bool:
    classes = element.get("class")
    return bool(classes) and "caption" in classes and _CAPTION.search(classes) is not None


def _holder(caption: Element) -> Element | None:
    """Return the box of a picture and its caption, None if there is more in it."""
    size = length(caption)
    if not 0 < size <= _LONGEST:
        return None
    for holder, _ in zip(caption.iterancestors(), range(_LEVELS), strict=False):
        parts = [part.tag for part in islice(holder.iter(), _MOST_PARTS + 1)]
        if holder.tag not in _HOLDERS or len(parts) > _MOST_PARTS or "figcaption" in parts:
            return None
        if pictures := sum(map(parts.count, _PICTURES)):
            return holder if pictures == 1 and length(holder) <= size + 1 else None
    return None


def _table_of(holder: Element) -> Element | None:
    """Return the table that holds nothing else than a part of it with a picture, if any."""
    if holder.tag not in ("tr", "tbody"):
        return None
    table = next(holder.iterancestors("table"), None)
    return table if table is not None and length(table) == length(holder) else None


def _as_figure(holder: Element, caption: Element) -> None:
    """Turn a box into a figure with a picture, and its link if it has one, and a caption."""
    image = next(holder.iter(*_PICTURES))
    link = next((x for x in image.iterancestors("a") if holder in x.iterancestors()), None)
    shown = image if link is None else link
    words = etree.Element("figcaption")
    words.text = caption.text
    words.extend(list(caption))
    table = _table_of(holder)
    holder = holder if table is None else table
    for child in list(holder):
        holder.remove(child)
    if holder.tag in ("td", "li"):
        holder.text = None
        holder = etree.SubElement(holder, "figure")
    holder.tag, holder.text, shown.tail = "figure", None, None
    holder.attrib.pop("class", None)
    holder.extend([shown, words])
