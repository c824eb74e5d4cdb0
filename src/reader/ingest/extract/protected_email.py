"""E-mail addresses that Cloudflare hides from programs, made readable again.

The first byte of the hexadecimal text is combined with every other one by exclusive or.
"""

import re

from reader.ingest.extract.measure import Element

_HIDDEN = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-f]{4,1000})$", re.IGNORECASE)
_HEX = re.compile(r"(?:[0-9a-f]{2}){2,500}", re.IGNORECASE)


def repair(root: Element) -> None:
    """Write the e-mail addresses of a page where it hides them."""
    for element in [x for x in root.iter("a", "span") if _is_hidden(x)]:
        code = element.get("data-cfemail") or ""
        hidden = _HIDDEN.search(element.get("href") or "")
        if hidden and element.tag == "a":
            element.set("href", f"mailto:{_decoded(hidden[1])}")
        if address := _decoded(code):
            for child in list(element):
                element.remove(child)
            element.text = address
            element.attrib.pop("class", None)
            if element.tag == "a":
                element.set("href", f"mailto:{address}")


def _is_hidden(element: Element) -> bool:
    return element.get("data-cfemail") is not None or "/cdn-cgi/" in (element.get("href") or "")


def _decoded(code: str) -> str:
    if not _HEX.fullmatch(code):
        return ""
    key, *letters = bytes.fromhex(code)
    return bytes(letter ^ key for letter in letters).decode(errors="replace")
