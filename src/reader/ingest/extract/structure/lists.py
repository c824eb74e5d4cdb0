"""The numbers of lists, as styles and classes of generators set them."""

import re

from reader.ingest.extract.measure import Element, remove, text_of

_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(lower|upper)-(alpha|latin|roman)")
_NUMBER = re.compile(r"0?[0-9]{1,3}")
_FEWEST = 2  # items
_CLASS = re.compile(r"(?:^|\s)(lower|upper)-?(alpha|roman)(?:$|\s)")


def restructure(body: Element) -> None:
    """Give ordered lists their numbers by their style, and only once; the tree is changed."""
    for listed in list(body.iter("ol")):
        _drop_numbers(listed)
        found = _STYLE.search((listed.get("style") or "").lower())
        found = found or _CLASS.search((listed.get("class") or "").lower())
        if found and not listed.get("type"):
            numeral = "i" if found[2] == "roman" else "a"
            listed.set("type", numeral.upper() if found[1] == "upper" else numeral)


def _drop_numbers(listed: Element) -> None:
    """Remove the numbers that a page writes into all items of a list, which counts them itself."""
    items = [item for item in listed if item.tag == "li"]
    if len(items) < _FEWEST or listed.get("start") or "reversed" in listed.attrib:
        return
    written = [_written(item) for item in items]
    if all(each is not None and number == n for n, (each, number) in enumerate(written, 1)):
        for each, _ in written:
            if each is not None:
                remove(each)


def _written(item: Element) -> tuple[Element | None, int]:
    """Return the element with which an item begins, and the number that is all of its text."""
    first = item[0] if len(item) and not (item.text or "").strip() else None
    text = "" if first is None else text_of(first).rstrip(".):")
    if first is None or not _NUMBER.fullmatch(text) or text_of(item) == text_of(first):
        return None, 0
    return first, int(text)
