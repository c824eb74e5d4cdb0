"""Clean the text of a post: its quotes, its code and the controls of its platform.

Forums write them in boxes with fixed class names, after the tags of BBCode.
"""

from lxml import etree

from reader.ingest.extract.measure import Element, length, remove, short_text, text_of

_QUOTES = frozenset(
    "quote bbCodeBlock--quote bbCodeQuote quotebox bbcode_quote ipsQuote UserQuote quoteBox "
    "blockquote quotecontent".split()
)
_CELLS = frozenset({"quote", "alt2"})
_TITLES = frozenset(
    "title attribution bbCodeBlock-title ipsQuote_citation bbcode_postedby quoteheader QuoteAuthor "
    "quoteBoxTitle citation quotetitle wpforo-post-quote-author".split()
)
_NAMES = ("data-quote", "data-author", "data-username", "data-ipsquote-username")
_GONE = frozenset(
    "bbCodeBlock-expandLink quoteExpand quote-controls badge-category__wrapper badge-wrapper "
    "codehead codeheader bbcode_description js-selectToQuoteEnd messageTextEndMarker smallfont "
    "cooked-selection-barrier signature message-signature message-lastEdit messageNotice postedit "
    "post_edit edited_post lastedited after_content ipsComment_edited imcger-quote-togglebutton "
    "gensmall responsive-hide quick_jump quote_header".split()
)
_WHOLE = frozenset({"postcontent", "quoteContainer", "messageText"})
_CODE = frozenset("codebox bbCodeBlock--code codeblock bbcode_container".split())
_LONGEST = 60  # of titles
_LONGEST_CONTROL = 300
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HIGHEST = 4  # below the heads of posts


def clean(post: Element) -> None:
    """Clean the text of a post in its place."""
    for element in list(post.iterdescendants()):
        if _is_control(element):
            remove(element)
        elif element.tag == "blockquote" and _classes(element) & _WHOLE:
            element.tag = "div"
        elif "spoil" in (element.get("class") or ""):
            _open(element)
    for element in list(post.iterdescendants()):
        _arrange(element)


def _open(spoiler: Element) -> None:
    """Show what a reader would see at a click."""
    for element in spoiler.iter():
        for name in ("style", "hidden"):
            element.attrib.pop(name, None)


def _is_control(element: Element) -> bool:
    if element.tag in ("button", "form") or element.get("data-excludequote") is not None:
        return True
    return bool(_classes(element) & _GONE) and length(element) < _LONGEST_CONTROL


def _classes(element: Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _arrange(element: Element) -> None:
    """Give an element of a post the tag that says what it is."""
    classes = _classes(element)
    if element.tag == "td" and classes & _CELLS:
        _quote_in_table(element)
    elif _is_quote(element):
        _quote(element)
    elif classes & _CODE:
        _drop_title(element)
    elif element.tag in _HEADINGS:
        element.tag = f"h{min(6, max(_HIGHEST, int(element.tag[1]) + 2))}"


def _quote(box: Element) -> None:
    """Turn a box into a quotation that begins with the name of its author."""
    name = next((said for each in _NAMES if (said := box.get(each))), "")
    title = _title(box)
    if title is not None:
        name = name or _named(title)
        remove(title)
    _open_inner(box)
    box.tag = "blockquote"
    box.attrib.clear()
    _sign(box, name)


def _title(box: Element) -> Element | None:
    """Return the title of a quotation, in its box or before it, None if it has none."""
    inner = next(filter(_is_title, box.iterdescendants()), None)
    if inner is not None:
        return inner if _begins(box, inner) and length(inner) < _LONGEST else None
    before = box.getprevious()
    if before is None or not _is_title(before) or (before.tail or "").strip():
        return None
    return before if length(before) < _LONGEST else None


def _begins(box: Element, inner: Element) -> bool:
    """Return whether a box has no text before an element in it."""
    while inner is not box:
        parent = inner.getparent()
        if parent is None or (parent.text or "").strip():
            return False
        if any(text_of(x) or (x.tail or "").strip() for x in inner.itersiblings(preceding=True)):
            return False
        inner = parent
    return True


def _is_title(element: Element) -> bool:
    if element.tag == "cite":
        parent = element.getparent()
        return parent is None or parent.tag != "p"  # a work is named within a paragraph
    return bool(_classes(element) & _TITLES)


def _named(title: Element) -> str:
    """Return the name in the title of a quotation: its link or what is strong, else all of it."""
    for element in title.iterdescendants("a", "strong", "b"):
        if name := short_text(element, _LONGEST):
            return name
    return short_text(title, _LONGEST)


def _open_inner(box: Element) -> None:
    """Make one quotation of a box that holds only the box of the same quotation."""
    inner = next(filter(_is_quote, box.iterdescendants()), None)
    if inner is None or any(map(_is_title, inner.iterdescendants())):
        return
    if length(inner) == length(box):
        inner.tag = "div"
        inner.attrib.clear()


def _is_quote(element: Element) -> bool:
    return element.tag == "blockquote" or bool(_classes(element) & _QUOTES)


def _sign(box: Element, name: str) -> None:
    """Put the name of its author before a quotation."""
    name = " ".join(name.split())
    if not name:
        return
    line = etree.Element("p")
    etree.SubElement(line, "cite").text = name
    line.tail, box.text = box.text, None
    box.insert(0, line)


def _quote_in_table(cell: Element) -> None:
    """Turn a table that is drawn around a quotation into the quotation."""
    table = next(cell.iterancestors("table"), None)
    if table is None or length(table) > length(cell) + _LONGEST:
        return
    names = [name for name in table.iterdescendants("b") if cell not in name.iterancestors()]
    table.tag, cell.tag = "blockquote", "div"
    for element in list(table):
        if element is not cell and cell not in element.iterdescendants():
            remove(element)
    for element in table.iterdescendants("tbody", "tr"):
        element.tag = "div"
    _sign(table, short_text(names[0], _LONGEST) if names else "")


def _drop_title(box: Element) -> None:
    """Remove the title of a box of code, with its buttons."""
    code = next(box.iterdescendants("pre", "code"), None)
    if code is None:
        return
    above = {code, *code.iterancestors()}
    for element in list(box):
        if element in above:
            return
        if length(element) < _LONGEST:
            remove(element)
