"""Formulas as text: MathML written on one line, as in plain-text mail.

Letters are italic, powers raised, fractions ``a/b``, roots ``√(a + b)``, tables ``[a, b; c, d]``.
"""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from lxml import etree

from reader.body import clean
from reader.body.blocks import Style

Element: TypeAlias = etree._Element
Pieces: TypeAlias = list[tuple[str, Style]]
"""Pieces of a formula, each with its style."""

_SPACED = frozenset(
    "= ≠ < > ≤ ≥ ≈ ≡ ∼ ≃ ≅ ∝ ∈ ∉ ⊂ ⊆ ∪ ∩ → ← ↔ ⇒ ⇔ ↦ + - − ± ∓ × · ÷ ∧ ∨ | ∣".split()
)
_UNSEEN = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_SILENT = frozenset({"annotation", "annotation-xml", "mphantom", "none", "mprescripts"})
_TEX = frozenset({"application/x-tex", "application/x-latex", "latex", "tex", "text/x-tex"})
_COMMENT = re.compile(r"(?<!\\)%[^\n]*(?:\n|$)")
_STYLED = re.compile(r"\{\\(?:display|text)style\s*(.*)\}", re.DOTALL)  # as MediaWiki writes it
_LONGEST = 2_000
_FIXED = {"mfrac": 2, "msup": 2, "msub": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}


def text_of(math: Element) -> Pieces:
    """Return the text of a ``math`` element, or its TeX source as code if it has nothing else."""
    pieces = _row(math, Style.PLAIN)
    if any(text.strip() for text, _ in pieces):
        return pieces
    return [(math.get("alttext") or "", Style.CODE)]


def source_of(math: Element) -> str:
    """Return the TeX that a ``math`` element has beside it, ``""`` if it has none."""
    for note in math.iter("annotation"):
        if (note.get("encoding") or "").lower() in _TEX:
            return noted("".join(note.itertext()))
    return noted(math.get("alttext") or "")


def noted(tex: str) -> str:
    """Return TeX as it is kept beside a formula: on one line, ``""`` if it is too long."""
    tex = _COMMENT.sub("", clean.text(tex))
    if outer := _STYLED.fullmatch(tex.strip()):
        tex = outer[1]
    tex = " ".join(tex.split())
    return tex if len(tex) <= _LONGEST else ""


def _piece(element: Element, style: Style) -> Pieces:
    tag = element.tag
    if not isinstance(tag, str) or tag in _SILENT:
        return []
    if tag in _TOKENS:
        return _token(element, style)
    if tag == "mspace":
        return [(" ", style)]
    children = [child for child in element if isinstance(child.tag, str)]
    convert = _MADE.get(tag)
    if convert is None or len(children) != _FIXED.get(tag, len(children)):
        return _row(element, style)
    return convert(children, style)


def _row(element: Element, style: Style) -> Pieces:
    children = list(element)[:1] if element.tag == "semantics" else list(element)
    if not children and (element.text or "").strip():
        return [(" ".join((element.text or "").split()), style)]
    return _line(children, style)


def _line(children: list[Element], style: Style) -> Pieces:
    pieces: Pieces = []
    for child in children:
        piece = _piece(child, style)
        operator = child.tag == "mo" and len(piece) == 1 and piece[0][0] in _SPACED
        # At the beginning, or after another operator, an operator belongs to the operand after it.
        if operator and pieces and not pieces[-1][0].endswith((" ", "(", "[", ",")):
            piece = [(f" {piece[0][0]} ", style)]
        pieces += piece
    return pieces


def _token(element: Element, style: Style) -> Pieces:
    text = " ".join("".join(element.itertext()).translate(_UNSEEN).split())
    if element.tag == "mo" and text in (",", ";"):
        text += " "
    if element.tag == "mi" and len(text) == 1 and element.get("mathvariant") != "normal":
        style |= Style.EMPHASIS
    return [(text, style)] if text else []


def _grouped(element: Element, style: Style) -> Pieces:
    """Return a piece, in brackets if it is more than one letter or number."""
    pieces = _piece(element, style)
    whole = "".join(text for text, _ in pieces)
    single = len(whole) <= 1 or whole.isdecimal() or _is_bracketed(whole)
    return pieces if single else [("(", style), *pieces, (")", style)]


def _is_bracketed(whole: str) -> bool:
    """Return whether one pair of brackets encloses all of a text, unlike ``(a)(b)``."""
    if whole[0] not in "([" or whole[-1] not in ")]":
        return False
    depth = 0
    for sign in whole[:-1]:
        depth += (sign in "([") - (sign in ")]")
        if depth == 0:
            return False
    return True


def _fraction(children: list[Element], style: Style) -> Pieces:
    return [*_grouped(children[0], style), ("/", style), *_grouped(children[1], style)]


def _shifted(element: Element, style: Style, way: Style) -> Pieces:
    """Return a raised or lowered piece, after ``^`` or ``_`` if it is inside another one."""
    if style & (Style.SUP | Style.SUB):
        return [("^" if way is Style.SUP else "_", style), *_grouped(element, style)]
    return _piece(element, style | way)


def _above(children: list[Element], style: Style) -> Pieces:
    return [*_piece(children[0], style), *_shifted(children[1], style, Style.SUP)]


def _below(children: list[Element], style: Style) -> Pieces:
    return [*_piece(children[0], style), *_shifted(children[1], style, Style.SUB)]


def _both(children: list[Element], style: Style) -> Pieces:
    return [*_below(children[:2], style), *_shifted(children[2], style, Style.SUP)]


def _accented(children: list[Element], style: Style) -> Pieces:
    over = _piece(children[1], style)
    if len(over) == 1 and not over[0][0].isalnum():
        return [*_piece(children[0], style), *over]
    return _above(children, style)


def _root(children: list[Element], style: Style) -> Pieces:
    inner = _line(children, style)
    whole = "".join(text for text, _ in inner)
    return [("√", style), *(inner if len(whole) < 2 else [("(", style), *inner, (")", style)])]


def _nth_root(children: list[Element], style: Style) -> Pieces:
    if len(children) != 2:
        return _root(children, style)
    return [*_shifted(children[1], style, Style.SUP), *_root(children[:1], style)]


def _table(children: list[Element], style: Style) -> Pieces:
    rows = [list(_joined(list(row), ", ", style)) for row in children]
    pieces: Pieces = [("[", style)]
    for number, row in enumerate(rows):
        pieces += [("; ", style), *row] if number else row
    return [*pieces, ("]", style)]


def _joined(cells: list[Element], between: str, style: Style) -> Iterator[tuple[str, Style]]:
    for number, each in enumerate(cells):
        piece = _piece(each, style)
        if number:  # a sum is often set in columns, with “=” in one of them
            yield " " if piece and piece[0][0] in _SPACED else between, style
        yield from piece


def _fenced(children: list[Element], style: Style) -> Pieces:
    return [("(", style), *_joined(children, ", ", style), (")", style)]


_MADE: dict[str, Callable[[list[Element], Style], Pieces]] = {
    "mfrac": _fraction, "msup": _above, "msub": _below, "msubsup": _both, "munder": _below,
    "mover": _accented, "munderover": _both, "msqrt": _root, "mroot": _nth_root,
    "mtable": _table, "mfenced": _fenced,
}  # fmt: skip
