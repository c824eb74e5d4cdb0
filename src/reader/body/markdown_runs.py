"""Write runs as inline Markdown that CommonMark, GitHub and Python-Markdown read alike.

If their rules for ``*`` and ``_`` differ, as inside words or beside quotation marks, the element
of HTML is written instead: Markdown allows it anywhere.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from reader.body import tex
from reader.body.blocks import NoteMark, Picture, Run, Style, Text

PictureSource = Callable[[Picture], str]

_ELEMENTS = {
    Style.STRONG: "strong", Style.EMPHASIS: "em", Style.STRIKE: "s", Style.UNDERLINE: "u",
    Style.MARK: "mark", Style.SMALL: "small", Style.SUB: "sub", Style.SUP: "sup",
}  # fmt: skip
_MARKS = {Style.STRONG: ("**",), Style.EMPHASIS: ("*", "_"), Style.STRIKE: ("~~",)}
_BY_WORDS = ("_", "~~")
"""Marks that work only around whole words."""

# It begins with a set of characters, for which a pattern searches forty times as fast.
_SPECIAL = re.compile(
    r"[\\`*\[\]{_~=%^:@.](?:"
    r"(?<=[\\`*\[\]{])"
    r"|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))"  # within a word it is only a character
    r"|(?<=~)(?:(?=~)|(?<=~~))|(?<==)(?:(?==)|(?<===))|(?<=%)(?:(?=%)|(?<=%%))"
    r"|(?<=\^)(?<!\S\^)(?=[a-zA-Z0-9-]+\s*$)"
    r"|(?:(?<=http:)|(?<=https:)|(?<=ftp:))(?=//)|(?<=\w@)(?=\w)|(?<=www\.)|(?<=\]:))"
)
# The address in “<…>” may go on in the next run.
_MARKUP = re.compile(r"<(?=[a-zA-Z/!?]|[^\s>]*(?:[@:]|$))|&(?=#|\w+;)")
_AT_START = re.compile(r"^(?:[#>:|]|=(?=\s*$)|[-+](?=[\s-]|$)|\d{1,9}(?=[.)](?:\s|$)))", re.M)
_IN_CODE = re.compile(r"[^\w\s]|_")
_SIZE = re.compile(r"\|(?=\s*\d{1,4}(?:x\d{1,4})?\s*$)")
"""Before what would be the width of a picture."""

_MARKED = "=="
_LINES = re.compile(r"\n+")
_TICKS = re.compile("`+")
_PLAIN_URL = re.compile(r"[^\s<>()\[\]\\`]+")
_ENCODED = {"<": "%3C", ">": "%3E", "\\": "%5C", "`": "%60", "\n": "%0A", " ": "%20"}


class Labels(NamedTuple):
    """The labels of notes by their names, and of headings by their anchors."""

    notes: dict[str, str]
    headings: dict[str, str]


class RunWriter:
    """Writes runs with the labels of notes and headings; ``source`` gives pictures an address.

    A picture without an address is written as its alternative text. ``in_cells`` means that the
    runs stand between ``|``.
    """

    def __init__(self, labels: Labels, source: PictureSource, *, in_cells: bool = False) -> None:
        self._labels = labels
        self._source = source
        self._apart = "|" if in_cells else ""
        self._dollar = "$"

    def lines(self, runs: Sequence[Run]) -> str:
        """Return the runs as lines of a paragraph; one of a formula alone is set apart."""
        first = runs[0] if runs else None
        if isinstance(first, Text) and all(_is_of(first.tex, run) for run in runs):
            return tex.delimited(first.tex, display=True)
        return _safe(self._all(runs))

    def term(self, runs: Sequence[Run]) -> str:
        """Return the runs as one line of a paragraph."""
        return _safe(self.line(runs))

    def line(self, runs: Sequence[Run]) -> str:
        """Return the runs as one line."""
        line = self._all(runs).replace("  \n", "<br>")
        return line.replace("|", r"\|") if self._apart else line

    def _all(self, runs: Sequence[Run]) -> str:
        signs = sum(run.text.count("$") for run in runs if isinstance(run, Text) and not run.tex)
        formulas = any(isinstance(run, Text) and run.tex for run in runs)
        self._dollar = "\\$" if signs > 1 or formulas else "$"
        return self._written(runs).strip(" \n")

    def _written(
        self, runs: Sequence[Run], before: str = "", after: str = "", *, outer: str = ""
    ) -> str:
        made, start = "", 0
        while start < len(runs):
            marked = _marked(runs[start:])
            stretch, style = (marked, Style.MARK) if marked else _stretch(runs[start:])
            end = start + len(stretch)
            around = (made[-1:] or before, _first(runs[end]) if end < len(runs) else after)
            if marked:
                piece = self._highlighted(stretch)
            else:
                piece = self._piece(stretch, style, around, outer)
            if piece[:1] == "[" and made[-1:] in ("!", "^"):
                made = f"{made[:-1]}\\{made[-1]}"  # or it would be a picture or a note
            made += piece
            start = end
        return made

    def _piece(
        self, stretch: Sequence[Run], style: Style, around: tuple[str, str], outer: str
    ) -> str:
        run = stretch[0]
        if isinstance(run, NoteMark):
            label = self._labels.notes.get(run.note)
            return f"[^{label}]" if label else ""
        if run.link:
            return self._linked(stretch, run.link)
        if isinstance(run, Text) and run.tex:
            return tex.delimited(run.tex)
        if isinstance(run, Picture):
            return self._picture(run)
        if style:
            return self._styled(stretch, style, around, outer)
        return (
            _code(run.text, self._apart)
            if Style.CODE in run.style
            else _text(run.text, self._dollar)
        )

    def _highlighted(self, stretch: Sequence[Run]) -> str:
        """Return runs between the marks of a highlight, which stand for words and not for space."""
        plain = tuple(run._replace(colour="") if isinstance(run, Text) else run for run in stretch)
        inner = self._written(plain, "=", "=")
        words = inner.strip(" \n")
        if not words:
            return inner
        start = inner.index(words)
        words = words.replace("  \n", f"{_MARKED}  \n{_MARKED}")
        return f"{inner[:start]}{_MARKED}{words}{_MARKED}{inner[start + len(words) :]}"

    def _linked(self, stretch: Sequence[Run], link: str) -> str:
        plain = tuple(_unlinked(run) for run in stretch)
        text = "".join(run.text for run in stretch if isinstance(run, Text))
        alone = len(stretch) == 1 and plain == (Text(text),)
        if link.startswith("#"):
            if not (place := self._labels.headings.get(link[1:])):
                return self._written(plain)
            link = f"#{place}"
        if alone and _PLAIN_URL.fullmatch(text) and link in (text, f"mailto:{text}"):
            return f"<{text}>"
        return linked(self._written(plain, "[", "]"), link)

    def _picture(self, picture: Picture) -> str:
        source, alt = self._source(picture), _SIZE.sub("&#124;", escaped(picture.alt))
        if not source:
            return alt
        return f"![{alt}]({_target(source)})"

    def _styled(
        self, stretch: Sequence[Run], style: Style, around: tuple[str, str], outer: str
    ) -> str:
        plain = tuple(_without(run, style) for run in stretch)
        inner = self._written(plain, "x", "x", outer=style.name or "")
        words = inner.strip(" \n")
        if not words:
            return inner
        start = inner.index(words)
        lead, trail = inner[:start], inner[start + len(words) :]
        before, after = lead[-1:] or around[0], trail[:1] or around[1]
        marks = _MARKS.get(style, ())
        if outer or "*" in words:
            marks = marks[::-1]
        for mark in marks:
            if _delimits(mark, before, words, after):
                return f"{lead}{mark}{words}{mark}{trail}"
        name = _ELEMENTS[style]
        return f"{lead}<{name}>{words}</{name}>{trail}"


def _text(text: str, dollar: str) -> str:
    """Return a text that means the same in Markdown; its formulas keep their signs."""
    written, at = "", 0
    for start, end, source, display in tex.formulas(text):
        if "`" in source:  # to Markdown, code comes before formulas
            continue
        as_written = text[start:end] if text[start] == "$" else ""
        written += escaped(text[at:start]).replace("$", dollar)
        written += as_written or tex.delimited(source, display=display)
        at = end
    return written + escaped(text[at:]).replace("$", dollar)


def escaped(text: str) -> str:
    """Return a text so that none of its characters means anything in Markdown."""
    if "<" in text or "&" in text:
        text = _MARKUP.sub(lambda sign: "&lt;" if sign[0] == "<" else "&amp;", text)
    text = _SPECIAL.sub(lambda sign: "\\" + sign[0], text)
    if "\n" not in text:
        return text
    return _LINES.sub(lambda ends: "  \n" if len(ends[0]) == 1 else "<br>" * len(ends[0]), text)


def linked(words: str, link: str) -> str:
    """Return written words as a link."""
    return f"[{words}]({_target(link)})"


def _safe(text: str) -> str:
    """Return lines of which none begins with a sign that means something there."""
    if "\n" in text:
        return _AT_START.sub(_safe_start, text)
    match = _AT_START.match(text)  # quicker than to look for the beginnings of lines
    return _safe_start(match) + text[match.end() :] if match else text


def _safe_start(match: re.Match[str]) -> str:
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


def _stretch(runs: Sequence[Run]) -> tuple[Sequence[Run], Style]:
    """Return the first runs that are written as one, and the style that they share."""
    first = runs[0]
    if isinstance(first, NoteMark):
        return runs[:1], Style.PLAIN
    if isinstance(first, Text) and first.tex and not first.link:
        return tuple(takewhile(partial(_is_of, first.tex), runs)), Style.PLAIN
    if first.link:
        linked = takewhile(lambda run: _link_of(run) == first.link, runs)
        return tuple(linked), Style.PLAIN
    best: tuple[Sequence[Run], Style] = (runs[:1], Style.PLAIN)
    if isinstance(first, Picture):
        return best
    for style in _ELEMENTS:
        if style in first.style:
            alike = tuple(takewhile(partial(_has, style), runs))
            if len(alike) > len(best[0]) or not best[1]:
                best = (alike, style)
    return best


def _marked(runs: Sequence[Run]) -> Sequence[Run]:
    """Return the first runs that belong to one highlight."""
    colour = _colour_of(runs[0])
    return tuple(takewhile(lambda run: _colour_of(run) == colour, runs)) if colour else ()


def _colour_of(run: Run) -> str:
    return run.colour if isinstance(run, Text) else ""


def _is_of(source: str, run: Run) -> bool:
    """Return whether a run belongs to the formula with this TeX."""
    return isinstance(run, Text) and run.tex == source != "" and not run.link


def _has(style: Style, run: Run) -> bool:
    return isinstance(run, Text) and not run.link and not run.tex and style in run.style


def _link_of(run: Run) -> str:
    return "" if isinstance(run, NoteMark) else run.link


def _unlinked(run: Run) -> Run:
    return run if isinstance(run, NoteMark) else run._replace(link="")


def _without(run: Run, style: Style) -> Run:
    return run._replace(style=run.style & ~style) if isinstance(run, Text) else run


def _first(run: Run) -> str:
    """Return the first character that a run is written with, as far as marks depend on it."""
    if isinstance(run, Text) and not run.link:
        if run.tex:
            return "$"
        if run.style & ~Style.CODE:
            return "*"
        return "`" if Style.CODE in run.style else run.text[:1]
    return "["


def _delimits(mark: str, before: str, words: str, after: str) -> bool:
    """Return whether a mark on both sides of words is read as such."""
    if mark[0] in (words[0], words[-1]) or (mark in ("*", "~~") and mark[0] in words):
        return False
    if mark in _BY_WORDS and (before.isalnum() or after.isalnum()):
        return False
    return _open_to(before, words[0]) and _open_to(after, words[-1])


def _open_to(outside: str, inside: str) -> bool:
    """Return whether a mark may stand between a character outside and one inside."""
    if inside.isspace() or outside in ("*", "_", "~", "\\"):
        return False
    return inside.isalnum() or not outside or outside.isspace() or not outside.isalnum()


def _code(text: str, apart: str) -> str:
    odd = "\n" in text or "&#" in text or (apart and apart in text)  # "&#" for Python-Markdown
    if odd or text != text.strip():
        lines = (_IN_CODE.sub(_entity, line) for line in text.split("\n"))
        return f"<code>{'<br>'.join(lines)}</code>"
    fence = "`" * (max(map(len, _TICKS.findall(text)), default=0) + 1)
    room = " " if "`" in (text[0], text[-1]) else ""
    return f"{fence}{room}{text}{room}{fence}"


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _target(link: str) -> str:
    link = _MARKUP.sub(lambda sign: "&amp;" if sign[0] == "&" else "<", link)
    link = "".join(_ENCODED.get(sign, sign) for sign in link)
    return link if _PLAIN_URL.fullmatch(link) else f"<{link}>"
