"""Limit the nesting of HTML before it is parsed.

libxml2 silently drops everything after an element that is nested too deep. Tags that would open an
element deeper than ``MAX_OPEN`` are therefore removed beforehand, in one pass; their text stays.
"""

import re

MAX_OPEN = 60

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^>]*)>")
_CODE = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.S | re.I)
_ENDLESS = re.compile(r"""<(?=[a-zA-Z][^<>"']*+(?:<|\Z))""")
_TERM = re.compile(r"<(d[td])\b", re.I)
_NO_DEPTH = frozenset(
    # Void elements, and elements whose end tag is optional: a parser closes them itself.
    "area base br col embed hr img input link meta param source track wbr keygen "
    "p li tr td th thead tbody tfoot option html head body".split()
)
_SHALLOW = "|".join(sorted(_NO_DEPTH))
_NESTING = re.compile(  # both cases are spelled out: ignoring case takes twice as long
    rf"<(/?)(?!(?:{_SHALLOW}|{_SHALLOW.upper()})(?![\w:-]))[a-zA-Z][^>]*(?<!/)>"
)


def flatten(html: str) -> str:
    """Return the HTML without the tags that nest too deep, unchanged if there are none.

    An unclosed tag becomes text: otherwise all that follows would be its attributes, and comparing
    thousands of them takes the parser minutes.
    """
    html = _ENDLESS.sub("&lt;", html)
    if "<dt" in html and 2 * html.count("</d") < html.count("<dt") + html.count("<dd"):
        # libxml2 does not know that a term ends at the start of the next one.
        html = _TERM.sub(r"</dt></dd><\1", html)
    return _cut(_CODE.sub(" ", html)) if _is_deep(html) else html


def _is_deep(html: str) -> bool:
    """Return whether any tag nests too deep; inlines ``_after`` because it runs for every page."""
    depth = 0
    for closing in _NESTING.findall(html):
        if not closing:
            depth += 1
            if depth > MAX_OPEN:
                return True
        elif depth:
            depth -= 1
    return False


def _cut(html: str) -> str:
    kept: list[str] = []
    start = depth = 0
    for match in _TAG.finditer(html):
        before, depth = depth, _after(depth, match)
        if max(before, depth) > MAX_OPEN and before != depth:
            kept.append(html[start : match.start()])
            kept.append(" ")
            start = match.end()
    kept.append(html[start:])
    return "".join(kept)


def _after(depth: int, match: re.Match[str]) -> int:
    closing, name, rest = match.groups()
    if name.lower() in _NO_DEPTH or rest.endswith("/"):
        return depth
    return max(0, depth - 1) if closing else depth + 1
