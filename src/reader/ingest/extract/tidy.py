"""Clean the found article: remove boxes that do not read like text, keep meaningful ones."""

from collections import Counter, defaultdict
from typing import NamedTuple

from reader.ingest.extract import words
from reader.ingest.extract.embeds import is_player
from reader.ingest.extract.endings import is_sentence
from reader.ingest.extract.measure import (
    Element,
    class_weight,
    count_commas,
    has_ancestor,
    is_data_table,
    is_quote,
    length,
    link_density,
    matches,
    names,
    raw_text,
    remove,
    text_of,
)
from reader.ingest.extract.page import is_empty

_Series = tuple[Element | None, str, str]

_MOST_COMMAS = 10
_NAMED_SHARE = 0.25  # of the text, the most that a name can remove
_SHARE_BOX = 500
_SENTENCE = 80  # characters
_TEXTUAL = (
    "span", "li", "td", "blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul",
    "h1", "h2", "h3", "h4", "h5", "h6",
)  # fmt: skip


class _Rules(NamedTuple):
    """The limits of cleaning: tables of data stay, and boxes too large to go by their name."""

    data: set[Element]
    weighs_names: bool
    most: float  # characters


def tidy(article: Element, *, cleans: bool, weighs_names: bool) -> None:
    """Remove elements of an article that do not belong to it, by their looks."""
    data = {element for element in article.iter("table") if is_data_table(element)}
    rules = _Rules(data, weighs_names, _NAMED_SHARE * length(article))
    if cleans:
        _clean(article, ("form", "fieldset"), rules)
    _drop(article)
    if cleans:
        for tag in ("table", "ul", "div"):
            _clean(article, (tag,), rules)
    for element in list(article.iter("h1")):
        element.tag = "h2"
    for element in list(article.iter("p")):
        if is_empty(element):
            remove(element)
    for element in list(article.iter("table")):
        _open_single(element)


def _clean(article: Element, tags: tuple[str, ...], rules: _Rules) -> None:
    """Remove those elements with certain tags that do not read like text, the innermost first.

    Like boxes beside each other stay together if most of them read like text.
    """
    elements = list(article.iter(*tags))
    sizes = Counter(_series(element) for element in elements)
    wrong: dict[_Series, list[Element]] = defaultdict(list)
    left = Counter(sizes)
    for element in reversed(elements):
        series = _series(element)
        if _is_wrong(element, rules):
            wrong[series].append(element)
        left[series] -= 1
        if not left[series] and 2 * len(wrong[series]) >= sizes[series]:
            for each in wrong[series]:
                remove(each)


def _series(element: Element) -> _Series:
    """Return what like boxes have in common: their parent, their tag and their class."""
    named = element.get("class") or ""
    return (element.getparent() if named else element, element.tag, named)


def _drop(article: Element) -> None:
    """Remove elements that never belong to an article."""
    for element in list(
        article.iter("object", "embed", "iframe", "video", "footer", "aside", "link")
    ):
        if _is_note(element):
            element.tag = "div"
        elif element.tag != "video" and not (element.tag == "iframe" and element.get("src")):
            remove(element)
    for inner in [element for part in list(article) for element in list(part.iterdescendants())]:
        small = isinstance(inner.tag, str) and matches(words.SHARES, names(inner))
        if small and length(inner) < _SHARE_BOX and not is_quote(inner):
            remove(inner)
    for element in list(article.iter("input", "textarea", "select", "button")):
        if element.get("type") != "checkbox":
            remove(element)


def _is_note(element: Element) -> bool:
    """Return whether a box at the side or the foot contains notes of the text."""
    role = element.get("role") or ""
    return role in words.NOTE_ROLES or matches(words.NOTES, names(element))


def _is_video(element: Element) -> bool:
    return element.tag == "video" or is_player(element)


def _is_wrong(element: Element, rules: _Rules) -> bool:
    if element.getparent() is None:
        return False
    if has_ancestor(element, "code", "pre", most=0):
        return False
    if rules.data and not (
        rules.data.isdisjoint(element.iter("table"))
        and rules.data.isdisjoint(element.iterancestors("table"))
    ):
        return False
    if is_quote(element) or _is_note(element):
        return False
    weight = class_weight(element) if rules.weighs_names else 0
    if weight < 0 and length(element) <= rules.most:
        return True
    if has_ancestor(element, "blockquote", most=0):
        return False  # quotations stay complete
    return count_commas(raw_text(element)) < _MOST_COMMAS and _looks_wrong(element, weight)


def _looks_wrong(element: Element, weight: int) -> bool:
    is_list = element.tag in ("ul", "ol")
    whole = length(element)
    if not is_list and whole:
        listed = sum(length(inner) for inner in element.iter("ul", "ol"))
        is_list = listed / whole > 0.9
    counts = {
        tag: sum(1 for _ in element.iterdescendants(tag)) for tag in ("p", "img", "li", "input")
    }
    embeds = list(element.iterdescendants("object", "embed", "iframe"))
    if any(_is_video(embed) for embed in embeds):
        return False
    p, img, li = counts["p"], counts["img"], counts["li"] - 100
    density = link_density(element)
    density -= _in_sentences(element) if density else 0.0
    in_figure = has_ancestor(element, "figure", most=0)
    wrong = (
        (not in_figure and img > 1 and p / img < 0.5 and img - _captioned(element) > 1)
        or (not is_list and li > p)
        or counts["input"] > p // 3
        or (
            not is_list
            and not in_figure
            and whole < 25
            and (img == 0 or img > 2)
            and density > 0
            and (_headed(element) / whole if whole else 0) < 0.9
        )
        or (not is_list and weight < 25 and density > 0.2)
        or (weight >= 25 and density > 0.5)
        or (len(embeds) == 1 and whole < 75)
        or len(embeds) > 1
        or (
            img == 0
            and not any(text_of(x) for x in element.iterdescendants(*_TEXTUAL))
            and not _own(element)
        )
    )
    if wrong and is_list:
        items = list(element.iterdescendants("li"))
        if img and img == len(items) and all(len(item) <= 1 for item in items):
            return False
    return wrong


def _in_sentences(element: Element) -> float:
    """Return the share of the text that is links within sentences, as prose has them."""
    paragraphs = [element] if element.tag == "p" else element.iterdescendants("p")
    linked = sum(
        length(paragraph) * link_density(paragraph)
        for paragraph in paragraphs
        if length(paragraph) > _SENTENCE and is_sentence(paragraph)
    )
    return linked / length(element) if linked else 0.0


def _headed(element: Element) -> int:
    """Return the length of the headings in a box."""
    headings = element.iterdescendants("h1", "h2", "h3", "h4", "h5", "h6")
    return sum(length(heading) for heading in headings)


def _captioned(element: Element) -> int:
    """Return the number of figures with a caption in a box."""
    return sum(1 for figure in element.iterdescendants("figure") if _is_captioned(figure))


def _is_captioned(figure: Element) -> bool:
    caption = figure.find("figcaption")
    return caption is not None and bool(text_of(caption)) and figure.find("img") is not None


def _own(element: Element) -> bool:
    return element.tag in ("ul", "ol", "table") and bool(text_of(element))


def _open_single(table: Element) -> None:
    """Replace a table with a single cell by its contents."""
    rows = list(table.iter("tr"))
    if len(rows) != 1:
        return
    cells = [row for row in rows[0] if row.tag in ("td", "th")]
    if len(cells) != 1 or table.getparent() is None:
        return
    cell = cells[0]
    blocks = any(inner.tag in ("p", "div", "ul", "ol", "table", "figure", "pre") for inner in cell)
    cell.tag = "div" if blocks else "p"
    cell.tail = table.tail
    parent = table.getparent()
    assert parent is not None
    parent.replace(table, cell)
