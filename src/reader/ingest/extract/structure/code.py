"""Blocks of code: without line numbers, buttons and labels, and with their language.

Highlighters write code in many ways: as tables with a column of numbers, as a box for each line,
with a bar above. What is left is ``<pre><code class="language-x">`` and the lines as they are seen.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise, takewhile

from lxml import etree

from reader.ingest.extract.measure import Element, raw_text, remove
from reader.ingest.extract.structure.index import Index
from reader.ingest.extract.structure.language import is_name, language_of
from reader.ingest.extract.structure.lines import has_line_spans, text_of_lines

_GUTTERS = re.compile(
    r"(?:^|[\s_-])(?:line-?no|line-?nos|line-?numbers?(?:-rows)?|linenodiv|gutter|lnt|ln|"
    r"hljs-ln-n(?:umbers)?|blob-num|crayon-nums?(?:-content)?|ace_gutter|rouge-gutter|"
    r"codemirror-linenumber|cm-gutters|margin-view-overlays|react-line-number|"
    r"react-syntax-highlighter-line-number)(?:$|[\s_-])"
)
_UNSELECTABLE = re.compile(r"user-select\s*:\s*none")
_NUMBERS = re.compile(r"[\d\s]*")
_TABLES = re.compile(
    r"highlighttable|rouge-table|lntable|syntaxhighlighter|crayon-table|hljs-ln|"
    r"js-file-line-container|blob-code|codehilitetable"
)
_BOXES = re.compile(
    r"(?:^|\s)(?:codemirror-code|cm-content|view-lines|ace_text-layer|enlighter|crayon-pre|"
    r"react-code-lines)(?:$|\s)"
)
_TABS = re.compile(r"(?:^|[\s_-])(?:tab-?(?:pane|panel|content|item)|tabbed-block)(?:$|[\s_-])")
_BUTTONS = re.compile(r"(?:^|[\s_-])(?:copy|clipboard|copybtn|zeroclipboard)")
_BLOCKS = ("pre", "listing", "xmp")
_BARRED = frozenset({"div", "figure", "section", "span"})
_NO_GUTTERS = frozenset({"table", "pre", "code", "tr", "td", "th", "html", "body"})
_AROUND = 4  # boxes around code in which its bar may be
_LABEL, _BAR = 30, 80  # the most characters of a label and of all that is around code
_SHORTEST = 2  # lines of code that is marked by line breaks


def restructure(body: Element, index: Index) -> None:
    """Rewrite the blocks of code on a page; the tree is changed."""
    for element in index.named(_GUTTERS.search, "line", "ln", "gutter", "num", "overlays"):
        if _is_gutter(element):
            remove(element)
    for table in list(body.iter("table")):
        _open(table)
    for box in index.named(_BOXES.search, "code", "cm-", "lines", "ace_", "enlighter", "crayon"):
        if box.tag in ("div", "section"):
            _as_block(box)
    for code in list(body.iter("code")):
        _set_apart(code)
    blocks = list(body.iter(*_BLOCKS))
    held = Counter(box for pre in blocks for box in islice(pre.iterancestors(), _AROUND))
    for pre in blocks:
        if pre.getparent() is not None:
            _write(pre, list(_boxes_around(pre, held)))


def _matches(pattern: re.Pattern[str], element: Element) -> bool:
    named = element.get("class")
    return bool(named) and pattern.search(named.lower()) is not None


def _is_gutter(element: Element) -> bool:
    """Return whether an element named so holds nothing but numbers of lines."""
    if element.tag in _NO_GUTTERS or not _is_number(element):
        return False
    return element.tag == "span" or bool(raw_text(element).strip())


# ---- tables of code


def _open(table: Element) -> None:
    """Replace a table of lines of code by the code."""
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in cells if row]
    if not rows or not (_matches(_TABLES, table) or _is_numbered(rows)):
        return
    lines = [_code_of(row) for row in rows]
    pre = etree.Element("pre")
    etree.SubElement(pre, "code").text = "\n".join(lines)
    if name := language_of(table, islice(table.iterancestors(), _AROUND)):
        pre[0].set("class", f"language-{name}")
    outer = [table, *table.iterancestors("pre", "code")][-1]
    pre.tail = outer.tail
    parent = outer.getparent()
    if parent is not None and (pre[0].text or "").strip():
        parent.replace(outer, pre)


def _is_numbered(rows: list[list[Element]]) -> bool:
    """Return whether each row has a cell of numbers and one that holds nothing but code."""
    if any(len(row) != 2 or not _is_number(row[0]) for row in rows):
        return False
    if all(_matches(_GUTTERS, row[0]) for row in rows):
        return True
    codes = (len(row[1]) and all(each.tag in ("pre", "code") for each in row[1]) for row in rows)
    return all(codes) and any(raw_text(row[0]).strip() for row in rows)


def _is_number(cell: Element) -> bool:
    return _NUMBERS.fullmatch(raw_text(cell)) is not None


def _code_of(row: list[Element]) -> str:
    """Return the line or lines in a row: its last cell, and what is no number before it."""
    code = [*(cell for cell in row[:-1] if not _is_number(cell)), row[-1]]
    return "".join(text_of_lines(cell).strip("\n") for cell in code).replace("\xa0", " ")


# ---- code in tags of other kinds


def _as_block(box: Element) -> None:
    """Make the box of an editor a block; each of its lines may have been one."""
    lines = list(box.iterdescendants("pre"))
    if len(lines) == 1:
        return
    for line in lines:
        line.tag = "div"
    box.tag = "pre"


def _set_apart(code: Element) -> None:
    """Make code of several lines that is alone in its paragraph a block."""
    parent = code.getparent()
    if parent is None or parent.tag not in ("p", "div", "td", "li", "figure") or len(parent) != 1:
        return
    if (parent.text or "").strip() or (code.tail or "").strip():
        return
    if sum(1 for _ in code.iter("br")) + 1 < _SHORTEST:
        return
    if parent.tag == "p":
        parent.tag = "pre"
        return
    pre = etree.Element("pre")
    parent.replace(code, pre)
    pre.append(code)


# ---- blocks


def _write(pre: Element, around: list[Element]) -> None:
    pre.tag = "pre"
    for box in islice(pre.iterancestors(), _AROUND):
        _unfold(box)
    for number in [span for span in pre.iter("span") if _is_unselectable(span)]:
        remove(number)
    label = _without_bar(pre, around) or _label_within(pre)
    name = language_of(pre, around) or label
    inner = list(pre.iterdescendants("code"))
    code = inner[0] if len(inner) == 1 and _holds_all(pre, inner[0]) else None
    if _has_boxes(pre):
        text = text_of_lines(pre if code is None else code)
        for child in list(pre):
            pre.remove(child)
        pre.text = None
        code = etree.SubElement(pre, "code")
        code.text = text.strip("\n").replace("\xa0", " ")
    if name:
        (pre if code is None else code).set("class", f"language-{name}")


def _is_unselectable(span: Element) -> bool:
    """Return whether a span holds a number that is not copied with the code."""
    style = span.get("style")
    return bool(style) and _UNSELECTABLE.search(style) is not None and _is_number(span)


def _unfold(box: Element) -> None:
    """Show a tab of code that a script would open, and free code of a figure without a caption."""
    if box.get("role") == "tabpanel" or _matches(_TABS, box):
        box.attrib.pop("hidden", None)
        box.attrib.pop("aria-hidden", None)
        box.attrib.pop("style", None)
    elif box.tag == "figure" and box.find(".//figcaption") is None:
        box.tag = "div"


def _holds_all(pre: Element, code: Element) -> bool:
    return raw_text(pre).strip() == raw_text(code).strip()


def _has_boxes(pre: Element) -> bool:
    """Return whether the lines of a block are boxes, and not only text with line ends."""
    if next(pre.iterdescendants("div", "p", "li", "tr", "br"), None) is not None:
        return True
    return has_line_spans(pre)


def _boxes_around(pre: Element, held: Mapping[Element, int]) -> Iterator[Element]:
    """Yield the boxes that hold little else than a block of code, the innermost first."""
    size = len(raw_text(pre))
    for box in islice(pre.iterancestors(), _AROUND):
        if box.tag not in _BARRED or held[box] > 1:
            return
        if len(raw_text(box)) > size + _BAR:
            return
        yield box


def _without_bar(pre: Element, around: list[Element]) -> str:
    """Remove the label and the buttons around a block of code; return the label."""
    labels = [_cleared(box, inner) for inner, box in pairwise([pre, *around])]
    return next(filter(None, labels), "")


def _label_within(pre: Element) -> str:
    """Remove the buttons in a block, and the label of its language; return that."""
    for button in list(pre.iterdescendants("button", "clipboard-copy")):
        remove(button)
    codes = list(islice(pre.iterdescendants("code"), 2))
    if len(codes) != 1:
        return ""
    boxes = takewhile(lambda box: box is not pre.getparent(), codes[0].iterancestors())
    return _without_bar(codes[0], list(boxes))


def _cleared(box: Element, inner: Element) -> str:
    """Remove labels and buttons beside a part of a box; return the first label."""
    found = ""
    for part in [part for part in box if part is not inner]:
        for each in list(part.iter()):
            word = raw_text(each).strip()
            is_label = len(word) <= _LABEL and is_name(word)
            if is_label or _is_button(each):
                found = found or (word.lower() if is_label else "")
                remove(each)
    return found


def _is_button(element: Element) -> bool:
    if element.tag in ("button", "clipboard-copy", "copy-button"):
        return True
    if element.tag in ("pre", "code") or not _matches(_BUTTONS, element):
        return False
    return len(raw_text(element).strip()) <= _LABEL
