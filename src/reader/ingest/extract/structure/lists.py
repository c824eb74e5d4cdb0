"""The numbers of lists, as styles and classes of generators set them."""

import re

from reader.ingest.extract.measure import Element

_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(lower|upper)-(alpha|latin|roman)")
_CLASS = re.compile(r"(?:^|\s)(lower|upper)-?(alpha|roman)(?:$|\s)")


def restructure(body: Element) -> None:
    """Give ordered lists the ``type`` that they have by their style; the tree is changed."""
    for listed in body.iter("ol"):
        found = _STYLE.search((listed.get("style") or "").lower())
        found = found or _CLASS.search((listed.get("class") or "").lower())
        if found and not listed.get("type"):
            numeral = "i" if found[2] == "roman" else "a"
            listed.set("type", numeral.upper() if found[1] == "upper" else numeral)
