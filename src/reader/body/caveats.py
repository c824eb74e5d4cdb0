"""Caveats of a text, in the first line of its canonical HTML.

Version 0.1.0 wrote them as sentences at the beginning of the text: these are read as well.
"""

from reader.model import Caveat

_SENTENCES = {
    "The file is damaged or was cut: something may be missing.": Caveat.DAMAGED,
    "The page did not come whole: the end may be missing. Download it again.": Caveat.PARTIAL,
    "This may not be all of the article, or more than it: the page was hard to read.": (
        Caveat.UNSURE
    ),
}
_OLD = {f"<p><em>{sentence}</em></p>": caveat for sentence, caveat in _SENTENCES.items()}


def caveats_of(html: str) -> tuple[Caveat, ...]:
    """Return the caveats of canonical HTML, each once, in the order of ``Caveat``."""
    known = set(attribute_of(html, "data-caveats").split()) | set(_head(html)[1])
    return tuple(caveat for caveat in Caveat if caveat in known)


def attribute_of(html: str, name: str) -> str:
    """Return an attribute of the whole text, ``""`` if it has none."""
    first = html[: html.find("\n")] if html.startswith("<article") else ""
    return first.partition(f' {name}="')[2].partition('"')[0]


def start_of_blocks(html: str) -> int:
    """Return the index at which the first block of canonical HTML begins."""
    return _head(html)[0]


def _head(html: str) -> tuple[int, list[Caveat]]:
    start = html.find("\n") + 1 if html.startswith("<article") else 0
    caveats: list[Caveat] = []
    while html.startswith("<p><em>", start):
        end = html.find("\n", start)
        end = len(html) if end < 0 else end
        caveat = _OLD.get(html[start:end])
        if caveat is None:
            break
        caveats.append(caveat)
        start = end + 1
    return start, caveats
