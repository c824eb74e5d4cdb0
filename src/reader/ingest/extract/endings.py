"""Trim the end of an article: closing headings, lists of links, notes and scraps."""

from reader.ingest.extract import words
from reader.ingest.extract.measure import (
    Element,
    has_ancestor,
    is_data_table,
    length,
    link_density,
    matches,
    names,
    remove,
    short_text,
    text_of,
)
from reader.ingest.extract.page import has_block
from reader.ingest.extract.pointers import points_within

_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LINES = (*_HEADS, "p", "li", "pre", "td", "dt", "dd", "figcaption")
_HELD = ("pre", "table", "blockquote", "figure", "math")
_LEAF = frozenset({*_HEADS, "p", "li", "time", "figcaption", "pre", "td", "th"})
_STOPS = (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f", "\u061f", "\u0964")
_LINKED = 0.5
_RUNNING = 80  # characters of a paragraph that reads like text
_CLOSING = 90  # characters of a heading
_TAIL = 0.2  # of the text
_GOES_ON = 2  # paragraphs
_TRIES = 20  # closing headings
_NOTE = 420
_BARE = 80  # characters of a note without a link
_ASKING = 0.15  # the share of links in a longer note
_TITLE = 40  # characters of an item that is a title
_LATE = 0.6


def trim_end(article: Element, host: str) -> None:
    """Remove lists, closing parts and notes behind the text of an article; ``host`` is its site."""
    _link_lists(article, host)
    _closings(article)
    _ending(article)
    _end_notes(article)


def _closings(article: Element) -> None:
    """Remove the parts below closing headings.

    If hardly any text is behind a heading, everything behind it goes; else only the links below.
    """
    found = list(article.iter(*_LINES))
    if not any(words.CLOSINGS.match(short_text(line, _CLOSING)) for line in found):
        return
    lines = [(element, text_of(element)) for element in found]
    total = sum(len(text) for _, text in lines) or 1
    behind, tries = total, 0
    for line, text in lines:
        behind -= len(text)
        if not 0 < len(text) < _CLOSING or line.getparent() is None:
            continue
        if not words.CLOSINGS.match(text) or not _is_head(line):
            continue
        tries += behind <= _TAIL * total
        if 0 < tries <= _TRIES and _ends_text(line, text, article):
            _cut_from(line, article)
            return
        _drop_links_below(line)


def _ends_text(head: Element, text: str, article: Element) -> bool:
    """Return whether no text of the article follows a closing heading.

    Text follows if it reads on below links, or below a heading of the same rank.
    """
    lines = list(article.iter(*_LINES))
    said = [line for line in lines[lines.index(head) + 1 :] if text_of(line)]
    if words.SUBJECTS.match(text):
        return not any(reads_on(line) for line in said)
    links = [at for at, line in enumerate(said) if _leads_away(line)]
    parts = [at for at, line in enumerate(said) if head.tag >= line.tag and line.tag in _HEADS]
    goes_on = max([*links, *parts[-1:]], default=len(said))
    return sum(reads_on(line) for line in said[goes_on:]) < _GOES_ON


def is_sentence(line: Element) -> bool:
    """Return whether a line is a sentence of its own, not a link or a label."""
    return ends_sentence(text_of(line)) and link_density(line) < _LINKED


def ends_sentence(text: str) -> bool:
    """Return whether a text ends like a sentence."""
    return text.rstrip("\"'\u2019\u201d\u00bb\u201c)]").endswith(_STOPS)


def reads_on(line: Element) -> bool:
    """Return whether a line is running text."""
    return line.tag == "pre" or (length(line) > _RUNNING and link_density(line) < _LINKED)


def _drop_links_below(head: Element) -> None:
    """Remove a heading with the links directly below it, if there are any."""
    below = []
    for following in head.itersiblings():
        if text_of(following) and not _leads_away(following):
            break
        below.append(following)
    if any(text_of(element) for element in below):
        for element in [*below, head]:
            remove(element)


def _leads_away(element: Element) -> bool:
    return element.tag not in _HELD and link_density(element) > _LINKED


def _is_head(element: Element) -> bool:
    if element.tag in _HEADS:
        return True
    strong = (
        inner
        for inner in element.iter("strong", "b", "em")
        if length(inner) >= 0.8 * length(element)
    )
    return element.tag in ("p", "dt") and (
        next(strong, None) is not None
        or text_of(element).endswith(":")
        or matches(words.TITLES, names(element))
    )


def _cut_from(element: Element, article: Element) -> None:
    """Remove an element and everything after it in the article."""
    each: Element | None = element
    while each is not None and each is not article:
        parent = each.getparent()
        following = each.getnext()
        while following is not None:
            nxt = following.getnext()
            remove(following)
            following = nxt
        if each is element:
            remove(each)
        each = parent


def _link_lists(article: Element, host: str) -> None:
    """Remove lists of other pages of the site behind the text, or of their titles near its end.

    Those under a heading for sources or after a sentence that ends in a colon stay.
    """
    whole = seen = 0
    head = ""
    lists: list[Element] = []
    for element in list(article.iter(*_HEADS, "p", "ul", "ol", "pre", "table", "blockquote")):
        if element.tag in ("ul", "ol"):
            named = words.SOURCES.match(head) or (head.endswith(":") and len(head) > _TITLE)
            if not named and _is_link_list(element, host):
                lists.append(element)
            continue
        text = text_of(element)
        seen += len(text)
        if (lists or head) and (element.tag in _HELD or reads_on(element)):
            whole = whole or (length(article) if lists else 0)
            lists = [listed for listed in lists if _has_titles(listed) and seen > _LATE * whole]
            head = ""
        if element.tag in _HEADS or len(text) < _RUNNING or text.endswith(":"):
            head = text
    for element in lists:
        remove(element)


def _is_link_list(listed: Element, host: str) -> bool:
    items = list(listed.iterchildren("li"))
    links = len(items) > 1 and all(link_density(item) > 0.9 for item in items)
    return links and points_within(listed, host)


def _has_titles(listed: Element) -> bool:
    """Return whether the items of a list are as long as titles of articles."""
    items = list(listed.iterchildren("li"))
    return length(listed) >= _TITLE * len(items)


def _ending(article: Element) -> None:
    """Remove trailing lines that are links or scraps."""
    whole = kept_whole(article)
    for element in reversed(list(article.iter())):
        if not isinstance(element.tag, str) or element.getparent() is None or element is article:
            continue
        if element.tag in ("pre", "table", "iframe", "video", "math", "figcaption"):
            return
        if not whole.isdisjoint(element.iterancestors()):
            return
        if element.tag not in _LINES and not is_leaf(element):
            continue
        text = text_of(element)
        if not text:
            continue
        if _is_scrap(element, text) and not (element.tag == "li" and _is_part_of_text(element)):
            remove(element)
            continue
        return


def _end_notes(article: Element) -> None:
    """Remove notes on reporters, newsletters, rights and labels from the last quarter."""
    most = _TAIL * length(article)
    behind = 0
    for element in reversed(list(article.iter("p", "li", "div", "h4", "h5", "h6"))):
        if behind > most:
            return
        if has_block(element):
            continue
        text = text_of(element)
        behind += len(text)
        noted = len(text) <= _NOTE and (_is_note(element, text) or _files(element))
        if noted and element.find(".//img") is None:
            remove(element)


def _is_note(line: Element, text: str) -> bool:
    """Return whether a line is a note on the article: by its beginning, else short or linked."""
    low = text.lower()
    if words.END_NOTES_BEGIN.match(low):
        return True
    if has_ancestor(line, *_HELD, most=0) or words.SPEECH.match(text):
        return False
    if words.END_NOTES.search(low) is None:
        return False
    return len(text) < _BARE or link_density(line) > _ASKING or _asks(line)


def _asks(line: Element) -> bool:
    """Return whether a line links to a subscription or a newsletter."""
    links = (link.get("href", "").lower() for link in line.iter("a"))
    return any(words.SERVICES.search(link) for link in links)


def _files(line: Element) -> bool:
    """Return whether a line lists the categories of the article."""
    label = next((text for piece in line.itertext() if (text := piece.strip())), "")
    return words.LABELS.match(label) is not None and link_density(line) > _LINKED


def _is_scrap(line: Element, text: str) -> bool:
    """Return whether a last line is an empty heading, a button, a note or a link elsewhere."""
    if line.tag in _HEADS or words.CRUMBS.match(text):
        return True
    if line.tag not in ("p", "li"):
        return False
    if len(text) < _NOTE and _is_note(line, text):
        return True
    parent = line.getparent()
    quoted = parent is not None and parent.tag == "blockquote"
    return link_density(line) > 0.9 and len(text) < 160 and not quoted


def _is_part_of_text(item: Element) -> bool:
    holder = item.getparent()
    if holder is None:
        return False
    return link_density(holder) < 0.6


def kept_whole(article: Element) -> set[Element]:
    """Return the boxes of code and data, in which no word is a scrap."""
    boxes = article.iter("pre", "table")
    return {box for box in boxes if box.tag == "pre" or is_data_table(box)}


def is_leaf(element: Element) -> bool:
    """Return whether an element is a line of its own."""
    if not isinstance(element.tag, str):
        return False
    if element.tag in _HEADS or element.tag in ("p", "li", "time", "figcaption", "pre", "td", "th"):
        return True
    return element.tag in ("div", "span", "a", "header") and not has_block(element)
